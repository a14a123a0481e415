/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"

#include <math.h>
#include <string.h>

#include "row-private.h"

AssayCompareRow *
assay_compare_row_new(const char *field, char *measure)
{
    AssayCompareRow *row = g_new0(AssayCompareRow, 1);

    row->field = g_strdup(field);
    row->measure = measure;
    row->value = row->at = row->reference = row->candidate = (double)NAN;
    row->real50 = row->real99 = row->ratio = row->p = row->q = (double)NAN;
    row->note = g_string_new(NULL);
    return row;
}

void
assay_compare_row_free(AssayCompareRow *self)
{
    if (self == NULL)
        return;
    g_free(self->set);
    g_free(self->field);
    g_free(self->measure);
    g_string_free(self->note, TRUE);
    g_free(self);
}

const char *const assay_compare_row_names[] = { "value",  "at",     "reference", "candidate",
                                                "real50", "real99", "ratio",     "p",
                                                "q",      "items",  "groups",    NULL };

double
assay_compare_row_value(const AssayCompareRow *self, size_t column)
{
    const double values[] = {
        self->value,         self->at,    self->reference, self->candidate, self->real50,
        self->real99,        self->ratio, self->p,         self->q,         (double)self->items,
        (double)self->groups
    };

    g_return_val_if_fail(column < G_N_ELEMENTS(values), (double)NAN);
    return values[column];
}

gboolean
assay_compare_row_is_meant(const AssayCompareRow *self, const char *scope)
{
    size_t length = strlen(self->field);

    if (scope == NULL || strcmp(scope, self->field) == 0 || strcmp(scope, self->measure) == 0)
        return TRUE;
    return strncmp(scope, self->field, length) == 0 && scope[length] == ':' &&
           strcmp(scope + length + 1, self->measure) == 0;
}
