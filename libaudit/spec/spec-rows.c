/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec-rows-private.h"

#include <string.h>

gboolean
assay_rows_find(const AssayJsonAt *table, const char *const *columns, AssayJsonAt *names,
                AssayJsonAt *rows, GError **error)
{
    size_t n = g_strv_length((char **)columns);

    if (!assay_json_at_member(table, "columns", names, error) ||
        !assay_json_at_kind(names, ASSAY_JSON_ARRAY, error) ||
        !assay_json_at_member(table, "rows", rows, error) ||
        !assay_json_at_kind(rows, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < n; i++) {
        AssayJsonAt cell;
        const char *name;

        if (!assay_json_at_element(names, i, &cell, error) ||
            !assay_json_at_string(&cell, &name, error))
            return FALSE;
        if (strcmp(name, columns[i]) != 0)
            return assay_json_at_error(&cell, error, "is \"%s\", not \"%s\"", name, columns[i]);
    }
    if (assay_json_size(names->value) != n)
        return assay_json_at_error(names, error,
                                   "has %" G_GSIZE_FORMAT " columns, not %" G_GSIZE_FORMAT,
                                   assay_json_size(names->value), n);
    return TRUE;
}

gboolean
assay_rows_nth(const AssayJsonAt *rows, size_t index, size_t width, AssayJsonAt *row,
               GError **error)
{
    if (!assay_json_at_element(rows, index, row, error) ||
        !assay_json_at_kind(row, ASSAY_JSON_ARRAY, error))
        return FALSE;
    if (assay_json_size(row->value) != width)
        return assay_json_at_error(row, error,
                                   "has %" G_GSIZE_FORMAT " cells, not %" G_GSIZE_FORMAT,
                                   assay_json_size(row->value), width);
    return TRUE;
}

gboolean
assay_row_text(const AssayJsonAt *row, size_t index, const char **text, GError **error)
{
    AssayJsonAt cell;

    return assay_json_at_element(row, index, &cell, error) &&
           assay_json_at_string(&cell, text, error);
}

gboolean
assay_row_count(const AssayJsonAt *row, size_t index, guint64 *count, GError **error)
{
    AssayJsonAt cell;

    return assay_json_at_element(row, index, &cell, error) &&
           assay_json_at_count(&cell, count, error);
}
