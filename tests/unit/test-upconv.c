/* tests/unit/test-upconv.c - pictures reduced and brought back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/transform/upconv.h>
#include <math.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"

/* With options key, value, key, value ... NULL; takes @sample. */
static AssaySample *
convert(AssaySample *sample, ...)
{
    g_autoptr(AssaySample) own = sample;
    AssayUpconvConfig config = ASSAY_UPCONV_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssaySample *made;
    const char *key;
    va_list args;

    va_start(args, sample);
    while ((key = va_arg(args, const char *)) != NULL) {
        if (!assay_upconv_config_set(&config, key, va_arg(args, const char *), &error))
            g_assert_no_error(error);
    }
    va_end(args);
    made = assay_upconv_make(&config, own, &error);
    g_assert_no_error(error);
    assay_upconv_config_clear(&config);
    return made;
}

/* A picture of floats, from @values, or all alike. */
static AssaySample *
new_picture(size_t rows, size_t columns, const double *values, double otherwise)
{
    AssaySample *sample = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_F64, "row,column",
                                      (const size_t[]){ rows, columns }, NULL);

    for (size_t i = 0; i < rows * columns; i++)
        any_field_put(array, i, values != NULL ? values[i] : otherwise);
    return sample;
}

static double
value(AssaySample *sample, size_t index)
{
    return assay_array_value(assay_sample_field(sample, "pixels", NULL), index);
}

static void
assert_values(AssaySample *sample, const double *expected, size_t n)
{
    g_autoptr(AssaySample) own = sample;

    for (size_t i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon(value(own, i), expected[i], 1e-12);
}

/* One row, by hand: 0 4 8 8 2 2 is reduced to 2 8 2. */
static void
test_hand(void)
{
    const double row[] = { 0, 4, 8, 8, 2, 2 };
    const double nearest[] = { 2, 2, 8, 8, 2, 2 }, bilinear[] = { 2, 3.5, 6.5, 6.5, 3.5, 2 };
    /* Along a row: v0, v0 + v1, v1, v1 + v2, v2, v2 + v2, times 2 / 3; of the one row in the first
     * place, 2 / 3 again. */
    const double nails[] = { 8 / 9.0, 40 / 9.0, 32 / 9.0, 40 / 9.0, 8 / 9.0, 16 / 9.0 };
    const double bare[] = { 8, 0, 32, 0, 8, 0 };

    assert_values(convert(new_picture(1, 6, row, 0), "method", "nearest", NULL), nearest, 6);
    assert_values(convert(new_picture(6, 1, row, 0), "method", "nearest", NULL), nearest, 6);
    assert_values(convert(new_picture(1, 6, row, 0), "method", "bilinear", NULL), bilinear, 6);
    assert_values(convert(new_picture(6, 1, row, 0), "method", "bilinear", NULL), bilinear, 6);
    assert_values(convert(new_picture(1, 6, row, 0), "kernel", "3", NULL), nails, 6);
    assert_values(convert(new_picture(1, 6, row, 0), "kernel", "1", NULL), bare, 6);
}

/* A grey picture stays so, but for the checkerboard of a bed of nails, whose mean stays. */
static void
test_constant(void)
{
    static const char *const factors[] = { "2", "3", "4", "5" };

    for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
        g_autoptr(AssaySample) nearest = convert(new_picture(60, 60, NULL, 0.3), "method",
                                                 "nearest", "factor", factors[i], NULL);
        g_autoptr(AssaySample) bilinear = convert(new_picture(60, 60, NULL, 0.3), "method",
                                                  "bilinear", "factor", factors[i], NULL);
        g_autoptr(AssaySample) nails =
            convert(new_picture(60, 60, NULL, 0.3), "factor", factors[i], "kernel", "7", NULL);
        double sum = 0;

        for (size_t k = 0; k < 3600; k++) {
            g_assert_cmpfloat_with_epsilon(value(nearest, k), 0.3, 1e-14);
            g_assert_cmpfloat_with_epsilon(value(bilinear, k), 0.3, 1e-14);
            sum += value(nails, k);
        }
        g_assert_cmpfloat_with_epsilon(sum / 3600, 0.3, 1e-12);
    }
    /* Where the factor divides the kernel there is no checkerboard. */
    {
        g_autoptr(AssaySample) even =
            convert(new_picture(30, 30, NULL, 0.3), "factor", "3", "kernel", "9", NULL);
        g_autoptr(AssaySample) board = convert(new_picture(30, 30, NULL, 0.9), NULL);

        for (size_t k = 0; k < 900; k++)
            g_assert_cmpfloat_with_epsilon(value(even, k), 0.3, 1e-14);
        g_assert_cmpfloat_with_epsilon(value(board, 0), 0.4, 1e-14);
        g_assert_cmpfloat_with_epsilon(value(board, 1), 0.8, 1e-14);
        g_assert_cmpfloat_with_epsilon(value(board, 31), 1.6, 1e-14);
    }
}

