/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stft.h"

#include <math.h>
#include <string.h>

#include "fft.h"

/* Frames that go to the sink at a time. */
enum { BATCH = 32 };

struct AssayStft {
    AssayStftConfig config;
    AssayStftSink sink;
    gpointer user;
    AssayFft *fft;
    float *window, *frame; /* frame: where it is changed before the transform */
    float *spectra;        /* BATCH rows of stride values */
    size_t n_bins, stride, n_ready;
    float *samples;   /* those that frames to come may need */
    size_t n, room;   /* of samples */
    guint64 skipped;  /* samples still to be passed over before the next frame */
    guint64 n_pushed; /* of the signal */
    guint64 n_frames;
};

static double
window_value(const AssayStftConfig *config, size_t j)
{
    double n = (double)config->window;
    double turn = 2 * G_PI * (double)j;

    switch (config->shape) {
    case ASSAY_WINDOW_HAMMING:
        return config->window == 1 ? 1 : 0.54 - 0.46 * cos(turn / (n - 1));
    case ASSAY_WINDOW_POVEY:
        return config->window == 1 ? 1 : pow(0.5 - 0.5 * cos(turn / (n - 1)), 0.85);
    default:
        return 0.5 - 0.5 * cos(turn / n);
    }
}

/* Samples of silence before the signal: a window is in the middle of a transform. */
static size_t
lead(const AssayStftConfig *config)
{
    return config->is_centred ? config->fft / 2 - (config->fft - config->window) / 2 : 0;
}

void
assay_stft_begin(AssayStft *self)
{
    self->n_ready = 0;
    self->n = lead(&self->config);
    memset(self->samples, 0, self->n * sizeof self->samples[0]);
    self->skipped = self->n_pushed = self->n_frames = 0;
}

AssayStft *
assay_stft_new(const AssayStftConfig *config, AssayStftSink sink, gpointer user)
{
    AssayStft *self = g_new0(AssayStft, 1);

    self->config = *config;
    self->sink = sink;
    self->user = user;
    self->fft = assay_fft_new(config->fft);
    self->window = g_new(float, config->window);
    self->frame = g_new(float, config->window);
    for (size_t j = 0; j < config->window; j++)
        self->window[j] = (float)(window_value(config, j) * config->full_scale);
    self->n_bins = config->fft / 2 + 1;
    self->stride = self->n_bins + ASSAY_FFT_PADDING;
    self->spectra = g_new0(float, BATCH * self->stride);
    self->room = 2 * config->window + 16384;
    self->samples = g_new(float, self->room);
    assay_stft_begin(self);
    return self;
}

void
assay_stft_free(AssayStft *self)
{
    if (self == NULL)
        return;
    assay_fft_free(self->fft);
    g_free(self->window);
    g_free(self->frame);
    g_free(self->spectra);
    g_free(self->samples);
    g_free(self);
}

size_t
assay_stft_stride(const AssayStft *self)
{
    return self->stride;
}

static gboolean
deliver(AssayStft *self, GError **error)
{
    size_t n = self->n_ready;

    self->n_ready = 0;
    return n == 0 || self->sink(self->user, self->spectra, n, error);
}

/* The frame at @samples as it is before windowing. */
static const float *
prepare(AssayStft *self, const float *samples)
{
    const AssayStftConfig *config = &self->config;
    size_t n = config->window;
    float k = (float)config->preemphasis, mean = 0;
    double sum = 0;

    if (!config->removes_mean && config->preemphasis == 0)
        return samples;
    for (size_t j = 0; config->removes_mean && j < n; j++)
        sum += (double)samples[j];
    mean = (float)(sum / (double)n);
    for (size_t j = 0; j < n; j++)
        self->frame[j] = samples[j] - mean;
    for (size_t j = n; j-- > 1;)
        self->frame[j] -= k * self->frame[j - 1];
    self->frame[0] -= k * self->frame[0];
    return self->frame;
}

static gboolean
add_frame(AssayStft *self, const float *samples, GError **error)
{
    float *row = self->spectra + self->n_ready * self->stride;

    assay_fft_power(self->fft, prepare(self, samples), self->window, self->config.window, row);
    if (self->config.is_magnitude) {
        for (size_t k = 0; k < self->n_bins; k++)
            row[k] = sqrtf(row[k]);
    }
    self->n_frames++;
    self->n_ready++;
    return self->n_ready < BATCH || deliver(self, error);
}

/* Takes as many frames as the samples at hand make, up to @max in all, and keeps what is left. */
static gboolean
take_frames(AssayStft *self, guint64 max, GError **error)
{
    size_t at = 0;

    while (at + self->config.window <= self->n && self->n_frames < max) {
        if (!add_frame(self, self->samples + at, error))
            return FALSE;
        at += self->config.hop;
    }
    if (at > self->n) {
        self->skipped = at - self->n;
        at = self->n;
    }
    self->n -= at;
    memmove(self->samples, self->samples + at, self->n * sizeof self->samples[0]);
    return TRUE;
}

/* @samples: (nullable): %NULL stands for silence */
static gboolean
add_samples(AssayStft *self, const float *samples, guint64 n, guint64 max, GError **error)
{
    while (n > 0) {
        size_t passed = (size_t)MIN(self->skipped, n);
        size_t part = (size_t)MIN(n - passed, self->room - self->n);

        if (samples != NULL) {
            memcpy(self->samples + self->n, samples + passed, part * sizeof samples[0]);
            samples += passed + part;
        } else {
            memset(self->samples + self->n, 0, part * sizeof self->samples[0]);
        }
        self->skipped -= passed;
        self->n += part;
        n -= passed + part;
        if (!take_frames(self, max, error))
            return FALSE;
        if (self->n_frames == max)
            break;
    }
    return TRUE;
}

gboolean
assay_stft_push(AssayStft *self, const float *samples, size_t n, GError **error)
{
    self->n_pushed += n;
    return add_samples(self, samples, n, G_MAXUINT64, error);
}

gboolean
assay_stft_finish(AssayStft *self, GError **error)
{
    const AssayStftConfig *config = &self->config;
    guint64 padded = self->n_pushed + 2 * (config->fft / 2);
    guint64 total = padded < config->fft ? 0 : 1 + (padded - config->fft) / config->hop;
    gboolean done = !config->is_centred ||
                    add_samples(self, NULL, total * config->hop + config->fft, total, error);

    done = done && deliver(self, error);
    assay_stft_begin(self);
    return done;
}
