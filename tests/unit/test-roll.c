/* tests/unit/test-roll.c - which cells are on, against the definition.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <string.h>

#include "midi-file.h"
#include "roll-stage.h"

static AssaySample *
from_events(const char *events)
{
    AssaySample *sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = midi_file_parse(midi_file_simple(events), ASSAY_MIDI_OWN, &error);

    g_assert_no_error(error);
    if (!assay_notes_from_midi(sample, midi, &error))
        g_assert_no_error(error);
    return sample;
}

static void
assert_roll(const char *events, const char *step, const char *expected)
{
    g_autoptr(AssaySample) sample = from_events(events);
    g_autoptr(AssayStage) stage = roll_stage_new("step", step, "pitches", "60:62", NULL);
    const AssayArray *roll = roll_stage_apply(stage, sample);
    g_autofree char *found = roll_stage_show(roll);

    g_assert_cmpstr(roll->axes[0], ==, "time");
    g_assert_cmpstr(roll->axes[1], ==, "pitch");
    g_assert_cmpstr(found, ==, expected);
}

/* By hand; 96 ticks a quarter, so a sixteenth is 24 (18 in hexadecimal). */
static void
test_cells(void)
{
    /* A quarter is four sixteenths. */
    assert_roll("00 903c50 60 803c00", "1/16", "500000 500000 500000 500000");
    assert_roll("00 903c50 60 803c00", "1/4", "500000");
    assert_roll("00 903c50 60 803c00", "3/16", "500000 500000");
    assert_roll("00 903c50 60 803c00", "1", "500000");
    /* From one tick before a cell's start it is on, from one after it is not. */
    assert_roll("17 903c50 02 803c00", "1/16", "000000 500000");
    assert_roll("18 903c50 01 803c00", "1/16", "000000 500000");
    assert_roll("19 903c50 18 803c00", "1/16", "000000 000000 500000");
    assert_roll("00 903c50 18 803c00", "1/16", "500000");
    assert_roll("00 903c50 19 803c00", "1/16", "500000 500000");
    /* Of notes that meet, the louder. */
    assert_roll("00 903c50 18 903c60 18 803c00 18 803c00", "1/16", "500000 600000 600000");
    assert_roll("00 903c60 18 903c50 18 803c00 18 803c00", "1/16", "600000 600000 500000");
    assert_roll("00 903c50 00 903e40 18 803c00 18 803e00", "1/16", "500040 000040");
    /* Nothing. */
    assert_roll("", "1/16", "");
}

/* More notes on a pitch than the roll has room to be painted over with: by another way, alike. */
static void
test_piles(void)
{
    g_autoptr(GString) events = g_string_new("00 903c10 00 903c60 00 903e30");

    for (int i = 0; i < 18; i++)
        g_string_append(events, " 00 903c40");
    g_string_append(events, " 18 803c00 18 803c00 30 803e00");
    for (int i = 0; i < 18; i++)
        g_string_append(events, " 00 803c00");
    assert_roll(events->str, "1/16", "600030 600030 400030 400030");
}

static void
test_counts(void)
{
    g_autoptr(AssayStage) narrow = roll_stage_new("pitches", "60:62", NULL);
    g_autoptr(AssayStage) drums = roll_stage_new("pitches", "60:62", "drums", "yes", NULL);
    /* One that reaches no cell, one without length, two outside, one of percussion that is last. */
    static const char events[] = "01 903c50 01 803c00  01 903d50 00 803d00  00 903b50 00 903f50 "
                                 "0d 803b00 00 803f00  00 903c50 18 803c00  00 993c50 60 893c00";
    g_autoptr(AssaySample) sample = from_events(events), other = from_events(events);
    const AssayArray *roll = roll_stage_apply(narrow, sample);

    g_assert_cmpuint(roll->shape[0], ==, 2); /* percussion does not lengthen it */
    g_assert_cmpint(roll_stage_count(sample, "dropped"), ==, 2);
    g_assert_cmpint(roll_stage_count(sample, "outside"), ==, 2);
    g_assert_cmpint(roll_stage_count(sample, "drum_notes"), ==, 1);
    roll = roll_stage_apply(drums, other);
    g_assert_cmpuint(roll->shape[0], ==, 6);
    g_assert_cmpint(roll_stage_count(other, "drum_notes"), ==, 0);
    g_assert_true(
        assay_json_is_true(assay_json_get(assay_sample_field_meta(other, "roll"), "drums")));
}

