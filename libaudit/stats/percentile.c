/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "percentile.h"

#include <math.h>

#include "../base/sort.h"

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
    assay_sort_doubles(values, n);
    if (values[0] >= values[n - 1])
        return (AssayInterval){ (double)NAN, (double)NAN };
    return (AssayInterval){ percentile(values, n, (1 - confidence) / 2),
                            percentile(values, n, (1 + confidence) / 2) };
}

double
assay_percentile_reached(const double *sorted, size_t n, double share)
{
    size_t rank = (size_t)ceil(share * (double)n);

    return n == 0 ? (double)NAN : sorted[MAX(rank, 1) - 1];
}
