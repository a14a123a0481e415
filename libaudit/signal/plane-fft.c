/* signal/plane-fft.c
 *
 * Rows first, then columns, a few at a time, out of the plane into a small buffer, where their
 * powers are taken before they leave the cache. The pitch of the rows is no power of two, which
 * would put all values of a column into the same few lines of the cache.
 *
 * Rows of even width are gone through as complex ones of half the width, even values real and odd
 * ones imaginary, which takes half the time: with Z the transform of that plane, m = width / 2, and
 * * the conjugate,
 *   X[k, v] = E + T, X[m-k, -v] = (E - T)*,
 *   E = (Z[k, v] + Z[m-k, -v]*) / 2, T = -i exp(-2 pi i k / width) (Z[k, v] - Z[m-k, -v]*) / 2
 * (Press et al., Numerical Recipes, 2nd ed., section 12.3, here in two dimensions). So columns come
 * in pairs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane-fft.h"

#include <math.h>

#include "../base/error.h"
#include "fftw-private.h"
#include "plane-powers-private.h"

enum {
    /* Columns that are transformed together. */
    BLOCK = 8,
    /* Complex values between the columns of the buffer, and at least so many behind each row. */
    PADDING = 3,
    /* Values of rows that are transformed together. */
    SHEAF = 2048,
};

/**
 * AssayPlaneFft:
 * @n_columns: width / 2 + 1
 * @pitch: complex values from row to row
 * @plane: @height rows; first real values, then their transforms
 * @buffer: BLOCK columns; of even width twice as many, the others of their pairs
 * @row: of real values, where they are
 * @is_halved: whether the width is even
 * @n_rows: rows that are transformed together; they wait in @rows
 * @sheaf, @half_row: of so many rows, and of one; %NULL unless they are halved
 * @blocks, @rest: of BLOCK columns, and of those that are left over; %NULL where there are none
 * @there, @back, @row_back: of all columns where they are, and of a row; %NULL until they are asked
 * for
 * @turns: half the cosine and half the sine of 2 pi k / width, of each column that comes in a pair
 * @powers, @others: of a column, and of its other
 */
struct AssayPlaneFft {
    size_t width, height, n_columns, pitch, n_rows;
    gboolean is_halved;
    fftw_complex *plane, *buffer, *rows;
    fftw_plan row, sheaf, half_row, blocks, rest;
    fftw_plan there, back, row_back;
    double *turns, *powers, *others;
};

/* Who is told of columns. */
typedef struct {
    AssayPlaneColumn column;
    gpointer data;
    double epsilon;
} Told;

/* How many columns come out of columns 0 .. n - 1: of even width, each is half of a pair. */
static size_t
count_columns(const AssayPlaneFft *self)
{
    return self->is_halved ? self->width / 4 + 1 : self->n_columns;
}

static fftw_plan
plan_columns(const AssayPlaneFft *self, size_t n)
{
    int height = (int)self->height;

    return n == 0 ? NULL
                  : assay_fftw()->plan_many_dft(1, &height, (int)n, self->plane, NULL,
                                                (int)self->pitch, 1, self->buffer, NULL, 1,
                                                height + PADDING, FFTW_FORWARD, FFTW_ESTIMATE);
}

static fftw_plan
plan_half_rows(const AssayPlaneFft *self, size_t n)
{
    int half = (int)self->width / 2;

    return assay_fftw()->plan_many_dft(1, &half, (int)n, self->rows, NULL, 1, half, self->plane,
                                       NULL, 1, (int)self->pitch, FFTW_FORWARD, FFTW_ESTIMATE);
}

