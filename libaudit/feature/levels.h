/* feature/levels.h - how many values lie on each of 256 levels, and exactly at the ends of the
 * scale.
 *
 * Pictures that were stored have 8 bits and use them: exact black, exact white, and next to nothing
 * just beside these. Generators smear both, which a histogram that is fine at its ends shows.
 *
 * A level is 0 .. 255. Values of uint8 whose full scale is 255 or 256 are their own; of others it
 * is 255 v / full scale, rounded, halves up, and what is outside falls on the end. All channels
 * count.
 *
 * The edge-refined histogram has 19 bins, of the levels 0, 1, 2, 3-4, 5-8, 9-16, 17-32, 33-64,
 * 65-96, 97-128, 129-160, 161-192, 193-224, 225-239, 240-247, 248-251, 252-253, 254, 255.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "planes.h"

G_BEGIN_DECLS

#define ASSAY_N_LEVELS 256
#define ASSAY_N_EDGES 19

/**
 * AssayLevels:
 * @n: values of the item that are finite
 * @counts: how many of them are on each level
 * @n_zero: that are exactly 0
 * @n_full: that are exactly full scale, or the largest of their type where that is less (255 where
 *     full scale is 256)
 */
typedef struct {
    guint64 n;
    guint64 counts[ASSAY_N_LEVELS];
    guint64 n_zero, n_full;
} AssayLevels;

/**
 * assay_levels_of:
 * @array: pictures, behind an item axis if there is one
 * @item: from the first of @array
 */
ASSAY_API void assay_levels_of(const AssayArray *array, double full_scale, size_t item,
                               AssayLevels *levels);

/* The shares of the bins of the edge-refined histogram, NaN without values. */
ASSAY_API void assay_levels_edges(const AssayLevels *self, double shares[ASSAY_N_EDGES]);

/**
 * AssaySpikes:
 * @n: levels that are spikes
 * @share: of the values, those on these levels, less what the levels beside them would lead one to
 *     expect
 * @level: of the spikes the one with the largest such share, the lowest of several; NaN without one
 *
 * A spike is a level that has at least 10 values and 1 % of them all, and more than 8 times the
 * mean of the two levels on either side, of those that there are.
 */
typedef struct {
    double n, share, level;
} AssaySpikes;

/* All are NaN without values. */
ASSAY_API void assay_levels_spikes(const AssayLevels *self, AssaySpikes *spikes);

/* The last level of each of its bins. */
ASSAY_API extern const guint8 assay_edge_last[ASSAY_N_EDGES];

G_END_DECLS
