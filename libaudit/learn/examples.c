/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "examples.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

static void
clear_item(gpointer data)
{
    g_free(((AssayExample *)data)->name);
}

AssayExamples *
assay_examples_new(size_t max_bytes)
{
    AssayExamples *self = g_new0(AssayExamples, 1);

    self->items = g_array_new(FALSE, FALSE, sizeof(AssayExample));
    g_array_set_clear_func(self->items, clear_item);
    self->max_bytes = max_bytes;
    return self;
}

void
assay_examples_free(AssayExamples *self)
{
    if (self == NULL)
        return;
    g_strfreev(self->columns);
    g_array_unref(self->items);
    g_free(self->values);
    g_free(self);
}

void
assay_examples_name_columns(AssayExamples *self, const char *const *columns, size_t n_columns)
{
    g_return_if_fail(self->columns == NULL && n_columns > 0);
    self->columns = g_new0(char *, n_columns + 1);
    for (size_t i = 0; i < n_columns; i++)
        self->columns[i] = g_strdup(columns[i]);
    self->n_columns = n_columns;
}

gboolean
assay_examples_find_columns(const AssayExamples *self, const char *const *names, size_t n,
                            const char *of, size_t *from, GError **error)
{
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) missing = g_string_new(NULL);
    size_t n_missing = 0;

    for (size_t i = 0; i < n; i++)
        g_hash_table_insert(by_name, (gpointer)names[i], GSIZE_TO_POINTER(i));
    for (size_t i = 0; i < self->n_columns; i++) {
        gpointer at = NULL;

        if (g_hash_table_lookup_extended(by_name, self->columns[i], NULL, &at))
            from[i] = GPOINTER_TO_SIZE(at);
        else if (n_missing++ < 3)
            assay_text_join(missing, ", ", "%s", self->columns[i]);
    }
    if (n_missing == 0)
        return TRUE;
    if (n_missing > 3)
        g_string_append_printf(missing, " and %" G_GSIZE_FORMAT " more", n_missing - 3);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: lacks features that %s: %s", of,
                self->needed_by != NULL ? self->needed_by : "the others have", missing->str);
    return FALSE;
}

/* Room for one more row: twice as much as there was. */
static gboolean
grow(AssayExamples *self, const char *name, GError **error)
{
    size_t row = self->n_columns * sizeof(double);
    size_t room = MIN(MAX(self->room * 2, 64), self->max_bytes / row);
    double *values = NULL;

    if (self->items->len < self->room)
        return TRUE;
    if (room > self->room)
        values = g_try_realloc_n(self->values, room, row);
    if (values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: the features of more than %" G_GSIZE_FORMAT " items pass the limit; "
                    "--features makes fewer, --max-sample raises it",
                    name, self->room);
        return FALSE;
    }
    self->values = values;
    self->room = room;
    return TRUE;
}

gboolean
assay_examples_add(AssayExamples *self, const AssayExample *item, const double *values,
                   const size_t *from, GError **error)
{
    AssayExample copy = *item;
    double *row;

    if (!grow(self, item->name, error))
        return FALSE;
    row = self->values + self->items->len * self->n_columns;
    for (size_t i = 0; i < self->n_columns; i++)
        row[i] = isfinite(values[from[i]]) ? values[from[i]] : (double)NAN;
    copy.name = g_strdup(item->name);
    g_array_append_val(self->items, copy);
    return TRUE;
}

const char **
assay_examples_feature_columns(guint groups)
{
    const char **names = g_new0(const char *, assay_features_n_columns(groups) + 1);
    size_t n = 0;

    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        for (size_t i = 0; (groups >> k & 1) != 0 && assay_feature_types[k].columns[i] != NULL; i++)
            names[n++] = assay_feature_types[k].columns[i];
    }
    return names;
}

guint
assay_examples_feature_group(const char *column)
{
    for (guint k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        if (g_strv_contains(assay_feature_types[k].columns, column))
            return k;
    }
    return ASSAY_N_FEATURE_GROUPS;
}
