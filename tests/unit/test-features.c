/* tests/unit/test-features.c - items as rows of numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/feature/features.h>
#include <assay/feature/levels.h>
#include <assay/feature/moments.h>
#include <math.h>
#include <string.h>

#include "any-field.h"

/* With options key, value, key, value ... NULL. */
static AssayFeaturesConfig
new_config(const char *key, ...)
{
    AssayFeaturesConfig config = ASSAY_FEATURES_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    va_list args;

    va_start(args, key);
    for (; key != NULL; key = va_arg(args, const char *)) {
        if (!assay_features_config_set(&config, key, va_arg(args, const char *), &error))
            g_assert_no_error(error);
    }
    va_end(args);
    return config;
}

static AssayFeatures *
make(AssayFeaturesConfig config, AssaySample *sample)
{
    g_autoptr(GError) error = NULL;
    AssayFeatures *features = assay_features_of(&config, sample, &error);

    g_assert_no_error(error);
    assay_features_config_clear(&config);
    return features;
}

static void
assert_refused(AssayFeaturesConfig config, AssaySample *sample, int code, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayFeatures) features = assay_features_of(&config, sample, &error);

    g_assert_null(features);
    g_assert_error(error, ASSAY_ERROR, code);
    if (error != NULL && strstr(error->message, says) == NULL)
        g_test_fail_printf("\"%s\" does not say \"%s\"", error->message, says);
    assay_features_config_clear(&config);
}

/* 1 2 4 9: mean 4, deviations -3 -2 0 5; m2 = 38/4, m3 = 90/4, m4 = 722/4. */
static void
test_moments(void)
{
    const double values[] = { 1, (double)NAN, 2, 4, 9 }, same[] = { 0.1, 0.1, 0.1 };
    AssayMoments moments;

    g_assert_cmpuint(assay_moments_of(values, 5, &moments), ==, 4);
    g_assert_cmpfloat(moments.mean, ==, 4);
    g_assert_cmpfloat(moments.variance, ==, 9.5);
    g_assert_cmpfloat_with_epsilon(moments.skewness, 22.5 / pow(9.5, 1.5), 1e-15);
    g_assert_cmpfloat_with_epsilon(moments.kurtosis, 180.5 / (9.5 * 9.5), 1e-15);
    g_assert_cmpuint(assay_moments_of(same, 3, &moments), ==, 3);
    g_assert_cmpfloat_with_epsilon(moments.variance, 0, 1e-30);
    g_assert_true(isnan(moments.skewness) && isnan(moments.kurtosis));
    g_assert_cmpuint(assay_moments_of(values + 1, 1, &moments), ==, 0);
    g_assert_true(isnan(moments.mean) && isnan(moments.variance));
    g_assert_cmpuint(assay_moments_of(NULL, 0, &moments), ==, 0);
}

/* Every byte is its own level, and every bin ends where it says. */
static void
test_levels(void)
{
    static const guint8 sizes[ASSAY_N_EDGES] = { 1,  1,  1,  2,  4, 8, 16, 32, 32, 32,
                                                 32, 32, 32, 15, 8, 4, 2,  1,  1 };
    const double scales[] = { 255, 256 };
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    AssayArray *array =
        any_field_add(sample, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 1, 256 }, NULL);
    double shares[ASSAY_N_EDGES];
    AssayLevels levels;

    for (size_t i = 0; i < 256; i++)
        any_field_put(array, i, (double)i);
    for (size_t k = 0; k < G_N_ELEMENTS(scales); k++) {
        assay_levels_of(array, scales[k], 0, &levels);
        g_assert_cmpuint(levels.n, ==, 256);
        g_assert_cmpuint(levels.n_zero, ==, 1);
        g_assert_cmpuint(levels.n_full, ==, 1);
        for (size_t i = 0; i < 256; i++)
            g_assert_cmpuint(levels.counts[i], ==, 1);
        assay_levels_edges(&levels, shares);
        for (size_t i = 0; i < ASSAY_N_EDGES; i++)
            g_assert_cmpfloat(shares[i], ==, sizes[i] / 256.0);
    }
    assay_levels_of(array, 1, 0, &levels); /* black and white alone, and 254 beyond the scale */
    g_assert_cmpuint(levels.counts[255], ==, 255);
    g_assert_cmpuint(levels.n_full, ==, 1);
}

