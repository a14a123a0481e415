/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "performance.h"

#include <stdlib.h>

/* Within a block: keys let go that were struck before, keys struck, keys let go at once. */
enum { LET_GO, STRUCK, LET_GO_AT_ONCE };

typedef struct {
    gint64 block;
    gsize note;
    guint8 rank;
} Moment;

typedef struct {
    const AssayTempoMap *tempos;
    gint64 second; /* microseconds in one, times the division */
    gint64 rate_hz;
    gint64 block_frames;
} Clock;

/* The nearest frame, later where two are near. Seconds and what is left of one apart: the product
 * of either with the rate stays within 63 bits. */
static gint64
frame_at(const Clock *clock, gint64 tick)
{
    gint64 time = assay_tempo_map_us_num(clock->tempos, tick);
    gint64 whole = time / clock->second, rest = time % clock->second;

    return whole * clock->rate_hz + (2 * rest * clock->rate_hz + clock->second) / 2 / clock->second;
}

static gint64
block_at(const Clock *clock, gint64 tick)
{
    return (2 * frame_at(clock, tick) + clock->block_frames) / 2 / clock->block_frames;
}

static int
compare(const void *a, const void *b)
{
    const Moment *x = a, *y = b;

    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->note < y->note ? -1 : x->note > y->note;
}

/* Two moments a note, in the order in which they are played; and how long it all lasts. */
static Moment *
moments_new(const AssayMidi *midi, const Clock *clock, gint64 *n_frames)
{
    Moment *moments = g_try_malloc_n(2 * midi->n_notes + 1, sizeof *moments);
    gint64 end = midi->length;

    if (moments == NULL)
        return NULL;
    for (gsize i = 0; i < midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[i];
        gint64 on = block_at(clock, note->on_tick), off = block_at(clock, note->off_tick);

        moments[2 * i] = (Moment){ on, i, STRUCK };
        moments[2 * i + 1] = (Moment){ off, i, off > on ? LET_GO : LET_GO_AT_ONCE };
        end = MAX(end, note->off_tick);
    }
    qsort(moments, 2 * midi->n_notes, sizeof *moments, compare);
    *n_frames = frame_at(clock, end);
    return moments;
}

static void
add(AssayPerformance *self, gint64 block, AssayPerformanceKind kind, const AssayNote *note)
{
    self->events[self->n_events++] = (AssayPerformanceEvent){
        .block = block,
        .kind = (guint8)kind,
        .channel = (guint8)(note->channel - 1),
        .key = kind == ASSAY_PERFORM_PROGRAM ? 0 : note->pitch,
        .value = kind == ASSAY_PERFORM_PROGRAM ? note->program
                 : kind == ASSAY_PERFORM_ON    ? note->velocity
                                               : 0,
    };
}

static void
perform(AssayPerformance *self, const AssayMidi *midi, const Moment *moments)
{
    gsize sounding[16][128] = { { 0 } };
    int programs[16];

    for (gsize c = 0; c < G_N_ELEMENTS(programs); c++)
        programs[c] = -1;
    for (gsize i = 0; i < 2 * midi->n_notes; i++) {
        const AssayNote *note = &midi->notes[moments[i].note];
        gsize c = note->channel - 1u;

        if (moments[i].rank != STRUCK) {
            if (--sounding[c][note->pitch] == 0)
                add(self, moments[i].block, ASSAY_PERFORM_OFF, note);
            continue;
        }
        if (programs[c] != note->program)
            add(self, moments[i].block, ASSAY_PERFORM_PROGRAM, note);
        programs[c] = note->program;
        add(self, moments[i].block, ASSAY_PERFORM_ON, note);
        sounding[c][note->pitch]++;
    }
}

AssayPerformance *
assay_performance_new(const AssayMidi *midi, guint rate_hz, guint block_frames, GError **error)
{
    g_autoptr(AssayTempoMap) tempos = assay_tempo_map_new(midi->tempos, midi->n_tempos, error);
    g_autoptr(AssayPerformance) self = g_new0(AssayPerformance, 1);
    g_autofree Moment *moments = NULL;
    Clock clock = { tempos, (gint64)1000000 * midi->division, rate_hz, block_frames };

    if (tempos == NULL)
        return NULL;
    self->events = g_try_malloc_n(3 * midi->n_notes + 1, sizeof *self->events);
    if (self->events != NULL)
        moments = moments_new(midi, &clock, &self->n_frames);
    if (moments == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "there is no memory to play %" G_GSIZE_FORMAT " notes", midi->n_notes);
        return NULL;
    }
    perform(self, midi, moments);
    return g_steal_pointer(&self);
}

void
assay_performance_free(AssayPerformance *self)
{
    if (self == NULL)
        return;
    g_free(self->events);
    g_free(self);
}
