/* tests/unit/test-array.c - shapes that overflow, axes that move, values of every type.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/array.h>
#include <assay/base/error.h>
#include <string.h>

static AssayArray *
new_array(AssayType type, size_t n_axes, const size_t *shape, const char *const *axes)
{
    g_autoptr(GError) error = NULL;
    AssayArray *array = assay_array_new(type, n_axes, shape, axes, G_MAXSIZE, &error);

    g_assert_no_error(error);
    return array;
}

static void
test_types(void)
{
    static const char *const names[] = { "u8",  "i8",  "u16", "i16", "u32",
                                         "i32", "u64", "i64", "f32", "f64" };
    static const size_t sizes[] = { 1, 1, 2, 2, 4, 4, 8, 8, 4, 8 }, shape[] = { 2 };

    for (guint t = 0; t < G_N_ELEMENTS(names); t++) {
        g_autoptr(AssayArray) array = new_array((AssayType)t, 1, shape, NULL);

        g_assert_cmpstr(assay_type_name((AssayType)t), ==, names[t]);
        g_assert_cmpuint(assay_type_size((AssayType)t), ==, sizes[t]);
        g_assert_cmpuint(assay_array_bytes(array), ==, 2 * sizes[t]);
        g_assert_cmpstr(array->axes[0], ==, "axis0");
        g_assert_true(assay_array_value(array, 0) == 0);
        switch ((AssayType)t) {
        case ASSAY_F32:
            ((float *)array->data)[1] = -2.5f;
            g_assert_true(assay_array_value(array, 1) == -2.5);
            break;
        case ASSAY_F64:
            ((double *)array->data)[1] = -0.1;
            g_assert_true(assay_array_value(array, 1) == -0.1);
            break;
        default: /* all bits set: -1, or the largest */
            memset((char *)array->data + sizes[t], 0xff, sizes[t]);
            if (t % 2 == 1)
                g_assert_true(assay_array_value(array, 1) == -1);
            else
                g_assert_true(assay_array_value(array, 1) ==
                              (double)(G_MAXUINT64 >> (64 - 8 * sizes[t])));
        }
    }
}

/* One after the other or apart, by themselves or as they are asked for one by one. */
static void
test_values(void)
{
    enum { N = 67 };
    static const size_t shape[] = { N };
    g_autoptr(GRand) random = g_rand_new_with_seed(3);

    for (guint t = 0; t < 10; t++) {
        g_autoptr(AssayArray) array = new_array((AssayType)t, 1, shape, NULL);
        double values[N];

        for (size_t i = 0; i < N; i++) {
            if (t == ASSAY_F32)
                ((float *)array->data)[i] = (float)g_rand_double_range(random, -9, 9);
            else if (t == ASSAY_F64)
                ((double *)array->data)[i] = g_rand_double_range(random, -9, 9);
        }
        for (size_t i = 0; t < ASSAY_F32 && i < assay_array_bytes(array); i++)
            ((guint8 *)array->data)[i] = (guint8)g_rand_int_range(random, 0, 256);
        for (size_t step = 1; step < 5; step++) {
            size_t first = step * 3, n = (N - first) / step;

            assay_array_every(array, first, step, n, values);
            for (size_t i = 0; i < n; i++)
                g_assert_true(values[i] == assay_array_value(array, first + i * step));
        }
        assay_array_values(array, 5, N - 5, values);
        for (size_t i = 0; i + 5 < N; i++)
            g_assert_true(values[i] == assay_array_value(array, 5 + i));
    }
}

static void
test_shape_count(void)
{
    const size_t big[] = { G_MAXSIZE, 2 }, root[] = { (size_t)1 << 32, (size_t)1 << 32 };
    const size_t empty[] = { G_MAXSIZE, G_MAXSIZE, 0, 3 }, fits[] = { 3, 5, 7 };
    size_t count = 99;

    g_assert_true(assay_shape_count(0, NULL, 8, G_MAXSIZE, &count));
    g_assert_cmpuint(count, ==, 1);
    g_assert_true(assay_shape_count(3, fits, 8, 3 * 5 * 7 * 8, &count));
    g_assert_cmpuint(count, ==, 105);
    g_assert_false(assay_shape_count(3, fits, 8, 3 * 5 * 7 * 8 - 1, &count));
    g_assert_false(assay_shape_count(2, big, 1, G_MAXSIZE, &count));
    g_assert_false(assay_shape_count(2, root, 1, G_MAXSIZE, &count));
    g_assert_false(assay_shape_count(1, big, 2, G_MAXSIZE, &count));
    g_assert_true(assay_shape_count(4, empty, 8, 0, &count));
    g_assert_cmpuint(count, ==, 0);
}

static void
assert_refused(size_t n_axes, const size_t *shape, size_t max_bytes, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayArray) array =
        assay_array_new(ASSAY_F64, n_axes, shape, NULL, max_bytes, &error);

    g_assert_null(array);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    if (error != NULL)
        g_assert_nonnull(strstr(error->message, says));
}

