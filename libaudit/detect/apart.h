/* detect/apart.h - whether a set of fakes can be told from reals, how well, and by which features.
 *
 * Stands on: learn/collect.h, learn/cross.h, learn/carriers.h, learn/example-rows.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../learn/collect.h"
#include "../learn/example-rows.h"
#include "../learn/model.h"

G_BEGIN_DECLS

/* How many features are named. */
#define ASSAY_APART_CARRIERS 3

/* With a p of at most this a set is said to be told. */
#define ASSAY_APART_ALPHA 0.05

/**
 * AssayApartConfig:
 * @n_folds: see assay_cross_new()
 * @n_permutations: for p, see assay_cross_p(); 0: none
 * @n_draws: of groups, for the intervals, see assay_roc_spread(); at least 1
 * @confidence: of the intervals, in (0, 1)
 * @seed: of permutations and draws
 * @n_workers: nothing depends on it
 */
typedef struct {
    AssayModelConfig model;
    guint n_folds, n_permutations, n_draws;
    double confidence;
    guint64 seed;
    guint n_workers;
} AssayApartConfig;

/**
 * AssayApart:
 * @values, @spread: of scores, each by a model that had not seen the item's group; accuracies are
 *     at the score 0
 * @p: of the AUC; NaN without permutations
 * @least_p: no p can be expected to be smaller; NaN without permutations
 * @carriers: the features that tell fakes best by themselves, the best first:
 *     "noise_rg higher 0.99, intensity_mean farther 0.9"
 * @best: the first of them, "noise_rg (higher)"
 * @counts: of the items that were tried
 * @note: what limits the numbers; "" if nothing does
 */
typedef struct {
    AssayRocValues values;
    AssayRocSpread spread;
    double p, least_p;
    char *carriers, *best;
    AssayExampleCounts counts;
    GString *note;
} AssayApart;

/**
 * assay_apart_new:
 * @set: which fakes are tried, against all reals
 * @name: of the set, to which its random numbers belong
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_RANGE: there is no real, or no fake; or what
 *     assay_cross_new() reports
 */
ASSAY_API AssayApart *assay_apart_new(const AssayApartConfig *config, const AssayCollection *items,
                                      guint32 set, const char *name,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_apart_free(AssayApart *self);

/**
 * assay_apart_text:
 * @set, @reals: what they are called
 *
 * Returns: (transfer full): the answer in a line: whether the set is told from reals, or that this
 *     cannot be known, and by which numbers
 */
ASSAY_API char *assay_apart_text(const AssayApart *self, const char *set, const char *reals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayApart, assay_apart_free)

G_END_DECLS
