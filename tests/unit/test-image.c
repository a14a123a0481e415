/* tests/unit/test-image.c - files of pictures, and what the stage makes of arrays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/image/image.h>
#include <assay/media/jpeg-quality-private.h>
#include <assay/media/picture-private.h>
#include <math.h>
#include <string.h>

/* A sample with "array" of these values. */
static AssaySample *
new_array(AssayType type, const char *const *axes, const size_t *shape, size_t n_axes,
          const void *values)
{
    AssaySample *sample = assay_sample_new("x");
    AssayArray *array = assay_array_new(type, n_axes, shape, axes, G_MAXSIZE, NULL);

    memcpy(array->data, values, assay_array_bytes(array));
    assay_sample_take_field(sample, "array", array, NULL);
    if (strcmp(axes[0], "item") == 0)
        assay_sample_set_items(sample, 0, shape[0]);
    return sample;
}

/* Options as key, value ... %NULL; %FALSE with @error of the stage. */
static gboolean
run(AssaySample *sample, const char *const *options, GError **error)
{
    AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = NULL;

    for (size_t i = 0; options[i] != NULL; i += 2)
        g_assert_true(assay_image_config_set(&config, options[i], options[i + 1], NULL));
    stage = assay_image_stage(&config);
    assay_image_config_clear(&config);
    return stage->apply(stage, NULL, sample, error);
}

static const AssayArray *
pixels_of(AssaySample *sample, const char *const *options)
{
    g_autoptr(GError) error = NULL;

    if (!run(sample, options, &error))
        g_assert_no_error(error);
    return assay_sample_field(sample, "pixels", NULL);
}

static double
meta_real(AssaySample *sample, const char *key)
{
    return assay_json_peek_real(assay_json_get(assay_sample_field_meta(sample, "pixels"), key));
}

/* Grey: 4899 R + 9617 G + 1868 B, rounded at 2^13: 0.299, 0.587, 0.114. */
static void
test_grey(void)
{
    static const char *const axes[] = { "row", "column", "channel", NULL };
    static const size_t shape[] = { 1, 2, 3 };
    static const guint8 values[] = { 255, 0, 0, 0, 255, 0 };
    static const guint16 wide[] = { 65535, 65535, 65535, 0, 0, 65535 };
    static const char *const options[] = { "grey", "yes", NULL };
    g_autoptr(AssaySample) bytes = new_array(ASSAY_U8, axes, shape, 3, values);
    g_autoptr(AssaySample) words = new_array(ASSAY_U16, axes, shape, 3, wide);
    const AssayArray *grey = pixels_of(bytes, options);

    g_assert_cmpuint(grey->n_axes, ==, 2);
    g_assert_cmpuint(((guint8 *)grey->data)[0], ==, 76);
    g_assert_cmpuint(((guint8 *)grey->data)[1], ==, 150); /* 149.68 */
    g_assert_false(assay_sample_has(bytes, "array"));
    grey = pixels_of(words, options);
    g_assert_cmpuint(((guint16 *)grey->data)[0], ==, 65535);
    g_assert_cmpuint(((guint16 *)grey->data)[1], ==, 7472); /* 65535 * 1868 / 16384 = 7471.9 */
    g_assert_cmpfloat(meta_real(words, "full_scale"), ==, 65535);
}

static void
test_range(void)
{
    static const char *const axes[] = { "item", "row", "column", NULL };
    static const size_t shape[] = { 1, 1, 4 };
    static const float values[] = { -1.F, 0.F, 1.F, 1.5F };
    g_autoptr(AssaySample) sample = new_array(ASSAY_F32, axes, shape, 3, values);
    const AssayArray *pixels = pixels_of(sample, (const char *const[]){ "range", "-1:1", NULL });
    const float *unit = pixels->data;

    g_assert_cmpfloat((double)unit[0], ==, 0);
    g_assert_cmpfloat((double)unit[1], ==, 0.5);
    g_assert_cmpfloat((double)unit[2], ==, 1);
    g_assert_cmpfloat((double)unit[3], ==, 1.25);
    g_assert_cmpfloat(meta_real(sample, "outside_range"), ==, 1);
    g_assert_cmpfloat(meta_real(sample, "full_scale"), ==, 1);
}

