/* feature/profile-points.h - the azimuthal profile of a picture, at a fixed number of points.
 *
 * As image/profile.h has it by default (exact centre, all rings, mean power in dB), of grey, at
 * ASSAY_PROFILE_POINTS points by cubic spline, whatever the size: from frequency 0, the mean alone,
 * to the corner, which is at sqrt(1/2) cycles a pixel. Point k is at k / (ASSAY_PROFILE_POINTS - 1)
 * of the way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "planes.h"

G_BEGIN_DECLS

#define ASSAY_PROFILE_POINTS 32

/**
 * assay_profile_points_of:
 * @planes: grey
 * @item: from the first of these
 * @max_bytes: what tables and transform may take
 * @values: (out): ASSAY_PROFILE_POINTS values in dB; NaN where a value of the picture is not
 * finite, and where a side is longer than ASSAY_PLANE_FFT_MAX_SIDE
 *
 * What planes of one size need is kept for the next one of the same thread.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE for a picture that takes more memory than that.
 */
ASSAY_API gboolean assay_profile_points_of(const AssayPlanes *planes, size_t item, size_t max_bytes,
                                           double *values,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
