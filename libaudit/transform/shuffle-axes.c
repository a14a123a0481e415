/* transform/shuffle-axes.c - which axes are to be permuted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shuffle-axes-private.h"

#include <string.h>

#include "../base/error.h"

/* Checks the axes that @name joins, and notes that they are @seen. */
static gboolean
check(const char *name, GHashTable *seen, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(name, "+", -1);
    size_t n = g_strv_length(parts);

    if (n == 0 || g_strv_contains((const char *const *)parts, "")) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "an axis without a name");
        return FALSE;
    }
    if (n > 1 && g_strv_contains((const char *const *)parts, "item")) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "\"%s\": items can be permuted, not joined with another axis", name);
        return FALSE;
    }
    for (size_t i = 0; i < n; i++) {
        if (!g_hash_table_add(seen, g_strdup(parts[i]))) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "axis \"%s\" is named twice",
                        parts[i]);
            return FALSE;
        }
    }
    return TRUE;
}

char **
assay_shuffle_axes_read(const char *const *names, gboolean *items, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) axes = g_new0(char *, g_strv_length((char **)names) + 1);
    size_t n = 0;

    *items = FALSE;
    for (size_t i = 0; names[i] != NULL; i++) {
        if (!check(names[i], seen, error))
            return NULL;
        if (strcmp(names[i], "item") == 0)
            *items = TRUE;
        else
            axes[n++] = g_strdup(names[i]);
    }
    return g_steal_pointer(&axes);
}

int
assay_shuffle_axis_find(const AssayArray *array, const char *name, size_t *length)
{
    g_auto(GStrv) parts = g_strsplit(name, "+", -1);
    int first = assay_array_axis(array, parts[0]);

    *length = 1;
    for (int i = 0; first >= 0 && parts[i] != NULL; i++) {
        if (assay_array_axis(array, parts[i]) != first + i)
            return -1;
        *length *= array->shape[first + i];
    }
    return first;
}

const char *
assay_shuffle_axis_lacking(const AssayArray *array, char **axes, gboolean items)
{
    size_t length;

    if (items && assay_array_axis(array, "item") != 0)
        return "item";
    for (size_t i = 0; axes[i] != NULL; i++) {
        if (assay_shuffle_axis_find(array, axes[i], &length) < 0)
            return axes[i];
    }
    return NULL;
}
