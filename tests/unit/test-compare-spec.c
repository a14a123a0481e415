/* tests/unit/test-compare-spec.c - specs in the place of what they were mined of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/compare/classed.h>
#include <assay/spec/yield.h>
#include <string.h>

#include "corpus.h"
#include "set-of-values.h"

static const char *const labels[] = { "one", "other" };

static AssaySample *
numbers(const char *name, double shift)
{
    double values[60];

    for (size_t i = 0; i < 60; i++)
        values[i] = (double)(i * 7 % 13) + shift;
    return values_new(name, "x", ASSAY_U8, 6, 10, values, NULL);
}

static AssaySpec *
mine(AssaySample *taken)
{
    const AssayObserveConfig config = ASSAY_OBSERVE_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = taken;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayYield) yield = assay_yield_new(sample, &config, FALSE, &error);
    AssaySpec *spec = assay_spec_new();

    g_assert_true(assay_spec_add(spec, yield->observation, yield->spread, NULL, &error));
    assay_spec_sort(spec);
    return spec;
}

static void
add(AssayClassedSets *sets, size_t set, AssaySample *taken)
{
    const AssayPartConfig config = ASSAY_PART_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = taken;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayPart) part = assay_part_new(sample, &config, &error);

    g_assert_no_error(error);
    g_assert_true(assay_classed_sets_add(sets, set, part, NULL, &error));
}

/* The rows of one set, of each a spec or not, against the other. */
static GPtrArray *
rows_of(gboolean reference_is_spec, gboolean candidate_is_spec)
{
    const AssayCompareConfig config = ASSAY_COMPARE_CONFIG_DEFAULT;
    const gboolean are_specs[] = { reference_is_spec, candidate_is_spec };
    g_autoptr(AssayClassedSets) sets = assay_classed_sets_new(labels, 2, NULL, NULL);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < 2; i++) {
        AssaySample *sample = numbers(labels[i], i == 0 ? 0 : 2);
        g_autoptr(AssaySpec) spec = NULL;

        g_assert_true(assay_classed_sets_is_empty(sets, i));
        if (are_specs[i]) {
            spec = mine(sample);
            g_assert_true(assay_classed_sets_add_spec(sets, i, spec, &error));
        } else {
            add(sets, i, sample);
        }
        g_assert_false(assay_classed_sets_is_empty(sets, i));
    }
    g_assert_true(assay_classed_sets_compare(sets, &config, rows, &error));
    g_assert_no_error(error);
    return rows;
}

/* Whichever sides are specs, the rows are the same; but that of items as vectors, the last, which a
 * spec does not know. */
static void
test_same(void)
{
    g_autoptr(GPtrArray) plain = rows_of(FALSE, FALSE);
    const AssayCompareRow *last = g_ptr_array_index(plain, plain->len - 1);

    g_assert_cmpuint(plain->len, >, 3);
    g_assert_cmpstr(last->measure, ==, "frechet");
    for (int k = 1; k < 4; k++) {
        g_autoptr(GPtrArray) rows = rows_of(k & 1, k >> 1);

        g_assert_cmpuint(rows->len, ==, plain->len - 1);
        for (guint i = 0; i < rows->len; i++) {
            const AssayCompareRow *a = g_ptr_array_index(plain, i), *b = g_ptr_array_index(rows, i);

            g_assert_cmpstr(a->measure, ==, b->measure);
            g_assert_true(memcmp(&a->value, &b->value, sizeof a->value) == 0);
            g_assert_true(memcmp(&a->p, &b->p, sizeof a->p) == 0);
            g_assert_cmpuint(a->items, ==, b->items);
        }
    }
}

/* Specs know no classes: the reference is one whole, but a candidate would have to be parted. */
static void
test_classes(void)
{
    g_autoptr(AssayClassedSets) sets = assay_classed_sets_new(labels, 2, "folder", NULL);
    g_autoptr(AssaySpec) spec = mine(numbers("one", 0));
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_classed_sets_add_spec(sets, 0, spec, &error));
    g_assert_false(assay_classed_sets_add_spec(sets, 1, spec, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE,
                   "--by=folder: other is a spec, which knows no classes");
    g_assert_null(assay_classed_sets_difference(sets, 1));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compare-spec/same", test_same);
    g_test_add_func("/compare-spec/classes", test_classes);
    return g_test_run();
}
