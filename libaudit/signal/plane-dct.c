/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plane-dct.h"

#include <math.h>

#include "../base/error.h"
#include "fftw-private.h"

struct AssayPlaneDct {
    size_t height, width;
    double *values;
    fftw_plan plan;
};

AssayPlaneDct *
assay_plane_dct_new(size_t height, size_t width, size_t max_bytes, GError **error)
{
    g_autoptr(AssayPlaneDct) self = g_new0(AssayPlaneDct, 1);

    self->height = height;
    self->width = width;
    if (height > 0 && width > 0 && height <= ASSAY_PLANE_DCT_MAX_SIDE &&
        width <= ASSAY_PLANE_DCT_MAX_SIDE && height <= max_bytes / sizeof(double) / width)
        self->values = assay_fftw()->alloc_real(height * width);
    if (self->values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "a plane of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    " values has no cosine transform: a side is 1 to %d, and --max-sample limits "
                    "the memory; assay-image --size=N makes smaller ones",
                    width, height, ASSAY_PLANE_DCT_MAX_SIDE);
        return NULL;
    }
    pthread_mutex_lock(&assay_fftw_planner);
    self->plan = assay_fftw()->plan_r2r_2d((int)height, (int)width, self->values, self->values,
                                           FFTW_REDFT10, FFTW_REDFT10, FFTW_ESTIMATE);
    pthread_mutex_unlock(&assay_fftw_planner);
    return g_steal_pointer(&self);
}

void
assay_plane_dct_free(AssayPlaneDct *self)
{
    if (self == NULL)
        return;
    pthread_mutex_lock(&assay_fftw_planner);
    assay_fftw()->destroy_plan(self->plan);
    pthread_mutex_unlock(&assay_fftw_planner);
    assay_fftw()->free(self->values);
    g_free(self);
}

double *
assay_plane_dct_values(AssayPlaneDct *self)
{
    return self->values;
}

/* FFTW's is 2 sums of each axis without any factor. */
static double
factor(size_t k, size_t n)
{
    return (k == 0 ? sqrt(0.5) : 1) / sqrt(2 * (double)n);
}

void
assay_plane_dct_run(AssayPlaneDct *self)
{
    double first = factor(0, self->width), others = factor(1, self->width);

    assay_fftw()->execute(self->plan);
    for (size_t v = 0; v < self->height; v++) {
        double *row = self->values + v * self->width, scale = factor(v, self->height);

        row[0] *= scale * first;
        for (size_t u = 1; u < self->width; u++)
            row[u] *= scale * others;
    }
}
