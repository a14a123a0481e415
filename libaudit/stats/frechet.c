/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frechet.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "gaussian-private.h"
#include "linear-private.h"

enum { BLOCK = 8 };

/* A Gaussian, and a root of its covariance. */
typedef struct {
    double *mean, *covariance, *root;
    size_t rank;
} Gaussian;

static void
gaussian_clear(Gaussian *self)
{
    g_free(self->mean);
    g_free(self->covariance);
    g_free(self->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Gaussian, gaussian_clear)

static gboolean
finish(Gaussian *self, const AssayGaussian *sums, GError **error)
{
    size_t d = assay_gaussian_columns(sums);

    if (assay_gaussian_n(sums) < 2) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "a covariance of %" G_GUINT64_FORMAT " vectors: at least 2 are needed",
                    assay_gaussian_n(sums));
        return FALSE;
    }
    self->mean = g_new(double, d);
    self->covariance = g_try_new(double, d *d);
    self->root = g_try_new(double, d *d);
    if (self->covariance == NULL || self->root == NULL) {
        assay_gaussian_refuse_memory(d, error);
        return FALSE;
    }
    assay_gaussian_finish(sums, self->mean, self->covariance);
    self->rank = assay_linear_root(self->covariance, d, self->root);
    return TRUE;
}

/* tr (C D)^(1/2); the larger rank gives the rows. */
static gboolean
trace_of_root(const Gaussian *a, const Gaussian *b, size_t d, double *trace, GError **error)
{
    const Gaussian *more = a->rank >= b->rank ? a : b, *less = more == a ? b : a;
    g_autofree double *product = NULL;

    *trace = 0;
    if (less->rank == 0)
        return TRUE;
    product = g_try_new(double, more->rank * less->rank);
    if (product == NULL) {
        assay_gaussian_refuse_memory(d, error);
        return FALSE;
    }
    /* A few rows at a time, so that each row of the other is fetched less often. */
    for (size_t first = 0; first < more->rank; first += BLOCK) {
        for (size_t j = 0; j < less->rank; j++) {
            for (size_t i = first; i < MIN(first + BLOCK, more->rank); i++)
                product[i * less->rank + j] =
                    assay_linear_dot(more->root + i * d, less->root + j * d, d);
        }
    }
    *trace = assay_linear_singular_sum(product, more->rank, less->rank);
    return TRUE;
}

static gboolean
distance_of(const Gaussian *a, const Gaussian *b, size_t d, double *distance, GError **error)
{
    double sum = 0, trace;

    if (!trace_of_root(a, b, d, &trace, error))
        return FALSE;
    for (size_t i = 0; i < d; i++)
        sum += (a->mean[i] - b->mean[i]) * (a->mean[i] - b->mean[i]);
    for (size_t i = 0; i < d; i++)
        sum += a->covariance[i * d + i] + b->covariance[i * d + i];
    *distance = MAX(sum - 2 * trace, 0);
    return TRUE;
}

static gboolean
check_columns(const AssayGaussian *a, size_t n_columns, GError **error)
{
    if (assay_gaussian_columns(a) == n_columns)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "the candidate has %" G_GSIZE_FORMAT " columns and the reference %" G_GSIZE_FORMAT,
                n_columns, assay_gaussian_columns(a));
    return FALSE;
}

gboolean
assay_frechet_distance(const AssayGaussian *a, const AssayGaussian *b, double *distance,
                       GError **error)
{
    g_auto(Gaussian) first = { 0 }, second = { 0 };

    return check_columns(a, assay_gaussian_columns(b), error) && finish(&first, a, error) &&
           finish(&second, b, error) &&
           distance_of(&first, &second, assay_gaussian_columns(a), distance, error);
}

/* The distance of the vectors that are named. */
static gboolean
distance_of_some(const Gaussian *reference, const AssayPoints *candidate, const size_t *indices,
                 size_t n, double *distance, GError **error)
{
    size_t d = candidate->n_columns;
    g_autoptr(AssayGaussian) sums = assay_gaussian_new(d, error);
    g_auto(Gaussian) some = { 0 };

    if (sums == NULL)
        return FALSE;
    for (size_t i = 0; i < n; i++) {
        if (!assay_gaussian_add(sums, candidate->values + indices[i] * d, 1, error))
            return FALSE;
    }
    return finish(&some, sums, error) && distance_of(reference, &some, d, distance, error);
}

/* Least squares through (x, y), of which the x differ. */
static void
fit_line(const double *x, const double *y, size_t n, AssayFrechetLimit *result)
{
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0, rest = 0, error, t;

    for (size_t i = 0; i < n; i++) {
        mean_x += x[i] / (double)n;
        mean_y += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    result->slope = xy / xx;
    result->limit = mean_y - result->slope * mean_x;
    for (size_t i = 0; i < n; i++) {
        double off = y[i] - result->limit - result->slope * x[i];

        rest += off * off;
    }
    result->r2 = yy > 0 ? 1 - rest / yy : (double)NAN;
    error = sqrt(rest / (double)(n - 2) * (1 / (double)n + mean_x * mean_x / xx));
    t = gsl_cdf_tdist_Pinv(.975, (double)(n - 2));
    result->low = result->limit - t * error;
    result->high = result->limit + t * error;
}

static void
number(size_t *indices, size_t n)
{
    for (size_t i = 0; i < n; i++)
        indices[i] = i;
}

static gboolean
check_sizes(const AssayPoints *candidate, size_t least, size_t n_sizes, GError **error)
{
    if (least < 2 || least >= candidate->n) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "extrapolation from %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                    " vectors: from 2 to less than all of them can be",
                    least, candidate->n);
        return FALSE;
    }
    if (n_sizes < 3) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "extrapolation from %" G_GSIZE_FORMAT " sizes: at least 3 are needed", n_sizes);
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_frechet_extrapolate(const AssayGaussian *reference, const AssayPoints *candidate,
                          size_t least, size_t n_sizes, AssayRandom *random,
                          AssayFrechetLimit *result, GError **error)
{
    g_auto(Gaussian) fixed = { 0 };
    g_autofree size_t *indices = NULL;
    g_autofree double *x = NULL, *y = NULL;

    if (!assay_points_check(candidate, "the candidate", 2, error) ||
        !check_columns(reference, candidate->n_columns, error) ||
        !check_sizes(candidate, least, n_sizes, error) || !finish(&fixed, reference, error))
        return FALSE;
    indices = g_new(size_t, candidate->n);
    x = g_new(double, n_sizes);
    y = g_new(double, n_sizes);
    number(indices, candidate->n);
    for (size_t i = 0; i < n_sizes; i++) {
        double share = (double)i / (double)(n_sizes - 1);
        double inverse = (1 - share) / (double)least + share / (double)candidate->n;
        size_t n = i + 1 < n_sizes ? (size_t)lround(1 / inverse) : candidate->n;

        if (n < candidate->n)
            assay_random_choose(random, indices, candidate->n, n);
        else
            number(indices, n); /* as they come */
        if (!distance_of_some(&fixed, candidate, indices, n, &y[i], error))
            return FALSE;
        x[i] = 1 / (double)n;
    }
    result->distance = y[n_sizes - 1];
    fit_line(x, y, n_sizes, result);
    return TRUE;
}
