/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auc.h"

#include <math.h>
#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
    double x = ((const AssayLabelled *)a)->value, y = ((const AssayLabelled *)b)->value;

    return (x > y) - (x < y);
}

double
assay_auc(AssayLabelled *items, size_t n)
{
    double reals = 0, fakes = 0, above = 0;

    qsort(items, n, sizeof *items, compare);
    for (size_t i = 0, end; i < n; i = end) {
        double alike[2] = { 0, 0 };

        for (end = i; end < n && items[end].value == items[i].value; end++)
            alike[items[end].is_fake] += 1;
        above += alike[1] * (reals + alike[0] / 2);
        reals += alike[0];
        fakes += alike[1];
    }
    return reals > 0 && fakes > 0 ? above / (reals * fakes) : (double)NAN;
}
