/* detect/closeness.h - how near items of a set come to the items of its other groups.
 *
 * What a copy is held against: the distance of each item of the reference to the nearest item of
 * another group is what a new item of the same source would have. A p-value is the share of groups
 * that come as near, a group counting by the share of its items that do (as check/calibrate.h has
 * it):
 *
 *     p(d) = (1 + sum over groups of the share of its items whose distance <= d) / (groups + 1)
 *
 * so no p is below 1 / (groups + 1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/permutation.h"
#include "crowd.h"

G_BEGIN_DECLS

/* Items are flagged whose p is at most this. */
#define ASSAY_CLOSENESS_ALPHA 0.05

/**
 * AssayCloseness:
 * @n_items, @n_groups: it stands on; 0 where there is but one group
 * @typical: the median distance; NaN without items
 * @smallest: the smallest squared distance; NaN without items
 * @can_flag: whether there are groups enough for a p of at most ASSAY_CLOSENESS_ALPHA
 * @rates: (array length=n_groups): of each group, how many of its items are flagged
 */
typedef struct {
    size_t n_items, n_groups;
    double typical, smallest;
    gboolean can_flag;
    AssayRateGroup *rates;
    /* by distance: the distance, and the p of it */
    double *squares, *ps;
} AssayCloseness;

/**
 * assay_closeness_new:
 * @crowd: sealed
 * @max_items: so many items are looked at, drawn as assay_crowd_draw() draws them; each is held
 *     against all of @crowd
 * @n_workers: threads
 *
 * Returns: (transfer full): or %NULL with what assay_nearest_search() reports.
 */
ASSAY_API AssayCloseness *assay_closeness_new(const AssayCrowd *crowd, size_t max_items,
                                              guint n_workers,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_closeness_free(AssayCloseness *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCloseness, assay_closeness_free)

/* The p of a squared distance; NaN without items. */
ASSAY_API double assay_closeness_p(const AssayCloseness *self, double square);

/* (array length=n): the neighbours of these items of @crowd, their own groups left out: (transfer
 * full); or %NULL with what assay_nearest_search() reports. */
ASSAY_API AssayNearestItem *assay_closeness_search(const AssayCrowd *crowd, const size_t *items,
                                                   size_t n, guint n_workers,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
