/* signal/plane-fft.c
 *
 * Rows first, each where it will be read again; then columns, a few at a time, out of the plane
 * into a small buffer, where they are looked at before they leave the cache. The pitch of the rows
 * is no power of two, which would put all values of a column into the same few lines of the cache.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-fft.h"

#include "../base/error.h"
#include "fftw-private.h"

/* Columns that are transformed together. */
enum { BLOCK = 8 };

/* Complex values between the columns of the buffer, and at least so many behind each row. */
enum { PADDING = 3 };

/**
 * AssayPlaneFft:
 * @n_columns: width / 2 + 1
 * @pitch: complex values from row to row
 * @plane: @height rows; first real values, then their transforms
 * @buffer: BLOCK columns
 * @blocks, @rest: of BLOCK columns, and of those that are left over; %NULL where there are none
 * @there, @back, @row_back: of all columns where they are, and of a row; %NULL until they are asked
 * for
 */
struct AssayPlaneFft {
    size_t width, height, n_columns, pitch;
    fftw_complex *plane, *buffer;
    fftw_plan row, blocks, rest;
    fftw_plan there, back, row_back;
};

static fftw_plan
plan_columns(const AssayPlaneFft *self, size_t n)
{
    int height = (int)self->height;

    return n == 0 ? NULL
                  : fftw_plan_many_dft(1, &height, (int)n, self->plane, NULL, (int)self->pitch, 1,
                                       self->buffer, NULL, 1, height + PADDING, FFTW_FORWARD,
                                       FFTW_ESTIMATE);
}

static void
make_plans(AssayPlaneFft *self)
{
    pthread_mutex_lock(&assay_fftw_planner);
    self->row =
        fftw_plan_dft_r2c_1d((int)self->width, (double *)self->plane, self->plane, FFTW_ESTIMATE);
    self->blocks = plan_columns(self, self->n_columns < BLOCK ? 0 : BLOCK);
    self->rest = plan_columns(self, self->n_columns % BLOCK);
    pthread_mutex_unlock(&assay_fftw_planner);
}

static gboolean
refuse(const AssayPlaneFft *self, const char *why, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "a plane of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " values has no spectrum: %s",
                self->width, self->height, why);
    return FALSE;
}

/* Sides are at most 2^16, so no product overflows. */
static gboolean
make_room(AssayPlaneFft *self, size_t max_bytes, GError **error)
{
    size_t n;

    if (self->width == 0 || self->height == 0)
        return refuse(self, "it is empty", error);
    if (self->width > ASSAY_PLANE_FFT_MAX_SIDE || self->height > ASSAY_PLANE_FFT_MAX_SIDE)
        return refuse(self, "a side has at most 65536; assay-image --size=N makes smaller ones",
                      error);
    self->n_columns = self->width / 2 + 1;
    self->pitch = self->n_columns + PADDING + (self->n_columns + PADDING + 1) % 2;
    n = self->pitch * self->height;
    if (n > max_bytes / sizeof(fftw_complex))
        return refuse(self, "it takes more memory than --max-sample allows", error);
    self->plane = fftw_alloc_complex(n);
    self->buffer = fftw_alloc_complex((self->height + PADDING) * BLOCK);
    return (self->plane != NULL && self->buffer != NULL) || refuse(self, "no memory", error);
}

AssayPlaneFft *
assay_plane_fft_new(size_t width, size_t height, size_t max_bytes, GError **error)
{
    g_autoptr(AssayPlaneFft) self = g_new0(AssayPlaneFft, 1);

    self->width = width;
    self->height = height;
    if (!make_room(self, max_bytes, error))
        return NULL;
    make_plans(self);
    return g_steal_pointer(&self);
}

void
assay_plane_fft_free(AssayPlaneFft *self)
{
    if (self == NULL)
        return;
    pthread_mutex_lock(&assay_fftw_planner);
    fftw_destroy_plan(self->row);
    fftw_destroy_plan(self->blocks);
    fftw_destroy_plan(self->rest);
    fftw_destroy_plan(self->there);
    fftw_destroy_plan(self->back);
    fftw_destroy_plan(self->row_back);
    pthread_mutex_unlock(&assay_fftw_planner);
    fftw_free(self->plane);
    fftw_free(self->buffer);
    g_free(self);
}

static void
transform_rows(AssayPlaneFft *self, AssayPlaneRow row, gpointer data)
{
    for (size_t y = 0; y < self->height; y++) {
        fftw_complex *values = self->plane + y * self->pitch;

        row(data, y, (double *)values);
        fftw_execute_dft_r2c(self->row, (double *)values, values);
    }
}

void
assay_plane_fft_run(AssayPlaneFft *self, AssayPlaneRow row, AssayPlaneColumn column, gpointer data)
{
    transform_rows(self, row, data);
    for (size_t first = 0; first < self->n_columns; first += BLOCK) {
        size_t n = MIN((size_t)BLOCK, self->n_columns - first);

        fftw_execute_dft(n == BLOCK ? self->blocks : self->rest, self->plane + first, self->buffer);
        for (size_t i = 0; i < n; i++)
            column(data, first + i, self->buffer[i * (self->height + PADDING)]);
    }
}

static fftw_plan
plan_in_place(const AssayPlaneFft *self, int sign)
{
    int height = (int)self->height, pitch = (int)self->pitch;

    return fftw_plan_many_dft(1, &height, (int)self->n_columns, self->plane, NULL, pitch, 1,
                              self->plane, NULL, pitch, 1, sign, FFTW_ESTIMATE);
}

static void
make_plans_in_place(AssayPlaneFft *self)
{
    if (self->there != NULL)
        return;
    pthread_mutex_lock(&assay_fftw_planner);
    self->there = plan_in_place(self, FFTW_FORWARD);
    self->back = plan_in_place(self, FFTW_BACKWARD);
    self->row_back =
        fftw_plan_dft_c2r_1d((int)self->width, self->plane, (double *)self->plane, FFTW_ESTIMATE);
    pthread_mutex_unlock(&assay_fftw_planner);
}

double *
assay_plane_fft_forward(AssayPlaneFft *self, AssayPlaneRow row, gpointer data, size_t *pitch)
{
    make_plans_in_place(self);
    transform_rows(self, row, data);
    fftw_execute(self->there);
    *pitch = self->pitch;
    return (double *)self->plane;
}

void
assay_plane_fft_back(AssayPlaneFft *self, AssayPlaneRow row, gpointer data)
{
    fftw_execute(self->back);
    for (size_t y = 0; y < self->height; y++) {
        fftw_complex *values = self->plane + y * self->pitch;

        fftw_execute_dft_c2r(self->row_back, values, (double *)values);
        row(data, y, (double *)values);
    }
}