/* Floats fall on the level next to them; what is exact, and what is finite, is counted apart. */
static void
test_float_levels(void)
{
    const double values[] = { 0,   -0.5, 1 / 255.0,   1.5 / 255, 1.49 / 255,        254.5 / 255,
                              1.0, 1.5,  (double)NAN, 0.5,       (double)-INFINITY, 1e-9 };
    enum { N = G_N_ELEMENTS(values) };
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_F64, "item,row,column",
                                      (const size_t[]){ 2, 1, N }, NULL);
    AssayLevels levels;

    for (size_t i = 0; i < N; i++)
        any_field_put(array, N + i, values[i]);
    assay_levels_of(array, 1, 1, &levels);
    g_assert_cmpuint(levels.n, ==, N - 2);
    g_assert_cmpuint(levels.n_zero, ==, 1);
    g_assert_cmpuint(levels.n_full, ==, 1);
    g_assert_cmpuint(levels.counts[0], ==, 3);
    g_assert_cmpuint(levels.counts[1], ==, 2);
    g_assert_cmpuint(levels.counts[2], ==, 1);
    g_assert_cmpuint(levels.counts[128], ==, 1);
    g_assert_cmpuint(levels.counts[255], ==, 3);
    assay_levels_of(array, 1, 0, &levels);
    g_assert_cmpuint(levels.n_zero, ==, N);
}

/* 1,000 values: 500 on level 0 and none beside it; 10 on level 9, 90 on 10, which is more than 8
 * times the mean of 10, 10, 10 and 10; 10 on level 200, which is enough, 9 on 210, which is not;
 * 81 and 9 at the end, where 81 is 8 times 81 / 2 at most. */
static void
test_spikes(void)
{
    AssayLevels levels = { .n = 1000, .counts = { [0] = 500 } };
    AssaySpikes spikes;

    for (size_t i = 8; i <= 12; i++)
        levels.counts[i] = i == 10 ? 90 : 10;
    levels.counts[200] = 10;
    levels.counts[210] = 9;
    levels.counts[254] = 81;
    levels.counts[255] = 81;
    assay_levels_spikes(&levels, &spikes);
    g_assert_cmpfloat(spikes.n, ==, 3);
    g_assert_cmpfloat_with_epsilon(spikes.share, (500 + 80 + 10) / 1000.0, 1e-15);
    g_assert_cmpfloat(spikes.level, ==, 0);
    levels.counts[10] = 80; /* 8 times, no more */
    levels.counts[0] = 0;
    assay_levels_spikes(&levels, &spikes);
    g_assert_cmpfloat(spikes.n, ==, 1);
    g_assert_cmpfloat(spikes.level, ==, 200);
    levels.n = 100; /* of few values 9 are none yet */
    levels.counts[200] = 9;
    assay_levels_spikes(&levels, &spikes);
    g_assert_cmpfloat(spikes.n, ==, 0);
    g_assert_true(isnan(spikes.level));
    levels = (AssayLevels){ 0 };
    assay_levels_spikes(&levels, &spikes);
    g_assert_true(isnan(spikes.n) && isnan(spikes.share) && isnan(spikes.level));
}

/* A picture of two items, by hand. */
static AssaySample *
new_pictures(void)
{
    static const guint8 cells[] = { 0, 255, 1, 2, 51, 204, /**/ 0, 0, 0, 0, 0, 0 };
    AssaySample *sample = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_U8, "item,row,column",
                                      (const size_t[]){ 2, 2, 3 }, NULL);

    memcpy(array->data, cells, sizeof cells);
    assay_sample_set_items(sample, 7, 2);
    return sample;
}

