/* distribution/group-cells.c - the cells of a group.
 *
 * Those of one item of bytes stay as the item was counted, in a row with an entry for each value:
 * that takes less than a list of 10 bytes an entry, and is added up faster.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dense-rows-private.h"
#include "distribution-private.h"

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

void
assay_group_cells_drop(AssayGroupCells *self)
{
    if (!self->is_one_piece)
        g_free(self->counts);
    g_clear_pointer(&self->rows, assay_dense_rows_unref);
    self->row = NULL;
}

void
assay_group_cells_free(AssayGroupCells *self)
{
    if (self == NULL)
        return;
    assay_group_cells_drop(self);
    g_free(self);
}

/* The cells are behind it, in one piece: there are many groups that are soon dropped. */
AssayGroupCells *
assay_group_cells_new(const AssayCellCount *cells, size_t n, gboolean has_exact)
{
    AssayGroupCells *self = g_malloc(sizeof *self + cells_size(n, has_exact));

    memset(self, 0, sizeof *self);
    self->is_one_piece = TRUE;
    place_cells(self, (guint64 *)(void *)(self + 1), n, has_exact);
    for (size_t i = 0; i < n; i++) {
        self->cells[i] = cells[i].cell;
        self->counts[i] = cells[i].count;
        if (has_exact)
            self->exact[i] = cells[i].exact;
    }
    return self;
}

AssayGroupCells *
assay_group_cells_new_of_row(AssayDenseRows *rows, const guint16 *row)
{
    AssayGroupCells *self = g_new0(AssayGroupCells, 1);
    guint16 n = 0;

    for (size_t cell = 0; cell < ASSAY_DENSE_CELLS; cell++)
        n = (guint16)(n + (row[cell] != 0));
    self->n_cells = n;
    self->row = row;
    self->rows = assay_dense_rows_ref(rows);
    return self;
}

void
assay_group_cells_list(const AssayGroupCells *self, AssayCellList *list)
{
    list->n = self->n_cells;
    list->cells = self->cells;
    list->counts = self->counts;
    list->exact = self->exact;
    if (self->row == NULL)
        return;
    list->n = 0;
    for (size_t cell = 0; cell < ASSAY_DENSE_CELLS; cell++) {
        list->own_cells[list->n] = (guint16)cell;
        list->n += self->row[cell] != 0;
    }
    for (size_t i = 0; i < list->n; i++)
        list->own_counts[i] = self->row[list->own_cells[i]];
    list->cells = list->own_cells;
    list->counts = list->own_counts;
}

static size_t
count_union(const AssayCellList *a, const AssayCellList *b)
{
    size_t n = 0;

    for (size_t i = 0, k = 0; i < a->n || k < b->n; n++) {
        size_t left = k == b->n || (i < a->n && a->cells[i] <= b->cells[k]);
        size_t right = i == a->n || (k < b->n && b->cells[k] <= a->cells[i]);

        i += left;
        k += right;
    }
    return n;
}

/* The cells of both become those of @sum. */
static void
unite_cells(AssayGroupCells *sum, const AssayCellList *a, const AssayCellList *b)
{
    size_t i = 0, k = 0;

    for (size_t n = 0; n < sum->n_cells; n++) {
        size_t left = k == b->n || (i < a->n && a->cells[i] <= b->cells[k]);
        size_t right = i == a->n || (k < b->n && b->cells[k] <= a->cells[i]);

        sum->cells[n] = left ? a->cells[i] : b->cells[k];
        sum->counts[n] = (left ? a->counts[i] : 0) + (right ? b->counts[k] : 0);
        if (sum->exact != NULL)
            sum->exact[n] = (left ? a->exact[i] : 0) + (right ? b->exact[k] : 0);
        i += left;
        k += right;
    }
}

void
assay_group_cells_unite(AssayGroupCells *self, const AssayGroupCells *more)
{
    AssayGroupCells sum = { 0 };
    AssayCellList mine, theirs;

    assay_group_cells_list(self, &mine);
    assay_group_cells_list(more, &theirs);
    assay_group_cells_allocate(&sum, count_union(&mine, &theirs), theirs.exact != NULL);
    unite_cells(&sum, &mine, &theirs);
    assay_group_cells_drop(self);
    self->is_one_piece = FALSE;
    self->n_cells = sum.n_cells;
    self->cells = sum.cells;
    self->counts = sum.counts;
    self->exact = sum.exact;
    self->n_items += more->n_items;
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        self->moments[k].sum += more->moments[k].sum;
        self->moments[k].n += more->moments[k].n;
    }
}
