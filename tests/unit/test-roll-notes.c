/* tests/unit/test-roll-notes.c - notes of the runs of cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <assay/signal/roll-notes.h>
#include <string.h>

#include "corpus.h"
#include "midi-file.h"
#include "roll-stage.h"

/* A field of cells; a clock of 0 is not told. */
static AssaySample *
new_sample(const char *field, size_t n_steps, size_t width, const guint8 *cells, const char *clock,
           double value, int pitch_low)
{
    const char *const axes[] = { "time", strcmp(field, "chroma") == 0 ? "class" : "pitch", NULL };
    g_autoptr(GError) error = NULL;
    AssayArray *array =
        assay_array_new(ASSAY_U8, 2, (const size_t[]){ n_steps, width }, axes, G_MAXSIZE, &error);
    AssaySample *sample = assay_sample_new("x");
    AssayJson *meta = assay_json_object();

    if (n_steps * width > 0)
        memcpy(array->data, cells, n_steps * width);
    if (clock != NULL)
        assay_json_set_real(meta, clock, value);
    if (pitch_low >= 0)
        assay_json_set_integer(meta, "pitch_low", pitch_low);
    assay_sample_take_field(sample, field, array, meta);
    return sample;
}

static AssayMidi *
notes_of(AssaySample *sample)
{
    g_autoptr(GError) error = NULL;
    AssayMidi *midi = assay_roll_notes(sample, 0, &error);

    g_assert_no_error(error);
    return midi;
}

/* Runs, a new velocity, a rest, and a silent end. */
static void
test_runs(void)
{
    static const guint8 cells[] = { 64, 0, 64, 1, 80, 1, 0, 1, 80, 0, 0, 0 };
    g_autoptr(AssaySample) sample = new_sample("roll", 6, 2, cells, "step_q", 0.25, 60);
    g_autoptr(AssayMidi) midi = notes_of(sample);
    g_autofree char *notes = midi_file_notes(midi);

    g_assert_cmpuint(midi->division, ==, 480);
    g_assert_cmpint(midi->length, ==, 6 * 120);
    g_assert_cmpuint(midi->n_tempos, ==, 0);
    g_assert_cmpstr(notes, ==, "0-240 60 v64; 120-480 61 v1; 240-360 60 v80; 480-600 60 v80");
}

