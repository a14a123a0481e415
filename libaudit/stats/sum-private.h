/* stats/sum-private.h - a sum of many terms, with what rounding loses kept beside it.
 *
 * Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", Zeitschrift
 * fuer Angewandte Mathematik und Mechanik 54, 1974.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

typedef struct {
    double sum, lost;
} AssaySum;

static inline void
assay_sum_add(AssaySum *self, double term)
{
    double sum = self->sum + term;

    if (fabs(self->sum) >= fabs(term))
        self->lost += (self->sum - sum) + term;
    else
        self->lost += (term - sum) + self->sum;
    self->sum = sum;
}

/* What is infinite loses nothing that could be said. */
static inline double
assay_sum_value(const AssaySum *self)
{
    return isinf(self->sum) ? self->sum : self->sum + self->lost;
}