/* A scale that is none is not taken for one, nor handed on. */
static void
test_no_scale(void)
{
    static const char *const axes[] = { "row", "column", NULL };
    static const size_t shape[] = { 1, 2 };
    static const guint8 bytes[] = { 0, 255 };
    static const float reals[] = { 0.F, 1.F };
    static const char *const scales[] = { "\"255\"", "null", "true", "[255]", "0", "-1" };

    for (size_t i = 0; i < 2 * G_N_ELEMENTS(scales); i++) {
        gboolean is_real = i % 2 == 1;
        g_autoptr(AssaySample) sample = new_array(is_real ? ASSAY_F32 : ASSAY_U8, axes, shape, 2,
                                                  is_real ? (const void *)reals : bytes);
        AssayJson *fields = assay_json_get(assay_sample_meta(sample), "fields");
        g_autofree char *meta = g_strdup_printf("{\"full_scale\":%s}", scales[i / 2]);
        g_autoptr(GError) error = NULL;

        assay_json_set_take(fields, "array", assay_json_parse(meta, strlen(meta), "meta", NULL));
        g_assert_false(run(sample, (const char *const[]){ NULL }, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_META);
        g_assert_cmpstr(error->message, ==,
                        "x: full_scale in the metadata of its array is no number above 0; it is "
                        "the value that stands for 1, as 255");
    }
}

/* v / 127.5 - 1 of all bytes, and back: quantised, and each its own byte again. */
static void
test_quantise(void)
{
    static const char *const axes[] = { "row", "column", NULL };
    static const size_t shape[] = { 16, 16 };
    static const char *const options[] = { "range", "-1:1", "quantise", "8", NULL };
    float values[256];
    g_autoptr(AssaySample) sample = NULL;
    const AssayArray *pixels;
    const AssayJson *meta;

    for (int i = 0; i < 256; i++)
        values[i] = (float)i / 127.5F - 1.F;
    sample = new_array(ASSAY_F32, axes, shape, 2, values);
    pixels = pixels_of(sample, options);
    for (int i = 0; i < 256; i++)
        g_assert_cmpint(((guint8 *)pixels->data)[i], ==, i);
    meta = assay_sample_field_meta(sample, "pixels");
    g_assert_true(assay_json_is_true(assay_json_get(meta, "quantised")));
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(meta, "clipped")), ==, 0);
    values[5] += 0.002F;
    assay_sample_free(g_steal_pointer(&sample));
    sample = new_array(ASSAY_F32, axes, shape, 2, values);
    pixels_of(sample, options);
    meta = assay_sample_field_meta(sample, "pixels");
    g_assert_false(assay_json_is_true(assay_json_get(meta, "quantised")));
}

/* What the channels of a pixel are, whatever the order of the axes. */
static void
test_order(void)
{
    static const char *const axes[] = { "channel", "row", "column", NULL };
    static const size_t shape[] = { 2, 1, 2 };
    static const guint8 values[] = { 1, 2, 255, 255 }, wanted[] = { 1, 255, 2, 255 };
    g_autoptr(AssaySample) sample = new_array(ASSAY_U8, axes, shape, 3, values);
    const AssayArray *pixels = pixels_of(sample, (const char *const[]){ NULL });

    g_assert_cmpstr(pixels->axes[2], ==, "channel");
    g_assert_true(memcmp(pixels->data, wanted, sizeof wanted) == 0);
    pixels = pixels_of(sample, (const char *const[]){ "grey", "yes", NULL });
    g_assert_cmpuint(pixels->n_axes, ==, 2); /* alpha is opaque */
    g_assert_cmpuint(((guint8 *)pixels->data)[1], ==, 2);
}

