/* distribution/distribution-parse.c - distributions read back, with nothing taken on trust.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "distribution-json.h"
#include "distribution-parse-private.h"

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

static gboolean
read_cells(AssayDistribution *self, const AssayJsonAt *variable, GError **error)
{
    AssayJsonAt table, rows, row;
    gint64 last = -1;

    if (!assay_distribution_find_rows(variable, "cells",
                                      self->exact != NULL ? "[\"cell\",\"count\",\"exact\"]"
                                                          : "[\"cell\",\"count\"]",
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
        !assay_distribution_read_moments(&member, set->n_items, self->moments, error) ||
        !assay_distribution_read_groups(set, self, at, error) ||
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
    self->n_groups = assay_number_counts_size(self->hashes);
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
