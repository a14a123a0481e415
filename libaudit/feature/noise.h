/* feature/noise.h - how noisy a picture is, by grey and by colour.
 *
 * J. Immerkaer, Fast Noise Variance Estimation, Computer Vision and Image Understanding 64 (1996):
 * what the mask 1 -2 1 / -2 4 -2 / 1 -2 1 makes of a picture knows nothing of planes and of edges
 * along rows and columns; of noise with the standard deviation s its mean absolute value is
 * 6 s sqrt(2 / pi). So s = sqrt(pi / 2) / 6 times that mean, over the pixels that have all eight
 * neighbours.
 *
 * In photographs red minus green has far less noise than either, since sensors and their software
 * make colours of the same neighbours; generators draw each channel for itself. So the noise of red
 * minus green, and its ratio to that of grey, tell them apart where grey alone does not. JPEG and
 * every reduction change it: compare only what went the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "planes.h"

G_BEGIN_DECLS

/**
 * AssayNoise:
 * @grey: of grey
 * @red_green: of red minus green; NaN of a picture without colours
 * @ratio: @red_green over @grey; NaN without the one, and where @grey is 0
 *
 * In levels of 255. All are NaN of a picture with fewer than 3 rows or columns, or with a value
 * that is not finite.
 */
typedef struct {
    double grey, red_green, ratio;
} AssayNoise;

/**
 * assay_noise_of:
 * @planes: grey
 * @colours: the same field as it is
 * @item: from the first of these
 */
ASSAY_API void assay_noise_of(const AssayPlanes *planes, const AssayArray *colours, size_t item,
                              AssayNoise *noise);

G_END_DECLS
