/* signal/mel.c - sound files, and samples with audio, into mel spectrograms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mel.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../media/sound.h"
#include "mel-private.h"

/* What places a step in time. */
static void
put_times(AssayJson *meta, const AssayMelResult *result)
{
    assay_json_set_real(meta, "rate_hz", (double)result->rate_hz / (double)result->hop);
    assay_json_set_integer(meta, "hop", (gint64)result->hop);
    assay_json_set_integer(meta, "sample_rate_hz", result->rate_hz);
}

static AssayJson *
mel_meta(const AssayMelConfig *config, const AssayMelResult *result)
{
    AssayJson *meta = assay_json_object();
    g_autofree char *unit = assay_mel_config_unit(config);

    put_times(meta, result);
    assay_json_set_real(meta, "fmin_hz", config->fmin_hz);
    assay_json_set_real(meta, "fmax_hz", result->fmax_hz);
    assay_json_set_string(meta, "scale", assay_mel_scale_name(config->scale));
    assay_json_set_string(meta, "norm", config->is_area ? "area" : "none");
    assay_json_set_string(meta, "unit", unit);
    if (result->n_empty > 0)
        assay_json_set_integer(meta, "empty_bands", (gint64)result->n_empty);
    return meta;
}

/* Values further than --top-db below the largest are raised to there. */
static void
clip_range(const AssayMelConfig *config, AssayFloats *rows)
{
    float top = -INFINITY, least;

    if (config->log != ASSAY_MEL_DB || config->top_db == 0)
        return;
    for (size_t i = 0; i < rows->n; i++)
        top = MAX(top, rows->values[i]);
    least = top - (float)config->top_db;
    for (size_t i = 0; i < rows->n; i++)
        rows->values[i] = MAX(rows->values[i], least);
}

/* Cuts [time, mel] into [item, time, mel]; what is left at the end is counted. */
static AssayArray *
cut_patches(const AssayMelConfig *config, const AssayArray *mel, AssayJson *meta, GError **error)
{
    static const char *const axes[] = { "item", "time", "mel", NULL };
    size_t n_steps = mel->shape[0], row = mel->shape[1];
    size_t length = config->window_frames, hop = config->hop_frames;
    size_t n = n_steps < length ? 0 : (n_steps - length) / hop + 1;
    size_t covered = n == 0 ? 0 : (n - 1) * hop + length;
    const size_t shape[] = { n, length, row };
    AssayArray *cut = assay_array_new(ASSAY_F32, 3, shape, axes, config->max_bytes, error);

    if (cut == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++)
        memcpy((float *)cut->data + i * length * row, (const float *)mel->data + i * hop * row,
               length * row * sizeof(float));
    assay_json_set_integer(meta, "window_frames", (gint64)length);
    assay_json_set_integer(meta, "hop_frames", (gint64)hop);
    if (n_steps > covered)
        assay_json_set_integer(meta, "cut", (gint64)(n_steps - covered));
    return cut;
}

/* Adds the rows as a field, [@n_items,] time and the axis called @axis of @width. */
static gboolean
take_rows(AssaySample *sample, const char *field, AssayFloats *rows, size_t n_items,
          gboolean has_items, const char *axis, size_t width, AssayJson *meta, GError **error)
{
    const char *const axes[] = { "item", "time", axis, NULL };
    size_t n_steps = n_items == 0 ? 0 : rows->n / width / n_items;
    const size_t shape[] = { n_items, n_steps, width };
    AssayArray *array = assay_floats_take(rows, has_items ? 3 : 2, has_items ? shape : shape + 1,
                                          has_items ? axes : axes + 1, error);

    if (array == NULL)
        assay_json_unref(meta);
    else
        assay_sample_take_field(sample, field, array, meta);
    return array != NULL;
}

