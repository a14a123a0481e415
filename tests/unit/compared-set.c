/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compared-set.h"

#include <string.h>

void
compared_set_add(AssayCompareSet *self, const char *name, AssayType type, size_t n_items, size_t n,
                 const double *values, const char *meta)
{
    const AssayPartConfig config = ASSAY_PART_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = values_new(name, "x", type, n_items, n, values, meta);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayPart) part = assay_part_new(sample, &config, &error);

    g_assert_no_error(error);
    g_assert_true(assay_compare_set_add(self, part, NULL, NULL, &error));
    g_assert_no_error(error);
}

AssayCompareSet *
compared_set_new(const char *label, AssayType type, size_t n_items, size_t n, const double *values,
                 const char *meta)
{
    AssayCompareSet *self = assay_compare_set_new(label);
    g_autoptr(GError) error = NULL;

    compared_set_add(self, label, type, n_items, n, values, meta);
    g_assert_true(assay_compare_set_finish(self, &error));
    g_assert_no_error(error);
    return self;
}

GPtrArray *
compared_rows(const AssayCompareSet *reference, const AssayCompareSet *candidate,
              const AssayCompareConfig *config)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_compare(reference, candidate, config, rows, &error));
    g_assert_no_error(error);
    assay_compare_adjust(rows);
    return rows;
}

const AssayCompareRow *
compared_row(const GPtrArray *rows, const char *measure)
{
    for (guint i = 0; i < rows->len; i++) {
        const AssayCompareRow *row = g_ptr_array_index(rows, i);

        if (strcmp(row->measure, measure) == 0)
            return row;
    }
    g_error("no row %s", measure);
    return NULL;
}
