/* learn/cross-private.h - what cross-validation and its permutations share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cross.h"

G_BEGIN_DECLS

/* The rows of all folds but @fold, *n_others of them, then those of @fold: (transfer full). */
size_t *assay_cross_split(const AssayCross *self, guint fold, size_t *n_others);

/* Scores of all rows, fold by fold, with the labels that @items has. */
gboolean assay_cross_score(const AssayCross *self, const AssayModelConfig *config,
                           const AssayExamples *items, double *scores,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Other labels for the rows: (array length=n) of 0 and 1. */
typedef struct AssayRelabel AssayRelabel;

AssayRelabel *assay_relabel_new(const AssayCross *cross, const AssayExamples *items);
void assay_relabel_free(AssayRelabel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRelabel, assay_relabel_free)

/* Permutation @number, which @seed and it decide: see assay_cross_p(). Any thread. */
void assay_relabel_draw(const AssayRelabel *self, guint64 seed, guint number, guint8 *labels);

/* The AUC of ASSAY_MODEL_RIDGE for each of @n labellings, a row of cross->n each. */
gboolean assay_cross_ridge(const AssayCross *self, const AssayModelConfig *config,
                           const AssayExamples *items, const guint8 *labels, size_t n,
                           guint n_workers, double *aucs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
