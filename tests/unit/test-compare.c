/* tests/unit/test-compare.c - rows of a comparison, by hand and by what always holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/compare/axis.h>
#include <assay/compare/classed.h>
#include <assay/compare/quantise.h>
#include <math.h>
#include <string.h>

#include "compared-set.h"

#define FULL_SCALE_1 "{\"full_scale\": 1}"
#define FULL_SCALE_255 "{\"full_scale\": 255}"

static AssayCompareConfig
few_draws(void)
{
    AssayCompareConfig config = ASSAY_COMPARE_CONFIG_DEFAULT;

    config.n_draws = 9;
    return config;
}

static GPtrArray *
rows_of(AssayType a_type, const double *a, size_t n_a, const char *a_meta, AssayType b_type,
        const double *b, size_t n_b, const char *b_meta)
{
    const AssayCompareConfig config = few_draws();
    g_autoptr(AssayCompareSet) x = compared_set_new("a", a_type, n_a, 1, a, a_meta);
    g_autoptr(AssayCompareSet) y = compared_set_new("b", b_type, n_b, 1, b, b_meta);

    return compared_rows(x, y, &config);
}

/* 0 0 0 1 of 255 against 0 1 1 2: F - G is 1/2 from 0 to below 1, 1/4 from there to below 2. */
static void
test_by_hand(void)
{
    static const double a[] = { 0, 0, 0, 1 }, b[] = { 0, 1, 1, 2 };
    g_autoptr(GPtrArray) rows =
        rows_of(ASSAY_U8, a, 4, FULL_SCALE_255, ASSAY_U8, b, 4, FULL_SCALE_255);
    const AssayCompareRow *ks = compared_row(rows, "ks"), *atom = compared_row(rows, "atom:0");

    g_assert_cmpfloat(ks->value, ==, 0.5);
    g_assert_cmpfloat(ks->at, ==, 0);
    g_assert_cmpfloat(ks->reference, ==, 0.75);
    g_assert_cmpfloat(ks->candidate, ==, 0.25);
    g_assert_cmpfloat_with_epsilon(compared_row(rows, "w1")->value, 0.75 / 255, 1e-15);
    g_assert_cmpfloat(atom->value, ==, 0.5);
    g_assert_cmpfloat(atom->reference, ==, 0.75);
    g_assert_cmpfloat(compared_row(rows, "outside")->value, ==, 0);
    g_assert_cmpfloat_with_epsilon(compared_row(rows, "mean")->value, 0.75 / 255, 1e-12);
    g_assert_cmpuint(ks->items, ==, 4);
    g_assert_cmpuint(ks->groups, ==, 4);
    g_assert_nonnull(strstr(ks->note->str, "ungrouped"));
}

/* v / 255 in float32 is the whole number v, whichever side it is on. */
static void
test_fractions_and_integers(void)
{
    double whole[256], parts[256];

    for (guint i = 0; i < 256; i++) {
        whole[i] = i;
        parts[i] = (double)((float)i / 255.0F);
    }
    for (guint turn = 0; turn < 2; turn++) {
        g_autoptr(GPtrArray) rows = turn == 0 ? rows_of(ASSAY_U8, whole, 256, FULL_SCALE_255,
                                                        ASSAY_F32, parts, 256, FULL_SCALE_1)
                                              : rows_of(ASSAY_F32, parts, 256, FULL_SCALE_1,
                                                        ASSAY_U8, whole, 256, FULL_SCALE_255);

        g_assert_cmpfloat(compared_row(rows, "ks")->value, ==, 0);
        g_assert_cmpfloat(compared_row(rows, "jsd")->value, ==, 0);
        g_assert_cmpfloat(compared_row(rows, "w1")->value, ==, 0);
        g_assert_cmpfloat(compared_row(rows, "ks")->p, ==, 1);
    }
}

/* Mass outside the range is in no bin, and a row of its own. */
static void
test_outside(void)
{
    static const double a[] = { 0, 0.5, 1, 1 }, b[] = { -0.5, 0.5, 1, 2 };
    g_autoptr(GPtrArray) rows =
        rows_of(ASSAY_F32, a, 4, FULL_SCALE_1, ASSAY_F32, b, 4, FULL_SCALE_1);
    const AssayCompareRow *outside = compared_row(rows, "outside");

    g_assert_cmpfloat(outside->value, ==, 0.5);
    g_assert_cmpfloat(outside->candidate, ==, 0.5);
    g_assert_nonnull(strstr(compared_row(rows, "jsd")->note->str,
                            "50 % of the candidate is outside the range, and in no bin"));
    /* Within it, 1/4 1/4 1/2 against 1/2 1/2: half a bit of the one, half of the other. */
    g_assert_cmpfloat_with_epsilon(compared_row(rows, "jsd")->value,
                                   (0.25 * 2 * 0 + 0.25 * log2(0.25 / 0.125) +
                                    0.25 * log2(0.25 / 0.375) + 0.5 * log2(0.5 / 0.5) +
                                    0.5 * log2(0.5 / 0.375) + 0.5 * log2(0.5 / 0.5)) /
                                       2,
                                   1e-15);
}

