/* tests/unit/test-libsmf.c - libsmf and our own pass agree, and what libsmf writes reads back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "midi-file.h"
#include "rounds.h"

static void
test_random_files(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    guint i;

    for (i = 0; i < rounds(2000); i++)
        assay_midi_free(midi_file_agreed(midi_file_random(random)));
}

static void
mutate(GByteArray *file, GRand *random)
{
    int changes = g_rand_int_range(random, 1, 4);

    for (; changes > 0 && file->len > 0; changes--) {
        const guint at = (guint)g_rand_int_range(random, 0, (gint32)file->len);

        switch (g_rand_int_range(random, 0, 6)) {
        case 0:
        case 1:
            file->data[at] = (guint8)g_rand_int(random);
            break;
        case 2:
        case 3:
            file->data[at] ^= (guint8)(1u << g_rand_int_range(random, 0, 8));
            break;
        case 4:
            g_byte_array_remove_index(file, at);
            break;
        default:
            g_byte_array_set_size(file, at);
            break;
        }
    }
}

/* Small changes to sound files: whatever comes of them, both parsers agree, and nobody crashes. */
static void
test_mutations(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20000);
    guint n_read = 0, i;

    for (i = 0; i < rounds(20000); i++) {
        g_autoptr(GByteArray) file = midi_file_random(random);
        g_autoptr(AssayMidi) midi = NULL;

        mutate(file, random);
        midi = midi_file_parse(g_byte_array_ref(file), ASSAY_MIDI_OWN, NULL);
        if (midi != NULL) {
            assay_midi_free(midi_file_agreed(g_byte_array_ref(file)));
            n_read++;
        } else {
            midi_file_refused(g_byte_array_ref(file), -1, "*");
        }
    }
    g_test_message("%u of %u are still read", n_read, i);
}

static void
test_shared(gconstpointer folder)
{
    g_autoptr(GPtrArray) paths = midi_file_find_shared(folder);
    gsize n_notes = 0;
    guint i;

    if (paths == NULL)
        return;
    for (i = 0; i < paths->len; i++) {
        const char *path = paths->pdata[i];
        GByteArray *file = midi_file_load(path);
        g_autoptr(AssayMidi) midi = NULL;

        g_assert_nonnull(file);
        if (file == NULL)
            continue;
        midi = midi_file_agreed(file);
        if (midi->n_notes == 0)
            g_test_message("%s", path);
        g_assert_cmpuint(midi->n_notes, >, 0);
        n_notes += midi->n_notes;
        if (g_str_has_suffix(path, "/Corelli_-_Concerto_Grosso_in_G_min_Op_6_No_8_1_and_2.mid"))
            g_assert_cmpuint(midi->n_notes, ==, 3636);
    }
    g_assert_cmpuint(paths->len, >, 0);
    g_test_message("%u files, %zu notes", paths->len, n_notes);
}