static gboolean
take_mel(const AssayMelConfig *config, AssaySample *sample, AssayMelResult *result, size_t n_items,
         gboolean has_items, GError **error)
{
    g_autoptr(AssayJson) meta = mel_meta(config, result);
    AssayArray *cut;

    clip_range(config, &result->mel);
    if (!take_rows(sample, "mel", &result->mel, n_items, has_items, "mel", config->n_mels,
                   assay_json_ref(meta), error))
        return FALSE;
    if (config->window_frames == 0)
        return TRUE;
    cut = cut_patches(config, assay_sample_field(sample, "mel", NULL), meta, error);
    if (cut == NULL)
        return FALSE;
    if (!assay_sample_has_items(sample))
        assay_sample_set_items(sample, 0, cut->shape[0]);
    assay_sample_take_field(sample, "mel", cut, assay_json_ref(meta));
    return TRUE;
}

static gboolean
take_stft(const AssayMelConfig *config, AssaySample *sample, AssayMelResult *result, size_t n_items,
          gboolean has_items, GError **error)
{
    AssayJson *meta;

    if (!config->keeps_stft)
        return TRUE;
    meta = assay_json_object();
    put_times(meta, result);
    assay_json_set_string(meta, "unit", config->is_magnitude ? "magnitude" : "power");
    return take_rows(sample, "stft", &result->stft, n_items, has_items, "bin", result->n_bins, meta,
                     error);
}

/* The sound that was framed: mono, at the rate of the spectrogram. */
static gboolean
take_audio(const AssayMelConfig *config, AssaySample *sample, AssayMelResult *result,
           GError **error)
{
    static const char *const axes[] = { "frame", NULL };
    const size_t shape[] = { result->audio.n };
    AssayArray *array;
    AssayJson *meta;

    if (!config->keeps_audio)
        return TRUE;
    array = assay_floats_take(&result->audio, 1, shape, axes, error);
    if (array == NULL)
        return FALSE;
    meta = assay_json_object();
    assay_json_set_integer(meta, "rate_hz", result->rate_hz);
    assay_json_set_string(meta, "unit", "full scale");
    assay_sample_take_field(sample, "audio", array, meta);
    return TRUE;
}

/* What became of a signal: an error where no step did. */
static gboolean
check_steps(const AssayMelResult *result, guint64 n_frames, GError **error)
{
    if (result->mel.n > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "its %" G_GUINT64_FORMAT " frames are less than a window; --frames=centred takes "
                "them, with silence around",
                n_frames);
    return FALSE;
}

static gboolean
analyse_file(const AssayMelConfig *config, AssayMelAnalyser *analyser, AssaySample *sample,
             GError **error)
{
    AssayMelResult *result = assay_mel_analyser_result(analyser);
    g_autoptr(AssaySound) sound =
        assay_sound_open(assay_sample_content(sample), config->keeps_truncated, error);
    const AssaySoundFacts *facts;
    const float *frames;
    size_t n;

    if (sound == NULL)
        return FALSE;
    facts = assay_sound_facts(sound);
    if (!assay_mel_analyser_begin(analyser, facts->rate_hz, facts->n_channels, error))
        return FALSE;
    do {
        if (!assay_sound_read(sound, &frames, &n, error) ||
            !assay_mel_analyser_push(analyser, frames, n, error))
            return FALSE;
    } while (n > 0);
    facts = assay_sound_facts(sound);
    if (facts->n_frames == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "holds not one frame of sound");
        return FALSE;
    }
    if (!assay_mel_analyser_finish(analyser, error) ||
        !check_steps(result, facts->n_frames, error) || !take_audio(config, sample, result, error))
        return FALSE;
    assay_sound_put_facts(facts, assay_json_get(assay_sample_meta(sample), "source"));
    return take_stft(config, sample, result, 1, FALSE, error) &&
           take_mel(config, sample, result, 1, FALSE, error);
}