static void
test_symmetric(void)
{
    static const double a[] = { 1, 5, 2, 7, 7, 0 }, b[] = { 3, 5, 9, 7, 1, 1 };
    static const char *const names[] = { "ks",        "jsd", "w1",      "energy", "linf",
                                         "hellinger", "tv",  "overlap", "mean",   "kurtosis" };
    AssayCompareConfig config = few_draws();
    g_autoptr(AssayCompareSet) x = compared_set_new("a", ASSAY_U8, 3, 2, a, NULL);
    g_autoptr(AssayCompareSet) y = compared_set_new("b", ASSAY_U8, 3, 2, b, NULL);
    g_autoptr(GPtrArray) there = NULL, back = NULL;

    config.all = TRUE;
    config.n_draws = 20; /* all labellings */
    there = compared_rows(x, y, &config);
    back = compared_rows(y, x, &config);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const AssayCompareRow *one = compared_row(there, names[i]);
        const AssayCompareRow *other = compared_row(back, names[i]);

        if (isnan(one->value))
            continue;
        g_assert_cmpfloat_with_epsilon(one->value, other->value, 1e-14);
        g_assert_cmpfloat(one->p, ==, other->p);
    }
}

/* Cells of floats: bounds apart from what is within, in order, negative ones too; joined where they
 * are many, never across the ends of the range. */
static void
test_axis(void)
{
    static const double few[] = { -1.5, -1.501, -0.25, 0, 0.25, 0.251, 1, 1.001 };
    double many[5000];
    const AssayAxisConfig plain = { .n_bins = 100, .low = 0, .high = 1 };
    AssayAxisConfig joined = plain;
    static const double apart[] = { 0.5 };
    AssayRandom random;

    assay_random_init(&random, 0, "test-compare", "axis");
    for (size_t i = 0; i < 5000; i++)
        many[i] = i % 100 == 0 ? 0.25 : 3 * assay_random_double(&random) - 1;
    many[7] = 0.5;
    joined.is_joined = TRUE;
    joined.apart = apart;
    joined.n_apart = 1;
    {
        g_autoptr(AssayCompareSet) set = compared_set_new("a", ASSAY_F32, 8, 1, few, FULL_SCALE_1);
        const AssayDistribution *x = assay_distributions_find(set->distributions, "x");
        g_autoptr(AssayAxis) axis = assay_axis_new(x, x, &plain);

        g_assert_cmpuint(axis->n, ==, 8);
        for (size_t i = 1; i < axis->n; i++)
            g_assert_cmpfloat(axis->values[i - 1], <, axis->values[i]);
        g_assert_true(axis->is_exact[assay_axis_cell(axis, 0.25)]);
        g_assert_false(axis->is_exact[assay_axis_cell(axis, 0.251)]);
        g_assert_true(axis->is_outside[assay_axis_cell(axis, 1.001)]);
        g_assert_false(axis->is_outside[assay_axis_cell(axis, 1)]);
        g_assert_true(axis->is_outside[assay_axis_cell(axis, -0.25)]);
        g_assert_cmpuint(assay_axis_cell(axis, 0.75), ==, G_MAXSIZE);
    }
    {
        g_autoptr(AssayCompareSet) set =
            compared_set_new("a", ASSAY_F32, 5000, 1, many, FULL_SCALE_1);
        const AssayDistribution *x = assay_distributions_find(set->distributions, "x");
        g_autoptr(AssayAxis) axis = assay_axis_new(x, x, &joined);
        g_autofree guint64 *counts = g_new0(guint64, axis->n);
        guint64 sum = 0;

        assay_axis_counts(axis, x, 0, counts);
        g_assert_cmpuint(axis->n, <, 1200);
        g_assert_cmpuint(counts[assay_axis_cell(axis, 0.25)], ==, 50);
        g_assert_cmpuint(counts[assay_axis_cell(axis, 0.5)], ==, 1);
        for (size_t i = 0; i < axis->n; i++) {
            sum += counts[i];
            g_assert_cmpint(axis->is_outside[i], ==, axis->values[i] < 0 || axis->values[i] > 1);
        }
        g_assert_cmpuint(sum, ==, 5000);
    }
}

