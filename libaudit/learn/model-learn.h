/* learn/model-learn.h - a model learnt, with what its scores mean.
 *
 * Stands on: learn/model-file.h, learn/cross.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "examples.h"
#include "model-file.h"

G_BEGIN_DECLS

/**
 * assay_model_file_learn:
 * @self: new; gains "model", "n_items", "n_groups" and, if there is one, "gauge"
 * @rows: (array length=n): which of the items
 * @n_folds: of the cross-validation that makes the gauge; see assay_cross_new()
 * @n_workers: nothing depends on it
 *
 * Fits a model to the items, and finds what scores mean by items whose group was not learnt from:
 * of a kind that learns from reals alone by its own folds (assay_model_own_scores()), of another by
 * cross-validation. That takes two groups of reals and two of fakes; else there is no gauge.
 *
 * Returns: %FALSE with what assay_model_fit() reports.
 */
ASSAY_API gboolean assay_model_file_learn(AssayModelFile *self, const AssayModelConfig *config,
                                          const AssayExamples *items, const size_t *rows, size_t n,
                                          guint n_folds, guint n_workers,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
