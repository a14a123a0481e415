/* stats/ks.h - p-values of the two-sample Kolmogorov-Smirnov distance.
 *
 * They presume that all values are independent, which pixels of one picture and notes of one piece
 * are not; and of many values any difference whatever is significant. The distance itself is what
 * says how far two sets are apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * AssayKsMethod:
 * @ASSAY_KS_AUTO: exact where n * m is at most 10^8 and p not below 10^-200 or so, else the series
 * @ASSAY_KS_EXACT: the share of all orders of n + m distinct values with a distance at least as
 *     large: lattice paths that leave the band. With ties it is an upper bound.
 * @ASSAY_KS_SERIES: Q(sqrt(n m / (n + m)) D), Kolmogorov's limit
 * @ASSAY_KS_TEQUILAGAN: Q((e + .12 + .11 / e) D), e = sqrt(n m / (n + m)): Stephens' correction,
 *     as SciPy had it until 2019, and TequilaGAN's tables have it
 */
typedef enum {
    ASSAY_KS_AUTO,
    ASSAY_KS_EXACT,
    ASSAY_KS_SERIES,
    ASSAY_KS_TEQUILAGAN,
} AssayKsMethod;

/**
 * assay_ks_p:
 * @distance: in 0 .. 1; the exact method takes the multiple of 1 / lcm(n, m) at or above it
 * @n, @m: values of the two samples
 * @used: (out) (nullable): which method it was; never %ASSAY_KS_AUTO
 *
 * Exact: with B(i, j) the probability that a path to (i, j) touched |i/n - j/m| >= D, B = 1 where
 * that holds, else B(i, j) = i/(i+j) B(i-1, j) + j/(i+j) B(i, j-1): sums of positive terms alone
 * (after J. L. Hodges, "The significance probability of the Smirnov two-sample test", Arkiv foer
 * Matematik 3, 1958; T. Viehmann, "Numerically more stable computation of the p-values for the
 * two-sample Kolmogorov-Smirnov test", 2021). Time: the cells of the band, at most n m.
 *
 * %ASSAY_KS_EXACT with n * m over 10^8 is answered by the series, which @used says.
 *
 * Returns: P(distance at least so large), in 0 .. 1; NaN if n or m is 0
 */
ASSAY_API double assay_ks_p(double distance, guint64 n, guint64 m, AssayKsMethod method,
                            AssayKsMethod *used);

/**
 * assay_ks_q:
 *
 * Q(x) = 2 sum (-1)^(k-1) exp(-2 k^2 x^2), k = 1, 2, ...: Kolmogorov's distribution from above.
 *
 * Returns: a probability; 1 for x <= 0
 */
ASSAY_API double assay_ks_q(double x);

G_END_DECLS
