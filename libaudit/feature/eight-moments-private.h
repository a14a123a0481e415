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
 * @stride: @n_columns, up to a multiple of ASSAY_LANES
 * @items: centroids of each column, NaN where there is none; those of item k begin at k * @stride
 * @centroids: (out): the same, of @stride columns; that of item k is at column * ASSAY_LANES + k
 * @places: (out): of @window centroids in their window
 * @slopes: (out): so lie assay_slope_count() slopes
 * @of_centroids, @of_slopes: (out): of each item
 */
typedef struct {
    size_t n_columns, stride, n_slopes;
    guint window;
    double *items, *centroids, *places, *slopes;
    AssayMoments of_centroids[ASSAY_LANES], of_slopes[ASSAY_LANES];
} AssayEight;

/* The bits that assay_slope_of_item() and assay_moments_of() make of each item. */
void assay_eight_moments(AssayEight *eight);

/* The same on any processor. */
void assay_eight_moments_any(AssayEight *eight);
