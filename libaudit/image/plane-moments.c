/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plane-moments.h"

#include <math.h>

#include "../base/error.h"

AssayPlaneMoments *
assay_plane_moments_new(size_t height, size_t width, size_t max_bytes, GError **error)
{
    g_autoptr(AssayPlaneMoments) self = g_new0(AssayPlaneMoments, 1);

    self->height = height;
    self->width = width;
    if (width > 0 && height > 0 && height <= max_bytes / 2 / sizeof(double) / width) {
        self->mean = g_try_new0(double, height *width);
        self->squares = g_try_new0(double, height *width);
    }
    if (self->mean != NULL && self->squares != NULL)
        return g_steal_pointer(&self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "mean and variance of planes of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                " values take more memory than there is, or than --max-sample allows",
                width, height);
    return NULL;
}

void
assay_plane_moments_free(AssayPlaneMoments *self)
{
    if (self == NULL)
        return;
    g_free(self->mean);
    g_free(self->squares);
    g_free(self);
}

void
assay_plane_moments_add(AssayPlaneMoments *self, const double *restrict values)
{
    double *restrict mean = self->mean, *restrict squares = self->squares;
    double n = (double)++self->n;

    for (size_t i = 0; i < self->height * self->width; i++) {
        double before = values[i] - mean[i];

        mean[i] += before / n;
        squares[i] += before * (values[i] - mean[i]);
    }
}

void
assay_plane_moments_merge(AssayPlaneMoments *self, const AssayPlaneMoments *other)
{
    double *restrict mean = self->mean, *restrict squares = self->squares;
    double n = (double)(self->n + other->n), share, weight;

    g_return_if_fail(self->height == other->height && self->width == other->width);
    if (other->n == 0)
        return;
    share = (double)other->n / n;
    weight = (double)self->n * share;
    for (size_t i = 0; i < self->height * self->width; i++) {
        double apart = other->mean[i] - mean[i];

        mean[i] += apart * share;
        squares[i] += other->squares[i] + apart * apart * weight;
    }
    self->n += other->n;
}

void
assay_plane_moments_deviation(const AssayPlaneMoments *self, double *deviation)
{
    for (size_t i = 0; i < self->height * self->width; i++)
        deviation[i] = self->n == 0 ? (double)NAN : sqrt(self->squares[i] / (double)self->n);
}
