/* learn/cross.h - what a kind of model says of items whose group it has not seen.
 *
 * Stands on: learn/folds.h, learn/model.h, base/parallel.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model.h"

G_BEGIN_DECLS

/**
 * AssayCross:
 * @n_folds: how many there are
 * @fold_of: (array length=n): of each row
 * @scores: (array length=n): each by the model that was fitted to all other folds
 */
typedef struct {
    size_t n;
    size_t *rows;
    guint n_folds;
    guint *fold_of;
    double *scores;
} AssayCross;

/**
 * assay_cross_new:
 * @rows: (array length=n): which of the items
 * @n_folds: how many folds there are to be; fewer where there are fewer groups, see
 *     assay_folds_deal()
 * @n_workers: fit at a time; the result is the same for any number
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_RANGE: a class of fewer than two groups, or
 *     what assay_model_fit() reports.
 */
ASSAY_API AssayCross *assay_cross_new(const AssayModelConfig *config, const AssayExamples *items,
                                      const size_t *rows, size_t n, guint n_folds, guint n_workers,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_cross_free(AssayCross *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCross, assay_cross_free)

/* The AUC of these scores, of all folds together. */
ASSAY_API double assay_cross_auc(const AssayCross *self, const AssayExamples *items);

/**
 * assay_cross_p:
 * @n_permutations: e.g. 999
 * @seed: of the permutations
 *
 * A permutation test of whether features and labels have anything to do with each other, by the
 * AUC of the scores: p = (1 + labellings of at least this AUC) / (n_permutations + 1). For each
 * labelling every model is fitted anew; scores that were made once and given other labels would
 * vary too little. Labels are permuted within each fold, so that folds fit any of them as well as
 * the real one: among the groups of the fold, where all items of a group have one label, and within
 * a group that has both.
 *
 * Of ASSAY_MODEL_RIDGE what does not look at labels is made once for all of them.
 *
 * Returns: %FALSE with what assay_model_fit() reports.
 */
ASSAY_API gboolean assay_cross_p(const AssayCross *self, const AssayModelConfig *config,
                                 const AssayExamples *items, guint n_permutations, guint64 seed,
                                 guint n_workers, double *p,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many different labellings there are to draw from: no p can be expected below 1 / that. May be
 * infinite. */
ASSAY_API double assay_cross_n_labellings(const AssayCross *self, const AssayExamples *examples);

G_END_DECLS
