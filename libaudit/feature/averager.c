/* feature/averager.c - a sample's part of an average.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <pthread.h>

#include "../base/error.h"
#include "../image/residual.h"
#include "../signal/log-spectrum.h"
#include "../signal/plane-dct.h"
#include "../signal/plane-fft.h"
#include "average-private.h"
#include "average.h"

static const double LEVELS = 255, LARGEST = 1e100, COSINE_FLOOR = 1e-12;

/**
 * Bench:
 *
 * The tables of a thread, for planes of one size and type.
 * @spectrum: [width / 2 + 1, height] or [height, width]: of the item at hand
 * @plane: of f64: a plane whose values are of no type that has residuals
 * @at: where the values of the item at hand are, of @type
 */
typedef struct {
    AssayType type;
    size_t height, width;
    AssayPlaneFft *fft;
    AssayPlaneDct *dct;
    AssayResidual *residual;
    double *spectrum, *plane;
    const void *at;
    double factor;
} Bench;

struct AssayAverager {
    AssayAverageConfig config;
    pthread_mutex_t lock;
    GPtrArray *idle; /* of Bench */
};

static void
free_bench(gpointer data)
{
    Bench *self = data;

    assay_plane_fft_free(self->fft);
    assay_plane_dct_free(self->dct);
    assay_residual_free(self->residual);
    g_free(self->spectrum);
    g_free(self->plane);
    g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bench, free_bench)

AssayAverager *
assay_averager_new(const AssayAverageConfig *config)
{
    AssayAverager *self = g_new0(AssayAverager, 1);

    self->config = *config;
    pthread_mutex_init(&self->lock, NULL);
    self->idle = g_ptr_array_new_with_free_func(free_bench);
    return self;
}

void
assay_averager_free(AssayAverager *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->idle);
    pthread_mutex_destroy(&self->lock);
    g_free(self);
}

/* How many values are summed for a plane: a product that the plane's own transform has checked. */
static size_t
count_values(AssayAverageKind kind, size_t height, size_t width)
{
    return (kind == ASSAY_AVERAGE_INCOHERENT ? width / 2 + 1 : width) * height;
}

static gboolean
make_tables(Bench *self, const AssayAverageConfig *config, GError **error)
{
    size_t n;

    if (config->kind == ASSAY_AVERAGE_COSINE)
        self->dct = assay_plane_dct_new(self->height, self->width, config->max_bytes, error);
    else
        self->fft = assay_plane_fft_new(self->width, self->height, config->max_bytes, error);
    if (self->dct == NULL && self->fft == NULL)
        return FALSE;
    if (config->kind != ASSAY_AVERAGE_COSINE &&
        (self->residual =
             assay_residual_new(assay_residual_takes(self->type) ? self->type : ASSAY_F64,
                                self->width, error)) == NULL)
        return FALSE;
    n = count_values(config->kind, self->height, self->width);
    self->spectrum = g_try_new(double, n);
    if (!assay_residual_takes(self->type))
        self->plane = g_try_new(double, self->height * self->width);
    if (self->spectrum != NULL && (self->plane != NULL || assay_residual_takes(self->type)))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "no memory for a spectrum of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT, self->width,
                self->height);
    return FALSE;
}

/* An idle one for planes of this size, or a new one; idle ones of other sizes are of no more use.
 */
static Bench *
take_bench(AssayAverager *self, AssayType type, size_t height, size_t width, GError **error)
{
    g_autoptr(Bench) bench = NULL;

    pthread_mutex_lock(&self->lock);
    if (self->idle->len > 0)
        bench = g_ptr_array_steal_index_fast(self->idle, self->idle->len - 1);
    pthread_mutex_unlock(&self->lock);
    if (bench != NULL && bench->type == type && bench->height == height && bench->width == width)
        return g_steal_pointer(&bench);
    g_clear_pointer(&bench, free_bench);
    bench = g_new0(Bench, 1);
    bench->type = type;
    bench->height = height;
    bench->width = width;
    return make_tables(bench, &self->config, error) ? g_steal_pointer(&bench) : NULL;
}

static void
give_back(AssayAverager *self, Bench *bench)
{
    pthread_mutex_lock(&self->lock);
    g_ptr_array_add(self->idle, bench);
    pthread_mutex_unlock(&self->lock);
}

/* The residual of row y in levels. */
static void
residual_row(gpointer data, size_t y, double *row)
{
    Bench *self = data;

    assay_residual_row(self->residual, self->at, self->height, y, row);
    for (size_t x = 0; x < self->width && self->factor != 1; x++)
        row[x] *= self->factor;
}

static void
log_column(gpointer data, size_t u, double *powers)
{
    Bench *self = data;
    double *column = self->spectrum + u * self->height;

    for (size_t v = 0; v < self->height; v++)
        column[v] = assay_average_log(powers[v]);
}

static void
transform_cosine(Bench *self, const AssayArray *array, size_t start)
{
    size_t n = self->height * self->width;
    double *values = assay_plane_dct_values(self->dct);

    assay_array_values(array, start, n, values);
    for (size_t i = 0; i < n; i++)
        values[i] *= self->factor;
    assay_plane_dct_run(self->dct);
    for (size_t i = 0; i < n; i++)
        self->spectrum[i] = log(fabs(values[i]) + COSINE_FLOOR);
}

