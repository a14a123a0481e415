/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libsmf-private.h"

#include <smf.h>
#include <stdlib.h>
#include <string.h>

#include "midi-build-private.h"

/* smf_delete() searches for each event from the front of its track: quadratic time. */
static void
free_song(smf_t *song)
{
    guint i, j;

    for (i = 0; i < song->tracks_array->len; i++) {
        smf_track_t *track = g_ptr_array_index(song->tracks_array, i);

        for (j = 0; j < track->events_array->len; j++) {
            smf_event_t *event = g_ptr_array_index(track->events_array, j);

            free(event->midi_buffer);
            free(event);
        }
        g_ptr_array_free(track->events_array, TRUE);
        free(track);
    }
    for (i = 0; i < song->tempo_array->len; i++)
        free(g_ptr_array_index(song->tempo_array, i));
    g_ptr_array_free(song->tempo_array, TRUE);
    g_ptr_array_free(song->tracks_array, TRUE);
    free(song);
}

/* The witness. */

typedef struct {
    AssayMidiBuilder *builder;
    const AssaySmfFacts *facts;
    AssaySmfOutput copy; /* of one track, as a file */
    GArray *strokes;
    GError *error;
} Witness;

/* A note-on or note-off; all of a track, sorted by key, show what ends what. */
typedef struct {
    gint64 tick;
    guint key;  /* channel and pitch */
    guint note; /* index of the note that it begins, or NO_NOTE */
} Stroke;

#define NO_NOTE G_MAXUINT

static void
copy_track_begin(guint32 track, gpointer user)
{
    Witness *witness = user;

    (void)track;
    g_byte_array_set_size(witness->copy.bytes, 0);
    assay_smf_output_header(&witness->copy, 0, 1, witness->facts->division);
    assay_smf_output_track_begin(&witness->copy);
}

static void
copy_message(Witness *witness, gint64 tick, AssaySmfMessage message)
{
    assay_smf_output_event(&witness->copy, tick, message.bytes, message.n);
}

static void
copy_channel(gint64 tick, guint8 status, guint8 data1, guint8 data2, gpointer user)
{
    copy_message(user, tick, assay_smf_message_channel(status, data1, data2));
}

static void
copy_tempo(gint64 tick, guint32 us_per_quarter, gpointer user)
{
    copy_message(user, tick, assay_smf_message_tempo(us_per_quarter));
}

static void
copy_meter(gint64 tick, guint8 numerator, guint8 denominator, gpointer user)
{
    copy_message(user, tick, assay_smf_message_meter(numerator, denominator));
}

static void
copy_key(gint64 tick, gint8 sharps, guint8 is_minor, gpointer user)
{
    copy_message(user, tick, assay_smf_message_key(sharps, is_minor));
}

static void
copy_length(gint64 tick, gpointer user)
{
    copy_message(user, tick, assay_smf_message_length());
}

static void
copy_text(gint64 tick, guint8 type, const guint8 *bytes, gsize length, gpointer user)
{
    g_autofree char *text = assay_midi_clean_text(bytes, length);

    assay_smf_output_text(&((Witness *)user)->copy, tick, type, text);
}

static void
add_stroke(Witness *witness, const smf_event_t *event)
{
    const guint8 *m = event->midi_buffer;
    const guint8 channel = (guint8)((m[0] & 0x0f) + 1);
    const gboolean is_on = (m[0] & 0xf0) == 0x90 && m[2] > 0;
    Stroke stroke = { event->time_pulses, (guint)channel << 8 | m[1], NO_NOTE };

    if (is_on)
        stroke.note =
            assay_midi_builder_add_note(witness->builder, stroke.tick, m[1], m[2], channel);
    g_array_append_val(witness->strokes, stroke);
}

static void
take_meta(Witness *witness, const smf_event_t *event)
{
    AssayMidiBuilder *builder = witness->builder;
    const guint8 *m = event->midi_buffer;

    switch (m[1]) {
    case 0x01:
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x07:
        assay_midi_builder_add_text(builder, (AssayTextType)m[1], m + 3, m[2]);
        break;
    case 0x51:
        assay_midi_builder_add_tempo(builder, event->time_pulses,
                                     (guint32)m[3] << 16 | (guint32)m[4] << 8 | m[5]);
        break;
    case 0x58:
        assay_midi_builder_add_meter(builder, event->time_pulses, m[3], (guint8)(1u << m[4]));
        break;
    case 0x59:
        assay_midi_builder_add_key(builder, event->time_pulses, (gint8)m[3], m[4]);
        break;
    case 0x7f:
        assay_midi_builder_add_length(builder, event->time_pulses);
        break;
    default:
        break;
    }
}

static void
take_event(Witness *witness, const smf_event_t *event)
{
    const guint8 *m = event->midi_buffer;

    switch (m[0] & 0xf0) {
    case 0x80:
    case 0x90:
        add_stroke(witness, event);
        break;
    case 0xb0:
        if (m[1] == 64 && m[2] >= 64)
            witness->builder->facts.pedal_downs++;
        break;
    case 0xc0:
        assay_midi_builder_add_program(witness->builder, event->time_pulses,
                                       (guint8)((m[0] & 0x0f) + 1), m[1]);
        break;
    case 0xf0:
        take_meta(witness, event);
        break;
    default:
        break;
    }
}

static int
compare_keys(gconstpointer a, gconstpointer b)
{
    const guint p = ((const Stroke *)a)->key, q = ((const Stroke *)b)->key;

    return (p > q) - (p < q);
}

