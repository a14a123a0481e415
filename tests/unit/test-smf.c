/* tests/unit/test-smf.c - the pass over the bytes: what it reads, counts and refuses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "midi-file.h"

/* "90 3c40 60 3c00" and an end: one quarter note of middle C. */
#define NOTE "00 903c40 60 3c00"
#define END " 00 ff2f00"
#define NOTE_READ "0-96 60 v64"

/* A readable file with one note has it, and these facts (name, count, ..., NULL), no others. */
static void
assert_read(GByteArray *file, ...)
{
    g_autoptr(AssayMidi) midi = midi_file_agreed(file);
    g_autofree char *notes = midi_file_notes(midi);
    const char *name;
    guint32 count;
    guint i;

    g_assert_cmpstr(notes, ==, NOTE_READ);
    for (i = 0; assay_midi_fact(midi, i, &name, &count); i++) {
        guint expected = 0;
        const char *wanted;
        va_list args;

        va_start(args, file);
        while ((wanted = va_arg(args, const char *)) != NULL) {
            const guint n = va_arg(args, guint);

            if (strcmp(wanted, name) == 0)
                expected = n;
        }
        va_end(args);
        if (count != expected)
            g_test_message("%s", name);
        g_assert_cmpuint(count, ==, expected);
    }
}

static GByteArray *
with_track(GByteArray *file, const char *events)
{
    midi_file_add_track(file, events);
    return file;
}

static GByteArray *
with_bytes(GByteArray *file, const char *notation)
{
    midi_file_add(file, notation);
    return file;
}

#define file_of(notation) with_bytes(g_byte_array_new(), notation)

static void
test_plain(void)
{
    assert_read(midi_file_simple(NOTE), NULL);
    assert_read(midi_file_simple("00 903c40 60 803c7f"), NULL);
    assert_read(midi_file_simple("00 903c40 8060 3c00"), NULL);
    assert_read(midi_file_simple("00 903c40 80808060 3c00"), NULL);
    assert_read(midi_file_simple(NOTE "00 a03c01 00 b00102 00 d003 00 e00405 00 0607"), NULL);
}

static void
test_facts(void)
{
    AssaySmfFacts facts;
    g_autoptr(GByteArray) file = with_track(midi_file_new(1, 2, 480), NOTE END);

    midi_file_add_track(file, "00 ff2f00");
    g_assert_true(assay_smf_walk(file->data, file->len, NULL, NULL, &facts, NULL));
    g_assert_cmpuint(facts.format, ==, 1);
    g_assert_cmpuint(facts.division, ==, 480);
    g_assert_cmpuint(facts.declared_tracks, ==, 2);
    g_assert_cmpuint(facts.tracks, ==, 2);
}

static void
test_riff(void)
{
    static const char riff[] = "'RIFF' 00000000 'RMID' ";
    static const char smf[] = "'MThd' 00000006 0000 0001 0060 'MTrk' 0000000b " NOTE END;
    g_autofree char *plain = g_strconcat(riff, "'data' 21000000", smf, NULL);
    g_autofree char *between = g_strconcat(riff, "'LIST' 03000000 61626300 'data' 21000000 ", smf,
                                           "'DISP' 00000000", NULL);
    g_autofree char *none = g_strconcat(riff, "'LIST' 03000000 61626300", NULL);
    g_autofree char *cut = g_strconcat(riff, "'data' 22000000", smf, NULL);
    g_autofree char *other = g_strconcat(riff, "'data' 04000000 'RIFF'", NULL);

    assert_read(file_of(plain), "riff_wrapper", 1, NULL);
    assert_read(file_of(between), "riff_wrapper", 1, NULL);
    midi_file_refused(file_of(none), ASSAY_ERROR_FORMAT, "byte 24: RIFF * without a \"data\" *");
    midi_file_refused(file_of(cut), ASSAY_ERROR_TRUNCATED, "byte 12: RIFF chunk of 34 bytes *53");
    midi_file_refused(file_of(other), ASSAY_ERROR_FORMAT, "byte 20: not a MIDI file*RIFF*");
    midi_file_refused(file_of("'RIFF' 00000000 'WAVE'"), ASSAY_ERROR_FORMAT,
                      "byte 0: not a MIDI file*RIFF file of another type*");
}

