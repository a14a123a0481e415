/* feature/eight-moments-private.h - slopes and moments of eight items at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stddef.h>

#include "lanes-private.h"
#include "moments.h"

/**
 * AssayEight:
 * @window: centroids of a slope
 * @centroids: of each column, NaN where there is none; that of item k is at column * ASSAY_LANES +
 * k
 * @slopes: (out): the same of assay_slope_count() slopes
 * @of_centroids, @of_slopes: (out): of each item
 */
typedef struct {
    size_t n_columns, n_slopes;
    guint window;
    double *centroids, *slopes;
    AssayMoments of_centroids[ASSAY_LANES], of_slopes[ASSAY_LANES];
} AssayEight;

/* The bits that assay_slope_of_item() and assay_moments_of() make of each item. */
void assay_eight_moments(AssayEight *eight);

/* The same on any processor. */
void assay_eight_moments_any(AssayEight *eight);
