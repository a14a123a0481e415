/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "midi.h"

#include <stddef.h>
#include <string.h>

#include "libsmf-private.h"
#include "midi-build-private.h"

#define N_KEYS (16 * 128)
#define SUSTAIN_PEDAL 64

/* The notes that sound on a key wait in line for their note-offs. Places in @notes are counted from
 * 1, so that 0 is nobody; while a note waits, its off_tick is -1 minus the place of the next. */
typedef struct {
    AssayMidiBuilder *builder;
    guint first[N_KEYS];
    guint last[N_KEYS];
    guint track_start;
} Reader;

static AssayNote *
peek_note(Reader *reader, guint place)
{
    return &g_array_index(reader->builder->notes, AssayNote, place - 1);
}

static guint
key_of(guint channel, guint pitch)
{
    return (channel - 1) << 7 | pitch;
}

static void
read_note_on(Reader *reader, gint64 tick, guint8 channel, guint8 pitch, guint8 velocity)
{
    const guint key = key_of(channel, pitch);
    const guint place =
        assay_midi_builder_add_note(reader->builder, tick, pitch, velocity, channel) + 1;

    if (reader->first[key] == 0) {
        reader->first[key] = place;
    } else {
        reader->builder->facts.overlapping++;
        peek_note(reader, reader->last[key])->off_tick = -1 - (gint64)place;
    }
    reader->last[key] = place;
}

static void
read_note_off(Reader *reader, gint64 tick, guint8 channel, guint8 pitch)
{
    const guint key = key_of(channel, pitch);
    AssayNote *note;

    if (reader->first[key] == 0) {
        reader->builder->facts.stray_offs++;
        return;
    }
    note = peek_note(reader, reader->first[key]);
    reader->first[key] = (guint)(-1 - note->off_tick);
    note->off_tick = tick;
}

static void
read_track_begin(guint32 track, gpointer user)
{
    Reader *reader = user;

    (void)track;
    assay_midi_builder_add_track(reader->builder);
    reader->track_start = reader->builder->notes->len;
}

static void
read_channel(gint64 tick, guint8 status, guint8 data1, guint8 data2, gpointer user)
{
    Reader *reader = user;
    const guint8 channel = (guint8)((status & 0x0f) + 1);

    switch (status & 0xf0) {
    case 0x90:
        if (data2 > 0) {
            read_note_on(reader, tick, channel, data1, data2);
            break;
        }
        /* fall through */
    case 0x80:
        read_note_off(reader, tick, channel, data1);
        break;
    case 0xb0:
        reader->builder->facts.pedal_downs += data1 == SUSTAIN_PEDAL && data2 >= 64;
        break;
    case 0xc0:
        assay_midi_builder_add_program(reader->builder, tick, channel, data1);
        break;
    default:
        break;
    }
}

static void
read_tempo(gint64 tick, guint32 us_per_quarter, gpointer user)
{
    assay_midi_builder_add_tempo(((Reader *)user)->builder, tick, us_per_quarter);
}

static void
read_meter(gint64 tick, guint8 numerator, guint8 denominator, gpointer user)
{
    assay_midi_builder_add_meter(((Reader *)user)->builder, tick, numerator, denominator);
}

static void
read_key(gint64 tick, gint8 sharps, guint8 is_minor, gpointer user)
{
    assay_midi_builder_add_key(((Reader *)user)->builder, tick, sharps, is_minor);
}

static void
read_length(gint64 tick, gpointer user)
{
    assay_midi_builder_add_length(((Reader *)user)->builder, tick);
}

static void
read_text(gint64 tick, guint8 type, const guint8 *bytes, gsize length, gpointer user)
{
    (void)tick;
    assay_midi_builder_add_text(((Reader *)user)->builder, (AssayTextType)type, bytes, length);
}

static void
read_track_end(gint64 tick, gpointer user)
{
    Reader *reader = user;
    guint place;

    for (place = reader->track_start + 1; place <= reader->builder->notes->len; place++) {
        AssayNote *note = peek_note(reader, place);

        if (note->off_tick >= 0)
            continue;
        note->off_tick = tick;
        reader->first[key_of(note->channel, note->pitch)] = 0;
        reader->builder->facts.unended++;
    }
    assay_midi_builder_end_track(reader->builder, tick);
}

static AssayMidi *
parse(const void *data, gsize size, GError **error)
{
    static const AssaySmfHandler handler = {
        .track_begin = read_track_begin,
        .channel = read_channel,
        .tempo = read_tempo,
        .meter = read_meter,
        .key = read_key,
        .text = read_text,
        .length = read_length,
        .track_end = read_track_end,
    };
    g_autoptr(AssayMidiBuilder) builder = assay_midi_builder_new();
    Reader reader = { .builder = builder };
    AssaySmfFacts facts;

    if (!assay_smf_walk(data, size, &handler, &reader, &facts, error))
        return NULL;
    return assay_midi_builder_finish(builder, &facts);
}

AssayMidi *
assay_midi_parse(const void *data, gsize size, AssayMidiParser parser, GError **error)
{
    g_return_val_if_fail(data != NULL || size == 0, NULL);

    if (size > G_MAXINT32) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "MIDI file of %zu bytes; more than 2^31 - 1 are not read", size);
        return NULL;
    }
    return parser == ASSAY_MIDI_LIBSMF ? assay_libsmf_parse(data, size, error)
                                       : parse(data, size, error);
}

