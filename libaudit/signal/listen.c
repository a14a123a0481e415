/* signal/listen.c - decoding, mixing and resampling, for whatever hears the result.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "listen.h"

#include <math.h>

#include "../base/error.h"
#include "../media/sound.h"
#include "resample.h"

/* Frames that are mixed at a time. */
enum { MIX = 8192 };

/* One signal on its way. */
typedef struct {
    const AssayListenConfig *config;
    const AssayListener *listener;
    gpointer user;
    AssayResampler *resampler; /* or NULL */
    guint n_channels;
    float mixed[MIX];
} Signal;

static gboolean
hand_on(gpointer user, const float *samples, size_t n, GError **error)
{
    const Signal *self = user;

    return n == 0 || self->listener->push(self->user, samples, n, error);
}

static gboolean
begin(Signal *self, guint rate_hz, guint n_channels, GError **error)
{
    const AssayListenConfig *config = self->config;
    guint to_hz = config->rate_hz > 0 ? config->rate_hz : rate_hz;

    if (config->channel > n_channels) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "has %u channel%s, so no channel %u; --channels names another, or mean",
                    n_channels, n_channels == 1 ? "" : "s", config->channel);
        return FALSE;
    }
    self->n_channels = n_channels;
    g_clear_pointer(&self->resampler, assay_resampler_free);
    if (!self->listener->begin(self->user, to_hz, error))
        return FALSE;
    if (rate_hz != to_hz)
        self->resampler = assay_resampler_new(rate_hz, to_hz, hand_on, self, error);
    return rate_hz == to_hz || self->resampler != NULL;
}

/* One channel of @n frames, or the mean of all. */
static void
mix(Signal *self, const float *frames, size_t n)
{
    guint n_channels = self->n_channels, channel = self->config->channel;

    for (size_t i = 0; i < n; i++) {
        const float *frame = frames + i * n_channels;
        float sum = channel > 0 ? frame[channel - 1] : frame[0];

        for (guint c = 1; channel == 0 && c < n_channels; c++)
            sum += frame[c];
        self->mixed[i] = channel > 0 ? sum : sum / (float)n_channels;
    }
}

static gboolean
push_mono(Signal *self, const float *samples, size_t n, GError **error)
{
    return self->resampler != NULL ? assay_resampler_push(self->resampler, samples, n, error)
                                   : hand_on(self, samples, n, error);
}

static gboolean
push(Signal *self, const float *frames, size_t n_frames, GError **error)
{
    if (self->n_channels == 1 && n_frames > 0)
        return push_mono(self, frames, n_frames, error);
    while (n_frames > 0) {
        size_t n = MIN(n_frames, MIX);

        mix(self, frames, n);
        if (!push_mono(self, self->mixed, n, error))
            return FALSE;
        frames += n * self->n_channels;
        n_frames -= n;
    }
    return TRUE;
}

static gboolean
finish(Signal *self, guint64 n_frames, GError **error)
{
    gboolean done = self->resampler == NULL || assay_resampler_finish(self->resampler, error);

    g_clear_pointer(&self->resampler, assay_resampler_free);
    return done && self->listener->finish(self->user, n_frames, error);
}

static gboolean
hear_file(Signal *self, AssaySample *sample, GError **error)
{
    g_autoptr(AssaySound) sound =
        assay_sound_open(assay_sample_content(sample), self->config->keeps_truncated, error);
    const AssaySoundFacts *facts;
    const float *frames;
    size_t n;

    if (sound == NULL)
        return FALSE;
    facts = assay_sound_facts(sound);
    if (!begin(self, facts->rate_hz, facts->n_channels, error))
        return FALSE;
    do {
        if (!assay_sound_read(sound, &frames, &n, error) || !push(self, frames, n, error))
            return FALSE;
    } while (n > 0);
    facts = assay_sound_facts(sound);
    if (facts->n_frames == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "holds not one frame of sound");
        return FALSE;
    }
    if (!finish(self, facts->n_frames, error))
        return FALSE;
    assay_sound_put_facts(facts, assay_json_get(assay_sample_meta(sample), "source"));
    return TRUE;
}

static gboolean
find_rate(const AssayListenConfig *config, AssaySample *sample, guint *rate_hz, GError **error)
{
    const AssayJson *value = assay_json_get(assay_sample_field_meta(sample, "audio"), "rate_hz");
    double rate = value == NULL ? config->input_rate_hz : assay_json_peek_real(value);

    if (value == NULL && config->input_rate_hz == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"audio\" has no rate_hz in its metadata; --input-rate=HZ says it",
                    assay_sample_name(sample));
        return FALSE;
    }
    if (!(rate >= 1 && rate <= G_MAXINT32 && rate == floor(rate))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: field \"audio\": its rate_hz is %g; give whole Hz, from 1 on",
                    assay_sample_name(sample), rate);
        return FALSE;
    }
    *rate_hz = (guint)rate;
    return TRUE;
}

