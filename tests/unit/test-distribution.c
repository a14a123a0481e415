/* tests/unit/test-distribution.c - cells, bins, moments; what a spread counts; what is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/distribution/distributions.h>
#include <assay/distribution/group-hash.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "set-of-values.h"

static void
test_cell(void)
{
    gboolean is_exact;

    g_assert_cmpuint(assay_cell_of(0, &is_exact), ==, 0x8000);
    g_assert_true(is_exact);
    g_assert_cmpuint(assay_cell_of(-0.0, &is_exact), ==, 0x8000);
    g_assert_true(is_exact);
    g_assert_cmpuint(assay_cell_of(1, &is_exact), ==, 0xbf80); /* 3f80 0000 with the sign flipped */
    g_assert_true(is_exact);
    g_assert_cmpuint(assay_cell_of(-1, &is_exact), ==, 0x407f);
    g_assert_true(is_exact);
    g_assert_cmpfloat(assay_cell_bound(0x407f), ==, -1);
    g_assert_cmpuint(assay_cell_of(1 + 1e-12, &is_exact), ==, 0xbf80);
    g_assert_false(is_exact);
    g_assert_cmpuint(assay_cell_of(1 - 1e-3, &is_exact), ==, 0xbf7f);
    g_assert_false(is_exact);
    g_assert_cmpuint(assay_cell_of(DBL_MAX, &is_exact), ==, assay_cell_of((double)FLT_MAX, NULL));
    g_assert_false(is_exact);
    for (int v = 0; v <= 256; v++) {
        guint16 cell = assay_cell_of(v / 256.0, &is_exact);

        g_assert_true(is_exact);
        g_assert_cmpfloat(assay_cell_bound(cell), ==, v / 256.0);
    }
}

/* Cells are in the order of the values, and each value is within a 128th of its cell's bound. */
static void
test_cell_order(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    for (int i = 0; i < 200000; i++) {
        guint32 bits[2] = { g_rand_int(random), g_rand_int(random) };
        float values[2];
        guint16 cells[2];

        memcpy(values, bits, sizeof values);
        if (i % 3 == 0)
            values[1] = nextafterf(values[0], FLT_MAX);
        if (!isfinite(values[0]) || !isfinite(values[1]))
            continue;
        for (int k = 0; k < 2; k++) {
            double value = (double)values[k], bound;

            cells[k] = assay_cell_of(value, NULL);
            bound = assay_cell_bound(cells[k]);
            g_assert_true(fabs(bound) <= fabs(value));
            if (fabs(value) >= (double)FLT_MIN)
                g_assert_true(fabs(value - bound) < fabs(bound) / 128);
        }
        if (values[0] < values[1])
            g_assert_cmpuint(cells[0], <=, cells[1]);
        if (values[0] > values[1])
            g_assert_cmpuint(cells[0], >=, cells[1]);
    }
    g_assert_cmpuint(assay_cell_of((double)FLT_TRUE_MIN, NULL), ==, 0x8000);
    g_assert_cmpuint(assay_cell_of(-(double)FLT_TRUE_MIN, NULL), ==, 0x7fff);
}

/* Edges belong to the bin above them but the last; 0.29 * 100 is less than 29. */
static void
test_bins(void)
{
    g_assert_cmpuint(assay_bin_of(0, 1, 0), ==, 0);
    g_assert_cmpuint(assay_bin_of(0, 1, 1), ==, 99);
    g_assert_cmpuint(assay_bin_of(0, 1, 29 * 0.01), ==, 29);
    g_assert_cmpuint(assay_bin_of(0, 1, nextafter(29 * 0.01, 0)), ==, 28);
    g_assert_cmpuint(assay_bin_of(0, 1, -1e-300), ==, ASSAY_BIN_BELOW);
    g_assert_cmpuint(assay_bin_of(0, 1, nextafter(1, 2)), ==, ASSAY_BIN_ABOVE);
    for (guint i = 0; i < 100; i++) {
        double edge = -1 + i * 0.02;

        g_assert_cmpuint(assay_bin_of(-1, 1, edge), ==, i);
        if (i > 0)
            g_assert_cmpuint(assay_bin_of(-1, 1, nextafter(edge, -2)), ==, i - 1);
    }
}

