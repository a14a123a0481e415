/* media/png.c - the door to libpng: PNG files as pictures.
 *
 * Colours are as stored: gamma and profiles are not applied, as no training pipeline does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <png.h>
#include <string.h>

#include "../base/error.h"
#include "picture-private.h"

enum {
    SIGNATURE = 8,
    SIZES_AT = 16, /* width and height in IHDR, which comes first */
    MAX_CHUNK = 8 << 20,
    MAX_DEFLATE = 1032, /* deflate makes at most so many bytes of one */
};

/* All that libpng's error handler leaves behind has its place here. */
typedef struct {
    png_structp png;
    png_infop info;
    const guint8 *data;
    size_t size, at, max_bytes;
    AssayArray *pixels;
    guint orientation, bit_depth;
    int colour_type;
    gboolean is_interlaced, is_short;
    char message[128];
    GError *error; /* ours, instead of libpng's message */
} Png;

static void
clear_png(Png *self)
{
    png_destroy_read_struct(&self->png, &self->info, NULL);
    assay_array_free(self->pixels);
    g_clear_error(&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Png, clear_png)

static void
on_error(png_structp png, png_const_charp message)
{
    Png *self = png_get_error_ptr(png);

    g_strlcpy(self->message, message, sizeof self->message);
    png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* about colour profiles and the like; what damages pixels is an error */
}

static void
read_data(png_structp png, png_bytep data, png_size_t size)
{
    Png *self = png_get_io_ptr(png);

    if (size > self->size - self->at) {
        self->is_short = TRUE;
        png_error(png, "cut off");
    }
    memcpy(data, self->data + self->at, size);
    self->at += size;
}

static gboolean
sniff(const void *data, size_t size)
{
    return size >= SIGNATURE && png_sig_cmp(data, 0, SIGNATURE) == 0;
}

/* Chunks that change no pixel are passed over before they are unpacked; errors in any end it. */
static void
configure(Png *self)
{
    static const guint8 kept[] = "tRNS\0eXIf";

    png_set_user_limits(self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(self->png, MAX_CHUNK);
    png_set_crc_action(self->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_set_keep_unknown_chunks(self->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_keep_unknown_chunks(self->png, PNG_HANDLE_CHUNK_AS_DEFAULT, kept, 2);
    png_set_read_fn(self->png, self, read_data);
}

static gboolean
allocate(Png *self)
{
    size_t width = png_get_image_width(self->png, self->info);
    size_t height = png_get_image_height(self->png, self->info);
    size_t bits =
        (size_t)png_get_bit_depth(self->png, self->info) * png_get_channels(self->png, self->info);
    size_t stored = height * ((width * bits + 7) / 8 + 1);

    if (stored / MAX_DEFLATE > self->size)
        return assay_picture_refuse_size(width, height, self->size, &self->error);
    self->bit_depth = png_get_bit_depth(self->png, self->info);
    self->colour_type = png_get_color_type(self->png, self->info);
    self->is_interlaced = png_get_interlace_type(self->png, self->info) != PNG_INTERLACE_NONE;
    png_set_expand(self->png);
    if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
        png_set_swap(self->png);
    png_set_interlace_handling(self->png);
    png_read_update_info(self->png, self->info);
    self->pixels =
        assay_picture_new(self->bit_depth == 16 ? ASSAY_U16 : ASSAY_U8, width, height,
                          png_get_channels(self->png, self->info), self->max_bytes, &self->error);
    return self->pixels != NULL;
}

static void
read_exif(Png *self)
{
    png_uint_32 size;
    png_bytep data;

    if (png_get_eXIf_1(self->png, self->info, &size, &data) != 0)
        self->orientation = assay_exif_orientation(data, size);
}

/* Everything that may jump. */
static gboolean
read_picture(Png *self)
{
    size_t row_bytes;
    int passes;

    if (setjmp(png_jmpbuf(self->png)) != 0)
        return FALSE;
    configure(self);
    png_read_info(self->png, self->info);
    if (!allocate(self))
        return FALSE;
    row_bytes = png_get_rowbytes(self->png, self->info);
    passes = self->is_interlaced ? PNG_INTERLACE_ADAM7_PASSES : 1;
    for (int pass = 0; pass < passes; pass++) {
        guint8 *row = self->pixels->data;

        for (size_t i = 0; i < self->pixels->shape[0]; i++, row += row_bytes)
            png_read_row(self->png, row, NULL);
    }
    png_read_end(self->png, self->info);
    read_exif(self);
    return TRUE;
}

/* What libpng says of a header without pixels does not name them. */
static gboolean
is_empty(const Png *self)
{
    static const guint8 zero[4] = { 0 };

    return self->size >= SIZES_AT + 8 && memcmp(self->data + SIGNATURE + 4, "IHDR", 4) == 0 &&
           (memcmp(self->data + SIZES_AT, zero, 4) == 0 ||
            memcmp(self->data + SIZES_AT + 4, zero, 4) == 0);
}

static gboolean
refuse(Png *self, GError **error)
{
    if (self->error != NULL)
        g_propagate_error(error, g_steal_pointer(&self->error));
    else if (self->is_short)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "the PNG is cut off: its %" G_GSIZE_FORMAT " bytes end within a chunk",
                    self->size);
    else if (is_empty(self))
        return assay_picture_refuse_size(png_get_uint_32(self->data + SIZES_AT),
                                         png_get_uint_32(self->data + SIZES_AT + 4), self->size,
                                         error);
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "before byte %" G_GSIZE_FORMAT ": %s",
                    self->at, self->message);
    return FALSE;
}

static AssayJson *
describe(const Png *self)
{
    static const struct {
        int type;
        const char *name;
    } colours[] = {
        { PNG_COLOR_TYPE_GRAY, "grey" },           { PNG_COLOR_TYPE_RGB, "rgb" },
        { PNG_COLOR_TYPE_PALETTE, "palette" },     { PNG_COLOR_TYPE_GRAY_ALPHA, "grey-alpha" },
        { PNG_COLOR_TYPE_RGB_ALPHA, "rgb-alpha" },
    };
    const char *colour = "";
    AssayJson *meta;

    for (size_t i = 0; i < G_N_ELEMENTS(colours); i++) {
        if (colours[i].type == self->colour_type)
            colour = colours[i].name;
    }
    meta = assay_picture_meta(self->bit_depth == 16 ? 65535 : 255, self->bit_depth, colour);
    if (self->is_interlaced)
        assay_json_set_bool(meta, "interlaced", TRUE);
    if (self->at < self->size)
        assay_json_set_integer(meta, "appended_bytes", (gint64)(self->size - self->at));
    return meta;
}

static gboolean
decode(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    g_auto(Png) self = { .max_bytes = max_bytes, .orientation = 1 };

    self.data = g_bytes_get_data(bytes, &self.size);
    if (!sniff(self.data, self.size))
        return assay_picture_refuse_start("PNG", self.size, error);
    self.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &self, on_error, on_warning);
    if (self.png != NULL)
        self.info = png_create_info_struct(self.png);
    if (self.info == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "no memory to read a PNG");
        return FALSE;
    }
    if (!read_picture(&self))
        return refuse(&self, error);
    return assay_picture_take(sample, g_steal_pointer(&self.pixels), describe(&self),
                              self.orientation, error);
}

static const char *const suffixes[] = { ".png", NULL };

const AssayMedium assay_png_medium = { "PNG", suffixes, sniff, decode };
