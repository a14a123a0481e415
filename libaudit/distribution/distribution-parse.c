/* distribution/distribution-parse.c - distributions read back, with nothing taken on trust.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "cells-text-private.h"
#include "distribution-json.h"
#include "distribution-private.h"

static gboolean
read_range(const AssayJsonAt *at, AssayScale *scale, GError **error)
{
    AssayJsonAt low, high;

    if (assay_json_kind(at->value) == ASSAY_JSON_NULL)
        return TRUE;
    if (!assay_json_at_kind(at, ASSAY_JSON_ARRAY, error) ||
        !assay_json_at_element(at, 0, &low, error) ||
        !assay_json_at_real(&low, &scale->low, error) ||
        !assay_json_at_element(at, 1, &high, error) ||
        !assay_json_at_real(&high, &scale->high, error))
        return FALSE;
    if (assay_json_size(at->value) != 2 || !(scale->low < scale->high) ||
        !isfinite(scale->high - scale->low))
        return assay_json_at_error(at, error, "is not a lower and a higher number");
    return TRUE;
}

static gboolean
read_scale(const AssayJsonAt *variable, AssayScale *scale, GError **error)
{
    AssayJsonAt at, member;
    AssayJsonKind kind;
    gint64 offset;

    *scale = (AssayScale){ .low = (double)NAN, .high = (double)NAN };
    if (!assay_json_at_member(variable, "scale", &at, error) ||
        !assay_json_at_member(&at, "integer", &member, error))
        return FALSE;
    kind = assay_json_kind(member.value);
    if (kind != ASSAY_JSON_TRUE && kind != ASSAY_JSON_FALSE)
        return assay_json_at_error(&member, error, "is neither true nor false");
    scale->is_integer = kind == ASSAY_JSON_TRUE;
    if (!assay_json_at_member(&at, "divisor", &member, error) ||
        !assay_json_at_real(&member, &scale->divisor, error))
        return FALSE;
    if (!(scale->divisor > 0) || !isfinite(scale->divisor))
        return assay_json_at_error(&member, error, "is not more than 0");
    if (!assay_json_at_member(&at, "offset", &member, error) ||
        !assay_json_at_kind(&member, ASSAY_JSON_INTEGER, error))
        return FALSE;
    offset = assay_json_peek_integer(member.value);
    if (offset != 0 && (!scale->is_integer || (offset != -128 && offset != -32768)))
        return assay_json_at_error(&member, error, "is none of 0, -128, -32768");
    scale->offset = (int)offset;
    return assay_json_at_member(&at, "range", &member, error) && read_range(&member, scale, error);
}

/* Whether a value can be in this cell: bytes have 256, and infinities are in none. */
static gboolean
is_cell(const AssayDistribution *self, guint64 cell)
{
    if (cell >= ASSAY_N_CELLS)
        return FALSE;
    if (self->scale.is_integer)
        return self->scale.offset != -128 || cell < 256;
    return cell >= assay_cell_of(-DBL_MAX, NULL) && cell <= assay_cell_of(DBL_MAX, NULL);
}

static gboolean
read_cell(AssayDistribution *self, const AssayJsonAt *row, gint64 *last, GError **error)
{
    guint64 numbers[3] = { 0 };
    size_t n = self->exact != NULL ? 3 : 2;
    AssayJsonAt cell;

    if (!assay_json_at_kind(row, ASSAY_JSON_ARRAY, error))
        return FALSE;
    if (assay_json_size(row->value) != n)
        return assay_json_at_error(row, error,
                                   "has %" G_GSIZE_FORMAT " cells, not %" G_GSIZE_FORMAT,
                                   assay_json_size(row->value), n);
    for (size_t i = 0; i < n; i++) {
        if (!assay_json_at_element(row, i, &cell, error) ||
            !assay_json_at_count(&cell, &numbers[i], error))
            return FALSE;
    }
    if (!is_cell(self, numbers[0]))
        return assay_json_at_error(row, error, "no value is in the cell %" G_GUINT64_FORMAT,
                                   numbers[0]);
    if ((gint64)numbers[0] <= *last)
        return assay_json_at_error(row, error, "is out of order, or there twice");
    if (numbers[1] == 0 || numbers[2] > numbers[1] || numbers[1] > G_MAXINT64 - self->n_values)
        return assay_json_at_error(row, error, "its counts cannot be");
    *last = (gint64)numbers[0];
    self->counts[numbers[0]] = numbers[1];
    if (self->exact != NULL)
        self->exact[numbers[0]] = numbers[2];
    self->n_values += numbers[1];
    return TRUE;
}