static void
test_moment_sum(void)
{
    AssayMomentSum sum = { 0, 0 };

    g_assert_true(isnan(assay_moment_mean(&sum)));
    assay_moment_add(&sum, (double)NAN);
    assay_moment_add(&sum, (double)INFINITY);
    assay_moment_add(&sum, 0x1p53);
    g_assert_cmpuint(sum.n, ==, 0);
    assay_moment_add(&sum, -2.5);
    assay_moment_add(&sum, 0x1p52 + 1);
    assay_moment_add(&sum, -0x1p52);
    g_assert_cmpuint(sum.n, ==, 3);
    g_assert_cmpfloat(assay_moment_mean(&sum), ==, -0.5);
    assay_moment_add(&sum, 0x1p-40);
    assay_moment_add(&sum, 0x1p-42); /* less than half a unit */
    g_assert_true(sum.sum == -(AssayInt128)3 * ((gint64)1 << 39) + 1);
}

static guint64
count_at(const AssayDistribution *self, double value)
{
    for (size_t i = 0; i < ASSAY_N_CELLS; i++) {
        if (assay_scale_value(&self->scale, (guint16)i) == value)
            return self->counts[i];
    }
    return 0;
}

/* Bytes 0 0 255 128 by hand: mean 95.75, central sums by the formula. */
static void
test_bytes(void)
{
    const double values[] = { 0, 0, 255, 128, 51, 51, 51, 51 };
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    const AssayDistribution *pixels;

    set_add(set, values_new("a", "pixels", ASSAY_U8, 2, 4, values, "{\"full_scale\":255}"), NULL);
    pixels = assay_distributions_find(set, "pixels");
    g_assert_nonnull(pixels);
    g_assert_cmpuint(set->n_items, ==, 2);
    g_assert_cmpuint(set->n_groups, ==, 2);
    g_assert_cmpuint(pixels->n_values, ==, 8);
    g_assert_cmpuint(count_at(pixels, 0), ==, 2);
    g_assert_cmpuint(count_at(pixels, 51 / 255.0), ==, 4);
    g_assert_cmpuint(count_at(pixels, 1), ==, 1);
    g_assert_cmpuint(pixels->bins[0], ==, 2);
    g_assert_cmpuint(pixels->bins[20], ==, 4);
    g_assert_cmpuint(pixels->bins[50], ==, 1);
    g_assert_cmpuint(pixels->bins[99], ==, 1);
    g_assert_cmpuint(pixels->below + pixels->above, ==, 0);
    g_assert_cmpfloat_with_epsilon(assay_moment_mean(&pixels->moments[ASSAY_MOMENT_MEAN]),
                                   (95.75 + 51) / 2 / 255, 1e-12);
    g_assert_cmpfloat_with_epsilon(assay_moment_mean(&pixels->moments[ASSAY_MOMENT_VARIANCE]),
                                   11184.1875 / 2 / 255 / 255, 1e-12);
    g_assert_cmpuint(pixels->moments[ASSAY_MOMENT_SKEWNESS].n, ==, 1);
    g_assert_cmpuint(pixels->moments[ASSAY_MOMENT_KURTOSIS].n, ==, 1);
    g_assert_cmpuint(pixels->groups->len, ==, 2);
    g_assert_true(pixels->dropped_from == ASSAY_DROPPED_NONE);
    g_assert_cmpuint(pixels->n_kept_cells, ==, 4);
}

