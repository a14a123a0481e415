/* compare/kept-groups.h - the kept groups of two sets, as these have them, and one sample of them.
 *
 * Stands on: distribution/distribution.h, compare/axis.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "trial.h"

G_BEGIN_DECLS

/**
 * AssayKeptGroups:
 * @axis: borrowed, like the sets
 * @sides: the reference, the candidate
 * @n_groups: of both: those of the reference first, @n_reference of them
 */
typedef struct {
    const AssayAxis *axis;
    const AssayDistribution *sides[2];
    size_t n_groups, n_reference;
} AssayKeptGroups;

ASSAY_API void assay_kept_groups_init(AssayKeptGroups *self, const AssayAxis *axis,
                                      const AssayDistribution *reference,
                                      const AssayDistribution *candidate);

/* The @at-th; @side: (out): whose it is, 0 or 1. */
ASSAY_API const AssayGroupCells *assay_kept_groups_at(const AssayKeptGroups *self, size_t at,
                                                      size_t *side);

/**
 * assay_kept_groups_sum:
 * @weights: how often each group is in the sample, whole numbers: that of group g is at g * @stride
 * @first, @end: which groups
 * @counts: (out): a cell of the axis
 * @moments: (out) (array fixed-size=4)
 *
 * A sum of whole numbers, as assay_matrix_sum() makes many at a time.
 */
ASSAY_API void assay_kept_groups_sum(const AssayKeptGroups *self, const double *weights,
                                     size_t stride, size_t first, size_t end, guint64 *counts,
                                     AssayMomentSum *moments);

G_END_DECLS
