/* tests/unit/test-chroma.c - pitch classes of steps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/feature/chroma.h>
#include <string.h>

#include "stream-file.h"

/* A sample whose roll has @rows pitches from @low on; @on are the flat indices that sound. */
static AssaySample *
new_roll(int items, int steps, int rows, int low, const size_t *on, size_t n)
{
    AssayArray *roll = items < 0 ? stream_file_count("time,pitch", steps, rows)
                                 : stream_file_count("item,time,pitch", items, steps, rows);
    AssaySample *sample = assay_sample_new("x");
    AssayJson *meta = assay_json_object();

    memset(roll->data, 0, assay_array_bytes(roll));
    for (size_t i = 0; i < n; i++)
        ((guint8 *)roll->data)[on[i]] = (guint8)(i + 1);
    assay_json_set_integer(meta, "pitch_low", low);
    assay_json_set_integer(meta, "window", 5);
    assay_json_set_real(meta, "step_q", 0.25);
    assay_json_set_string(meta, "unit", "velocity");
    assay_json_set_integer(meta, "dropped", 3);
    assay_sample_take_field(sample, "roll", roll, meta);
    return sample;
}

static const AssayArray *
apply(AssaySample *sample)
{
    g_autoptr(AssayStage) stage = assay_chroma_stage();
    g_autoptr(GError) error = NULL;

    if (!stage->apply(stage, NULL, sample, &error))
        g_assert_no_error(error);
    return assay_sample_field(sample, "chroma", NULL);
}

static void
assert_not_applied(AssaySample *sample, int code, const char *says)
{
    g_autoptr(AssayStage) stage = assay_chroma_stage();
    g_autoptr(GError) error = NULL;

    g_assert_false(stage->apply(stage, NULL, sample, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    g_assert_true(error == NULL || strstr(error->message, says) != NULL);
}

static void
test_classes(void)
{
    /* Step 0: C4, E4, G5; step 1: nothing; step 2: C-1 and B. */
    const size_t on[] = { 60, 64, 79, 256, 256 + 11 };
    g_autoptr(AssaySample) sample = new_roll(-1, 3, 128, 0, on, G_N_ELEMENTS(on));
    const AssayArray *chroma = apply(sample);
    const guint8 *row = chroma->data;

    g_assert_cmpuint(chroma->n_axes, ==, 2);
    g_assert_cmpuint(chroma->shape[0], ==, 3);
    g_assert_cmpuint(chroma->shape[1], ==, 12);
    g_assert_cmpstr(chroma->axes[1], ==, "class");
    g_assert_cmpuint(assay_chroma_state(row), ==, 1 | 1 << 4 | 1 << 7);
    g_assert_cmpuint(assay_chroma_state(row + 12), ==, 0);
    g_assert_cmpuint(assay_chroma_state(row + 24), ==, 1 | 1 << 11);
    for (size_t i = 0; i < 36; i++)
        g_assert_cmpuint(row[i], <=, 1);
}

static void
test_low(void)
{
    for (int low = 0; low < 128; low++) {
        const size_t on[] = { 0 };
        g_autoptr(AssaySample) sample = new_roll(-1, 1, 1, low, on, 1);

        g_assert_cmpuint(assay_chroma_state(apply(sample)->data), ==, 1u << (low % 12));
    }
}

static void
test_items(void)
{
    const size_t on[] = { 0, 2 * 3 * 4 - 1 };
    g_autoptr(AssaySample) sample = new_roll(2, 3, 4, 59, on, 2);
    g_autoptr(AssaySample) none = new_roll(0, 3, 4, 59, NULL, 0);
    g_autoptr(AssaySample) silent = new_roll(-1, 0, 128, 0, NULL, 0);
    const AssayArray *chroma = apply(sample);
    const guint8 *row = chroma->data;

    g_assert_cmpuint(chroma->n_axes, ==, 3);
    g_assert_cmpstr(chroma->axes[0], ==, "item");
    g_assert_cmpuint(assay_chroma_state(row), ==, 1 << 11);
    g_assert_cmpuint(assay_chroma_state(row + 12), ==, 0);
    g_assert_cmpuint(assay_chroma_state(row + 5 * 12), ==, 1 << 2);
    g_assert_cmpuint(apply(none)->shape[0], ==, 0);
    g_assert_cmpuint(apply(silent)->shape[0], ==, 0);
}

/* What places a step in the world goes along; what tells of notes does not. */
static void
test_meta(void)
{
    g_autoptr(AssaySample) sample = new_roll(-1, 1, 1, 36, NULL, 0);
    g_autoptr(GString) text = g_string_new(NULL);

    apply(sample);
    assay_json_print(text, assay_sample_field_meta(sample, "chroma"));
    g_assert_cmpstr(text->str, ==,
                    "{\"axes\":[\"time\",\"class\"],\"pitch_low\":36,\"step_q\":0.25,"
                    "\"unit\":\"1 = sounding; class 0 = C\",\"window\":5}");
    g_assert_true(assay_sample_has(sample, "roll"));
}

static void
test_refused(void)
{
    g_autoptr(AssaySample) none = stream_file_sample("x", "mel", stream_file_count("time", 1));
    g_autoptr(AssaySample) bare =
        stream_file_sample("x", "roll", stream_file_count("time,pitch", 1, 2));
    g_autoptr(AssaySample) axes =
        stream_file_sample("x", "roll", stream_file_count("pitch,time", 1, 2));
    g_autoptr(AssaySample) low = new_roll(-1, 1, 1, 128, NULL, 0);

    assert_not_applied(none, ASSAY_ERROR_FIELD, "no field \"roll\"");
    assert_not_applied(bare, ASSAY_ERROR_META, "pitch_low");
    assert_not_applied(axes, ASSAY_ERROR_FIELD, "[pitch, time]");
    assert_not_applied(low, ASSAY_ERROR_META, "pitch_low");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/chroma/classes", test_classes);
    g_test_add_func("/chroma/low", test_low);
    g_test_add_func("/chroma/items", test_items);
    g_test_add_func("/chroma/meta", test_meta);
    g_test_add_func("/chroma/refused", test_refused);
    return g_test_run();
}
