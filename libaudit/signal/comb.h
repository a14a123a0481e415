/* signal/comb.h - combs of lines in the mean spectrum of sounds.
 *
 * What makes sound in steps of so many samples - up-sampling by strided convolutions, frames that
 * are laid over each other, as Griffin and Lim's inversion of spectrograms does - leaves lines at
 * the multiples of rate / steps. They are there in loud and in quiet places, so they stand out in
 * the mean of logarithms. A comb says how a sound was processed: not by what, and not that it was
 * generated. Steady voices and hum have combs too.
 *
 * The spectrum of a sound: frames of 4,096 samples every 1,024, within the sound, periodic Hann
 * window; the mean over frames of ln(P[k] + 10^-9 mean of P), P = |X|^2; frames of zeros are left
 * out. Its excess: each value less the median of those up to 25 bins from it.
 *
 * A comb of period p samples has teeth at the bins next to j 4096 / p, from bin 50 up to 2 bins
 * below half the rate, at least 3. Its strength is the mean excess of its teeth, each limited to 3
 * spreads, over the spread of the excess (1.4826 times the median absolute deviation), times the
 * square root of their number: standard errors, if bins had nothing to do with each other. Periods
 * 4 to 512 are tried, each 1 / 2048 longer than the one before, since a sound that was stretched
 * has its comb elsewhere; a whole number within 1 / 1024 of the strongest is taken where it is 0.95
 * times as strong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

enum { ASSAY_COMB_FRAME = 4096, ASSAY_COMB_HOP = 1024, ASSAY_COMB_BINS = ASSAY_COMB_FRAME / 2 + 1 };

#define ASSAY_COMB_MIN_PERIOD 4.
#define ASSAY_COMB_MAX_PERIOD 512.

/**
 * AssayComb:
 * @period: in samples
 * @strength: in standard errors
 * @excess: of its teeth, mean, in nats
 * @n_teeth: how many
 */
typedef struct {
    double period, strength, excess;
    guint n_teeth;
} AssayComb;

/**
 * AssayCombs:
 * @strongest: of all periods
 * @binary: of the periods 16, 32, 64, 128, 256 and 512, in which most programs step
 *
 * All NaN, and without teeth, where the spectrum is flat or not all finite.
 */
typedef struct {
    AssayComb strongest, binary;
} AssayCombs;

/* @excess: (out): of @spectrum, each ASSAY_COMB_BINS values. */
ASSAY_API void assay_comb_excess(const double *spectrum, double *excess);

/* The combs of @spectrum, ASSAY_COMB_BINS values. */
ASSAY_API AssayCombs assay_combs_find(const double *spectrum);

/* The comb of one period; NaN and no teeth where it has fewer than 3. */
ASSAY_API AssayComb assay_comb_of_period(const double *spectrum, double period);

G_END_DECLS
