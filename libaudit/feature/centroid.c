/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "centroid.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "column-sums-private.h"

/* What TequilaGAN adds to a column's sum. */
#define TEQUILAGAN_EPSILON 2.22e-16

/* Names the first value below 0 of an item. */
static gboolean
refuse_negative(const AssayPlanes *planes, size_t item, GError **error)
{
    g_autofree char *identity = assay_planes_identity(planes, item);
    size_t size = planes->n_rows * planes->n_columns, at = 0;
    size_t minor = planes->by_column ? planes->n_rows : planes->n_columns;
    const char *const *axes =
        (const char *const *)planes->array->axes + (planes->has_items ? 1 : 0);

    while (!(assay_array_value(planes->array, item * size + at) < 0))
        at++;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: field \"%s\", %s %" G_GSIZE_FORMAT ", %s %" G_GSIZE_FORMAT
                ": the value is %g; below 0 there is no centroid: assay-image --range=LO:HI maps "
                "LO to 0, or --clip counts what is below 0 as 0",
                identity, planes->field, axes[0], at / minor, axes[1], at % minor,
                assay_array_value(planes->array, item * size + at));
    assay_planes_blame(planes, item, error);
    return FALSE;
}

/* Quotients as TequilaGAN has them. */
static AssayColumnQuotients
divide_as_tequilagan(const AssayColumnSums *sums, size_t n, double full_scale, double ink,
                     double *centroids)
{
    AssayColumnQuotients counts = { 0, 0 };

    for (size_t c = 0; c < n; c++) {
        double sum = sums->sum[c] / full_scale, weighted = sums->weighted[c] / full_scale;
        gboolean is_finite = isfinite(sums->sum[c]) && isfinite(sums->weighted[c]);
        gboolean is_empty = is_finite && sum <= ink;

        counts.n_empty += is_empty ? 1 : 0;
        counts.n_non_finite += is_finite ? 0 : 1;
        centroids[c] = is_empty     ? 0
                       : !is_finite ? (double)NAN
                                    : weighted / (sum + TEQUILAGAN_EPSILON);
    }
    return counts;
}

/* As numbers from 0 on are in order, so are their bits: one after the other is decided, from the
 * first, whether it may be set. */
double
assay_centroid_empty(const AssayCentroidConfig *config, const AssayPlanes *planes)
{
    guint64 bits = 0;
    double empty = 0;

    for (guint bit = 63; bit-- > 0;) {
        guint64 more = bits | G_GUINT64_CONSTANT(1) << bit;

        memcpy(&empty, &more, sizeof empty);
        if (isfinite(empty) && empty / planes->full_scale <= config->ink)
            bits = more;
    }
    memcpy(&empty, &bits, sizeof empty);
    return empty;
}

gboolean
assay_centroid_of_item(const AssayCentroidConfig *config, const AssayPlanes *planes, double empty,
                       size_t item, double *centroids, AssayCentroidFacts *facts, GError **error)
{
    guint64 n_empty = 0;
    AssayColumnSums sums;

    for (size_t first = 0; first < planes->n_columns; first += ASSAY_COLUMNS) {
        size_t n = MIN((size_t)ASSAY_COLUMNS, planes->n_columns - first);
        AssayColumnQuotients counts;

        assay_column_sums(planes, item, first, n, &sums);
        if (sums.n_negative > 0 && !config->clip)
            return refuse_negative(planes, item, error);
        counts = config->tequilagan ? divide_as_tequilagan(&sums, n, planes->full_scale,
                                                           config->ink, &centroids[first])
                                    : assay_column_quotients(&sums, n, empty, &centroids[first]);
        facts->negative += sums.n_negative;
        facts->non_finite += counts.n_non_finite;
        n_empty += counts.n_empty;
    }
    facts->empty_columns += n_empty;
    facts->empty_items += n_empty == planes->n_columns ? 1 : 0;
    return TRUE;
}

size_t
assay_slope_count(size_t n, guint window)
{
    return n < window ? 0 : n - window + 1;
}

/* Of y over x = 0 ... w - 1: sum((x - m) y) / sum((x - m)^2), m = (w - 1) / 2; the denominator is
 * w (w^2 - 1) / 12. */
