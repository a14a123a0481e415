/* detect/reduce-private.h - pictures as a few grey values, to see which look alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../image/pixels.h"
#include "nearest.h"

/**
 * assay_reduce:
 * @pixels: pictures, image/pixels.h
 * @full_scale: the value that means 1.0
 * @size: width and height of what comes out
 * @values: (out) (array length=n_items * size * size): whole numbers, 255 for full scale
 * @faults: (out) (array length=n_items): why a picture has no values: (transfer full); else left
 *     alone
 *
 * Grey = (4899 R + 9617 G + 1868 B) / 16384, alpha left aside; the area average of
 * image/resize.h; then the nearest whole number, halves up. So the same picture as u8 or as floats
 * comes to the same.
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD for channels of unknown meaning, or what
 *     assay_resize_area() reports.
 */
gboolean assay_reduce(const AssayArray *pixels, const char *name, double full_scale, size_t size,
                      float *values, char **faults, GError **error);

/* Whether @array is spectrograms, float32 along time and mel, with item before them where there are
 * several. */
gboolean assay_is_spectrogram(const AssayArray *array);

/* Likewise of spectrograms: the means of @size parts of the time by @size parts of the bands, as
 * they are. */
gboolean assay_reduce_spectrogram(const AssayArray *mel, const char *name, size_t size,
                                  float *values, char **faults,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_digest_picture:
 * @flipped: left to right
 *
 * Of one picture: its shape and its values. Floats and u16 of which each is k / 255 of full scale
 * count as the u8 that they are.
 *
 * Returns: %FALSE without memory.
 */
gboolean assay_digest_picture(const AssayArray *pixels, const AssayPixelLayout *layout, size_t item,
                              double full_scale, gboolean flipped, AssayNearestDigest *digest);

/* Of any values: @shape is what they must have in common. */
AssayNearestDigest assay_digest_values(const size_t *shape, size_t n_shape, const void *data,
                                       size_t size);
