/* distribution/distribution.h - what values a variable has, and how they vary from group to group.
 *
 * Stands on: base/api.h.
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
 * so these atoms are exact. Whole numbers of more than 16 bits are taken as floating-point numbers.
 * -0 is 0; what is beyond the range of float32 is in the last cell of a finite number.
 *
 * Bins. Where the range is known (metadata "full_scale" or "range"), 100 equal bins over it are
 * counted as well, of the values themselves, as NumPy's histogram does (the last bin is closed),
 * and what lies below and above.
 *
 * Groups. Of the groups, those whose keys have the smallest hashes are kept, each with its own
 * cells and moments: the longest run of them, by hash, that has at most ASSAY_DISTRIBUTION_GROUPS
 * groups and ASSAY_DISTRIBUTION_CELLS cells in all. A group and its cells only grow, so a group
 * that did not fit once never will: the smallest hash that was ever dropped says for good which are
 * kept, and which ones depends on the set alone, not on the order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* 4,096 groups of 256 cells each fit: pictures of 8 bits always do. */
#define ASSAY_DISTRIBUTION_GROUPS ((size_t)4096)
#define ASSAY_DISTRIBUTION_CELLS ((size_t)1 << 20)
#define ASSAY_DISTRIBUTION_BINS ((size_t)100)
#define ASSAY_N_CELLS ((size_t)1 << 16)

/* No group was dropped. */
#define ASSAY_DROPPED_NONE G_MAXUINT64

/* The most items that a set can have: sums of moments then fit. */
#define ASSAY_DISTRIBUTION_ITEMS ((guint64)G_MAXUINT32)

/**
 * AssayMoment:
 *
 * Of an item's values of one variable: mean, variance (divided by n), skewness (m3 / m2^1.5) and
 * kurtosis (m4 / m2^2, not excess); what is averaged over items. Skewness and kurtosis have no
 * value where the variance is 0, the first two none without values. None has one of 2^53 or more.
 */
typedef enum {
    ASSAY_MOMENT_MEAN,
    ASSAY_MOMENT_VARIANCE,
    ASSAY_MOMENT_SKEWNESS,
    ASSAY_MOMENT_KURTOSIS,
    ASSAY_N_MOMENTS,
} AssayMoment;

/* "mean", "variance", "skewness", "kurtosis". */
ASSAY_API const char *assay_moment_name(AssayMoment moment);

__extension__ typedef __int128 AssayInt128;

/* Moments are rounded to multiples of 2^-40, halves to even, and less than this. */
#define ASSAY_MOMENT_BITS 40
#define ASSAY_MOMENT_LIMIT ((double)((guint64)1 << 53))

/**
 * AssayMomentSum:
 * @sum: of the items that have the moment, in units of 2^-40: integers, so that no order matters
 * @n: how many items have it
 */
typedef struct {
    AssayInt128 sum;
    guint64 n;
} AssayMomentSum;

/* Adds the moment of an item; NaN, and what is too large, is none. */
ASSAY_API void assay_moment_add(AssayMomentSum *self, double value);

/* The mean over items, NaN where none has the moment. */
ASSAY_API double assay_moment_mean(const AssayMomentSum *self);

/**
 * AssayScale:
 * @is_integer: whether cells are integers: value = (cell + @offset) / @divisor; otherwise cells are
 *     of floats, which were divided by @divisor before
 * @offset: of the lowest cell: 0, -128 or -32768; 0 for floats
 * @divisor: full scale: 255 or 256 for pixels; 1 where there is none; more than 0
 * @low, @high: the declared range, in units of value, @low < @high; NaN where none is
 */
typedef struct {
    gboolean is_integer;
    int offset;
    double divisor;
    double low, high;
} AssayScale;

/* Whether a range is declared. */
ASSAY_API gboolean assay_scale_has_range(const AssayScale *self);

/* What differs between two scales in words that name both values ("full scale 256, not 255"), or
 * %NULL: (transfer full). */
ASSAY_API char *assay_scale_difference(const AssayScale *a, const AssayScale *b);

/* The value of a cell of this scale: an integer's own; of floats the bound nearer to zero. */
ASSAY_API double assay_scale_value(const AssayScale *self, guint16 cell);

/* The cell of a finite floating-point value, and whether the value is exactly the cell's bound. */
ASSAY_API guint16 assay_cell_of(double value, gboolean *is_exact);

/* The bound nearer to zero of a cell of floats; cells that no finite value has give infinities or
 * NaN. */
ASSAY_API double assay_cell_bound(guint16 cell);

/**
 * assay_bin_of:
 * @low, @high: the range
 *
 * Returns: the bin of a finite value, 0 .. ASSAY_DISTRIBUTION_BINS - 1; or ASSAY_BIN_BELOW,
 *     ASSAY_BIN_ABOVE. Edges are low + i * ((high - low) / 100), as numpy.linspace() has them, the
 *     last one high.
 */
ASSAY_API guint assay_bin_of(double low, double high, double value);
#define ASSAY_BIN_BELOW ((guint)ASSAY_DISTRIBUTION_BINS)
#define ASSAY_BIN_ABOVE ((guint)ASSAY_DISTRIBUTION_BINS + 1)

typedef struct AssayDenseRows AssayDenseRows;

/**
 * AssayGroupCells:
 * @hash: of its key, see distribution/group-hash.h
 * @n_items: of the group
 * @n_cells: how many cells it has values in
 * @cells: (array length=n_cells): ascending; like the next two %NULL where there is a @row
 * @counts: (array length=n_cells): more than 0
 * @exact: (array length=n_cells) (nullable): of floats: how many are exactly the bound of the cell
 * @row: (array fixed-size=256) (nullable): of one item of bytes: the count of each cell, as the
 *     item was counted; in @rows
 * @rows: (nullable): those of many groups; the group holds a reference
 * @is_one_piece: whether the cells are in one piece of memory with the group
 */
typedef struct {
    guint64 hash;
    guint64 n_items;
    size_t n_cells;
    guint16 *cells;
    guint64 *counts, *exact;
    const guint16 *row;
    AssayDenseRows *rows;
    gboolean is_one_piece;
    AssayMomentSum moments[ASSAY_N_MOMENTS];
} AssayGroupCells;

ASSAY_API void assay_group_cells_free(AssayGroupCells *self);

/* How many cells a row has. */
#define ASSAY_DENSE_CELLS ((guint)256)

/**
 * AssayCellList:
 * @n, @cells, @counts, @exact: of a group, however it holds them
 * @own_cells, @own_counts: where those of a row are put
 */
typedef struct {
    size_t n;
    const guint16 *cells;
    const guint64 *counts, *exact;
    guint16 own_cells[ASSAY_DENSE_CELLS + 1]; /* one more: what is not found is written, too */
    guint64 own_counts[ASSAY_DENSE_CELLS];
} AssayCellList;

/* The list is good for as long as the group does not change. */
ASSAY_API void assay_group_cells_list(const AssayGroupCells *self, AssayCellList *list);

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
 * @moments: over all items
 * @groups: (element-type AssayGroupCells): those kept, by hash
 * @dropped_from: the smallest hash that is not kept, or ASSAY_DROPPED_NONE where all are
 * @n_kept_cells: of @groups, in all
 * @n_rows: how many rows there are at most in what @groups hold on to
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
    guint64 dropped_from;
    size_t n_kept_cells, n_rows;
} AssayDistribution;

ASSAY_API AssayDistribution *assay_distribution_new(const char *name, const AssayScale *scale);
ASSAY_API void assay_distribution_free(AssayDistribution *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayDistribution, assay_distribution_free)

G_END_DECLS
