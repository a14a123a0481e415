/* stats/kernel-groups.h - the kernels of groups of vectors with each other, summed once: to take
 * the discrepancy of one sample of groups from another again and again.
 *
 * Stands on: stats/kernel.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "kernel.h"

G_BEGIN_DECLS

/**
 * AssayKernelGroups:
 * @sizes: vectors of each group
 * @between: [group, group]: sums over all pairs, of which only those with a second group not after
 *     the first are there; within a group each vector with itself too
 * @own: of each group, the sum of each of its vectors with itself
 * @scale: the largest mean kernel of two vectors of two groups, without its sign
 */
typedef struct {
    size_t n;
    size_t *sizes;
    double *between, *own;
    double scale;
} AssayKernelGroups;

/**
 * assay_kernel_groups_new:
 * @vectors: group after group
 * @sizes: (array length=n): of the groups, at least 1 each, together as many as there are vectors
 * @n_workers: threads; the result does not depend on it
 *
 * Returns: %NULL with @error set to %ASSAY_ERROR_RANGE, as assay_points_check(), or for want of
 *     memory
 */
ASSAY_API AssayKernelGroups *assay_kernel_groups_new(const AssayPoints *vectors,
                                                     const size_t *sizes, size_t n,
                                                     const AssayKernel *kernel, guint n_workers,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_kernel_groups_free(AssayKernelGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayKernelGroups, assay_kernel_groups_free)

/**
 * assay_kernel_groups_mmd2:
 * @a, @b: (array): how often each group is in either sample
 *
 * As assay_kernel_mmd2(). What is in a sample twice is two vectors that are alike.
 *
 * Returns: NaN where a sample has less than two vectors, or the kernels are too large
 */
ASSAY_API double assay_kernel_groups_mmd2(const AssayKernelGroups *self, const double *a,
                                          const double *b);

G_END_DECLS
