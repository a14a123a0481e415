/* learn/exam.h - detectors tried on what they have not seen: other groups, other generators, the
 * same items after something has been done to them.
 *
 * Stands on: learn/folds.h, learn/model.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model.h"

G_BEGIN_DECLS

/**
 * AssayExam:
 * @learnt: what models are fitted to
 * @judged: what gets scores; @learnt itself, or its items in another state. It has the features of
 *     @learnt in their order, and an item's group has the same number in both.
 * @n_folds: at least 2; fewer where there are fewer groups
 * @n_workers: fit at a time; the result is the same for any number
 */
typedef struct {
    const AssayExamples *learnt, *judged;
    AssayModelConfig model;
    guint n_folds;
    guint n_workers;
} AssayExam;

/**
 * assay_exam_score:
 * @teaches: (array length=n_sets): whether models are fitted to items of the set; items of sets
 *     beyond are not learnt from
 * @scores: (out caller-allocates) (array length=items of judged)
 *
 * Groups are dealt to folds (learn/folds.h), and each item judged by the model that was fitted to
 * what is taught of all other folds: so none is judged by a model that has seen an item of its
 * group, even in another state.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE: a class of fewer than two groups, or what
 *     assay_model_fit() reports.
 */
ASSAY_API gboolean assay_exam_score(const AssayExam *self, const gboolean *teaches, guint n_sets,
                                    double *scores, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
