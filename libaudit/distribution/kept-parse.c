/* distribution/kept-parse.c - the groups of a distribution read back: their order, their sums, and
 * that they are those which are to be kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "cells-text-private.h"
#include "distribution-parse-private.h"

/* Goes to the rows of a table of these columns. */
gboolean
assay_distribution_find_rows(const AssayJsonAt *at, const char *key, const char *columns,
                             AssayJsonAt *table, AssayJsonAt *rows, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    AssayJsonAt names;

    if (!assay_json_at_member(at, key, table, error) ||
        !assay_json_at_member(table, "columns", &names, error))
        return FALSE;
    assay_json_print(text, names.value);
    if (strcmp(text->str, columns) != 0)
        return assay_json_at_error(&names, error, "is %s, not %s", text->str, columns);
    return assay_json_at_member(table, "rows", rows, error) &&
           assay_json_at_kind(rows, ASSAY_JSON_ARRAY, error);
}

/* Whether @n_items items can have these: no more than there are, none of 2^53 or more, and
 * neither variance nor kurtosis below 0. */
static gboolean
check_moments(const AssayMomentSum *moments, guint64 n_items, const AssayJsonAt *at, GError **error)
{
    const AssayInt128 limit = (AssayInt128)1 << (53 + ASSAY_MOMENT_BITS);

    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        AssayInt128 most = limit * (AssayInt128)moments[k].n;
        gboolean is_square = k == ASSAY_MOMENT_VARIANCE || k == ASSAY_MOMENT_KURTOSIS;

        if (moments[k].n > n_items || moments[k].sum > most || moments[k].sum < -most ||
            (is_square && moments[k].sum < 0))
            return assay_json_at_error(at, error, "no %" G_GUINT64_FORMAT " items have such a %s",
                                       n_items, assay_moment_name((AssayMoment)k));
    }
    return TRUE;
}

gboolean
assay_distribution_read_moments(const AssayJsonAt *at, guint64 n_items, AssayMomentSum *moments,
                                GError **error)
{
    const char *text;

    if (!assay_json_at_string(at, &text, error))
        return FALSE;
    if (!assay_text_read_moments(text, moments))
        return assay_json_at_error(at, error, "is not four of SUM/ITEMS, apart by blanks");
    return check_moments(moments, n_items, at, error);
}

/* How much of the cells and moments the kept groups have taken. */
typedef struct {
    guint64 *counts, *exact;
    AssayMomentSum moments[ASSAY_N_MOMENTS];
} Taken;

static gboolean
take_cells(AssayDistribution *self, const AssayGroupCells *group, Taken *taken,
           const AssayJsonAt *at, GError **error)
{
    for (size_t i = 0; i < group->n_cells; i++) {
        guint16 cell = group->cells[i];
        guint64 left = self->counts[cell] - taken->counts[cell];

        if (group->counts[i] > left ||
            (group->exact != NULL && group->exact[i] > self->exact[cell] - taken->exact[cell]))
            return assay_json_at_error(at, error, "has more in cell %u than the whole has left",
                                       cell);
        taken->counts[cell] += group->counts[i];
        if (group->exact != NULL)
            taken->exact[cell] += group->exact[i];
    }
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        taken->moments[k].sum += group->moments[k].sum;
        taken->moments[k].n += group->moments[k].n;
    }
    self->n_kept_cells += group->n_cells;
    if (self->n_kept_cells > ASSAY_DISTRIBUTION_CELLS)
        return assay_json_at_error(at, error, "are more cells than the %" G_GSIZE_FORMAT " kept",
                                   ASSAY_DISTRIBUTION_CELLS);
    return TRUE;
}

static gboolean
read_group(const AssayDistributions *set, AssayDistribution *self, const AssayJsonAt *row,
           Taken *taken, GError **error)
{
    AssayGroupCells *group = g_new0(AssayGroupCells, 1);
    guint before = self->groups->len;
    AssayJsonAt cell;
    const char *text;

    g_ptr_array_add(self->groups, group);
    if (!assay_json_at_element(row, 0, &cell, error) || !assay_json_at_string(&cell, &text, error))
        return FALSE;
    if (!assay_text_read_hash(text, &group->hash))
        return assay_json_at_error(&cell, error, "\"%s\" is not a number of 16 digits", text);
    if (group->hash >= self->dropped_from ||
        (before > 0 &&
         ((AssayGroupCells *)g_ptr_array_index(self->groups, before - 1))->hash >= group->hash))
        return assay_json_at_error(&cell, error, "is out of order, or there twice");
    if (!assay_json_at_element(row, 1, &cell, error) ||
        !assay_json_at_count(&cell, &group->n_items, error))
        return FALSE;
    if (group->n_items == 0 || group->n_items != assay_number_counts_get(set->hashes, group->hash))
        return assay_json_at_error(row, error,
                                   "no group of the corpus has this number and as "
                                   "many items");
    if (!assay_json_at_element(row, 2, &cell, error) ||
        !assay_distribution_read_moments(&cell, group->n_items, group->moments, error) ||
        !assay_json_at_element(row, 3, &cell, error) || !assay_json_at_string(&cell, &text, error))
        return FALSE;
    if (!assay_text_read_cells(text, self->exact != NULL, group))
        return assay_json_at_error(&cell, error, "is not CELL:COUNT%s, apart by blanks, in order",
                                   self->exact != NULL ? " or CELL:COUNT:EXACT" : "");
    return take_cells(self, group, taken, &cell, error);
}

