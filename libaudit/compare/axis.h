/* compare/axis.h - the cells that two distributions of one variable have in common.
 *
 * Stands on: distribution/distribution.h.
 * Integers of one full scale are their own cells. Where either side is of floating-point numbers,
 * both are put into the cells of those, each of which is two here: what is exactly the bound of the
 * cell, and what lies within it. So atoms such as 0, 1 and v/256 stay apart.
 *
 * An axis may be joined: where it has more than ASSAY_AXIS_CELLS, neighbours become one until each
 * holds about a 1/512 of what both sets have: never across the edge of a bin or of the range, and
 * never an exact value that makes up 1/1,000. Which are joined depends on both sets together, not
 * on which value is whose, so permuted labels may be judged on joined cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../distribution/distribution.h"

G_BEGIN_DECLS

#define ASSAY_AXIS_CELLS ((size_t)1024)

/**
 * AssayAxis:
 * @n: how many cells
 * @is_joined: whether several kinds of value may be in one cell
 * @is_of_floats: whether cells are those of floating-point numbers
 * @values: (array length=n): a value of each, ascending: an exact one, or one within
 * @is_exact: (array length=n): whether it is a single value
 * @is_outside: (array length=n): whether it is out of the range
 * @map: of each side, its cells and whether it is exactly the bound: which cell of the axis;
 *     G_MAXUINT32 where there is none; the third, of the cells of floats, where they are such. Of
 *     integers, which are all bounds, there is no other
 */
typedef struct {
    size_t n;
    gboolean is_joined, is_of_floats;
    double *values;
    guint8 *is_exact, *is_outside;
    guint32 *map[3][2];
} AssayAxis;

/**
 * AssayAxisConfig:
 * @n_bins: at least 1
 * @low, @high: finite, @low < @high
 * @is_joined: whether neighbours may become one
 * @apart: (array length=n_apart): exact values that never do
 */
typedef struct {
    size_t n_bins;
    double low, high;
    gboolean is_joined;
    const double *apart;
    size_t n_apart;
} AssayAxisConfig;

ASSAY_API AssayAxis *assay_axis_new(const AssayDistribution *reference,
                                    const AssayDistribution *candidate,
                                    const AssayAxisConfig *config);
ASSAY_API void assay_axis_free(AssayAxis *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayAxis, assay_axis_free)

/**
 * assay_axis_counts:
 * @side: 0: the reference, 1: the candidate
 * @counts: (array): as many as there are cells; the whole set's are added
 */
ASSAY_API void assay_axis_counts(const AssayAxis *self, const AssayDistribution *distribution,
                                 size_t side, guint64 *counts);

/**
 * assay_axis_cell:
 *
 * Returns: the cell that holds @value, alone or among others; G_MAXSIZE where no value does
 */
ASSAY_API size_t assay_axis_cell(const AssayAxis *self, double value);

G_END_DECLS