gboolean
assay_midi_fact(const AssayMidi *midi, guint index, const char **name, guint32 *count)
{
#define FACT(group, member)                                                                        \
    {                                                                                              \
#member, offsetof(AssayMidi, group.member)                                                 \
    }
    /* clang-format off */
    static const struct {
        const char *name;
        gsize offset;
    } facts[] = {
        FACT(smf_facts, riff_wrapper),
        FACT(smf_facts, macbinary_header),
        FACT(smf_facts, long_header),
        FACT(smf_facts, alien_chunks),
        FACT(smf_facts, undeclared_tracks),
        FACT(smf_facts, format0_tracks),
        FACT(smf_facts, trailing_bytes),
        FACT(smf_facts, missing_ends),
        FACT(smf_facts, bytes_after_end),
        FACT(smf_facts, long_metas),
        FACT(smf_facts, sysex),
        FACT(smf_facts, escapes),
        FACT(smf_facts, running_after_meta),
        FACT(smf_facts, bad_tempos),
        FACT(smf_facts, bad_meters),
        FACT(smf_facts, bad_keys),
        FACT(facts, unended),
        FACT(facts, overlapping),
        FACT(facts, zero_length),
        FACT(facts, stray_offs),
        FACT(facts, pedal_downs),
    };
    /* clang-format on */
#undef FACT

    if (index >= G_N_ELEMENTS(facts))
        return FALSE;
    *name = facts[index].name;
    memcpy(count, (const char *)midi + facts[index].offset, sizeof *count);
    return TRUE;
}

static char *
describe(const char *what, gsize index, const char *member, gint64 a, gint64 b)
{
    return g_strdup_printf("%s %zu: %s %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT, what, index,
                           member, a, b);
}

/* Leaves the function with a description at the first difference; i, m and n are its variables. */
#define COMPARE(what, member)                                                                      \
    if (m->member != n->member)                                                                    \
    return describe(what, i, #member, m->member, n->member)

static char *
compare_notes(const AssayMidi *a, const AssayMidi *b)
{
    gsize i;

    for (i = 0; i < a->n_notes && i < b->n_notes; i++) {
        const AssayNote *m = a->notes + i, *n = b->notes + i;

        COMPARE("note", on_tick);
        COMPARE("note", off_tick);
        COMPARE("note", pitch);
        COMPARE("note", velocity);
        COMPARE("note", channel);
        COMPARE("note", program);
        COMPARE("note", track);
    }
    return NULL;
}

static char *
compare_signs(const AssayMidi *a, const AssayMidi *b)
{
    gsize i;

    for (i = 0; i < a->n_tempos && i < b->n_tempos; i++) {
        const AssayTempo *m = a->tempos + i, *n = b->tempos + i;

        COMPARE("tempo", tick);
        COMPARE("tempo", us_per_quarter);
    }
    for (i = 0; i < a->n_meters && i < b->n_meters; i++) {
        const AssayMeter *m = a->meters + i, *n = b->meters + i;

        COMPARE("meter", tick);
        COMPARE("meter", numerator);
        COMPARE("meter", denominator);
    }
    for (i = 0; i < a->n_keys && i < b->n_keys; i++) {
        const AssayKey *m = a->keys + i, *n = b->keys + i;

        COMPARE("key", tick);
        COMPARE("key", sharps);
        COMPARE("key", is_minor);
    }
    return NULL;
}

static char *
compare_tracks(const AssayMidi *a, const AssayMidi *b)
{
    gsize i;

    for (i = 0; i < a->n_tracks && i < b->n_tracks; i++) {
        const AssayTrack *m = a->tracks + i, *n = b->tracks + i;

        COMPARE("track", end_tick);
        if (g_strcmp0(m->name, n->name) != 0)
            return g_strdup_printf("track %zu: name \"%s\" and \"%s\"", i, m->name, n->name);
    }
    return NULL;
}

static char *
compare_counts(const AssayMidi *a, const AssayMidi *b)
{
    const struct {
        const char *what;
        gsize a, b;
    } counts[] = {
        { "ticks to a quarter note", a->division, b->division },
        { "notes", a->n_notes, b->n_notes },
        { "tempos", a->n_tempos, b->n_tempos },
        { "meters", a->n_meters, b->n_meters },
        { "keys", a->n_keys, b->n_keys },
        { "tracks", a->n_tracks, b->n_tracks },
        { "ticks of length", (gsize)a->length, (gsize)b->length },
    };
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (counts[i].a != counts[i].b)
            return g_strdup_printf("%zu and %zu %s", counts[i].a, counts[i].b, counts[i].what);
    }
    return NULL;
}

char *
assay_midi_difference(const AssayMidi *a, const AssayMidi *b)
{
    char *(*const compare[])(const AssayMidi *, const AssayMidi *) = {
        compare_notes,
        compare_signs,
        compare_tracks,
        compare_counts,
    };
    char *difference = NULL;
    gsize i;

    g_return_val_if_fail(a != NULL && b != NULL, NULL);

    for (i = 0; i < G_N_ELEMENTS(compare) && difference == NULL; i++)
        difference = compare[i](a, b);
    return difference;
}

void
assay_midi_free(AssayMidi *midi)
{
    gsize i;

    if (midi == NULL)
        return;
    for (i = 0; i < midi->n_tracks; i++)
        g_free(midi->tracks[i].name);
    g_free(midi->tracks);
    g_free(midi->keys);
    g_free(midi->meters);
    g_free(midi->tempos);
    g_free(midi->notes);
    assay_credits_clear(&midi->credits);
    g_free(midi);
}
