/* distribution/kept.c - the groups whose cells are kept, each alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "dense-rows-private.h"
#include "distribution-private.h"

/* Where the group of @hash is, or belongs. */
static guint
find_place(const GPtrArray *groups, guint64 hash)
{
    guint low = 0, high = groups->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (((const AssayGroupCells *)g_ptr_array_index(groups, middle))->hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static AssayGroupCells *
ensure_group(AssayDistribution *self, guint64 hash)
{
    guint at = find_place(self->groups, hash);
    AssayGroupCells *group = at < self->groups->len ? g_ptr_array_index(self->groups, at) : NULL;

    if (group != NULL && group->hash == hash)
        return group;
    group = g_new0(AssayGroupCells, 1);
    group->hash = hash;
    g_ptr_array_insert(self->groups, (gint)at, group);
    return group;
}

void
assay_distribution_drop_from(AssayDistribution *self, guint64 hash)
{
    self->dropped_from = MIN(self->dropped_from, hash);
    while (self->groups->len > 0) {
        const AssayGroupCells *last = g_ptr_array_index(self->groups, self->groups->len - 1);

        if (last->hash < self->dropped_from)
            break;
        self->n_kept_cells -= last->n_cells;
        g_ptr_array_set_size(self->groups, (gint)self->groups->len - 1);
    }
}

static void
keep_within_budget(AssayDistribution *self)
{
    while (self->groups->len > ASSAY_DISTRIBUTION_GROUPS ||
           self->n_kept_cells > ASSAY_DISTRIBUTION_CELLS) {
        const AssayGroupCells *last = g_ptr_array_index(self->groups, self->groups->len - 1);

        assay_distribution_drop_from(self, last->hash);
    }
}

void
assay_distribution_keep_group(AssayDistribution *self, const AssayGroupCells *more)
{
    AssayGroupCells *group;

    if (more->hash >= self->dropped_from)
        return;
    group = ensure_group(self, more->hash);
    self->n_kept_cells -= group->n_cells;
    assay_group_cells_unite(group, more);
    self->n_kept_cells += group->n_cells;
    keep_within_budget(self);
}

/* An item, and the number of its group; @row: (nullable): its cells, where they are in one. */
typedef struct {
    guint64 hash;
    size_t at;
    const guint16 *row;
} Kept;

/* Items that go to groups, by hash; @rows: (nullable): what their rows are in. */
typedef struct {
    const AssaySpreadVariable *from;
    Kept *items;
    size_t n;
    AssayDenseRows *rows;
} Batch;

static int
compare_kept(const void *a, const void *b)
{
    const Kept *x = a, *y = b;

    return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
                              : (x->at > y->at) - (x->at < y->at);
}

static void
copy_row(AssayDenseRows *rows, const guint16 *row)
{
    memcpy(assay_dense_rows_add(rows), row, ASSAY_DENSE_CELLS * sizeof *row);
}

/* Groups hold on to all rows that came with theirs: where most are of items that are not kept, the
 * others are put in a piece of memory of their own. */
static void
find_rows(Batch *self)
{
    AssayDenseRows *rows = self->from->dense;

    if (rows == NULL)
        return;
    for (size_t k = 0; k < self->n; k++)
        self->items[k].row = assay_spread_row(self->from, self->items[k].at);
    if (assay_dense_rows_count(rows) <= 2 * self->n) {
        self->rows = assay_dense_rows_ref(rows);
        return;
    }
    self->rows = assay_dense_rows_new(self->n);
    for (size_t k = 0; k < self->n; k++)
        copy_row(self->rows, self->items[k].row);
    for (size_t k = 0; k < self->n; k++)
        self->items[k].row = assay_dense_rows_nth(self->rows, k);
}

/* The same for all groups, once most of what they hold on to may be of groups that were dropped. */
static void
pack_rows(AssayDistribution *self)
{
    AssayDenseRows *rows = assay_dense_rows_new(self->groups->len);

    self->n_rows = 0;
    for (guint i = 0; i < self->groups->len; i++) {
        AssayGroupCells *group = g_ptr_array_index(self->groups, i);

        if (group->row == NULL)
            continue;
        copy_row(rows, group->row); /* there is room: none moves */
        assay_dense_rows_unref(group->rows);
        group->rows = assay_dense_rows_ref(rows);
        group->row = assay_dense_rows_nth(rows, self->n_rows++);
    }
    assay_dense_rows_unref(rows);
}

/* A group of one item. */
static AssayGroupCells *
new_group(const AssayDistribution *self, const Batch *batch, const Kept *kept)
{
    const AssaySpreadVariable *from = batch->from;
    AssayGroupCells *group;

    if (kept->row != NULL) {
        group = assay_group_cells_new_of_row(batch->rows, kept->row);
    } else {
        AssayCellCount room[ASSAY_DENSE_CELLS];
        size_t n;
        const AssayCellCount *cells = assay_spread_cells(from, kept->at, room, &n);

        group = assay_group_cells_new(cells, n, self->exact != NULL);
    }
    group->hash = kept->hash;
    group->n_items = 1;
    for (guint k = 0; k < ASSAY_N_MOMENTS && !from->skips_moments; k++)
        assay_moment_add(&group->moments[k],
                         g_array_index(from->moments, AssayItemMoments, kept->at).of[k]);
    return group;
}

static void
add_item(const AssayDistribution *self, AssayGroupCells *group, const Batch *batch,
         const Kept *kept)
{
    AssayGroupCells *more = new_group(self, batch, kept);

    assay_group_cells_unite(group, more);
    assay_group_cells_free(more);
}

/* Two lists by hash become one, up to where it is too long. */
static void
merge_items(AssayDistribution *self, const Batch *batch)
{
    GPtrArray *before = self->groups;
    const Kept *kept = batch->items;
    AssayGroupCells *group = NULL;
    size_t k = 0, n = batch->n, n_cells = 0;
    guint i = 0;

    self->groups = assay_distribution_new_groups(before->len + n);
    while (i < before->len || k < n) {
        group = i < before->len ? g_ptr_array_index(before, i) : NULL;
        if (group != NULL && (k == n || group->hash <= kept[k].hash))
            before->pdata[i++] = NULL;
        else
            group = new_group(self, batch, &kept[k++]);
        for (; k < n && kept[k].hash == group->hash; k++)
            add_item(self, group, batch, &kept[k]);
        if (self->groups->len == ASSAY_DISTRIBUTION_GROUPS ||
            n_cells + group->n_cells > ASSAY_DISTRIBUTION_CELLS) {
            self->dropped_from = group->hash;
            assay_group_cells_free(group);
            break;
        }
        n_cells += group->n_cells;
        g_ptr_array_add(self->groups, group);
    }
    self->n_kept_cells = n_cells;
    g_ptr_array_unref(before);
    self->n_rows += batch->rows == NULL ? 0 : assay_dense_rows_count(batch->rows);
    if (self->n_rows > 2 * ASSAY_DISTRIBUTION_GROUPS)
        pack_rows(self);
}

void
assay_distribution_keep_items(AssayDistribution *self, const AssaySpreadVariable *from,
                              const guint64 *hashes, size_t n)
{
    g_autofree Kept *kept = g_new(Kept, MIN(n, ASSAY_DISTRIBUTION_GROUPS) + 1);

    for (size_t at = 0; at < n;) {
        Batch batch = { .from = from, .items = kept };

        for (; at < n && batch.n < ASSAY_DISTRIBUTION_GROUPS; at++) {
            if (hashes[at] < self->dropped_from)
                kept[batch.n++] = (Kept){ .hash = hashes[at], .at = at };
        }
        if (batch.n == 0)
            continue;
        qsort(kept, batch.n, sizeof *kept, compare_kept);
        find_rows(&batch);
        merge_items(self, &batch);
        assay_dense_rows_unref(batch.rows);
    }
}
