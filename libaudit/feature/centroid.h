/* feature/centroid.h - where in each column the light is, and how it moves from column to column.
 *
 * Field "centroid", [column] or [item, column], float64, in rows, row 0 being the first: the
 * expected row under the column normalised to sum 1, sum_i(i x_i) / sum_i(x_i) (the spectral
 * centroid of a spectrogram, in bands; Rafael Valle, Wilson Cai, Anish Doshi, "TequilaGAN: How to
 * easily identify GAN samples", 2018, takes it of pictures too). A column is empty where its sum,
 * in units of full scale, is at most "ink"; it has no centroid: NaN. So has one with a value that
 * is not finite.
 *
 * Field "slope", [window] or [item, window], float64, rows a column: the least-squares slope of so
 * many centroids in a row, from each column on as long as they last: of W columns W - window + 1.
 * NaN where one of its centroids is. Of narrower pictures it has no windows.
 *
 * As TequilaGAN does it: sum_i(i x_i / full scale) / (sum_i(x_i / full scale) + 2.22e-16), and 0
 * for an empty column; so a picture that is black on the left and one that is white in its first
 * row look alike.
 *
 * What planes are, and what their full scale is, says feature/planes.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"
#include "planes.h"

G_BEGIN_DECLS

#define ASSAY_CENTROID_MAX_WINDOW 4096

/**
 * AssayCentroidConfig:
 * @field: (nullable): which, see assay_planes_field(); owned
 * @ink: at least 0, in units of full scale
 * @window: centroids of a slope, 2 .. ASSAY_CENTROID_MAX_WINDOW
 * @clip: whether values below 0 count as 0; else they are refused
 * @tequilagan: whether it is done as there
 * @max_bytes: a limit for each field
 */
typedef struct {
    char *field;
    double ink;
    guint window;
    gboolean clip, tequilagan;
    size_t max_bytes;
} AssayCentroidConfig;

#define ASSAY_CENTROID_CONFIG_DEFAULT                                                              \
    {                                                                                              \
        .window = 7, .max_bytes = ASSAY_MAX_SAMPLE                                                 \
    }

/**
 * assay_centroid_config_set:
 * @key: field, ink, window, clip or compat
 * @value: as typed: "pixels", "0.05", "7", "yes", "tequilagan"
 *
 * The one place where option texts are read, for programs and for recipes alike.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_centroid_config_set(AssayCentroidConfig *self, const char *key,
                                             const char *value,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_centroid_config_clear(AssayCentroidConfig *self);

/* The options as they are recorded, by their long names: (transfer full). */
ASSAY_API AssayJson *assay_centroid_config_options(const AssayCentroidConfig *self);

/**
 * assay_centroid_stage:
 *
 * Returns: (transfer full): the stage "assay-centroid": adds "centroid" and "slope". The metadata
 *     of "centroid" name the field it is "of", and count "empty_columns", "empty_items" (of which
 *     all columns are empty), "non_finite_columns", and "negative" values that were clipped.
 */
ASSAY_API AssayStage *assay_centroid_stage(const AssayCentroidConfig *config);

/**
 * AssayCentroidFacts:
 *
 * What is counted on the way, see assay_centroid_stage().
 */
typedef struct {
    guint64 empty_columns, empty_items, non_finite, negative;
} AssayCentroidFacts;

/**
 * assay_centroid_empty:
 *
 * Returns: the greatest sum of an empty column: what is at most "ink" once it is divided by the
 * full scale
 */
ASSAY_API double assay_centroid_empty(const AssayCentroidConfig *config, const AssayPlanes *planes);

/**
 * assay_centroid_of_item:
 * @empty: of assay_centroid_empty()
 * @item: from the first of @planes
 * @centroids: (out): planes->n_columns values
 * @facts: (inout): counts are added
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where a value is below 0 and may not be.
 */
ASSAY_API gboolean assay_centroid_of_item(const AssayCentroidConfig *config,
                                          const AssayPlanes *planes, double empty, size_t item,
                                          double *centroids, AssayCentroidFacts *facts,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many slopes of @window columns @n columns have. */
ASSAY_API size_t assay_slope_count(size_t n, guint window);

/**
 * assay_slope_of_item:
 * @n: how many centroids
 * @slopes: (out): assay_slope_count() values
 */
ASSAY_API void assay_slope_of_item(const double *centroids, size_t n, guint window, double *slopes);

G_END_DECLS
