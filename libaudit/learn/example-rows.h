/* learn/example-rows.h - some of the items that there are, by their rows.
 *
 * Stands on: learn/examples.h, stats/roc.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/roc.h"
#include "examples.h"

G_BEGIN_DECLS

/**
 * assay_examples_rows:
 * @set: %G_MAXUINT32: all sets
 * @n: (out): how many there are
 *
 * Returns: (transfer full) (array length=n): all reals, and the fakes of @set, in their order
 */
ASSAY_API size_t *assay_examples_rows(const AssayExamples *self, guint32 set,
                                      size_t *n) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayExampleCounts:
 * @n_items: reals, fakes
 * @n_groups: that have reals; that have fakes
 * @n_groups_in_all: a group that has both counts once
 */
typedef struct {
    size_t n_items[2], n_groups[2], n_groups_in_all;
} AssayExampleCounts;

/* @rows: (array length=n) */
ASSAY_API AssayExampleCounts assay_examples_count(const AssayExamples *self, const size_t *rows,
                                                  size_t n);

/**
 * assay_examples_scored:
 * @rows, @scores: (array length=n): which items, and the score of each
 *
 * Returns: (transfer full) (array length=n): as assay_roc_new() and assay_gauge_new() take them;
 *     groups are numbered from 0 in the order in which they come
 */
ASSAY_API AssayScored *assay_examples_scored(const AssayExamples *self, const size_t *rows,
                                             const double *scores,
                                             size_t n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
