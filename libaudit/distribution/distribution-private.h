/* distribution/distribution-private.h - how the parts of distribution count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "distributions.h"

/**
 * AssayVariable:
 * @array: of the field, the sample's
 * @block: values of an item in it
 * @first, @step: which of them: every @step-th from @first on
 * @channels: (nullable): as @first, of the column that says the channel: notes of channel 10 are
 *     left out
 */
typedef struct {
    char *name;
    const AssayArray *array;
    AssayScale scale;
    size_t block, first, step;
    gboolean has_channels;
    size_t channels;
} AssayVariable;

/* The variables of @sample, by name: (transfer full) (element-type AssayVariable). */
GPtrArray *assay_variables_of(AssaySample *sample, const AssayObservation *items,
                              const AssayDistributionConfig *config);

/* Of an item, in units of value; NaN for none. */
typedef struct {
    double of[ASSAY_N_MOMENTS];
} AssayItemMoments;

/* One distinct cell of an item. */
typedef struct {
    guint32 count, exact;
    guint16 cell;
} AssayCellCount;

/**
 * AssaySpreadVariable:
 * @cells: (element-type AssayCellCount): item by item, ascending; none where there is @dense
 * @dense: (nullable): 256 cells of each item that is kept, where items have as many bytes or more,
 *     and not so many that such a count may not hold them
 * @ends: (element-type size_t): of all items of the sample: where the cells of each end, or its
 * rows of 256; they begin where those of the item before end
 * @moments: (element-type AssayItemMoments): of all items; none where they are skipped
 * @has_totals: whether @totals has the values of all items together: of bytes
 */
typedef struct {
    char *name;
    AssayScale scale;
    guint64 n_values, n_non_finite, below, above;
    guint64 bins[ASSAY_DISTRIBUTION_BINS];
    GArray *cells, *ends, *moments;
    AssayDenseRows *dense;
    gboolean skips_moments, has_totals;
    guint64 totals[256];
} AssaySpreadVariable;

struct AssaySpread {
    GPtrArray *variables; /* AssaySpreadVariable, by name */
    size_t n_items;       /* that were counted */
    size_t *which;        /* which of the sample's they are */
    guint8 *is_kept;      /* whether the cells of each will be; NULL: those of all may be */
    size_t n_kept;
    guint64 dropped_from; /* from which number on groups have no cells here */
};

/* Whether each item, where it has no label, is a group of its own: not one of windows, nor cut
 * from a piece. */
gboolean assay_distributions_is_array(const AssayObservation *items);

/* What the numbers of groups without a label are made of, see distribution/group-hash.h. */
guint64 assay_distributions_hash_source(const AssayObservation *items);

/* Counts the values of item @index of the variable, and appends the item. */
void assay_spread_tally(AssaySpreadVariable *self, const AssayVariable *variable, size_t index);

/* Whether the items of the variable are bytes that lie together. */
gboolean assay_variable_is_of_bytes(const AssayVariable *self);

/* The same of @n items from @index on, all bytes, of which none has cells or moments of its own. */
void assay_spread_tally_run(AssaySpreadVariable *self, const AssayVariable *variable, size_t index,
                            size_t n);

/* The cells of the @at-th item; @room: (array fixed-size=256): where there may have to be some */
const AssayCellCount *assay_spread_cells(const AssaySpreadVariable *self, size_t at,
                                         AssayCellCount *room, size_t *n);

/* The @at-th item's row of 256 cells, in @dense; all 0 where it is not kept. */
const guint16 *assay_spread_row(const AssaySpreadVariable *self, size_t at);

/* Room for @n groups: (transfer full) (element-type AssayGroupCells). */
GPtrArray *assay_distribution_new_groups(size_t n);

/* Room for so many cells, in one piece that begins at @counts; assay_group_cells_drop() frees it
 * where it is not that of the group itself, or lets go of the row. */
void assay_group_cells_allocate(AssayGroupCells *self, size_t n, gboolean has_exact);
void assay_group_cells_drop(AssayGroupCells *self);

/* A group of so many cells, or of one item that was counted in a row. */
AssayGroupCells *assay_group_cells_new(const AssayCellCount *cells, size_t n, gboolean has_exact);
AssayGroupCells *assay_group_cells_new_of_row(AssayDenseRows *rows, const guint16 *row);

/* Adds cells, items and moments. */
void assay_group_cells_unite(AssayGroupCells *self, const AssayGroupCells *more);

/* Adds the cells of items, unless they are of groups that are dropped. @hashes: (array length=n):
 * of the items of @from, in their order */
void assay_distribution_keep_items(AssayDistribution *self, const AssaySpreadVariable *from,
                                   const guint64 *hashes, size_t n);

/* The same with the cells of a group of another distribution. */
void assay_distribution_keep_group(AssayDistribution *self, const AssayGroupCells *group);

/* Drops what is kept from @hash on. */
void assay_distribution_drop_from(AssayDistribution *self, guint64 hash);
