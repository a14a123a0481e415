/* distribution/kept.c - the groups whose cells are kept, each alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

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

/* What so many cells take. */
static size_t
cells_size(size_t n, gboolean has_exact)
{
    return n * ((has_exact ? 2 : 1) * sizeof(guint64) + sizeof(guint16));
}

/* The cells lie from @room on. */
static void
place_cells(AssayGroupCells *self, guint64 *room, size_t n, gboolean has_exact)
{
    self->n_cells = n;
    self->counts = room;
    self->exact = has_exact ? room + n : NULL;
    self->cells = (guint16 *)(void *)(room + (has_exact ? 2 * n : n));
}

void
assay_group_cells_allocate(AssayGroupCells *self, size_t n, gboolean has_exact)
{
    place_cells(self, g_malloc(cells_size(n, has_exact)), n, has_exact);
}

/* A group with room for its cells behind it: there are many that are soon dropped. */
static AssayGroupCells *
new_with_cells(size_t n, gboolean has_exact)
{
    AssayGroupCells *self = g_malloc(sizeof *self + cells_size(n, has_exact));

    memset(self, 0, sizeof *self);
    self->is_one_piece = TRUE;
    place_cells(self, (guint64 *)(void *)(self + 1), n, has_exact);
    return self;
}

static size_t
count_union(const AssayGroupCells *a, const AssayGroupCells *b)
{
    size_t n = 0;

    for (size_t i = 0, k = 0; i < a->n_cells || k < b->n_cells; n++) {
        size_t left = k == b->n_cells || (i < a->n_cells && a->cells[i] <= b->cells[k]);
        size_t right = i == a->n_cells || (k < b->n_cells && b->cells[k] <= a->cells[i]);

        i += left;
        k += right;
    }
    return n;
}

/* Adds the cells of @more to those of @self. */
static void
unite_cells(AssayGroupCells *self, const AssayGroupCells *more)
{
    AssayGroupCells sum = { 0 };
    size_t i = 0, k = 0;

    assay_group_cells_allocate(&sum, count_union(self, more), more->exact != NULL);
    for (size_t n = 0; n < sum.n_cells; n++) {
        size_t left = k == more->n_cells || (i < self->n_cells && self->cells[i] <= more->cells[k]);
        size_t right =
            i == self->n_cells || (k < more->n_cells && more->cells[k] <= self->cells[i]);

        sum.cells[n] = left ? self->cells[i] : more->cells[k];
        sum.counts[n] = (left ? self->counts[i] : 0) + (right ? more->counts[k] : 0);
        if (sum.exact != NULL)
            sum.exact[n] = (left ? self->exact[i] : 0) + (right ? more->exact[k] : 0);
        i += left;
        k += right;
    }
    assay_group_cells_drop(self);
    self->is_one_piece = FALSE;
    self->n_cells = sum.n_cells;
    self->cells = sum.cells;
    self->counts = sum.counts;
    self->exact = sum.exact;
}

static void
unite_groups(AssayGroupCells *self, const AssayGroupCells *more)
{
    unite_cells(self, more);
    self->n_items += more->n_items;
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        self->moments[k].sum += more->moments[k].sum;
        self->moments[k].n += more->moments[k].n;
    }
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
    unite_groups(group, more);
    self->n_kept_cells += group->n_cells;
    keep_within_budget(self);
}

static AssayGroupCells *
new_of_cells(const AssayCellCount *cells, size_t n, gboolean has_exact)
{
    AssayGroupCells *self = new_with_cells(n, has_exact);

    for (size_t i = 0; i < n; i++) {
        self->cells[i] = cells[i].cell;
        self->counts[i] = cells[i].count;
        if (has_exact)
            self->exact[i] = cells[i].exact;
    }
    return self;
}

static AssayGroupCells *
new_of_row(const guint16 *row)
{
    guint16 found[ASSAY_DENSE_CELLS + 1]; /* one more: what is not found is written, too */
    AssayGroupCells *self;
    size_t n = 0;

    for (size_t cell = 0; cell < ASSAY_DENSE_CELLS; cell++) {
        found[n] = (guint16)cell;
        n += row[cell] != 0;
    }
    self = new_with_cells(n, FALSE);
    memcpy(self->cells, found, n * sizeof *found);
    for (size_t i = 0; i < n; i++)
        self->counts[i] = row[found[i]];
    return self;
}

/* An item, and the number of its group. */
typedef struct {
    guint64 hash;
    size_t at;
} Kept;

static int
compare_kept(const void *a, const void *b)
{
    const Kept *x = a, *y = b;

    return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
                              : (x->at > y->at) - (x->at < y->at);
}

/* A group of one item. */
static AssayGroupCells *
new_group(const AssayDistribution *self, const AssaySpreadVariable *from, const Kept *kept)
{
    const AssayItemValues *item = &g_array_index(from->items, AssayItemValues, kept->at);
    AssayGroupCells *group;

    if (from->dense != NULL) {
        group = new_of_row(assay_spread_row(from, kept->at));
    } else {
        AssayCellCount room[ASSAY_DENSE_CELLS];
        size_t n;
        const AssayCellCount *cells = assay_spread_cells(from, kept->at, room, &n);

        group = new_of_cells(cells, n, self->exact != NULL);
    }
    group->hash = kept->hash;
    group->n_items = 1;
    for (guint k = 0; k < ASSAY_N_MOMENTS && !from->skips_moments; k++)
        assay_moment_add(&group->moments[k], item->moments[k]);
    return group;
}

static void
add_item(const AssayDistribution *self, AssayGroupCells *group, const AssaySpreadVariable *from,
         const Kept *kept)
{
    AssayGroupCells *more = new_group(self, from, kept);

    unite_groups(group, more);
    assay_group_cells_free(more);
}

/* Two lists by hash become one, up to where it is too long. */
static void
merge_items(AssayDistribution *self, const AssaySpreadVariable *from, const Kept *kept, size_t n)
{
    GPtrArray *before = self->groups;
    AssayGroupCells *group = NULL;
    size_t k = 0, n_cells = 0;
    guint i = 0;

    self->groups = assay_distribution_new_groups(before->len + n);
    while (i < before->len || k < n) {
        group = i < before->len ? g_ptr_array_index(before, i) : NULL;
        if (group != NULL && (k == n || group->hash <= kept[k].hash))
            before->pdata[i++] = NULL;
        else
            group = new_group(self, from, &kept[k++]);
        for (; k < n && kept[k].hash == group->hash; k++)
            add_item(self, group, from, &kept[k]);
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
}

void
assay_distribution_keep_items(AssayDistribution *self, const AssaySpreadVariable *from,
                              const guint64 *hashes, size_t n)
{
    g_autofree Kept *kept = g_new(Kept, MIN(n, ASSAY_DISTRIBUTION_GROUPS) + 1);

    for (size_t at = 0; at < n;) {
        size_t n_kept = 0;

        for (; at < n && n_kept < ASSAY_DISTRIBUTION_GROUPS; at++) {
            if (hashes[at] < self->dropped_from)
                kept[n_kept++] = (Kept){ hashes[at], at };
        }
        if (n_kept == 0)
            continue;
        qsort(kept, n_kept, sizeof *kept, compare_kept);
        merge_items(self, from, kept, n_kept);
    }
}
