/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "midi-build-private.h"

#include <string.h>

#define N_CHANNELS 16
#define MAX_TEXT 127

/* Tempos, meters and keys all begin with their tick: one comparison serves all. */
G_STATIC_ASSERT(G_STRUCT_OFFSET(AssayTempo, tick) == 0);
G_STATIC_ASSERT(G_STRUCT_OFFSET(AssayMeter, tick) == 0);
G_STATIC_ASSERT(G_STRUCT_OFFSET(AssayKey, tick) == 0);

static gint64
tick_of(const GArray *array, guint index)
{
    gint64 tick;

    memcpy(&tick, array->data + (gsize)index * g_array_get_element_size((GArray *)array),
           sizeof tick);
    return tick;
}

static int
compare_ticks(gconstpointer a, gconstpointer b)
{
    gint64 ticks[2];

    memcpy(&ticks[0], a, sizeof ticks[0]);
    memcpy(&ticks[1], b, sizeof ticks[1]);
    return (ticks[0] > ticks[1]) - (ticks[0] < ticks[1]);
}

/* g_array_sort() is stable, so what is equal stays in the order of the file. */
static void
sort_by_tick(GArray *array)
{
    guint i;

    for (i = 1; i < array->len; i++) {
        if (tick_of(array, i) < tick_of(array, i - 1)) {
            g_array_sort(array, compare_ticks);
            return;
        }
    }
}

static void
merge(AssayNote *out, const AssayNote *notes, gsize from, gsize middle, gsize end)
{
    gsize a = from, b = middle, i;

    for (i = from; i < end; i++) {
        if (a < middle && (b == end || notes[a].on_tick <= notes[b].on_tick))
            out[i] = notes[a++];
        else
            out[i] = notes[b++];
    }
}

/* Each track is in order already: merging tracks two by two is faster than sorting notes. */
static void
sort_notes(GArray *array)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_autofree AssayNote *spare = NULL;
    AssayNote *notes = (AssayNote *)array->data, *out;
    const gsize n = array->len;
    gsize i;

    for (i = 0; i < n; i++) {
        if (i == 0 || notes[i].on_tick < notes[i - 1].on_tick)
            g_array_append_val(starts, i);
    }
    g_array_append_val(starts, n);
    if (starts->len > 2)
        spare = g_new(AssayNote, n);
    for (out = spare; starts->len > 2;) {
        gsize *start = (gsize *)starts->data;
        AssayNote *const merged = out;
        guint run, kept = 0;

        for (run = 0; run + 1 < starts->len; run += 2) {
            const gsize end = run + 2 < starts->len ? start[run + 2] : n;

            merge(out, notes, start[run], start[run + 1], end);
            start[kept++] = start[run];
        }
        start[kept++] = n;
        g_array_set_size(starts, kept);
        out = notes;
        notes = merged;
    }
    if (n > 0 && notes != (AssayNote *)array->data)
        memcpy(array->data, notes, n * sizeof *notes);
}

static void
clear_track(gpointer track)
{
    g_free(((AssayTrack *)track)->name);
}

AssayMidiBuilder *
assay_midi_builder_new(void)
{
    AssayMidiBuilder *self = g_new0(AssayMidiBuilder, 1);

    self->notes = g_array_new(FALSE, FALSE, sizeof(AssayNote));
    self->tempos = g_array_new(FALSE, FALSE, sizeof(AssayTempo));
    self->meters = g_array_new(FALSE, FALSE, sizeof(AssayMeter));
    self->keys = g_array_new(FALSE, FALSE, sizeof(AssayKey));
    self->tracks = g_array_new(FALSE, FALSE, sizeof(AssayTrack));
    g_array_set_clear_func(self->tracks, clear_track);
    return self;
}

void
assay_midi_builder_add_track(AssayMidiBuilder *self)
{
    const AssayTrack track = { .name = NULL };

    g_array_append_val(self->tracks, track);
}