static void
test_hostile(void)
{
    static const struct {
        const char *name;
        int n_notes; /* or -1 */
        const char *message;
    } rows[] = {
        { "00_valid.mid", 50, NULL },
        { "01_zero.mid", -1, "the file is empty" },
        { "02_1byte.mid", -1, "byte 1: *header*" },
        { "03_garbage.mid", -1, "byte 0: not a MIDI file*" },
        { "04_text.mid", -1, "byte 0: not a MIDI file*HTML*" },
        { "05_hdr9.mid", -1, "byte 9: *header*" },
        { "06_hdr13.mid", -1, "byte 13: *header*" },
        { "07_hdr14.mid", -1, "byte 14: *0 of the 3 tracks*" },
        { "08_trunc_mid_track.mid", -1, "byte 41: *beyond the end of the file*" },
        { "09_trunc_last_byte.mid", -1, "byte 234: *beyond the end of the file*" },
        { "10_trunc_no_eot_bytes.mid", -1, "byte 234: *beyond the end of the file*" },
        { "11_no_eot.mid", 10, NULL },
        { "12_empty_track.mid", 0, NULL },
        { "13_len_7fffffff.mid", -1, "byte 14: *beyond the end of the file*" },
        { "14_len_ffffffff.mid", -1, "byte 14: *beyond the end of the file*" },
        { "15_len_plus100.mid", -1, "byte 14: *beyond the end of the file*" },
        { "16_len_short.mid", -1, "byte 42, track 1: *without End-Of-Track*" },
        { "17_running_nostatus.mid", -1, "byte 23, track 1: *before the first status byte" },
        { "18_running_after_meta.mid", 2, NULL },
        { "19_running_after_sysex.mid", 1, NULL },
        { "20_meta_len130.mid", 50, NULL },
        { "21_f7_escape.mid", 10, NULL },
        { "22_sysex_ok.mid", 10, NULL },
        { "23_sysex_hugelen.mid", -1, "byte 24, track 1: *SysEx event of 268435455*" },
        { "24_smpte.mid", -1, "byte 12: *SMPTE frames*" },
        { "25_div0.mid", -1, "byte 12: division of 0*" },
        { "26_format2.mid", -1, "byte 8: format 2*" },
        { "27_format3.mid", -1, "byte 8: format 3*" },
        { "28_riff.rmi", 50, NULL },
        { "29_tracks_65535_declared.mid", -1, "byte 100: *1 of the 65535 tracks*" },
        { "30_tracks0.mid", 10, NULL },
        { "31_fmt0_2tracks.mid", 20, NULL },
        { "32_alien_chunk.mid", 10, NULL },
        { "33_hdr_len8.mid", 10, NULL },
        { "34_tempo_len0.mid", 10, NULL },
        { "35_tempo_zero.mid", 10, NULL },
        { "36_delta_overflow.mid", -1, "byte 82, track 1: delta times add up*" },
        { "37_vlq5.mid", -1, "byte 22, track 1: delta time is longer*" },
        { "38_databyte_msb.mid", -1, "byte 24, track 1: data byte 0xc0*" },
        { "39_undefined_f4.mid", -1, "byte 23, track 1: status byte 0xf4*" },
        { "40_fd.mid", -1, "byte 23, track 1: status byte 0xfd*" },
        { "41_trailing_garbage.mid", 50, NULL },
        { "42_ts_denominator200.mid", 5, NULL },
        { "43_hanging_noteon.mid", 2, NULL },
        { "44_macbinary_hdr.mid", 50, NULL },
        { "45_eot_mid_track.mid", 5, NULL },
        { "46_dup_ts0.mid", 10, NULL },
        { "README.md", -1, "byte 0: not a MIDI file*text" },
        { "libsmf-crashes/crash-2111b6828d3e19264e2c25c340f6cc90660c446a", -1, "byte 14: chunk*" },
        { "libsmf-crashes/crash-224d8ddb9d9a13340918e8d5bea209fffe16012f", -1, "byte 14: chunk*" },
        { "libsmf-crashes/crash-3a81b39973d92345f8c1191bf3537334e2d5f856", -1, "byte 31, *" },
        { "libsmf-crashes/crash-45724e49fbd62da3c8194148461a6388ff23e319", -1, "byte 158, *" },
        { "libsmf-crashes/crash-6d8ac7c1e5aea930410e17a9df49a32f0bc34990", -1, "byte 94, *" },
        { "libsmf-crashes/crash-7593e7af1c3f377dbbe027afb3a0f2d6d310b05f", -1, "byte 31, *" },
        { "libsmf-crashes/crash-81d0cc7ed88f32f325e39e5fa9780a58dfdc90f1", -1, "byte 1079: *" },
        { "libsmf-crashes/crash-92c6c78ec34cee20c15847181f23ef1edc44926d", -1, "byte 47: *" },
    };
    g_autofree char *folder = midi_file_shared_folder("hostile-midi");
    gsize i;

    for (i = 0; folder != NULL && i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_build_filename(folder, rows[i].name, NULL);
        GByteArray *file = midi_file_load(path);

        g_assert_nonnull(file);
        if (file == NULL)
            continue;
        if (rows[i].n_notes < 0) {
            midi_file_refused(file, -1, rows[i].message);
        } else {
            g_autoptr(AssayMidi) midi = midi_file_agreed(file);

            g_assert_cmpuint(midi->n_notes, ==, (guint)rows[i].n_notes);
        }
    }
}