/* Bytes of items of any size, with a sign or without, are counted as the same in 16 bits. */
static void
test_item_sizes(void)
{
    const size_t sizes[] = { 1, 255, 256, 65535, 65536 };
    g_autofree double *values = g_new(double, 2 * 65536);

    for (size_t s = 0; s < 2 * G_N_ELEMENTS(sizes); s++) {
        size_t n = sizes[s / 2];
        gboolean is_signed = s % 2 == 1;
        g_autoptr(AssayDistributions) bytes = assay_distributions_new();
        g_autoptr(AssayDistributions) wide = assay_distributions_new();
        const AssayDistribution *x, *y;

        for (size_t i = 0; i < 2 * n; i++)
            values[i] = (double)(i * i / 3 % 200) - (is_signed ? 100 : 0);
        set_add(bytes,
                values_new("a", "x", is_signed ? ASSAY_I8 : ASSAY_U8, 2, n, values,
                           "{\"range\":[-50,150]}"),
                NULL);
        set_add(wide,
                values_new("a", "x", is_signed ? ASSAY_I16 : ASSAY_U16, 2, n, values,
                           "{\"range\":[-50,150]}"),
                NULL);
        x = assay_distributions_find(bytes, "x");
        y = assay_distributions_find(wide, "x");
        g_assert_cmpuint(x->n_values, ==, 2 * n);
        for (int value = -100; value < 200; value++)
            g_assert_cmpuint(count_at(x, value), ==, count_at(y, value));
        g_assert_cmpint(memcmp(x->bins, y->bins, sizeof x->bins), ==, 0);
        g_assert_cmpuint(x->below, ==, y->below);
        g_assert_cmpuint(x->above, ==, y->above);
        g_assert_cmpint(memcmp(x->moments, y->moments, sizeof x->moments), ==, 0);
        for (guint g = 0; g < 2; g++) {
            AssayCellList few, many;

            assay_group_cells_list(g_ptr_array_index(x->groups, g), &few);
            assay_group_cells_list(g_ptr_array_index(y->groups, g), &many);
            g_assert_cmpuint(few.n, ==, many.n);
            g_assert_cmpint(memcmp(few.counts, many.counts, few.n * sizeof *few.counts), ==, 0);
        }
    }
}

/* Of 0 0 0 4: m2 = 3, m3 = 6, m4 = 21, so skewness 6 / 3^1.5, kurtosis 21 / 9. */
static void
test_floats(void)
{
    const double values[] = { 0, (double)NAN, -0.0, 4, (double)INFINITY, 0 };
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    const AssayDistribution *x;

    set_add(set, values_new("a", "x", ASSAY_F64, 0, 6, values, "{\"range\":[0,2]}"), NULL);
    x = assay_distributions_find(set, "x");
    g_assert_cmpuint(x->n_values, ==, 4);
    g_assert_cmpuint(x->n_non_finite, ==, 2);
    g_assert_cmpuint(x->counts[0x8000], ==, 3);
    g_assert_cmpuint(x->exact[0x8000], ==, 3);
    g_assert_cmpuint(x->bins[0], ==, 3);
    g_assert_cmpuint(x->above, ==, 1);
    g_assert_cmpfloat(assay_moment_mean(&x->moments[ASSAY_MOMENT_MEAN]), ==, 1);
    g_assert_cmpfloat(assay_moment_mean(&x->moments[ASSAY_MOMENT_VARIANCE]), ==, 3);
    g_assert_cmpfloat_with_epsilon(assay_moment_mean(&x->moments[ASSAY_MOMENT_SKEWNESS]),
                                   6 / (3 * sqrt(3)), 1e-12);
    g_assert_cmpfloat_with_epsilon(assay_moment_mean(&x->moments[ASSAY_MOMENT_KURTOSIS]), 21.0 / 9,
                                   1e-12);
}

/* float32 in a row go another way than doubles, or than columns: to the same cells. */
static void
test_float32(void)
{
    const double values[] = { 0,    (double)NAN, -0.0, (double)0.1F,
                              -1.5, 0x1p-140,    1,    -(double)INFINITY };
    g_autoptr(AssayDistributions) row = assay_distributions_new();
    g_autoptr(AssayDistributions) doubles = assay_distributions_new();
    const AssayDistribution *x, *y;

    set_add(row, values_new("a", "x", ASSAY_F32, 0, 8, values, "{\"range\":[0,2]}"), NULL);
    set_add(doubles, values_new("a", "x", ASSAY_F64, 0, 8, values, "{\"range\":[0,2]}"), NULL);
    x = assay_distributions_find(row, "x");
    y = assay_distributions_find(doubles, "x");
    g_assert_cmpuint(x->n_values, ==, 6);
    g_assert_cmpuint(x->n_non_finite, ==, 2);
    g_assert_cmpuint(x->below, ==, 1);
    g_assert_cmpint(memcmp(x->counts, y->counts, ASSAY_N_CELLS * sizeof *x->counts), ==, 0);
    g_assert_cmpint(memcmp(x->exact, y->exact, ASSAY_N_CELLS * sizeof *x->exact), ==, 0);
    g_assert_cmpint(memcmp(x->bins, y->bins, sizeof x->bins), ==, 0);
    g_assert_cmpint(memcmp(x->moments, y->moments, sizeof x->moments), ==, 0);
}

