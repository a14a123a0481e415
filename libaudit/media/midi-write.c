/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libsmf-private.h"
#include "midi.h"

#define MAX_TRACKS 0xffff

static gboolean
fail_note(GError **error, gsize index, const char *member, gint64 value)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "note %zu: %s %" G_GINT64_FORMAT " is out of range", index, member, value);
    return FALSE;
}

static gboolean
check_tracks(const AssayMidi *midi, GError **error)
{
    gsize i;

    if (midi->n_tracks < 1 || midi->n_tracks > MAX_TRACKS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%zu tracks are outside 1 .. 65535",
                    midi->n_tracks);
        return FALSE;
    }
    for (i = 0; i < midi->n_tracks; i++) {
        if (midi->tracks[i].end_tick > ASSAY_TICK_MAX) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "track %zu: end_tick %" G_GINT64_FORMAT " is out of range", i,
                        midi->tracks[i].end_tick);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
check_notes(const AssayMidi *midi, GError **error)
{
    gsize i;

    for (i = 0; i < midi->n_notes; i++) {
        const AssayNote *n = midi->notes + i;

        if (n->on_tick < 0)
            return fail_note(error, i, "on_tick", n->on_tick);
        if (n->off_tick < n->on_tick || n->off_tick > ASSAY_TICK_MAX)
            return fail_note(error, i, "off_tick", n->off_tick);
        if (n->pitch > 127)
            return fail_note(error, i, "pitch", n->pitch);
        if (n->velocity < 1 || n->velocity > 127)
            return fail_note(error, i, "velocity", n->velocity);
        if (n->channel < 1 || n->channel > 16)
            return fail_note(error, i, "channel", n->channel);
        if (n->program > 127)
            return fail_note(error, i, "program", n->program);
        if (n->track >= midi->n_tracks)
            return fail_note(error, i, "track", n->track);
        if (i > 0 && (n->on_tick < n[-1].on_tick ||
                      (n->on_tick == n[-1].on_tick && n->track < n[-1].track))) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "note %zu: belongs before note %zu; sort notes by on_tick, then track", i,
                        i - 1);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
check_signs(const AssayMidi *midi, GError **error)
{
    g_autoptr(AssayMeterMap) meters = NULL;
    g_autoptr(AssayTempoMap) tempos = NULL;
    gsize i;

    if (midi->length < 0 || midi->length > ASSAY_TICK_MAX) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "length %" G_GINT64_FORMAT " is out of range", midi->length);
        return FALSE;
    }
    meters = assay_meter_map_new(midi->meters, midi->n_meters, midi->division, error);
    if (meters == NULL)
        return FALSE;
    tempos = assay_tempo_map_new(midi->tempos, midi->n_tempos, error);
    if (tempos == NULL)
        return FALSE;
    for (i = 0; i < midi->n_keys; i++) {
        const AssayKey *key = midi->keys + i;

        if (key->tick < 0 || key->tick > ASSAY_TICK_MAX || key->sharps < -7 || key->sharps > 7 ||
            key->is_minor > 1) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "key %zu: tick %" G_GINT64_FORMAT ", %d sharps, %d for minor is out of "
                        "range",
                        i, key->tick, key->sharps, key->is_minor);
            return FALSE;
        }
    }
    return TRUE;
}

/* Within a tick: tempo, meter and key first, then what ends, then what begins, then the end of
 * the piece. */
typedef enum {
    RANK_SIGN,
    RANK_OFF,
    RANK_ON,
    RANK_LENGTH,
} Rank;

static int
compare_events(gconstpointer a, gconstpointer b)
{
    const AssaySmfEvent *p = a, *q = b;

    if (p->track != q->track)
        return (p->track > q->track) - (p->track < q->track);
    if (p->tick != q->tick)
        return (p->tick > q->tick) - (p->tick < q->tick);
    return (p->rank > q->rank) - (p->rank < q->rank);
}

static void
add_event(GArray *events, guint32 track, gint64 tick, Rank rank, AssaySmfMessage message)
{
    const AssaySmfEvent event = { track, rank, tick, message };

    g_array_append_val(events, event);
}

static void
add_signs(GArray *events, const AssayMidi *midi)
{
    gsize i;

    for (i = 0; i < midi->n_tempos; i++)
        add_event(events, 0, midi->tempos[i].tick, RANK_SIGN,
                  assay_smf_message_tempo(midi->tempos[i].us_per_quarter));
    for (i = 0; i < midi->n_meters; i++)
        add_event(events, 0, midi->meters[i].tick, RANK_SIGN,
                  assay_smf_message_meter(midi->meters[i].numerator, midi->meters[i].denominator));
    for (i = 0; i < midi->n_keys; i++)
        add_event(events, 0, midi->keys[i].tick, RANK_SIGN,
                  assay_smf_message_key(midi->keys[i].sharps, midi->keys[i].is_minor));
}

