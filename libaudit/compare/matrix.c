/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"

#include <string.h>

#include "../base/by-processor.h"
#include "../base/each.h"

/* Groups that are entered by one thread, one after the other. */
enum { CHUNK = 256 };

/* What is entered. */
typedef struct {
    AssayMatrix *matrix;
    const AssayKeptGroups *groups;
} Entry;

/* The values of a cell of a group: those within it, and those that are exactly its bound. */
static void
part_values(const AssayCellList *list, size_t i, gboolean is_integer, guint64 *values)
{
    guint64 exact = is_integer ? list->counts[i] : list->exact == NULL ? 0 : list->exact[i];

    values[0] = list->counts[i] - exact;
    values[1] = exact;
}

/* A group's values by cells of the axis. Where that has joined cells, a cell may come again, and
 * goes to the entry there is: @entry_of says which of this group, from 1 on; it is 0 before and
 * after. */
static void
enter_group(const Entry *self, size_t at, guint32 *entry_of)
{
    AssayMatrix *matrix = self->matrix;
    size_t side, first = matrix->starts[at], n = 0;
    const AssayGroupCells *group = assay_kept_groups_at(self->groups, at, &side);
    gboolean is_integer = self->groups->sides[side]->scale.is_integer;
    AssayCellList list;

    assay_group_cells_list(group, &list);
    for (size_t i = 0; i < list.n; i++) {
        guint64 values[2];

        part_values(&list, i, is_integer, values);
        for (size_t k = 0; k < 2; k++) {
            guint32 cell;

            if (values[k] == 0)
                continue;
            cell = self->groups->axis->map[side][k][list.cells[i]];
            if (cell == G_MAXUINT32)
                continue;
            if (entry_of != NULL && entry_of[cell] > 0) {
                matrix->counts[first + entry_of[cell] - 1] += (double)values[k];
                continue;
            }
            matrix->cells[first + n] = cell;
            matrix->counts[first + n++] = (double)values[k];
            if (entry_of != NULL)
                entry_of[cell] = (guint32)n;
        }
    }
    for (size_t i = 0; entry_of != NULL && i < n; i++)
        entry_of[matrix->cells[first + i]] = 0;
    matrix->ends[at] = first + n;
    memcpy(&matrix->moments[at * ASSAY_N_MOMENTS], group->moments, sizeof group->moments);
}

static gboolean
enter_chunk(gpointer user, size_t number, GError **error)
{
    const Entry *self = user;
    size_t end = MIN((number + 1) * CHUNK, self->matrix->n_groups);
    const AssayAxis *axis = self->groups->axis;
    g_autofree guint32 *entry_of = axis->is_joined ? g_new0(guint32, axis->n + 1) : NULL;

    (void)error;
    for (size_t at = number * CHUNK; at < end; at++)
        enter_group(self, at, entry_of);
    return TRUE;
}

/* Where the entries of each group begin: how many there are at most is known. */
static size_t
place_groups(const Entry *self)
{
    size_t n = 0, side;

    for (size_t at = 0; at < self->matrix->n_groups; at++) {
        size_t n_cells = assay_kept_groups_at(self->groups, at, &side)->n_cells;

        self->matrix->starts[at] = n;
        n += self->groups->sides[side]->scale.is_integer ? n_cells : 2 * n_cells;
    }
    return n;
}

AssayMatrix *
assay_matrix_new(const AssayKeptGroups *groups, guint n_workers)
{
    AssayMatrix *self = g_new0(AssayMatrix, 1);
    Entry entry = { self, groups };
    size_t n_entries;

    self->n_groups = groups->n_groups;
    self->n_cells = groups->axis->n;
    self->starts = g_new0(size_t, self->n_groups + 1);
    self->ends = g_new0(size_t, self->n_groups + 1);
    self->moments = g_new0(AssayMomentSum, self->n_groups * ASSAY_N_MOMENTS + 1);
    n_entries = place_groups(&entry);
    self->cells = g_new(guint32, n_entries + 1);
    self->counts = g_new(double, n_entries + 1);
    /* Nothing of it can fail. */
    (void)!assay_each_number((self->n_groups + CHUNK - 1) / CHUNK, n_workers, enter_chunk, &entry,
                             NULL);
    return self;
}

void
assay_matrix_free(AssayMatrix *self)
{
    if (self == NULL)
        return;
    g_free(self->starts);
    g_free(self->ends);
    g_free(self->cells);
    g_free(self->counts);
    g_free(self->moments);
    g_free(self);
}

void
assay_matrix_sum_init(AssayMatrixSum *self, const AssayMatrix *matrix)
{
    self->counts = g_new0(double, matrix->n_cells *ASSAY_LANES + 1);
    memset(self->moments, 0, sizeof self->moments);
}

void
assay_matrix_sum_clear(AssayMatrixSum *self)
{
    g_clear_pointer(&self->counts, g_free);
}

static gboolean
is_used(const double *weights, size_t n_lanes)
{
    double sum = 0;

    for (size_t i = 0; i < n_lanes; i++)
        sum += weights[i];
    return sum > 0;
}

static void
add_moments(AssayMatrixSum *self, const AssayMomentSum *moments, const double *weights,
            size_t n_lanes)
{
    for (size_t i = 0; i < n_lanes; i++) {
        guint64 weight = (guint64)weights[i];
        AssayMomentSum *to = &self->moments[i * ASSAY_N_MOMENTS];

        for (size_t m = 0; m < ASSAY_N_MOMENTS && weight > 0; m++) {
            to[m].sum += moments[m].sum * (gint64)weight;
            to[m].n += moments[m].n * weight;
        }
    }
}

/* Adds the cells of a group, so many times in each lane: for any processor, or for those with
 * longer vectors. The sums are of whole numbers, and the same by each. */
#define ADD_CELLS(name, target)                                                                    \
    target static void name(const AssayMatrix *matrix, size_t group,                               \
                            const double *restrict weight, double *restrict counts)                \
    {                                                                                              \
        for (size_t e = matrix->starts[group]; e < matrix->ends[group]; e++) {                     \
            double *to = &counts[matrix->cells[e] * (size_t)ASSAY_LANES];                          \
            double count = matrix->counts[e];                                                      \
                                                                                                   \
            for (size_t i = 0; i < ASSAY_LANES; i++)                                               \
                to[i] += count * weight[i];                                                        \
        }                                                                                          \
    }

ASSAY_BY_PROCESSOR(ADD_CELLS, add_cells)

typedef void (*AddCells)(const AssayMatrix *matrix, size_t group, const double *weight,
                         double *counts);

void
assay_matrix_sum(const AssayMatrix *matrix, const double *weights, size_t n_lanes, size_t first,
                 size_t end, AssayMatrixSum *self)
{
    AddCells add_cells = ASSAY_CHOSEN(add_cells);

    memset(self->counts, 0, matrix->n_cells * ASSAY_LANES * sizeof *self->counts);
    memset(self->moments, 0, sizeof self->moments);
    for (size_t g = first; g < end; g++) {
        const double *weight = &weights[g * ASSAY_LANES];

        if (!is_used(weight, n_lanes))
            continue;
        add_cells(matrix, g, weight, self->counts);
        add_moments(self, &matrix->moments[g * ASSAY_N_MOMENTS], weight, n_lanes);
    }
}
