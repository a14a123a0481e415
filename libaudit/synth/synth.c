/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth.h"

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../media/notes.h"
#include "fluid-private.h"

enum { MIN_RATE = 8000, MAX_RATE = 96000, MAX_GAIN = 10, MAX_TAIL_S = 60 };

/* What is cut off while it sounds is faded out over so many seconds. */
#define FADE_S 0.01

typedef struct {
    AssayRenderConfig config;
    AssaySoundfont *soundfont;
    AssayFluid *first; /* made to see that it can be; the first worker takes it */
    pthread_mutex_t lock;
} Render;

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
read_number(const char *text, double max, double *value)
{
    char *end;

    *value = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && *value >= 0 && *value <= max;
}

static gboolean
read_yes(const char *key, const char *value, gboolean *yes, GError **error)
{
    *yes = strcmp(value, "yes") == 0;
    return *yes || strcmp(value, "no") == 0 || refuse(key, value, "give yes or no", error);
}

gboolean
assay_render_config_set(AssayRenderConfig *self, const char *key, const char *value, GError **error)
{
    guint64 rate;

    if (strcmp(key, "rate") == 0) {
        if (!g_ascii_string_to_unsigned(value, 10, MIN_RATE, MAX_RATE, &rate, NULL))
            return refuse(key, value, "give frames a second from 8000 to 96000, as in 16000",
                          error);
        self->rate_hz = (guint)rate;
        return TRUE;
    }
    if (strcmp(key, "gain") == 0)
        return (read_number(value, MAX_GAIN, &self->gain) && self->gain > 0) ||
               refuse(key, value, "give a number above 0, up to 10, as in 0.5", error);
    if (strcmp(key, "tail") == 0)
        return read_number(value, MAX_TAIL_S, &self->tail_s) ||
               refuse(key, value, "give seconds from 0 to 60, as in 2", error);
    if (strcmp(key, "effects") == 0)
        return read_yes(key, value, &self->effects, error);
    if (strcmp(key, "mono") == 0)
        return read_yes(key, value, &self->mono, error);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "rendering has no option \"%s\"", key);
    return FALSE;
}

static void
set_number(AssayJson *object, const char *key, double value)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    assay_json_set_string(object, key, assay_text_double(number, value));
}

static AssayJson *
options_of(const AssayRenderConfig *config, const AssaySoundfont *soundfont)
{
    AssayJson *options = assay_json_object();

    set_number(options, "rate", config->rate_hz);
    set_number(options, "gain", config->gain);
    set_number(options, "tail", config->tail_s);
    assay_json_set_string(options, "effects", config->effects ? "yes" : "no");
    assay_json_set_string(options, "mono", config->mono ? "yes" : "no");
    assay_json_set_string(options, "soundfont-sha256", soundfont->sha256);
    return options;
}

static gboolean
too_long(const AssaySample *sample, const AssayRenderConfig *config, gint64 n_frames,
         GError **error)
{
    gint64 seconds = n_frames / config->rate_hz;

    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: lasts %" G_GINT64_FORMAT ":%02d:%02d, more sound than %" G_GSIZE_FORMAT
                " bytes hold at %u Hz; --rate, --mono and --max-sample make room",
                assay_sample_name(sample), seconds / 3600, (int)(seconds / 60 % 60),
                (int)(seconds % 60), config->max_bytes, config->rate_hz);
    return FALSE;
}

/* Room for the piece and its tail. */
static gboolean
make_room(const AssaySample *sample, const AssayRenderConfig *config, gint64 n_frames,
          AssayArray **audio, GError **error)
{
    static const char *const axes[] = { "frame", "channel", NULL };
    const size_t n_axes = config->mono ? 1 : 2;
    const char *const names[] = { axes[0], config->mono ? NULL : axes[1], NULL };
    gint64 tail = (gint64)ceil(config->tail_s * config->rate_hz);
    size_t shape[] = { (size_t)(n_frames + tail), 2 }, n;

    if (!assay_shape_count(n_axes, shape, sizeof(float), config->max_bytes, &n))
        return too_long(sample, config, n_frames, error);
    *audio = assay_array_new_unset(ASSAY_F32, n_axes, shape, names, config->max_bytes, error);
    return *audio != NULL;
}

/* The largest size of @n values, as bits: those of floats without a sign are in the order of the
 * floats, and what is not finite comes last. Eight at a time, since the sound of a corpus is long.
 */
static guint32
largest_bits(const float *value, size_t n)
{
    enum { LANES = 8 };
    gint32 largest[LANES] = { 0 }, bits[LANES];
    size_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        memcpy(bits, value + i, sizeof bits);
        for (size_t k = 0; k < LANES; k++)
            largest[k] = MAX(largest[k], bits[k] & G_MAXINT32);
    }
    for (; i < n; i++) {
        memcpy(bits, value + i, sizeof bits[0]);
        largest[0] = MAX(largest[0], bits[0] & G_MAXINT32);
    }
    for (size_t k = 1; k < LANES; k++)
        largest[0] = MAX(largest[0], largest[k]);
    return (guint32)largest[0];
}

/* How far the values go from 0, and how many of them beyond 1; infinite where one is not finite. */
static double
peak_of(const AssayArray *audio, gsize *n_beyond)
{
    const float *value = audio->data;
    size_t n = assay_array_count(audio);
    guint32 bits = largest_bits(value, n);
    float peak;

    *n_beyond = 0;
    memcpy(&peak, &bits, sizeof peak);
    if (!(peak <= FLT_MAX))
        return HUGE_VAL;
    for (size_t i = 0; peak > 1 && i < n; i++)
        *n_beyond += fabsf(value[i]) > 1;
    return (double)peak;
}

