/* feature/features-private.h - what the functions that make features see of a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "features.h"
#include "levels.h"

/**
 * AssayFeatureSource:
 * @planes: grey, where a group needs them; has_planes says so
 * @values: the same field with its colours
 * @centroids, @slopes: fields of the sample, or %NULL
 * @own_centroids, @own_slopes: room for those of an item, where the sample has none
 * @combs: the values of the field "log_spectrum", where a group needs it
 * @levels: of the item @levels_item, once asked for
 */
struct AssayFeatureSource {
    const AssayFeaturesConfig *config;
    AssaySample *sample;
    gboolean has_planes;
    AssayPlanes planes;
    const AssayArray *values;
    const AssayArray *centroids, *slopes;
    const double *combs;
    AssayArray *own_centroids, *own_slopes;
    size_t levels_item;
    AssayLevels levels;
};

gboolean assay_has_planes(const AssaySample *sample, const char *field);
gboolean assay_has_picture(const AssaySample *sample, const char *field);
gboolean assay_has_columns(const AssaySample *sample, const char *field);
gboolean assay_has_combs(const AssaySample *sample, const char *field);

gboolean assay_make_intensity(AssayFeatureSource *source, size_t item, double *values,
                              GError **error);
gboolean assay_make_atoms(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_edges(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_moments(AssayFeatureSource *source, size_t item, double *values,
                            GError **error);
gboolean assay_make_noise(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_quality(AssayFeatureSource *source, size_t item, double *values,
                            GError **error);
gboolean assay_make_combs(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_spikes(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_profile(AssayFeatureSource *source, size_t item, double *values,
                            GError **error);
