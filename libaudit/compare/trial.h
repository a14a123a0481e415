/* compare/trial.h - what is measured again and again: two samples' counts on the cells of an axis.
 *
 * Stands on: stats/divergence.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/divergence.h"
#include "axis.h"

G_BEGIN_DECLS

/**
 * AssayTrialKind:
 * @ASSAY_TRIAL_MEASURE: a measure of stats/measure.h; one less it where it is a similarity, so that
 *     larger is always farther apart
 * @ASSAY_TRIAL_ATOM: difference of the shares of one cell
 * @ASSAY_TRIAL_OUTSIDE: difference of the shares outside the range
 * @ASSAY_TRIAL_MOMENT: difference of the means of a moment of items
 */
typedef enum {
    ASSAY_TRIAL_MEASURE,
    ASSAY_TRIAL_ATOM,
    ASSAY_TRIAL_OUTSIDE,
    ASSAY_TRIAL_MOMENT,
} AssayTrialKind;

/**
 * AssayTrial:
 * @which: an AssayMeasure; the cell of an atom; an AssayMoment
 */
typedef struct {
    AssayTrialKind kind;
    size_t which;
} AssayTrial;

/**
 * AssayTrialSide:
 * @counts: a cell of the axis
 * @moments: of all items of the sample
 */
typedef struct {
    const guint64 *counts;
    AssayMomentSum moments[ASSAY_N_MOMENTS];
} AssayTrialSide;

/**
 * AssayTrials:
 * @divergence: how measures are taken; its @measures are those of @trials
 */
typedef struct {
    const AssayAxis *axis;
    const AssayTrial *trials;
    size_t n;
    AssayDivergenceConfig divergence;
} AssayTrials;

/**
 * assay_trials_measure:
 * @values: (out) (array length=n): NaN where a side has nothing to measure
 *
 * All are without a sign; of the symmetric ones, sides exchanged give the same but for rounding.
 */
ASSAY_API void assay_trials_measure(const AssayTrials *self, const AssayTrialSide *reference,
                                    const AssayTrialSide *candidate, double *values);

G_END_DECLS
