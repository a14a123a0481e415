/* tests/unit/test-roll.c - which cells are on, against the definition.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <assay/signal/roll.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "midi-file.h"
#include "stream-file.h"

/* A stage of these options: key, value, key, value ... NULL. */
static AssayStage *
new_stage(const char *key, ...)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssayStage *stage;
    va_list args;

    va_start(args, key);
    for (; key != NULL; key = va_arg(args, const char *)) {
        if (!assay_roll_config_set(&config, key, va_arg(args, const char *), &error))
            g_assert_no_error(error);
    }
    va_end(args);
    stage = assay_roll_stage(&config);
    assay_roll_config_clear(&config);
    return stage;
}

/* The field that @stage makes of @sample. */
static const AssayArray *
apply(const AssayStage *stage, AssaySample *sample)
{
    g_autoptr(GError) error = NULL;
    const AssayArray *roll;

    if (!stage->apply(stage, NULL, sample, &error))
        g_assert_no_error(error);
    roll = assay_sample_field(sample, "roll", &error);
    g_assert_no_error(error);
    return roll;
}

static void
assert_not_applied(const AssayStage *stage, AssaySample *sample, int code, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(stage->apply(stage, NULL, sample, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    if (error != NULL && strstr(error->message, says) == NULL)
        g_test_fail_printf("\"%s\" does not say \"%s\"", error->message, says);
}

static gint64
count_of(AssaySample *sample, const char *key)
{
    return assay_json_peek_integer(assay_json_get(assay_sample_field_meta(sample, "roll"), key));
}

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

/* Rows of a roll over pitches 60 to 62: velocities in hexadecimal, steps parted by blanks. */
static char *
show(const AssayArray *roll)
{
    GString *text = g_string_new(NULL);
    size_t row = roll->shape[roll->n_axes - 1];

    for (size_t i = 0; i < assay_array_count(roll); i++)
        g_string_append_printf(text, "%s%02x", i > 0 && i % row == 0 ? " " : "",
                               ((const guint8 *)roll->data)[i]);
    return g_string_free(text, FALSE);
}

static void
assert_roll(const char *events, const char *step, const char *expected)
{
    g_autoptr(AssaySample) sample = from_events(events);
    g_autoptr(AssayStage) stage = new_stage("step", step, "pitches", "60:62", NULL);
    const AssayArray *roll = apply(stage, sample);
    g_autofree char *found = show(roll);

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

static void
test_counts(void)
{
    g_autoptr(AssayStage) narrow = new_stage("pitches", "60:62", NULL);
    g_autoptr(AssayStage) drums = new_stage("pitches", "60:62", "drums", "yes", NULL);
    /* One that reaches no cell, one without length, two outside, one of percussion that is last. */
    static const char events[] = "01 903c50 01 803c00  01 903d50 00 803d00  00 903b50 00 903f50 "
                                 "0d 803b00 00 803f00  00 903c50 18 803c00  00 993c50 60 893c00";
    g_autoptr(AssaySample) sample = from_events(events), other = from_events(events);
    const AssayArray *roll = apply(narrow, sample);

    g_assert_cmpuint(roll->shape[0], ==, 2); /* percussion does not lengthen it */
    g_assert_cmpint(count_of(sample, "dropped"), ==, 2);
    g_assert_cmpint(count_of(sample, "outside"), ==, 2);
    g_assert_cmpint(count_of(sample, "drum_notes"), ==, 1);
    roll = apply(drums, other);
    g_assert_cmpuint(roll->shape[0], ==, 6);
    g_assert_cmpint(count_of(other, "drum_notes"), ==, 0);
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
    g_autoptr(AssayStage) stage = new_stage("step", steps[s], NULL);
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
    roll = apply(stage, sample);
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
    g_autoptr(AssayStage) ten = new_stage("fps", "10", NULL), film = NULL;
    const AssayArray *roll = apply(ten, sample);

    g_assert_cmpuint(roll->shape[0], ==, 15); /* 0.5 s + 1 s */
    g_assert_true(assay_json_peek_real(
                      assay_json_get(assay_sample_field_meta(sample, "roll"), "rate_hz")) == 10);
    g_assert_null(assay_json_get(assay_sample_field_meta(sample, "roll"), "step_q"));
    film = new_stage("fps", "30000/1001", NULL);
    roll = apply(film, sample);
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
            new_stage("pitches", "60:60", "window", cases[i].window,
                      cases[i].hop == NULL ? NULL : "hop", cases[i].hop, NULL);
        const AssayArray *roll = apply(stage, sample);

        g_assert_cmpuint(roll->n_axes, ==, 3);
        g_assert_cmpstr(roll->axes[0], ==, "item");
        g_assert_cmpuint(roll->shape[0], ==, cases[i].items);
        g_assert_cmpuint(roll->shape[1], ==, window);
        g_assert_cmpint(count_of(sample, "cut"), ==, cases[i].cut);
        g_assert_cmpint(count_of(sample, "window"), ==, (gint64)window);
        g_assert_cmpint(count_of(sample, "hop"), ==, (gint64)hop);
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
    g_autoptr(AssayStage) windows = new_stage("window", "2", NULL), whole = new_stage(NULL);

    apply(windows, sample);
    assay_sample_remove_field(sample, "roll");
    assert_not_applied(whole, sample, ASSAY_ERROR_FIELD, "cut into windows already");
}

static AssaySample *
from_floats(const char *axis_names, size_t n_axes, const size_t *shape, const float *values)
{
    g_auto(GStrv) axes = g_strsplit(axis_names, ",", -1);
    g_autoptr(GError) error = NULL;
    AssayArray *array =
        assay_array_new(ASSAY_F32, n_axes, shape, (const char *const *)axes, G_MAXSIZE, &error);

    g_assert_no_error(error);
    memcpy(array->data, values, assay_array_bytes(array));
    return stream_file_sample("x", "array", array);
}

static void
test_arrays(void)
{
    /* Two items, three pitches, two steps: value 10 item + 3 pitch + step. */
    static const float values[] = { 0, 1, 3, 4, 6, 7, 10, 11, 13, 14, 16, 17 };
    const size_t shape[] = { 2, 3, 2 };
    g_autoptr(AssaySample) sample = from_floats("item,pitch,time", 3, shape, values);
    g_autoptr(AssaySample) outside = from_floats("item,pitch,time", 3, shape, values);
    g_autoptr(AssayStage) stage = new_stage("axes", "item,pitch,time", "pitch-low", "60", "pitches",
                                            "60:62", "threshold", "4", NULL);
    g_autoptr(AssayStage) narrow =
        new_stage("axes", "item,pitch,time", "pitch-low", "60", "pitches", "61:63", NULL);
    const AssayArray *roll = apply(stage, sample);
    g_autofree char *found = show(roll), *beyond = NULL;

    g_assert_cmpstr(found, ==, "000040 000040 404040 404040"); /* 4 is not above 4 */
    g_assert_cmpstr(roll->axes[1], ==, "time");
    g_assert_cmpuint(assay_sample_n_items(sample), ==, 2);
    g_assert_false(assay_sample_has(sample, "array"));
    roll = apply(narrow, outside);
    beyond = show(roll);
    g_assert_cmpstr(beyond, ==, "404000 404000 404000 404000");
    g_assert_cmpint(count_of(outside, "outside"), ==, 3);
}

/* Items may lie along any axis; in the roll they come first, and the sample knows of them. */
static void
test_array_orders(void)
{
    static const char *const orders[] = { "item,time,pitch", "item,pitch,time", "time,item,pitch",
                                          "time,pitch,item", "pitch,item,time", "pitch,time,item" };

    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_auto(GStrv) names = g_strsplit(orders[i], ",", -1);
        g_autoptr(AssayStage) stage = new_stage("axes", orders[i], "pitches", "0:2", NULL);
        size_t shape[3], stride[3] = { 0 };
        float values[24] = { 0 };
        g_autoptr(AssaySample) sample = NULL;
        const AssayArray *roll;
        g_autofree char *found = NULL;

        for (size_t k = 0; k < 3; k++)
            shape[k] = names[k][0] == 'i' ? 2 : names[k][0] == 't' ? 4 : 3;
        for (size_t k = 0; k < 3; k++)
            stride[names[k][0] == 'i'   ? 0
                   : names[k][0] == 't' ? 1
                                        : 2] = k == 2   ? 1
                                               : k == 1 ? shape[2]
                                                        : shape[1] * shape[2];
        values[1 * stride[0] + 3 * stride[1] + 2 * stride[2]] = 1;
        values[1 * stride[1]] = 1;
        sample = from_floats(orders[i], 3, shape, values);
        roll = apply(stage, sample);
        found = show(roll);
        g_assert_cmpstr(found, ==, "000000 400000 000000 000000 000000 000000 000000 000040");
        g_assert_true(assay_sample_has_items(sample));
        g_assert_cmpuint(assay_sample_n_items(sample), ==, 2);
    }
}

static void
test_array_windows(void)
{
    static const float values[] = { 1, 0, 1, 1, 0 };
    const size_t shape[] = { 5, 1 }, items[] = { 1, 5, 1 };
    g_autoptr(AssaySample) sample = from_floats("time,pitch", 2, shape, values);
    g_autoptr(AssaySample) cut = from_floats("item,time,pitch", 3, items, values);
    g_autoptr(AssayStage) stage =
        new_stage("axes", "time,pitch", "pitches", "0:0", "window", "2", NULL);
    const AssayArray *roll = apply(stage, sample);
    g_autofree char *found = show(roll);

    g_assert_cmpstr(found, ==, "40 00 40 40");
    g_assert_cmpuint(roll->shape[0], ==, 2);
    g_assert_cmpint(count_of(sample, "cut"), ==, 1);
    assert_not_applied(stage, cut, ASSAY_ERROR_FIELD, "items already");
}

static void
test_bad_arrays(void)
{
    static const float nan_values[] = { 0, NAN }, good[200] = { 0 };
    const size_t pair[] = { 1, 2 }, wide[] = { 1, 129 }, cube[] = { 1, 1, 2 };
    g_autoptr(AssaySample) nan_sample = from_floats("time,pitch", 2, pair, nan_values);
    g_autoptr(AssaySample) wide_sample = from_floats("time,pitch", 2, wide, good);
    g_autoptr(AssaySample) unnamed = from_floats("axis0,axis1", 2, pair, good);
    g_autoptr(AssaySample) more = from_floats("batch,time,pitch", 3, cube, good);
    g_autoptr(AssaySample) nothing = stream_file_sample("x", "mel", stream_file_count("time", 1));
    g_autoptr(AssayStage) stage = new_stage(NULL), high = new_stage("pitch-low", "127", NULL);

    assert_not_applied(stage, nan_sample, ASSAY_ERROR_RANGE, "step 0, row 1: the value is not");
    assert_not_applied(stage, wide_sample, ASSAY_ERROR_RANGE, "129 rows from MIDI pitch 0");
    assert_not_applied(high, unnamed, ASSAY_ERROR_FIELD, "--axes");
    assert_not_applied(stage, more, ASSAY_ERROR_FIELD, "--axes");
    assert_not_applied(stage, nothing, ASSAY_ERROR_FIELD, "notes");
    {
        g_autoptr(AssaySample) two = from_floats("time,pitch", 2, pair, good);

        assert_not_applied(high, two, ASSAY_ERROR_RANGE, "--pitch-low");
    }
}

static void
test_limit(void)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample = from_events("00 903c50 ffffff7f 803c00");
    g_autoptr(AssayStage) stage = NULL;

    config.max_bytes = 1 << 20;
    stage = assay_roll_stage(&config);
    assert_not_applied(stage, sample, ASSAY_ERROR_RANGE, "--max-sample");
}

static void
assert_bad_option(const char *key, const char *value)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;

    if (assay_roll_config_set(&config, key, value, &error))
        g_test_fail_printf("--%s=%s is taken", key, value);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
    assay_roll_config_clear(&config);
}