/* A file as it went with the sample; it goes now, whatever becomes of it. */
static gboolean
apply_file(const AssayMelConfig *config, AssayMelAnalyser *analyser, AssaySample *sample,
           GError **error)
{
    const char *path = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path"));
    gboolean done = analyse_file(config, analyser, sample, error);

    assay_sample_take_content(sample, NULL);
    if (!done)
        g_prefix_error(error, "%s: ", path != NULL ? path : assay_sample_name(sample));
    return done;
}

static gboolean
find_rate(const AssayMelConfig *config, AssaySample *sample, guint *rate_hz, GError **error)
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
check_finite(AssaySample *sample, const AssayArray *audio, GError **error)
{
    const float *values = audio->data;

    for (size_t i = 0; i < assay_array_count(audio); i++) {
        if (!isfinite(values[i])) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: field \"audio\": value %" G_GSIZE_FORMAT
                        " is %g; only finite ones are sound",
                        assay_sample_name(sample), i, (double)values[i]);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
analyse_audio(const AssayMelConfig *config, AssayMelAnalyser *analyser, AssaySample *sample,
              const AssayArray *audio, gboolean has_items, guint n_channels, GError **error)
{
    AssayMelResult *result = assay_mel_analyser_result(analyser);
    size_t n_items = has_items ? audio->shape[0] : 1, n_frames = audio->shape[has_items ? 1 : 0];
    const float *frames = audio->data;
    guint rate_hz;

    if (!find_rate(config, sample, &rate_hz, error))
        return FALSE;
    for (size_t i = 0; i < n_items; i++) {
        if (!assay_mel_analyser_begin(analyser, rate_hz, n_channels, error) ||
            !assay_mel_analyser_push(analyser, frames + i * n_frames * n_channels, n_frames,
                                     error) ||
            !assay_mel_analyser_finish(analyser, error) || !check_steps(result, n_frames, error)) {
            g_prefix_error(error, "%s: ", assay_sample_name(sample));
            return FALSE;
        }
    }
    return take_stft(config, sample, result, n_items, has_items, error) &&
           take_mel(config, sample, result, n_items, has_items, error);
}

static gboolean
apply_audio(const AssayMelConfig *config, AssayMelAnalyser *analyser, AssaySample *sample,
            GError **error)
{
    gboolean has_items;
    guint n_channels;
    const AssayArray *audio = find_audio(sample, &has_items, &n_channels, error);

    if (audio == NULL || !check_finite(sample, audio, error))
        return FALSE;
    if (has_items && config->window_frames > 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has items already; --window-frames cuts sound without them",
                    assay_sample_name(sample));
        return FALSE;
    }
    if (assay_array_count(audio) == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: has no sound, not one frame",
                    assay_sample_name(sample));
        return FALSE;
    }
    return analyse_audio(config, analyser, sample, audio, has_items, n_channels, error);
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    AssayMelResult *result = assay_mel_analyser_result(state);

    result->mel.n = result->audio.n = result->stft.n = 0;
    return assay_sample_content(sample) != NULL ? apply_file(stage->config, state, sample, error)
                                                : apply_audio(stage->config, state, sample, error);
}

static gpointer
new_state(const AssayStage *stage)
{
    return assay_mel_analyser_new(stage->config);
}

static void
free_state(gpointer state)
{
    assay_mel_analyser_free(state);
}

AssayStage *
assay_mel_stage(const AssayMelConfig *config, GError **error)
{
    AssayStage *stage;
    AssayMelConfig *own;

    if (!assay_mel_config_check(config, error))
        return NULL;
    stage = g_new0(AssayStage, 1);
    own = g_new(AssayMelConfig, 1);
    *own = *config;
    if (own->window_frames > 0 && own->hop_frames == 0)
        own->hop_frames = own->window_frames;
    stage->tool = "assay-mel";
    stage->options = assay_mel_config_options(own);
    stage->field = "mel";
    stage->apply = apply;
    stage->state_new = new_state;
    stage->state_free = free_state;
    stage->config = own;
    stage->config_free = g_free;
    return stage;
}
