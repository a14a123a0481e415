/* tests/unit/test-midi.c - how events become notes, programs, voices and signs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "midi-file.h"

#define END " 00 ff2f00"

/* A file of format 1 at 96 ticks to a quarter note; takes the events of each track, then NULL. */
static GByteArray *
tracks(const char *first, ...)
{
    g_autoptr(GPtrArray) events = g_ptr_array_new();
    GByteArray *file;
    va_list args;
    const char *track;
    guint i;

    va_start(args, first);
    for (track = first; track != NULL; track = va_arg(args, const char *))
        g_ptr_array_add(events, (char *)track);
    va_end(args);
    file = midi_file_new(1, events->len, 96);
    for (i = 0; i < events->len; i++) {
        g_autofree char *ended = g_strconcat(events->pdata[i], END, NULL);

        midi_file_add_track(file, ended);
    }
    return file;
}

static void
assert_notes(GByteArray *file, const char *expected)
{
    g_autoptr(AssayMidi) midi = midi_file_agreed(file);
    g_autofree char *notes = midi_file_notes(midi);

    g_assert_cmpstr(notes, ==, expected);
}

static void
assert_note_facts(const char *events, const char *expected, const AssayMidiFacts *facts)
{
    g_autoptr(AssayMidi) midi = midi_file_agreed(midi_file_simple(events));
    g_autofree char *notes = midi_file_notes(midi);

    g_assert_cmpstr(notes, ==, expected);
    g_assert_cmpuint(midi->facts.unended, ==, facts->unended);
    g_assert_cmpuint(midi->facts.overlapping, ==, facts->overlapping);
    g_assert_cmpuint(midi->facts.zero_length, ==, facts->zero_length);
    g_assert_cmpuint(midi->facts.stray_offs, ==, facts->stray_offs);
    g_assert_cmpuint(midi->facts.pedal_downs, ==, facts->pedal_downs);
}

static void
test_pairing(void)
{
    const AssayMidiFacts none = { 0 };

    assert_note_facts("00 903c40 60 803c00", "0-96 60 v64", &none);
    assert_note_facts("00 903c40 60 903c00", "0-96 60 v64", &none);
    assert_note_facts("00 903c40 60 3c00 00 3c50 60 3c00", "0-96 60 v64; 96-192 60 v80", &none);
    /* Keys and channels do not meet. */
    assert_note_facts("00 903c40 10 913c40 10 903e40 10 813c00 10 803e00 10 803c00",
                      "0-80 60 v64; 16-48 60 v64 ch2 vo1; 32-64 62 v64", &none);
}

static void
test_overlapping(void)
{
    assert_note_facts("00 903c40 10 3c50 10 3c60 10 3c00 10 3c00 10 3c00",
                      "0-48 60 v64; 16-64 60 v80; 32-80 60 v96",
                      &(AssayMidiFacts){ .overlapping = 2 });
    /* The line of a key empties and fills again. */
    assert_note_facts("00 903c40 10 3c50 10 3c00 10 3c60 10 3c00 10 3c00",
                      "0-32 60 v64; 16-64 60 v80; 48-80 60 v96",
                      &(AssayMidiFacts){ .overlapping = 2 });
}

static void
test_unended(void)
{
    assert_note_facts("00 903c40 10 3e40 10 3c00 40 b00000", "0-32 60 v64; 16-96 62 v64",
                      &(AssayMidiFacts){ .unended = 1 });
    assert_note_facts("00 903c40 10 3c50 10 3c00 10 b00000", "0-32 60 v64; 16-48 60 v80",
                      &(AssayMidiFacts){ .unended = 1, .overlapping = 1 });
}

static void
test_zero_length(void)
{
    assert_note_facts("10 903c40 00 3c00 10 3c50 10 3c00", "16-16 60 v64; 32-48 60 v80",
                      &(AssayMidiFacts){ .zero_length = 1 });
    assert_note_facts("10 903c40", "16-16 60 v64",
                      &(AssayMidiFacts){ .zero_length = 1, .unended = 1 });
    /* Off and on on one tick, in that order, are two notes in a row. */
    assert_note_facts("00 903c40 10 3c00 00 3c50 10 3c00", "0-16 60 v64; 16-32 60 v80",
                      &(AssayMidiFacts){ 0 });
    /* In the other order they overlap for no time. */
    assert_note_facts("00 903c40 10 3c50 00 3c00 10 3c00", "0-16 60 v64; 16-32 60 v80",
                      &(AssayMidiFacts){ .overlapping = 1 });
}

