/* transform/perturb-resize.c - another size, and back.
 *
 * Along an axis from n to m values: value j is the mean of the values i around c = (j + 1/2) n / m,
 * with weights 1 - |i + 1/2 - c| / s where that is above 0, s = max(1, n / m). Where the picture
 * ends the weights that are left are made to sum to 1. Integers are rounded behind each axis, rows
 * first. As Pillow's Image.resize with BILINEAR, whose weights are of 22 bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "perturb-private.h"

/* Of one axis: value j is made of @n[j] values from @first[j] on, weights from @weights + j *
 * @width on. */
typedef struct {
    size_t width;
    size_t *first, *n;
    double *weights;
} Taps;

static void
clear_taps(Taps *self)
{
    g_free(self->first);
    g_free(self->n);
    g_free(self->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Taps, clear_taps)

static void
weigh(Taps *self, size_t j, size_t from, double ratio, double support)
{
    double centre = ((double)j + 0.5) * ratio, sum = 0;
    double low = floor(centre - support + 0.5), high = floor(centre + support + 0.5);
    double *weights = self->weights + j * self->width;
    size_t end = MIN((size_t)high, from);

    self->first[j] = low < 0 ? 0 : (size_t)low;
    self->n[j] = end - self->first[j];
    for (size_t k = 0; k < self->n[j]; k++) {
        double apart = fabs((double)(self->first[j] + k) + 0.5 - centre) / support;

        weights[k] = apart < 1 ? 1 - apart : 0;
        sum += weights[k];
    }
    for (size_t k = 0; k < self->n[j]; k++)
        weights[k] /= sum;
}

static gboolean
make_taps(Taps *self, size_t from, size_t to, GError **error)
{
    double ratio = (double)from / (double)to, support = MAX(ratio, 1);

    self->width = (size_t)ceil(support) * 2 + 1;
    if ((self->first = assay_perturb_memory(to, sizeof *self->first, error)) == NULL ||
        (self->n = assay_perturb_memory(to, sizeof *self->n, error)) == NULL ||
        (self->weights = assay_perturb_memory(to, self->width * sizeof(double), error)) == NULL)
        return FALSE;
    for (size_t j = 0; j < to; j++)
        weigh(self, j, from, ratio, support);
    return TRUE;
}

/* A picture: an item of an array, or one of double values, which is between. */
typedef struct {
    size_t width, height, n_channels;
    AssayArray *array;
    size_t start;
    double *values;
} Plane;

static void
get_row(const Plane *self, size_t y, double *values)
{
    size_t n = self->width * self->n_channels;

    if (self->array != NULL)
        assay_array_values(self->array, self->start + y * n, n, values);
    else
        memcpy(values, self->values + y * n, n * sizeof *values);
}

/* Rounds @n values as the field is stored. */
static void
round_values(const AssayPerturbWork *work, double *values, size_t n)
{
    for (size_t i = 0; work->array->type != ASSAY_F32 && i < n; i++)
        values[i] = (double)(int)(CLAMP(values[i], 0, work->top) + 0.5);
}

static void
put_row(const AssayPerturbWork *work, const Plane *self, size_t y, double *values)
{
    size_t n = self->width * self->n_channels;

    if (self->array != NULL) {
        assay_perturb_store(self->array, self->start + y * n, values, n, work->top);
        return;
    }
    round_values(work, values, n);
    memcpy(self->values + y * n, values, n * sizeof *values);
}

static void
resize_row(const Taps *taps, const double *from, double *to, size_t width, size_t n_channels)
{
    memset(to, 0, width * n_channels * sizeof *to);
    for (size_t j = 0; j < width; j++, to += n_channels) {
        const double *weights = taps->weights + j * taps->width;
        const double *value = from + taps->first[j] * n_channels;

        for (size_t k = 0; n_channels == 3 && k < taps->n[j]; k++, value += 3) {
            to[0] += weights[k] * value[0];
            to[1] += weights[k] * value[1];
            to[2] += weights[k] * value[2];
        }
        for (size_t k = 0; n_channels != 3 && k < taps->n[j]; k++) {
            for (size_t c = 0; c < n_channels; c++)
                to[c] += weights[k] * *value++;
        }
    }
}

static void
add_row(double *restrict to, const double *from, double weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += weight * from[i];
}

/* @rows: as many rows, resized already, as one of the result is made of; row k stands in place k
 * modulo their number, and @n_loaded have been. @row: of the original; @sums: of the result. */
typedef struct {
    Taps columns, weights;
    size_t n_loaded;
    double *row, *rows, *sums;
} Resize;

static void
clear_resize(Resize *self)
{
    clear_taps(&self->columns);
    clear_taps(&self->weights);
    g_free(self->row);
    g_free(self->rows);
    g_free(self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Resize, clear_resize)

static gboolean
begin(Resize *self, const Plane *from, const Plane *to, GError **error)
{
    size_t row = to->width * to->n_channels * sizeof(double);

    return make_taps(&self->columns, from->width, to->width, error) &&
           make_taps(&self->weights, from->height, to->height, error) &&
           (self->row = assay_perturb_memory(from->width * from->n_channels, sizeof(double),
                                             error)) != NULL &&
           (self->rows = assay_perturb_memory(self->weights.width, row, error)) != NULL &&
           (self->sums = assay_perturb_memory(1, row, error)) != NULL;
}

/* The rows that row @y of the result is made of. */
static void
load(Resize *self, const AssayPerturbWork *work, const Plane *from, const Plane *to, size_t y)
{
    size_t end = self->weights.first[y] + self->weights.n[y], n = to->width * to->n_channels;

    for (; self->n_loaded < end; self->n_loaded++) {
        double *row = self->rows + self->n_loaded % self->weights.width * n;

        get_row(from, self->n_loaded, self->row);
        resize_row(&self->columns, self->row, row, to->width, to->n_channels);
        round_values(work, row, n);
    }
}

/* @from into @to, which has its size. */
static gboolean
resize(const AssayPerturbWork *work, const Plane *from, const Plane *to, GError **error)
{
    g_auto(Resize) self = { 0 };
    size_t n = to->width * to->n_channels;

    if (!begin(&self, from, to, error))
        return FALSE;
    for (size_t y = 0; y < to->height; y++) {
        const Taps *taps = &self.weights;

        load(&self, work, from, to, y);
        memset(self.sums, 0, n * sizeof *self.sums);
        for (size_t k = 0; k < taps->n[y]; k++)
            add_row(self.sums, self.rows + (taps->first[y] + k) % taps->width * n,
                    taps->weights[y * taps->width + k], n);
        put_row(work, to, y, self.sums);
    }
    return TRUE;
}

/* Room for a picture of double values. */
static gboolean
make_values(Plane *self, GError **error)
{
    size_t n;

    if (!g_size_checked_mul(&n, self->width, self->height) ||
        !g_size_checked_mul(&n, n, self->n_channels))
        n = G_MAXSIZE; /* which is refused */
    self->values = assay_perturb_memory(n, sizeof(double), error);
    return self->values != NULL;
}

static size_t
scaled(size_t n, double factor)
{
    return MAX((size_t)floor((double)n * factor + 0.5), 1);
}

gboolean
assay_perturb_resize(AssayPerturbWork *work, size_t item, double factor, AssayRandom *random,
                     GError **error)
{
    const AssayPixelLayout *layout = &work->layout;
    const Plane picture = { layout->width,
                            layout->height,
                            layout->n_channels,
                            work->array,
                            item * assay_perturb_item_size(work),
                            NULL };
    Plane between = { .width = scaled(layout->width, factor),
                      .height = scaled(layout->height, factor),
                      .n_channels = layout->n_channels };
    gboolean is_resized;

    (void)random;
    is_resized = make_values(&between, error) && resize(work, &picture, &between, error) &&
                 resize(work, &between, &picture, error);
    g_free(between.values);
    return is_resized;
}
