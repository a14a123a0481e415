/* stats/roc.h - how well scores tell fakes from reals.
 *
 * A score is any number that is larger for what looks more like a fake. Thresholds lie between
 * scores that differ, so that items of equal score stand or fall together in every number below.
 *
 * Stands on: base/random.h, stats/multiple.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/random.h"
#include "multiple.h"

G_BEGIN_DECLS

/**
 * AssayScored:
 * @score: no NaN; may be infinite
 * @group: a number of what stands or falls together: frames of one video
 */
typedef struct {
    double score;
    gboolean is_fake;
    guint32 group;
} AssayScored;

/**
 * AssayRocMeasure:
 * @ASSAY_ROC_AP: average precision, fakes being sought: sum over the distinct scores s, from the
 *     largest, of (R(s) - R(previous)) P(s), where R and P are recall and precision of the items
 *     of score s or more. No interpolation: the number that scikit-learn's average_precision_score
 *     gives, with ties too.
 * @ASSAY_ROC_AUC: the probability that a fake has a larger score than a real item, ties counting
 *     half: U of Mann and Whitney / (reals * fakes).
 * @ASSAY_ROC_EER: equal error rate: where the share of reals called fake is that of fakes called
 *     real. Between two thresholds both go along a straight line.
 * @ASSAY_ROC_ACCURACY: share of items on the right side of the threshold; an item is called a fake
 *     if its score is larger, not if it is equal.
 * @ASSAY_ROC_REAL, @ASSAY_ROC_FAKE: the same of the reals, and of the fakes.
 * @ASSAY_ROC_BALANCED: the mean of these two.
 * @ASSAY_ROC_BEST: the largest balanced accuracy that any threshold has on these items: it is
 *     chosen by what it is measured on, so it flatters.
 * @ASSAY_ROC_PD_100, @ASSAY_ROC_PD_050, @ASSAY_ROC_PD_010: probability of detection: the largest
 *     share of the fakes found by a threshold that calls at most 10, 5 and 1 % of the reals fake.
 *     No interpolation: it is a threshold that there is.
 */
typedef enum {
    ASSAY_ROC_AP,
    ASSAY_ROC_AUC,
    ASSAY_ROC_EER,
    ASSAY_ROC_ACCURACY,
    ASSAY_ROC_REAL,
    ASSAY_ROC_FAKE,
    ASSAY_ROC_BALANCED,
    ASSAY_ROC_BEST,
    ASSAY_ROC_PD_100,
    ASSAY_ROC_PD_050,
    ASSAY_ROC_PD_010,
    ASSAY_ROC_N,
} AssayRocMeasure;

/**
 * AssayRocValues:
 * @values: by AssayRocMeasure
 * @best_threshold: where ASSAY_ROC_BEST is reached; of several such thresholds the largest. Half
 *     way between the scores around it, where these are finite.
 */
typedef struct {
    double values[ASSAY_ROC_N];
    double best_threshold;
} AssayRocValues;

typedef struct AssayRoc AssayRoc;

/**
 * assay_roc_new:
 * @items: (array length=n): in any order, which does not matter
 *
 * Returns: %NULL with %ASSAY_ERROR_RANGE if a score is NaN, or there is no real, or no fake.
 */
ASSAY_API AssayRoc *assay_roc_new(const AssayScored *items, size_t n,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_roc_free(AssayRoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRoc, assay_roc_free)

ASSAY_API guint64 assay_roc_n_real(const AssayRoc *self);
ASSAY_API guint64 assay_roc_n_fake(const AssayRoc *self);
ASSAY_API guint32 assay_roc_n_groups(const AssayRoc *self);

/**
 * assay_roc_measure:
 * @threshold: for the accuracies
 */
ASSAY_API void assay_roc_measure(const AssayRoc *self, double threshold, AssayRocValues *values);

/**
 * AssayRocSpread:
 * @is_known: %FALSE where all reals, or all fakes, are of one group: nothing is known then of how
 *     groups differ, and the intervals are NaN
 * @no_overlap: every fake has a larger score than every real, or the other way round
 */
typedef struct {
    AssayInterval intervals[ASSAY_ROC_N];
    gboolean is_known;
    gboolean no_overlap;
} AssayRocSpread;

/**
 * assay_roc_spread:
 * @n_draws: at least 1, e.g. 1000
 * @confidence: in (0, 1), e.g. .95
 *
 * Bootstrap intervals by percentiles. A draw takes groups with replacement, as many as there are:
 * of groups that hold reals alone, of those that hold fakes alone, and of those that hold both,
 * each as many as there are of that kind, so that no draw lacks a class. A percentile is linear
 * between draws, as NumPy has it.
 *
 * Where every draw gives the same value, as where all is right, the draws say nothing, and the
 * interval is NaN. But for the AUC without overlap: it is Clopper's and Pearson's then, of k
 * successes in k, with k the number of pairs of a real and a fake that have no group in common.
 * Each of them is one independent trial of what the AUC is the probability of.
 */
ASSAY_API void assay_roc_spread(const AssayRoc *self, double threshold, guint n_draws,
                                double confidence, AssayRandom *random, AssayRocSpread *spread);

/**
 * assay_roc_held_out:
 * @n_folds: at least 2, e.g. 10
 *
 * Balanced accuracy with calibrated thresholds: groups are dealt to folds at random, each kind of
 * them (see assay_roc_spread()) by itself, and the items of a fold are called by the best threshold
 * of all the others. Unlike ASSAY_ROC_BEST it does not flatter.
 *
 * Returns: in 0 .. 1; NaN where reals or fakes are of fewer than two groups. Of fewer groups than
 *     folds each is a fold of its own.
 */
ASSAY_API double assay_roc_held_out(const AssayRoc *self, guint n_folds, AssayRandom *random);

G_END_DECLS