/* Tempos in one track, many notes in another: what makes libsmf slow when it has the file whole. */
static void
test_speed(void)
{
    const guint n = 50000;
    g_autoptr(GString) tempos = g_string_new(NULL);
    g_autoptr(GString) notes = g_string_new("00 903c40");
    GByteArray *file = midi_file_new(1, 2, 96);
    gint64 start = g_get_monotonic_time();
    guint i;

    for (i = 0; i < n; i++) {
        g_string_append_printf(tempos, "02 ff5103 %06x ", i + 1);
        g_string_append(notes, " 01 3c00 01 3c40");
    }
    midi_file_add_track(file, notes->str);
    midi_file_add_track(file, tempos->str);
    assay_midi_free(midi_file_agreed(file));
    g_test_message("%.2f s", (double)(g_get_monotonic_time() - start) / 1e6);
}

static void
test_many_tracks(void)
{
    const guint n = 65535;
    GByteArray *file = midi_file_new(1, n, 96);
    gint64 start = g_get_monotonic_time();
    guint i;

    for (i = 0; i < n; i++)
        midi_file_add_track(file, "00 903c40 01 3c00 00 ff2f00");
    assay_midi_free(midi_file_agreed(file));
    g_test_message("%.2f s", (double)(g_get_monotonic_time() - start) / 1e6);
}

/* The writer. */

/* Two notes, a tempo, a meter, a key, a name: all that a test may then spoil. */
static AssayMidi *
piece(void)
{
    const AssayNote notes[] = {
        { .on_tick = 0, .off_tick = 96, .pitch = 60, .velocity = 64, .channel = 1, .program = 5 },
        { .on_tick = 96, .off_tick = 192, .pitch = 60, .velocity = 80, .channel = 1, .program = 5 },
    };
    const AssayTempo tempo = { 0, 500000 };
    const AssayMeter meter = { 0, 3, 4 };
    const AssayKey key = { 0, -1, 1 };
    AssayMidi *midi = g_new0(AssayMidi, 1);

    midi->division = 96;
    midi->notes = g_memdup2(notes, sizeof notes);
    midi->n_notes = G_N_ELEMENTS(notes);
    midi->tempos = g_memdup2(&tempo, sizeof tempo);
    midi->n_tempos = 1;
    midi->meters = g_memdup2(&meter, sizeof meter);
    midi->n_meters = 1;
    midi->keys = g_memdup2(&key, sizeof key);
    midi->n_keys = 1;
    midi->tracks = g_new0(AssayTrack, 1);
    midi->tracks[0].name = g_strdup("Alt");
    midi->n_tracks = 1;
    return midi;
}

static void
test_written_bytes(void)
{
    g_autoptr(AssayMidi) midi = piece();
    g_autoptr(GByteArray) expected = midi_file_new(1, 1, 96);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = assay_midi_write(midi, &error);
    g_autoptr(GBytes) wanted = NULL;

    g_assert_no_error(error);
    midi_file_add_track(expected,
                        "00 ff0303 'Alt' 00 ff5103 07a120 00 ff5804 03021808 00 ff5902 ff01"
                        "00 c005 00 903c40 60 803c40 00 903c50 60 803c40 00 ff2f00");
    wanted = g_bytes_new(expected->data, expected->len);
    g_assert_true(bytes != NULL && g_bytes_equal(bytes, wanted));
}

