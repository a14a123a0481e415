/* synth/fluid.c - FluidSynth, and nothing else of ours knows it.
 *
 * A synthesizer that has played, and was reset, does not play the next piece as a new one would, by
 * a few bits: so each piece has a new one. The SoundFont is read once a thread, by a synthesizer
 * that never plays, and lent to those that do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fluid-private.h"

#include <fluidsynth.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* Frames that are rendered at a time; those after which it is asked whether all is silent, with
 * effects more, so that they hold a period; and what counts as silence of effects, which never end:
 * -100 dB. */
enum { STRETCH = 64 * ASSAY_FLUID_BLOCK, BREATH = 16 * ASSAY_FLUID_BLOCK };
#define SILENCE 1e-5f

/* Banks of General MIDI as FluidSynth numbers them. */
enum { MELODY_BANK = 0, PERCUSSION_BANK = 128, PERCUSSION = 9 };

struct AssayFluid {
    AssayRenderConfig config;
    fluid_settings_t *settings;
    fluid_synth_t *owner; /* of the SoundFont; it never plays */
    fluid_sfont_t *soundfont;
};

/* Making, reading and freeing share lists and counters that have no lock of their own. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The first fault that FluidSynth reported to this thread while it had our SoundFont open: after
 * that it tries readers of files, which find none and complain too. */
static _Thread_local char fault[256];
static _Thread_local gboolean is_open;

static void
note_fault(int level, const char *message, void *user)
{
    (void)user;
    if (is_open && level <= FLUID_ERR && fault[0] == '\0')
        g_strlcpy(fault, message, sizeof fault);
}

static void
drop_message(const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
    (void)domain;
    (void)level;
    (void)message;
    (void)user;
}

/* The file of a SoundFont in memory. FluidSynth hands on a name alone, so that holds the address.
 */

typedef struct {
    const guint8 *data;
    gsize size, at;
} Memory;

#define NAME_FORMAT "assay:%p"

static void *
memory_open(const char *name)
{
    void *bytes;
    Memory *memory;

    if (sscanf(name, NAME_FORMAT, &bytes) != 1)
        return NULL;
    is_open = TRUE;
    memory = g_new0(Memory, 1);
    memory->data = g_bytes_get_data(bytes, &memory->size);
    return memory;
}

/* FluidSynth does not speak of these itself. */
static int
overrun(void)
{
    note_fault(FLUID_ERR, "a chunk is longer than the file", NULL);
    return FLUID_FAILED;
}

static int
memory_read(void *data, fluid_long_long_t count, void *handle)
{
    Memory *memory = handle;

    if (count < 0 || (guint64)count > memory->size - memory->at)
        return overrun();
    memcpy(data, memory->data + memory->at, (gsize)count);
    memory->at += (gsize)count;
    return FLUID_OK;
}

static int
memory_seek(void *handle, fluid_long_long_t offset, int origin)
{
    Memory *memory = handle;
    gint64 from = origin == SEEK_SET   ? 0
                  : origin == SEEK_CUR ? (gint64)memory->at
                                       : (gint64)memory->size;

    if (offset < -from || offset > (gint64)memory->size - from)
        return overrun();
    memory->at = (gsize)(from + offset);
    return FLUID_OK;
}

static fluid_long_long_t
memory_tell(void *handle)
{
    const Memory *memory = handle;

    return (fluid_long_long_t)memory->at;
}

static int
memory_close(void *handle)
{
    is_open = FALSE;
    g_free(handle);
    return FLUID_OK;
}

static gboolean
set_all(fluid_settings_t *settings, const AssayRenderConfig *config)
{
    const struct {
        const char *name;
        int value;
    } numbers[] = {
        { "synth.reverb.active", config->effects },
        { "synth.chorus.active", config->effects },
        { "synth.cpu-cores", 1 },      /* with more, effects are not the same each time */
        { "synth.threadsafe-api", 0 }, /* one thread has it */
        { "synth.lock-memory", 0 },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (fluid_settings_setint(settings, numbers[i].name, numbers[i].value) == FLUID_FAILED)
            return FALSE;
    }
    return fluid_settings_setnum(settings, "synth.sample-rate", config->rate_hz) == FLUID_OK &&
           fluid_settings_setnum(settings, "synth.gain", config->gain) == FLUID_OK;
}

