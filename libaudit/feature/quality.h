/* feature/quality.h - how sharp and how colourful a picture is.
 *
 * Sharpness: the variance of the Laplacian (up + down + left + right - 4 times the pixel), divided
 * by n, the picture mirrored at its first and last rows and columns, which are not repeated (as
 * OpenCV has it, whose users know it as a measure of blur).
 *
 * Fine detail: with pixels in squares of two by two, the share of the variance that is inside the
 * squares. It is what halving by area average takes away, a quarter of the plane of frequencies by
 * the wavelet of Haar; white noise has 3/4, a ramp next to nothing. A last odd row or column is
 * left out.
 *
 * Colourfulness: D. Hasler and S. Suesstrunk, Measuring colourfulness in natural images, Human
 * Vision and Electronic Imaging VIII (2003): sqrt(var(rg) + var(yb)) + 0.3 sqrt(mean(rg)^2 +
 * mean(yb)^2), rg = R - G, yb = (R + G) / 2 - B, variances divided by n.
 *
 * Saturation: the mean of that of HSV, (max - min) / max of the channels of a pixel, 0 of black.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "planes.h"

G_BEGIN_DECLS

/**
 * AssayQuality:
 * @laplacian_variance: of grey, in levels of 255, squared; NaN with fewer than 2 rows or columns
 * @high_frequencies: of grey, 0 .. 1; NaN with fewer than 2 rows or columns, and where all pixels
 *     are alike
 * @colourfulness: in levels of 255; NaN of a picture without colours
 * @saturation: 0 .. 1; NaN of a picture without colours
 *
 * All are NaN of a picture with a value that is not finite.
 */
typedef struct {
    double laplacian_variance, high_frequencies, colourfulness, saturation;
} AssayQuality;

/**
 * assay_quality_of:
 * @planes: grey
 * @colours: the same field as it is
 * @item: from the first of these
 */
ASSAY_API void assay_quality_of(const AssayPlanes *planes, const AssayArray *colours, size_t item,
                                AssayQuality *quality);

G_END_DECLS