static void
make_plans(AssayPlaneFft *self)
{
    pthread_mutex_lock(&assay_fftw_planner);
    self->row = assay_fftw()->plan_dft_r2c_1d((int)self->width, (double *)self->plane, self->plane,
                                              FFTW_ESTIMATE);
    if (self->is_halved) {
        self->sheaf = plan_half_rows(self, self->n_rows);
        self->half_row = plan_half_rows(self, 1);
    }
    self->blocks = plan_columns(self, count_columns(self) < BLOCK ? 0 : BLOCK);
    self->rest = plan_columns(self, count_columns(self) % BLOCK);
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
    self->is_halved = self->width % 2 == 0;
    self->n_rows = CLAMP(SHEAF / self->width, 1, self->height);
    self->plane = assay_fftw()->alloc_complex(n);
    self->buffer = assay_fftw()->alloc_complex((self->height + PADDING) * 2 * BLOCK);
    self->rows = assay_fftw()->alloc_complex(self->n_rows * self->n_columns);
    self->turns = g_try_new(double, 2 * count_columns(self));
    self->powers = g_try_new(double, 2 * self->height);
    if (self->plane == NULL || self->buffer == NULL || self->rows == NULL || self->turns == NULL ||
        self->powers == NULL)
        return refuse(self, "no memory", error);
    self->others = self->powers + self->height;
    return TRUE;
}

static void
make_turns(AssayPlaneFft *self)
{
    for (size_t k = 0; self->is_halved && k < count_columns(self); k++) {
        double angle = 2 * G_PI * (double)k / (double)self->width;

        self->turns[2 * k] = cos(angle) / 2;
        self->turns[2 * k + 1] = sin(angle) / 2;
    }
}

AssayPlaneFft *
assay_plane_fft_new(size_t width, size_t height, size_t max_bytes, GError **error)
{
    g_autoptr(AssayPlaneFft) self = g_new0(AssayPlaneFft, 1);

    self->width = width;
    self->height = height;
    if (!make_room(self, max_bytes, error))
        return NULL;
    make_turns(self);
    make_plans(self);
    return g_steal_pointer(&self);
}

void
assay_plane_fft_free(AssayPlaneFft *self)
{
    if (self == NULL)
        return;
    pthread_mutex_lock(&assay_fftw_planner);
    assay_fftw()->destroy_plan(self->row);
    assay_fftw()->destroy_plan(self->sheaf);
    assay_fftw()->destroy_plan(self->half_row);
    assay_fftw()->destroy_plan(self->blocks);
    assay_fftw()->destroy_plan(self->rest);
    assay_fftw()->destroy_plan(self->there);
    assay_fftw()->destroy_plan(self->back);
    assay_fftw()->destroy_plan(self->row_back);
    pthread_mutex_unlock(&assay_fftw_planner);
    assay_fftw()->free(self->plane);
    assay_fftw()->free(self->buffer);
    assay_fftw()->free(self->rows);
    g_free(self->turns);
    g_free(self->powers);
    g_free(self);
}

static void
transform_rows(AssayPlaneFft *self, AssayPlaneRow row, gpointer data)
{
    for (size_t y = 0; y < self->height; y++) {
        fftw_complex *values = self->plane + y * self->pitch;

        row(data, y, (double *)values);
        assay_fftw()->execute_dft_r2c(self->row, (double *)values, values);
    }
}

/* Behind each row its first coefficient is repeated: m-k of k = 0 is then m. */
static void
transform_half_rows(AssayPlaneFft *self, AssayPlaneRow row, gpointer data)
{
    size_t half = self->width / 2;

    for (size_t y = 0, n; y < self->height; y += n) {
        n = y + self->n_rows <= self->height ? self->n_rows : 1;
        for (size_t i = 0; i < n; i++)
            row(data, y + i, (double *)(self->rows + i * half));
        assay_fftw()->execute_dft(n == self->n_rows ? self->sheaf : self->half_row, self->rows,
                                  self->plane + y * self->pitch);
        for (size_t i = 0; i < n; i++) {
            fftw_complex *values = self->plane + (y + i) * self->pitch;

            values[half][0] = values[0][0];
            values[half][1] = values[0][1];
        }
    }
}