static void
test_pictures(void)
{
    g_autoptr(AssaySample) sample = new_pictures();
    g_autoptr(AssayFeatures) all = make(new_config(NULL), sample);
    g_autoptr(AssayFeatures) atoms = make(new_config("features", "atoms", NULL), sample);
    const double *row = assay_features_row(all, 0, ASSAY_FEATURES_INTENSITY);
    const double mean = (0 + 255 + 1 + 2 + 51 + 204) / 6.0 / 255;
    double squares = 0;

    g_assert_cmpuint(all->n_columns, ==, 2 + 3 + 19 + 9 + 3 + 4 + 3 + 32);
    g_assert_cmpuint(all->item_start, ==, 7);
    g_assert_cmpuint(all->n_items, ==, 2);
    for (size_t i = 0; i < 6; i++) {
        double value = ((const double[]){ 0, 255, 1, 2, 51, 204 })[i] / 255 - mean;

        squares += value * value;
    }
    g_assert_cmpfloat_with_epsilon(row[0], mean, 1e-15);
    g_assert_cmpfloat_with_epsilon(row[1], sqrt(squares / 6), 1e-15);
    row = assay_features_row(all, 0, ASSAY_FEATURES_ATOMS);
    g_assert_cmpfloat(row[0], ==, 1 / 6.0);
    g_assert_cmpfloat(row[1], ==, 1 / 6.0);
    g_assert_cmpfloat(row[2], ==, 2 / 6.0);
    g_assert_true(
        memcmp(row, assay_features_row(atoms, 0, ASSAY_FEATURES_ATOMS), 3 * sizeof *row) == 0);
    g_assert_null(assay_features_row(atoms, 0, ASSAY_FEATURES_EDGES));
    row = assay_features_row(all, 0, ASSAY_FEATURES_EDGES);
    g_assert_cmpfloat(row[7], ==, sqrt(1 / 6.0)); /* 51 */
    g_assert_cmpfloat(row[18], ==, sqrt(1 / 6.0));
    row = assay_features_row(all, 0, ASSAY_FEATURES_MOMENTS);
    /* centroids 1 (2 in row 1 alone), 51 / 306, 204 / 205 */
    g_assert_cmpfloat_with_epsilon(row[0], (1 + 51 / 306.0 + 204 / 205.0) / 3, 1e-15);
    g_assert_true(isnan(row[4])); /* too narrow for a slope */
    g_assert_cmpfloat(row[8], ==, 0);
    row = assay_features_row(all, 1, ASSAY_FEATURES_MOMENTS);
    g_assert_true(isnan(row[0]) && isnan(row[3]));
    g_assert_cmpfloat(row[8], ==, 1);
    row = assay_features_row(all, 1, ASSAY_FEATURES_ATOMS);
    g_assert_cmpfloat(row[0], ==, 1);
}

/* One picture of each size after the other, each as if it were alone; of one value, that is all
 * there is. 200 x 100 values of 1 are 20,000 at frequency 0: 10 log10(20000). */
static void
test_profile(void)
{
    static const size_t shapes[][2] = { { 1, 1 }, { 100, 200 }, { 1, 1 }, { 2, 3 }, { 100, 200 } };

    for (size_t k = 0; k < G_N_ELEMENTS(shapes); k++) {
        g_autoptr(AssaySample) sample = assay_sample_new("p");
        g_autoptr(AssayFeatures) features = NULL;
        size_t n = shapes[k][0] * shapes[k][1];
        AssayArray *array =
            any_field_add(sample, "pixels", ASSAY_U8, "row,column", shapes[k], NULL);
        const double *row;

        for (size_t i = 0; i < n; i++)
            any_field_put(array, i, 255);
        features = make(new_config("features", "profile", NULL), sample);
        row = assay_features_row(features, 0, ASSAY_FEATURES_PROFILE);
        g_assert_cmpuint(features->n_columns, ==, 32);
        g_assert_cmpfloat_with_epsilon(row[0], 10 * log10((double)n), 1e-9);
        g_assert_cmpfloat_with_epsilon(row[31], n == 1 ? 0 : -200, 1e-9);
    }
}

