/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "carriers.h"

#include <math.h>
#include <string.h>

#include "../base/text.h"
#include "auc.h"

/* The values of a column that are there, or how far they are from @middle, where it is no NaN. */
static size_t
gather(const AssayExamples *examples, const size_t *rows, size_t n, size_t column, double middle,
       AssayLabelled *values, double *mean)
{
    size_t n_there = 0;

    *mean = 0;
    for (size_t i = 0; i < n; i++) {
        double value = assay_examples_row(examples, rows[i])[column];

        if (isnan(value))
            continue;
        *mean += value / (double)n;
        values[n_there++] =
            (AssayLabelled){ isnan(middle) ? value : fabs(value - middle),
                             assay_examples_at(examples, rows[i])->is_fake ? 1 : 0 };
    }
    *mean *= n_there > 0 ? (double)n / (double)n_there : 1;
    return n_there;
}

static AssayCarrier
measure(const AssayExamples *examples, const size_t *rows, size_t n, size_t column,
        AssayLabelled *values)
{
    AssayCarrier best = { .column = column, .auc = 0.5 };
    double middle = (double)NAN;

    for (int far = 0; far < 2; far++) {
        double mean, auc;
        size_t n_there = gather(examples, rows, n, column, middle, values, &mean);

        auc = assay_auc(values, n_there);
        middle = mean;
        if (!isnan(auc) && MAX(auc, 1 - auc) > best.auc) {
            best.auc = MAX(auc, 1 - auc);
            best.side = auc >= 0.5 ? (far ? ASSAY_CARRIER_FARTHER : ASSAY_CARRIER_HIGHER)
                                   : (far ? ASSAY_CARRIER_NEARER : ASSAY_CARRIER_LOWER);
        }
    }
    return best;
}

size_t
assay_carriers_find(const AssayExamples *examples, const size_t *rows, size_t n,
                    AssayCarrier *carriers, size_t most)
{
    g_autofree AssayLabelled *values = g_new(AssayLabelled, n + 1);
    size_t found = 0;

    for (size_t column = 0; column < examples->n_columns; column++) {
        AssayCarrier carrier = measure(examples, rows, n, column, values);
        size_t at = found;

        while (at > 0 && carriers[at - 1].auc < carrier.auc)
            at--;
        if (at == most)
            continue;
        found = MIN(found + 1, most);
        memmove(carriers + at + 1, carriers + at, (found - at - 1) * sizeof *carriers);
        carriers[at] = carrier;
    }
    return found;
}

const char *
assay_carrier_side(const AssayCarrier *self)
{
    static const char *const sides[] = { "higher", "lower", "farther", "nearer" };

    return sides[self->side];
}

char *
assay_carrier_text(const AssayCarrier *self, const AssayExamples *examples)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup_printf("%s %s %s", examples->columns[self->column], assay_carrier_side(self),
                           assay_text_double_digits(number, self->auc, 3));
}
