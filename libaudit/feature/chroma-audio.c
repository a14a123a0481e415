/* feature/chroma-audio.c - the pitch-class sets of sound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "../base/error.h"
#include "../base/floats.h"
#include "../signal/fft.h"
#include "../signal/listen.h"
#include "../signal/stft.h"
#include "chroma-private.h"
#include "pitches-private.h"
#include "sounding-private.h"

/* How far a release looks back, and over how many steps at most. */
#define RELEASE_S 0.15
enum { MAX_LAG = 1024 };

/**
 * Ear:
 * @rate_hz: of the signals for which stft, pitches and sounding were made; 0: none yet
 * @before: samples of a frame before the step that it is of; negative: of the step before the frame
 * @n_skipped: samples of the step still to be passed over
 * @n_samples: of the current signal
 * @states: of all signals so far, each a whole number below 4096, as which a float is exact
 * @n_before: how many of them are of the signals before this one
 */
typedef struct {
    AssayChromaConfig config;
    guint rate_hz;
    size_t window, hop;
    gint64 before;
    AssayStft *stft;
    AssayPitches *pitches;
    AssaySounding *sounding;
    guint64 n_skipped, n_samples;
    AssayFloats states;
    size_t n_before;
} Ear;

gpointer
assay_chroma_ear_new(const AssayStage *stage)
{
    Ear *self = g_new0(Ear, 1);

    self->config = *(const AssayChromaConfig *)stage->config;
    self->states.max_bytes = self->config.max_bytes;
    return self;
}

static void
forget(Ear *self)
{
    self->rate_hz = 0;
    g_clear_pointer(&self->stft, assay_stft_free);
    g_clear_pointer(&self->pitches, assay_pitches_free);
    g_clear_pointer(&self->sounding, assay_sounding_free);
}

void
assay_chroma_ear_free(gpointer state)
{
    Ear *self = state;

    if (self == NULL)
        return;
    forget(self);
    assay_floats_clear(&self->states);
    g_free(self);
}

/* Samples near the largest that a float holds have no spectrum. */
static gboolean
check_finite(const Ear *self, const float *spectrum, size_t step, GError **error)
{
    for (size_t k = 0; k < assay_stft_stride(self->stft); k++) {
        if (!isfinite(spectrum[k])) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "step %" G_GSIZE_FORMAT
                        ": the power is not finite, the samples are too large",
                        step);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
take_spectra(gpointer user, const float *spectra, size_t n, GError **error)
{
    Ear *self = user;
    size_t first = self->states.n - self->n_before;
    float *states = assay_floats_add(&self->states, n, error);

    for (size_t t = 0; states != NULL && t < n; t++, spectra += assay_stft_stride(self->stft)) {
        const double *strengths;

        if (!check_finite(self, spectra, first + t, error))
            return FALSE;
        strengths = assay_pitches_fit(self->pitches, spectra);
        states[t] = (float)assay_sounding_step(self->sounding, strengths);
    }
    return states != NULL;
}

/* What of the options depends on the rate. */
static gboolean
check_rate(const AssayChromaConfig *config, guint rate_hz, size_t window, size_t hop,
           GError **error)
{
    double highest = config->tuning_hz * exp2((config->pitches.high - 69.0) / 12);

    if (window < 16 || window > ASSAY_FFT_MAX || hop < 1) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "at %u Hz the window is %" G_GSIZE_FORMAT " samples, the hop %" G_GSIZE_FORMAT
                    "; give --window and --hop in samples",
                    rate_hz, window, hop);
        return FALSE;
    }
    if (RELEASE_S * rate_hz / (double)hop > MAX_LAG) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "at %u Hz steps of %" G_GSIZE_FORMAT
                    " samples are too short to hear what ends; --hop gives longer ones",
                    rate_hz, hop);
        return FALSE;
    }
    if (highest >= rate_hz / 2.0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "pitch %u is %.0f Hz, not below half the rate of %u Hz; --rate or --pitches "
                    "says another",
                    config->pitches.high, highest, rate_hz);
        return FALSE;
    }
    return TRUE;
}

/* Makes what a signal of this rate needs, unless the one before it had the same. */
static gboolean
prepare(Ear *self, guint rate_hz, GError **error)
{
    const AssayChromaConfig *config = &self->config;
    const AssaySoundingConfig sounding = { config->threshold, config->hold, config->release,
                                           pow(10, -config->floor_db / 20) };
    AssayStftConfig stft = { .fft = 2, .shape = ASSAY_WINDOW_HANN, .full_scale = 1 };
    double lag;

    if (self->rate_hz == rate_hz)
        return TRUE;
    forget(self);
    stft.window = self->window = assay_length_at(&config->window, rate_hz);
    stft.hop = self->hop = assay_length_at(&config->hop, rate_hz);
    if (!check_rate(config, rate_hz, self->window, self->hop, error))
        return FALSE;
    while (stft.fft < stft.window)
        stft.fft *= 2;
    self->before = (gint64)(self->window / 2) - (gint64)(self->hop / 2);
    lag = MAX(1, round(RELEASE_S * rate_hz / (double)self->hop));
    self->stft = assay_stft_new(&stft, take_spectra, self);
    self->pitches =
        assay_pitches_new(config->pitches, config->tuning_hz, rate_hz, stft.window, stft.fft);
    self->sounding = assay_sounding_new(&sounding, config->pitches.high - config->pitches.low + 1,
                                        config->pitches.low, (size_t)lag);
    self->rate_hz = rate_hz;
    return TRUE;
}

