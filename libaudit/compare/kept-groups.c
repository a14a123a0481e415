/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept-groups.h"

#include <string.h>

#include "../base/by-processor.h"

void
assay_kept_groups_init(AssayKeptGroups *self, const AssayAxis *axis,
                       const AssayDistribution *reference, const AssayDistribution *candidate)
{
    *self = (AssayKeptGroups){ .axis = axis,
                               .sides = { reference, candidate },
                               .n_reference = reference->groups->len };
    self->n_groups = self->n_reference + candidate->groups->len;
}

const AssayGroupCells *
assay_kept_groups_at(const AssayKeptGroups *self, size_t at, size_t *side)
{
    *side = at >= self->n_reference;
    return g_ptr_array_index(self->sides[*side]->groups, *side == 0 ? at : at - self->n_reference);
}

/* Rows of 16 bits that are added up in 32, as long as all have no more weight than this together.
 */
enum { MOST_WEIGHT = 1 << 16 };

typedef struct {
    guint32 sums[ASSAY_DENSE_CELLS];
    guint64 weight;
} Rows;

/* The counts of a row, so many times: for any processor, or for those with longer vectors. */
#define ADD_ROW(name, target)                                                                      \
    target static void name(guint32 *restrict sums, const guint16 *restrict row, guint32 weight)   \
    {                                                                                              \
        for (size_t cell = 0; cell < ASSAY_DENSE_CELLS; cell++)                                    \
            sums[cell] += row[cell] * weight;                                                      \
    }

ASSAY_BY_PROCESSOR(ADD_ROW, add_row)

typedef void (*AddRow)(guint32 *sums, const guint16 *row, guint32 weight);

/* The counts of a list, by cells of the axis. */
static void
add_list(const AssayKeptGroups *self, size_t side, const AssayGroupCells *group, guint64 weight,
         guint64 *counts)
{
    guint32 *const *map = self->axis->map[side];
    gboolean is_integer = self->sides[side]->scale.is_integer;

    for (size_t i = 0; i < group->n_cells; i++) {
        guint64 exact = is_integer ? group->counts[i] : group->exact == NULL ? 0 : group->exact[i];
        const guint64 values[] = { group->counts[i] - exact, exact };

        for (size_t k = 0; k < 2; k++) {
            if (values[k] > 0 && map[k][group->cells[i]] != G_MAXUINT32)
                counts[map[k][group->cells[i]]] += values[k] * weight;
        }
    }
}

/* The sums of the rows of a side go to the cells of the axis. */
static void
flush_rows(const AssayKeptGroups *self, size_t side, Rows *rows, guint64 *counts)
{
    const guint32 *map = self->axis->map[side][1];

    for (size_t cell = 0; cell < ASSAY_DENSE_CELLS; cell++) {
        if (rows->sums[cell] > 0 && map[cell] != G_MAXUINT32)
            counts[map[cell]] += rows->sums[cell];
    }
    *rows = (Rows){ .weight = 0 };
}

static void
add_row(const AssayKeptGroups *self, size_t side, AddRow add, const guint16 *row, guint64 weight,
        Rows *rows, guint64 *counts)
{
    while (weight > 0) {
        guint64 part = MIN(weight, MOST_WEIGHT);

        if (rows->weight + part > MOST_WEIGHT)
            flush_rows(self, side, rows, counts);
        add(rows->sums, row, (guint32)part);
        rows->weight += part;
        weight -= part;
    }
}

/* Has what will be added brought near: groups lie anywhere, in the order of their numbers. */
static void
look_ahead(const AssayKeptGroups *self, size_t at, size_t end)
{
#ifdef __GNUC__
    enum { GROUPS = 16, ROWS = 8, LINE = 64 };
    const AssayGroupCells *group;
    size_t side;

    if (at + GROUPS < end)
        __builtin_prefetch(assay_kept_groups_at(self, at + GROUPS, &side));
    if (at + ROWS >= end)
        return;
    group = assay_kept_groups_at(self, at + ROWS, &side);
    for (size_t i = 0; group->row != NULL && i < ASSAY_DENSE_CELLS * sizeof *group->row; i += LINE)
        __builtin_prefetch((const char *)group->row + i);
#endif
}

static gboolean
has_moments(const AssayDistribution *set)
{
    for (size_t m = 0; m < ASSAY_N_MOMENTS; m++) {
        if (set->moments[m].n > 0)
            return TRUE;
    }
    return FALSE;
}

static void
add_moments(AssayMomentSum *to, const AssayMomentSum *moments, guint64 weight)
{
    for (size_t m = 0; m < ASSAY_N_MOMENTS; m++) {
        to[m].sum += moments[m].sum * (gint64)weight;
        to[m].n += moments[m].n * weight;
    }
}

void
assay_kept_groups_sum(const AssayKeptGroups *self, const double *weights, size_t stride,
                      size_t first, size_t end, guint64 *counts, AssayMomentSum *moments)
{
    const gboolean are_there[] = { has_moments(self->sides[0]), has_moments(self->sides[1]) };
    AddRow add = ASSAY_CHOSEN(add_row);
    Rows rows[2] = { { .weight = 0 }, { .weight = 0 } };

    memset(counts, 0, self->axis->n * sizeof *counts);
    memset(moments, 0, ASSAY_N_MOMENTS * sizeof *moments);
    for (size_t g = first; g < end; g++) {
        guint64 weight = (guint64)weights[g * stride];
        const AssayGroupCells *group;
        size_t side;

        look_ahead(self, g, end);
        if (weight == 0)
            continue;
        group = assay_kept_groups_at(self, g, &side);
        if (group->row != NULL)
            add_row(self, side, add, group->row, weight, &rows[side], counts);
        else
            add_list(self, side, group, weight, counts);
        if (are_there[side])
            add_moments(moments, group->moments, weight);
    }
    for (size_t side = 0; side < 2; side++)
        flush_rows(self, side, &rows[side], counts);
}
