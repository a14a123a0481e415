/* tests/unit/test-residual.c - what a median of 5 x 5 takes away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <assay/image/median5-private.h>
#include <assay/image/residual.h>
#include <stdlib.h>
#include <string.h>

static const AssayType types[] = { ASSAY_U8, ASSAY_U16, ASSAY_F32, ASSAY_F64 };

static int
by_value(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The residual by its definition. */
static double
residual_at(const AssayArray *plane, size_t y, size_t x)
{
    double around[25];
    size_t n = 0, height = plane->shape[0], width = plane->shape[1];

    for (int dy = -2; dy <= 2; dy++) {
        for (int dx = -2; dx <= 2; dx++) {
            size_t v = (size_t)CLAMP((int)y + dy, 0, (int)height - 1);
            size_t u = (size_t)CLAMP((int)x + dx, 0, (int)width - 1);

            around[n++] = assay_array_value(plane, v * width + u);
        }
    }
    qsort(around, n, sizeof around[0], by_value);
    return assay_array_value(plane, y * width + x) - around[12];
}

static void
put(AssayArray *plane, size_t i, double value)
{
    if (plane->type == ASSAY_U8)
        ((guint8 *)plane->data)[i] = (guint8)value;
    else if (plane->type == ASSAY_U16)
        ((guint16 *)plane->data)[i] = (guint16)value;
    else if (plane->type == ASSAY_F32)
        ((float *)plane->data)[i] = (float)value;
    else
        ((double *)plane->data)[i] = value;
}

static void
check_plane(const AssayArray *plane)
{
    size_t height = plane->shape[0], width = plane->shape[1];
    g_autoptr(AssayResidual) self = assay_residual_new(plane->type, width, NULL);
    g_autofree double *row = g_new(double, width);

    for (size_t y = 0; y < height; y++) {
        assay_residual_row(self, plane->data, height, y, row);
        for (size_t x = 0; x < width; x++)
            g_assert_cmpfloat(row[x], ==, residual_at(plane, y, x));
    }
}

static void
test_definition(void)
{
    static const size_t sizes[][2] = { { 1, 1 }, { 1, 9 },   { 7, 1 },  { 2, 3 },
                                       { 5, 5 }, { 13, 40 }, { 20, 67 } };
    AssayRandom random;

    assay_random_init(&random, 1, "residual", "");
    for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
        for (size_t s = 0; s < G_N_ELEMENTS(sizes); s++) {
            g_autoptr(AssayArray) plane =
                assay_array_new(types[t], 2, sizes[s], NULL, G_MAXSIZE, NULL);

            for (size_t i = 0; i < assay_array_count(plane); i++)
                put(plane, i, assay_random_double(&random) * 255);
            check_plane(plane);
        }
    }
}

#define IN_INTS(a, b)                                                                              \
    do {                                                                                           \
        int low = MIN(v##a, v##b), high = MAX(v##a, v##b);                                         \
                                                                                                   \
        v##a = low;                                                                                \
        v##b = high;                                                                               \
    } while (FALSE);

static int
median_of(const int *v)
{
    int v0 = v[0], v1 = v[1], v2 = v[2], v3 = v[3], v4 = v[4], v5 = v[5], v6 = v[6], v7 = v[7],
        v8 = v[8], v9 = v[9], v10 = v[10], v11 = v[11], v12 = v[12], v13 = v[13], v14 = v[14],
        v15 = v[15], v16 = v[16], v17 = v[17], v18 = v[18], v19 = v[19], v20 = v[20], v21 = v[21],
        v22 = v[22], v23 = v[23], v24 = v[24];

    ASSAY_MEDIAN5_NETWORK(IN_INTS)
    return ASSAY_MEDIAN5_RESULT;
}

/* What orders zeros and ones orders all values (Knuth, The Art of Computer Programming 3, 5.3.4):
 * columns of 0 to 5 ones, which are in order already. */
static void
test_network(void)
{
    for (int code = 0; code < 6 * 6 * 6 * 6 * 6; code++) {
        int values[25], n_ones = 0, rest = code;

        for (int c = 0; c < 5; c++, rest /= 6) {
            for (int r = 0; r < 5; r++)
                values[5 * r + c] = r >= 5 - rest % 6 ? 1 : 0;
            n_ones += rest % 6;
        }
        g_assert_cmpint(median_of(values), ==, n_ones >= 13 ? 1 : 0);
    }
}

/* A pixel alone is all residual; an edge and a ramp of two directions have none. */
static void
test_meaning(void)
{
    const size_t shape[] = { 9, 9 };
    g_autoptr(AssayArray) plane = assay_array_new(ASSAY_U8, 2, shape, NULL, G_MAXSIZE, NULL);
    g_autoptr(AssayResidual) self = assay_residual_new(ASSAY_U8, 9, NULL);
    double row[9];

    memset(plane->data, 200, 81);
    put(plane, 4 * 9 + 4, 10);
    assay_residual_row(self, plane->data, 9, 4, row);
    g_assert_cmpfloat(row[4], ==, -190);
    g_assert_cmpfloat(row[3], ==, 0);
    for (size_t i = 0; i < 81; i++)
        put(plane, i, i % 9 < 4 ? 0 : 255);
    for (size_t y = 0; y < 9; y++) {
        assay_residual_row(self, plane->data, 9, y, row);
        for (size_t x = 0; x < 9; x++)
            g_assert_cmpfloat(row[x], ==, 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/residual/definition", test_definition);
    g_test_add_func("/residual/network", test_network);
    g_test_add_func("/residual/meaning", test_meaning);
    return g_test_run();
}
