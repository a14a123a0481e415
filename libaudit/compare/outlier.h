/* compare/outlier.h - how far an item stands off from those of a reference, by blocks of features.
 *
 * Of each group of the reference (what stands or falls together) one item is looked at, so that
 * these are independent of each other: the one of the smallest number. By a block an item's score
 * is the sum of the squares of its deviations (compare/feature-range.h), each at most
 * ASSAY_OUTLIER_MOST, so that no single feature of heavy tails drowns the others. A reference item
 * is held against the others, itself left out, as an item in question is held against all. By a
 * block p is then conformal (assay_conformal_p()): among exchangeable items all have the same
 * chance to be the strangest. The p of an item is Simes' of its blocks.
 *
 * Stands on: compare/feature-range.h, stats/multiple.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "feature-range.h"

G_BEGIN_DECLS

/* How many groups are kept, those of the smallest numbers. */
#define ASSAY_OUTLIER_GROUPS ((size_t)4096)
/* A deviation counts as this at most. */
#define ASSAY_OUTLIER_MOST 10
/* Blocks of features: at most so many. */
#define ASSAY_OUTLIER_BLOCKS 16

typedef struct AssayOutliers AssayOutliers;

/**
 * assay_outliers_new:
 * @widths: (array length=n_blocks): how many features each block has
 */
ASSAY_API AssayOutliers *assay_outliers_new(const size_t *widths,
                                            size_t n_blocks) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_outliers_free(AssayOutliers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayOutliers, assay_outliers_free)

/**
 * assay_outliers_add:
 * @group, @item: their numbers; of two items of one number the first stays
 * @row: the features of all blocks, one after the other; what is not finite is missing
 *
 * Not after assay_outliers_seal().
 */
ASSAY_API void assay_outliers_add(AssayOutliers *self, guint64 group, guint64 item,
                                  const double *row);

/* To be called when all of the reference is there. */
ASSAY_API void assay_outliers_seal(AssayOutliers *self);

/* How many groups are kept, once sealed; whether there were more. */
ASSAY_API size_t assay_outliers_n_groups(const AssayOutliers *self);
ASSAY_API gboolean assay_outliers_is_partial(const AssayOutliers *self);
ASSAY_API gboolean assay_outliers_has_group(const AssayOutliers *self, guint64 group);

/* Whether the item of this number stands for a group; once sealed. */
ASSAY_API gboolean assay_outliers_has_item(const AssayOutliers *self, guint64 item);

/**
 * AssayOutlier:
 * @p: Simes' of the blocks; NaN where no block was asked for
 * @block: that of the smallest p; of several the one with the largest deviation
 * @feature: of this block the one with the largest deviation, counted from the first of all blocks
 * @deviation: its own
 * @score: the sum over all blocks
 * @range: (transfer none): of this feature in the reference
 */
typedef struct {
    double p;
    size_t block, feature;
    double deviation, score;
    const AssayFeatureRange *range;
} AssayOutlier;

/**
 * assay_outliers_judge:
 * @row: as in assay_outliers_add()
 * @blocks: which are looked at, a bit each
 *
 * Any thread, after assay_outliers_seal().
 */
ASSAY_API AssayOutlier assay_outliers_judge(const AssayOutliers *self, const double *row,
                                            guint blocks);

G_END_DECLS