/* [item, frame], [frame, channel] or [frame]. */
static const AssayArray *
find_audio(AssaySample *sample, gboolean *has_items, guint *n_channels, GError **error)
{
    const AssayArray *audio = assay_sample_field(sample, "audio", error);
    int frame, channel;

    if (audio == NULL)
        return NULL;
    *has_items = assay_array_axis(audio, "item") == 0;
    frame = assay_array_axis(audio, "frame");
    channel = assay_array_axis(audio, "channel");
    if (audio->type != ASSAY_F32 || frame != (*has_items ? 1 : 0) ||
        audio->n_axes != (size_t)frame + (channel < 0 ? 1 : 2) ||
        (channel >= 0 && (channel != frame + 1 || audio->shape[channel] == 0 ||
                          audio->shape[channel] > ASSAY_SOUND_MAX_CHANNELS))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"audio\" is not float32 along frame, with item before it or "
                    "channel, at most %d, behind it",
                    assay_sample_name(sample), ASSAY_SOUND_MAX_CHANNELS);
        return NULL;
    }
    *n_channels = channel < 0 ? 1 : (guint)audio->shape[channel];
    return audio;
}

static gboolean
check_values(AssaySample *sample, const AssayArray *audio, GError **error)
{
    const float *values = audio->data;
    gboolean has_items = assay_sample_has_items(sample) && assay_array_axis(audio, "item") == 0;
    size_t n = assay_array_count(audio), each = has_items ? n / MAX(audio->shape[0], 1) : n;

    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i])) {
            g_autofree char *identity =
                assay_sample_identity(sample, assay_sample_item_start(sample) + i / each);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"audio\": value %" G_GSIZE_FORMAT
                        " is %g; only finite ones are sound",
                        identity, i % each, (double)values[i]);
            assay_sample_blame(sample, i / each, error);
            return FALSE;
        }
    }
    if (n > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: has no sound, not one frame",
                assay_sample_name(sample));
    return FALSE;
}

/* What cannot begin is wrong with all items alike: a rate, say. */
static void
blame(AssaySample *sample, size_t item, gboolean is_one, GError **error)
{
    g_autofree char *identity =
        is_one ? assay_sample_identity(sample, assay_sample_item_start(sample) + item)
               : g_strdup(assay_sample_name(sample));

    g_prefix_error(error, "%s: ", identity);
    if (is_one)
        assay_sample_blame(sample, item, error);
}

static gboolean
hear_audio(Signal *self, AssaySample *sample, AssayHeard *heard, GError **error)
{
    guint n_channels, rate_hz;
    const AssayArray *audio = find_audio(sample, &heard->has_items, &n_channels, error);
    const float *frames;
    size_t n_frames;

    if (audio == NULL || !check_values(sample, audio, error) ||
        !find_rate(self->config, sample, &rate_hz, error))
        return FALSE;
    heard->n_items = heard->has_items ? audio->shape[0] : 1;
    n_frames = audio->shape[heard->has_items ? 1 : 0];
    frames = audio->data;
    for (size_t i = 0; i < heard->n_items; i++) {
        gboolean is_begun = begin(self, rate_hz, n_channels, error);

        if (!is_begun || !push(self, frames + i * n_frames * n_channels, n_frames, error) ||
            !finish(self, n_frames, error)) {
            blame(sample, i, is_begun && heard->has_items, error);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
assay_listen_can(AssaySample *sample)
{
    return assay_sample_content(sample) != NULL || assay_sample_has(sample, "audio");
}

gboolean
assay_overhear(AssaySample *sample, const AssayListenConfig *config, const AssayListener *listener,
               gpointer user, AssayHeard *heard, GError **error)
{
    g_autofree Signal *self = g_new(Signal, 1);
    const char *path = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path"));
    gboolean done;

    self->config = config;
    self->listener = listener;
    self->user = user;
    self->resampler = NULL;
    *heard = (AssayHeard){ assay_sample_content(sample) != NULL, FALSE, 1 };
    done = heard->is_file ? hear_file(self, sample, error) : hear_audio(self, sample, heard, error);
    assay_resampler_free(self->resampler);
    if (heard->is_file && !done)
        g_prefix_error(error, "%s: ", path != NULL ? path : assay_sample_name(sample));
    return done;
}

gboolean
assay_listen(AssaySample *sample, const AssayListenConfig *config, const AssayListener *listener,
             gpointer user, AssayHeard *heard, GError **error)
{
    gboolean done = assay_overhear(sample, config, listener, user, heard, error);

    assay_sample_take_content(sample, NULL);
    return done;
}
