/* tests/unit/test-roll-array.c - arrays as rolls, and how options are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <math.h>
#include <string.h>

#include "roll-stage.h"
#include "stream-file.h"

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
    g_autoptr(AssayStage) stage = roll_stage_new("axes", "item,pitch,time", "pitch-low", "60",
                                                 "pitches", "60:62", "threshold", "4", NULL);
    g_autoptr(AssayStage) narrow =
        roll_stage_new("axes", "item,pitch,time", "pitch-low", "60", "pitches", "61:63", NULL);
    const AssayArray *roll = roll_stage_apply(stage, sample);
    g_autofree char *found = roll_stage_show(roll), *beyond = NULL;

    g_assert_cmpstr(found, ==, "000040 000040 404040 404040"); /* 4 is not above 4 */
    g_assert_cmpstr(roll->axes[1], ==, "time");
    g_assert_cmpuint(assay_sample_n_items(sample), ==, 2);
    g_assert_false(assay_sample_has(sample, "array"));
    roll = roll_stage_apply(narrow, outside);
    beyond = roll_stage_show(roll);
    g_assert_cmpstr(beyond, ==, "404000 404000 404000 404000");
    g_assert_cmpint(roll_stage_count(outside, "outside"), ==, 3);
}

/* Items may lie along any axis; in the roll they come first, and the sample knows of them. */
static void
test_array_orders(void)
{
    static const char *const orders[] = { "item,time,pitch", "item,pitch,time", "time,item,pitch",
                                          "time,pitch,item", "pitch,item,time", "pitch,time,item" };

    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_auto(GStrv) names = g_strsplit(orders[i], ",", -1);
        g_autoptr(AssayStage) stage = roll_stage_new("axes", orders[i], "pitches", "0:2", NULL);
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
        roll = roll_stage_apply(stage, sample);
        found = roll_stage_show(roll);
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
        roll_stage_new("axes", "time,pitch", "pitches", "0:0", "window", "2", NULL);
    const AssayArray *roll = roll_stage_apply(stage, sample);
    g_autofree char *found = roll_stage_show(roll);

    g_assert_cmpstr(found, ==, "40 00 40 40");
    g_assert_cmpuint(roll->shape[0], ==, 2);
    g_assert_cmpint(roll_stage_count(sample, "cut"), ==, 1);
    roll_stage_refuses(stage, cut, ASSAY_ERROR_FIELD, "items already");
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
    g_autoptr(AssayStage) stage = roll_stage_new(NULL),
                          high = roll_stage_new("pitch-low", "127", NULL);

    roll_stage_refuses(stage, nan_sample, ASSAY_ERROR_RANGE,
                       "step 0, row 1: the value is nan; only");
    roll_stage_refuses(stage, wide_sample, ASSAY_ERROR_RANGE, "129 rows from MIDI pitch 0");
    roll_stage_refuses(high, unnamed, ASSAY_ERROR_FIELD, "--axes");
    roll_stage_refuses(stage, more, ASSAY_ERROR_FIELD,
                       "the axes of its array are not time, pitch and perhaps item; name them");
    roll_stage_refuses(stage, nothing, ASSAY_ERROR_FIELD, "notes");
    {
        g_autoptr(AssaySample) two = from_floats("time,pitch", 2, pair, good);

        roll_stage_refuses(high, two, ASSAY_ERROR_RANGE, "--pitch-low");
    }
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
    g_autoptr(AssayStage) plain = roll_stage_new(NULL);
    g_autoptr(AssayStage) full =
        roll_stage_new("step", "2/32", "pitches", "36:84", "drums", "yes", "window", "64", "axes",
                       "time,pitch", "threshold", "0.5", "pitch-low", "30", NULL);
    g_autoptr(AssayStage) film = roll_stage_new("step", "1/8", "fps", "60000/2002", NULL);
    g_autoptr(AssayStage) back = roll_stage_new("fps", "100", "step", "1/8", NULL);
    g_autoptr(AssayStage) stream = roll_stage_new("threshold", "0.1", NULL);
    const AssayStage *stages[] = { plain, full, film, back, stream };
    static const char *const expected[] = {
        "{\"drums\":\"no\",\"pitches\":\"0:127\",\"step\":\"1/16\"}",
        ("{\"axes\":\"time,pitch\",\"drums\":\"yes\",\"hop\":\"64\",\"pitch-low\":\"30\","
         "\"pitches\":\"36:84\",\"step\":\"1/16\",\"threshold\":\"0.5\",\"window\":\"64\"}"),
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
    g_test_add_func("/roll-array/arrays", test_arrays);
    g_test_add_func("/roll-array/array-orders", test_array_orders);
    g_test_add_func("/roll-array/array-windows", test_array_windows);
    g_test_add_func("/roll-array/bad-arrays", test_bad_arrays);
    g_test_add_func("/roll-array/options", test_options);
    return g_test_run();
}