/* Every cell of random notes, asked one by one whether a note sounds at its start. */
static void
draw_once(GRand *random)
{
    static const guint32 divisions[] = { 1, 7, 24, 96, 480, 0x7fff };
    static const char *const steps[] = { "1/16", "1/24", "3/16", "1/7", "5/9", "1/1", "2/1" };
    static const guint32 nums[] = { 1, 1, 3, 1, 5, 1, 2 }, dens[] = { 16, 24, 16, 7, 9, 1, 1 };
    int s = g_rand_int_range(random, 0, G_N_ELEMENTS(steps));
    AssayTrack track = { (char *)"", 0 };
    AssayNote notes[20] = { { 0 } };
    AssayMidi midi = { .division = divisions[g_rand_int_range(random, 0, 6)],
                       .notes = notes,
                       .n_notes = (size_t)g_rand_int_range(random, 0, 21),
                       .tracks = &track,
                       .n_tracks = 1 };
    g_autoptr(AssayStage) stage = roll_stage_new("step", steps[s], NULL);
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;
    const gint64 num = (gint64)4 * nums[s] * midi.division, den = dens[s];
    const AssayArray *roll;
    gint64 end = 0, steps_needed = 0;

    for (size_t i = 0; i < midi.n_notes; i++) {
        notes[i].on_tick = g_rand_int_range(random, 0, (gint32)midi.division * 8);
        notes[i].off_tick =
            notes[i].on_tick + g_rand_int_range(random, 0, (gint32)midi.division * 3);
        notes[i].pitch = (guint8)g_rand_int_range(random, 0, 128);
        notes[i].velocity = (guint8)g_rand_int_range(random, 1, 128);
        notes[i].channel = 1;
        end = MAX(end, notes[i].off_tick);
    }
    while (steps_needed * num < end * den)
        steps_needed++;
    if (!assay_notes_from_midi(sample, &midi, &error))
        g_assert_no_error(error);
    roll = roll_stage_apply(stage, sample);
    g_assert_cmpuint(roll->shape[0], ==, (size_t)steps_needed);
    g_assert_cmpuint(roll->shape[1], ==, 128);
    for (gint64 c = 0; c < steps_needed; c++) {
        guint8 expected[128] = { 0 };

        for (size_t i = 0; i < midi.n_notes; i++) {
            if (notes[i].on_tick * den <= c * num && c * num < notes[i].off_tick * den)
                expected[notes[i].pitch] = MAX(expected[notes[i].pitch], notes[i].velocity);
        }
        if (memcmp(expected, (const guint8 *)roll->data + c * 128, 128) != 0) {
            g_test_fail_printf("division %u, step %s, cell %d", midi.division, steps[s], (int)c);
            return;
        }
    }
}

static void
test_definition(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (int i = 0; i < 1000; i++)
        draw_once(random);
}

/* Steps in seconds follow the tempo: 120 quarters a minute, then 60. */
static void
test_seconds(void)
{
    g_autoptr(AssaySample) sample =
        from_events("00 ff5103 07a120 00 903c50 60 ff5103 0f4240 60 803c00");
    g_autoptr(AssayStage) ten = roll_stage_new("fps", "10", NULL), film = NULL;
    const AssayArray *roll = roll_stage_apply(ten, sample);

    g_assert_cmpuint(roll->shape[0], ==, 15); /* 0.5 s + 1 s */
    g_assert_true(assay_json_peek_real(
                      assay_json_get(assay_sample_field_meta(sample, "roll"), "rate_hz")) == 10);
    g_assert_null(assay_json_get(assay_sample_field_meta(sample, "roll"), "step_q"));
    film = roll_stage_new("fps", "30000/1001", NULL);
    roll = roll_stage_apply(film, sample);
    g_assert_cmpuint(roll->shape[0], ==, 45); /* 1.5 s are 44.96 frames */
}