static void
test_macbinary(void)
{
    g_autoptr(GByteArray) smf = midi_file_simple(NOTE);
    GByteArray *file = g_byte_array_new();

    g_byte_array_set_size(file, 128);
    memset(file->data, 0, 128);
    g_byte_array_append(file, smf->data, smf->len);
    assert_read(file, "macbinary_header", 1, NULL);
}

static void
test_chunks(void)
{
    static const char alien[] = "'XFIH' 00000003 616263";

    assert_read(file_of("'MThd' 00000008 0000 0001 0060 ffff 'MTrk' 0000000b " NOTE END),
                "long_header", 2, NULL);
    assert_read(with_track(with_bytes(midi_file_new(0, 1, 96), alien), NOTE END), "alien_chunks", 1,
                NULL);
    assert_read(with_bytes(midi_file_simple(NOTE), alien), "alien_chunks", 1, NULL);
    assert_read(with_track(midi_file_simple(NOTE), "00 ff2f00"), "undeclared_tracks", 1,
                "format0_tracks", 1, NULL);
    assert_read(with_track(midi_file_new(1, 0, 96), NOTE END), "undeclared_tracks", 1, NULL);
    assert_read(with_bytes(with_track(midi_file_simple(NOTE), "00 ff2f00"), alien),
                "undeclared_tracks", 1, "format0_tracks", 1, "alien_chunks", 1, NULL);
    assert_read(with_track(with_track(midi_file_new(0, 2, 96), NOTE END), "00 ff2f00"),
                "format0_tracks", 1, NULL);
    assert_read(with_bytes(midi_file_simple(NOTE), "00"), "trailing_bytes", 1, NULL);
    assert_read(with_bytes(midi_file_simple(NOTE), "0d0a1a 00000000 00000000"), "trailing_bytes",
                11, NULL);
    assert_read(with_bytes(midi_file_simple(NOTE), "'XFIH' 00000003 6162"), "trailing_bytes", 10,
                NULL);
}

static void
test_ends(void)
{
    assert_read(with_track(midi_file_new(0, 1, 96), NOTE), "missing_ends", 1, NULL);
    assert_read(with_track(with_track(midi_file_new(1, 2, 96), NOTE), "00 ff2f00"), "missing_ends",
                1, NULL);
    assert_read(with_track(with_track(midi_file_new(1, 2, 96), NOTE END), ""), "missing_ends", 1,
                NULL);
    assert_read(midi_file_simple(NOTE END " 00 903e40 00 90"), "bytes_after_end", 10, NULL);
    assert_read(with_track(midi_file_new(0, 1, 96), NOTE "00 ff2f02 0000"), NULL);

    midi_file_refused(with_bytes(with_track(midi_file_new(0, 1, 96), NOTE), "00 903e40 00 3e00"),
                      ASSAY_ERROR_FORMAT, "byte 29, track 1: *without End-Of-Track*");
    midi_file_refused(with_bytes(with_track(midi_file_new(0, 1, 96), NOTE), "'XFIH' 00000003 61"),
                      ASSAY_ERROR_FORMAT, "byte 29, track 1: *without End-Of-Track*");
    midi_file_refused(
        with_bytes(with_track(midi_file_new(0, 1, 96), NOTE), "'XFIH' 00000001 61 0000"),
        ASSAY_ERROR_FORMAT, "byte 38: no chunk here, *no End-Of-Track");
}

static void
test_events(void)
{
    g_autoptr(GString) text = g_string_new("00 ff01 8100 ");
    guint i;

    for (i = 0; i < 128; i++)
        g_string_append(text, "41");
    g_string_append(text, NOTE);
    assert_read(midi_file_simple(text->str), "long_metas", 1, NULL);

    assert_read(midi_file_simple("00 f0 05 7e7f0901f7" NOTE), "sysex", 1, NULL);
    assert_read(midi_file_simple("00 f7 02 f301 00 f7 00" NOTE), "escapes", 2, NULL);
    assert_read(midi_file_simple("00 903c40 00 ff0103 616263 60 3c00"), "running_after_meta", 1,
                NULL);
    assert_read(midi_file_simple("00 903c40 00 f00101 60 3c00"), "sysex", 1, "running_after_meta",
                1, NULL);
    assert_read(midi_file_simple("00 903c40 00 f70101 60 3c00 00 a03c40"), "escapes", 1,
                "running_after_meta", 1, NULL);
    assert_read(midi_file_simple("00 ff0000 00 ff7f03 010203 00 ff7e00" NOTE), NULL);
}

