/* tests/unit/test-arrange.c - repeats merged, and pieces transposed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <assay/transform/arrange.h>
#include <string.h>

#include "corpus.h"
#include "midi-file.h"

static void
assert_merged(const char *notes, const char *expected)
{
    g_autoptr(AssayMidi) midi = corpus_midi(96, notes);
    g_autofree char *merged = NULL;

    assay_midi_merge_repeats(midi);
    merged = midi_file_notes(midi);
    g_assert_cmpstr(merged, ==, expected);
}

static void
test_merge(void)
{
    assert_merged("0-96:60 96-192:60 192-200:60", "0-200 60 v64");
    assert_merged("0-96:60 97-192:60", "0-96 60 v64; 97-192 60 v64");
    assert_merged("0-96:60 96-192:61", "0-96 60 v64; 96-192 61 v64");
    /* another voice: of track, of channel */
    assert_merged("0-96:60 96-192:60/1", "0-96 60 v64; 96-192 60 v64 tr1 vo1");
    assert_merged("0-96:60 96-192:60@2", "0-96 60 v64; 96-192 60 v64 ch2");
    /* drums are struck */
    assert_merged("0-96:36@10 96-192:36@10", "0-96 36 v64 ch10; 96-192 36 v64 ch10");
    /* a note between parts them, so that those of one key still end as they begin */
    assert_merged("0-96:60 50-150:60 96-200:60", "0-96 60 v64; 50-150 60 v64; 96-200 60 v64");
    /* no length */
    assert_merged("0-96:60 96-96:60 96-192:60", "0-192 60 v64");
    assert_merged("", "");
}

static void
test_merged_values(void)
{
    g_autoptr(AssayMidi) midi = corpus_midi(96, "0-96:60 96-192:60");

    midi->notes[0].velocity = 1;
    midi->notes[0].program = 2;
    midi->notes[1].velocity = 3;
    assay_midi_merge_repeats(midi);
    g_assert_cmpuint(midi->n_notes, ==, 1);
    g_assert_cmpuint(midi->notes[0].velocity, ==, 1);
    g_assert_cmpuint(midi->notes[0].program, ==, 2);
}

static void
test_transpose(void)
{
    g_autoptr(AssayMidi) midi = corpus_midi(96, "0-96:60 0-96:36@10 96-192:120");
    g_autofree char *notes = NULL;
    g_autoptr(GError) error = NULL;

    if (!assay_midi_transpose(midi, 7, &error))
        g_assert_no_error(error);
    g_assert_false(assay_midi_transpose(midi, 1, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE,
                   "note 2: pitch 127, transposed by 1, is 128, outside 0 to 127");
    g_assert_false(assay_midi_transpose(midi, -68, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "note 0: pitch 67, transposed by -68, is -1");
    notes = midi_file_notes(midi);
    g_assert_cmpstr(notes, ==, "0-96 67 v64; 0-96 36 v64 ch10; 96-192 127 v64");
}

/* The sharps of every major key by its name, five flats to six sharps: a key is moved as its
 * keynote is. */
static void
test_keys(void)
{
    static const gint8 sharps_of[12] = { 0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5 }; /* C, Db ... */

    for (int sharps = -7; sharps <= 7; sharps++) {
        for (int by = -127; by <= 127; by++) {
            g_autoptr(AssayMidi) midi = corpus_midi(96, "");
            int keynote = ((7 * sharps + by) % 12 + 12) % 12;

            midi->keys = g_new0(AssayKey, 1);
            midi->keys[0].sharps = (gint8)sharps;
            midi->n_keys = 1;
            if (!assay_midi_transpose(midi, by, NULL))
                g_test_fail();
            g_assert_cmpint(midi->keys[0].sharps, ==, by % 12 == 0 ? sharps : sharps_of[keynote]);
        }
    }
}

static void
assert_set(const char *key, const char *value, int code, const char *says)
{
    AssayArrangement arrangement = ASSAY_ARRANGEMENT_DEFAULT;
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_arrangement_set(&arrangement, key, value, &error));
    corpus_refused(&error, code, says);
}

static void
test_set(void)
{
    AssayArrangement arrangement = ASSAY_ARRANGEMENT_DEFAULT;
    g_autoptr(AssayStage) plain = assay_arrange_stage(&arrangement), stage = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    assay_json_print(text, plain->options);
    g_assert_cmpstr(text->str, ==, "{}");
    g_assert_true(assay_arrangement_set(&arrangement, "merge-repeats", "yes", NULL) &&
                  assay_arrangement_set(&arrangement, "transpose", "+3", NULL) &&
                  assay_arrangement_set(&arrangement, "window", "2.50", NULL));
    stage = assay_arrange_stage(&arrangement);
    assay_json_print(text, stage->options);
    g_assert_cmpstr(text->str, ==,
                    "{}{\"hop\":\"5/2\",\"merge-repeats\":\"yes\",\"transpose\":\"3\","
                    "\"window\":\"5/2\"}");
    assert_set("merge-repeats", "maybe", ASSAY_ERROR_USAGE, "give yes or no");
    assert_set("transpose", "+-3", ASSAY_ERROR_USAGE, "give semitones");
    assert_set("transpose", "-128", ASSAY_ERROR_USAGE, "give semitones");
    assert_set("hop", "1/0", ASSAY_ERROR_USAGE, "give quarter notes");
    assert_set("tempo", "1", ASSAY_ERROR_USAGE, "notes have no option \"tempo\"");
}

/* Where notes change, fields that tell of others go; else they stay. */
static void
test_fields(void)
{
    AssayArrangement arrangement = ASSAY_ARRANGEMENT_DEFAULT;
    g_autoptr(AssaySample) sample = corpus_piece("x", corpus_midi(96, "0-96:60"), NULL);
    g_autoptr(AssayStage) plain = assay_arrange_stage(&arrangement), moved = NULL;
    g_autoptr(GError) error = NULL;

    if (!plain->apply(plain, NULL, sample, &error))
        g_assert_no_error(error);
    g_assert_true(assay_sample_has(sample, "roll") && assay_sample_has(sample, "chroma"));
    arrangement.semitones = 1;
    moved = assay_arrange_stage(&arrangement);
    if (!moved->apply(moved, NULL, sample, &error))
        g_assert_no_error(error);
    g_assert_true(assay_sample_has(sample, "notes"));
    g_assert_false(assay_sample_has(sample, "roll") || assay_sample_has(sample, "chroma"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/arrange/merge", test_merge);
    g_test_add_func("/arrange/merged-values", test_merged_values);
    g_test_add_func("/arrange/transpose", test_transpose);
    g_test_add_func("/arrange/keys", test_keys);
    g_test_add_func("/arrange/set", test_set);
    g_test_add_func("/arrange/fields", test_fields);
    return g_test_run();
}
