/* feature/feature-types.c - the table of features, and how each is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "features-private.h"
#include "noise.h"
#include "profile-points.h"
#include "quality.h"

enum { CHUNK = 1024 };

static const char *const intensity_columns[] = { "mean", "contrast", NULL };

static const char *const atom_columns[] = { "at_0", "at_full", "at_1_2", NULL };

static const char *const edge_columns[] = {
    "edge_0",       "edge_1",       "edge_2",       "edge_3_4",     "edge_5_8",
    "edge_9_16",    "edge_17_32",   "edge_33_64",   "edge_65_96",   "edge_97_128",
    "edge_129_160", "edge_161_192", "edge_193_224", "edge_225_239", "edge_240_247",
    "edge_248_251", "edge_252_253", "edge_254",     "edge_255",     NULL
};

static const char *const moment_columns[] = {
    "centroid_mean",  "centroid_variance", "centroid_skewness", "centroid_kurtosis", "slope_mean",
    "slope_variance", "slope_skewness",    "slope_kurtosis",    "empty_columns",     NULL
};

static const char *const noise_columns[] = { "noise_grey", "noise_rg", "noise_ratio", NULL };

static const char *const quality_columns[] = { "laplacian_variance", "high_frequencies",
                                               "colourfulness", "saturation", NULL };

static const char *const comb_columns[] = { "comb_strength", "comb_period", "comb_excess",
                                            "comb_binary", NULL };

static const char *const spike_columns[] = { "spikes", "spike_share", "spike_level", NULL };

static const char *const profile_columns[ASSAY_PROFILE_POINTS + 1] = {
    "profile_00", "profile_01", "profile_02", "profile_03", "profile_04", "profile_05",
    "profile_06", "profile_07", "profile_08", "profile_09", "profile_10", "profile_11",
    "profile_12", "profile_13", "profile_14", "profile_15", "profile_16", "profile_17",
    "profile_18", "profile_19", "profile_20", "profile_21", "profile_22", "profile_23",
    "profile_24", "profile_25", "profile_26", "profile_27", "profile_28", "profile_29",
    "profile_30", "profile_31", NULL
};

const AssayFeatureType assay_feature_types[ASSAY_N_FEATURE_GROUPS] = {
    [ASSAY_FEATURES_INTENSITY] = { "intensity", "pixels, mel or roll", intensity_columns,
                                   assay_has_planes, assay_make_intensity },
    [ASSAY_FEATURES_ATOMS] = { "atoms", "pixels", atom_columns, assay_has_picture,
                               assay_make_atoms },
    [ASSAY_FEATURES_EDGES] = { "edges", "pixels", edge_columns, assay_has_picture,
                               assay_make_edges },
    [ASSAY_FEATURES_MOMENTS] = { "moments", "pixels, mel, roll or centroid", moment_columns,
                                 assay_has_columns, assay_make_moments },
    [ASSAY_FEATURES_NOISE] = { "noise", "pixels", noise_columns, assay_has_picture,
                               assay_make_noise },
    [ASSAY_FEATURES_QUALITY] = { "quality", "pixels", quality_columns, assay_has_picture,
                                 assay_make_quality },
    [ASSAY_FEATURES_COMB] = { "comb", "log_spectrum", comb_columns, assay_has_combs,
                              assay_make_combs },
    [ASSAY_FEATURES_SPIKES] = { "spikes", "pixels", spike_columns, assay_has_picture,
                                assay_make_spikes },
    [ASSAY_FEATURES_PROFILE] = { "profile", "pixels", profile_columns, assay_has_picture,
                                 assay_make_profile },
};

gboolean
assay_has_picture(const AssaySample *sample, const char *field)
{
    if (field == NULL)
        return assay_sample_has(sample, "pixels");
    return strcmp(field, "mel") != 0 && strcmp(field, "roll") != 0 &&
           assay_sample_has(sample, field);
}

gboolean
assay_has_planes(const AssaySample *sample, const char *field)
{
    if (field != NULL)
        return assay_sample_has(sample, field);
    return assay_sample_has(sample, "pixels") || assay_sample_has(sample, "mel") ||
           assay_sample_has(sample, "roll");
}

gboolean
assay_has_columns(const AssaySample *sample, const char *field)
{
    return assay_sample_has(sample, "centroid") || assay_has_planes(sample, field);
}

typedef struct {
    double sum, squares, n;
} Sums;

/* Of the finite values of an item; squares are of the differences from @mean. */
static Sums
sum_item(const AssayPlanes *planes, size_t item, double mean)
{
    size_t size = planes->n_rows * planes->n_columns;
    double values[CHUNK];
    Sums sums = { 0, 0, 0 };

    for (size_t i = 0; i < size; i += CHUNK) {
        size_t n = MIN((size_t)CHUNK, size - i);

        assay_array_values(planes->array, item * size + i, n, values);
        for (size_t k = 0; k < n; k++) {
            gboolean is_finite = isfinite(values[k]);
            double value = is_finite ? values[k] / planes->full_scale : 0;
            double difference = is_finite ? value - mean : 0;

            sums.n += is_finite ? 1 : 0;
            sums.sum += value;
            sums.squares += difference * difference;
        }
    }
    return sums;
}

gboolean
assay_make_intensity(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    Sums sums = sum_item(&source->planes, item, 0);

    (void)error;
    values[0] = sums.sum / sums.n;
    values[1] = sqrt(sum_item(&source->planes, item, values[0]).squares / sums.n);
    return TRUE;
}

/* The levels of an item, which several groups ask for. */
static const AssayLevels *
find_levels(AssayFeatureSource *source, size_t item)
{
    if (source->levels_item != item)
        assay_levels_of(source->values, source->planes.full_scale, item, &source->levels);
    source->levels_item = item;
    return &source->levels;
}

gboolean
assay_make_atoms(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    const AssayLevels *levels = find_levels(source, item);
    double n = (double)levels->n;

    (void)error;
    values[0] = (double)levels->n_zero / n;
    values[1] = (double)levels->n_full / n;
    values[2] = (double)(levels->counts[1] + levels->counts[2]) / n;
    return TRUE;
}

/* Square roots, so that the difference of two small shares counts for more than that of two large
 * ones: distances between rows are then those of Hellinger, but for a factor. */
gboolean
assay_make_edges(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    (void)error;
    assay_levels_edges(find_levels(source, item), values);
    for (size_t bin = 0; bin < ASSAY_N_EDGES; bin++)
        values[bin] = sqrt(values[bin]);
    return TRUE;
}

gboolean
assay_make_noise(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    AssayNoise noise;

    (void)error;
    assay_noise_of(&source->planes, source->values, item, &noise);
    values[0] = noise.grey;
    values[1] = noise.red_green;
    values[2] = noise.ratio;
    return TRUE;
}

gboolean
assay_make_quality(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    AssayQuality quality;

    (void)error;
    assay_quality_of(&source->planes, source->values, item, &quality);
    values[0] = quality.laplacian_variance;
    values[1] = quality.high_frequencies;
    values[2] = quality.colourfulness;
    values[3] = quality.saturation;
    return TRUE;
}

gboolean
assay_make_spikes(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    AssaySpikes spikes;

    (void)error;
    assay_levels_spikes(find_levels(source, item), &spikes);
    values[0] = spikes.n;
    values[1] = spikes.share;
    values[2] = spikes.level;
    return TRUE;
}

gboolean
assay_make_profile(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    return assay_profile_points_of(&source->planes, item, source->config->centroid.max_bytes,
                                   values, error);
}