/* Reads the SoundFont. Of the readers of files that FluidSynth tries after ours one complains
 * through GLib. */
static int
read_soundfont(AssayFluid *self, const AssaySoundfont *soundfont)
{
    fluid_sfloader_t *loader = new_fluid_defsfloader(self->settings);
    char name[64];
    guint handler;
    int id;

    if (loader == NULL)
        return FLUID_FAILED;
    fluid_sfloader_set_callbacks(loader, memory_open, memory_read, memory_seek, memory_tell,
                                 memory_close);
    fluid_synth_add_sfloader(self->owner, loader);
    snprintf(name, sizeof name, NAME_FORMAT, (void *)soundfont->bytes);
    handler =
        g_log_set_handler("libinstpatch", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL, drop_message, NULL);
    id = fluid_synth_sfload(self->owner, name, 1);
    g_log_remove_handler("libinstpatch", handler);
    return id;
}

/* A synthesizer that stays: with the last one FluidSynth closes libinstpatch, which does not free
 * all that it has, and begins anew with the next. */
static gboolean
keep_one(void)
{
    static fluid_settings_t *settings;
    static fluid_synth_t *synth;

    if (settings == NULL)
        settings = new_fluid_settings();
    if (settings != NULL && synth == NULL &&
        fluid_settings_setint(settings, "synth.polyphony", 1) == FLUID_OK)
        synth = new_fluid_synth(settings);
    return synth != NULL;
}

static gboolean
prepare(AssayFluid *self, const AssaySoundfont *soundfont)
{
    for (int level = FLUID_PANIC; level < LAST_LOG_LEVEL; level++)
        fluid_set_log_function(level, note_fault, NULL);
    fault[0] = '\0';
    if (!keep_one())
        return FALSE;
    self->settings = new_fluid_settings();
    if (self->settings == NULL || !set_all(self->settings, &self->config) ||
        (self->owner = new_fluid_synth(self->settings)) == NULL ||
        read_soundfont(self, soundfont) == FLUID_FAILED)
        return FALSE;
    self->soundfont = fluid_synth_get_sfont(self->owner, 0);
    return self->soundfont != NULL;
}

AssayFluid *
assay_fluid_new(const AssayRenderConfig *config, const AssaySoundfont *soundfont, GError **error)
{
    AssayFluid *self = g_new0(AssayFluid, 1);
    g_autofree char *why = NULL;
    gboolean done;

    self->config = *config;
    pthread_mutex_lock(&lock);
    done = prepare(self, soundfont);
    pthread_mutex_unlock(&lock);
    if (done)
        return self;
    why = assay_text_escape_controls(fault[0] != '\0' ? fault : "it does not say why");
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: FluidSynth cannot use it: %s",
                soundfont->name, why);
    assay_fluid_free(self);
    return NULL;
}

void
assay_fluid_free(AssayFluid *self)
{
    if (self == NULL)
        return;
    pthread_mutex_lock(&lock);
    delete_fluid_synth(self->owner);
    delete_fluid_settings(self->settings);
    pthread_mutex_unlock(&lock);
    g_free(self);
}

static fluid_synth_t *
new_player(AssayFluid *self)
{
    fluid_synth_t *synth;

    pthread_mutex_lock(&lock);
    synth = new_fluid_synth(self->settings);
    pthread_mutex_unlock(&lock);
    if (synth != NULL)
        fluid_synth_add_sfont(synth, self->soundfont);
    return synth;
}

static void
free_player(AssayFluid *self, fluid_synth_t *synth)
{
    fluid_synth_remove_sfont(synth, self->soundfont);
    pthread_mutex_lock(&lock);
    delete_fluid_synth(synth);
    pthread_mutex_unlock(&lock);
}

