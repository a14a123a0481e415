/* tests/unit/test-column-sums.c - sums of columns beside one value after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/column-sums-private.h>
#include <math.h>

#include "any-field.h"

/* Two items of @rows by @columns; spectrograms lie column by column. */
static AssaySample *
new_sample(AssayType type, gboolean by_column, size_t rows, size_t columns, GRand *random)
{
    AssaySample *sample = assay_sample_new("x");
    const size_t shape[] = { 2, by_column ? columns : rows, by_column ? rows : columns };
    AssayArray *array = any_field_add(sample, by_column ? "mel" : "pixels", type,
                                      by_column ? "item,time,mel" : "item,row,column", shape, NULL);
    double most = type == ASSAY_U8 ? 255 : type == ASSAY_U16 ? 65535 : 100;

    for (size_t i = 0; i < assay_array_count(array); i++) {
        double value = g_rand_boolean(random) ? most : floor(g_rand_double(random) * (most + 1));

        any_field_put(array, i, type == ASSAY_F32 && g_rand_boolean(random) ? -value : value);
    }
    return sample;
}

static void
assert_sums(const AssayPlanes *planes, size_t item, size_t first, size_t n)
{
    AssayColumnSums sums;
    guint64 n_negative = 0;

    assay_column_sums(planes, item, first, n, &sums);
    for (size_t c = 0; c < n; c++) {
        double sum = 0, weighted = 0;

        for (size_t r = 0; r < planes->n_rows; r++) {
            size_t at = planes->by_column ? (first + c) * planes->n_rows + r
                                          : r * planes->n_columns + first + c;
            double value =
                assay_array_value(planes->array, item * planes->n_rows * planes->n_columns + at);

            n_negative += value < 0;
            sum += fmax(value, 0);
            weighted += (double)r * fmax(value, 0);
        }
        g_assert_cmpfloat(sums.sum[c], ==, sum);
        g_assert_cmpfloat(sums.weighted[c], ==, weighted);
    }
    g_assert_cmpuint(sums.n_negative, ==, n_negative);
}

/* Of every type, lying either way, with rows and columns that fill vectors or do not; as high as
 * narrow sums are carried over more than once. */
static void
test_brute_force(void)
{
    static const AssayType types[] = { ASSAY_U8, ASSAY_U16, ASSAY_F32 };
    static const size_t sizes[][2] = { { 1, 1 },    { 16, 16 },  { 17, 33 }, { 40, 300 },
                                       { 255, 15 }, { 600, 20 }, { 9000, 3 } };
    g_autoptr(GRand) random = g_rand_new_with_seed(3);

    for (size_t k = 0; k < G_N_ELEMENTS(types) * G_N_ELEMENTS(sizes) * 2; k++) {
        const size_t *size = sizes[k / 2 % G_N_ELEMENTS(sizes)];
        g_autoptr(AssaySample) sample =
            new_sample(types[k / 2 / G_N_ELEMENTS(sizes)], k % 2 == 1, size[0], size[1], random);
        g_auto(AssayPlanes) planes = { 0 };
        size_t most = MIN(size[1], (size_t)ASSAY_COLUMNS), some = (most + 1) / 2;

        g_assert_true(assay_planes_open(&planes, sample, NULL, NULL));
        g_assert_cmpuint(planes.n_rows, ==, size[0]);
        assert_sums(&planes, 0, 0, most);
        assert_sums(&planes, 1, size[1] - most, most);
        assert_sums(&planes, 1, size[1] - some, some);
    }
}

/* What is not finite makes its own column so, and no other. */
static void
test_not_finite(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    AssayArray *array =
        any_field_add(sample, "pixels", ASSAY_F64, "row,column", (const size_t[]){ 3, 3 }, NULL);
    g_auto(AssayPlanes) planes = { 0 };
    AssayColumnSums sums;

    any_field_put(array, 3, (double)NAN);
    any_field_put(array, 4, 2);
    any_field_put(array, 8, (double)INFINITY);
    g_assert_true(assay_planes_open(&planes, sample, NULL, NULL));
    assay_column_sums(&planes, 0, 0, 3, &sums);
    g_assert_true(isnan(sums.sum[0]) && isnan(sums.weighted[0]));
    g_assert_cmpfloat(sums.sum[1], ==, 2);
    g_assert_cmpfloat(sums.weighted[1], ==, 2);
    g_assert_true(isinf(sums.sum[2]));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/column-sums/brute-force", test_brute_force);
    g_test_add_func("/column-sums/not-finite", test_not_finite);
    return g_test_run();
}
