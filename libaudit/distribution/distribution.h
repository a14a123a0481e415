/* distribution/distribution.h - what values a set has, and how they vary from group to group.
 *
 * Stands on: stream/sample.h, rule/groups.h.
 * A **variable** is a field ("pixels"), or one column of a field that has named columns
 * ("notes.duration_q"): one kind of number. The distribution of a variable over a set is all that a
 * comparison needs to know of it: how often each value occurs, exactly where values are integers of
 * at most 16 bits, by cells otherwise; how much lies outside its range; the moments of items; and,
 * for some of the groups, the same again of each alone, from which one knows how far two samples of
 * one source differ.
 *
 * Everything is a sum of integers, so distributions of disjoint sets merge to that of the union,
 * in any order, to the last bit.
 *
 * Cells. An integer is its own cell. A floating-point number is rounded to float32 and falls in the
 * cell of its 16 highest bits, put into ascending order: 65,536 cells, each as wide as 2^-7 of its
 * lower bound (the bound nearer to zero), which is therefore known to a relative 2^-8 or so. How
 * many values are exactly that bound is counted apart: 0, 1, 0.5 and every v/256 are such bounds,
 * so these atoms are exact.
 *
 * Bins. Where the range is known (metadata "full_scale" or "range"), 100 equal bins over it are
 * counted as well, of the values themselves, as NumPy's histogram does (the last bin is closed),
 * and what lies below and above.
 *
 * Groups. Of the groups, those whose keys have the smallest hashes are kept, each with its own
 * cells and moments: at most ASSAY_DISTRIBUTION_GROUPS of them, and so many that their cells are at
 * most ASSAY_DISTRIBUTION_CELLS in all. Which ones depends on the set alone, not on the order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

#define ASSAY_DISTRIBUTION_GROUPS ((size_t)4096)
#define ASSAY_DISTRIBUTION_CELLS ((size_t)4 << 20)
#define ASSAY_DISTRIBUTION_BINS ((size_t)100)
#define ASSAY_N_CELLS ((size_t)1 << 16)

/**
 * AssayMoment:
 *
 * Of an item's values of one variable: mean, variance (divided by n), skewness (m3 / m2^1.5) and
 * kurtosis (m4 / m2^2, not excess); what is averaged over items. Skewness and kurtosis have no
 * value where the variance is 0, the first two none without values.
 */
typedef enum {
    ASSAY_MOMENT_MEAN,
    ASSAY_MOMENT_VARIANCE,
    ASSAY_MOMENT_SKEWNESS,
    ASSAY_MOMENT_KURTOSIS,
    ASSAY_N_MOMENTS,
} AssayMoment;

/**
 * AssayMomentSum:
 * @sum: of the items that have the moment, each rounded to a multiple of 2^-32; integers, so that
 *     no order matters
 * @n: how many items have it
 */
typedef struct {
    __int128 sum;
    guint64 n;
} AssayMomentSum;

/**
 * AssayScale:
 * @is_integer: whether cells are integers: value = (cell + @offset) / @divisor; otherwise cells are
 *     of floats
 * @offset: of the lowest cell: 0, -128 or -32768
 * @divisor: full scale: 255 or 256 for pixels; 1 where there is none
 * @low, @high: the declared range, in units of value; NaN where none is
 */
typedef struct {
    gboolean is_integer;
    int offset;
    double divisor;
    double low, high;
} AssayScale;

/**
 * AssayGroupCells:
 * @hash: of its key
 * @n_items: of the group
 * @n_cells: how many cells it has values in
 * @cells: (array length=n_cells): ascending
 * @counts: (array length=n_cells)
 * @exact: (array length=n_cells) (nullable): of floats: how many are exactly the bound of the cell
 */
typedef struct {
    guint64 hash;
    guint64 n_items;
    size_t n_cells;
    guint16 *cells;
    guint64 *counts, *exact;
    AssayMomentSum moments[ASSAY_N_MOMENTS];
} AssayGroupCells;

/**
 * AssayDistribution:
 * @name: of the variable
 * @n_values: that are finite
 * @n_non_finite: NaN and infinities, which are in no cell
 * @n_items, @n_groups: of the set
 * @counts: (array fixed-size=65536): a cell
 * @exact: (array fixed-size=65536) (nullable): of floats
 * @bins: where there is a range
 * @below, @above: values outside it
 * @groups: (element-type AssayGroupCells): those kept, by hash
 */
typedef struct {
    char *name;
    AssayScale scale;
    guint64 n_values, n_non_finite;
    guint64 n_items, n_groups;
    guint64 *counts, *exact;
    guint64 bins[ASSAY_DISTRIBUTION_BINS];
    guint64 below, above;
    AssayMomentSum moments[ASSAY_N_MOMENTS];
    GPtrArray *groups;
} AssayDistribution;

ASSAY_API void assay_distribution_free(AssayDistribution *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayDistribution, assay_distribution_free)

/* The value of a cell of this scale: an integer's own; of floats the bound nearer to zero. */
ASSAY_API double assay_scale_value(const AssayScale *self, guint16 cell);

/* The cell of a floating-point value, and whether the value is exactly the cell's bound. */
ASSAY_API guint16 assay_cell_of(double value, gboolean *is_exact);

G_END_DECLS