/* Goes to the rows of a table of these columns. */
static gboolean
find_rows(const AssayJsonAt *at, const char *key, const char *columns, AssayJsonAt *table,
          AssayJsonAt *rows, GError **error)
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

static gboolean
read_cells(AssayDistribution *self, const AssayJsonAt *variable, GError **error)
{
    AssayJsonAt table, rows, row;
    gint64 last = -1;

    if (!find_rows(variable, "cells",
                   self->exact != NULL ? "[\"cell\",\"count\",\"exact\"]" : "[\"cell\",\"count\"]",
                   &table, &rows, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(rows.value); i++) {
        if (!assay_json_at_element(&rows, i, &row, error) || !read_cell(self, &row, &last, error))
            return FALSE;
    }
    return TRUE;
}

/* Those of whole numbers follow from the cells. */
static void
find_bins(AssayDistribution *self)
{
    for (size_t i = 0; i < ASSAY_N_CELLS; i++) {
        guint bin;

        if (self->counts[i] == 0)
            continue;
        bin = assay_bin_of(self->scale.low, self->scale.high,
                           assay_scale_value(&self->scale, (guint16)i));
        if (bin == ASSAY_BIN_BELOW)
            self->below += self->counts[i];
        else if (bin == ASSAY_BIN_ABOVE)
            self->above += self->counts[i];
        else
            self->bins[bin] += self->counts[i];
    }
}

static gboolean
read_part(const AssayJsonAt *at, guint64 *value, guint64 *left, GError **error)
{
    if (!assay_json_at_count(at, value, error))
        return FALSE;
    if (*value > *left)
        return assay_json_at_error(at, error, "is more than there are values");
    *left -= *value;
    return TRUE;
}

static gboolean
read_bins(AssayDistribution *self, const AssayJsonAt *variable, GError **error)
{
    gboolean has_range = assay_scale_has_range(&self->scale);
    guint64 left = self->n_values;
    AssayJsonAt at, member, bin;

    if (!assay_json_at_member(variable, "bins", &at, error))
        return FALSE;
    if (self->scale.is_integer || !has_range) {
        if (has_range)
            find_bins(self);
        return assay_json_at_kind(&at, ASSAY_JSON_NULL, error);
    }
    if (!assay_json_at_member(&at, "below", &member, error) ||
        !read_part(&member, &self->below, &left, error) ||
        !assay_json_at_member(&at, "above", &member, error) ||
        !read_part(&member, &self->above, &left, error) ||
        !assay_json_at_member(&at, "counts", &member, error) ||
        !assay_json_at_kind(&member, ASSAY_JSON_ARRAY, error))
        return FALSE;
    if (assay_json_size(member.value) != ASSAY_DISTRIBUTION_BINS)
        return assay_json_at_error(&member, error,
                                   "has %" G_GSIZE_FORMAT " bins, not %" G_GSIZE_FORMAT,
                                   assay_json_size(member.value), ASSAY_DISTRIBUTION_BINS);
    for (size_t i = 0; i < ASSAY_DISTRIBUTION_BINS; i++) {
        if (!assay_json_at_element(&member, i, &bin, error) ||
            !read_part(&bin, &self->bins[i], &left, error))
            return FALSE;
    }
    if (left > 0)
        return assay_json_at_error(&at, error, "are fewer than there are values");
    return TRUE;
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

static gboolean
read_moments(const AssayJsonAt *at, guint64 n_items, AssayMomentSum *moments, GError **error)
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
    if (group->n_items == 0 ||
        group->n_items != GPOINTER_TO_SIZE(g_hash_table_lookup(set->hashes, &group->hash)))
        return assay_json_at_error(row, error,
                                   "no group of the corpus has this number and as "
                                   "many items");
    if (!assay_json_at_element(row, 2, &cell, error) ||
        !read_moments(&cell, group->n_items, group->moments, error) ||
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
        !g_hash_table_contains(set->hashes, &self->dropped_from))
        return assay_json_at_error(&at, error, "\"%s\" is the number of no group of the corpus",
                                   text);
    return TRUE;
}

/* Of what is not dropped, all is there; and where nothing is, that is all there is. */
static gboolean
check_groups(const AssayDistributions *set, const AssayDistribution *self, const Taken *taken,
             const AssayJsonAt *at, GError **error)
{
    GHashTableIter iter;
    gpointer hash;
    guint n = 0;
    gboolean agrees = TRUE;

    g_hash_table_iter_init(&iter, set->hashes);
    while (g_hash_table_iter_next(&iter, &hash, NULL))
        n += *(const guint64 *)hash < self->dropped_from;
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

static gboolean
read_groups(const AssayDistributions *set, AssayDistribution *self, const AssayJsonAt *variable,
            GError **error)
{
    g_autofree guint64 *counts = g_new0(guint64, ASSAY_N_CELLS);
    g_autofree guint64 *exact = self->exact != NULL ? g_new0(guint64, ASSAY_N_CELLS) : NULL;
    Taken taken = { .counts = counts, .exact = exact };
    AssayJsonAt table, rows, row;

    if (!read_dropped(set, self, variable, error) ||
        !find_rows(variable, "groups", "[\"hash\",\"items\",\"moments\",\"cells\"]", &table, &rows,
                   error))
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

static gboolean
read_variable(AssayDistributions *set, const AssayJsonAt *at, GError **error)
{
    AssayDistribution *self;
    AssayScale scale;
    AssayJsonAt member;

    if (!read_scale(at, &scale, error))
        return FALSE;
    self = assay_distribution_new(at->key, &scale);
    g_ptr_array_add(set->variables, self);
    self->n_items = set->n_items;
    self->n_groups = set->n_groups;
    if (!read_cells(self, at, error) || !read_bins(self, at, error) ||
        !assay_json_at_member(at, "moments", &member, error) ||
        !read_moments(&member, set->n_items, self->moments, error) ||
        !read_groups(set, self, at, error) ||
        !assay_json_at_member(at, "non_finite", &member, error) ||
        !assay_json_at_count(&member, &self->n_non_finite, error))
        return FALSE;
    if (self->n_non_finite > G_MAXINT64 - self->n_values ||
        (self->scale.is_integer && self->n_non_finite > 0))
        return assay_json_at_error(&member, error, "is more than there can be");
    return TRUE;
}

gboolean
assay_distributions_read(AssayDistributions *self, const AssayJsonAt *at, GError **error)
{
    g_autofree const char **names = NULL;

    if (!assay_json_at_kind(at, ASSAY_JSON_OBJECT, error))
        return FALSE;
    if (self->n_items > ASSAY_DISTRIBUTION_ITEMS)
        return assay_json_at_error(at, error, "are of more than 2^32 items");
    self->n_groups = g_hash_table_size(self->hashes);
    names = assay_json_keys(at->value);
    for (size_t i = 0; names[i] != NULL; i++) {
        AssayJsonAt variable;

        if (!assay_json_at_member(at, names[i], &variable, error) ||
            !read_variable(self, &variable, error))
            return FALSE;
    }
    self->is_started = TRUE;
    return TRUE;
}
