/* feature/pitches.c - tones in a spectrum: partials, and the tones that explain them.
 *
 * Where an octave or a twelfth above a tone has energy, that may be the tone's own overtone. So the
 * partials that are found (amplitudes V of semitones) are put together from tones of a known form:
 * V = sum of a[p] T[p], T[p] having partials 1 .. 8 at amplitudes 1, 0.6, 0.36 ... on the semitones
 * nearest to them. Weights a >= 0 of least Kullback-Leibler divergence are neared by 30 steps of
 * the multiplicative rule of Lee and Seung (Algorithms for Non-negative Matrix Factorization,
 * NIPS 2000), all of them equal at first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pitches-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { PARTIALS = 8, STEPS = 30 };

#define PARTIAL_RATIO 0.6

/* The semitones of partials 1 to 8 above the first: 12 log2 of them, rounded. */
static const size_t partial_at[PARTIALS] = { 0, 12, 19, 24, 28, 31, 34, 36 };

enum { REACH = 36 };

/* Beside what is heard: keeps quotients finite where there is nothing. */
#define NOTHING 1e-12

struct AssayPitches {
    size_t n_pitches, n_bands, n_bins;
    double low, tuning_hz, bin_hz, scale;
    double weights[PARTIALS];
    size_t *n_partials;                   /* of a pitch, below half the rate */
    double *sums;                         /* of their weights */
    double *bands, *model, *share, *tone; /* share: of what is heard in what is modelled */
};

/* How many semitones from @low on lie below @hz; at least that of @low. */
static size_t
bands_below(guint low, double tuning_hz, double hz)
{
    double n = floor(69 + 12 * log2(hz / tuning_hz)) - low + 1;

    return n > 1 ? (size_t)n : 1;
}

AssayPitches *
assay_pitches_new(AssaySpan pitches, double tuning_hz, guint rate_hz, size_t window, size_t n_fft)
{
    AssayPitches *self = g_new0(AssayPitches, 1);

    self->n_pitches = pitches.high - pitches.low + 1;
    self->n_bands =
        MIN(self->n_pitches + REACH, bands_below(pitches.low, tuning_hz, rate_hz / 2.0));
    self->n_bins = n_fft / 2 + 1;
    self->low = pitches.low;
    self->tuning_hz = tuning_hz;
    self->bin_hz = (double)rate_hz / (double)n_fft;
    self->scale = 4.0 / (double)window; /* a sine's peak is its amplitude times half the window's
                                           sum, which is half its length */
    self->n_partials = g_new0(size_t, self->n_pitches);
    self->sums = g_new0(double, self->n_pitches);
    self->bands = g_new0(double, self->n_bands);
    self->model = g_new0(double, self->n_bands);
    self->share = g_new0(double, self->n_bands);
    self->tone = g_new0(double, self->n_pitches);
    for (size_t h = 0; h < PARTIALS; h++)
        self->weights[h] = h == 0 ? 1 : PARTIAL_RATIO * self->weights[h - 1];
    for (size_t p = 0; p < self->n_pitches; p++) {
        while (self->n_partials[p] < PARTIALS &&
               p + partial_at[self->n_partials[p]] < self->n_bands)
            self->sums[p] += self->weights[self->n_partials[p]++];
    }
    return self;
}

void
assay_pitches_free(AssayPitches *self)
{
    if (self == NULL)
        return;
    g_free(self->n_partials);
    g_free(self->sums);
    g_free(self->bands);
    g_free(self->model);
    g_free(self->share);
    g_free(self->tone);
    g_free(self);
}

static double
logarithm(float power)
{
    return log((double)MAX(power, FLT_MIN));
}

/* A local maximum at bin @k as a partial: the vertex of a parabola through the logarithms of it and
 * its neighbours, which comes close for a Hann window. */
static void
add_partial(AssayPitches *self, const float *power, size_t k)
{
    double left = logarithm(power[k - 1]), middle = logarithm(power[k]),
           right = logarithm(power[k + 1]);
    double bend = left - 2 * middle + right;
    double shift = bend < 0 ? 0.5 * (left - right) / bend : 0;
    double hz = ((double)k + shift) * self->bin_hz;
    double band = floor(69.5 + 12 * log2(hz / self->tuning_hz)) - self->low;
    double amplitude = self->scale * exp(0.5 * (middle - 0.25 * (left - right) * shift));

    if (band >= 0 && band < (double)self->n_bands)
        self->bands[(size_t)band] = MAX(self->bands[(size_t)band], amplitude);
}

const double *
assay_pitches_bands(AssayPitches *self, const float *power, size_t *n)
{
    memset(self->bands, 0, self->n_bands * sizeof self->bands[0]);
    for (size_t k = 1; k + 1 < self->n_bins; k++) {
        if (power[k] >= power[k - 1] && power[k] > power[k + 1])
            add_partial(self, power, k);
    }
    *n = self->n_bands;
    return self->bands;
}

/* One step of the rule. */
static void
improve(AssayPitches *self)
{
    for (size_t b = 0; b < self->n_bands; b++)
        self->model[b] = NOTHING;
    for (size_t p = 0; p < self->n_pitches; p++) {
        for (size_t h = 0; h < self->n_partials[p]; h++)
            self->model[p + partial_at[h]] += self->tone[p] * self->weights[h];
    }
    for (size_t b = 0; b < self->n_bands; b++)
        self->share[b] = self->bands[b] / self->model[b];
    for (size_t p = 0; p < self->n_pitches; p++) {
        double sum = 0;

        for (size_t h = 0; h < self->n_partials[p]; h++)
            sum += self->share[p + partial_at[h]] * self->weights[h];
        if (self->sums[p] > 0)
            self->tone[p] *= sum / self->sums[p];
    }
}

const double *
assay_pitches_fit(AssayPitches *self, const float *power)
{
    size_t n;
    const double *bands = assay_pitches_bands(self, power, &n);
    double mean = 0;

    for (size_t b = 0; b < n; b++)
        mean += bands[b] / (double)n;
    for (size_t p = 0; p < self->n_pitches; p++)
        self->tone[p] = mean;
    for (int i = 0; i < STEPS && mean > 0; i++)
        improve(self);
    return self->tone;
}