static void
test_limits(void)
{
    const size_t ones[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, large[] = { 1000, 1000 };
    const size_t empty[] = { (size_t)1 << 60, 0 };
    g_autoptr(AssayArray) most = new_array(ASSAY_U8, 8, ones, NULL);
    g_autoptr(AssayArray) nothing = new_array(ASSAY_F64, 2, empty, NULL);

    g_assert_cmpuint(assay_array_count(most), ==, 1);
    g_assert_cmpuint(assay_array_bytes(nothing), ==, 0);
    g_assert_nonnull(nothing->data);
    assert_refused(9, ones, G_MAXSIZE, "an array of 9 axes; at most 8 are read");
    assert_refused(2, large, 7999999, "[1000, 1000]");
    assert_refused(2, large, 7999999, "--max-sample");
}

static void
test_axes(void)
{
    static const char *const before[] = { "time", "pitch", NULL };
    static const char *const after[] = { "row", "column", NULL };
    const size_t shape[] = { 2, 3 };
    g_autoptr(AssayArray) array = new_array(ASSAY_U8, 2, shape, before);

    g_assert_cmpint(assay_array_axis(array, "pitch"), ==, 1);
    g_assert_cmpint(assay_array_axis(array, "row"), ==, -1);
    assay_array_name_axes(array, after);
    g_assert_cmpint(assay_array_axis(array, "row"), ==, 0);
    g_assert_cmpint(assay_array_axis(array, "pitch"), ==, -1);
    assay_array_name_axes(array, (const char *const *)array->axes); /* by its own names */
    g_assert_cmpint(assay_array_axis(array, "column"), ==, 1);
}

/* A random order, and the value at each place found by its coordinates. */
static void
transpose_once(GRand *random)
{
    g_autoptr(GError) error = NULL;
    AssayType type = (AssayType)g_rand_int_range(random, 0, 10);
    size_t n_axes = (size_t)g_rand_int_range(random, 0, 6), shape[ASSAY_MAX_AXES] = { 0 };
    size_t order[ASSAY_MAX_AXES] = { 0 }, n;
    g_autoptr(AssayArray) array = NULL, moved = NULL;

    for (size_t i = 0; i < n_axes; i++) {
        size_t k = (size_t)g_rand_int_range(random, 0, (gint32)i + 1);

        shape[i] = (size_t)g_rand_int_range(random, g_rand_int_range(random, 0, 8) == 0 ? 0 : 1, 5);
        order[i] = order[k];
        order[k] = i;
    }
    array = new_array(type, n_axes, shape, NULL);
    n = assay_array_bytes(array);
    for (size_t i = 0; i < n; i++)
        ((guint8 *)array->data)[i] = (guint8)g_rand_int(random);
    moved = assay_array_transpose(array, order, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < n_axes; i++) {
        g_assert_cmpuint(moved->shape[i], ==, shape[order[i]]);
        g_assert_cmpstr(moved->axes[i], ==, array->axes[order[i]]);
    }
    for (size_t to = 0; to < assay_array_count(moved); to++) {
        size_t at[ASSAY_MAX_AXES] = { 0 }, rest = to, from = 0, size = assay_type_size(type);

        for (size_t i = n_axes; i-- > 0; rest /= moved->shape[i])
            at[order[i]] = rest % moved->shape[i];
        for (size_t i = 0; i < n_axes; i++)
            from = from * shape[i] + at[i];
        if (memcmp((char *)moved->data + to * size, (char *)array->data + from * size, size) != 0) {
            g_test_fail_printf("value %" G_GSIZE_FORMAT " is not where it belongs", to);
            return;
        }
    }
}

static void
test_transpose(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    for (int i = 0; i < 2000; i++)
        transpose_once(random);
}

static void
test_slice(void)
{
    static const char *const axes[] = { "item", "time", NULL };
    const size_t shape[] = { 4, 3 }, empty_shape[] = { 0, 3 };
    g_autoptr(AssayArray) array = new_array(ASSAY_U16, 2, shape, axes);
    g_autoptr(AssayArray) empty = new_array(ASSAY_U16, 2, empty_shape, axes);

    for (guint16 i = 0; i < 12; i++)
        ((guint16 *)array->data)[i] = i;
    for (size_t start = 0; start <= 4; start++) {
        for (size_t count = 0; start + count <= 4; count++) {
            g_autoptr(AssayArray) part = assay_array_slice(array, start, count, NULL);

            g_assert_cmpuint(part->shape[0], ==, count);
            g_assert_cmpuint(part->shape[1], ==, 3);
            g_assert_cmpstr(part->axes[0], ==, "item");
            g_assert_cmpuint(assay_array_bytes(part), ==, 6 * count);
            g_assert_true(memcmp(part->data, (guint16 *)array->data + 3 * start, 6 * count) == 0);
        }
    }
    {
        g_autoptr(AssayArray) part = assay_array_slice(empty, 0, 0, NULL);

        g_assert_cmpuint(assay_array_count(part), ==, 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/array/types", test_types);
    g_test_add_func("/array/values", test_values);
    g_test_add_func("/array/shape-count", test_shape_count);
    g_test_add_func("/array/limits", test_limits);
    g_test_add_func("/array/axes", test_axes);
    g_test_add_func("/array/transpose", test_transpose);
    g_test_add_func("/array/slice", test_slice);
    return g_test_run();
}