/* What still sounds at the end of the tail, which begins at @start. */
static void
fade_out(AssayArray *audio, const AssayRenderConfig *config, gsize start)
{
    const gsize width = config->mono ? 1 : 2;
    gsize end = audio->shape[0], n = MIN((gsize)(FADE_S * config->rate_hz), end - start);
    float *value = (float *)audio->data + (end - n) * width;

    for (gsize i = 0; i < n * width; i++)
        value[i] *= (float)(n - 1 - i / width) / (float)n;
}

static AssayJson *
meta_of(const Render *self, gsize n_beyond, gsize n_substituted)
{
    AssayJson *meta = assay_json_object(), *soundfont = assay_json_object();

    assay_json_set_string(soundfont, "name", self->soundfont->name);
    assay_json_set_string(soundfont, "sha256", self->soundfont->sha256);
    assay_json_set_take(meta, "soundfont", soundfont);
    assay_json_set_take(meta, "rate_hz", assay_json_integer(self->config.rate_hz));
    assay_json_set_take(meta, "full_scale", assay_json_integer(1));
    if (n_beyond > 0)
        assay_json_set_take(meta, "beyond", assay_json_integer((gint64)n_beyond));
    if (n_substituted > 0)
        assay_json_set_take(meta, "substituted", assay_json_integer((gint64)n_substituted));
    return meta;
}

static gboolean
silent(const Render *self, const AssaySample *sample, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: is silent: the SoundFont %s has no sound for its pitches and programs",
                assay_sample_name(sample), self->soundfont->name);
    return FALSE;
}

static gboolean
render(const Render *self, AssayFluid *fluid, AssaySample *sample,
       const AssayPerformance *performance, GError **error)
{
    g_autoptr(AssayArray) audio = NULL;
    gsize start = (gsize)performance->n_frames, room, n_beyond;
    double peak;

    if (!make_room(sample, &self->config, performance->n_frames, &audio, error))
        return FALSE;
    room = audio->shape[0];
    audio->shape[0] = assay_fluid_play(fluid, performance, audio->data, room);
    if (audio->shape[0] == room)
        fade_out(audio, &self->config, start);
    peak = peak_of(audio, &n_beyond);
    if (peak == 0)
        return silent(self, sample, error);
    if (isinf(peak)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: the sound is not finite: --gain is too high, or the SoundFont is broken",
                    assay_sample_name(sample));
        return FALSE;
    }
    audio->data = g_realloc(audio->data, MAX(assay_array_bytes(audio), 1));
    assay_sample_take_field(sample, "audio", g_steal_pointer(&audio),
                            meta_of(self, n_beyond, assay_fluid_substituted(fluid, performance)));
    return TRUE;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const Render *self = stage->config;
    g_autoptr(AssayMidi) midi = NULL;
    g_autoptr(AssayPerformance) performance = NULL;

    if (state == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: there is no memory for one more synthesizer: -j 1 needs less",
                    assay_sample_name(sample));
        return FALSE;
    }
    if (!assay_sample_has(sample, "notes")) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no \"notes\"; assay-notes makes them of rolls and chroma",
                    assay_sample_name(sample));
        return FALSE;
    }
    midi = assay_notes_to_midi(sample, error);
    if (midi == NULL)
        return FALSE;
    if (midi->n_notes == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: has no notes to play",
                    assay_sample_name(sample));
        return FALSE;
    }
    performance = assay_performance_new(midi, self->config.rate_hz, ASSAY_FLUID_BLOCK, error);
    if (performance == NULL) {
        g_prefix_error(error, "%s: ", assay_sample_name(sample));
        return FALSE;
    }
    return render(self, state, sample, performance, error);
}

/* A synthesizer for a worker, or NULL. */
static gpointer
state_new(const AssayStage *stage)
{
    Render *self = stage->config;
    AssayFluid *fluid;

    pthread_mutex_lock(&self->lock);
    fluid = g_steal_pointer(&self->first);
    pthread_mutex_unlock(&self->lock);
    return fluid != NULL ? fluid : assay_fluid_new(&self->config, self->soundfont, NULL);
}

static void
state_free(gpointer state)
{
    assay_fluid_free(state);
}

static void
free_render(gpointer config)
{
    Render *self = config;

    assay_fluid_free(self->first);
    assay_soundfont_free(self->soundfont);
    pthread_mutex_destroy(&self->lock);
    g_free(self);
}

AssayStage *
assay_render_stage(const AssayRenderConfig *config, AssaySoundfont *soundfont, GError **error)
{
    AssayFluid *first = assay_fluid_new(config, soundfont, error);
    AssayStage *stage;
    Render *self;

    if (first == NULL) {
        assay_soundfont_free(soundfont);
        return NULL;
    }
    self = g_new0(Render, 1);
    self->config = *config;
    self->soundfont = soundfont;
    self->first = first;
    pthread_mutex_init(&self->lock, NULL);
    stage = g_new0(AssayStage, 1);
    stage->tool = "assay-render";
    stage->options = options_of(config, soundfont);
    stage->field = "audio";
    stage->apply = apply;
    stage->state_new = state_new;
    stage->state_free = state_free;
    stage->config = self;
    stage->config_free = free_render;
    return stage;
}
