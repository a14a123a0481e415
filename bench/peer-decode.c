/* bench/peer-decode.c - PNG and JPEG files decoded by libpng and libjpeg alone, into memory that is
 * thrown away: what a program without streams, digests and metadata pays.
 *
 * usage: peer-decode FOLDER
 * Prints how many pictures there were, and a sum over their pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

static guint64 sum;

static void
add(const guint8 *row, size_t size)
{
    for (size_t i = 0; i < size; i += 64)
        sum += row[i];
}

typedef struct {
    const guint8 *at;
} Source;

static void
read_data(png_structp png, png_bytep data, png_size_t size)
{
    Source *source = png_get_io_ptr(png);

    memcpy(data, source->at, size);
    source->at += size;
}

static void
decode_png(const guint8 *data)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    Source source = { data };
    g_autofree guint8 *pixels = NULL;
    size_t row, height;

    png_set_read_fn(png, &source, read_data);
    png_read_info(png, info);
    png_set_expand(png);
    png_read_update_info(png, info);
    row = png_get_rowbytes(png, info);
    height = png_get_image_height(png, info);
    pixels = g_malloc(row * height);
    for (size_t i = 0; i < height; i++)
        png_read_row(png, pixels + i * row, NULL);
    png_read_end(png, info);
    add(pixels, row * height);
    png_destroy_read_struct(&png, &info, NULL);
}

static void
decode_jpeg(const guint8 *data, size_t size)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr handlers;
    g_autofree guint8 *pixels = NULL;
    size_t row;

    jpeg.err = jpeg_std_error(&handlers);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, data, size);
    jpeg_read_header(&jpeg, TRUE);
    jpeg_start_decompress(&jpeg);
    row = (size_t)jpeg.output_width * (size_t)jpeg.output_components;
    pixels = g_malloc(row * jpeg.output_height);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW line = pixels + jpeg.output_scanline * row;

        jpeg_read_scanlines(&jpeg, &line, 1);
    }
    add(pixels, row * jpeg.output_height);
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
}

int
main(int argc, char **argv)
{
    g_autoptr(GDir) folder = argc == 2 ? g_dir_open(argv[1], 0, NULL) : NULL;
    const char *name;
    size_t n = 0;

    if (folder == NULL)
        return 2;
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *path = g_build_filename(argv[1], name, NULL);
        g_autofree char *data = NULL;
        gsize size;

        if (!g_file_get_contents(path, &data, &size, NULL))
            return 3;
        if (g_str_has_suffix(name, ".png"))
            decode_png((const guint8 *)data);
        else
            decode_jpeg((const guint8 *)data, size);
        n++;
    }
    printf("%zu pictures, %" G_GUINT64_FORMAT "\n", n, sum);
    return 0;
}
