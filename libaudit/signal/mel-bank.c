/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mel-bank.h"

#include <math.h>

#include "fft.h"

enum { LANES = ASSAY_FFT_PADDING };

/* The weights of a band, from bin @first on; filled up with zeros to whole lanes. */
typedef struct {
    size_t first, n, at;
} Band;

struct AssayMelBank {
    size_t n_mels, n_empty;
    Band *bands;
    float *weights;
};

/* Slaney's scale: where it turns, in Hz and in mel, and its step above. */
static const double turn_hz = 1000, hz_a_mel = 200.0 / 3;

static double
log_step(void)
{
    return log(6.4) / 27;
}

double
assay_mel_from_hz(AssayMelScale scale, double hz)
{
    if (scale == ASSAY_MEL_HTK)
        return 2595 * log10(1 + hz / 700);
    return hz < turn_hz ? hz / hz_a_mel : turn_hz / hz_a_mel + log(hz / turn_hz) / log_step();
}

double
assay_mel_to_hz(AssayMelScale scale, double mel)
{
    double turn_mel = turn_hz / hz_a_mel;

    if (scale == ASSAY_MEL_HTK)
        return 700 * (pow(10, mel / 2595) - 1);
    return mel < turn_mel ? mel * hz_a_mel : turn_hz * exp(log_step() * (mel - turn_mel));
}

/* The edges, in Hz and in mel. */
typedef struct {
    double *hz, *mel;
    double bin_hz;
    size_t n_bins;
} Edges;

static double
weigh(const AssayMelBankConfig *config, const Edges *edges, size_t m, size_t k)
{
    const double *edge = config->is_straight_in_mel ? &edges->mel[m] : &edges->hz[m];
    double hz = (double)k * edges->bin_hz;
    double x = config->is_straight_in_mel ? assay_mel_from_hz(config->scale, hz) : hz;
    double up = (x - edge[0]) / (edge[1] - edge[0]);
    double down = (edge[2] - x) / (edge[2] - edge[1]);
    double weight = MAX(0, MIN(up, down));

    return config->is_area ? weight * 2 / (edges->hz[m + 2] - edges->hz[m]) : weight;
}

/* Where a band begins and ends; its weights are appended. */
static Band
make_band(const AssayMelBankConfig *config, const Edges *edges, size_t m, GArray *weights)
{
    double low = floor(edges->hz[m] / edges->bin_hz) - 1;
    double high = ceil(edges->hz[m + 2] / edges->bin_hz) + 1;
    Band band = { .at = weights->len };

    for (size_t k = low > 0 ? (size_t)low : 0; k < edges->n_bins && (double)k <= high; k++) {
        float weight = (float)weigh(config, edges, m, k);

        if (weight == 0 && band.n == 0)
            continue;
        band.first = band.n == 0 ? k : band.first;
        g_array_append_val(weights, weight);
        band.n++;
    }
    while (band.n > 0 && g_array_index(weights, float, weights->len - 1) == 0) {
        g_array_set_size(weights, weights->len - 1);
        band.n--;
    }
    while ((weights->len - band.at) % LANES != 0) {
        const float zero = 0;

        g_array_append_val(weights, zero);
    }
    return band;
}

AssayMelBank *
assay_mel_bank_new(const AssayMelBankConfig *config, double rate_hz, size_t n_fft)
{
    AssayMelBank *self = g_new0(AssayMelBank, 1);
    double low = assay_mel_from_hz(config->scale, config->fmin_hz);
    double high = assay_mel_from_hz(config->scale, config->fmax_hz);
    GArray *weights = g_array_new(FALSE, FALSE, sizeof(float));
    size_t n = config->n_mels;
    Edges edges = { g_new(double, n + 2), g_new(double, n + 2), rate_hz / (double)n_fft,
                    n_fft / 2 + 1 };

    for (size_t i = 0; i < n + 2; i++) {
        edges.mel[i] = low + (high - low) * (double)i / (double)(n + 1);
        edges.hz[i] = assay_mel_to_hz(config->scale, edges.mel[i]);
    }
    self->n_mels = n;
    self->bands = g_new(Band, n);
    for (size_t m = 0; m < n; m++) {
        self->bands[m] = make_band(config, &edges, m, weights);
        self->n_empty += self->bands[m].n == 0;
    }
    self->weights = (float *)(void *)g_array_free(weights, FALSE);
    g_free(edges.hz);
    g_free(edges.mel);
    return self;
}

void
assay_mel_bank_free(AssayMelBank *self)
{
    if (self == NULL)
        return;
    g_free(self->bands);
    g_free(self->weights);
    g_free(self);
}

size_t
assay_mel_bank_n_empty(const AssayMelBank *self)
{
    return self->n_empty;
}

double
assay_mel_bank_weight(const AssayMelBank *self, size_t m, size_t k)
{
    const Band *band = &self->bands[m];

    return k < band->first || k >= band->first + band->n
               ? 0
               : (double)self->weights[band->at + (k - band->first)];
}

void
assay_mel_bank_apply(const AssayMelBank *self, const float *spectrum, float *mels)
{
    for (size_t m = 0; m < self->n_mels; m++) {
        const Band *band = &self->bands[m];
        const float *restrict weights = self->weights + band->at;
        const float *restrict values = spectrum + band->first;
        float sums[LANES] = { 0 };

        for (size_t i = 0; i < band->n; i += LANES) {
            for (size_t k = 0; k < LANES; k++)
                sums[k] += weights[i + k] * values[i + k];
        }
        for (size_t k = LANES / 2; k > 0; k /= 2) {
            for (size_t i = 0; i < k; i++)
                sums[i] += sums[i + k];
        }
        mels[m] = sums[0];
    }
}
