/* signal/mel.c - sound files, and samples with audio, into mel spectrograms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mel.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
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

/* What was heard of a file may be handed on as well. */
static gboolean
take_fields(const AssayMelConfig *config, AssaySample *sample, AssayMelResult *result,
            const AssayHeard *heard, GError **error)
{
    if (heard->has_items && config->window_frames > 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has items already; --window-frames cuts sound without them",
                    assay_sample_name(sample));
        return FALSE;
    }
    return (!heard->is_file || take_audio(config, sample, result, error)) &&
           take_stft(config, sample, result, heard->n_items, heard->has_items, error) &&
           take_mel(config, sample, result, heard->n_items, heard->has_items, error);
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    AssayMelAnalyser **analyser = state;
    const AssayMelConfig *config = stage->config;
    const AssayListenConfig listen = { config->rate_hz, config->input_rate_hz, config->channel,
                                       config->keeps_truncated };
    AssayMelResult *result;
    AssayHeard heard;

    if (*analyser == NULL)
        *analyser = assay_mel_analyser_new(config);
    result = assay_mel_analyser_result(*analyser);
    result->mel.n = result->audio.n = result->stft.n = 0;
    return assay_listen(sample, &listen, &assay_mel_listener, *analyser, &heard, error) &&
           take_fields(config, sample, result, &heard, error);
}

/* An analyser is made once there is something to hear: most of what a program starts with would be
 * its transform's plan. */
static gpointer
new_state(const AssayStage *stage)
{
    (void)stage;
    return g_new0(AssayMelAnalyser *, 1);
}

static void
free_state(gpointer state)
{
    assay_mel_analyser_free(*(AssayMelAnalyser **)state);
    g_free(state);
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