/* Fills the spectrum with what is averaged of the item that begins at flat index @start. */
static void
analyse_item(Bench *self, AssayAverageKind kind, const AssayArray *array, size_t start)
{
    if (kind == ASSAY_AVERAGE_COSINE) {
        transform_cosine(self, array, start);
        return;
    }
    self->at = (const guint8 *)array->data + start * assay_type_size(array->type);
    if (self->plane != NULL) {
        assay_array_values(array, start, self->height * self->width, self->plane);
        self->at = self->plane;
    }
    if (kind == ASSAY_AVERAGE_INCOHERENT)
        assay_plane_fft_run(self->fft, 0, residual_row, log_column, self);
    else {
        for (size_t y = 0; y < self->height; y++)
            residual_row(self, y, self->spectrum + y * self->width);
    }
}

/* Values that are no integers may be anything. */
static gboolean
check_values(const AssayPlanes *planes, double factor, size_t item, GError **error)
{
    const AssayArray *array = planes->array;
    size_t n = planes->n_rows * planes->n_columns;

    if (array->type != ASSAY_F32 && array->type != ASSAY_F64)
        return TRUE;
    for (size_t i = 0; i < n; i++) {
        double value = assay_array_value(array, item * n + i);

        if (!(fabs(value * factor) <= LARGEST)) {
            g_autofree char *identity = assay_planes_identity(planes, item);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"%s\" holds %g, which has no spectrum", identity, planes->field,
                        value);
            assay_planes_blame(planes, item, error);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
add_items(AssayAverageSum *sum, Bench *bench, const AssayPlanes *planes, GError **error)
{
    size_t n = bench->height * bench->width;

    bench->factor = LEVELS / planes->full_scale;
    for (size_t i = 0; i < planes->n_items; i++) {
        if (!check_values(planes, bench->factor, i, error))
            return FALSE;
        analyse_item(bench, sum->kind, planes->array, i * n);
        assay_plane_moments_add(sum->moments, bench->spectrum);
    }
    return TRUE;
}

static AssayAverageSum *
new_sum(const AssayAverageConfig *config, const AssayPlanes *planes, GError **error)
{
    g_autoptr(AssayAverageSum) self = g_new0(AssayAverageSum, 1);
    const AssayArray *array = planes->array;

    self->kind = config->kind;
    self->height = planes->by_column ? planes->n_columns : planes->n_rows;
    self->width = planes->by_column ? planes->n_rows : planes->n_columns;
    self->axes[0] = g_strdup(array->axes[array->n_axes - 2]);
    self->axes[1] = g_strdup(array->axes[array->n_axes - 1]);
    self->moments =
        config->kind == ASSAY_AVERAGE_INCOHERENT
            ? assay_plane_moments_new(self->width / 2 + 1, self->height, config->max_bytes, error)
            : assay_plane_moments_new(self->height, self->width, config->max_bytes, error);
    return self->moments == NULL ? NULL : g_steal_pointer(&self);
}

static AssayAverageSum *
sum_planes(AssayAverager *self, const AssayPlanes *planes, GError **error)
{
    g_autoptr(AssayAverageSum) sum = NULL;
    Bench *bench;
    gboolean done;

    if (planes->n_items == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: field \"%s\" has no items",
                    planes->sample, planes->field);
        return NULL;
    }
    if ((sum = new_sum(&self->config, planes, error)) == NULL ||
        (bench = take_bench(self, planes->array->type, sum->height, sum->width, error)) == NULL) {
        g_prefix_error(error, "%s: ", planes->sample);
        return NULL;
    }
    done = add_items(sum, bench, planes, error);
    give_back(self, bench);
    return done ? g_steal_pointer(&sum) : NULL;
}

static gboolean
is_finite(const double *spectrum)
{
    for (size_t k = 0; k < ASSAY_COMB_BINS; k++) {
        if (!isfinite(spectrum[k]))
            return FALSE;
    }
    return TRUE;
}

static AssayAverageSum *
sum_sounds(const AssayAverageConfig *config, AssaySample *sample, GError **error)
{
    g_autoptr(AssayAverageSum) self = g_new0(AssayAverageSum, 1);
    gboolean has_items;
    size_t n_items;
    const double *spectra =
        assay_log_spectra_of(sample, &n_items, &has_items, &self->rate_hz, error);

    if (spectra == NULL)
        return NULL;
    self->kind = config->kind;
    self->height = 1;
    self->width = ASSAY_COMB_BINS;
    self->axes[0] = g_strdup("bin");
    self->moments = assay_plane_moments_new(1, ASSAY_COMB_BINS, config->max_bytes, error);
    if (self->moments == NULL)
        return NULL;
    for (size_t i = 0; i < n_items; i++) {
        if (is_finite(spectra + i * ASSAY_COMB_BINS))
            assay_plane_moments_add(self->moments, spectra + i * ASSAY_COMB_BINS);
    }
    if (self->moments->n > 0)
        return g_steal_pointer(&self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: has no spectrum: not %d samples in a row that are not all silent",
                assay_sample_name(sample), ASSAY_COMB_FRAME);
    return NULL;
}

AssayAverageSum *
assay_averager_sum(AssayAverager *self, AssaySample *sample, GError **error)
{
    AssayPlanes planes = { 0 };
    AssayAverageSum *sum = NULL;

    if (self->config.kind == ASSAY_AVERAGE_INCOHERENT && self->config.field == NULL &&
        assay_sample_has(sample, "log_spectrum"))
        return sum_sounds(&self->config, sample, error);
    if (assay_planes_open(&planes, sample, self->config.field, error))
        sum = sum_planes(self, &planes, error);
    assay_planes_clear(&planes);
    return sum;
}
