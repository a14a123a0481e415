/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "numbers-private.h"

AssayJson *
assay_numbers_to_json(const double *values, size_t n)
{
    AssayJson *array = assay_json_array();

    for (size_t i = 0; i < n; i++)
        assay_json_append_take(array, assay_json_real(values[i]));
    return array;
}

static gboolean
read_number(const AssayJsonAt *at, double *value, GError **error)
{
    if (!assay_json_at_real(at, value, error))
        return FALSE;
    if (!(fabs(*value) <= ASSAY_NUMBERS_MOST))
        return assay_json_at_error(at, error, "is out of range");
    return TRUE;
}

double *
assay_numbers_at(const AssayJsonAt *at, size_t n, GError **error)
{
    g_autofree double *values = NULL;

    if (!assay_json_at_kind(at, ASSAY_JSON_ARRAY, error))
        return NULL;
    if (assay_json_size(at->value) != n) {
        assay_json_at_error(at, error,
                            "has %" G_GSIZE_FORMAT " numbers where %" G_GSIZE_FORMAT " are needed",
                            assay_json_size(at->value), n);
        return NULL;
    }
    values = g_new(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        AssayJsonAt element;

        if (!assay_json_at_element(at, i, &element, error) ||
            !read_number(&element, &values[i], error))
            return NULL;
    }
    return g_steal_pointer(&values);
}

double *
assay_numbers_rows(const AssayJsonAt *at, size_t n, GError **error)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));

    if (!assay_json_at_kind(at, ASSAY_JSON_ARRAY, error))
        return NULL;
    for (size_t i = 0; i < assay_json_size(at->value); i++) {
        g_autofree double *row = NULL;
        AssayJsonAt element;

        if (!assay_json_at_element(at, i, &element, error) ||
            (row = assay_numbers_at(&element, n, error)) == NULL)
            return NULL;
        g_array_append_vals(values, row, (guint)n);
    }
    g_array_set_size(values, values->len + 1); /* never NULL */
    return (double *)g_array_free(g_steal_pointer(&values), FALSE);
}

double *
assay_numbers_member(const AssayJsonAt *at, const char *key, size_t n, GError **error)
{
    AssayJsonAt member;

    return assay_json_at_member(at, key, &member, error) ? assay_numbers_at(&member, n, error)
                                                         : NULL;
}

gboolean
assay_number_member(const AssayJsonAt *at, const char *key, double *value, GError **error)
{
    AssayJsonAt member;

    return assay_json_at_member(at, key, &member, error) && read_number(&member, value, error);
}