/* Renders @n frames to @frames. */
static void
render(const AssayFluid *self, fluid_synth_t *synth, float *frames, gsize n)
{
    float left[STRETCH], right[STRETCH];

    for (gsize done = 0, count; done < n; done += count) {
        count = MIN(n - done, G_N_ELEMENTS(left));
        if (!self->config.mono) {
            fluid_synth_write_float(synth, (int)count, frames + 2 * done, 0, 2, frames + 2 * done,
                                    1, 2);
            continue;
        }
        fluid_synth_write_float(synth, (int)count, left, 0, 1, right, 0, 1);
        for (gsize i = 0; i < count; i++)
            frames[done + i] = (left[i] + right[i]) / 2;
    }
}

static void
play_event(fluid_synth_t *synth, const AssayPerformanceEvent *event)
{
    switch ((AssayPerformanceKind)event->kind) {
    case ASSAY_PERFORM_PROGRAM:
        fluid_synth_program_change(synth, event->channel, event->value);
        break;
    case ASSAY_PERFORM_ON:
        fluid_synth_noteon(synth, event->channel, event->key, event->value);
        break;
    case ASSAY_PERFORM_OFF:
        fluid_synth_noteoff(synth, event->channel, event->key);
        break;
    }
}

/* Whether nothing more is to come after these frames: no voice, nor what is heard of the effects.
 */
static gboolean
is_silent(const AssayFluid *self, fluid_synth_t *synth, const float *frames, gsize n)
{
    if (fluid_synth_get_active_voice_count(synth) > 0)
        return FALSE;
    for (gsize i = 0; self->config.effects && i < n * (self->config.mono ? 1 : 2); i++) {
        if (fabsf(frames[i]) >= SILENCE)
            return FALSE;
    }
    return TRUE;
}

/* From frame @from on until all is silent, at most to @max_frames; returns where that is. */
static gsize
fade_away(const AssayFluid *self, fluid_synth_t *synth, float *frames, gsize from, gsize max_frames)
{
    const gsize width = self->config.mono ? 1 : 2;
    const gsize breath = self->config.effects ? BREATH : ASSAY_FLUID_BLOCK;
    gsize done = from;
    gboolean silent = !self->config.effects && fluid_synth_get_active_voice_count(synth) == 0;

    while (!silent && done < max_frames) {
        gsize n = MIN(max_frames - done, breath);

        render(self, synth, frames + done * width, n);
        silent = is_silent(self, synth, frames + done * width, n);
        done += n;
    }
    return done;
}

gsize
assay_fluid_play(AssayFluid *self, const AssayPerformance *performance, float *frames,
                 gsize max_frames)
{
    const gsize width = self->config.mono ? 1 : 2;
    fluid_synth_t *synth = new_player(self);
    gsize done = 0, end = (gsize)performance->n_frames;

    if (synth == NULL)
        return 0;
    for (gsize i = 0; i < performance->n_events; i++) {
        /* The nearest block may begin after the end, by half of it. */
        gsize at = MIN((gsize)performance->events[i].block * ASSAY_FLUID_BLOCK, max_frames);

        if (at > done) {
            render(self, synth, frames + done * width, at - done);
            done = at;
        }
        play_event(synth, &performance->events[i]);
    }
    if (end > done) {
        render(self, synth, frames + done * width, end - done);
        done = end;
    }
    done = fade_away(self, synth, frames, done, max_frames);
    free_player(self, synth);
    return done;
}

gsize
assay_fluid_substituted(AssayFluid *self, const AssayPerformance *performance)
{
    gboolean lacks[16] = { FALSE };
    gsize n = 0;

    for (gsize i = 0; i < performance->n_events; i++) {
        const AssayPerformanceEvent *event = &performance->events[i];
        int bank = event->channel == PERCUSSION ? PERCUSSION_BANK : MELODY_BANK;

        if (event->kind == ASSAY_PERFORM_PROGRAM)
            lacks[event->channel] =
                fluid_sfont_get_preset(self->soundfont, bank, event->value) == NULL;
        n += event->kind == ASSAY_PERFORM_ON && lacks[event->channel];
    }
    return n;
}