/* Each text once: what the name says already is not said again. */
static void
test_written_credits(void)
{
    g_autoptr(AssayMidi) midi = piece(), again = NULL;
    g_autoptr(GByteArray) expected = midi_file_new(1, 1, 96);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL, wanted = NULL;
    g_autofree char *difference = NULL;

    g_free(midi->tracks[0].name);
    midi->tracks[0].name = g_strdup("KV 1");
    midi->credits.title = g_strdup("KV 1");
    midi->credits.composer = g_strdup("W. A.");
    midi->credits.copyright = g_strdup("me");
    midi->credits.n_numbers = 2;
    midi->credits.numbers[0] = g_strdup("KV 1");
    midi->credits.numbers[1] = g_strdup("KV 2");
    bytes = assay_midi_write(midi, &error);
    g_assert_no_error(error);
    midi_file_add_track(expected, "00 ff0202 'me' 00 ff0304 'KV 1' 00 ff010f 'Composer: W. A.'"
                                  "00 ff0104 'KV 2'"
                                  "00 ff5103 07a120 00 ff5804 03021808 00 ff5902 ff01"
                                  "00 c005 00 903c40 60 803c40 00 903c50 60 803c40 00 ff2f00");
    wanted = g_bytes_new(expected->data, expected->len);
    g_assert_true(bytes != NULL && g_bytes_equal(bytes, wanted));
    again = midi_file_parse(g_byte_array_ref(expected), ASSAY_MIDI_OWN, &error);
    g_assert_no_error(error);
    difference = assay_credits_difference(&midi->credits, &again->credits);
    g_assert_cmpstr(difference, ==, NULL);
}

static void
assert_not_written(AssayMidi *midi, const char *pattern)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = assay_midi_write(midi, &error);

    g_assert_null(bytes);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    if (error != NULL && !g_pattern_match_simple(pattern, error->message))
        g_assert_cmpstr(error->message, ==, pattern);
    assay_midi_free(midi);
}

static void
test_not_written(void)
{
    AssayMidi *midi;

#define SPOILT(change, pattern)                                                                    \
    midi = piece();                                                                                \
    midi->change;                                                                                  \
    assert_not_written(midi, pattern)

    SPOILT(division = 0, "division 0 is outside 1 .. 32767");
    SPOILT(division = 0x8000, "division 32768 is outside 1 .. 32767");
    SPOILT(n_tracks = 0; g_free(midi->tracks[0].name), "0 tracks are outside 1 .. 65535");
    SPOILT(tracks[0].end_tick = ASSAY_TICK_MAX + 1, "track 0: end_tick 2147483648 is out of range");
    SPOILT(notes[1].on_tick = -1, "note 1: on_tick -1 is out of range");
    SPOILT(notes[1].off_tick = 95, "note 1: off_tick 95 is out of range");
    SPOILT(notes[1].off_tick = ASSAY_TICK_MAX + 1, "note 1: off_tick 2147483648 is out of range");
    SPOILT(notes[1].pitch = 128, "note 1: pitch 128 is out of range");
    SPOILT(notes[1].velocity = 0, "note 1: velocity 0 is out of range");
    SPOILT(notes[1].velocity = 128, "note 1: velocity 128 is out of range");
    SPOILT(notes[1].channel = 0, "note 1: channel 0 is out of range");
    SPOILT(notes[1].channel = 17, "note 1: channel 17 is out of range");
    SPOILT(notes[1].program = 128, "note 1: program 128 is out of range");
    SPOILT(notes[1].track = 1, "note 1: track 1 is out of range");
    SPOILT(tempos[0].us_per_quarter = 0, "tempo 0: us_per_quarter 0 is out of range");
    SPOILT(meters[0].denominator = 3, "meter 0: denominator 3 is out of range");
    SPOILT(length = -1, "length -1 is out of range");
    SPOILT(length = ASSAY_TICK_MAX + 1, "length 2147483648 is out of range");
    SPOILT(keys[0].sharps = 8, "key 0: tick 0, 8 sharps, 1 for minor is out of range");
    /* Out of order; and a note that ends before one that began earlier on its key. */
    SPOILT(notes[0].on_tick = 96;
           midi->notes[1].on_tick = 0,
           "note 1: belongs before note 0; sort notes by on_tick, then track");
    SPOILT(notes[0].off_tick = 193; midi->notes[1].on_tick = 0,
                                    "a MIDI file cannot hold these notes; as given and as read "
                                    "back: note 0: off_tick 193 and 192");
#undef SPOILT
}

