/* stream/sample-expect.c - a field as a stage needs it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "sample.h"

static char *
print_axes(const AssayArray *array)
{
    g_autofree char *names = NULL;
    const char *list[ASSAY_MAX_AXES + 1] = { NULL };

    for (size_t i = 0; i < array->n_axes; i++)
        list[i] = array->axes[i];
    names = g_strjoinv(", ", (char **)list);
    return g_strdup_printf("[%s] of %s", names, assay_type_name(array->type));
}

const AssayArray *
assay_sample_expect(AssaySample *self, const char *field, AssayType type, const char *const *axes,
                    gboolean *has_items, GError **error)
{
    const AssayArray *array = assay_sample_field(self, field, error);
    size_t skip, n = g_strv_length((char **)axes);
    gboolean fits;

    if (array == NULL)
        return NULL;
    skip = array->n_axes > 0 && strcmp(array->axes[0], "item") == 0;
    fits = array->type == type && array->n_axes == n + skip && (has_items != NULL || skip == 0);
    for (size_t i = 0; fits && i < n; i++)
        fits = strcmp(array->axes[i + skip], axes[i]) == 0;
    if (!fits) {
        g_autofree char *found = print_axes(array);
        g_autofree char *wanted = g_strjoinv(", ", (char **)axes);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" is %s; needed is [%s%s] of %s", assay_sample_name(self),
                    field, found, has_items != NULL ? "[item,] " : "", wanted,
                    assay_type_name(type));
        return NULL;
    }
    if (skip != 0 && array->shape[0] > 0 && assay_array_count(array) == 0) {
        /* Nothing backs such a number of items; it may be any. */
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has %" G_GSIZE_FORMAT " items, and no value in them",
                    assay_sample_name(self), field, array->shape[0]);
        return NULL;
    }
    if (skip != 0 && !assay_sample_has_items(self)) /* a foreign stream, or one sample by hand */
        assay_sample_set_items(self, 0, array->shape[0]);
    if (skip != 0 && array->shape[0] != assay_sample_n_items(self)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has %" G_GSIZE_FORMAT " items, the sample %" G_GSIZE_FORMAT,
                    assay_sample_name(self), field, array->shape[0], assay_sample_n_items(self));
        return NULL;
    }
    if (has_items != NULL)
        *has_items = skip != 0;
    return array;
}