/* @n samples without sound. */
static gboolean
push_silence(Ear *self, guint64 n, GError **error)
{
    static const float silence[4096] = { 0 };

    while (n > 0) {
        size_t part = (size_t)MIN(n, G_N_ELEMENTS(silence));

        if (!assay_stft_push(self->stft, silence, part, error))
            return FALSE;
        n -= part;
    }
    return TRUE;
}

static gboolean
begin(gpointer user, guint rate_hz, GError **error)
{
    Ear *self = user;

    if (!prepare(self, rate_hz, error))
        return FALSE;
    assay_stft_begin(self->stft);
    assay_sounding_begin(self->sounding);
    self->n_samples = 0;
    self->n_before = self->states.n;
    self->n_skipped = self->before < 0 ? (guint64)-self->before : 0;
    return self->before <= 0 || push_silence(self, (guint64)self->before, error);
}

static gboolean
push(gpointer user, const float *samples, size_t n, GError **error)
{
    Ear *self = user;
    size_t skipped = (size_t)MIN(self->n_skipped, n);

    self->n_samples += n;
    self->n_skipped -= skipped;
    return skipped == n || assay_stft_push(self->stft, samples + skipped, n - skipped, error);
}

/* As many steps as there are hops, the last one begun; silence makes the frame of it whole. */
static gboolean
finish(gpointer user, guint64 n_frames, GError **error)
{
    Ear *self = user;
    guint64 n_steps = (self->n_samples + self->hop - 1) / self->hop;
    gint64 missing =
        (gint64)((n_steps - 1) * self->hop + self->window) - self->before - (gint64)self->n_samples;

    (void)n_frames;
    if (missing > 0 && !push_silence(self, (guint64)missing, error))
        return FALSE;
    if (!assay_stft_finish(self->stft, error))
        return FALSE;
    self->states.n = MIN(self->states.n, self->n_before + (size_t)n_steps);
    return TRUE;
}

static AssayJson *
make_meta(const Ear *self)
{
    const AssayChromaConfig *config = &self->config;
    AssayJson *meta = assay_json_object(), *hearing = assay_json_object();

    assay_json_set_real(hearing, "window_s", (double)self->window / self->rate_hz);
    assay_json_set_real(hearing, "tuning_hz", config->tuning_hz);
    assay_json_set_real(hearing, "threshold", config->threshold);
    assay_json_set_real(hearing, "hold", config->hold);
    assay_json_set_real(hearing, "release", config->release);
    assay_json_set_real(hearing, "floor_db", -config->floor_db);
    assay_json_set_string(meta, "origin", "audio");
    assay_json_set_real(meta, "rate_hz", (double)self->rate_hz / (double)self->hop);
    assay_json_set_integer(meta, "sample_rate_hz", self->rate_hz);
    assay_json_set_integer(meta, "pitch_low", config->pitches.low);
    assay_json_set_integer(meta, "pitch_high", config->pitches.high);
    assay_json_set_take(meta, "hearing", hearing);
    assay_json_set_string(meta, "unit", ASSAY_CHROMA_UNIT);
    return meta;
}

gboolean
assay_chroma_apply_audio(const AssayStage *stage, gpointer state, AssaySample *sample,
                         GError **error)
{
    static const char *const axes[] = { "item", "time", "class", NULL };
    static const AssayListener listener = { begin, push, finish };
    const AssayChromaConfig *config = stage->config;
    const AssayListenConfig listen = { config->rate_hz, config->input_rate_hz, config->channel,
                                       config->keeps_truncated };
    Ear *self = state;
    AssayHeard heard;
    AssayArray *chroma;
    size_t shape[3] = { 0, 0, ASSAY_CHROMA_CLASSES };

    self->states.n = 0;
    if (!assay_listen(sample, &listen, &listener, self, &heard, error))
        return FALSE;
    shape[0] = heard.n_items;
    shape[1] = self->states.n / heard.n_items;
    chroma = assay_array_new(ASSAY_U8, heard.has_items ? 3 : 2, heard.has_items ? shape : shape + 1,
                             heard.has_items ? axes : axes + 1, config->max_bytes, error);
    if (chroma == NULL)
        return FALSE;
    for (size_t i = 0; i < self->states.n; i++)
        assay_chroma_set((guint8 *)chroma->data + i * ASSAY_CHROMA_CLASSES,
                         (guint)self->states.values[i]);
    assay_sample_take_field(sample, "chroma", chroma, make_meta(self));
    return TRUE;
}
