/* compare/matrix.h - the kept groups of two sets, a row each, on the cells of an axis: for many
 * samples of them.
 *
 * Stands on: compare/kept-groups.h, which is enough for a few.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "kept-groups.h"

G_BEGIN_DECLS

/* How many samples are added up at a time. */
#define ASSAY_LANES ((size_t)16)

/**
 * AssayMatrix:
 * @starts, @ends: (array length=n_groups): where the entries of a group begin, and end
 * @cells, @counts: of each entry: which cell, and how many values
 * @moments: ASSAY_N_MOMENTS a group
 */
typedef struct {
    size_t n_groups, n_cells;
    size_t *starts, *ends;
    guint32 *cells;
    double *counts;
    AssayMomentSum *moments;
} AssayMatrix;

/* @n_workers: as AssayParallel's; nothing depends on it. */
ASSAY_API AssayMatrix *assay_matrix_new(const AssayKeptGroups *groups, guint n_workers);
ASSAY_API void assay_matrix_free(AssayMatrix *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayMatrix, assay_matrix_free)

/**
 * AssayMatrixSum:
 *
 * ASSAY_LANES samples at once.
 * @counts: lane i of cell c is at c * ASSAY_LANES + i
 * @moments: moment m of lane i is at i * ASSAY_N_MOMENTS + m
 */
typedef struct {
    double *counts;
    AssayMomentSum moments[ASSAY_LANES * ASSAY_N_MOMENTS];
} AssayMatrixSum;

ASSAY_API void assay_matrix_sum_init(AssayMatrixSum *self, const AssayMatrix *matrix);
ASSAY_API void assay_matrix_sum_clear(AssayMatrixSum *self);

/**
 * assay_matrix_sum:
 * @weights: how often each group is in each sample, whole numbers: lane i of group g is at
 *     g * ASSAY_LANES + i
 * @n_lanes: how many lanes are used, from the first on; the others have weights of 0
 * @first, @end: which groups
 *
 * Sums of whole numbers, so no order matters.
 */
ASSAY_API void assay_matrix_sum(const AssayMatrix *matrix, const double *weights, size_t n_lanes,
                                size_t first, size_t end, AssayMatrixSum *self);

G_END_DECLS
