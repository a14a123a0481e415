/* feature/item-moments.c - the features "moments": of centroids that a sample has, or that are made
 * here, eight items ahead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "features-private.h"

/* Wider items are made alone, so that eight of them are no more than a few pieces of memory. */
enum { MAX_COLUMNS = 4096 };

gboolean
assay_open_moments(AssayFeatureSource *source, GError **error)
{
    size_t n_columns = source->planes.n_columns;
    guint window = source->config->centroid.window;
    size_t n_slopes = assay_slope_count(n_columns, window);
    size_t n_lanes = source->planes.n_items > 1 && n_columns <= MAX_COLUMNS ? ASSAY_LANES : 0;
    size_t stride = (n_columns + ASSAY_LANES - 1) / ASSAY_LANES * ASSAY_LANES;
    size_t n = n_columns + n_slopes + (2 * stride + n_slopes) * n_lanes + window;
    AssayEight *eight = &source->eight;

    source->room = assay_array_new(ASSAY_F64, 1, &n, NULL, G_MAXSIZE, error);
    if (source->room == NULL)
        return FALSE;
    source->own_centroids = source->room->data;
    source->own_slopes = source->own_centroids + n_columns;
    source->empty = assay_centroid_empty(&source->config->centroid, &source->planes);
    *eight = (AssayEight){ n_columns, stride, n_slopes, window, .items = NULL };
    if (n_lanes > 0) {
        eight->items = source->own_slopes + n_slopes;
        eight->centroids = eight->items + stride * ASSAY_LANES;
        eight->slopes = eight->centroids + stride * ASSAY_LANES;
        eight->places = eight->slopes + n_slopes * ASSAY_LANES;
    }
    return TRUE;
}

static gboolean
make_centroids(AssayFeatureSource *source, size_t item, double *centroids, guint64 *n_empty,
               GError **error)
{
    AssayCentroidFacts facts = { 0 };

    if (!assay_centroid_of_item(&source->config->centroid, &source->planes, source->empty, item,
                                centroids, &facts, error))
        return FALSE;
    *n_empty = facts.empty_columns;
    return TRUE;
}

/* Makes @item and those behind it, up to eight, or up to one that is refused, when its turn comes.
 */
static gboolean
make_ahead(AssayFeatureSource *source, size_t item, GError **error)
{
    size_t n = MIN((size_t)ASSAY_LANES, source->planes.n_items - item), k = 0;
    AssayEight *eight = &source->eight;

    while (k < n && make_centroids(source, item + k, &eight->items[k * eight->stride],
                                   &source->n_empty[k], k == 0 ? error : NULL))
        k++;
    source->ahead_start = item;
    source->n_ahead = k;
    if (k > 0)
        assay_eight_moments(eight);
    return k > 0;
}

static void
put_moments(double *values, const AssayMoments *moments)
{
    values[0] = moments->mean;
    values[1] = moments->variance;
    values[2] = moments->skewness;
    values[3] = moments->kurtosis;
}

static void
put_moments_of(double *values, const double *of, size_t n)
{
    AssayMoments moments;

    assay_moments_of(of, n, &moments);
    put_moments(values, &moments);
}

/* Row @item of a field, or NULL with no values. */
static const double *
field_row(const AssayArray *array, size_t item, size_t *n)
{
    *n = array == NULL ? 0 : array->shape[array->n_axes - 1];
    return *n == 0 ? NULL : (const double *)array->data + item * *n;
}

static void
put_fields(const AssayFeatureSource *source, size_t item, double *values)
{
    size_t n_columns, n_slopes, n_empty = 0;
    const double *centroids = field_row(source->centroids, item, &n_columns);
    const double *slopes = field_row(source->slopes, item, &n_slopes);

    for (size_t i = 0; i < n_columns; i++)
        n_empty += isnan(centroids[i]) ? 1 : 0;
    put_moments_of(values, centroids, n_columns);
    put_moments_of(values + 4, slopes, n_slopes);
    values[8] = (double)n_empty / (double)n_columns;
}

static gboolean
make_alone(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    const AssayEight *eight = &source->eight;
    guint64 n_empty;

    if (!make_centroids(source, item, source->own_centroids, &n_empty, error))
        return FALSE;
    assay_slope_of_item(source->own_centroids, eight->n_columns, eight->window, source->own_slopes);
    put_moments_of(values, source->own_centroids, eight->n_columns);
    put_moments_of(values + 4, source->own_slopes, eight->n_slopes);
    values[8] = (double)n_empty / (double)eight->n_columns;
    return TRUE;
}

gboolean
assay_make_moments(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    const AssayEight *eight = &source->eight;
    size_t k;

    if (source->centroids != NULL) {
        put_fields(source, item, values);
        return TRUE;
    }
    if (eight->items == NULL)
        return make_alone(source, item, values, error);
    if (item - source->ahead_start >= source->n_ahead && !make_ahead(source, item, error))
        return FALSE;
    k = item - source->ahead_start;
    put_moments(values, &eight->of_centroids[k]);
    put_moments(values + 4, &eight->of_slopes[k]);
    values[8] = (double)source->n_empty[k] / (double)eight->n_columns;
    return TRUE;
}
