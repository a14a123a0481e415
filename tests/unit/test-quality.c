/* tests/unit/test-quality.c - noise and quality of pictures, by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/noise.h>
#include <assay/feature/quality.h>
#include <math.h>

#include "any-field.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon(a, b, 1e-9 * MAX(1.0, fabs((double)(b))))

typedef struct {
    AssayNoise noise;
    AssayQuality quality;
} Made;

/* Of pixels of so many rows, columns and channels (0: without that axis), filled from @values. */
static Made
make(AssayType type, const size_t shape[3], const double *values)
{
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_auto(AssayPlanes) planes = { 0 };
    g_autoptr(GError) error = NULL;
    size_t n = shape[0] * shape[1] * MAX(shape[2], 1);
    AssayArray *array = any_field_add(
        sample, "pixels", type, shape[2] == 0 ? "row,column" : "row,column,channel", shape, NULL);
    Made made = { .noise = { .grey = 0 } };

    for (size_t i = 0; i < n; i++)
        any_field_put(array, i, values[i]);
    if (!assay_planes_open(&planes, sample, NULL, &error))
        g_assert_no_error(error);
    assay_noise_of(&planes, array, 0, &made.noise);
    assay_quality_of(&planes, array, 0, &made.quality);
    return made;
}

/* 0 0 0 / 0 8 0 / 0 0 4 has one place for the mask: 4 * 8 + 4 = 36. */
static void
test_grey(void)
{
    const double values[] = { 0, 0, 0, 0, 8, 0, 0, 0, 4 };
    /* What is beside an edge counts twice: 8 + 8 in the middle of each, and 4 at two of these. */
    const double laplacian[] = { 0, 16, 0, 16, -32, 20, 0, 20, -16 };
    Made made = make(ASSAY_U8, (const size_t[]){ 3, 3, 0 }, values);
    double sum = 0, squares = 0;

    NEAR(made.noise.grey, sqrt(G_PI_2) * 36 / 6);
    g_assert_true(isnan(made.noise.red_green) && isnan(made.noise.ratio));
    for (size_t i = 0; i < 9; i++) {
        sum += laplacian[i];
        squares += laplacian[i] * laplacian[i];
    }
    NEAR(made.quality.laplacian_variance, squares / 9 - sum * sum / 81);
    NEAR(made.quality.high_frequencies, 1); /* there is one square of two by two */
    g_assert_true(isnan(made.quality.colourfulness) && isnan(made.quality.saturation));
}

/* Two squares, 1 3 / 5 7 and 9 9 / 9 9: inside 9 + 1 + 1 + 9 = 20; between 4 (2.5^2 + 2.5^2). */
static void
test_high_frequencies(void)
{
    const double values[] = { 1, 3, 9, 9, 200, 5, 7, 9, 9, 200 };
    Made made = make(ASSAY_U8, (const size_t[]){ 2, 5, 0 }, values);

    NEAR(made.quality.high_frequencies, 20.0 / (20 + 50));
    g_assert_true(isnan(made.noise.grey));
}

/* Red, green, blue and white: rg 255 -255 0 0, yb 127.5 127.5 -255 0. */
static void
test_colours(void)
{
    const double values[] = { 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255 };
    const double yb = 127.5 * 127.5 * 6 / 4;
    Made made = make(ASSAY_U8, (const size_t[]){ 2, 2, 3 }, values);
    double one[12];

    NEAR(made.quality.colourfulness, sqrt(255 * 255 / 2.0 + yb));
    NEAR(made.quality.saturation, 0.75);
    for (size_t i = 0; i < 12; i++)
        one[i] = values[i] / 255;
    made = make(ASSAY_F64, (const size_t[]){ 2, 2, 3 }, one);
    NEAR(made.quality.colourfulness, sqrt(255 * 255 / 2.0 + yb));
    made = make(ASSAY_U8, (const size_t[]){ 1, 1, 3 }, values);
    NEAR(made.quality.colourfulness, 0.3 * sqrt(255 * 255 * 1.25));
    g_assert_true(isnan(made.quality.laplacian_variance) && isnan(made.quality.high_frequencies));
}

/* What grows evenly along both has no noise whatever its size, and a pixel that stands
 * out has 4 + 4 * 2 + 4 of the mask wherever it is, or as much of that as there is room for; where
 * blocks end is seen by neither. */
static void
test_blocks(void)
{
    static const size_t sizes[] = { 3, 4, 9, 256, 257, 258, 259, 300, 514, 515 };
    static double values[5 * 515];

    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
        size_t n = sizes[k];
        Made made;

        for (size_t i = 0; i < 5 * n; i++)
            values[i] = (double)(3 * (i % n) + 7 * (i / n));
        made = make(ASSAY_U16, (const size_t[]){ 5, n, 0 }, values);
        g_assert_cmpfloat(made.noise.grey, ==, 0);
        g_assert_true(isnan(made.noise.ratio));
        for (size_t at = 2 * n + 1; at < 3 * n - 1; at++) {
            double was = values[at], sum = n == 3                               ? 8
                                           : at == 2 * n + 1 || at == 3 * n - 2 ? 12
                                                                                : 16;

            values[at] += 100;
            made = make(ASSAY_U16, (const size_t[]){ 5, n, 0 }, values);
            values[at] = was;
            NEAR(made.noise.grey,
                 255 / 65535.0 * sqrt(G_PI_2) / 6 * 100 * sum / (3.0 * (double)(n - 2)));
        }
    }
}

/* A value that is none leaves nothing; nor do all pixels alike have a share. */
static void
test_missing(void)
{
    double values[27] = { 0 };
    Made made;

    for (size_t i = 0; i < 27; i++)
        values[i] = 0.1;
    made = make(ASSAY_F64, (const size_t[]){ 3, 3, 3 }, values);
    g_assert_cmpfloat(made.noise.red_green, ==, 0);
    g_assert_cmpfloat(made.quality.colourfulness, ==, 0);
    g_assert_cmpfloat(made.quality.laplacian_variance, ==, 0);
    g_assert_true(isnan(made.quality.high_frequencies));
    for (size_t k = 0; k < 2; k++) {
        values[26] = k == 0 ? (double)NAN : (double)-INFINITY;
        made = make(ASSAY_F64, (const size_t[]){ 3, 3, 3 }, values);
        g_assert_true(isnan(made.noise.grey) && isnan(made.noise.red_green));
        g_assert_true(isnan(made.quality.laplacian_variance));
        g_assert_true(isnan(made.quality.high_frequencies));
        g_assert_true(isnan(made.quality.colourfulness) && isnan(made.quality.saturation));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/quality/grey", test_grey);
    g_test_add_func("/quality/high-frequencies", test_high_frequencies);
    g_test_add_func("/quality/colours", test_colours);
    g_test_add_func("/quality/blocks", test_blocks);
    g_test_add_func("/quality/missing", test_missing);
    return g_test_run();
}