static void
add_notes(GArray *events, const AssayMidi *midi)
{
    guint8 programs[16] = { 0 };
    gsize i;

    for (i = 0; i < midi->n_notes; i++) {
        const AssayNote *n = midi->notes + i;
        const guint8 channel = (guint8)(n->channel - 1);
        const guint8 on = 0x90 | channel, off = 0x80 | channel;

        if (programs[channel] != n->program) {
            programs[channel] = n->program;
            add_event(events, n->track, n->on_tick, RANK_ON,
                      assay_smf_message_channel(0xc0 | channel, n->program, 0));
        }
        add_event(events, n->track, n->on_tick, RANK_ON,
                  assay_smf_message_channel(on, n->pitch, n->velocity));
        /* A note without length ends behind its own begin. */
        add_event(events, n->track, n->off_tick, n->off_tick > n->on_tick ? RANK_OFF : RANK_ON,
                  assay_smf_message_channel(off, n->pitch, 64));
    }
}

/* The texts of the first track, and what they say to whoever reads them. */
typedef struct {
    AssaySmfText texts[4 + ASSAY_CREDITS_MAX_NUMBERS];
    gsize n;
    AssayCredits said;
} Texts;

static void
add_text(Texts *self, AssayTextType type, const char *text)
{
    if (text == NULL)
        return;
    self->texts[self->n++] = (AssaySmfText){ type, text };
    assay_credits_read(&self->said, type, TRUE, text);
}

static gboolean
is_said(const Texts *self, const char *number)
{
    for (guint i = 0; i < self->said.n_numbers; i++) {
        if (strcmp(self->said.numbers[i], number) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The copyright, the name, and what is known beyond those. @composer: (nullable): with its label */
static void
collect_texts(Texts *self, const AssayMidi *midi, const char *composer)
{
    const AssayCredits *credits = &midi->credits;

    add_text(self, ASSAY_TEXT_COPYRIGHT, credits->copyright);
    add_text(self, ASSAY_TEXT_NAME, midi->tracks[0].name);
    if (self->said.title == NULL)
        add_text(self, ASSAY_TEXT_NAME, credits->title);
    if (self->said.composer == NULL)
        add_text(self, ASSAY_TEXT_ANY, composer);
    for (guint i = 0; i < credits->n_numbers; i++) {
        if (!is_said(self, credits->numbers[i]))
            add_text(self, ASSAY_TEXT_ANY, credits->numbers[i]);
    }
}

static GBytes *
write_tracks(const AssayMidi *midi)
{
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(AssaySmfEvent));
    const char *by = midi->credits.composer;
    g_autofree char *composer = by != NULL ? g_strconcat("Composer: ", by, NULL) : NULL;
    Texts first_texts = { .n = 0 };
    AssaySmfOutput out = { .bytes = g_byte_array_new() };
    guint from = 0, to;
    gsize i;

    collect_texts(&first_texts, midi, composer);
    add_signs(events, midi);
    add_notes(events, midi);
    if (midi->length > 0)
        add_event(events, 0, midi->length, RANK_LENGTH, assay_smf_message_length());
    g_array_sort(events, compare_events);

    assay_smf_output_header(&out, 1, (guint)midi->n_tracks, midi->division);
    for (i = 0; i < midi->n_tracks; i++, from = to) {
        const AssaySmfText name = { ASSAY_TEXT_NAME, midi->tracks[i].name };
        const AssaySmfEvent *first = NULL;

        for (to = from; to < events->len; to++) {
            if (g_array_index(events, AssaySmfEvent, to).track != i)
                break;
        }
        if (to > from)
            first = &g_array_index(events, AssaySmfEvent, from);
        assay_libsmf_write_track(&out, midi->division, i == 0 ? first_texts.texts : &name,
                                 i == 0 ? first_texts.n : 1, first, to - from,
                                 midi->tracks[i].end_tick);
    }
    assay_credits_clear(&first_texts.said);
    return g_byte_array_free_to_bytes(out.bytes);
}

/* What libsmf wrote we read again: so what is returned is known to be what was asked for. */
static gboolean
check_written(const AssayMidi *midi, GBytes *bytes, GError **error)
{
    g_autoptr(AssayMidi) again = NULL;
    g_autofree char *difference = NULL;
    AssayMidi wanted = *midi;
    gsize size;
    gconstpointer data = g_bytes_get_data(bytes, &size);

    again = assay_midi_parse(data, size, ASSAY_MIDI_OWN, error);
    if (again == NULL)
        return FALSE;
    wanted.tracks = again->tracks; /* names and ends may have been put right */
    difference = assay_midi_difference(&wanted, again);
    if (difference == NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "a MIDI file cannot hold these notes; as given and as read back: %s", difference);
    return FALSE;
}

GBytes *
assay_midi_write(const AssayMidi *midi, GError **error)
{
    g_autoptr(GBytes) bytes = NULL;

    g_return_val_if_fail(midi != NULL, NULL);

    if (!check_tracks(midi, error) || !check_notes(midi, error) || !check_signs(midi, error))
        return NULL;
    bytes = write_tracks(midi);
    if (!check_written(midi, bytes, error))
        return NULL;
    return g_steal_pointer(&bytes);
}