/* Columns k and m-k of Z, in @a and @b. */
static void
tell_pair(AssayPlaneFft *self, const Told *told, size_t k, const double *a, const double *b)
{
    const size_t other = self->width / 2 - k;
    const AssayPlanePair pair = {
        a, b, self->height, self->turns[2 * k], self->turns[2 * k + 1], told->epsilon
    };

    assay_plane_pair_powers(&pair, self->powers, self->others);
    told->column(told->data, k, self->powers);
    if (other != k)
        told->column(told->data, other, self->others);
}

/* Columns first .. first + n - 1 and their others, which lie the other way round. */
static void
tell_pairs(AssayPlaneFft *self, const Told *told, size_t first, size_t n)
{
    fftw_plan plan = n == BLOCK ? self->blocks : self->rest;
    size_t length = self->height + PADDING, others = self->width / 2 - first - (n - 1);
    fftw_complex *b = self->buffer + BLOCK * length;

    assay_fftw()->execute_dft(plan, self->plane + first, self->buffer);
    assay_fftw()->execute_dft(plan, self->plane + others, b);
    for (size_t i = 0; i < n; i++)
        tell_pair(self, told, first + i, self->buffer[i * length], b[(n - 1 - i) * length]);
}

static void
tell_whole(AssayPlaneFft *self, const Told *told, size_t first, size_t n)
{
    assay_fftw()->execute_dft(n == BLOCK ? self->blocks : self->rest, self->plane + first,
                              self->buffer);
    for (size_t i = 0; i < n; i++) {
        assay_plane_powers(self->buffer[i * (self->height + PADDING)], self->height, told->epsilon,
                           self->powers);
        told->column(told->data, first + i, self->powers);
    }
}

void
assay_plane_fft_run(AssayPlaneFft *self, double epsilon, AssayPlaneRow row, AssayPlaneColumn column,
                    gpointer data)
{
    const Told told = { column, data, epsilon };
    size_t n_columns = count_columns(self), n;

    if (self->is_halved)
        transform_half_rows(self, row, data);
    else
        transform_rows(self, row, data);
    for (size_t first = 0; first < n_columns; first += n) {
        n = MIN((size_t)BLOCK, n_columns - first);
        if (self->is_halved)
            tell_pairs(self, &told, first, n);
        else
            tell_whole(self, &told, first, n);
    }
}

static fftw_plan
plan_in_place(const AssayPlaneFft *self, int sign)
{
    int height = (int)self->height, pitch = (int)self->pitch;

    return assay_fftw()->plan_many_dft(1, &height, (int)self->n_columns, self->plane, NULL, pitch,
                                       1, self->plane, NULL, pitch, 1, sign, FFTW_ESTIMATE);
}

static void
make_plans_in_place(AssayPlaneFft *self)
{
    if (self->there != NULL)
        return;
    pthread_mutex_lock(&assay_fftw_planner);
    self->there = plan_in_place(self, FFTW_FORWARD);
    self->back = plan_in_place(self, FFTW_BACKWARD);
    self->row_back = assay_fftw()->plan_dft_c2r_1d((int)self->width, self->plane,
                                                   (double *)self->plane, FFTW_ESTIMATE);
    pthread_mutex_unlock(&assay_fftw_planner);
}

double *
assay_plane_fft_forward(AssayPlaneFft *self, AssayPlaneRow row, gpointer data, size_t *pitch)
{
    make_plans_in_place(self);
    transform_rows(self, row, data);
    assay_fftw()->execute(self->there);
    *pitch = self->pitch;
    return (double *)self->plane;
}

void
assay_plane_fft_back(AssayPlaneFft *self, AssayPlaneRow row, gpointer data)
{
    assay_fftw()->execute(self->back);
    for (size_t y = 0; y < self->height; y++) {
        fftw_complex *values = self->plane + y * self->pitch;

        assay_fftw()->execute_dft_c2r(self->row_back, values, (double *)values);
        row(data, y, (double *)values);
    }
}
