/* compare/ranking.h - which items of sets stand out most from a reference, and what gives them
 * away.
 *
 * The reference is added first, all of it; then the other sets. Memory grows neither with the items
 * nor with the groups: of the reference at most 4,096 groups are kept, of a set the rows that are
 * wanted.
 *
 * Stands on: compare/outlier.h, feature/features.h, rule/groups.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../feature/features.h"
#include "../rule/groups.h"
#include "outlier.h"

G_BEGIN_DECLS

/**
 * AssayRankConfig:
 * @features: which, and of which field; borrowed
 * @observe: how items are grouped
 * @full_scale: of compare/quantise.h; 0: values stay as they are
 */
typedef struct {
    AssayFeaturesConfig features;
    AssayObserveConfig observe;
    guint full_scale;
} AssayRankConfig;

/**
 * AssayRankPart:
 * @items: of one sample; @rows: their features
 * @field: what these are made of: "pixels"
 * @n_clipped: how many values quantising has clipped
 *
 * What one sample adds; made in a worker.
 */
typedef struct {
    AssayObservation *items;
    AssayFeatures *rows;
    char *field;
    guint64 n_clipped;
} AssayRankPart;

/**
 * assay_rank_part_new:
 * @sample: its fields change where they are quantised
 *
 * Returns: (transfer full): %NULL with what assay_quantise(), assay_observe() or
 *     assay_features_of() report
 */
ASSAY_API AssayRankPart *assay_rank_part_new(AssaySample *sample, const AssayRankConfig *config,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_rank_part_free(AssayRankPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRankPart, assay_rank_part_free)

/**
 * AssayRankRow:
 * @p: see AssayOutlier
 * @q: among all items of the set, see assay_multiple_bh()
 * @group, @feature: what gives the item away: a group of features, and one of its columns
 * @value: of this feature; NaN where it is missing
 * @low, @median, @high, @deviation: see AssayFeatureRange
 * @note: what limits the numbers; "" if nothing does
 */
typedef struct {
    char *set, *item;
    double p, q;
    const char *group, *feature;
    double value, low, median, high, deviation;
    char *note;
} AssayRankRow;

typedef struct AssayRanking AssayRanking;

/**
 * assay_ranking_new:
 * @labels: (array length=n_sets): what sets are called; the first is the reference
 * @n_rows: how many rows of each set are wanted
 */
ASSAY_API AssayRanking *assay_ranking_new(const char *const *labels, size_t n_sets,
                                          size_t n_rows) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_ranking_free(AssayRanking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRanking, assay_ranking_free)

/**
 * assay_ranking_add:
 * @set: 0 until all of the reference is there; from then on any other
 * @groups: (nullable): which items stand or fall together
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD where the sample has features of another field than the
 *     first of the reference, or where one of the reference lacks some; nothing is added then
 */
ASSAY_API gboolean assay_ranking_add(AssayRanking *self, size_t set, const AssayRankPart *part,
                                     AssayGroups *groups, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a set has no item. */
ASSAY_API gboolean assay_ranking_is_empty(const AssayRanking *self, size_t set);

/**
 * assay_ranking_rows:
 *
 * Returns: (transfer none) (element-type AssayRankRow): the first rows of a set: by p, then by
 *     deviation, the farthest first, then by the sum of all scores, then as they came
 */
ASSAY_API const GPtrArray *assay_ranking_rows(AssayRanking *self, size_t set);

G_END_DECLS