static void
test_options(void)
{
    static const char *const bad[][2] = {
        { "step", "" },          { "step", "0" },
        { "step", "1/0" },       { "step", "-1/16" },
        { "step", "1/16 " },     { "step", " 1/16" },
        { "step", "1/16/2" },    { "step", "0.25" },
        { "step", "1/65537" },   { "step", "99999999999999999999" },
        { "fps", "0" },          { "fps", "29.97" },
        { "pitches", "60" },     { "pitches", "62:60" },
        { "pitches", "0:128" },  { "pitches", "60:62:64" },
        { "pitches", "-1:5" },   { "axes", "time" },
        { "axes", "time,time" }, { "axes", "time,pitch,voice" },
        { "axes", "item,time" }, { "axes", "time, pitch" },
        { "threshold", "x" },    { "threshold", "nan" },
        { "threshold", "inf" },  { "threshold", "0.5x" },
        { "threshold", "" },     { "window", "0" },
        { "window", "1.5" },     { "window", "1073741825" },
        { "hop", "0" },          { "pitch-low", "128" },
        { "pitch-low", "x" },    { "drums", "maybe" },
        { "colour", "red" },
    };
    g_autoptr(AssayStage) plain = new_stage(NULL);
    g_autoptr(AssayStage) full =
        new_stage("step", "2/32", "pitches", "36:84", "drums", "yes", "window", "64", "axes",
                  "time,pitch", "threshold", "0.5", "pitch-low", "30", NULL);
    g_autoptr(AssayStage) film = new_stage("step", "1/8", "fps", "60000/2002", NULL);
    g_autoptr(AssayStage) back = new_stage("fps", "100", "step", "1/8", NULL);
    g_autoptr(AssayStage) stream = new_stage("threshold", "0.1", NULL);
    const AssayStage *stages[] = { plain, full, film, back, stream };
    static const char *const expected[] = {
        "{\"drums\":\"no\",\"pitches\":\"0:127\",\"step\":\"1/16\"}",
        "{\"axes\":\"time,pitch\",\"drums\":\"yes\",\"hop\":\"64\",\"pitch-low\":\"30\","
        "\"pitches\":\"36:84\",\"step\":\"1/16\",\"threshold\":\"0.5\",\"window\":\"64\"}",
        "{\"drums\":\"no\",\"fps\":\"30000/1001\",\"pitches\":\"0:127\"}",
        "{\"drums\":\"no\",\"pitches\":\"0:127\",\"step\":\"1/8\"}",
        "{\"drums\":\"no\",\"pitches\":\"0:127\",\"step\":\"1/16\",\"threshold\":\"0.1\"}",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_bad_option(bad[i][0], bad[i][1]);
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
        g_autoptr(GString) text = g_string_new(NULL), again = g_string_new(NULL);
        AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
        g_autofree const char **keys = assay_json_keys(stages[i]->options);
        g_autoptr(AssayStage) same = NULL;
        g_autoptr(GError) error = NULL;

        assay_json_print(text, stages[i]->options);
        g_assert_cmpstr(text->str, ==, expected[i]);
        /* What is written down makes the same stage. */
        for (size_t k = 0; keys[k] != NULL; k++) {
            const char *value = assay_json_peek_string(assay_json_get(stages[i]->options, keys[k]));

            if (!assay_roll_config_set(&config, keys[k], value, &error))
                g_assert_no_error(error);
        }
        same = assay_roll_stage(&config);
        assay_json_print(again, same->options);
        g_assert_cmpstr(again->str, ==, text->str);
        assay_roll_config_clear(&config);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/roll/cells", test_cells);
    g_test_add_func("/roll/counts", test_counts);
    g_test_add_func("/roll/definition", test_definition);
    g_test_add_func("/roll/seconds", test_seconds);
    g_test_add_func("/roll/windows", test_windows);
    g_test_add_func("/roll/no-second-cut", test_no_second_cut);
    g_test_add_func("/roll/arrays", test_arrays);
    g_test_add_func("/roll/array-orders", test_array_orders);
    g_test_add_func("/roll/array-windows", test_array_windows);
    g_test_add_func("/roll/bad-arrays", test_bad_arrays);
    g_test_add_func("/roll/limit", test_limit);
    g_test_add_func("/roll/options", test_options);
    return g_test_run();
}
