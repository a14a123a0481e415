/* detect/evaluate.h - how well scores tell the fakes of each set from reals.
 *
 * A set that has fakes is a row: a generator, say. If it has reals too, its fakes are held against
 * these alone, as the sets of CNNDetection are. Else against the reals that all such sets share:
 * those of sets without fakes, and those of no set. Then follow, of several sets, all items
 * together and the mean of the sets' rows.
 *
 * Stands on: detect/scores.h, stats/roc.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/roc.h"
#include "scores.h"

G_BEGIN_DECLS

/* What the row of all items together, and that of the means, is called. */
#define ASSAY_EVALUATION_ALL "(all)"
#define ASSAY_EVALUATION_MEAN "(mean)"

/**
 * AssayEvaluationConfig:
 * @threshold: above which an item is called a fake; NaN: there is none, nor are accuracies
 * @n_draws: of the bootstrap
 * @confidence: of the intervals
 * @n_folds: of calibrated thresholds
 */
typedef struct {
    double threshold;
    guint n_draws;
    double confidence;
    guint n_folds;
    guint64 seed;
} AssayEvaluationConfig;

#define ASSAY_EVALUATION_CONFIG_DEFAULT                                                            \
    {                                                                                              \
        .threshold = .5, .n_draws = 1000, .confidence = .95, .n_folds = 10                         \
    }

/**
 * AssayEvaluation:
 * @set: its name
 * @reals, @fakes: how many of each
 * @groups: of both together; of the mean, 0
 * @roc: the measures, NaN where there are no reals for the set
 * @spread: their intervals; NaN in the mean
 * @held_out: see assay_roc_held_out()
 * @note: what limits the numbers; "" if nothing does
 */
typedef struct {
    char *set;
    guint64 reals, fakes;
    guint32 groups;
    double threshold;
    AssayRocValues roc;
    AssayRocSpread spread;
    double held_out;
    GString *note;
} AssayEvaluation;

ASSAY_API void assay_evaluation_free(AssayEvaluation *self);

/**
 * assay_evaluation_mean:
 * @rows: of AssayEvaluation
 *
 * Returns: (transfer full): the mean of those rows that have numbers; its threshold is NaN
 */
ASSAY_API AssayEvaluation *assay_evaluation_mean(const GPtrArray *rows) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_evaluate:
 *
 * Random numbers belong to the seed and the set's name: a set's row does not hang on the others.
 *
 * Returns: (transfer full): of AssayEvaluation; %NULL with %ASSAY_ERROR_USAGE: there is no real, or
 *     no fake.
 */
ASSAY_API GPtrArray *assay_evaluate(const AssayScores *scores, const AssayEvaluationConfig *config,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_evaluate_best_threshold:
 * @threshold: (out): the best of all items together, see AssayRocValues
 *
 * Returns: %FALSE as assay_evaluate() does
 */
ASSAY_API gboolean assay_evaluate_best_threshold(const AssayScores *scores, double *threshold,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