static void
test_written_rests(void)
{
    g_autoptr(AssayMidi) midi = piece();
    g_autoptr(AssayMidi) back = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    GByteArray *file = g_byte_array_new();
    g_autofree char *notes = NULL;

    midi->notes[1].on_tick = ASSAY_TICK_MAX - 1;
    midi->notes[1].off_tick = ASSAY_TICK_MAX;
    bytes = assay_midi_write(midi, &error);
    g_assert_no_error(error);
    if (bytes != NULL)
        g_byte_array_append(file, g_bytes_get_data(bytes, NULL), (guint)g_bytes_get_size(bytes));
    back = midi_file_agreed(file);
    notes = midi_file_notes(back);
    g_assert_cmpstr(notes, ==, "0-96 60 v64 pr5; 2147483646-2147483647 60 v80 pr5");
}

/* The end of the piece comes last in its tick, and End-Of-Track not before it. */
static void
test_written_length(void)
{
    g_autoptr(AssayMidi) midi = piece();
    g_autoptr(GByteArray) expected = midi_file_new(1, 1, 96);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL, wanted = NULL;
    g_autoptr(AssayMidi) back = NULL;
    GByteArray *file = g_byte_array_new();

    midi->length = 320;
    bytes = assay_midi_write(midi, &error);
    g_assert_no_error(error);
    midi_file_add_track(expected,
                        "00 ff0303 'Alt' 00 ff5103 07a120 00 ff5804 03021808 00 ff5902 ff01"
                        "00 c005 00 903c40 60 803c40 00 903c50 60 803c40 8100 ff7f06 7d 'assay'"
                        "00 ff2f00");
    wanted = g_bytes_new(expected->data, expected->len);
    g_assert_true(bytes != NULL && g_bytes_equal(bytes, wanted));
    g_byte_array_append(file, g_bytes_get_data(bytes, NULL), (guint)g_bytes_get_size(bytes));
    back = midi_file_agreed(file);
    g_assert_cmpint(back->length, ==, 320);
    g_assert_cmpint(back->last_tick, ==, 320);
}

static void
test_written_twice(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    guint i;

    for (i = 0; i < rounds(200); i++) {
        g_autoptr(AssayMidi) midi = midi_file_agreed(midi_file_random(random));
        g_autoptr(GBytes) once = assay_midi_write(midi, NULL);
        g_autoptr(GBytes) again = assay_midi_write(midi, NULL);

        g_assert_true(once != NULL && again != NULL && g_bytes_equal(once, again));
    }
}

int
main(int argc, char **argv)
{
    static const char *const folders[] = {
        "bach-kern", "jsb",        "js-fakes",   "js-fakes-extended", "deepbach", "tonicnet",
        "musegan",   "nottingham", "palestrina", "classical-misc",    "openmsx",  "npm-piano",
    };
    gsize i;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/libsmf/random-files", test_random_files);
    g_test_add_func("/libsmf/mutations", test_mutations);
    g_test_add_func("/libsmf/speed", test_speed);
    g_test_add_func("/libsmf/many-tracks", test_many_tracks);
    g_test_add_func("/libsmf/written-bytes", test_written_bytes);
    g_test_add_func("/libsmf/written-credits", test_written_credits);
    g_test_add_func("/libsmf/not-written", test_not_written);
    g_test_add_func("/libsmf/written-rests", test_written_rests);
    g_test_add_func("/libsmf/written-length", test_written_length);
    g_test_add_func("/libsmf/written-twice", test_written_twice);
    g_test_add_func("/libsmf/hostile", test_hostile);
    for (i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *name = g_strconcat("/libsmf/shared/", folders[i], NULL);

        g_test_add_data_func(name, folders[i], test_shared);
    }
    return g_test_run();
}
