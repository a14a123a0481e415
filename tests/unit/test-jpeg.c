/* tests/unit/test-jpeg.c - JPEG files made here: pixels as libjpeg has them, and how they were
 * made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/image.h>
#include <assay/media/jpeglib-private.h>
#include <assay/media/picture.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 19 };

/* A picture of @n_channels. */
static GBytes *
encode(size_t width, int n_channels, int quality, gboolean has_scans)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr handlers;
    g_autofree guint8 *row = g_malloc(width * (size_t)n_channels);
    unsigned char *data = NULL;
    unsigned long size = 0;
    GBytes *bytes;

    jpeg.err = jpeg_std_error(&handlers);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = (JDIMENSION)width;
    jpeg.image_height = ROWS;
    jpeg.input_components = n_channels;
    jpeg.in_color_space = n_channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    if (has_scans)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t k = 0; k < width * (size_t)n_channels; k++)
            row[k] = (guint8)(k * k * 7 + 13 * i + i * k);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    bytes = g_bytes_new(data, size);
    free(data);
    return bytes;
}

/* All rows, as libjpeg leaves them where it is given a place for each. */
static GBytes *
decode(GBytes *bytes)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr handlers;
    GByteArray *pixels = g_byte_array_new();
    size_t size, row_size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autofree guint8 *row = NULL;

    jpeg.err = jpeg_std_error(&handlers);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, data, size);
    jpeg_read_header(&jpeg, TRUE);
    jpeg_start_decompress(&jpeg);
    row_size = (size_t)jpeg.output_width * (size_t)jpeg.output_components;
    row = g_malloc(row_size);
    while (jpeg.output_scanline < jpeg.output_height) {
        jpeg_read_scanlines(&jpeg, &row, 1);
        g_byte_array_append(pixels, row, (guint)row_size);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return g_byte_array_free_to_bytes(pixels);
}

static AssaySample *
read_picture(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    AssaySample *sample = assay_sample_new("x");

    assay_jpeg_medium.decode(sample, bytes, ASSAY_MAX_SAMPLE, &error);
    g_assert_no_error(error);
    return sample;
}

static void
assert_meta(AssaySample *sample, const char *field, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);

    assay_json_print(text, assay_sample_field_meta(sample, field));
    g_assert_cmpstr(text->str, ==, expected);
}

/* Rows of some widths lie where a vector would, those of others do not, or some do. */
static void
test_rows(void)
{
    static const size_t widths[] = { 1, 10, 16, 31, 32, 48, 64, 100, 256, 333 };

    for (size_t i = 0; i < 4 * G_N_ELEMENTS(widths); i++) {
        size_t width = widths[i / 4];
        g_autoptr(GBytes) file = encode(width, i % 4 < 2 ? 3 : 1, 90, i % 2 == 1);
        g_autoptr(GBytes) expected = decode(file);
        g_autoptr(AssaySample) sample = read_picture(file);
        const AssayArray *pixels = assay_sample_field(sample, "array", NULL);
        size_t size;
        const void *data = g_bytes_get_data(expected, &size);

        g_assert_cmpuint(pixels->shape[0], ==, ROWS);
        g_assert_cmpuint(pixels->shape[1], ==, width);
        g_assert_cmpuint(assay_array_bytes(pixels), ==, size);
        g_assert_true(memcmp(pixels->data, data, size) == 0);
    }
}

#define COLOUR(tables, quality, rest)                                                              \
    "{\"axes\":[\"row\",\"column\",\"channel\"],\"bit_depth\":8,"                                  \
    "\"channels\":[\"red\",\"green\",\"blue\"],\"colour\":\"ycbcr\",\"full_scale\":255,"           \
    "\"jpeg_quality\":" quality ",\"jpeg_subsampling\":\"4:2:0\",\"jpeg_tables\":\"" tables        \
    "\"" rest "}"
#define GREY(tables, quality)                                                                      \
    "{\"axes\":[\"row\",\"column\"],\"bit_depth\":8,\"colour\":\"grey\",\"full_scale\":255,"       \
    "\"jpeg_quality\":" quality ",\"jpeg_tables\":\"" tables "\"}"

/* Each is said to be as it is, whatever came before it. */
static void
test_descriptions(void)
{
    static const struct {
        int n_channels, quality;
        gboolean has_scans;
        const char *meta;
    } files[] = {
        { 3, 90, FALSE, COLOUR("0839335b12534443", "90", "") },
        { 3, 90, FALSE, COLOUR("0839335b12534443", "90", "") },
        { 3, 50, FALSE, COLOUR("2bfe0d5e7c22b692", "50", "") },
        { 1, 50, FALSE, GREY("6b8c24f685d04fe8", "50") },
        { 3, 50, TRUE, COLOUR("2bfe0d5e7c22b692", "50", ",\"progressive\":true") },
        { 3, 50, FALSE, COLOUR("2bfe0d5e7c22b692", "50", "") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GBytes) file =
            encode(20, files[i].n_channels, files[i].quality, files[i].has_scans);
        g_autoptr(AssaySample) sample = read_picture(file);

        assert_meta(sample, "array", files[i].meta);
    }
}

/* What a stage says of one picture is not said of the next. */
static void
test_apart(void)
{
    AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autoptr(GBytes) file = encode(20, 3, 90, FALSE);
    g_autoptr(GByteArray) longer = g_byte_array_new();
    g_autoptr(GBytes) appended = NULL;
    g_autoptr(AssayStage) plain = assay_image_stage(&config), grey = NULL;
    g_autoptr(GError) error = NULL;
    size_t size;
    const guint8 *data = g_bytes_get_data(file, &size);

    config.grey = TRUE;
    config.wide_scale = TRUE;
    grey = assay_image_stage(&config);
    g_byte_array_append(longer, data, (guint)size);
    g_byte_array_append(longer, (const guint8 *)"more", 4);
    appended = g_bytes_new(longer->data, longer->len);
    for (int i = 0; i < 2; i++) {
        g_autoptr(AssaySample) one = read_picture(file), other = read_picture(file);
        g_autoptr(AssaySample) last = read_picture(appended);

        assert_meta(last, "array",
                    "{\"appended_bytes\":4,\"axes\":[\"row\",\"column\",\"channel\"],"
                    "\"bit_depth\":8,\"channels\":[\"red\",\"green\",\"blue\"],"
                    "\"colour\":\"ycbcr\",\"full_scale\":255,\"jpeg_quality\":90,"
                    "\"jpeg_subsampling\":\"4:2:0\",\"jpeg_tables\":\"0839335b12534443\"}");
        g_assert_true(grey->apply(grey, NULL, one, &error));
        g_assert_true(plain->apply(plain, NULL, other, &error));
        g_assert_no_error(error);
        assert_meta(one, "pixels",
                    "{\"axes\":[\"row\",\"column\"],\"bit_depth\":8,\"colour\":\"ycbcr\","
                    "\"full_scale\":256,\"jpeg_quality\":90,\"jpeg_subsampling\":\"4:2:0\","
                    "\"jpeg_tables\":\"0839335b12534443\"}");
        assert_meta(other, "pixels", COLOUR("0839335b12534443", "90", ""));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/jpeg/rows", test_rows);
    g_test_add_func("/jpeg/descriptions", test_descriptions);
    g_test_add_func("/jpeg/apart", test_apart);
    return g_test_run();
}
