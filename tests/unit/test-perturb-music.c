/* tests/unit/test-perturb-music.c - music transposed, each item by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/transform/perturb.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"

enum { ITEMS = 60, PITCHES = 8, CLASSES = 12 };

static const char range[] = "{\"pitch_low\": 60, \"pitch_high\": 67}";

static gboolean
apply(AssaySample *sample, const char *operations, GError **error)
{
    AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = NULL;

    g_assert_true(assay_perturb_config_parse(&config, operations, error));
    stage = assay_perturb_stage(&config, error);
    g_assert_nonnull(stage);
    return stage->apply(stage, NULL, sample, error);
}

/* Windows of two steps: the first sounds pitch 63 and class 3, the second is silent. */
static AssaySample *
new_windows(void)
{
    AssaySample *sample = assay_sample_new("w");
    AssayArray *roll = any_field_add(sample, "roll", ASSAY_U8, "item,time,pitch",
                                     (const size_t[]){ ITEMS, 2, PITCHES }, range);
    AssayArray *chroma = any_field_add(sample, "chroma", ASSAY_U8, "item,time,class",
                                       (const size_t[]){ ITEMS, 2, CLASSES }, NULL);

    for (size_t i = 0; i < ITEMS; i++) {
        any_field_put(roll, i * 2 * PITCHES + 3, 64);
        any_field_put(chroma, i * 2 * CLASSES + 3, 1);
    }
    assay_sample_set_items(sample, 0, ITEMS);
    return sample;
}

/* Where the one value of step @step lies that is not 0; -1 where there is none, or another. */
static int
find(const AssayArray *array, size_t step)
{
    const size_t n = array->shape[array->n_axes - 1];
    int found = -1;

    for (size_t i = 0; i < n; i++) {
        if (assay_array_value(array, step * n + i) == 0)
            continue;
        g_assert_cmpint(found, ==, -1);
        found = (int)i;
    }
    return found;
}

/* Roll and chroma of an item go together, others go elsewhere. */
static void
test_items(void)
{
    g_autoptr(AssaySample) sample = new_windows();
    g_autoptr(GError) error = NULL;
    const AssayArray *roll, *chroma;
    guint seen[PITCHES] = { 0 };

    g_assert_true(apply(sample, "transpose=-3:4", &error));
    g_assert_no_error(error);
    roll = assay_sample_field(sample, "roll", NULL);
    chroma = assay_sample_field(sample, "chroma", NULL);
    for (size_t i = 0; i < ITEMS; i++) {
        int pitch = find(roll, 2 * i);

        g_assert_cmpint(pitch, >=, 0);
        g_assert_cmpint(find(chroma, 2 * i), ==, pitch);
        g_assert_cmpint(find(roll, 2 * i + 1), ==, -1);
        seen[pitch]++;
    }
    for (size_t i = 0; i < PITCHES; i++)
        g_assert_cmpuint(seen[i], >, 0);
}

/* Classes go round, pitches do not. */
static void
test_ends(void)
{
    g_autoptr(AssaySample) up = new_windows(), down = new_windows(), off = new_windows();
    g_autoptr(GError) error = NULL;

    assay_sample_remove_field(up, "roll");
    g_assert_true(apply(up, "transpose=10", &error));
    g_assert_cmpint(find(assay_sample_field(up, "chroma", NULL), 0), ==, 1);
    assay_sample_remove_field(down, "roll");
    g_assert_true(apply(down, "transpose=-127", &error));
    g_assert_cmpint(find(assay_sample_field(down, "chroma", NULL), 0), ==, 8);
    g_assert_false(apply(off, "transpose=5", &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE,
                   "w[0]: step 0: pitch 63, transposed by 5, is outside the roll's 60 to 67");
    g_assert_false(apply(off, "transpose=-100", &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "transposed by -100, is outside");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/perturb-music/items", test_items);
    g_test_add_func("/perturb-music/ends", test_ends);
    return g_test_run();
}
