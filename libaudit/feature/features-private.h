/* feature/features-private.h - what the functions that make features see of a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "eight-moments-private.h"
#include "features.h"
#include "levels.h"

/**
 * AssayFeatureSource:
 * @planes: grey, where a group needs them; has_planes says so
 * @values: the same field with its colours
 * @centroids, @slopes: fields of the sample, or %NULL
 * @empty: the greatest sum of an empty column
 * @room: of these, where the sample has none: @own_centroids and @own_slopes of an item, and those
 *     of @eight, which has none where items are made alone
 * @ahead_start, @n_ahead: the items that are made in @eight; of each @n_empty columns are empty
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
    double empty;
    AssayArray *room;
    double *own_centroids, *own_slopes;
    AssayEight eight;
    size_t ahead_start, n_ahead;
    guint64 n_empty[ASSAY_LANES];
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
/* Before assay_make_moments(), where there are planes. */
gboolean assay_open_moments(AssayFeatureSource *source, GError **error);
gboolean assay_make_moments(AssayFeatureSource *source, size_t item, double *values,
                            GError **error);
gboolean assay_make_noise(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_quality(AssayFeatureSource *source, size_t item, double *values,
                            GError **error);
gboolean assay_make_combs(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_spikes(AssayFeatureSource *source, size_t item, double *values, GError **error);
gboolean assay_make_profile(AssayFeatureSource *source, size_t item, double *values,
                            GError **error);
