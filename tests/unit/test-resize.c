/* tests/unit/test-resize.c - pictures in another size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/image/resize.h>
#include <string.h>

static AssayArray *
new_pixels(AssayType type, size_t items, size_t height, size_t width, size_t channels)
{
    AssayPixelLayout layout = { MAX(items, 1),    height,    width,
                                MAX(channels, 1), items > 0, channels > 0 };

    return assay_pixels_new(type, &layout, G_MAXSIZE, NULL);
}

static AssayArray *
resize(const AssayArray *pixels, size_t width, size_t height)
{
    g_autoptr(GError) error = NULL;
    AssayArray *result = assay_resize_area(pixels, "x", width, height, G_MAXSIZE, &error);

    g_assert_no_error(error);
    return result;
}

static void
assert_u8(const AssayArray *array, const guint8 *values, size_t n)
{
    g_assert_cmpuint(assay_array_count(array), ==, n);
    g_assert_true(memcmp(array->data, values, n) == 0);
}

static void
test_halves(void)
{
    static const guint8 values[] = { 0, 1, 10, 20, 2, 4, 30, 41 };
    static const guint8 wanted[] = { 2, 25 }; /* 7 / 4, and 101 / 4 = 25.25 */
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_U8, 0, 2, 4, 0);
    g_autoptr(AssayArray) result = NULL;

    memcpy(pixels->data, values, sizeof values);
    result = resize(pixels, 2, 1);
    g_assert_cmpuint(result->n_axes, ==, 2);
    g_assert_cmpstr(result->axes[0], ==, "row");
    assert_u8(result, wanted, sizeof wanted);
}

/* A half is rounded up, and only once: 1 and 0 over 2 x 2 with one 1 more. */
static void
test_rounding(void)
{
    static const guint8 values[] = { 1, 0, 1, 0 }, wanted[] = { 1 };
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_U8, 0, 2, 2, 0);
    g_autoptr(AssayArray) result = NULL;

    memcpy(pixels->data, values, sizeof values);
    result = resize(pixels, 1, 1);
    assert_u8(result, wanted, 1);
}

/* Three columns to two: each covers one and a half. */
static void
test_parts(void)
{
    static const guint16 values[] = { 300, 3000, 60000 };
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_U16, 0, 1, 3, 0);
    g_autoptr(AssayArray) result = NULL;

    memcpy(pixels->data, values, sizeof values);
    result = resize(pixels, 2, 1);
    g_assert_cmpuint(((guint16 *)result->data)[0], ==, 1200);  /* (2 * 300 + 3000) / 3 */
    g_assert_cmpuint(((guint16 *)result->data)[1], ==, 41000); /* (3000 + 2 * 60000) / 3 */
}

static void
test_larger(void)
{
    static const guint8 values[] = { 10, 20, 30, 40 };
    static const guint8 wanted[] = { 10, 15, 20, 20, 25, 30, 30, 35, 40 };
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_U8, 0, 2, 2, 0);
    g_autoptr(AssayArray) result = NULL, twice = NULL, back = NULL;

    memcpy(pixels->data, values, sizeof values);
    result = resize(pixels, 3, 3);
    assert_u8(result, wanted, sizeof wanted);
    twice = resize(pixels, 6, 4);
    back = resize(twice, 2, 2);
    assert_u8(back, values, sizeof values);
}

/* Items and channels are kept apart; a mean of floats is not rounded to anything. */
static void
test_items_and_channels(void)
{
    static const float values[] = { 0.F, 1.F, 0.5F, 2.F, -1.F, 0.25F, 3.F, 0.75F };
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_F32, 2, 1, 2, 2);
    g_autoptr(AssayArray) result = NULL;
    const float *mean;

    memcpy(pixels->data, values, sizeof values);
    result = resize(pixels, 1, 1);
    mean = result->data;
    g_assert_cmpuint(result->n_axes, ==, 4);
    g_assert_cmpuint(result->shape[0], ==, 2);
    g_assert_cmpfloat((double)mean[0], ==, 0.25);
    g_assert_cmpfloat((double)mean[1], ==, 1.5);
    g_assert_cmpfloat((double)mean[2], ==, 1.0);
    g_assert_cmpfloat((double)mean[3], ==, 0.5);
}

