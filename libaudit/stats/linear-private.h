/* stats/linear-private.h - rows of doubles: products, a root of a covariance, sums of singular
 * values.
 *
 * What is summed is summed in one order, whatever the processor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

/* Sums go side by side, as wide as vector registers may be. */
enum { ASSAY_LANES = 8 };

static inline double
assay_linear_dot(const double *a, const double *b, size_t n)
{
    double lanes[ASSAY_LANES] = { 0 }, sum = 0;
    size_t i = 0;

    for (; i + ASSAY_LANES <= n; i += ASSAY_LANES) {
        for (size_t j = 0; j < ASSAY_LANES; j++)
            lanes[j] += a[i + j] * b[i + j];
    }
    for (; i < n; i++)
        sum += a[i] * b[i];
    for (size_t j = 0; j < ASSAY_LANES; j++)
        sum += lanes[j];
    return sum;
}

/* a += factor b */
static inline void
assay_linear_add(double *a, double factor, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        a[i] += factor * b[i];
}

/**
 * assay_linear_root:
 * @matrix: (array length=n * n): symmetric, without negative eigenvalues but for rounding
 * @root: (out caller-allocates) (array length=n * n): rows, of which the product of the transposed
 *     with itself is @matrix
 *
 * Cholesky's decomposition, each time of the column with the largest rest, until there is none but
 * rounding: a singular matrix has less rows. (Higham, "Analysis of the Cholesky decomposition of a
 * semi-definite matrix", 1990.)
 *
 * Returns: how many rows: the rank
 */
size_t assay_linear_root(const double *matrix, size_t n, double *root);

/**
 * assay_linear_singular_sum:
 * @matrix: (array length=n_rows * n_columns): overwritten; at least as many rows as columns
 *
 * By Householder reflections to two diagonals, and implicit QL steps on the symmetric tridiagonal
 * matrix that has the same singular values as eigenvalues of either sign (Golub and Kahan,
 * "Calculating the singular values and pseudo-inverse of a matrix", 1965). Each is known to a
 * rounding error of the largest. Time: 8/3 n_columns^3 or so.
 *
 * Returns: the sum of the singular values
 */
double assay_linear_singular_sum(double *matrix, size_t n_rows, size_t n_columns);
