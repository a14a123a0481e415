/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linear-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

size_t
assay_linear_root(const double *matrix, size_t n, double *root)
{
    g_autofree double *rest = g_new(double, n); /* of the diagonal */
    double most = 0;

    for (size_t i = 0; i < n; i++) {
        rest[i] = matrix[i * n + i];
        most = MAX(most, rest[i]);
    }
    for (size_t rank = 0; rank < n; rank++) {
        double *row = root + rank * n;
        size_t pivot = 0;

        for (size_t i = 1; i < n; i++)
            pivot = rest[i] > rest[pivot] ? i : pivot;
        if (!(rest[pivot] > 8 * DBL_EPSILON * most))
            return rank;
        memcpy(row, matrix + pivot * n, n * sizeof *row);
        for (size_t i = 0; i < rank; i++)
            assay_linear_add(row, -root[i * n + pivot], root + i * n, n);
        for (size_t i = 0; i < n; i++)
            row[i] = rest[i] > 0 ? row[i] / sqrt(rest[pivot]) : 0;
        for (size_t i = 0; i < n; i++)
            rest[i] -= row[i] * row[i];
        rest[pivot] = 0;
    }
    return n;
}

/* The reflection I - factor v v' that leaves of x only the first, which becomes the result; x
 * becomes v. */
static double
reflect(double *x, size_t n, double *factor)
{
    double scale = 0, square, norm;

    for (size_t i = 0; i < n; i++)
        scale = MAX(scale, fabs(x[i]));
    *factor = 0;
    if (scale == 0)
        return 0;
    for (size_t i = 0; i < n; i++)
        x[i] /= scale;
    square = assay_linear_dot(x, x, n);
    norm = x[0] > 0 ? -sqrt(square) : sqrt(square);
    *factor = 1 / (square - norm * x[0]);
    x[0] -= norm;
    return norm * scale;
}

/* Takes column @k and then row @k off: of the first only the @diagonal is left, of the second only
 * what is @beside it. A row is gone through once for both. */
static void
take_off(double *matrix, size_t n_rows, size_t n_columns, size_t k, double *v, double *w, double *u,
         double *diagonal, double *beside)
{
    size_t n = n_columns - k - 1;
    double *first = matrix + k * n_columns + k + 1;
    double factor;

    for (size_t i = k; i < n_rows; i++)
        v[i] = matrix[i * n_columns + k];
    *diagonal = reflect(v + k, n_rows - k, &factor);
    *beside = 0;
    if (n == 0)
        return;
    memset(w, 0, n * sizeof *w);
    for (size_t i = k; i < n_rows; i++)
        assay_linear_add(w, factor * v[i], matrix + i * n_columns + k + 1, n);
    assay_linear_add(first, -v[k], w, n);
    memcpy(u, first, n * sizeof *u);
    *beside = reflect(u, n, &factor);
    for (size_t i = k + 1; i < n_rows; i++) {
        double *row = matrix + i * n_columns + k + 1;

        assay_linear_add(row, -v[i], w, n);
        assay_linear_add(row, -factor * assay_linear_dot(row, u, n), u, n);
    }
}

/* One implicit QL step with Wilkinson's shift on rows @l to @m of a symmetric tridiagonal matrix
 * with diagonal @d, and @e beside it. (Dubrulle, Martin and Wilkinson, "The implicit QL algorithm",
 * Numerische Mathematik 12, 1968.) */
static void
ql_step(double *d, double *e, size_t l, size_t m)
{
    double g = (d[l + 1] - d[l]) / (2 * e[l]);
    double s = 1, c = 1, p = 0;

    g = d[m] - d[l] + e[l] / (g + copysign(hypot(g, 1), g));
    for (size_t i = m; i > l; i--) {
        double f = s * e[i - 1], b = c * e[i - 1], r = hypot(f, g);

        e[i] = r;
        if (r == 0) {
            d[i] -= p;
            e[m] = 0;
            return;
        }
        s = f / r;
        c = g / r;
        g = d[i] - p;
        r = (d[i - 1] - g) * s + 2 * c * b;
        p = s * r;
        d[i] = g + p;
        g = c * r - b;
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0;
}

/* The eigenvalues, in @d; @e has n - 1 elements and room for another. */
static void
tridiagonal_eigenvalues(double *d, double *e, size_t n)
{
    double norm = 0;

    for (size_t i = 0; i < n; i++)
        norm = MAX(norm, fabs(d[i]) + (i + 1 < n ? fabs(e[i]) : 0));
    for (size_t l = 0; l < n; l++) {
        /* Two or three steps do; so many never happen. */
        for (int step = 0; step < 100; step++) {
            size_t m = l;

            while (m + 1 < n && fabs(e[m]) > DBL_EPSILON / 4 * norm)
                m++;
            if (m == l)
                break;
            ql_step(d, e, l, m);
        }
    }
}

double
assay_linear_singular_sum(double *matrix, size_t n_rows, size_t n_columns)
{
    size_t n = 2 * n_columns;
    g_autofree double *d = g_new0(double, n + 1), *e = g_new0(double, n + 1);
    g_autofree double *v = g_new(double, n_rows + 1);
    g_autofree double *w = g_new(double, n_columns + 1), *u = g_new(double, n_columns + 1);
    double sum = 0;

    for (size_t k = 0; k < n_columns; k++)
        take_off(matrix, n_rows, n_columns, k, v, w, u, &e[2 * k], &e[2 * k + 1]);
    tridiagonal_eigenvalues(d, e, n);
    for (size_t i = 0; i < n; i++)
        sum += fabs(d[i]) / 2;
    return sum;
}