/* The same size is the same picture; white stays white in any size. */
static void
test_invariants(void)
{
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_U16, 0, 7, 5, 3);
    g_autoptr(AssayArray) same = NULL;
    guint16 *values = pixels->data;

    for (size_t i = 0; i < assay_array_count(pixels); i++)
        values[i] = (guint16)(i * 40503u);
    same = resize(pixels, 5, 7);
    g_assert_cmpuint(assay_array_bytes(same), ==, assay_array_bytes(pixels));
    g_assert_true(memcmp(same->data, values, assay_array_bytes(pixels)) == 0);
    memset(values, 0xff, assay_array_bytes(pixels));
    for (size_t size = 1; size < 20; size++) {
        g_autoptr(AssayArray) white = resize(pixels, size, 20 - size);

        for (size_t i = 0; i < assay_array_count(white); i++)
            g_assert_cmpuint(((guint16 *)white->data)[i], ==, 65535);
    }
}

static void
test_refusals(void)
{
    static const char *const axes[] = { "time", "mel", NULL };
    static const size_t shape[] = { 2, 3 };
    g_autoptr(AssayArray) mel = assay_array_new(ASSAY_F32, 2, shape, axes, G_MAXSIZE, NULL);
    g_autoptr(AssayArray) empty = new_pixels(ASSAY_U8, 0, 0, 4, 0);
    g_autoptr(AssayArray) pixels = new_pixels(ASSAY_U8, 0, 4, 4, 0);
    g_autoptr(AssayArray) plane = new_pixels(ASSAY_U8, 3, 4, 4, 1);
    g_autoptr(GError) error = NULL;
    AssayPixelLayout layout;

    g_assert_null(assay_resize_area(mel, "x", 1, 1, G_MAXSIZE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_assert_cmpstr(error->message, ==,
                    "x: its axes are time, mel; those of pictures are row, column and perhaps "
                    "channel, with item before them where there are several");
    g_clear_error(&error);
    g_assert_null(assay_resize_area(empty, "x", 1, 1, G_MAXSIZE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==,
                    "x: pictures of 4 x 0 pixels cannot be brought to a size: there is nothing to "
                    "average");
    g_clear_error(&error);
    g_assert_null(assay_resize_area(pixels, "x", 0, 1, G_MAXSIZE, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, "x: pictures of 4 x 4 pixels cannot be brought to 0 x 1");
    g_clear_error(&error);
    g_assert_null(assay_resize_area(pixels, "x", 100, 100, 9999, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    g_free(plane->axes[3]);
    plane->axes[3] = g_strdup("depth");
    g_assert_false(assay_pixel_layout(plane, "x", &layout, &error));
    g_assert_cmpstr(error->message, ==, "x: has an axis \"depth\", which pictures have not");
    g_clear_error(&error);
    plane->type = ASSAY_I8;
    plane->n_axes = 3;
    g_assert_false(assay_pixel_layout(plane, "x", &layout, &error));
    g_assert_cmpstr(error->message, ==, "x: is of type i8; pictures are u8, u16 or f32");
    plane->n_axes = 4;
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/resize/halves", test_halves);
    g_test_add_func("/resize/rounding", test_rounding);
    g_test_add_func("/resize/parts", test_parts);
    g_test_add_func("/resize/larger", test_larger);
    g_test_add_func("/resize/items-and-channels", test_items_and_channels);
    g_test_add_func("/resize/invariants", test_invariants);
    g_test_add_func("/resize/refusals", test_refusals);
    return g_test_run();
}