static void
assert_length(const char *events, gint64 length)
{
    g_autoptr(AssayMidi) midi = midi_file_agreed(midi_file_simple(events));

    g_assert_cmpint(midi->length, ==, length);
}

/* The mark tells it, and nothing else: neither End-Of-Track nor what is like the mark. */
static void
test_length(void)
{
    assert_length("00 903c40 60 803c00 60 ff7f06 7d 'assay' 10 ff0100", 192);
    assert_length("00 ff7f06 7d 'assay' 00 903c40 60 803c00", 0);
    assert_length("20 ff7f06 7d 'assay' 20 ff7f06 7d 'assay' 20 ff0100", 64);
    assert_length("20 ff7f05 7d 'assa' 20 ff7f07 7d 'assays' 20 ff7f06 7e 'assay' 20 ff0100", 0);
    assert_length("00 903c40 60 803c00 60 ff0100", 0);
}

static void
test_stray_offs(void)
{
    assert_note_facts("00 803c00 00 903c40 60 3c00 00 3c00 00 803d40", "0-96 60 v64",
                      &(AssayMidiFacts){ .stray_offs = 3 });
}

static void
test_pedal(void)
{
    assert_note_facts("00 b0407f 00 4040 00 403f 00 4000 00 427f 00 b1407f", "",
                      &(AssayMidiFacts){ .pedal_downs = 3 });
}

/* A note-off works in its own track only; and an open note does not reach into the next track. */
static void
test_tracks_are_apart(void)
{
    g_autoptr(AssayMidi) midi =
        midi_file_agreed(tracks("00 903c40 60 b00000", "10 903c50 10 803c00 00 803c00", NULL));
    g_autofree char *notes = midi_file_notes(midi);

    g_assert_cmpstr(notes, ==, "0-96 60 v64; 16-32 60 v80 tr1 vo1");
    g_assert_cmpuint(midi->facts.unended, ==, 1);
    g_assert_cmpuint(midi->facts.stray_offs, ==, 1);
    g_assert_cmpuint(midi->facts.overlapping, ==, 0);
}

static void
test_order(void)
{
    /* By tick, then track, then place in the file. */
    assert_notes(tracks("10 904040 00 3c40 20 4000 00 3c00", "00 914040 10 3c40 20 3c00 00 4000",
                        "10 903040 01 3000", NULL),
                 "0-48 64 v64 ch2 tr1 vo1; 16-48 64 v64; 16-48 60 v64; 16-48 60 v64 ch2 tr1 vo1; "
                 "16-17 48 v64 tr2 vo2");
}

static void
test_voices(void)
{
    /* Track, then channel, of those that have notes. */
    assert_notes(tracks("00 b00000", "00 953c40 01 3c00 00 913c40 01 3c00", "00 c000",
                        "00 903c40 01 3c00", NULL),
                 "0-1 60 v64 ch6 tr1 vo1; 0-1 60 v64 tr3 vo2; 1-2 60 v64 ch2 tr1");
}

static void
test_programs(void)
{
    assert_notes(midi_file_simple("00 903c40 01 3c00 00 c005 00 903c40 01 3c00 00 c107 00 903c40"
                                  "00 c009 01 903c00"),
                 "0-1 60 v64; 1-2 60 v64 pr5; 2-3 60 v64 pr5");
    /* A program holds in all tracks; on one tick the order is that of tracks. */
    assert_notes(tracks("00 c009 10 c00a", "00 903c40 10 3c00 00 3c40 01 3c00", NULL),
                 "0-16 60 v64 pr9 tr1; 16-17 60 v64 pr10 tr1");
    assert_notes(tracks("00 903c40 10 3c00", "00 c009 00 903e40 10 3e00", NULL),
                 "0-16 60 v64; 0-16 62 v64 pr9 tr1 vo1");
}

