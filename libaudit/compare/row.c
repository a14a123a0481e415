/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row.h"

#include <math.h>

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