static char *
read_latin1(const guint8 *bytes, gsize length)
{
    GString *text = g_string_sized_new(2 * length);
    gsize i;

    for (i = 0; i < length; i++)
        g_string_append_unichar(text, bytes[i]);
    return g_string_free(text, FALSE);
}

char *
assay_midi_clean_text(const guint8 *bytes, gsize length)
{
    const guint8 *end = memchr(bytes, '\0', length);
    const gsize n = end != NULL ? (gsize)(end - bytes) : length;
    char *text;

    if (g_utf8_validate((const char *)bytes, (gssize)n, NULL))
        text = g_strndup((const char *)bytes, n);
    else
        text = read_latin1(bytes, MIN(n, MAX_TEXT));
    if (strlen(text) > MAX_TEXT)
        *g_utf8_find_prev_char(text, text + MAX_TEXT + 1) = '\0';
    return text;
}

void
assay_midi_builder_add_text(AssayMidiBuilder *self, AssayTextType type, const guint8 *bytes,
                            gsize length)
{
    AssayTrack *track = &g_array_index(self->tracks, AssayTrack, self->tracks->len - 1);
    char *text = assay_midi_clean_text(bytes, length);

    assay_credits_read(&self->credits, type, self->tracks->len == 1, text);
    if (type == ASSAY_TEXT_NAME && (track->name == NULL || track->name[0] == '\0')) {
        g_free(track->name);
        track->name = g_steal_pointer(&text);
    }
    g_free(text);
}

guint
assay_midi_builder_add_note(AssayMidiBuilder *self, gint64 on_tick, guint8 pitch, guint8 velocity,
                            guint8 channel)
{
    const AssayNote note = { .on_tick = on_tick,
                             .off_tick = -1,
                             .pitch = pitch,
                             .velocity = velocity,
                             .channel = channel,
                             .track = self->tracks->len - 1 };

    g_array_append_val(self->notes, note);
    return self->notes->len - 1;
}

void
assay_midi_builder_add_program(AssayMidiBuilder *self, gint64 tick, guint8 channel, guint8 program)
{
    const AssayNote change = {
        .on_tick = tick, .off_tick = tick, .channel = channel, .program = program
    };

    g_array_append_val(self->notes, change);
}

void
assay_midi_builder_add_tempo(AssayMidiBuilder *self, gint64 tick, guint32 us_per_quarter)
{
    const AssayTempo tempo = { tick, us_per_quarter };

    g_array_append_val(self->tempos, tempo);
}

void
assay_midi_builder_add_meter(AssayMidiBuilder *self, gint64 tick, guint8 numerator,
                             guint8 denominator)
{
    const AssayMeter meter = { tick, numerator, denominator };

    g_array_append_val(self->meters, meter);
}

void
assay_midi_builder_add_key(AssayMidiBuilder *self, gint64 tick, gint8 sharps, guint8 is_minor)
{
    const AssayKey key = { tick, sharps, is_minor };

    g_array_append_val(self->keys, key);
}

void
assay_midi_builder_add_length(AssayMidiBuilder *self, gint64 tick)
{
    self->length = MAX(self->length, tick);
}

void
assay_midi_builder_end_track(AssayMidiBuilder *self, gint64 tick)
{
    AssayTrack *track = &g_array_index(self->tracks, AssayTrack, self->tracks->len - 1);

    track->end_tick = tick;
    if (track->name == NULL)
        track->name = g_strdup("");
}

/* Gives each note the program that its channel has by then, and drops the program changes. */
static void
settle_programs(GArray *notes)
{
    guint8 programs[N_CHANNELS + 1] = { 0 };
    guint i, kept = 0;

    for (i = 0; i < notes->len; i++) {
        AssayNote note = g_array_index(notes, AssayNote, i);

        if (note.velocity == 0) {
            programs[note.channel] = note.program;
        } else {
            note.program = programs[note.channel];
            g_array_index(notes, AssayNote, kept++) = note;
        }
    }
    g_array_set_size(notes, kept);
}

