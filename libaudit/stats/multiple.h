/* stats/multiple.h - p-values when there are many, p-values by ranks, intervals of shares.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * assay_multiple_bh:
 * @p: (array length=n): p-values in 0 .. 1; NaN are none, and passed by
 * @q: (out caller-allocates) (array length=n): of each p, NaN of NaN; may be @p itself
 *
 * q(i) = min over j >= i of p(j) m / j, at most 1, by rank among the m that are no NaN: the
 * smallest false discovery rate at which it would be rejected (Benjamini and Hochberg, "Controlling
 * the false discovery rate", Journal of the Royal Statistical Society B 57, 1995). For tests that
 * are independent or positively dependent.
 */
ASSAY_API void assay_multiple_bh(const double *p, size_t n, double *q);

/**
 * assay_multiple_holm:
 *
 * As assay_multiple_bh(), but for the probability of any false rejection: max over j <= i of
 * p(j) (m - j + 1), at most 1 (Holm, Scandinavian Journal of Statistics 6, 1979). However tests
 * depend on each other.
 */
ASSAY_API void assay_multiple_holm(const double *p, size_t n, double *adjusted);

/**
 * assay_multiple_simes:
 *
 * One p for the hypothesis that none of them is false: min over j of p(j) m / j (Simes, Biometrika
 * 73, 1986).
 *
 * Returns: a p-value; NaN if all are NaN
 */
ASSAY_API double assay_multiple_simes(const double *p, size_t n);

/**
 * assay_conformal_p:
 * @calibration: (array length=n): scores of items known to be of the reference, NaN passed by
 * @score: of an item in question; larger is stranger
 *
 * p = (1 + calibration scores >= @score) / (n + 1): if the item is exchangeable with those of the
 * calibration, p <= alpha has probability alpha at most (Vovk, Gammerman and Shafer, "Algorithmic
 * learning in a random world", 2005). None is below 1 / (n + 1).
 *
 * Returns: a p-value; NaN if @score is
 */
ASSAY_API double assay_conformal_p(const double *calibration, size_t n, double score);

#define ASSAY_SHARE_EXACT 1000000

/**
 * AssayInterval:
 * @low, @high: the ends
 */
typedef struct {
    double low, high;
} AssayInterval;

/**
 * assay_share_interval_exact:
 * @k: how many of @n; at most @n
 * @confidence: in (0, 1), e.g. .95
 *
 * Clopper and Pearson, Biometrika 26, 1934: quantiles of beta distributions; covers at least
 * @confidence, whatever the share is.
 *
 * Of more than ASSAY_SHARE_EXACT it is Wilson's, since the distribution function is not known well
 * enough there.
 *
 * Returns: the interval, within 0 .. 1; 0 .. 1 if @n is 0
 */
ASSAY_API AssayInterval assay_share_interval_exact(guint64 k, guint64 n, double confidence);

/**
 * assay_share_interval_wilson:
 *
 * Wilson, Journal of the American Statistical Association 22, 1927: those shares from which the
 * observed one is at most z standard errors away; covers @confidence on average.
 *
 * Returns: as assay_share_interval_exact()
 */
ASSAY_API AssayInterval assay_share_interval_wilson(guint64 k, guint64 n, double confidence);

G_END_DECLS