static gboolean
read_dropped(const AssayDistributions *set, AssayDistribution *self, const AssayJsonAt *variable,
             GError **error)
{
    const char *text;
    AssayJsonAt at;

    if (!assay_json_at_member(variable, "dropped_from", &at, error))
        return FALSE;
    if (assay_json_kind(at.value) == ASSAY_JSON_NULL)
        return TRUE;
    if (!assay_json_at_string(&at, &text, error))
        return FALSE;
    if (!assay_text_read_hash(text, &self->dropped_from) ||
        assay_number_counts_get(set->hashes, self->dropped_from) == 0)
        return assay_json_at_error(&at, error, "\"%s\" is the number of no group of the corpus",
                                   text);
    return TRUE;
}

/* Of what is not dropped, all is there; and where nothing is, that is all there is. */
static gboolean
check_groups(const AssayDistributions *set, const AssayDistribution *self, const Taken *taken,
             const AssayJsonAt *at, GError **error)
{
    guint64 hash;
    size_t place = 0;
    guint n = 0;
    gboolean agrees = TRUE;

    while (assay_number_counts_next(set->hashes, &place, &hash, NULL))
        n += hash < self->dropped_from;
    if (n != self->groups->len)
        return assay_json_at_error(at, error, "are %u, and %u of the corpus are not dropped",
                                   self->groups->len, n);
    for (guint k = 0; k < ASSAY_N_MOMENTS; k++) {
        if (taken->moments[k].n > self->moments[k].n)
            return assay_json_at_error(at, error, "have more moments than the whole");
        agrees = agrees && taken->moments[k].n == self->moments[k].n &&
                 taken->moments[k].sum == self->moments[k].sum;
    }
    agrees = agrees && memcmp(taken->counts, self->counts, ASSAY_N_CELLS * sizeof(guint64)) == 0;
    if (self->exact != NULL)
        agrees = agrees && memcmp(taken->exact, self->exact, ASSAY_N_CELLS * sizeof(guint64)) == 0;
    if (self->dropped_from == ASSAY_DROPPED_NONE && !agrees)
        return assay_json_at_error(at, error, "do not add up to the whole");
    return TRUE;
}

gboolean
assay_distribution_read_groups(const AssayDistributions *set, AssayDistribution *self,
                               const AssayJsonAt *variable, GError **error)
{
    g_autofree guint64 *counts = g_new0(guint64, ASSAY_N_CELLS);
    g_autofree guint64 *exact = self->exact != NULL ? g_new0(guint64, ASSAY_N_CELLS) : NULL;
    Taken taken = { .counts = counts, .exact = exact };
    AssayJsonAt table, rows, row;

    if (!read_dropped(set, self, variable, error) ||
        !assay_distribution_find_rows(
            variable, "groups", "[\"hash\",\"items\",\"moments\",\"cells\"]", &table, &rows, error))
        return FALSE;
    if (assay_json_size(rows.value) > ASSAY_DISTRIBUTION_GROUPS)
        return assay_json_at_error(&rows, error, "are more than the %" G_GSIZE_FORMAT " kept",
                                   ASSAY_DISTRIBUTION_GROUPS);
    for (size_t i = 0; i < assay_json_size(rows.value); i++) {
        if (!assay_json_at_element(&rows, i, &row, error) ||
            !assay_json_at_kind(&row, ASSAY_JSON_ARRAY, error))
            return FALSE;
        if (assay_json_size(row.value) != 4)
            return assay_json_at_error(&row, error, "has %" G_GSIZE_FORMAT " cells, not 4",
                                       assay_json_size(row.value));
        if (!read_group(set, self, &row, &taken, error))
            return FALSE;
    }
    return check_groups(set, self, &taken, &rows, error);
}
