/* media/jpeg.c - JPEG files as pictures.
 *
 * Decoded as libjpeg does by default: the accurate inverse transform, chroma interpolated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <string.h>

#include "../base/error.h"
#include "jpeg-describe-private.h"
#include "picture-private.h"

enum {
    MAX_SCANS = 100,       /* of a progressive one; encoders make about ten */
    PIXELS_PER_BYTE = 512, /* at least a bit for a block of 8 x 8 */
    EXIF = JPEG_APP0 + 1,
    MAX_MARKER = 0xffff,
    VECTOR = 32, /* bytes, the longest of libjpeg-turbo's */
};

/* All that libjpeg's error handler leaves behind has its place here. */
typedef struct {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr handlers;
    struct jpeg_progress_mgr progress;
    jmp_buf jump;
    const guint8 *data;
    size_t size, max_bytes;
    AssayArray *pixels;
    guint orientation;
    gboolean is_short;
    AssayJson *meta;
    char message[JMSG_LENGTH_MAX];
    GError *error; /* ours, instead of libjpeg's message */
} Jpeg;

static void
clear_jpeg(Jpeg *self)
{
    jpeg_destroy_decompress(&self->jpeg);
    assay_array_free(self->pixels);
    assay_json_unref(self->meta);
    g_clear_error(&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Jpeg, clear_jpeg)

static void
on_error(j_common_ptr jpeg)
{
    Jpeg *self = jpeg->client_data;

    jpeg->err->format_message(jpeg, self->message);
    longjmp(self->jump, 1);
}

/* Level -1 is a warning; nearly all mean that pixels are made up. */
static void
on_message(j_common_ptr jpeg, int level)
{
    Jpeg *self = jpeg->client_data;

    if (level >= 0)
        return;
    switch (jpeg->err->msg_code) {
    case JWRN_EXTRANEOUS_DATA: /* between markers, where cameras leave it */
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
        return;
    case JWRN_JPEG_EOF:
        self->is_short = TRUE;
        break;
    default:
        break;
    }
    on_error(jpeg);
}

static void
on_output(j_common_ptr jpeg)
{
    (void)jpeg;
}

/* Each scan goes over the whole picture, however few bytes it takes. */
static void
on_progress(j_common_ptr jpeg)
{
    Jpeg *self = jpeg->client_data;

    if (self->jpeg.input_scan_number <= MAX_SCANS)
        return;
    g_snprintf(self->message, sizeof self->message, "more than %d scans", MAX_SCANS);
    longjmp(self->jump, 1);
}

static gboolean
sniff(const void *data, size_t size)
{
    return size >= 3 && memcmp(data, "\xff\xd8\xff", 3) == 0;
}

static gboolean
choose_colours(Jpeg *self)
{
    switch (self->jpeg.jpeg_color_space) {
    case JCS_GRAYSCALE:
        self->jpeg.out_color_space = JCS_GRAYSCALE;
        return TRUE;
    case JCS_RGB:
    case JCS_YCbCr:
        self->jpeg.out_color_space = JCS_RGB;
        return TRUE;
    case JCS_CMYK:
    case JCS_YCCK:
        g_set_error(&self->error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "is a JPEG in %s, colours of ink that mean nothing without a printer's "
                    "profile; make it RGB first",
                    self->jpeg.jpeg_color_space == JCS_CMYK ? "CMYK" : "YCCK");
        return FALSE;
    default:
        g_set_error(&self->error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "is a JPEG of %d components, neither grey nor colour",
                    self->jpeg.num_components);
        return FALSE;
    }
}

static gboolean
allocate(Jpeg *self)
{
    size_t width = self->jpeg.image_width, height = self->jpeg.image_height;

    if (!choose_colours(self))
        return FALSE;
    if (width * height / PIXELS_PER_BYTE > self->size)
        return assay_picture_refuse_size(width, height, self->size, &self->error);
    self->pixels =
        assay_picture_new(ASSAY_U8, width, height, self->jpeg.out_color_space == JCS_RGB ? 3 : 1,
                          self->max_bytes, &self->error);
    return self->pixels != NULL;
}

static void
read_exif(Jpeg *self)
{
    static const char head[] = "Exif\0"; /* and one more zero */

    for (const struct jpeg_marker_struct *at = self->jpeg.marker_list; at != NULL; at = at->next) {
        if (at->marker != EXIF || at->data_length < sizeof head ||
            memcmp(at->data, head, sizeof head) != 0)
            continue;
        self->orientation =
            assay_exif_orientation(at->data + sizeof head, at->data_length - sizeof head);
        return;
    }
}

/* A row that lies where a vector would is written past the caches by libjpeg-turbo (vmovntdq, in
 * its jdcolext-avx2.asm), and it waits for that: small pictures then take twice as long. Such a row
 * is decoded beside its place. */
static void
read_rows(Jpeg *self)
{
    j_common_ptr jpeg = (j_common_ptr)&self->jpeg;
    size_t size = (size_t)self->jpeg.output_width * (size_t)self->jpeg.output_components;
    guint8 *beside = (guint8 *)jpeg->mem->alloc_large(jpeg, JPOOL_IMAGE, size + VECTOR);
    guint8 *row = self->pixels->data;

    beside += VECTOR / 2; /* libjpeg's memory lies on such boundaries */
    for (; self->jpeg.output_scanline < self->jpeg.output_height; row += size) {
        JSAMPROW line = (guintptr)row % VECTOR == 0 ? beside : row;

        jpeg_read_scanlines(&self->jpeg, &line, 1);
        if (line == beside)
            memcpy(row, beside, size);
    }
}

/* Everything that may jump. */
static gboolean
read_picture(Jpeg *self)
{
    if (setjmp(self->jump) != 0)
        return FALSE;
    jpeg_create_decompress(&self->jpeg);
    self->progress.progress_monitor = on_progress;
    self->jpeg.progress = &self->progress;
    jpeg_save_markers(&self->jpeg, EXIF, MAX_MARKER);
    jpeg_mem_src(&self->jpeg, self->data, self->size);
    jpeg_read_header(&self->jpeg, TRUE);
    if (!allocate(self))
        return FALSE;
    jpeg_start_decompress(&self->jpeg);
    read_rows(self);
    /* What is to be known, while libjpeg has it. */
    read_exif(self);
    self->meta = assay_jpeg_describe(&self->jpeg);
    jpeg_finish_decompress(&self->jpeg);
    return TRUE;
}

static size_t
bytes_read(const Jpeg *self)
{
    size_t left = self->jpeg.src == NULL ? self->size : self->jpeg.src->bytes_in_buffer;

    return self->size - MIN(left, self->size);
}

static gboolean
refuse(Jpeg *self, GError **error)
{
    if (self->error != NULL)
        g_propagate_error(error, g_steal_pointer(&self->error));
    else if (self->is_short)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "the JPEG is cut off: its %" G_GSIZE_FORMAT " bytes end within the picture",
                    self->size);
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "before byte %" G_GSIZE_FORMAT ": %s",
                    bytes_read(self), self->message);
    return FALSE;
}

static gboolean
decode(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    g_auto(Jpeg) self = { .max_bytes = max_bytes, .orientation = 1 };

    self.data = g_bytes_get_data(bytes, &self.size);
    if (!sniff(self.data, self.size))
        return assay_picture_refuse_start("JPEG", self.size, error);
    self.jpeg.err = jpeg_std_error(&self.handlers);
    self.handlers.error_exit = on_error;
    self.handlers.emit_message = on_message;
    self.handlers.output_message = on_output;
    self.jpeg.client_data = &self;
    if (!read_picture(&self))
        return refuse(&self, error);
    if (bytes_read(&self) < self.size) {
        self.meta = assay_json_own(self.meta);
        assay_json_set_integer(self.meta, "appended_bytes",
                               (gint64)(self.size - bytes_read(&self)));
    }
    return assay_picture_take(sample, g_steal_pointer(&self.pixels), g_steal_pointer(&self.meta),
                              self.orientation, error);
}

static const char *const suffixes[] = { ".jpg", ".jpeg", ".jpe", ".jfif", NULL };

const AssayMedium assay_jpeg_medium = { "JPEG", suffixes, sniff, decode };
