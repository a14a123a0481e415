/* signal/mel-analyser.c - from a signal to rows of mel, block by block.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "fft.h"
#include "mel-log-private.h"
#include "mel-private.h"

struct AssayMelAnalyser {
    AssayMelConfig config;
    guint rate_hz; /* of the signals for which what follows was made; 0: none yet */
    AssayStftConfig stft_config;
    AssayStft *stft;
    AssayMelBank *bank;
    AssayMelResult result;
    AssayFloats held; /* a signal that is to be levelled */
    size_t n_before;  /* values of the spectrograms of the signals before this one */
};

AssayMelAnalyser *
assay_mel_analyser_new(const AssayMelConfig *config)
{
    AssayMelAnalyser *self = g_new0(AssayMelAnalyser, 1);
    AssayFloats *rows[] = { &self->result.mel, &self->result.audio, &self->result.stft,
                            &self->held };

    self->config = *config;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        rows[i]->max_bytes = config->max_bytes;
    return self;
}

void
assay_mel_analyser_free(AssayMelAnalyser *self)
{
    if (self == NULL)
        return;
    assay_stft_free(self->stft);
    assay_mel_bank_free(self->bank);
    assay_floats_clear(&self->held);
    assay_floats_clear(&self->result.mel);
    assay_floats_clear(&self->result.audio);
    assay_floats_clear(&self->result.stft);
    g_free(self);
}

AssayMelResult *
assay_mel_analyser_result(AssayMelAnalyser *self)
{
    return &self->result;
}

/* The logarithm that is asked for, of @n values. */
static void
take_log(const AssayMelConfig *config, float *values, size_t n)
{
    const float tiny = 1.17549435e-38F, floor = (float)config->floor;
    double decibels = (config->is_magnitude ? 20 : 10) / log(10);

    switch (config->log) {
    case ASSAY_MEL_LOG1P:
        assay_log_scale(values, n, (float)config->gain_constant, 1, tiny, 1);
        break;
    case ASSAY_MEL_LN:
        assay_log_scale(values, n, 1, 0, floor, 1);
        break;
    case ASSAY_MEL_DB:
        assay_log_scale(values, n, 1, 0, floor, (float)decibels);
        break;
    default:
        break;
    }
}

static gboolean
check_finite(const AssayMelAnalyser *self, const float *values, size_t n, GError **error)
{
    size_t n_mels = self->config.n_mels, row = (self->result.mel.n - self->n_before - n) / n_mels;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i])) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "step %" G_GSIZE_FORMAT ", band %" G_GSIZE_FORMAT
                        ": the power is not finite, the samples are too large",
                        row + i / n_mels, i % n_mels);
            return FALSE;
        }
    }
    return TRUE;
}

/* Spectra into rows. */
static gboolean
take_spectra(gpointer user, const float *spectra, size_t n, GError **error)
{
    AssayMelAnalyser *self = user;
    size_t n_mels = self->config.n_mels, n_bins = self->result.n_bins;
    size_t stride = assay_stft_stride(self->stft);
    float *rows = assay_floats_add(&self->result.mel, n * n_mels, error), *kept;

    if (rows == NULL)
        return FALSE;
    for (size_t t = 0; t < n; t++)
        assay_mel_bank_apply(self->bank, spectra + t * stride, rows + t * n_mels);
    if (!check_finite(self, rows, n * n_mels, error))
        return FALSE;
    take_log(&self->config, rows, n * n_mels);
    if (!self->config.keeps_stft)
        return TRUE;
    kept = assay_floats_add(&self->result.stft, n * n_bins, error);
    for (size_t t = 0; kept != NULL && t < n; t++)
        memcpy(kept + t * n_bins, spectra + t * stride, n_bins * sizeof kept[0]);
    return kept != NULL;
}

/* Samples at the rate of the spectrogram, to be framed. */
static gboolean
frame_samples(AssayMelAnalyser *self, const float *samples, size_t n, GError **error)
{
    if (self->config.keeps_audio) {
        float *kept = assay_floats_add(&self->result.audio, n, error);

        if (kept == NULL)
            return FALSE;
        memcpy(kept, samples, n * sizeof kept[0]);
    }
    return assay_stft_push(self->stft, samples, n, error);
}

