/* feature/average.c - sums of spectra, merged and finished; averager.c makes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "average.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../signal/plane-fft.h"
#include "average-private.h"

void
assay_average_sum_free(AssayAverageSum *self)
{
    if (self == NULL)
        return;
    assay_plane_moments_free(self->moments);
    g_free(self->axes[0]);
    g_free(self->axes[1]);
    g_free(self);
}

static const char *
second_axis(const AssayAverageSum *self)
{
    return self->axes[1] != NULL ? self->axes[1] : "nothing else";
}

AssayAverageSum *
assay_average_sum_new_like(const AssayAverageSum *like, GError **error)
{
    g_autoptr(AssayAverageSum) self = g_new(AssayAverageSum, 1);

    *self = *like;
    for (size_t i = 0; i < G_N_ELEMENTS(self->axes); i++)
        self->axes[i] = g_strdup(like->axes[i]);
    self->moments =
        assay_plane_moments_new(like->moments->height, like->moments->width, G_MAXSIZE, error);
    return self->moments == NULL ? NULL : g_steal_pointer(&self);
}

static gboolean
check_alike(const AssayAverageSum *self, const AssayAverageSum *other, const char *name,
            GError **error)
{
    if (g_strcmp0(self->axes[0], other->axes[0]) != 0 ||
        g_strcmp0(self->axes[1], other->axes[1]) != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: its spectrum is over %s and %s, those before it over %s and %s", name,
                    other->axes[0], second_axis(other), self->axes[0], second_axis(self));
        return FALSE;
    }
    if (self->rate_hz != other->rate_hz) {
        g_set_error(
            error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
            "%s: its rate is %u Hz, of those before it %u Hz; only spectra of one rate have "
            "a mean",
            name, other->rate_hz, self->rate_hz);
        return FALSE;
    }
    if (self->height != other->height || self->width != other->width) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: is %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    ", those before it %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    "; only spectra of one size have a mean: assay-image --size=%" G_GSIZE_FORMAT
                    "x%" G_GSIZE_FORMAT " makes them so, and leaves traces of its own",
                    name, other->width, other->height, self->width, self->height, self->width,
                    self->height);
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_average_sum_merge(AssayAverageSum *self, const AssayAverageSum *other, const char *name,
                        GError **error)
{
    if (!check_alike(self, other, name, error))
        return FALSE;
    assay_plane_moments_merge(self->moments, other->moments);
    return TRUE;
}

double
assay_average_log(double power)
{
    return log(sqrt(power) + ASSAY_AVERAGE_FLOOR);
}

/* Row y of the mean, for its transform. */
static void
mean_row(gpointer data, size_t y, double *row)
{
    const AssayAverageSum *self = ((gpointer *)data)[0];

    memcpy(row, self->moments->mean + y * self->width, self->width * sizeof row[0]);
}

static void
log_column(gpointer data, size_t u, double *powers)
{
    const AssayAverageSum *self = ((gpointer *)data)[0];
    double *column = (double *)((gpointer *)data)[1] + u * self->height;

    for (size_t v = 0; v < self->height; v++)
        column[v] = assay_average_log(powers[v]);
}

/* Of [width / 2 + 1, height] the whole, frequency 0 in the middle. */
static void
unfold(const AssayAverageSum *self, const double *half, double *whole)
{
    size_t height = self->height, width = self->width;

    for (size_t v = 0; v < height; v++) {
        double *row = whole + (v + height / 2) % height * width;

        for (size_t u = 0; u < width; u++) {
            gboolean is_there = u <= width / 2;
            size_t from = is_there ? u * height + v : (width - u) * height + (height - v) % height;

            row[(u + width / 2) % width] = half[from];
        }
    }
}

static gboolean
transform_mean(const AssayAverageSum *self, size_t max_bytes, double *whole, GError **error)
{
    g_autoptr(AssayPlaneFft) fft = assay_plane_fft_new(self->width, self->height, max_bytes, error);
    g_autofree double *half = g_try_new(double, (self->width / 2 + 1) * self->height);
    gpointer data[] = { (gpointer)self, half };

    if (fft == NULL)
        return FALSE;
    if (half == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for a spectrum of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT,
                    self->width, self->height);
        return FALSE;
    }
    assay_plane_fft_run(fft, 0, mean_row, log_column, data);
    unfold(self, half, whole);
    return TRUE;
}

static AssayArray *
new_plane(const AssayAverageSum *self, size_t max_bytes, GError **error)
{
    const size_t shape[] = { self->height, self->width };
    const char *const axes[] = { self->axes[0], self->axes[1], NULL };
    size_t skip = self->axes[1] == NULL ? 1 : 0;

    return assay_array_new(ASSAY_F64, 2 - skip, shape + skip, axes, max_bytes, error);
}

AssayArray *
assay_average_sum_finish(const AssayAverageSum *self, size_t max_bytes, GError **error)
{
    g_autoptr(AssayArray) plane = new_plane(self, max_bytes, error);

    if (plane == NULL)
        return NULL;
    if (self->kind == ASSAY_AVERAGE_COSINE || self->axes[1] == NULL)
        memcpy(plane->data, self->moments->mean, assay_array_bytes(plane));
    else if (self->kind == ASSAY_AVERAGE_INCOHERENT)
        unfold(self, self->moments->mean, plane->data);
    else if (!transform_mean(self, max_bytes, plane->data, error))
        return NULL;
    return g_steal_pointer(&plane);
}

AssayArray *
assay_average_sum_deviation(const AssayAverageSum *self, size_t max_bytes, GError **error)
{
    AssayArray *plane;

    g_return_val_if_fail(self->kind == ASSAY_AVERAGE_COSINE, NULL);
    plane = new_plane(self, max_bytes, error);
    if (plane != NULL)
        assay_plane_moments_deviation(self->moments, plane->data);
    return plane;
}

AssayArray *
assay_average_sum_difference(const AssayAverageSum *self, const AssayAverageSum *other,
                             const char *name, size_t max_bytes, GError **error)
{
    g_autoptr(AssayArray) plane = NULL, before = NULL;

    if (!check_alike(self, other, name, error) ||
        (plane = assay_average_sum_finish(self, max_bytes, error)) == NULL ||
        (before = assay_average_sum_finish(other, max_bytes, error)) == NULL)
        return NULL;
    for (size_t i = 0; i < assay_array_count(plane); i++)
        ((double *)plane->data)[i] -= ((double *)before->data)[i];
    return g_steal_pointer(&plane);
}