static void
test_signs(void)
{
    assert_read(
        midi_file_simple("00 ff5102 0001 00 ff5104 00000001 00 ff5103 000000 00 ff5100" NOTE),
        "bad_tempos", 4, NULL);
    assert_read(midi_file_simple("00 ff5802 0402 00 ff5804 00021808 00 ff5804 04081808"
                                 "00 ff5800" NOTE),
                "bad_meters", 4, NULL);
    assert_read(midi_file_simple("00 ff5901 00 00 ff5902 0800 00 ff5902 f800 00 ff5902 0002"
                                 "00 ff5900" NOTE),
                "bad_keys", 5, NULL);
    assert_read(midi_file_simple("00 ff5103 ffffff 00 ff5804 ff071808 00 ff5902 0701"
                                 "00 ff5902 f900" NOTE),
                NULL);
}

static void
test_not_midi(void)
{
    static const struct {
        const char *notation, *pattern;
    } rows[] = {
        { "'<!DOCTYPE html>'", "byte 0: not a MIDI file: *HTML*" },
        { "'Not Found' 0a", "byte 0: not a MIDI file: *text" },
        { "'PK' 0304 0000", "byte 0: not a MIDI file: *zip*" },
        { "1f8b0800", "byte 0: not a MIDI file: *gzip" },
        { "'**kern' 09 '**kern'", "byte 0: not a MIDI file: *kern" },
        { "'MTrk' 00000004 00ff2f00", "byte 0: not a MIDI file: *without its header" },
        { "00010203", "byte 0: not a MIDI file: \"MThd\" is missing" },
        { "00", "byte 0: not a MIDI file: \"MThd\" is missing" },
        { "'MTh'00", "byte 0: not a MIDI file: \"MThd\" is missing" },
    };
    gsize i;

    midi_file_refused(file_of(""), ASSAY_ERROR_TRUNCATED, "the file is empty");
    for (i = 0; i < G_N_ELEMENTS(rows); i++)
        midi_file_refused(file_of(rows[i].notation), ASSAY_ERROR_FORMAT, rows[i].pattern);
}

static void
test_refused_headers(void)
{
    static const struct {
        const char *notation;
        int code;
        const char *pattern;
    } rows[] = {
        { "'MT'", ASSAY_ERROR_TRUNCATED, "byte 2: *inside its header, after 2 of 14 bytes" },
        { "'MThd' 00000006 0000 0001 00", ASSAY_ERROR_TRUNCATED, "byte 13: *after 13 of 14*" },
        { "'MThd' 00000005 0000 0001 0060", ASSAY_ERROR_FORMAT, "byte 4: header of 5 bytes*" },
        { "'MThd' 00000007 0000 0001 0060", ASSAY_ERROR_TRUNCATED, "byte 4: header of 7 bytes*" },
        { "'MThd' ffffffff 0000 0001 0060", ASSAY_ERROR_TRUNCATED,
          "byte 4: header of 4294967295*" },
        { "'MThd' 00000006 0002 0001 0060", ASSAY_ERROR_FORMAT, "byte 8: format 2 (independent*" },
        { "'MThd' 00000006 0003 0001 0060", ASSAY_ERROR_FORMAT, "byte 8: format 3 is unknown" },
        { "'MThd' 00000006 0001 0001 e728", ASSAY_ERROR_FORMAT, "byte 12: *0xe728*SMPTE frames*" },
        { "'MThd' 00000006 0001 0001 0000", ASSAY_ERROR_FORMAT, "byte 12: division of 0*" },
        { "'MThd' 00000006 0001 0001 0060", ASSAY_ERROR_TRUNCATED, "byte 14: *0 of the 1 track*" },
        { "'MThd' 00000006 0001 0000 0060", ASSAY_ERROR_FORMAT, "byte 14: the file has no tracks" },
        { "'MThd' 00000006 0001 0000 0060 'MTrk'", ASSAY_ERROR_FORMAT, "byte 14: *no tracks" },
    };
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(rows); i++)
        midi_file_refused(file_of(rows[i].notation), rows[i].code, rows[i].pattern);
}