static void
test_not_finite(void)
{
    static const char *const axes[] = { "item", "row", "column", NULL };
    static const size_t shape[] = { 2, 1, 2 };
    const float values[] = { 0.F, 1.F, 1.F, -INFINITY };
    g_autoptr(AssaySample) sample = new_array(ASSAY_F32, axes, shape, 3, values);
    g_autoptr(GError) error = NULL;

    g_assert_false(run(sample, (const char *const[]){ "range", "-9:9", NULL }, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, "x: item 1, row 0, column 1: the value is -inf, no pixel");
}

static void
test_options(void)
{
    AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_image_config_set(&config, "blur", "3", &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, "pictures have no option \"blur\"");
    g_assert_false(assay_image_config_set(&config, "grey", "perhaps", NULL));
    g_assert_true(assay_image_config_set(&config, "grey", "no", NULL));
    g_assert_true(assay_image_config_set(&config, "crop", "8x4+2+1", NULL));
    g_assert_true(assay_image_config_set(&config, "size", "2x1", NULL));
    g_assert_true(assay_image_config_set(&config, "channels", "rgb", NULL));
    g_assert_true(assay_image_config_set(&config, "range", "-1:1", NULL));
    stage = assay_image_stage(&config);
    assay_json_print(text, stage->options);
    g_assert_cmpstr(text->str, ==,
                    "{\"channels\":\"rgb\",\"crop\":\"8x4+2+1\",\"full-scale\":\"255\","
                    "\"grey\":\"no\",\"size\":\"2x1\"}");
    assay_image_config_clear(&config);
}

/* The eight ways a picture of 3 x 2 can lie, each stored so that it shows 1 2 3 / 4 5 6 upright. */
static void
test_orientations(void)
{
    static const struct {
        guint orientation;
        size_t height, width;
        guint8 stored[6];
    } cases[] = {
        { 1, 2, 3, { 1, 2, 3, 4, 5, 6 } }, { 2, 2, 3, { 3, 2, 1, 6, 5, 4 } },
        { 3, 2, 3, { 6, 5, 4, 3, 2, 1 } }, { 4, 2, 3, { 4, 5, 6, 1, 2, 3 } },
        { 5, 3, 2, { 1, 4, 2, 5, 3, 6 } }, { 6, 3, 2, { 3, 6, 2, 5, 1, 4 } },
        { 7, 3, 2, { 6, 3, 5, 2, 4, 1 } }, { 8, 3, 2, { 4, 1, 5, 2, 6, 3 } },
    };
    static const guint8 upright[] = { 1, 2, 3, 4, 5, 6 };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        AssayArray *pixels =
            assay_picture_new(ASSAY_U8, cases[i].width, cases[i].height, 1, G_MAXSIZE, NULL);
        const AssayArray *array;

        memcpy(pixels->data, cases[i].stored, sizeof cases[i].stored);
        g_assert_true(assay_picture_take(sample, pixels, assay_picture_meta(255, 8, "grey"),
                                         cases[i].orientation, NULL));
        array = assay_sample_field(sample, "array", NULL);
        g_assert_cmpuint(array->shape[0], ==, 2);
        g_assert_cmpuint(array->shape[1], ==, 3);
        g_assert_true(memcmp(array->data, upright, sizeof upright) == 0);
    }
}

static void
test_exif(void)
{
    static const guint8 little[] = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
    static const guint8 big[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
    guint8 wrong[sizeof little];

    g_assert_cmpuint(assay_exif_orientation(little, sizeof little - 1), ==, 6);
    g_assert_cmpuint(assay_exif_orientation(big, sizeof big - 1), ==, 8);
    for (size_t n = 0; n < sizeof little - 1; n++)
        g_assert_cmpuint(assay_exif_orientation(little, n), ==, 1);
    memcpy(wrong, little, sizeof wrong);
    wrong[18] = 9;
    g_assert_cmpuint(assay_exif_orientation(wrong, sizeof wrong), ==, 1);
    memcpy(wrong, little, sizeof wrong);
    memset(wrong + 4, 0xff, 4);
    g_assert_cmpuint(assay_exif_orientation(wrong, sizeof wrong), ==, 1);
}

/* Table K.1 is that of quality 50; all ones that of 100. */
static void
test_quality(void)
{
    guint16 table[64] = { 16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
                          14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
                          18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
                          49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99 };

    g_assert_cmpint(assay_jpeg_quality(table), ==, 50);
    table[63]++;
    g_assert_cmpint(assay_jpeg_quality(table), ==, 50);
    for (size_t i = 0; i < 64; i++)
        table[i] = 1;
    g_assert_cmpint(assay_jpeg_quality(table), ==, 100);
    for (size_t i = 0; i < 64; i++)
        table[i] = 255;
    g_assert_cmpint(assay_jpeg_quality(table), ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/image/grey", test_grey);
    g_test_add_func("/image/range", test_range);
    g_test_add_func("/image/no-scale", test_no_scale);
    g_test_add_func("/image/quantise", test_quantise);
    g_test_add_func("/image/order", test_order);
    g_test_add_func("/image/not-finite", test_not_finite);
    g_test_add_func("/image/options", test_options);
    g_test_add_func("/image/orientations", test_orientations);
    g_test_add_func("/image/exif", test_exif);
    g_test_add_func("/image/quality", test_quality);
    return g_test_run();
}
