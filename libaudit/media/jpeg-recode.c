/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-recode.h"

#include <setjmp.h>

#include "../base/error.h"
#include "jpeglib-private.h"

enum { FIRST_SIZE = 16384 };

/* All that libjpeg's error handler leaves behind has its place here: the file too, of which
 * libjpeg's own destination in memory would lose sight. */
struct AssayJpegCoder {
    struct jpeg_compress_struct coder;
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr handlers;
    struct jpeg_destination_mgr destination;
    jmp_buf jump;
    guint8 *data;
    size_t room;
    char message[JMSG_LENGTH_MAX];
};

static void
on_error(j_common_ptr jpeg)
{
    AssayJpegCoder *self = jpeg->client_data;

    jpeg->err->format_message(jpeg, self->message);
    longjmp(self->jump, 1);
}

static void
on_message(j_common_ptr jpeg, int level)
{
    if (level < 0) /* a warning: what we have coded ourselves has none */
        on_error(jpeg);
}

/* Room for @room bytes, of which the first @used are written. */
static void
make_room(AssayJpegCoder *self, size_t room, size_t used)
{
    guint8 *data = room < self->room ? NULL : g_try_realloc(self->data, room);

    if (data == NULL)
        ERREXIT1(&self->coder, JERR_OUT_OF_MEMORY, 0);
    self->data = data;
    self->room = room;
    self->destination.next_output_byte = data + used;
    self->destination.free_in_buffer = room - used;
}

static void
begin_file(j_compress_ptr jpeg)
{
    AssayJpegCoder *self = jpeg->client_data;

    make_room(self, MAX(self->room, FIRST_SIZE), 0);
}

/* libjpeg calls when all room is used, whatever it says is left. */
static boolean
grow_file(j_compress_ptr jpeg)
{
    AssayJpegCoder *self = jpeg->client_data;

    make_room(self, self->room * 2, self->room);
    return TRUE;
}

static void
end_file(j_compress_ptr jpeg)
{
    (void)jpeg;
}

AssayJpegCoder *
assay_jpeg_coder_new(void)
{
    AssayJpegCoder *self = g_new0(AssayJpegCoder, 1);

    self->coder.err = self->decoder.err = jpeg_std_error(&self->handlers);
    self->handlers.error_exit = on_error;
    self->handlers.emit_message = on_message;
    self->coder.client_data = self->decoder.client_data = self;
    self->destination.init_destination = begin_file;
    self->destination.empty_output_buffer = grow_file;
    self->destination.term_destination = end_file;
    return self;
}

void
assay_jpeg_coder_free(AssayJpegCoder *self)
{
    if (self == NULL)
        return;
    jpeg_destroy_compress(&self->coder);
    jpeg_destroy_decompress(&self->decoder);
    g_free(self->data);
    g_free(self);
}

static void
code(AssayJpegCoder *self, guint8 *pixels, size_t row_size, int quality)
{
    self->coder.dest = &self->destination;
    jpeg_set_defaults(&self->coder);
    jpeg_set_quality(&self->coder, quality, TRUE);
    jpeg_start_compress(&self->coder, TRUE);
    while (self->coder.next_scanline < self->coder.image_height) {
        JSAMPROW row = pixels + self->coder.next_scanline * row_size;

        jpeg_write_scanlines(&self->coder, &row, 1);
    }
    jpeg_finish_compress(&self->coder);
}

static void
decode(AssayJpegCoder *self, guint8 *pixels, size_t row_size)
{
    jpeg_mem_src(&self->decoder, self->data, self->room - self->destination.free_in_buffer);
    jpeg_read_header(&self->decoder, TRUE);
    jpeg_start_decompress(&self->decoder);
    while (self->decoder.output_scanline < self->decoder.output_height) {
        JSAMPROW row = pixels + self->decoder.output_scanline * row_size;

        jpeg_read_scanlines(&self->decoder, &row, 1);
    }
    jpeg_finish_decompress(&self->decoder);
}

/* Everything that may jump. */
static gboolean
recode(AssayJpegCoder *self, guint8 *pixels, size_t width, size_t height, size_t n_channels,
       int quality)
{
    if (setjmp(self->jump) != 0)
        return FALSE;
    if (self->coder.mem == NULL)
        jpeg_create_compress(&self->coder);
    if (self->decoder.mem == NULL)
        jpeg_create_decompress(&self->decoder);
    self->coder.image_width = (JDIMENSION)width;
    self->coder.image_height = (JDIMENSION)height;
    self->coder.input_components = (int)n_channels;
    self->coder.in_color_space = n_channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
    code(self, pixels, width * n_channels, quality);
    decode(self, pixels, width * n_channels);
    return TRUE;
}

gboolean
assay_jpeg_recode(AssayJpegCoder *self, guint8 *pixels, size_t width, size_t height,
                  size_t n_channels, int quality, GError **error)
{
    g_return_val_if_fail(n_channels == 1 || n_channels == 3, FALSE);
    if (width == 0 || height == 0 || width > ASSAY_JPEG_MAX_SIDE || height > ASSAY_JPEG_MAX_SIDE) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "is %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    "; JPEG has pictures from 1 to %d pixels wide and high",
                    width, height, ASSAY_JPEG_MAX_SIDE);
        return FALSE;
    }
    if (recode(self, pixels, width, height, n_channels, quality))
        return TRUE;
    jpeg_abort_compress(&self->coder);
    jpeg_abort_decompress(&self->decoder);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "cannot be coded as JPEG: %s",
                self->message);
    return FALSE;
}