static void
test_windows(void)
{
    static const struct {
        const char *window, *hop;
        size_t items;
        gint64 cut;
    } cases[] = {
        { "4", NULL, 2, 2 },   { "5", NULL, 2, 0 }, { "10", NULL, 1, 0 },
        { "11", NULL, 0, 10 }, { "4", "2", 4, 0 },  { "4", "3", 3, 0 },
        { "4", "7", 1, 6 },    { "1", "1", 10, 0 }, { "3", "5", 2, 2 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* Ten sixteenths; step k has velocity k + 1. */
        g_autoptr(AssaySample) sample = from_events(
            "00 903c01 18 803c00 00 903c02 18 803c00 00 903c03 18 803c00 00 903c04 18 803c00 "
            "00 903c05 18 803c00 00 903c06 18 803c00 00 903c07 18 803c00 00 903c08 18 803c00 "
            "00 903c09 18 803c00 00 903c0a 18 803c00");
        size_t window = (size_t)g_ascii_strtoull(cases[i].window, NULL, 10);
        size_t hop =
            cases[i].hop == NULL ? window : (size_t)g_ascii_strtoull(cases[i].hop, NULL, 10);
        g_autoptr(AssayStage) stage =
            roll_stage_new("pitches", "60:60", "window", cases[i].window,
                           cases[i].hop == NULL ? NULL : "hop", cases[i].hop, NULL);
        const AssayArray *roll = roll_stage_apply(stage, sample);

        g_assert_cmpuint(roll->n_axes, ==, 3);
        g_assert_cmpstr(roll->axes[0], ==, "item");
        g_assert_cmpuint(roll->shape[0], ==, cases[i].items);
        g_assert_cmpuint(roll->shape[1], ==, window);
        g_assert_cmpint(roll_stage_count(sample, "cut"), ==, cases[i].cut);
        g_assert_cmpint(roll_stage_count(sample, "window"), ==, (gint64)window);
        g_assert_cmpint(roll_stage_count(sample, "hop"), ==, (gint64)hop);
        g_assert_true(assay_sample_has_items(sample));
        g_assert_cmpuint(assay_sample_n_items(sample), ==, cases[i].items);
        for (size_t k = 0; k < cases[i].items * window; k++)
            g_assert_cmpuint(((const guint8 *)roll->data)[k], ==,
                             k / window * hop + k % window + 1);
    }
}

/* A sample that is cut already holds windows of its notes' roll; another roll has no place there.
 */
static void
test_no_second_cut(void)
{
    g_autoptr(AssaySample) sample = from_events("00 903c50 60 803c00");
    g_autoptr(AssayStage) windows = roll_stage_new("window", "2", NULL),
                          whole = roll_stage_new(NULL);

    roll_stage_apply(windows, sample);
    assay_sample_remove_field(sample, "roll");
    roll_stage_refuses(whole, sample, ASSAY_ERROR_FIELD, "cut into windows already");
}

static void
test_limit(void)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = from_events("00 903c50 ffffff7f 803c00");
    g_autoptr(AssayStage) stage = NULL;

    config.max_bytes = 1 << 20;
    stage = assay_roll_stage(&config);
    roll_stage_refuses(stage, sample, ASSAY_ERROR_RANGE, "--max-sample");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/roll/cells", test_cells);
    g_test_add_func("/roll/piles", test_piles);
    g_test_add_func("/roll/counts", test_counts);
    g_test_add_func("/roll/definition", test_definition);
    g_test_add_func("/roll/seconds", test_seconds);
    g_test_add_func("/roll/windows", test_windows);
    g_test_add_func("/roll/no-second-cut", test_no_second_cut);
    g_test_add_func("/roll/limit", test_limit);
    return g_test_run();
}
