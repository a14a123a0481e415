/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-verdict.h"

#include <math.h>
#include <string.h>

#include "cli.h"

static const double DIFFERS = 0.05; /* at most this is q of a row that does */
enum { MOST_SETS = 16 };

/**
 * Verdict:
 * @n, @n_different, @n_beyond: rows; those that differ; those of them whose ratio is over 1
 * @smallest: q; NaN where no row has one
 * @farthest: (nullable): of the rows that differ, the one with the largest ratio
 */
typedef struct {
    guint n, n_different, n_beyond;
    double smallest;
    const AssayCompareRow *farthest;
} Verdict;

static void
add_row(Verdict *self, const AssayCompareRow *row)
{
    self->n++;
    self->smallest = fmin(self->smallest, row->q);
    if (!(row->q <= DIFFERS))
        return;
    self->n_different++;
    self->n_beyond += row->ratio > 1 ? 1 : 0;
    if (!isnan(row->ratio) && (self->farthest == NULL || row->ratio > self->farthest->ratio))
        self->farthest = row;
}

/* The row that stands off farthest, and how far. */
static char *
describe(const AssayCompareRow *row)
{
    if (row == NULL)
        return g_strdup("");
    if (isinf(row->ratio))
        return g_strdup_printf("; the farthest is %s %s, in which real samples never differ",
                               row->field, row->measure);
    return g_strdup_printf("; the farthest is %s %s, %.3g times real99", row->field, row->measure,
                           row->ratio);
}

static void
tell(const Verdict *self, const char *set)
{
    g_autofree char *farthest = describe(self->farthest);

    if (isnan(self->smallest))
        cli_note("%s: no row has a p", set);
    else if (self->n_different == 0)
        cli_note("%s: no difference at q <= %g in %u row%s: the smallest q is %.3g", set, DIFFERS,
                 self->n, self->n == 1 ? "" : "s", self->smallest);
    else
        cli_note("%s: %u of %u row%s differ%s at q <= %g, %u beyond real99%s", set,
                 self->n_different, self->n, self->n == 1 ? "" : "s",
                 self->n_different == 1 ? "s" : "", DIFFERS, self->n_beyond, farthest);
}

/* Behind the last row of a set. */
static gboolean
is_last(const GPtrArray *rows, guint i)
{
    const AssayCompareRow *row = g_ptr_array_index(rows, i), *next;

    if (i + 1 == rows->len)
        return TRUE;
    next = g_ptr_array_index(rows, i + 1);
    return strcmp(row->set, next->set) != 0;
}

void
compare_verdict_tell(const GPtrArray *rows)
{
    Verdict verdict = { .smallest = (double)NAN };
    guint n_sets = 0;

    for (guint i = 0; i < rows->len; i++)
        n_sets += is_last(rows, i) ? 1 : 0;
    for (guint i = 0; i < rows->len && n_sets <= MOST_SETS; i++) {
        const AssayCompareRow *row = g_ptr_array_index(rows, i);

        add_row(&verdict, row);
        if (!is_last(rows, i))
            continue;
        tell(&verdict, row->set);
        verdict = (Verdict){ .smallest = (double)NAN };
    }
}