/* Classes of the items of one sample: each counted alone. */
static void
test_classes(void)
{
    static const double values[] = { 1, 2, 3, 4 };
    static const char *const labels[] = { "real", "fake" };
    AssayPartConfig part_config = ASSAY_PART_CONFIG_DEFAULT;
    const AssayCompareConfig config = few_draws();
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayLabel) label = assay_label_new_class("meta:label", &error);
    g_autoptr(AssayClassedSets) sets = assay_classed_sets_new(labels, 2, "meta:label", NULL);
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);
    const AssayCompareRow *row;

    g_assert_no_error(error);
    part_config.observe.by = label;
    g_assert_true(assay_classed_sets_is_empty(sets, 1));
    for (size_t i = 0; i < 2; i++) {
        g_autoptr(AssaySample) sample =
            values_new(labels[i], "x", ASSAY_F32, 4, 1, values, "{\"unit\": \"m\"}");
        AssayJson *list = assay_json_array();
        g_autoptr(AssayPart) part = NULL;

        for (size_t k = 0; k < 4; k++) /* a a b b of the reference, a b b c of the candidate */
            assay_json_append_take(list, assay_json_string(i == 0   ? (k < 2 ? "a" : "b")
                                                           : k == 0 ? "a"
                                                           : k < 3  ? "b"
                                                                    : "c"));
        assay_json_set_take(assay_sample_meta(sample), "label", list);
        part = assay_part_new(sample, &part_config, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(assay_part_n_classes(part), ==, i == 0 ? 2 : 3);
        g_assert_true(assay_classed_sets_add(sets, i, part, NULL, &error));
    }
    g_assert_true(assay_classed_sets_compare(sets, &config, rows, &error));
    g_assert_no_error(error);
    row = compared_row(rows, "mean");
    g_assert_cmpstr(row->set, ==, "fake:a");
    g_assert_cmpfloat(row->reference, ==, 1.5);
    g_assert_cmpfloat(row->candidate, ==, 1);
    g_assert_cmpuint(row->items, ==, 1);
    row = g_ptr_array_index(rows, rows->len - 1);
    g_assert_cmpstr(row->set, ==, "fake:c");
    g_assert_nonnull(strstr(row->note->str, "against all classes"));
}

static void
test_quantise(void)
{
    static const double values[] = { -0.5, 0, 0.5, 1, 2, 0.001 };
    g_autoptr(AssaySample) sample = values_new("s", "x", ASSAY_F32, 0, 6, values, FULL_SCALE_1);
    g_autoptr(AssaySample) other = values_new("s", "x", ASSAY_F32, 0, 6, values, NULL);
    g_autoptr(GError) error = NULL;
    const AssayArray *array;
    guint64 n_clipped = 0;
    guint full_scale;

    g_assert_true(assay_quantise_read("8", &full_scale, &error));
    g_assert_cmpuint(full_scale, ==, 255);
    g_assert_true(assay_quantise_read("256", &full_scale, &error));
    g_assert_cmpuint(full_scale, ==, 256);
    g_assert_true(assay_quantise(sample, 255, &n_clipped, &error));
    array = assay_sample_field(sample, "x", &error);
    g_assert_cmpint(array->type, ==, ASSAY_U8);
    g_assert_cmpuint(n_clipped, ==, 2);
    g_assert_true(memcmp(array->data, "\0\0\200\377\377\0", 6) == 0);
    g_assert_true(assay_quantise(other, 255, &n_clipped, &error)); /* no range: left alone */
    g_assert_cmpint(assay_sample_field(other, "x", &error)->type, ==, ASSAY_F32);
}

static void
test_nothing_in_common(void)
{
    static const double values[] = { 1, 2 };
    const AssayCompareConfig config = few_draws();
    g_autoptr(AssayCompareSet) a = compared_set_new("a", ASSAY_U8, 2, 1, values, NULL);
    g_autoptr(AssayCompareSet) b = assay_compare_set_new("b");
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_compare(a, b, &config, rows, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "a and b have no field in common: the one has x, the other nothing to compare");
}

/* The columns of numbers are those of the structure; a scope is a field, a measure, or both. */
static void
test_row(void)
{
    AssayCompareRow row = { .field = (char *)"notes.pitch",
                            .measure = (char *)"ks",
                            .value = 1,
                            .at = 2,
                            .reference = 3,
                            .candidate = 4,
                            .real50 = 5,
                            .real99 = 6,
                            .ratio = 7,
                            .p = 8,
                            .q = 9,
                            .items = 10,
                            .groups = 11 };

    for (size_t i = 0; i < 11; i++) {
        g_assert_nonnull(assay_compare_row_names[i]);
        g_assert_cmpfloat(assay_compare_row_value(&row, i), ==, (double)i + 1);
    }
    g_assert_null(assay_compare_row_names[11]);
    g_assert_cmpstr(assay_compare_row_names[6], ==, "ratio");
    g_assert_true(assay_compare_row_is_meant(&row, NULL));
    g_assert_true(assay_compare_row_is_meant(&row, "ks"));
    g_assert_true(assay_compare_row_is_meant(&row, "notes.pitch"));
    g_assert_true(assay_compare_row_is_meant(&row, "notes.pitch:ks"));
    g_assert_false(assay_compare_row_is_meant(&row, "notes"));
    g_assert_false(assay_compare_row_is_meant(&row, "notes:pitch"));
    g_assert_false(assay_compare_row_is_meant(&row, "notes.pitch:w1"));
    g_assert_false(assay_compare_row_is_meant(&row, "notes.pitchks"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compare/by-hand", test_by_hand);
    g_test_add_func("/compare/fractions-and-integers", test_fractions_and_integers);
    g_test_add_func("/compare/outside", test_outside);
    g_test_add_func("/compare/symmetric", test_symmetric);
    g_test_add_func("/compare/axis", test_axis);
    g_test_add_func("/compare/classes", test_classes);
    g_test_add_func("/compare/quantise", test_quantise);
    g_test_add_func("/compare/nothing-in-common", test_nothing_in_common);
    g_test_add_func("/compare/row", test_row);
    return g_test_run();
}
