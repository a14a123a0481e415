/* compare/relabel.h - how far real samples are by kernel and by neighbours, and p.
 *
 * Stands on: compare/null.h, stats/kernel-groups.h, stats/neighbour-lists.h.
 * What is between two vectors is looked at once; draws are no more than labels. As that grows with
 * the square of their number, it is of whole groups of either set, those of the smallest numbers,
 * of at most 1,024 vectors together.
 *
 * p is as compare/null.h has it. So are real50 and real99 of the kernel. Copies are no neighbours
 * like others, so for those the kept groups of the reference are parted in two at random, without
 * replacement, as the numbers of groups of the two sets are to each other. Of fewer vectors
 * precision and recall of many columns come out a little larger.
 *
 * Precision, recall, density and coverage say how alike two samples are: 1 is no difference, and
 * the farther from 1, either way, the larger it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "null.h"
#include "vectors.h"

G_BEGIN_DECLS

/* The kernel's discrepancy, precision, recall, density and coverage. */
enum { ASSAY_RELABELLED = 5 };

/**
 * AssayRelabelling:
 * @n_draws: how many there were; 0: none, so that all is NaN
 * @n_vectors, @n_all: those looked at, and those there are, of either set
 * @rows: NaN where there is nothing to measure: neighbours of less than six vectors
 */
typedef struct {
    size_t n_draws;
    size_t n_vectors[2], n_all[2];
    AssayNullRow rows[ASSAY_RELABELLED];
} AssayRelabelling;

/* How large the difference is that @value of measure @which says. */
ASSAY_API double assay_relabelled_far(size_t which, double value);

/**
 * assay_relabel:
 * @reference, @candidate: of as many columns, sorted
 * @config: its numbers of groups are not looked at
 * @kernel, @neighbours: which are wanted
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE, as assay_points_check(), or for want of memory
 */
ASSAY_API gboolean assay_relabel(const AssayVectorField *reference,
                                 const AssayVectorField *candidate, const AssayNullConfig *config,
                                 gboolean kernel, gboolean neighbours, AssayRelabelling *result,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