void
assay_midi_rank_voices(AssayMidi *midi)
{
    guint8 *has_notes = g_new0(guint8, midi->n_tracks * N_CHANNELS);
    guint32 *voices = g_new(guint32, midi->n_tracks * N_CHANNELS);
    guint32 n = 0;
    gsize i;

    for (i = 0; i < midi->n_notes; i++)
        has_notes[midi->notes[i].track * N_CHANNELS + midi->notes[i].channel - 1] = 1;
    for (i = 0; i < midi->n_tracks * N_CHANNELS; i++) {
        voices[i] = n;
        n += has_notes[i];
    }
    for (i = 0; i < midi->n_notes; i++)
        midi->notes[i].voice =
            voices[midi->notes[i].track * N_CHANNELS + midi->notes[i].channel - 1];
    g_free(voices);
    g_free(has_notes);
}

static gint
compare_notes(gconstpointer a, gconstpointer b, gpointer user)
{
    const AssayNote *m = a, *n = b;

    (void)user;
    if (m->on_tick != n->on_tick)
        return (m->on_tick > n->on_tick) - (m->on_tick < n->on_tick);
    return (m->track > n->track) - (m->track < n->track);
}

void
assay_midi_sort_notes(AssayMidi *midi)
{
    for (gsize i = 1; i < midi->n_notes; i++) {
        if (compare_notes(&midi->notes[i - 1], &midi->notes[i], NULL) > 0) {
            g_qsort_with_data(midi->notes, (gint)MIN(midi->n_notes, G_MAXINT), sizeof *midi->notes,
                              compare_notes, NULL);
            return;
        }
    }
}

static void
keep_last_of_each_tick(GArray *array)
{
    const guint size = g_array_get_element_size(array);
    guint i, kept = 0;

    sort_by_tick(array);
    for (i = 0; i < array->len; i++) {
        if (i + 1 < array->len && tick_of(array, i) == tick_of(array, i + 1))
            continue;
        memmove(array->data + (gsize)kept++ * size, array->data + (gsize)i * size, size);
    }
    g_array_set_size(array, kept);
}

AssayMidi *
assay_midi_builder_finish(AssayMidiBuilder *self, const AssaySmfFacts *facts)
{
    AssayMidi *midi = g_new0(AssayMidi, 1);
    gsize i;

    sort_notes(self->notes);
    settle_programs(self->notes);
    keep_last_of_each_tick(self->tempos);
    keep_last_of_each_tick(self->meters);
    keep_last_of_each_tick(self->keys);

    midi->format = facts->format;
    midi->division = facts->division;
    midi->length = self->length;
    midi->notes = g_array_steal(self->notes, &midi->n_notes);
    midi->tempos = g_array_steal(self->tempos, &midi->n_tempos);
    midi->meters = g_array_steal(self->meters, &midi->n_meters);
    midi->keys = g_array_steal(self->keys, &midi->n_keys);
    midi->tracks = g_array_steal(self->tracks, &midi->n_tracks);
    midi->smf_facts = *facts;
    midi->facts = self->facts;
    midi->credits = self->credits;
    self->credits = (AssayCredits){ 0 };

    assay_midi_rank_voices(midi);
    for (i = 0; i < midi->n_notes; i++)
        midi->facts.zero_length += midi->notes[i].on_tick == midi->notes[i].off_tick;
    for (i = 0; i < midi->n_tracks; i++)
        midi->last_tick = MAX(midi->last_tick, midi->tracks[i].end_tick);
    return midi;
}

void
assay_midi_builder_free(AssayMidiBuilder *self)
{
    if (self == NULL)
        return;
    g_array_unref(self->notes);
    g_array_unref(self->tempos);
    g_array_unref(self->meters);
    g_array_unref(self->keys);
    g_array_unref(self->tracks);
    assay_credits_clear(&self->credits);
    g_free(self);
}