/* The power of the finest checkerboard and of what is about as fine, over all power: differences of
 * neighbours, taken three times along both axes. */
static double
fine_share(AssaySample *sample, size_t size)
{
    g_autoptr(AssaySample) own = sample;
    double fine = 0, all = 0, mean = 0;

    for (size_t i = 0; i < size * size; i++)
        mean += value(own, i) / (double)(size * size);
    for (size_t y = 0; y + 3 < size; y++) {
        for (size_t x = 0; x + 3 < size; x++) {
            static const double binomial[] = { 1, -3, 3, -1 };
            double sum = 0, difference = value(own, y * size + x) - mean;

            for (size_t i = 0; i < 16; i++)
                sum +=
                    binomial[i / 4] * binomial[i % 4] * value(own, (y + i / 4) * size + x + i % 4);
            fine += sum * sum;
            all += difference * difference;
        }
    }
    return fine / all;
}

/* What the paper says of them: a bed of nails has too much at the high end, interpolation too
 * little. The picture is smooth noise: sums of 3 by 3 random numbers. */
static void
test_spectrum(void)
{
    enum { SIZE = 64 };
    double raw[SIZE + 2][SIZE + 2], picture[SIZE * SIZE];
    double real, nails, nearest, bilinear;
    AssayRandom random;

    assay_random_init(&random, 0, "upconv", "spectrum");
    for (size_t i = 0; i < (size_t)(SIZE + 2) * (SIZE + 2); i++)
        raw[i / (SIZE + 2)][i % (SIZE + 2)] = assay_random_double(&random);
    for (size_t i = 0; i < (size_t)SIZE * SIZE; i++) {
        picture[i] = 0;
        for (size_t k = 0; k < 9; k++)
            picture[i] += raw[i / SIZE + k / 3][i % SIZE + k % 3];
    }
    real = fine_share(new_picture(SIZE, SIZE, picture, 0), SIZE);
    nails = fine_share(convert(new_picture(SIZE, SIZE, picture, 0), NULL), SIZE);
    nearest =
        fine_share(convert(new_picture(SIZE, SIZE, picture, 0), "method", "nearest", NULL), SIZE);
    bilinear =
        fine_share(convert(new_picture(SIZE, SIZE, picture, 0), "method", "bilinear", NULL), SIZE);
    g_test_message("%g real, %g nails, %g nearest, %g bilinear", real, nails, nearest, bilinear);
    g_assert_cmpfloat(nails, >, 10 * real);
    g_assert_cmpfloat(nearest, <, real);
    g_assert_cmpfloat(bilinear, <, real / 10);
}

/* Integers are rounded, halves up, and clipped to their full scale. */
static void
test_integers(void)
{
    AssaySample *sample = assay_sample_new("p"), *scaled = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_U8, "item,row,column,channel",
                                      (const size_t[]){ 2, 1, 2, 2 }, "{\"unit\": \"light\"}");
    AssayArray *other = any_field_add(scaled, "pixels", ASSAY_U16, "row,column",
                                      (const size_t[]){ 1, 1 }, "{\"full_scale\": 1000}");
    g_autoptr(AssaySample) mean = NULL, nails = NULL;
    const double cells[] = { 0, 9, 1, 11, /**/ 255, 0, 255, 1 };

    for (size_t i = 0; i < 8; i++)
        any_field_put(array, i, cells[i]);
    any_field_put(other, 0, 900);
    assay_sample_set_items(sample, 5, 2);
    mean = convert(sample, "method", "nearest", NULL);
    g_assert_cmpuint(assay_sample_item_start(mean), ==, 5);
    g_assert_cmpstr(
        assay_json_peek_string(assay_json_get(assay_sample_field_meta(mean, "pixels"), "unit")), ==,
        "light");
    g_assert_cmpfloat(value(mean, 0), ==, 1); /* of 0.5 */
    g_assert_cmpfloat(value(mean, 1), ==, 10);
    g_assert_cmpfloat(value(mean, 2), ==, 1);
    g_assert_cmpfloat(value(mean, 4), ==, 255);
    g_assert_cmpfloat(value(mean, 7), ==, 1);
    nails = convert(scaled, "kernel", "1", NULL);
    g_assert_cmpfloat(value(nails, 0), ==, 1000);
}