/* Ends the first note from @next on, and moves @next behind it. */
static void
end_note(AssayMidiBuilder *builder, const Stroke *strokes, guint *next, gint64 tick)
{
    while (strokes[*next].note == NO_NOTE)
        (*next)++;
    g_array_index(builder->notes, AssayNote, strokes[(*next)++].note).off_tick = tick;
}

static void
pair_key(AssayMidiBuilder *builder, const Stroke *strokes, guint n, gint64 end_tick)
{
    guint sounding = 0, next = 0, i;

    for (i = 0; i < n; i++) {
        if (strokes[i].note != NO_NOTE) {
            builder->facts.overlapping += sounding++ > 0;
        } else if (sounding == 0) {
            builder->facts.stray_offs++;
        } else {
            end_note(builder, strokes, &next, strokes[i].tick);
            sounding--;
        }
    }
    builder->facts.unended += sounding;
    for (; sounding > 0; sounding--)
        end_note(builder, strokes, &next, end_tick);
}

static void
take_song(Witness *witness, const smf_t *song)
{
    const smf_track_t *track = smf_get_track_by_number(song, 1);
    const gint64 end_tick = smf_track_get_last_event(track)->time_pulses;
    const Stroke *strokes;
    guint i, n;
    int number;

    assay_midi_builder_add_track(witness->builder);
    g_array_set_size(witness->strokes, 0);
    for (number = 1; number <= track->number_of_events; number++)
        take_event(witness, smf_track_get_event_by_number(track, number));

    g_array_sort(witness->strokes, compare_keys);
    strokes = (const Stroke *)witness->strokes->data;
    for (i = 0; i < witness->strokes->len; i += n) {
        for (n = 1; i + n < witness->strokes->len && strokes[i + n].key == strokes[i].key; n++)
            ;
        pair_key(witness->builder, strokes + i, n, end_tick);
    }
    assay_midi_builder_end_track(witness->builder, end_tick);
}

static void
copy_track_end(gint64 tick, gpointer user)
{
    Witness *witness = user;
    const GByteArray *bytes = witness->copy.bytes;
    smf_t *song = NULL;

    assay_smf_output_track_end(&witness->copy, tick);
    if (witness->error != NULL)
        return;
    if (bytes->len <= G_MAXINT)
        song = smf_load_from_memory(bytes->data, (int)bytes->len);
    if (song == NULL || song->number_of_tracks != 1) {
        witness->error = g_error_new(ASSAY_ERROR, ASSAY_ERROR_RANGE,
                                     "track %u: libsmf does not read its %u bytes",
                                     witness->facts->tracks, bytes->len);
        return;
    }
    take_song(witness, song);
    free_song(song);
}

AssayMidi *
assay_libsmf_parse(const void *data, gsize size, GError **error)
{
    static const AssaySmfHandler handler = {
        .track_begin = copy_track_begin,
        .channel = copy_channel,
        .tempo = copy_tempo,
        .meter = copy_meter,
        .key = copy_key,
        .text = copy_text,
        .length = copy_length,
        .track_end = copy_track_end,
    };
    g_autoptr(AssayMidiBuilder) builder = assay_midi_builder_new();
    g_autoptr(GByteArray) copy = g_byte_array_new();
    g_autoptr(GArray) strokes = g_array_new(FALSE, FALSE, sizeof(Stroke));
    AssaySmfFacts facts;
    Witness witness = {
        .builder = builder, .facts = &facts, .copy.bytes = copy, .strokes = strokes
    };

    if (!assay_smf_walk(data, size, &handler, &witness, &facts, error)) {
        g_clear_error(&witness.error);
        return NULL;
    }
    if (witness.error != NULL) {
        g_propagate_error(error, witness.error);
        return NULL;
    }
    return assay_midi_builder_finish(builder, &facts);
}

/* The writer. */

static void
add_to_song(smf_track_t *track, gint64 tick, AssaySmfMessage message)
{
    smf_event_t *event = smf_event_new_from_pointer(message.bytes, message.n);

    if (event == NULL)
        g_error("libsmf is out of memory");
    smf_track_add_event_pulses(track, event, (int)tick);
}

void
assay_libsmf_write_track(AssaySmfOutput *out, guint division, const AssaySmfText *texts,
                         gsize n_texts, const AssaySmfEvent *events, gsize n, gint64 end_tick)
{
    smf_t *song = smf_new();
    smf_track_t *track = smf_track_new();
    gsize i;
    int number;

    if (song == NULL || track == NULL || smf_set_ppqn(song, (int)division) != 0)
        g_error("libsmf is out of memory");
    smf_add_track(song, track);
    for (i = 0; i < n; i++)
        add_to_song(track, events[i].tick, events[i].message);

    assay_smf_output_track_begin(out);
    for (i = 0; i < n_texts; i++) {
        g_autofree char *text =
            assay_midi_clean_text((const guint8 *)texts[i].text, strlen(texts[i].text));

        if (text[0] != '\0')
            assay_smf_output_text(out, 0, (guint8)texts[i].type, text);
    }
    for (number = 1; number <= track->number_of_events; number++) {
        const smf_event_t *event = smf_track_get_event_by_number(track, number);

        assay_smf_output_event(out, event->time_pulses, event->midi_buffer,
                               (gsize)event->midi_buffer_length);
    }
    assay_smf_output_track_end(out, MAX(end_tick, out->tick));
    free_song(song);
}
