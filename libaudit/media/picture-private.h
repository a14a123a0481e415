/* media/picture-private.h - what the decoders of pictures share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "picture.h"

G_BEGIN_DECLS

/**
 * assay_picture_new:
 * @n_channels: 1: without a channel axis; 2: grey and alpha; 3: RGB; 4: RGB and alpha
 *
 * Returns: (transfer full): pixels to be filled, or %NULL with %ASSAY_ERROR_RANGE.
 */
AssayArray *assay_picture_new(AssayType type, size_t width, size_t height, size_t n_channels,
                              size_t max_bytes, GError **error);

/* The metadata that all pictures have. (transfer full) */
AssayJson *assay_picture_meta(double full_scale, guint bit_depth, const char *colour);

/* Adds to @meta what axes and channels pixels of assay_picture_new() have. */
void assay_picture_name_axes(AssayJson *meta, size_t n_channels);

/**
 * assay_picture_take:
 * @pixels: (transfer full)
 * @meta: (transfer full): axes and channels are named if they are not
 * @orientation: EXIF's, 1 .. 8, which is applied
 *
 * Adds the field "array".
 */
gboolean assay_picture_take(AssaySample *sample, AssayArray *pixels, AssayJson *meta,
                            guint orientation, GError **error);

/**
 * assay_exif_orientation:
 * @data: EXIF data from their TIFF header on ("II*\0" or "MM\0*")
 *
 * Returns: the tag Orientation of the first directory, 1 .. 8; 1 where there is none, or no sound
 *     one. Source: Exif 2.3 (JEITA CP-3451C), 4.6.
 */
guint assay_exif_orientation(const guint8 *data, size_t size);

/* Says that no @kind begins so. Returns: %FALSE. */
gboolean assay_picture_refuse_start(const char *kind, size_t size, GError **error);

/* Says that @size bytes cannot hold so many pixels. Returns: %FALSE. */
gboolean assay_picture_refuse_size(size_t width, size_t height, size_t size, GError **error);

G_END_DECLS
