/* distribution/kept.c - the groups whose cells are kept, each alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
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

void
assay_group_cells_allocate(AssayGroupCells *self, size_t n, gboolean has_exact)
{
    size_t n_counts = has_exact ? 2 * n : n;

    self->n_cells = n;
    self->counts = g_malloc(n_counts * sizeof(guint64) + n * sizeof(guint16));
    self->exact = has_exact ? self->counts + n : NULL;
    self->cells = (guint16 *)(void *)(self->counts + n_counts);
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
    g_free(self->counts);
    self->n_cells = sum.n_cells;
    self->cells = sum.cells;
    self->counts = sum.counts;
    self->exact = sum.exact;
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
    unite_cells(group, more);
    self->n_kept_cells += group->n_cells;
    group->n_items += more->n_items;
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        group->moments[k].sum += more->moments[k].sum;
        group->moments[k].n += more->moments[k].n;
    }
    keep_within_budget(self);
}

static void
set_cells(AssayGroupCells *self, const AssayCellCount *cells, size_t n_cells, gboolean has_exact)
{
    assay_group_cells_allocate(self, n_cells, has_exact);
    for (size_t i = 0; i < n_cells; i++) {
        self->cells[i] = cells[i].cell;
        self->counts[i] = cells[i].count;
        if (has_exact)
            self->exact[i] = cells[i].exact;
    }
}

/* A group that is not there yet, as most are, takes the cells as they come. */
void
assay_distribution_keep(AssayDistribution *self, guint64 hash, guint64 n_items,
                        const AssayCellCount *cells, size_t n_cells, const AssayMomentSum *moments)
{
    AssayGroupCells more = { .hash = hash, .n_items = n_items };
    AssayGroupCells *group;

    if (hash >= self->dropped_from)
        return;
    group = ensure_group(self, hash);
    memcpy(more.moments, moments, sizeof more.moments);
    if (group->n_items == 0) {
        set_cells(group, cells, n_cells, self->exact != NULL);
        memcpy(group->moments, moments, sizeof group->moments);
        group->n_items = n_items;
        self->n_kept_cells += n_cells;
        keep_within_budget(self);
        return;
    }
    set_cells(&more, cells, n_cells, self->exact != NULL);
    assay_distribution_keep_group(self, &more);
    g_free(more.counts);
}
