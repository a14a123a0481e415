/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "example-rows.h"

size_t *
assay_examples_rows(const AssayExamples *self, guint32 set, size_t *n)
{
    size_t *rows = g_new(size_t, self->items->len + 1);

    *n = 0;
    for (size_t i = 0; i < self->items->len; i++) {
        const AssayExample *example = assay_examples_at(self, i);

        if (!example->is_fake || set == G_MAXUINT32 || example->set == set)
            rows[(*n)++] = i;
    }
    return rows;
}

AssayExampleCounts
assay_examples_count(const AssayExamples *self, const size_t *rows, size_t n)
{
    g_autoptr(GHashTable) all = g_hash_table_new(g_int64_hash, g_int64_equal);
    AssayExampleCounts counts = { 0 };

    for (int is_fake = 0; is_fake < 2; is_fake++) {
        g_autoptr(GHashTable) groups = g_hash_table_new(g_int64_hash, g_int64_equal);

        for (size_t i = 0; i < n; i++) {
            AssayExample *example = assay_examples_at(self, rows[i]);

            if (!example->is_fake != !is_fake)
                continue;
            counts.n_items[is_fake]++;
            g_hash_table_add(groups, &example->group);
            g_hash_table_add(all, &example->group);
        }
        counts.n_groups[is_fake] = g_hash_table_size(groups);
    }
    counts.n_groups_in_all = g_hash_table_size(all);
    return counts;
}

AssayScored *
assay_examples_scored(const AssayExamples *self, const size_t *rows, const double *scores, size_t n)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_int64_hash, g_int64_equal);
    AssayScored *scored = g_new(AssayScored, n + 1);

    for (size_t i = 0; i < n; i++) {
        AssayExample *example = assay_examples_at(self, rows[i]);
        gpointer number;

        if (!g_hash_table_lookup_extended(numbers, &example->group, NULL, &number)) {
            number = GUINT_TO_POINTER(g_hash_table_size(numbers));
            g_hash_table_insert(numbers, &example->group, number);
        }
        scored[i] = (AssayScored){ scores[i], example->is_fake, GPOINTER_TO_UINT(number) };
    }
    return scored;
}
