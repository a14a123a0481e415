/* learn/curve.h - how well a detector does that has learnt from a few labels alone.
 *
 * Stands on: learn/model.h, stats/roc.h, stats/percentile.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/roc.h"
#include "model.h"

G_BEGIN_DECLS

/**
 * AssayCurveConfig:
 * @n_draws: how often labels are drawn; at least 1
 * @confidence: of the intervals
 * @seed: of the draws
 * @n_workers: draws at a time; the result is the same for any number
 */
typedef struct {
    AssayModelConfig model;
    guint n_draws;
    double confidence;
    guint64 seed;
    guint n_workers;
} AssayCurveConfig;

/**
 * AssayCurvePoint:
 * @means: by AssayRocMeasure: over draws; the accuracies are at the score 0, and NaN of detectors
 * that learn from reals alone
 * @intervals: percentiles of the draws
 */
typedef struct {
    double means[ASSAY_ROC_N];
    AssayInterval intervals[ASSAY_ROC_N];
} AssayCurvePoint;

/**
 * assay_curve_point:
 * @n_labels: how many items are learnt from, half of them reals and half fakes: even, at least 2
 *
 * A draw chooses as many groups with reals, and others with fakes, and of each one such item. The
 * model that is fitted to these is tried on all items of groups that were not drawn.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE: after a draw no real, or no fake would be left to try it
 *     on; or what assay_model_fit() reports.
 */
ASSAY_API gboolean assay_curve_point(const AssayCurveConfig *config, const AssayExamples *items,
                                     guint n_labels, AssayCurvePoint *point,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
