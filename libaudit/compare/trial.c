/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial.h"

#include <math.h>

/* The values of a side: all, and those out of range. */
typedef struct {
    double n, outside;
} Totals;

static Totals
count_values(const AssayAxis *axis, const guint64 *counts)
{
    guint64 n = 0, outside = 0;

    for (size_t i = 0; i < axis->n; i++) {
        n += counts[i];
        outside += axis->is_outside[i] ? counts[i] : 0;
    }
    return (Totals){ (double)n, (double)outside };
}

static double
measure_of(const AssayDivergence *divergence, size_t measure)
{
    double value = divergence->measured[measure].value;

    return assay_measure_facts((AssayMeasure)measure)->is_similarity ? 1 - value : value;
}

void
assay_trials_measure(const AssayTrials *self, const AssayTrialSide *reference,
                     const AssayTrialSide *candidate, double *values)
{
    const guint64 *p = reference->counts, *q = candidate->counts;
    Totals a = count_values(self->axis, p), b = count_values(self->axis, q);
    AssayDivergence divergence;

    if (self->divergence.measures != 0)
        assay_divergence_of_counts(self->axis->values, p, q, self->axis->n, &self->divergence,
                                   &divergence);
    for (size_t i = 0; i < self->n; i++) {
        size_t which = self->trials[i].which;

        values[i] = (double)NAN;
        if (self->trials[i].kind == ASSAY_TRIAL_MEASURE)
            values[i] = measure_of(&divergence, which);
        else if (self->trials[i].kind == ASSAY_TRIAL_MOMENT)
            values[i] = fabs(assay_moment_mean(&reference->moments[which]) -
                             assay_moment_mean(&candidate->moments[which]));
        else if (a.n > 0 && b.n > 0 && self->trials[i].kind == ASSAY_TRIAL_OUTSIDE)
            values[i] = fabs(a.outside / a.n - b.outside / b.n);
        else if (a.n > 0 && b.n > 0)
            values[i] = fabs((double)p[which] / a.n - (double)q[which] / b.n);
    }
}
