/* image/pixels.h - how pictures lie in an array.
 *
 * Field "pixels", [item,] row, column [, channel]; u8, u16 or f32. The top row comes first, the
 * channels of a pixel lie together: grey; grey and alpha; red, green, blue; or these and alpha.
 * Metadata "full_scale" is the value that means 1.0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"

G_BEGIN_DECLS

/**
 * AssayPixelLayout:
 * @n_items: 1 without an item axis
 * @n_channels: 1 without a channel axis
 * @has_items: whether there is an item axis
 * @has_channels: whether there is a channel axis
 */
typedef struct {
    size_t n_items, height, width, n_channels;
    gboolean has_items, has_channels;
} AssayPixelLayout;

/**
 * assay_pixel_layout:
 * @name: what to call the array in a message
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD for other axes than [item,] row, column [, channel] in
 *     this order, or another type than u8, u16 and f32.
 */
ASSAY_API gboolean assay_pixel_layout(const AssayArray *pixels, const char *name,
                                      AssayPixelLayout *layout,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_pixels_new:
 *
 * Returns: (transfer full): an array of zeros, laid out so, its axes named, or %NULL with
 *     %ASSAY_ERROR_RANGE.
 */
ASSAY_API AssayArray *assay_pixels_new(AssayType type, const AssayPixelLayout *layout,
                                       size_t max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
