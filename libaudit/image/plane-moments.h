/* image/plane-moments.h - mean and variance of planes, value by value, as they come.
 *
 * B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4(3), 1962; for several at once Tony Chan, Gene Golub, Randall LeVeque, "Updating
 * formulae and a pairwise algorithm for computing sample variances", COMPSTAT 1982. What is added
 * in one order comes to the same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * AssayPlaneMoments:
 * @height, @width: of each plane
 * @n: planes so far
 * @mean: [height, width]
 * @squares: [height, width]: sums of squared differences from the mean
 */
typedef struct {
    size_t height, width;
    guint64 n;
    double *mean, *squares;
} AssayPlaneMoments;

/**
 * assay_plane_moments_new:
 * @max_bytes: what it may take
 *
 * Returns: (transfer full): of no planes; %NULL with %ASSAY_ERROR_RANGE.
 */
ASSAY_API AssayPlaneMoments *assay_plane_moments_new(size_t height, size_t width, size_t max_bytes,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_plane_moments_free(AssayPlaneMoments *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayPlaneMoments, assay_plane_moments_free)

/* One plane more: @values is [height, width], all finite. */
ASSAY_API void assay_plane_moments_add(AssayPlaneMoments *self, const double *values);

/* Those of @other more, which are of the same size. */
ASSAY_API void assay_plane_moments_merge(AssayPlaneMoments *self, const AssayPlaneMoments *other);

/* @deviation: (out): [height, width]: square roots of the mean squared differences from the mean;
 * NaN without a plane. */
ASSAY_API void assay_plane_moments_deviation(const AssayPlaneMoments *self, double *deviation);

G_END_DECLS
