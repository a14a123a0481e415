/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "percentile.h"

#include <math.h>
#include <stdlib.h>

static int
compare_values(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static double
percentile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t below = MIN((size_t)at, n - 1), above = MIN(below + 1, n - 1);

    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

AssayInterval
assay_percentile_interval(double *values, size_t n, double confidence)
{
    qsort(values, n, sizeof *values, compare_values);
    if (values[0] >= values[n - 1])
        return (AssayInterval){ (double)NAN, (double)NAN };
    return (AssayInterval){ percentile(values, n, (1 - confidence) / 2),
                            percentile(values, n, (1 + confidence) / 2) };
}