static void
test_signs(void)
{
    g_autoptr(AssayMidi) midi = midi_file_agreed(
        tracks("00 ff5103 000001 10 ff5103 000002 00 ff5804 03020000 00 ff5902 fd01",
               "08 ff5103 000003 08 ff5103 000004 00 ff5804 06030000 00 ff5902 0200",
               "00 ff5804 02010000 00 ff5804 04020000 10 ff5902 0300 00 ff5902 0400", NULL));

    g_assert_cmpuint(midi->n_tempos, ==, 3);
    g_assert_cmpuint(midi->n_meters, ==, 2);
    g_assert_cmpuint(midi->n_keys, ==, 1);
    if (midi->n_tempos != 3 || midi->n_meters != 2 || midi->n_keys != 1)
        return;
    g_assert_cmpint(midi->tempos[0].tick, ==, 0);
    g_assert_cmpuint(midi->tempos[0].us_per_quarter, ==, 1);
    g_assert_cmpint(midi->tempos[1].tick, ==, 8);
    g_assert_cmpuint(midi->tempos[1].us_per_quarter, ==, 3);
    g_assert_cmpint(midi->tempos[2].tick, ==, 16);
    g_assert_cmpuint(midi->tempos[2].us_per_quarter, ==, 4);
    g_assert_cmpint(midi->meters[0].tick, ==, 0);
    g_assert_cmpuint(midi->meters[0].numerator, ==, 4);
    g_assert_cmpuint(midi->meters[0].denominator, ==, 4);
    g_assert_cmpint(midi->meters[1].tick, ==, 16);
    g_assert_cmpuint(midi->meters[1].numerator, ==, 6);
    g_assert_cmpuint(midi->meters[1].denominator, ==, 8);
    g_assert_cmpint(midi->keys[0].tick, ==, 16);
    g_assert_cmpint(midi->keys[0].sharps, ==, 4);
    g_assert_cmpint(midi->keys[0].is_minor, ==, 0);
}

static void
assert_name(const char *events, const char *name)
{
    g_autoptr(AssayMidi) midi = midi_file_agreed(midi_file_simple(events));

    g_assert_cmpuint(midi->n_tracks, ==, 1);
    if (midi->n_tracks == 1)
        g_assert_cmpstr(midi->tracks[0].name, ==, name);
}

static void
test_names(void)
{
    const char sixteen[] = "'0123456789abcdef'";
    g_autofree char *text = g_strjoin(NULL, sixteen, sixteen, sixteen, sixteen, sixteen, sixteen,
                                      sixteen, "'0123456789abcd'", NULL);
    g_autofree char *cut = g_strconcat("00 ff03 8100", text, "c3a4", NULL);
    g_autofree char *latin = g_strconcat("00 ff03 8100", text, "e441", NULL);
    g_autofree char *plain = g_strconcat("00 ff03 8100", text, "4142", NULL);
    g_autofree char *cleaned = g_strdelimit(g_strdup(text), "'", '\n');
    g_auto(GStrv) parts = g_strsplit(cleaned, "\n", -1);
    g_autofree char *stem = g_strjoinv("", parts);
    g_autofree char *stem_a = g_strconcat(stem, "A", NULL);

    assert_name("00 903c40", "");
    assert_name("00 ff0305 'Canto'", "Canto");
    assert_name("00 ff0300 00 ff0303 'Alt' 00 ff0305 'Tenor'", "Alt");
    assert_name("00 ff0309 'Pr' c3a4 'ludiu'", "Pr\303\244ludiu");
    assert_name("00 ff0309 'Pr' e4 'ludium'", "Pr\303\244ludium");
    assert_name("00 ff0306 'Alt' 00 'xy'", "Alt");
    assert_name("00 ff0302 0041 00 ff0301 'B'", "B");
    /* At most 127 bytes, and no half of a letter. */
    assert_name(cut, stem);
    assert_name(latin, stem);
    assert_name(plain, stem_a);
}

static void
test_ends(void)
{
    g_autoptr(GByteArray) file = midi_file_new(1, 2, 96);
    g_autoptr(AssayMidi) midi = NULL;

    midi_file_add_track(file, "00 903c40 60 3c00 8100 ff2f00");
    midi_file_add_track(file, "8148 b00000");
    midi = midi_file_agreed(g_byte_array_ref(file));
    g_assert_cmpuint(midi->n_tracks, ==, 2);
    if (midi->n_tracks != 2)
        return;
    g_assert_cmpint(midi->tracks[0].end_tick, ==, 224);
    g_assert_cmpint(midi->tracks[1].end_tick, ==, 200);
    g_assert_cmpint(midi->last_tick, ==, 224);
    g_assert_cmpuint(midi->division, ==, 96);
    g_assert_cmpuint(midi->format, ==, 1);
}

static void
test_fact_names(void)
{
    AssayMidi midi = { .smf_facts.riff_wrapper = 11, .facts.pedal_downs = 12 };
    const char *name;
    guint32 count;
    guint i;

    for (i = 0; assay_midi_fact(&midi, i, &name, &count); i++)
        g_assert_cmpuint(count, ==,
                         strcmp(name, "riff_wrapper") == 0  ? 11
                         : strcmp(name, "pedal_downs") == 0 ? 12
                                                            : 0);
    g_assert_cmpuint(i, ==, 21);
}