/* Of a value that is none no profile is left, and the next picture has its own. */
static void
test_no_profile(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("p"), large = assay_sample_new("l");
    g_autoptr(AssaySample) wide = assay_sample_new("w");
    g_autoptr(AssayFeatures) features = NULL, none = NULL;
    AssayFeaturesConfig small = new_config("features", "profile", NULL);
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_F32, "item,row,column",
                                      (const size_t[]){ 2, 4, 4 }, NULL);

    any_field_put(array, 3, (double)NAN);
    any_field_put(array, 20, 1);
    features = make(new_config("features", "profile", NULL), sample);
    g_assert_true(isnan(features->values[0]) && isnan(features->values[31]));
    g_assert_cmpfloat_with_epsilon(features->values[32], 10 * log10(1 / 16.0), 1e-9);
    any_field_add(wide, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 1, 65537 }, NULL);
    none = make(new_config("features", "profile", NULL), wide);
    g_assert_true(isnan(none->values[0]) && isnan(none->values[31]));
    any_field_add(large, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 64, 64 }, NULL);
    small.centroid.max_bytes = 1000;
    assert_refused(small, large, ASSAY_ERROR_RANGE, "l: a plane of 64 x 64 values has no spectrum");
}

/* Centroids of the stream are taken as they are; then nothing can be asked of them. */
static void
test_centroids(void)
{
    g_autoptr(AssaySample) sample = new_pictures();
    g_autoptr(AssaySample) alone = assay_sample_new("c");
    g_autoptr(AssaySample) other = new_pictures();
    g_autoptr(AssayFeatures) taken = NULL, only = NULL;
    AssayArray *array =
        any_field_add(sample, "centroid", ASSAY_F64, "item,column", (const size_t[]){ 2, 4 }, NULL);

    for (size_t i = 0; i < 8; i++)
        any_field_put(array, i, i == 5 ? (double)NAN : (double)i);
    taken = make(new_config("features", "moments,atoms", NULL), sample);
    g_assert_cmpfloat(assay_features_row(taken, 0, ASSAY_FEATURES_MOMENTS)[0], ==, 1.5);
    g_assert_cmpfloat(assay_features_row(taken, 1, ASSAY_FEATURES_MOMENTS)[0], ==, 17 / 3.0);
    g_assert_cmpfloat(assay_features_row(taken, 1, ASSAY_FEATURES_MOMENTS)[8], ==, 0.25);
    assert_refused(new_config("ink", "0.1", NULL), sample, ASSAY_ERROR_USAGE,
                   "p: has centroids already");
    any_field_put(
        any_field_add(alone, "centroid", ASSAY_F64, "column", (const size_t[]){ 1 }, NULL), 0, 3);
    any_field_put(any_field_add(alone, "slope", ASSAY_F64, "window", (const size_t[]){ 1 }, NULL),
                  0, 5);
    only = make(new_config(NULL), alone);
    g_assert_cmpuint(only->groups, ==, 1u << ASSAY_FEATURES_MOMENTS);
    g_assert_cmpfloat(only->values[0], ==, 3);
    g_assert_cmpfloat(only->values[4], ==, 5);
    any_field_add(other, "centroid", ASSAY_F64, "column", (const size_t[]){ 4 }, NULL);
    assert_refused(new_config(NULL), other, ASSAY_ERROR_FIELD,
                   "p: field \"centroid\" has 1 items, field \"pixels\" 2");
}

