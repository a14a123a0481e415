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

/* A picture of double values, as it is between. */
typedef struct {
    size_t width, height, n_channels;
    double *values;
} Plane;

static void
clear_plane(Plane *self)
{
    g_free(self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Plane, clear_plane)

static gboolean
new_plane(Plane *self, GError **error)
{
    size_t n;

    if (!g_size_checked_mul(&n, self->width, self->height) ||
        !g_size_checked_mul(&n, n, self->n_channels))
        n = G_MAXSIZE; /* which is refused */
    self->values = assay_perturb_memory(n, sizeof(double), error);
    return self->values != NULL;
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

/* What is stored as the field is. */
static void
round_values(const AssayPerturbWork *work, Plane *plane)
{
    size_t n = plane->width * plane->height * plane->n_channels;

    for (size_t i = 0; work->array->type != ASSAY_F32 && i < n; i++)
        plane->values[i] = (double)(int)(CLAMP(plane->values[i], 0, work->top) + 0.5);
}

/* @from into @to, which has its size. */
static gboolean
resize(const AssayPerturbWork *work, const Plane *from, Plane *to, GError **error)
{
    g_auto(Taps) columns = { 0 }, rows = { 0 };
    g_auto(Plane) wide = { to->width, from->height, from->n_channels, NULL };
    size_t row = to->width * to->n_channels;

    if (!new_plane(to, error) || !new_plane(&wide, error) ||
        !make_taps(&columns, from->width, to->width, error) ||
        !make_taps(&rows, from->height, to->height, error))
        return FALSE;
    for (size_t y = 0; y < from->height; y++)
        resize_row(&columns, from->values + y * from->width * from->n_channels,
                   wide.values + y * row, to->width, to->n_channels);
    round_values(work, &wide);
    memset(to->values, 0, to->height * row * sizeof(double));
    for (size_t y = 0; y < to->height; y++) {
        for (size_t k = 0; k < rows.n[y]; k++)
            add_row(to->values + y * row, wide.values + (rows.first[y] + k) * row,
                    rows.weights[y * rows.width + k], row);
    }
    round_values(work, to);
    return TRUE;
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
    size_t size = assay_perturb_item_size(work);
    g_auto(Plane) original = { layout->width, layout->height, layout->n_channels, NULL };
    g_auto(Plane) between = { scaled(layout->width, factor), scaled(layout->height, factor),
                              layout->n_channels, NULL };
    g_auto(Plane) result = { layout->width, layout->height, layout->n_channels, NULL };

    (void)random;
    if (!new_plane(&original, error))
        return FALSE;
    assay_array_values(work->array, item * size, size, original.values);
    if (!resize(work, &original, &between, error) || !resize(work, &between, &result, error))
        return FALSE;
    assay_perturb_store(work->array, item * size, result.values, size, work->top);
    return TRUE;
}
