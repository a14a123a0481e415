/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ks.h"

#include <gsl/gsl_math.h>

static const double most_cells = 1e8;
static const double least_p = 1e-200;

double
assay_ks_q(double x)
{
    double sum = 0;

    if (!(x > 0))
        return 1;
    if (x < 1) {
        /* The same function by Jacobi's identity, which converges at once where the other does
         * not: 1 - sqrt(2 pi) / x sum exp(-(2 k - 1)^2 pi^2 / (8 x^2)). */
        for (int k = 1; k <= 7; k += 2)
            sum += exp(-k * k * M_PI * M_PI / (8 * x * x));
        return 1 - M_SQRT2 * M_SQRTPI / x * sum;
    }
    for (int k = 6; k >= 1; k--)
        sum = exp(-2 * k * k * x * x) - sum;
    return 2 * sum;
}

static guint64
gcd(guint64 a, guint64 b)
{
    while (b > 0) {
        guint64 rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Row by row, of i; of each row the cells within the band. What is beside them is 1: to the left of
 * the first, and where the row before did not reach. */
static double
exact_p(double distance, guint64 n, guint64 m)
{
    guint64 divisor = gcd(n, m), di = m / divisor, dj = n / divisor;
    /* |i di - j dj| >= limit touches. */
    gint64 limit = (gint64)ceil(distance * (double)n * (double)di - 1e-6);
    g_autofree double *row = NULL, *inverse = NULL;

    if (limit <= 0)
        return 1;
    row = g_try_new(double, m + 1);
    inverse = g_try_new(double, n + m + 1);
    if (row == NULL || inverse == NULL)
        return (double)NAN;
    for (guint64 i = 1; i <= n + m; i++)
        inverse[i] = 1 / (double)i;
    for (guint64 j = 0; j <= m; j++)
        row[j] = (gint64)(j * dj) >= limit;
    for (guint64 i = 1; i <= n; i++) {
        gint64 centre = (gint64)(i * di);
        /* j dj > centre - limit and j dj < centre + limit */
        guint64 first = centre >= limit ? (guint64)(centre - limit) / dj + 1 : 0;
        guint64 last = MIN((guint64)(centre + limit - 1) / dj, m);
        double left = 1;

        for (guint64 j = first; j <= last; j++) {
            double of_row = (double)i * inverse[i + j], of_left = (double)j * inverse[i + j];

            left = of_row * row[j] + of_left * left;
            row[j] = left;
        }
    }
    return MIN(row[m], 1);
}

double
assay_ks_p(double distance, guint64 n, guint64 m, AssayKsMethod method, AssayKsMethod *used)
{
    double root = sqrt((double)n / ((double)n + (double)m) * (double)m);
    double p = (double)NAN;

    if (method == ASSAY_KS_AUTO)
        method = assay_ks_q(root * distance) < least_p ? ASSAY_KS_SERIES : ASSAY_KS_EXACT;
    if (method == ASSAY_KS_EXACT && (double)n * (double)m > most_cells)
        method = ASSAY_KS_SERIES;
    if (n > 0 && m > 0 && !isnan(distance) && method == ASSAY_KS_EXACT)
        p = exact_p(distance, MAX(n, m), MIN(n, m));
    if (n > 0 && m > 0 && !isnan(distance) && isnan(p)) {
        method = method == ASSAY_KS_EXACT ? ASSAY_KS_SERIES : method;
        p = assay_ks_q((method == ASSAY_KS_TEQUILAGAN ? root + .12 + .11 / root : root) * distance);
    }
    if (used != NULL)
        *used = method;
    return p;
}
