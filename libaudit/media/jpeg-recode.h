/* media/jpeg-recode.h - what a JPEG file would leave of a picture.
 *
 * Stands on: libjpeg, in memory. Coded as libjpeg does by default, and Pillow with it: baseline,
 * the Independent JPEG Group's tables scaled by the quality, colours as YCbCr with chroma of half
 * the width and height (4:2:0), the accurate transform; decoded as media/jpeg.c does. The result
 * depends on the version of libjpeg, as a file's does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* The largest width and height that libjpeg codes. */
#define ASSAY_JPEG_MAX_SIDE 65500

typedef struct AssayJpegCoder AssayJpegCoder;

/* What can code pictures one after the other; one a thread. */
ASSAY_API AssayJpegCoder *assay_jpeg_coder_new(void);
ASSAY_API void assay_jpeg_coder_free(AssayJpegCoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayJpegCoder, assay_jpeg_coder_free)

/**
 * assay_jpeg_recode:
 * @pixels: (inout): [row, column] or [row, column, channel]
 * @n_channels: 1: grey; 3: red, green, blue
 * @quality: 1 .. 100
 *
 * Codes and decodes a picture, in its place.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE: a side of 0, or of more than ASSAY_JPEG_MAX_SIDE, or no
 *     memory.
 */
ASSAY_API gboolean assay_jpeg_recode(AssayJpegCoder *self, guint8 *pixels, size_t width,
                                     size_t height, size_t n_channels, int quality,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