static void
test_refused_chunks(void)
{
    midi_file_refused(with_track(midi_file_new(1, 3, 96), NOTE END), ASSAY_ERROR_TRUNCATED,
                      "byte 33: the file ends after 1 of the 3 tracks*");
    midi_file_refused(
        with_bytes(with_track(midi_file_new(1, 2, 96), NOTE END), "01020304 00000000"),
        ASSAY_ERROR_FORMAT, "byte 33: 0x01020304 where track 2 of 2*");
    midi_file_refused(with_bytes(midi_file_new(1, 1, 96), "'MTrk' 0000000c " NOTE END),
                      ASSAY_ERROR_TRUNCATED, "byte 14: chunk \"MTrk\" of 12 bytes*byte 33");
    midi_file_refused(with_bytes(midi_file_new(1, 1, 96), "'MTrk' ffffffff " NOTE END),
                      ASSAY_ERROR_TRUNCATED, "byte 14: chunk \"MTrk\" of 4294967295 bytes*");
    midi_file_refused(with_bytes(midi_file_new(1, 1, 96), "'XFIH' 00000005 61626364"),
                      ASSAY_ERROR_TRUNCATED, "byte 14: chunk \"XFIH\" of 5 bytes*");
    midi_file_refused(with_bytes(midi_file_simple(NOTE), "'MTrk' 00000005 00ff2f00"),
                      ASSAY_ERROR_TRUNCATED, "byte 33: chunk \"MTrk\" of 5 bytes*");
    midi_file_refused(with_bytes(midi_file_simple(NOTE), "'MThd' 00000006 0001 0001 0030"),
                      ASSAY_ERROR_FORMAT, "byte 33: a second MIDI file begins here*");
}

static void
test_refused_events(void)
{
    static const struct {
        const char *events, *pattern;
    } rows[] = {
        { "ffffffff7f 903c40", "byte 22, track 1: delta time is longer than 4 bytes" },
        { "00 ff01 8080808001", "byte 25, track 1: length of a meta event is longer than 4 bytes" },
        { "00 f0 8080808001", "byte 24, track 1: length of a SysEx event is longer than 4 bytes" },
        { "00 ff01 09 41", "byte 25, track 1: length of a meta event of 9 goes beyond*" },
        { "00 f0 ffffff7f f7", "byte 24, track 1: length of a SysEx event of 268435455 goes*" },
        { "00 f7 09 f7", "byte 24, track 1: length of a SysEx event of 9 goes beyond*" },
        { "00 ffff00", "byte 24, track 1: meta event of type 0xff*" },
        { "00 3c40", "byte 23, track 1: data byte 0x3c before the first status byte" },
        { "00 ff0100 00 3c40", "byte 27, track 1: data byte 0x3c before the first status byte" },
        { "00 90c040", "byte 24, track 1: data byte 0xc0 of status 0x90*" },
        { "00 903cff", "byte 25, track 1: data byte 0xff of status 0x90*" },
        { "00 c080", "byte 24, track 1: data byte 0x80 of status 0xc0*" },
        { "00 f1", "byte 23, track 1: status byte 0xf1*" },
        { "00 f2", "byte 23, track 1: status byte 0xf2*" },
        { "00 f3", "byte 23, track 1: status byte 0xf3*" },
        { "00 f4", "byte 23, track 1: status byte 0xf4*" },
        { "00 f5", "byte 23, track 1: status byte 0xf5*" },
        { "00 f6", "byte 23, track 1: status byte 0xf6*" },
        { "00 f8", "byte 23, track 1: status byte 0xf8*" },
        { "00 f9", "byte 23, track 1: status byte 0xf9*" },
        { "00 fa", "byte 23, track 1: status byte 0xfa*" },
        { "00 fb", "byte 23, track 1: status byte 0xfb*" },
        { "00 fc", "byte 23, track 1: status byte 0xfc*" },
        { "00 fd", "byte 23, track 1: status byte 0xfd*" },
        { "00 fe", "byte 23, track 1: status byte 0xfe*" },
    };
    static const char rest[] = "ffffff7f 903c40 ";
    g_autofree char *eight = g_strconcat(rest, rest, rest, rest, rest, rest, rest, rest, NULL);
    g_autofree char *nine = g_strconcat(eight, "08 903c40", NULL);
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(rows); i++)
        midi_file_refused(midi_file_simple(rows[i].events), ASSAY_ERROR_FORMAT, rows[i].pattern);
    midi_file_refused(midi_file_simple(nine), ASSAY_ERROR_FORMAT,
                      "byte 79, track 1: delta times add up to more than*");
    /* The fault of a second track is told by its own number. */
    midi_file_refused(with_track(with_track(midi_file_new(1, 2, 96), NOTE END), "00 fe"),
                      ASSAY_ERROR_FORMAT, "byte 42, track 2: status byte 0xfe*");
}