static void
test_chroma(void)
{
    static const guint8 cells[] = { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7,
                                    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
    g_autoptr(AssaySample) sample = new_sample("chroma", 2, 12, cells, "step_q", 2, -1);
    g_autoptr(AssayMidi) midi = notes_of(sample);
    g_autofree char *notes = midi_file_notes(midi);

    g_assert_cmpstr(notes, ==, "0-1920 60 v64; 0-1920 71 v64");
}

/* A chroma of a range without the octave from middle C sounds in the next octave that it has. */
static void
assert_octave(int low, int high, const char *expected)
{
    static const guint8 cells[] = { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
    g_autoptr(AssaySample) sample = new_sample("chroma", 1, 12, cells, "step_q", 1, low);
    g_autoptr(AssayMidi) midi = NULL;
    g_autofree char *notes = NULL;

    assay_json_set_integer((AssayJson *)assay_sample_field_meta(sample, "chroma"), "pitch_high",
                           high);
    midi = notes_of(sample);
    notes = midi_file_notes(midi);
    g_assert_cmpstr(notes, ==, expected);
}

static void
test_octaves(void)
{
    assert_octave(0, 127, "0-480 60 v64; 0-480 71 v64");
    assert_octave(36, 59, "0-480 48 v64; 0-480 59 v64");
    assert_octave(36, 64, "0-480 60 v64; 0-480 59 v64");
    assert_octave(72, 127, "0-480 72 v64; 0-480 83 v64");
    assert_octave(0, 4, "0-480 0 v64; 0-480 11 v64"); /* B is in no roll of that range */
    assert_octave(120, 127, "0-480 120 v64; 0-480 119 v64");
    assert_octave(500, -500, "0-480 120 v64; 0-480 119 v64"); /* foreign */
}

/* What a step is: division, tempo, ticks. */
static void
assert_clock(const char *key, double value, guint division, guint tempo, gint64 ticks)
{
    static const guint8 cells[] = { 1 };
    g_autoptr(AssaySample) sample = new_sample("roll", 1, 1, cells, key, value, 60);
    g_autoptr(AssayMidi) midi = notes_of(sample);

    if (midi == NULL)
        return;
    g_assert_cmpuint(midi->division, ==, division);
    g_assert_cmpuint(midi->n_tempos == 0 ? 0 : midi->tempos[0].us_per_quarter, ==, tempo);
    g_assert_cmpint(midi->length, ==, ticks);
}

static void
test_clock(void)
{
    assert_clock("step_q", 0.25, 480, 0, 120);
    assert_clock("step_q", 4.0 / 24, 480, 0, 80);
    assert_clock("step_q", 4.0 / 7, 483, 0, 276);
    assert_clock("step_q", 12, 480, 0, 5760);
    assert_clock("step_q", 4.0 / 32767, 32767, 0, 4);
}

static void
test_rate(void)
{
    assert_clock("rate_hz", 1, 1, 500000, 2);
    assert_clock("rate_hz", 100, 50, 500000, 1);
    assert_clock("rate_hz", 30000.0 / 1001, 15000, 500000, 1001);
    assert_clock("rate_hz", 25.0 / 3, 25, 500000, 6);
    assert_clock("rate_hz", 65536, 1024, 15625, 1);
}

static void
assert_refused(AssaySample *sample, int code, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = assay_roll_notes(own, 0, &error);

    g_assert_null(midi);
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    static const guint8 cells[256] = { 1, 128 };

    assert_refused(assay_sample_new("x"), ASSAY_ERROR_FIELD,
                   "x: has no \"notes\", and no \"roll\"");
    assert_refused(new_sample("roll", 2, 1, cells, NULL, 0, 60), ASSAY_ERROR_META,
                   "neither \"step_q\" nor \"rate_hz\"");
    assert_refused(new_sample("roll", 1, 1, cells, "step_q", 0.25, -1), ASSAY_ERROR_META,
                   "x: field \"roll\": its metadata must have \"pitch_low\", the MIDI pitch of its "
                   "first row, from 0 to 127");
    assert_refused(new_sample("roll", 2, 1, cells, "step_q", 0.25, 60), ASSAY_ERROR_RANGE,
                   "x: field \"roll\": step 1, row 0: 128 is no velocity; those are 1 to 127");
    assert_refused(new_sample("roll", 1, 2, cells, "step_q", 0.25, 127), ASSAY_ERROR_RANGE,
                   "x: field \"roll\": 2 rows from pitch 127 on are too many");
    assert_refused(new_sample("chroma", 1, 13, cells, "step_q", 0.25, 0), ASSAY_ERROR_RANGE,
                   "13 rows");
    assert_refused(new_sample("roll", 1, 1, cells, "step_q", 0, 60), ASSAY_ERROR_META,
                   "x: field \"roll\": \"step_q\" is 0, which is no whole number of the ticks that "
                   "a MIDI file may have");
    assert_refused(new_sample("roll", 1, 1, cells, "step_q", -1, 60), ASSAY_ERROR_META, "is -1");
    assert_refused(new_sample("roll", 1, 1, cells, "step_q", 0.1234567890123, 60), ASSAY_ERROR_META,
                   "is 0.123457");
    assert_refused(new_sample("roll", 1, 1, cells, "step_q", 1.0 / 32768, 60), ASSAY_ERROR_META,
                   "no whole number");
    assert_refused(new_sample("roll", 1, 1, cells, "rate_hz", 65521, 60), ASSAY_ERROR_META,
                   "\"rate_hz\" is 65521");
    assert_refused(
        new_sample("roll", 256, 1, cells, "step_q", 65536, 60), ASSAY_ERROR_RANGE,
        "x: field \"roll\": 256 steps of 31457280 ticks are more than a MIDI file holds");
}

static void
test_items(void)
{
    static const char *const axes[] = { "item", "time", "pitch", NULL };
    g_autoptr(GError) error = NULL;
    AssayArray *array =
        assay_array_new(ASSAY_U8, 3, (const size_t[]){ 2, 1, 1 }, axes, G_MAXSIZE, &error);
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_autoptr(AssayMidi) second = NULL, third = NULL;
    AssayJson *meta = assay_json_object();

    ((guint8 *)array->data)[1] = 9;
    assay_json_set_real(meta, "step_q", 1);
    assay_json_set_integer(meta, "pitch_low", 60);
    assay_sample_take_field(sample, "roll", array, meta);
    assay_sample_set_items(sample, 0, 2);
    second = assay_roll_notes(sample, 1, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(second->n_notes, ==, 1);
    third = assay_roll_notes(sample, 2, &error);
    g_assert_null(third);
    corpus_refused(&error, ASSAY_ERROR_FIELD, "x: field \"roll\" has no item 2");
}

/* A roll of the notes of a roll is that roll, for any step. */
static void
test_round_trip(void)
{
    static const char *const keys[] = { "step", "fps" };
    static const char *const values[][4] = { { "1/16", "5/7", "1/1024", "997/991" },
                                             { "100", "30000/1001", "65536", "4410/17" } };
    g_autoptr(GRand) random = g_rand_new_with_seed(11);

    for (int i = 0; i < 400; i++) {
        const char *key = keys[i & 1], *value = values[i & 1][(i / 2) % 4];
        g_autoptr(AssayStage) stage = roll_stage_new(key, value, "pitches", "50:61", NULL);
        const size_t n_steps = (size_t)g_rand_int_range(random, 0, 40);
        double step = g_ascii_strtod(value, NULL);
        const char *slash = strchr(value, '/');
        guint8 cells[40 * 12] = { 0 };
        g_autoptr(AssaySample) sample = NULL, again = assay_sample_new("y");
        g_autoptr(AssayMidi) midi = NULL;
        g_autoptr(GError) error = NULL;
        const AssayArray *roll;

        for (size_t c = 0; c < n_steps * 12; c++)
            cells[c] = (guint8)(g_rand_boolean(random) ? 0 : g_rand_int_range(random, 63, 66));
        step = (i & 1 ? 1 : 4) * step / (slash != NULL ? g_ascii_strtod(slash + 1, NULL) : 1);
        sample = new_sample("roll", n_steps, 12, cells, i & 1 ? "rate_hz" : "step_q", step, 50);
        midi = notes_of(sample);
        if (midi == NULL || !assay_notes_put(again, midi, &error))
            g_assert_no_error(error);
        roll = roll_stage_apply(stage, again);
        g_assert_cmpuint(roll->shape[0], ==, n_steps);
        if (roll->shape[0] == n_steps)
            g_assert_true(memcmp(roll->data, cells, n_steps * 12) == 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/roll-notes/runs", test_runs);
    g_test_add_func("/roll-notes/chroma", test_chroma);
    g_test_add_func("/roll-notes/octaves", test_octaves);
    g_test_add_func("/roll-notes/clock", test_clock);
    g_test_add_func("/roll-notes/rate", test_rate);
    g_test_add_func("/roll-notes/refused", test_refused);
    g_test_add_func("/roll-notes/items", test_items);
    g_test_add_func("/roll-notes/round-trip", test_round_trip);
    return g_test_run();
}
