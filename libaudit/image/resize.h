/* image/resize.h - pictures in another size, by area average.
 *
 * A pixel of the result is the mean of what it covers, a pixel of the original that is covered in
 * part counting for that part: result column j of w covers [j W / w, (j + 1) W / w) of W, rows
 * alike. Weights are whole numbers (of 1 / (w h) of a pixel), so sums of u8 and u16 are exact, and
 * the mean is rounded once, halves up; of f32 it is reckoned in double. Larger sizes repeat pixels,
 * and mix them where edges do not meet. All channels, alpha too, are treated alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pixels.h"

G_BEGIN_DECLS

/**
 * assay_resize_area:
 * @pixels: laid out as image/pixels.h says
 * @name: what to call it in a message
 * @width, @height: of the result, from 1
 *
 * Returns: (transfer full): an array of the same type and axes, or %NULL with %ASSAY_ERROR_FIELD
 *     (no pictures) or %ASSAY_ERROR_RANGE (pictures without a pixel, a size of 0, no memory, or
 *     more than @max_bytes).
 */
ASSAY_API AssayArray *assay_resize_area(const AssayArray *pixels, const char *name, size_t width,
                                        size_t height, size_t max_bytes,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