void
assay_slope_of_item(const double *centroids, size_t n, guint window, double *slopes)
{
    const double middle = (window - 1) / 2.0;
    const double spread = (double)window * ((double)window * window - 1) / 12;
    size_t n_slopes = assay_slope_count(n, window);

    for (size_t i = 0; i < n_slopes; i++)
        slopes[i] = 0;
    /* All slopes at once, so that the compiler makes vectors of them. */
    for (guint k = 0; k < window; k++) {
        double x = k - middle;

        for (size_t i = 0; i < n_slopes; i++)
            slopes[i] += x * centroids[i + k];
    }
    for (size_t i = 0; i < n_slopes; i++)
        slopes[i] /= spread;
}

/* An array of @n values for each item. */
static AssayArray *
new_field(const AssayCentroidConfig *config, const AssayPlanes *planes, size_t n, const char *axis,
          GError **error)
{
    const char *const axes[] = { "item", axis, NULL };
    const size_t shape[] = { planes->n_items, n };
    size_t skip = planes->has_items ? 0 : 1;

    return assay_array_new(ASSAY_F64, 2 - skip, shape + skip, axes + skip, config->max_bytes,
                           error);
}

static void
set_count(AssayJson *meta, const char *key, guint64 count)
{
    if (count > 0)
        assay_json_set_integer(meta, key, (gint64)count);
}

/* What places a column in time goes along. */
static AssayJson *
field_meta(AssaySample *sample, const AssayPlanes *planes, const char *unit)
{
    static const char *const kept[] = { "step_q", "rate_hz", "hop_s", "window", "hop" };
    const AssayJson *from = assay_sample_field_meta(sample, planes->field);
    AssayJson *meta = assay_json_object();

    for (size_t i = 0; planes->by_column && i < G_N_ELEMENTS(kept); i++) {
        AssayJson *value = assay_json_get(from, kept[i]);

        if (value != NULL)
            assay_json_set_take(meta, kept[i], assay_json_ref(value));
    }
    assay_json_set_string(meta, "of", planes->field);
    assay_json_set_string(meta, "unit", unit);
    return meta;
}

static AssayJson *
centroid_meta(AssaySample *sample, const AssayPlanes *planes, const AssayCentroidFacts *facts)
{
    AssayJson *meta = field_meta(sample, planes, "rows");

    set_count(meta, "empty_columns", facts->empty_columns);
    set_count(meta, "empty_items", facts->empty_items);
    set_count(meta, "non_finite_columns", facts->non_finite);
    set_count(meta, "negative", facts->negative);
    return meta;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const AssayCentroidConfig *config = stage->config;
    g_auto(AssayPlanes) planes = { 0 };
    g_autoptr(AssayArray) centroids = NULL, slopes = NULL;
    AssayCentroidFacts facts = { 0 };
    double empty;
    size_t n_slopes;

    (void)state;
    if (!assay_planes_open(&planes, sample, config->field, error) ||
        (centroids = new_field(config, &planes, planes.n_columns, "column", error)) == NULL)
        return FALSE;
    n_slopes = assay_slope_count(planes.n_columns, config->window);
    slopes = new_field(config, &planes, n_slopes, "window", error);
    if (slopes == NULL)
        return FALSE;
    empty = assay_centroid_empty(config, &planes);
    for (size_t i = 0; i < planes.n_items; i++) {
        double *row = (double *)centroids->data + i * planes.n_columns;

        if (!assay_centroid_of_item(config, &planes, empty, i, row, &facts, error))
            return FALSE;
        assay_slope_of_item(row, planes.n_columns, config->window,
                            (double *)slopes->data + i * n_slopes);
    }
    assay_sample_take_field(sample, "centroid", g_steal_pointer(&centroids),
                            centroid_meta(sample, &planes, &facts));
    assay_sample_take_field(sample, "slope", g_steal_pointer(&slopes),
                            field_meta(sample, &planes, "rows a column"));
    return TRUE;
}

static void
free_config(gpointer config)
{
    assay_centroid_config_clear(config);
    g_free(config);
}

AssayStage *
assay_centroid_stage(const AssayCentroidConfig *config)
{
    static const char *const more[] = { "slope", NULL };
    AssayStage *stage = g_new0(AssayStage, 1);
    AssayCentroidConfig *own = g_memdup2(config, sizeof *config);

    own->field = g_strdup(config->field);
    stage->tool = "assay-centroid";
    stage->options = assay_centroid_config_options(own);
    stage->field = "centroid";
    stage->more_fields = more;
    stage->apply = apply;
    stage->config = own;
    stage->config_free = free_config;
    return stage;
}