/* Atoms and edges are of all channels, however many; what is of grey needs three. */
static void
test_channels(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("c");
    g_autoptr(AssayFeatures) atoms = NULL;

    any_field_put(any_field_add(sample, "pixels", ASSAY_U8, "row,column,channel",
                                (const size_t[]){ 1, 2, 4 }, NULL),
                  3, 255);
    atoms = make(new_config("features", "atoms,edges", NULL), sample);
    g_assert_cmpfloat(atoms->values[0], ==, 7 / 8.0);
    g_assert_cmpfloat(atoms->values[1], ==, 1 / 8.0);
    assert_refused(new_config("features", "atoms,intensity", NULL), sample, ASSAY_ERROR_FIELD,
                   "c: field \"pixels\" has 4 channels");
}

static void
test_refused(void)
{
    g_autoptr(AssaySample) music = assay_sample_new("m");
    g_autoptr(AssaySample) none = assay_sample_new("n");
    g_autoptr(AssaySample) many = new_pictures();
    g_autoptr(AssayFeatures) features = NULL;
    g_autoptr(GError) error = NULL;
    AssayFeaturesConfig small = new_config("features", "edges", NULL);
    AssayFeaturesConfig bad = new_config(NULL);

    assert_refused(new_config(NULL), none, ASSAY_ERROR_FIELD, "n: has no field to make features");
    any_field_add(music, "roll", ASSAY_U8, "time,pitch", (const size_t[]){ 9, 3 }, NULL);
    assert_refused(new_config("features", "edges", NULL), music, ASSAY_ERROR_FIELD,
                   "m: features edges need pixels; it has roll");
    features = make(new_config(NULL), music);
    g_assert_cmpuint(features->groups, ==,
                     1u << ASSAY_FEATURES_INTENSITY | 1u << ASSAY_FEATURES_MOMENTS);
    small.centroid.max_bytes = 2 * 19 * sizeof(double) - 1;
    assert_refused(small, many, ASSAY_ERROR_RANGE,
                   "p: the features of 2 items pass the limit; --features makes fewer, "
                   "--max-sample raises it");
    g_assert_false(assay_features_config_set(&bad, "features", "edges,noises", &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
    g_assert_false(assay_features_config_set(&bad, "features", "", NULL));
    assay_features_config_clear(&bad);
}

/* What has fewer groups than are needed is refused by the first that it lacks. */
static void
test_have(void)
{
    const guint all =
        1u << ASSAY_FEATURES_INTENSITY | 1u << ASSAY_FEATURES_ATOMS | 1u << ASSAY_FEATURES_EDGES;
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_autoptr(AssayFeatures) features = NULL;
    g_autoptr(GError) error = NULL;

    any_field_add(sample, "mel", ASSAY_F32, "time,mel", (const size_t[]){ 9, 4 }, NULL);
    features = make(new_config("features", "intensity", NULL), sample);
    g_assert_true(assay_features_have(features, 1u << ASSAY_FEATURES_INTENSITY, "x", &error));
    g_assert_true(assay_features_have(features, 0, "x", &error));
    g_assert_false(assay_features_have(features, all, "x", &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_assert_cmpstr(error->message, ==,
                    "x: has no pixels for features atoms, which the samples before it have; "
                    "--features chooses others");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/features/moments", test_moments);
    g_test_add_func("/features/levels", test_levels);
    g_test_add_func("/features/float-levels", test_float_levels);
    g_test_add_func("/features/spikes", test_spikes);
    g_test_add_func("/features/profile", test_profile);
    g_test_add_func("/features/no-profile", test_no_profile);
    g_test_add_func("/features/pictures", test_pictures);
    g_test_add_func("/features/centroids", test_centroids);
    g_test_add_func("/features/channels", test_channels);
    g_test_add_func("/features/refused", test_refused);
    g_test_add_func("/features/have", test_have);
    return g_test_run();
}
