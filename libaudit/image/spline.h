/* image/spline.h - values at equal steps, at other equal steps over the same range.
 *
 * By the interpolating cubic spline whose third derivative does not change at the second and the
 * second last point ("not a knot"), as scipy.interpolate.interp1d(kind="cubic") has it. Through
 * three points it is the parabola, through two the line, and one value is repeated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * assay_spline_resample:
 * @n: how many @values, from 1
 * @scratch: (out): 2 @n values to scribble on
 * @points: (out): @n_points values, the first and the last being those of @values; a single one is
 *     the first
 */
ASSAY_API void assay_spline_resample(const double *values, size_t n, double *scratch,
                                     double *points, size_t n_points);

G_END_DECLS