/* Sizes that the factor does not divide: blocks at the edges are smaller. */
static void
test_odd_sizes(void)
{
    const double row[] = { 1, 3, 8 }, expected[] = { 2, 2, 8 };

    assert_values(convert(new_picture(1, 3, row, 0), "method", "nearest", NULL), expected, 3);
    for (size_t rows = 1; rows < 7; rows++) {
        for (size_t columns = 1; columns < 7; columns++) {
            g_autoptr(AssaySample) made = convert(new_picture(rows, columns, NULL, 5), "factor",
                                                  "4", "method", "bilinear", NULL);
            g_autoptr(AssaySample) nails =
                convert(new_picture(rows, columns, NULL, 5), "factor", "64", "kernel", "63", NULL);

            for (size_t i = 0; i < rows * columns; i++)
                g_assert_cmpfloat_with_epsilon(value(made, i), 5, 1e-14);
            g_assert_true(isfinite(value(nails, 0)));
        }
    }
}

static void
refused(AssaySample *sample, const char *field, int code, const char *says)
{
    AssayUpconvConfig config = ASSAY_UPCONV_CONFIG_DEFAULT;
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;

    g_assert_true(field == NULL || assay_upconv_config_set(&config, "field", field, &error));
    g_assert_null(assay_upconv_make(&config, own, &error));
    corpus_refused(&error, code, says);
    assay_upconv_config_clear(&config);
}

static void
test_refused(void)
{
    static const char *const bad[][2] = { { "method", "cubic" }, { "factor", "1" },
                                          { "factor", "65" },    { "factor", "2.5" },
                                          { "kernel", "2" },     { "kernel", "65" },
                                          { "kernel", "" } };
    AssayUpconvConfig config = ASSAY_UPCONV_CONFIG_DEFAULT;
    AssaySample *signs = assay_sample_new("s"), *empty = assay_sample_new("e");
    AssaySample *no_items = assay_sample_new("n");
    g_autoptr(AssaySample) none = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(assay_upconv_config_set(&config, bad[i][0], bad[i][1], &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
    }
    refused(corpus_chroma("a", "C"), NULL, ASSAY_ERROR_FIELD, "a: no field \"pixels\"");
    refused(corpus_chroma("a", "C"), "chroma", ASSAY_ERROR_FIELD, "[time, class]");
    any_field_add(signs, "pixels", ASSAY_I16, "row,column", (const size_t[]){ 1, 1 }, NULL);
    refused(signs, NULL, ASSAY_ERROR_FIELD, "s: field \"pixels\" holds pictures of i16");
    any_field_add(empty, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 0, 1000000 }, NULL);
    refused(empty, NULL, ASSAY_ERROR_FIELD, "has no values");
    any_field_add(no_items, "pixels", ASSAY_U8, "item,row,column",
                  (const size_t[]){ 0, (size_t)1 << 40, 3 }, NULL);
    none = convert(no_items, NULL);
    g_assert_cmpuint(assay_sample_field(none, "pixels", NULL)->shape[0], ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/upconv/hand", test_hand);
    g_test_add_func("/upconv/constant", test_constant);
    g_test_add_func("/upconv/spectrum", test_spectrum);
    g_test_add_func("/upconv/integers", test_integers);
    g_test_add_func("/upconv/odd-sizes", test_odd_sizes);
    g_test_add_func("/upconv/refused", test_refused);
    return g_test_run();
}