/* Moments that nobody asks for are none; all else is as with them. */
static void
test_without_moments(void)
{
    const double values[] = { 1, 2, 4, 4 };
    const AssayType types[] = { ASSAY_U8, ASSAY_F32, ASSAY_F64 };
    const AssayObserveConfig config = { .rules = ASSAY_RULES_NONE, .order = 1 };
    const AssayDistributionConfig some = { .skips_moments = TRUE };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        g_autoptr(AssaySample) sample = values_new("a", "x", types[i], 0, 4, values, NULL);
        g_autoptr(AssayObservation) items = assay_observe(sample, &config, NULL);
        g_autoptr(AssaySpread) spread = assay_distributions_observe(sample, items, &some, NULL);
        g_autoptr(AssayDistributions) set = assay_distributions_new();
        const AssayDistribution *x;

        g_assert_true(assay_distributions_add(set, spread, items, NULL, NULL));
        x = assay_distributions_find(set, "x");
        g_assert_cmpuint(x->n_values, ==, 4);
        g_assert_cmpuint(count_at(x, 4), ==, 2);
        for (guint k = 0; k < ASSAY_N_MOMENTS; k++)
            g_assert_cmpuint(x->moments[k].n, ==, 0);
    }
}

/* Notes by name, without drums; labels and places are none; the roll and the chroma beside. */
static void
test_columns(void)
{
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    g_autoptr(GString) names = g_string_new(NULL);
    const AssayDistribution *pitch;

    set_add(set, corpus_piece("a", corpus_midi(24, "0-24:60 24-36:62/1 0-24:36@10"), NULL), NULL);
    for (guint i = 0; i < set->variables->len; i++)
        g_string_append_printf(names, "%s ",
                               ((AssayDistribution *)g_ptr_array_index(set->variables, i))->name);
    g_assert_cmpstr(names->str, ==, "chroma notes.duration_q notes.pitch notes.velocity roll ");
    pitch = assay_distributions_find(set, "notes.pitch");
    g_assert_cmpuint(pitch->n_values, ==, 2);
    g_assert_cmpuint(count_at(pitch, 60), ==, 1);
    g_assert_cmpuint(count_at(pitch, 62), ==, 1);
}

