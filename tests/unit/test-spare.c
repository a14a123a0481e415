/* tests/unit/test-spare.c - large pieces that wait, and arrays that are made of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/array.h>
#include <assay/base/floats.h>
#include <assay/base/spare-private.h>
#include <string.h>

enum { MIB = 1 << 20 };

/* A piece of @size, filled with @value. */
static guint8 *
filled(size_t size, int value)
{
    return memset(g_malloc(size), value, size);
}

static void
assert_filled(const guint8 *data, size_t size, int value)
{
    g_assert_cmpint(data[0], ==, value);
    g_assert_cmpint(memcmp(data, data + 1, size - 1), ==, 0);
}

static void
test_waits(void)
{
    guint8 *piece = filled(16 * MIB, 7), *taken;

    g_assert_null(assay_spare_take(16 * MIB));
    assay_spare_give(piece, 16 * MIB);
    taken = assay_spare_take(16 * MIB);
    g_assert_true(taken == piece);
    g_assert_null(assay_spare_take(16 * MIB));
    assay_spare_give(NULL, 16 * MIB);
    g_assert_null(assay_spare_take(16 * MIB));
    g_free(taken);
}

/* Whatever the size of the one that waits. */
static void
test_other_sizes(void)
{
    guint8 *taken;

    assay_spare_give(filled(16 * MIB, 7), 16 * MIB);
    taken = assay_spare_take(24 * MIB);
    g_assert_nonnull(taken);
    assert_filled(taken, 16 * MIB, 7);
    memset(taken, 8, 24 * MIB);
    assay_spare_give(taken, 24 * MIB);
    taken = assay_spare_take(9 * MIB + 1);
    g_assert_nonnull(taken);
    assert_filled(taken, 9 * MIB + 1, 8);
    g_free(taken);
}

/* Of @n_given pieces of @size so many wait. */
static void
give_and_take(size_t size, size_t n_given, size_t n_waiting)
{
    for (size_t i = 0; i < n_given; i++)
        assay_spare_give(g_malloc(size), size);
    for (size_t i = 0; i < n_waiting; i++) {
        gpointer taken = assay_spare_take(ASSAY_SPARE_LEAST);

        g_assert_nonnull(taken);
        g_free(taken);
    }
    g_assert_null(assay_spare_take(ASSAY_SPARE_LEAST));
}

static void
test_bounds(void)
{
    const size_t not_kept[] = { 1, ASSAY_SPARE_LEAST - 1, ASSAY_SPARE_MOST + 1 };

    for (size_t i = 0; i < G_N_ELEMENTS(not_kept); i++) {
        assay_spare_give(g_malloc(not_kept[i]), not_kept[i]);
        g_assert_null(assay_spare_take(ASSAY_SPARE_LEAST));
    }
    assay_spare_give(g_malloc(ASSAY_SPARE_LEAST), ASSAY_SPARE_LEAST);
    g_assert_null(assay_spare_take(ASSAY_SPARE_LEAST - 1));
    g_assert_null(assay_spare_take(ASSAY_SPARE_MOST + 1));
    give_and_take(ASSAY_SPARE_LEAST, ASSAY_SPARE_PIECES + 1, ASSAY_SPARE_PIECES);
    give_and_take(ASSAY_SPARE_MOST, ASSAY_SPARE_PIECES, ASSAY_SPARE_TOTAL / ASSAY_SPARE_MOST);
    give_and_take(ASSAY_SPARE_MOST, 1, 1); /* what was taken counts no more */
}

/* What is still to grow gets all of it. */
static void
test_whole(void)
{
    size_t size = 9 * MIB;
    guint8 *taken;

    g_assert_null(assay_spare_take_whole(&size));
    assay_spare_give(filled(16 * MIB, 7), 16 * MIB);
    taken = assay_spare_take_whole(&size);
    g_assert_cmpuint(size, ==, 16 * MIB);
    assert_filled(taken, size, 7);
    assay_spare_give(taken, size);
    size = 20 * MIB;
    taken = assay_spare_take_whole(&size);
    g_assert_cmpuint(size, ==, 20 * MIB);
    assert_filled(taken, 16 * MIB, 7);
    g_free(taken);
}

/* Values that are added one block after the other are as they would be in new memory. */
static void
test_floats(void)
{
    enum { BLOCK = 1000, N = 5000 };
    AssayFloats floats = { .max_bytes = N * BLOCK * sizeof(float) };

    assay_spare_give(filled(16 * MIB, 7), 16 * MIB);
    for (size_t i = 0; i < N; i++) {
        float *added = assay_floats_add(&floats, BLOCK, NULL);

        g_assert_nonnull(added);
        for (size_t k = 0; k < BLOCK; k++)
            added[k] = (float)(i * BLOCK + k);
    }
    g_assert_null(assay_spare_take(ASSAY_SPARE_LEAST));
    for (size_t i = 0; i < N * BLOCK; i++)
        g_assert_true(floats.values[i] == (float)i);
    g_assert_null(assay_floats_add(&floats, 1, NULL));
    assay_floats_clear(&floats);
}

/* Arrays get their values from there, and those that are to be zeros are. */
static void
test_arrays(void)
{
    const size_t shape[] = { 3 * MIB, 4 }, larger[] = { 5 * MIB, 4 };
    AssayArray *array = assay_array_new_unset(ASSAY_F32, 2, shape, NULL, G_MAXSIZE, NULL);
    gpointer data = array->data;

    memset(array->data, 0xff, assay_array_bytes(array));
    assay_array_free(array);
    array = assay_array_new(ASSAY_I32, 2, shape, NULL, G_MAXSIZE, NULL);
    g_assert_true(array->data == data);
    assert_filled(array->data, assay_array_bytes(array), 0);
    memset(array->data, 0xff, assay_array_bytes(array));
    assay_array_free(array);
    array = assay_array_new(ASSAY_F32, 2, larger, NULL, G_MAXSIZE, NULL);
    assert_filled(array->data, assay_array_bytes(array), 0);
    assay_array_free(array);
    g_free(assay_spare_take(ASSAY_SPARE_LEAST));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spare/waits", test_waits);
    g_test_add_func("/spare/other-sizes", test_other_sizes);
    g_test_add_func("/spare/bounds", test_bounds);
    g_test_add_func("/spare/whole", test_whole);
    g_test_add_func("/spare/floats", test_floats);
    g_test_add_func("/spare/arrays", test_arrays);
    return g_test_run();
}
