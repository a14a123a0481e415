/* transform/perturb-blur.c - Gaussian blur.
 *
 * As scipy.ndimage.gaussian_filter: weights exp(-k^2 / (2 sigma^2)) for |k| <= floor(4 sigma +
 * 1/2), divided by their sum, along the columns first and then along the rows. Terms are added in
 * SciPy's order, the middle first and then pairs from the outermost on, and the weights in NumPy's:
 * where integers are cut off it is the last bit of a sum that decides whether a grey of 100 stays
 * one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "perturb-private.h"

/* @weights: of the distances 0 .. @reach.
 * @rows: those of the original that are needed, row k in place k modulo @n_rows, so that results
 * can take the place of the rest; @n_loaded are.
 * @line: a row blurred along the columns, @reach pixels reflected at either end. */
typedef struct {
    size_t reach;
    double *weights;
    size_t n_rows, n_loaded, row_size;
    double *rows, *line, *sums;
} Blur;

static void
clear_blur(Blur *self)
{
    g_free(self->weights);
    g_free(self->rows);
    g_free(self->line);
    g_free(self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Blur, clear_blur)

/* NumPy's sum of up to 128 numbers, eight at a time, and of halves of more. */
static double
sum_pairwise(const double *values, size_t n)
{
    double sums[8], sum = 0;
    size_t i = 8, half = n / 2 - n / 2 % 8;

    if (n > 128)
        return sum_pairwise(values, half) + sum_pairwise(values + half, n - half);
    if (n < 8) {
        for (i = 0; i < n; i++)
            sum += values[i];
        return sum;
    }
    memcpy(sums, values, sizeof sums);
    for (; i < n - n % 8; i += 8) {
        for (size_t k = 0; k < 8; k++)
            sums[k] += values[i + k];
    }
    sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    for (; i < n; i++)
        sum += values[i];
    return sum;
}

static void
weigh(Blur *self, double sigma)
{
    size_t reach = self->reach, n = 2 * reach + 1;
    g_autofree double *all = g_new(double, n);
    double sum;

    for (size_t i = 0; i < n; i++) {
        double k = (double)i - (double)reach;

        all[i] = exp(-0.5 / (sigma * sigma) * (k * k));
    }
    sum = sum_pairwise(all, n);
    for (size_t k = 0; k <= reach; k++)
        self->weights[k] = all[reach + k] / sum;
}

/* Where place @at of @n is, @at reflected as often as it takes: ... 1 0 | 0 1 ... n-1 | n-1 ... */
static size_t
reflect(gint64 at, size_t n)
{
    gint64 period = 2 * (gint64)n, place = at % period;

    if (place < 0)
        place += period;
    return (size_t)(place < (gint64)n ? place : period - 1 - place);
}

static gboolean
begin(Blur *self, const AssayPixelLayout *layout, double sigma, GError **error)
{
    size_t line;

    self->reach = (size_t)(4 * sigma + 0.5);
    self->row_size = layout->width * layout->n_channels;
    self->n_rows = MIN(2 * self->reach + 1, layout->height);
    line = self->row_size + 2 * self->reach * layout->n_channels;
    self->weights = g_new(double, self->reach + 1);
    self->rows = assay_perturb_memory(self->n_rows, self->row_size * sizeof(double), error);
    if (self->rows == NULL ||
        (self->line = assay_perturb_memory(line, sizeof(double), error)) == NULL)
        return FALSE;
    self->sums = assay_perturb_memory(self->row_size, sizeof(double), error);
    weigh(self, sigma);
    return self->sums != NULL;
}

static double *
row(const Blur *self, size_t index)
{
    return self->rows + index % self->n_rows * self->row_size;
}

/* The rows that row @y is made of. */
static void
load(Blur *self, const AssayPerturbWork *work, size_t start, size_t y)
{
    size_t end = MIN(y + self->reach + 1, work->layout.height);

    if (self->n_rows == work->layout.height)
        end = self->n_rows;
    for (; self->n_loaded < end; self->n_loaded++)
        assay_array_values(work->array, start + self->n_loaded * self->row_size, self->row_size,
                           row(self, self->n_loaded));
}

static void
scale(double *sums, const double *values, double weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sums[i] = weight * values[i];
}

static void
add_pair(double *restrict sums, const double *a, const double *b, double weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sums[i] += (a[i] + b[i]) * weight;
}

/* Integers are cut off, as by C's conversion. */
static void
cut_off(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (double)(int)values[i];
}

/* Row @y along the columns, into the middle of the line, and what lies beyond its ends. */
static void
blur_columns(Blur *self, const AssayPixelLayout *layout, size_t y, gboolean cuts)
{
    size_t n = layout->n_channels, margin = self->reach * n;
    double *sums = self->line + margin;

    scale(sums, row(self, y), self->weights[0], self->row_size);
    for (size_t k = self->reach; k > 0; k--)
        add_pair(sums, row(self, reflect((gint64)y - (gint64)k, layout->height)),
                 row(self, reflect((gint64)(y + k), layout->height)), self->weights[k],
                 self->row_size);
    if (cuts)
        cut_off(sums, self->row_size);
    for (size_t k = 1; k <= self->reach; k++) {
        size_t left = reflect(-(gint64)k, layout->width);
        size_t right = reflect((gint64)(layout->width + k - 1), layout->width);

        memcpy(sums - k * n, sums + left * n, n * sizeof *sums);
        memcpy(sums + (layout->width + k - 1) * n, sums + right * n, n * sizeof *sums);
    }
}

static void
blur_row(Blur *self, const AssayPixelLayout *layout, gboolean cuts)
{
    size_t n = layout->n_channels;
    const double *line = self->line + self->reach * n;

    scale(self->sums, line, self->weights[0], self->row_size);
    for (size_t k = self->reach; k > 0; k--)
        add_pair(self->sums, line - k * n, line + k * n, self->weights[k], self->row_size);
    if (cuts)
        cut_off(self->sums, self->row_size);
}

gboolean
assay_perturb_blur(AssayPerturbWork *work, size_t item, double sigma, AssayRandom *random,
                   GError **error)
{
    gboolean cuts = work->config->is_compatible && work->array->type != ASSAY_F32;
    size_t start = item * assay_perturb_item_size(work);
    g_auto(Blur) self = { 0 };

    (void)random;
    if (4 * sigma + 0.5 < 1) /* the middle alone has a weight: 1 */
        return TRUE;
    if (!begin(&self, &work->layout, sigma, error))
        return FALSE;
    for (size_t y = 0; y < work->layout.height; y++) {
        load(&self, work, start, y);
        blur_columns(&self, &work->layout, y, cuts);
        blur_row(&self, &work->layout, cuts);
        assay_perturb_store(work->array, start + y * self.row_size, self.sums, self.row_size,
                            work->top);
    }
    return TRUE;
}