static void
test_longest_time(void)
{
    static const char rest[] = "ffffff7f ff0100 ";
    g_autofree char *eight = g_strconcat(rest, rest, rest, rest, rest, rest, rest, rest, NULL);
    g_autofree char *all = g_strconcat("00 903c40", eight, "07 803c00", NULL);
    g_autoptr(AssayMidi) midi = midi_file_agreed(midi_file_simple(all));
    g_autofree char *notes = midi_file_notes(midi);

    g_assert_cmpstr(notes, ==, "0-2147483647 60 v64");
}

/* A track may end nowhere inside an event. */
static void
test_cut_events(void)
{
    static const char *const events[] = { "8160",         "00 90",          "00 903c",
                                          "00 c0",        "00 ff",          "00 ff01",
                                          "00 ff0181",    "00 ff5103 0102", "00 f0",
                                          "00 f081",      "00 f003 01",     "00 f7",
                                          "00 903c40 00", "00 903c40 00 3c" };
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(events); i++)
        midi_file_refused(with_track(midi_file_new(0, 1, 96), events[i]), ASSAY_ERROR_FORMAT,
                          "byte *, track 1: *beyond the end of *track, at byte *");
}

static void
test_cut_files(void)
{
    g_autoptr(GByteArray) whole = midi_file_simple(NOTE);
    guint length;

    for (length = 0; length < whole->len; length++) {
        GByteArray *part = g_byte_array_new();

        g_byte_array_append(part, whole->data, length);
        midi_file_refused(part, ASSAY_ERROR_TRUNCATED, "*");
    }
}

static void
test_sniff(void)
{
    g_autoptr(GByteArray) midi = midi_file_simple(NOTE);
    g_autoptr(GByteArray) riff = file_of("'RIFF' 00000000 'RMID'");
    g_autoptr(GByteArray) wave = file_of("'RIFF' 00000000 'WAVE'");

    g_assert_true(assay_smf_sniff(midi->data, midi->len));
    g_assert_true(assay_smf_sniff(midi->data, 4));
    g_assert_false(assay_smf_sniff(midi->data, 3));
    g_assert_false(assay_smf_sniff(NULL, 0));
    g_assert_true(assay_smf_sniff(riff->data, riff->len));
    g_assert_false(assay_smf_sniff(wave->data, wave->len));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/smf/plain", test_plain);
    g_test_add_func("/smf/facts", test_facts);
    g_test_add_func("/smf/riff", test_riff);
    g_test_add_func("/smf/macbinary", test_macbinary);
    g_test_add_func("/smf/chunks", test_chunks);
    g_test_add_func("/smf/ends", test_ends);
    g_test_add_func("/smf/events", test_events);
    g_test_add_func("/smf/signs", test_signs);
    g_test_add_func("/smf/not-midi", test_not_midi);
    g_test_add_func("/smf/refused-headers", test_refused_headers);
    g_test_add_func("/smf/refused-chunks", test_refused_chunks);
    g_test_add_func("/smf/refused-events", test_refused_events);
    g_test_add_func("/smf/longest-time", test_longest_time);
    g_test_add_func("/smf/cut-events", test_cut_events);
    g_test_add_func("/smf/cut-files", test_cut_files);
    g_test_add_func("/smf/sniff", test_sniff);
    return g_test_run();
}
