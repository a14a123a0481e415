/* image/spline.c
 *
 * With M the second derivatives at the points, a unit apart, a cubic spline has
 *   M[i-1] + 4 M[i] + M[i+1] = 6 (y[i-1] - 2 y[i] + y[i+1])
 * (Press et al., Numerical Recipes, 2nd ed., section 3.3). Where the third derivative does not
 * change at point 1, M[0] = 2 M[1] - M[2], and the row of point 1 shrinks to
 * M[1] = y[0] - 2 y[1] + y[2]; so at the other end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "spline.h"

#include <math.h>

static double
second_difference(const double *values, size_t i)
{
    return values[i - 1] - 2 * values[i] + values[i + 1];
}

/* Fills @m with second derivatives. After the elimination of row i, M[i] = m[i] - c[i] M[i+1]. */
static void
bend(const double *values, size_t n, double *m, double *c)
{
    if (n < 3) {
        m[0] = m[n - 1] = 0;
        return;
    }
    m[1] = second_difference(values, 1);
    m[n - 2] = second_difference(values, n - 2);
    c[1] = 0;
    for (size_t i = 2; i + 2 < n; i++) {
        c[i] = 1 / (4 - c[i - 1]);
        m[i] = (6 * second_difference(values, i) - m[i - 1]) * c[i];
    }
    for (size_t i = n - 3; i >= 2 && i + 2 < n; i--)
        m[i] -= c[i] * m[i + 1];
    m[0] = n == 3 ? m[1] : 2 * m[1] - m[2];
    m[n - 1] = n == 3 ? m[1] : 2 * m[n - 2] - m[n - 3];
}

static double
value_at(const double *values, const double *m, size_t n, double at)
{
    size_t i = MIN((size_t)at, n - 2);
    double b = at - (double)i, a = 1 - b;

    return a * values[i] + b * values[i + 1] +
           ((a * a * a - a) * m[i] + (b * b * b - b) * m[i + 1]) / 6;
}

void
assay_spline_resample(const double *values, size_t n, double *scratch, double *points,
                      size_t n_points)
{
    bend(values, n, scratch, scratch + n);
    for (size_t k = 0; k < n_points; k++) {
        double at = k == 0 ? 0 : (double)k * (double)(n - 1) / (double)(n_points - 1);

        points[k] = n == 1 ? values[0] : value_at(values, scratch, n, at);
    }
}