static void
test_difference(void)
{
    static const struct {
        const char *a, *b, *expected;
    } rows[] = {
        { "00 903c40 10 3c00", "00 903c40 10 3c00", NULL },
        { "00 903c40 10 3c00", "00 903c40 11 3c00", "note 0: off_tick 16 and 17" },
        { "00 903c40 10 3c00", "00 913c40 10 3c00", "note 0: channel 1 and 2" },
        { "00 903c40 10 3c00", "10 b00000", "1 and 0 notes" },
        { "00 ff5103 000001", "00 ff5103 000002", "tempo 0: us_per_quarter 1 and 2" },
        { "00 ff5804 02010000", "00 ff5804 02020000", "meter 0: denominator 2 and 4" },
        { "00 ff5902 ff00", "00 ff5902 0100", "key 0: sharps -1 and 1" },
        { "00 ff5902 ff00", "", "1 and 0 keys" },
        { "00 ff0301 'a'", "00 ff0301 'b'", "track 0: name \"a\" and \"b\"" },
        { "00 b00000", "10 b00000", "track 0: end_tick 0 and 16" },
    };
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(AssayMidi) a = midi_file_agreed(midi_file_simple(rows[i].a));
        g_autoptr(AssayMidi) b = midi_file_agreed(midi_file_simple(rows[i].b));
        g_autofree char *difference = assay_midi_difference(a, b);

        g_assert_cmpstr(difference, ==, rows[i].expected);
    }
}

/* 200,000 notes, all of one key, all sounding at once, then ended one by one. */
static void
test_long_track(void)
{
    const guint n = 200000;
    g_autoptr(GString) events = g_string_new("00 903c40");
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = NULL;
    GByteArray *file;
    gint64 start;
    guint i;

    for (i = 1; i < n; i++)
        g_string_append(events, " 01 3c40");
    for (i = 0; i < n; i++)
        g_string_append(events, " 01 3c00");
    file = midi_file_simple(events->str);

    start = g_get_monotonic_time();
    midi = midi_file_parse(file, ASSAY_MIDI_OWN, &error);
    g_test_message("%u notes in %.3f s", n, (double)(g_get_monotonic_time() - start) / 1e6);
    g_assert_no_error(error);
    if (midi == NULL)
        return;
    g_assert_cmpuint(midi->n_notes, ==, n);
    g_assert_cmpuint(midi->facts.overlapping, ==, n - 1);
    for (i = 0; i < n; i++) {
        if (midi->notes[i].off_tick != midi->notes[i].on_tick + n)
            break;
    }
    g_assert_cmpuint(i, ==, n);
}

static void
test_many_tracks(void)
{
    const guint n = 65535;
    GByteArray *file = midi_file_new(1, n, 96);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = NULL;
    gint64 start;
    guint i;

    for (i = 0; i < n; i++)
        midi_file_add_track(file, i % 2 == 0 ? "02 903c40 00 913c40 00 ff2f00"
                                             : "01 903c40 00 913c40 00 ff2f00");
    start = g_get_monotonic_time();
    midi = midi_file_parse(file, ASSAY_MIDI_OWN, &error);
    g_test_message("%u tracks in %.3f s", n, (double)(g_get_monotonic_time() - start) / 1e6);
    g_assert_no_error(error);
    if (midi == NULL)
        return;
    g_assert_cmpuint(midi->n_notes, ==, 2 * n);
    g_assert_cmpuint(midi->notes[2 * n - 1].track, ==, n - 1);
    g_assert_cmpuint(midi->notes[2 * n - 1].voice, ==, 2 * n - 1);
    g_assert_cmpuint(midi->notes[0].track, ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/midi/pairing", test_pairing);
    g_test_add_func("/midi/overlapping", test_overlapping);
    g_test_add_func("/midi/unended", test_unended);
    g_test_add_func("/midi/zero-length", test_zero_length);
    g_test_add_func("/midi/length", test_length);
    g_test_add_func("/midi/stray-offs", test_stray_offs);
    g_test_add_func("/midi/pedal", test_pedal);
    g_test_add_func("/midi/tracks-are-apart", test_tracks_are_apart);
    g_test_add_func("/midi/order", test_order);
    g_test_add_func("/midi/voices", test_voices);
    g_test_add_func("/midi/programs", test_programs);
    g_test_add_func("/midi/signs", test_signs);
    g_test_add_func("/midi/names", test_names);
    g_test_add_func("/midi/ends", test_ends);
    g_test_add_func("/midi/fact-names", test_fact_names);
    g_test_add_func("/midi/difference", test_difference);
    g_test_add_func("/midi/long-track", test_long_track);
    g_test_add_func("/midi/many-tracks", test_many_tracks);
    return g_test_run();
}
