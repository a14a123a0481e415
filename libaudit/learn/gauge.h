/* learn/gauge.h - what a score means: found on items of which the model that scored them had not
 * seen the group.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "../stats/roc.h"

G_BEGIN_DECLS

/* Reals that p is counted by: one for each group, at most so many. */
#define ASSAY_GAUGE_REALS 4096

/**
 * AssayGauge:
 * @threshold: above which an item is called a fake: 0, unless the best one (stats/roc.h) has a
 *     balanced accuracy that is larger by more than two standard errors, since of a few items the
 *     best is a matter of chance; without fakes NaN
 * @slope, @intercept: the probability that an item is a fake is 1 / (1 + exp(-(slope score +
 *     intercept))), among items of which as many are fakes as were among those learnt from; NaN
 *     without fakes
 * @reals: (array length=n_reals): scores of reals, one for each group, ascending
 */
typedef struct {
    double threshold, slope, intercept;
    size_t n_reals;
    double *reals;
} AssayGauge;

/**
 * assay_gauge_new:
 * @items: (array length=n): their scores; there is at least one real. Which of the items of a group
 *     stands for it: the first.
 *
 * The probability is that of J. Platt ("Probabilistic outputs for support vector machines", 1999),
 * by the method of H.-T. Lin, C.-J. Lin and R. C. Weng (Machine Learning 68, 2007).
 *
 * Returns: (transfer full)
 */
ASSAY_API AssayGauge *assay_gauge_new(const AssayScored *items, size_t n) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_gauge_free(AssayGauge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayGauge, assay_gauge_free)

/* assay_conformal_p() among the reals. These were scored by models that were fitted to a little
 * less than the one in use, so it is nearly that. */
ASSAY_API double assay_gauge_p(const AssayGauge *self, double score);

ASSAY_API double assay_gauge_probability(const AssayGauge *self, double score);

/* As a member of a model: (transfer full), and back: %NULL with %ASSAY_ERROR_SPEC that names the
 * place. */
ASSAY_API AssayJson *assay_gauge_to_json(const AssayGauge *self);
ASSAY_API AssayGauge *assay_gauge_from_json(const AssayJsonAt *at,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