static void
test_refused(void)
{
    const double values[] = { 1, 2, 3, 4 };
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    g_autoptr(GError) error = NULL;

    set_add(set, values_new("a", "pixels", ASSAY_U8, 0, 4, values, "{\"full_scale\":255}"), NULL);
    g_assert_false(set_try(
        set, values_new("b", "pixels", ASSAY_U8, 0, 4, values, "{\"full_scale\":256}"), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "b: values \"pixels\": full scale 256, not 255 as in the samples before it; "
                   "convert all in one way");
    g_assert_false(set_try(
        set, values_new("b", "pixels", ASSAY_F32, 0, 4, values, "{\"full_scale\":255}"), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "fractions, not whole numbers");
    g_assert_false(set_try(set, values_new("b", "pixels", ASSAY_I16, 0, 4, values, NULL), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "whole numbers from -32768, not from 0");
    g_assert_false(set_try(
        set,
        values_new("b", "pixels", ASSAY_U8, 0, 4, values, "{\"full_scale\":255,\"range\":[0,2]}"),
        &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "range 0 to 2, not range 0 to 1");
    g_assert_false(set_try(
        set, values_new("b", "pixels", ASSAY_U16, 0, 4, values, "{\"full_scale\":65535}"), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "b: values \"pixels\": full scale 65535, not 255 as in the samples before it; "
                   "convert all in one way; of pictures, assay-image --quantise=8 makes all of 8 "
                   "bits");
    g_assert_false(
        set_try(set, values_new("b", "centroid", ASSAY_F64, 0, 4, values, NULL), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "b: has the values \"centroid\", which the samples before it had not; leave it "
                   "out, or convert all in one way");
    g_assert_false(set_try(set, assay_sample_new("b"), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "b: has no values \"pixels\", which the samples before it had; leave it out, or "
                   "convert all in one way");
    g_assert_cmpuint(set->n_items, ==, 1);
}

/* What no memory holds is refused before it is asked for. */
static void
test_sizes(void)
{
    const double values[] = { 1, 2, 3, 4 };
    const AssayObserveConfig config = { .rules = ASSAY_RULES_NONE, .order = 1 };
    const AssayDistributionConfig all = ASSAY_DISTRIBUTION_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = values_new("a", "x", ASSAY_U8, 1, 4, values, NULL);
    AssayArray *array = (AssayArray *)assay_sample_field(sample, "x", NULL);
    g_autoptr(AssayObservation) items = assay_observe(sample, &config, NULL);
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    g_autoptr(GError) error = NULL;

    array->shape[1] = (size_t)1 << 32;
    g_assert_null(assay_distributions_observe(sample, items, &all, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE,
                   "a: field \"x\": an item of 4294967296 values, more than the 2^32 that are "
                   "counted; cut it into several");
    array->shape[0] = (size_t)1 << 60;
    array->shape[1] = 4;
    assay_sample_set_items(sample, 0, array->shape[0]);
    g_assert_null(assay_observe(sample, &config, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "a: no memory for 1152921504606846976 items");
    array->shape[0] = 1;
    set->n_items = ASSAY_DISTRIBUTION_ITEMS;
    g_assert_false(set_try(set, values_new("b", "x", ASSAY_U8, 1, 4, values, NULL), &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "b: more than 2^32 items in all");
}

/* By Python: hashlib.sha256(b"group\nbach"), and so on. */
static void
test_hash(void)
{
    guint64 source = assay_group_hash_source("a", "", "array");

    g_assert_cmphex(assay_group_hash_name("bach"), ==, G_GUINT64_CONSTANT(0x869a5f6eb9d010bb));
    g_assert_cmphex(source, ==, G_GUINT64_CONSTANT(0x3c02b891fde9ffe7));
    g_assert_cmphex(assay_group_hash_item(source, 7), ==, G_GUINT64_CONSTANT(0x7e46f3abf35901d8));
}

/* Enough are below it, and few more; among few items there is no saying. */
static void
test_hash_bound(void)
{
    const guint64 n_items[] = { 10000, 60001, 1000003 };
    guint64 source = assay_group_hash_source("a", "", "array");

    for (size_t i = 0; i < G_N_ELEMENTS(n_items); i++) {
        guint64 bound = assay_group_hash_bound(source + i, n_items[i], 4097), n = 0;

        for (guint64 k = 0; k < n_items[i]; k++)
            n += assay_group_hash_item(source + i, k) < bound;
        g_assert_cmpuint(n, >=, 4097);
        g_assert_cmpuint(n, <, 4097 * 3 / 2);
    }
    g_assert_cmphex(assay_group_hash_bound(source, 0, 1), ==, ASSAY_DROPPED_NONE);
    g_assert_cmphex(assay_group_hash_bound(source, 8000, 4097), ==, ASSAY_DROPPED_NONE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/distribution/hash-bound", test_hash_bound);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/distribution/cell", test_cell);
    g_test_add_func("/distribution/cell-order", test_cell_order);
    g_test_add_func("/distribution/bins", test_bins);
    g_test_add_func("/distribution/moment-sum", test_moment_sum);
    g_test_add_func("/distribution/bytes", test_bytes);
    g_test_add_func("/distribution/item-sizes", test_item_sizes);
    g_test_add_func("/distribution/floats", test_floats);
    g_test_add_func("/distribution/float32", test_float32);
    g_test_add_func("/distribution/without-moments", test_without_moments);
    g_test_add_func("/distribution/columns", test_columns);
    g_test_add_func("/distribution/refused", test_refused);
    g_test_add_func("/distribution/sizes", test_sizes);
    g_test_add_func("/distribution/hash", test_hash);
    return g_test_run();
}