/* What is to be levelled waits for its end. */
static gboolean
push(gpointer user, const float *samples, size_t n, GError **error)
{
    AssayMelAnalyser *self = user;
    float *held;

    if (!assay_mel_levels(&self->config))
        return frame_samples(self, samples, n, error);
    held = assay_floats_add(&self->held, n, error);
    if (held != NULL)
        memcpy(held, samples, n * sizeof held[0]);
    return held != NULL;
}

/* The signal that waited. */
static gboolean
level_samples(AssayMelAnalyser *self, GError **error)
{
    float *samples = self->held.values;
    size_t n = self->held.n;

    if (n == 0)
        return TRUE;
    assay_mel_level(&self->config, &samples, &n);
    return frame_samples(self, samples, n, error);
}

/* What of the options depends on the rate. */
static gboolean
plan(AssayMelAnalyser *self, guint rate_hz, GError **error)
{
    const AssayMelConfig *config = &self->config;
    size_t window = assay_length_at(&config->window, rate_hz),
           hop = assay_length_at(&config->hop, rate_hz);
    size_t n_fft = config->fft > 0 ? config->fft : MAX(window, 2);
    double fmax_hz = config->fmax_hz > 0 ? config->fmax_hz : rate_hz / 2.0;

    while (config->is_fft_power_of_two && (n_fft & (n_fft - 1)) != 0)
        n_fft++;
    if (window < 1 || hop < 1 || window > n_fft || n_fft > ASSAY_FFT_MAX) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "at %u Hz the window is %" G_GSIZE_FORMAT " samples, the hop %" G_GSIZE_FORMAT
                    ", the transform %" G_GSIZE_FORMAT "; give --window and --hop in samples",
                    rate_hz, window, hop, n_fft);
        return FALSE;
    }
    if (fmax_hz > rate_hz / 2.0 || config->fmin_hz >= fmax_hz) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "at %u Hz bands from %g to %g Hz do not lie below half the rate; --fmin and "
                    "--fmax say others, --rate another rate",
                    rate_hz, config->fmin_hz, fmax_hz);
        return FALSE;
    }
    self->stft_config = (AssayStftConfig){ .window = window,
                                           .fft = n_fft,
                                           .hop = hop,
                                           .shape = config->shape,
                                           .is_centred = config->is_centred,
                                           .removes_mean = config->removes_mean,
                                           .is_magnitude = config->is_magnitude,
                                           .preemphasis = config->preemphasis,
                                           .full_scale = config->full_scale };
    self->result.n_bins = n_fft / 2 + 1;
    self->result.hop = hop;
    self->result.fmax_hz = fmax_hz;
    return TRUE;
}

/* Makes what a signal of this rate needs, unless the one before it had the same. */
static gboolean
prepare(AssayMelAnalyser *self, guint rate_hz, GError **error)
{
    const AssayMelConfig *config = &self->config;
    AssayMelBankConfig bank = { config->n_mels, config->fmin_hz, 0,
                                config->scale,  config->is_area, config->is_straight_in_mel };

    if (self->rate_hz == rate_hz)
        return TRUE;
    self->rate_hz = 0;
    if (!plan(self, rate_hz, error))
        return FALSE;
    bank.fmax_hz = self->result.fmax_hz;
    assay_stft_free(self->stft);
    assay_mel_bank_free(self->bank);
    self->stft = assay_stft_new(&self->stft_config, take_spectra, self);
    self->bank = assay_mel_bank_new(&bank, rate_hz, self->stft_config.fft);
    self->result.n_empty = assay_mel_bank_n_empty(self->bank);
    self->result.rate_hz = self->rate_hz = rate_hz;
    return TRUE;
}

static gboolean
begin(gpointer user, guint rate_hz, GError **error)
{
    AssayMelAnalyser *self = user;

    self->held.n = 0;
    self->n_before = self->result.mel.n;
    if (!prepare(self, rate_hz, error))
        return FALSE;
    assay_stft_begin(self->stft);
    return TRUE;
}

/* An error where not one step came of a signal. */
static gboolean
finish(gpointer user, guint64 n_frames, GError **error)
{
    AssayMelAnalyser *self = user;

    if (!level_samples(self, error) || !assay_stft_finish(self->stft, error))
        return FALSE;
    if (self->result.mel.n > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "its %" G_GUINT64_FORMAT " frames are less than a window; --frames=centred takes "
                "them, with silence around",
                n_frames);
    return FALSE;
}

const AssayListener assay_mel_listener = { begin, push, finish };
