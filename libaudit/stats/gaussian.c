/* stats/gaussian.c - the mean and the covariance of vectors, in one pass.
 *
 * Vectors are gathered in blocks, cut by their numbers alone, and each block is added with its own
 * mean taken off: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", 1979.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "gaussian-private.h"
#include "linear-private.h"
#include "points.h"

enum { BLOCK = 64 };

struct AssayGaussian {
    size_t n_columns;
    guint64 n;       /* in the sums */
    double *first;   /* the first vector, which is taken off all of them */
    double *mean;    /* of those in the sums */
    double *squares; /* sums of products of deviations; of the upper triangle */
    double *block;   /* vectors not yet in the sums */
    size_t n_block;
    double *block_mean;
};

void
assay_gaussian_refuse_memory(size_t n_columns, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "no memory for a covariance of %" G_GSIZE_FORMAT " columns", n_columns);
}

AssayGaussian *
assay_gaussian_new(size_t n_columns, GError **error)
{
    g_autoptr(AssayGaussian) self = NULL;

    if (n_columns < 1 || n_columns > ASSAY_GAUSSIAN_COLUMNS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "vectors of %" G_GSIZE_FORMAT " columns: 1 to 4096 can be", n_columns);
        return NULL;
    }
    self = g_new0(AssayGaussian, 1);
    self->n_columns = n_columns;
    self->first = g_new0(double, n_columns);
    self->mean = g_new0(double, n_columns);
    self->block_mean = g_new0(double, n_columns);
    self->block = g_try_new(double, n_columns *BLOCK);
    self->squares = g_try_new0(double, n_columns *n_columns);
    if (self->block == NULL || self->squares == NULL) {
        assay_gaussian_refuse_memory(n_columns, error);
        return NULL;
    }
    return g_steal_pointer(&self);
}

void
assay_gaussian_free(AssayGaussian *self)
{
    if (self == NULL)
        return;
    g_free(self->first);
    g_free(self->mean);
    g_free(self->block_mean);
    g_free(self->block);
    g_free(self->squares);
    g_free(self);
}

/* Adds the products of all pairs of columns of four vectors at a time. */
static void
add_products(AssayGaussian *self)
{
    size_t d = self->n_columns;

    for (size_t i = 0; i < d; i++) {
        double *row = self->squares + i * d;
        size_t r = 0;

        for (; r + 4 <= self->n_block; r += 4) {
            const double *a = self->block + r * d, *b = a + d, *c = b + d, *e = c + d;

            for (size_t j = i; j < d; j++)
                row[j] += (a[i] * a[j] + b[i] * b[j]) + (c[i] * c[j] + e[i] * e[j]);
        }
        for (; r < self->n_block; r++)
            assay_linear_add(row + i, self->block[r * d + i], self->block + r * d + i, d - i);
    }
}

static void
add_block(AssayGaussian *self)
{
    size_t d = self->n_columns;
    double n = (double)self->n, m = (double)self->n_block;

    if (self->n_block == 0)
        return;
    memset(self->block_mean, 0, d * sizeof *self->block_mean);
    for (size_t r = 0; r < self->n_block; r++)
        assay_linear_add(self->block_mean, 1 / m, self->block + r * d, d);
    for (size_t r = 0; r < self->n_block; r++)
        assay_linear_add(self->block + r * d, -1, self->block_mean, d);
    add_products(self);
    for (size_t i = 0; i < d; i++) /* from here on how far the block's mean is off */
        self->block_mean[i] -= self->mean[i];
    for (size_t i = 0; i < d; i++)
        assay_linear_add(self->squares + i * d + i, self->block_mean[i] * (n * m / (n + m)),
                         self->block_mean + i, d - i);
    assay_linear_add(self->mean, m / (n + m), self->block_mean, d);
    self->n += self->n_block;
    self->n_block = 0;
}

gboolean
assay_gaussian_add(AssayGaussian *self, const double *values, size_t n, GError **error)
{
    AssayPoints vectors = { values, n, self->n_columns };

    if (!assay_points_check(&vectors, "a sample", 0, error))
        return FALSE;
    if (n > 0 && assay_gaussian_n(self) == 0)
        memcpy(self->first, values, self->n_columns * sizeof *values);
    for (size_t i = 0; i < n; i++) {
        double *vector = self->block + self->n_block * self->n_columns;

        memcpy(vector, values + i * self->n_columns, self->n_columns * sizeof *values);
        assay_linear_add(vector, -1, self->first, self->n_columns);
        if (++self->n_block == BLOCK)
            add_block(self);
    }
    return TRUE;
}

guint64
assay_gaussian_n(const AssayGaussian *self)
{
    return self->n + self->n_block;
}

size_t
assay_gaussian_columns(const AssayGaussian *self)
{
    return self->n_columns;
}

/* What is in the last block is added to a copy, so that blocks stay where they are. */
static void
finish_copy(const AssayGaussian *self, double *mean, double *covariance)
{
    size_t d = self->n_columns;
    AssayGaussian copy = *self;
    g_autofree double *block = g_memdup2(self->block, self->n_block * d * sizeof *block);
    g_autofree double *block_mean = g_new0(double, d);

    memcpy(mean, self->mean, d * sizeof *mean);
    memcpy(covariance, self->squares, d * d * sizeof *covariance);
    copy.mean = mean;
    copy.squares = covariance;
    copy.block = block;
    copy.block_mean = block_mean;
    add_block(&copy);
}

void
assay_gaussian_finish(const AssayGaussian *self, double *mean, double *covariance)
{
    size_t d = self->n_columns;
    guint64 n = assay_gaussian_n(self);

    finish_copy(self, mean, covariance);
    assay_linear_add(mean, 1, self->first, d);
    for (size_t i = 0; i < d; i++) {
        for (size_t j = i; j < d; j++) {
            double value = n > 1 ? covariance[i * d + j] / (double)(n - 1) : (double)NAN;

            covariance[i * d + j] = covariance[j * d + i] = value;
        }
    }
}
