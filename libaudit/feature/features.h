/* feature/features.h - an item as a row of numbers, by which it can be told from others.
 *
 * Features come in groups: each has a name, needs a field, and makes some columns. To add one: a
 * row in the table of feature-types.c, and a function that fills the row of an item. Everything
 * that makes, prints or compares features goes by that table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "centroid.h"

G_BEGIN_DECLS

/**
 * AssayFeatureGroup:
 *
 * In the order of the columns of a table.
 */
typedef enum {
    ASSAY_FEATURES_INTENSITY,
    ASSAY_FEATURES_ATOMS,
    ASSAY_FEATURES_EDGES,
    ASSAY_FEATURES_MOMENTS,
    ASSAY_FEATURES_NOISE,
    ASSAY_FEATURES_QUALITY,
    ASSAY_FEATURES_COMB,
    ASSAY_FEATURES_SPIKES,
    ASSAY_FEATURES_PROFILE,
    ASSAY_N_FEATURE_GROUPS,
} AssayFeatureGroup;

typedef struct AssayFeatureSource AssayFeatureSource;

/**
 * AssayFeatureType:
 * @name: "moments"
 * @fields: in words, for a sample that has none of them: "pixels, mel or roll"
 * @columns: their names, ended by %NULL
 * @can_make: whether @sample has what it needs
 * @make: fills the columns of an item, counted from the first of the sample at hand; NaN is a
 *     missing value
 */
typedef struct {
    const char *name;
    const char *fields;
    const char *const *columns;
    gboolean (*can_make)(const AssaySample *sample, const char *field);
    gboolean (*make)(AssayFeatureSource *source, size_t item, double *values, GError **error);
} AssayFeatureType;

ASSAY_API extern const AssayFeatureType assay_feature_types[ASSAY_N_FEATURE_GROUPS];

/**
 * AssayFeaturesConfig:
 * @groups: which, a bit each (1 << ASSAY_FEATURES_MOMENTS); 0: all that a sample has the fields for
 * @centroid: how centroids are made, where a sample has none; its field is that of all groups
 * @has_centroid_options: whether any of that was asked for, which samples that have centroids
 * refuse
 */
typedef struct {
    guint groups;
    AssayCentroidConfig centroid;
    gboolean has_centroid_options;
} AssayFeaturesConfig;

#define ASSAY_FEATURES_CONFIG_DEFAULT                                                              \
    {                                                                                              \
        .centroid = ASSAY_CENTROID_CONFIG_DEFAULT                                                  \
    }

/**
 * assay_features_config_set:
 * @key: features, or an option of centroids: field, ink, clip, compat
 * @value: as typed: "moments,edges"
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_features_config_set(AssayFeaturesConfig *self, const char *key,
                                             const char *value,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_features_config_clear(AssayFeaturesConfig *self);

/* How many columns the groups of these bits have. */
ASSAY_API size_t assay_features_n_columns(guint groups);

/**
 * AssayFeatures:
 * @groups: of which it has the columns, a bit each
 * @n_columns: of these
 * @starts: where the columns of each group begin, and end where those of the next begin
 * @item_start, @n_items: of the sample
 * @values: n_items rows of n_columns values, NaN where there is none
 */
typedef struct {
    guint groups;
    size_t n_columns, starts[ASSAY_N_FEATURE_GROUPS + 1];
    size_t item_start, n_items;
    double *values;
} AssayFeatures;

/**
 * assay_features_of:
 *
 * The features of all items of @sample. Any thread.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FIELD where it lacks the fields of a group that
 *     is asked for, or of all; or with the error of what makes a group.
 */
ASSAY_API AssayFeatures *assay_features_of(const AssayFeaturesConfig *config, AssaySample *sample,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_features_free(AssayFeatures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFeatures, assay_features_free)

/**
 * assay_features_have:
 * @groups: bits of those that are needed
 * @sample: whose features these are, for messages
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD where one of @groups was not made, which names the first
 *     and what it is made of.
 */
ASSAY_API gboolean assay_features_have(const AssayFeatures *self, guint groups, const char *sample,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_features_row:
 * @item: from the first of these
 *
 * Returns: (transfer none): the columns of @group; %NULL where it was not made.
 */
ASSAY_API const double *assay_features_row(const AssayFeatures *self, size_t item,
                                           AssayFeatureGroup group);

G_END_DECLS
