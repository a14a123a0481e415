/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scatter.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <string.h>

enum { ROUNDS = 2 };

/* @points are moved and turned on the way; @values and @work are room for a column */
typedef struct {
    size_t n, d;
    double *points, *values, *work;
} Cloud;

/* Of what is in @values, whose order changes. */
static double
deviation(Cloud *self)
{
    double mad, sd = gsl_stats_sd(self->values, 1, self->n);

    mad = gsl_stats_mad(self->values, 1, self->n, self->work);
    return mad >= 0.1 * sd && mad > 0 ? mad : sd > 0 ? sd : 1;
}

static double
median(Cloud *self)
{
    memcpy(self->work, self->values, self->n * sizeof *self->work);
    return gsl_stats_median(self->work, 1, self->n);
}

static void
take_column(Cloud *self, size_t a)
{
    for (size_t i = 0; i < self->n; i++)
        self->values[i] = self->points[i * self->d + a];
}

/* The deviation of the sum, or the difference, of two columns, squared. */
static double
variance_of_pair(Cloud *self, size_t a, size_t b, double sign)
{
    double wide;

    for (size_t i = 0; i < self->n; i++)
        self->values[i] = self->points[i * self->d + a] + sign * self->points[i * self->d + b];
    wide = deviation(self);
    return wide * wide;
}

static void
turn(Cloud *self, const gsl_matrix *axes)
{
    double row[ASSAY_SCATTER_COLUMNS];

    for (size_t i = 0; i < self->n; i++) {
        double *point = self->points + i * self->d;

        memcpy(row, point, self->d * sizeof *row);
        for (size_t b = 0; b < self->d; b++) {
            point[b] = 0;
            for (size_t a = 0; a < self->d; a++)
                point[b] += row[a] * gsl_matrix_get(axes, a, b);
        }
    }
}

/* Scales columns, then turns them to the axes of their pairwise correlations. */
static void
go_round(Cloud *self, gsl_matrix *pairs, gsl_matrix *axes, gsl_vector *values,
         gsl_eigen_symmv_workspace *room)
{
    for (size_t a = 0; a < self->d; a++) {
        double scale;

        take_column(self, a);
        scale = deviation(self);
        for (size_t i = 0; i < self->n; i++)
            self->points[i * self->d + a] /= scale;
    }
    gsl_matrix_set_identity(pairs);
    for (size_t a = 0; a < self->d; a++) {
        for (size_t b = 0; b < a; b++) {
            double together =
                (variance_of_pair(self, a, b, 1) - variance_of_pair(self, a, b, -1)) / 4;

            gsl_matrix_set(pairs, a, b, together);
            gsl_matrix_set(pairs, b, a, together);
        }
    }
    gsl_eigen_symmv(pairs, values, axes, room);
    turn(self, axes);
}

/* The square of the distance of each point, in columns that no longer depend on each other. */
static void
measure(Cloud *self, double *squares)
{
    memset(squares, 0, self->n * sizeof *squares);
    for (size_t a = 0; a < self->d; a++) {
        double middle, scale;

        take_column(self, a);
        middle = median(self);
        scale = deviation(self);
        for (size_t i = 0; i < self->n; i++) {
            double z = (self->points[i * self->d + a] - middle) / scale;

            squares[i] += z * z;
        }
    }
}

static void
sum_up(const double *points, size_t n, size_t d, const double *squares, double most, double *centre,
       double *covariance)
{
    size_t n_within = 0;

    memset(centre, 0, d * sizeof *centre);
    memset(covariance, 0, d * d * sizeof *covariance);
    for (size_t i = 0; i < n; i++)
        n_within += squares[i] <= most ? 1 : 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t a = 0; squares[i] <= most && a < d; a++)
            centre[a] += points[i * d + a] / (double)n_within;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t a = 0; squares[i] <= most && a < d; a++) {
            for (size_t b = 0; b < d; b++)
                covariance[a * d + b] += (points[i * d + a] - centre[a]) *
                                         (points[i * d + b] - centre[b]) /
                                         (double)MAX(n_within - 1, 1);
        }
    }
}

void
assay_scatter(const double *points, size_t n, size_t n_columns, double *centre, double *covariance)
{
    size_t d = n_columns;
    g_autofree double *moved = g_memdup2(points, n * d * sizeof *points);
    g_autofree double *values = g_new(double, n + 1), *work = g_new(double, n + 1);
    g_autofree double *squares = g_new(double, n + 1);
    Cloud cloud = { n, d, moved, values, work };
    gsl_matrix *pairs, *axes;
    gsl_vector *eigenvalues;
    gsl_eigen_symmv_workspace *room;
    double most;

    g_return_if_fail(n >= 2 && d >= 1 && d <= ASSAY_SCATTER_COLUMNS);
    pairs = gsl_matrix_alloc(d, d);
    axes = gsl_matrix_alloc(d, d);
    eigenvalues = gsl_vector_alloc(d);
    room = gsl_eigen_symmv_alloc(d);
    for (int round = 0; round < ROUNDS; round++)
        go_round(&cloud, pairs, axes, eigenvalues, room);
    gsl_eigen_symmv_free(room);
    gsl_vector_free(eigenvalues);
    gsl_matrix_free(axes);
    gsl_matrix_free(pairs);
    measure(&cloud, squares);
    memcpy(work, squares, n * sizeof *work);
    most = gsl_stats_median(work, 1, n) * gsl_cdf_chisq_Pinv(0.975, (double)d) /
           gsl_cdf_chisq_Pinv(0.5, (double)d);
    sum_up(points, n, d, squares, most, centre, covariance);
}
