/* tests/unit/test-centroid.c - centroids of columns, and their slopes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/feature/centroid.h>
#include <assay/spec/recipe.h>
#include <math.h>
#include <string.h>

#include "any-field.h"

static const double hand_rows[3][8] = {
    { 1, 0, 0, 2, 0, 1, 3, 0 },
    { 0, 1, 0, 2, 0, 1, 0, 1 },
    { 0, 0, 1, 2, 0, 2, 0, 1 },
};

/* The picture of hand_rows. */
static AssaySample *
new_hand(AssayType type, const char *meta)
{
    AssaySample *sample = assay_sample_new("hand");
    AssayArray *array =
        any_field_add(sample, "pixels", type, "row,column", (const size_t[]){ 3, 8 }, meta);

    for (size_t i = 0; i < 24; i++)
        any_field_put(array, i, hand_rows[i / 8][i % 8]);
    return sample;
}

/* With options key, value, key, value ... NULL. */
static AssayStage *
new_stage(const char *key, ...)
{
    AssayCentroidConfig config = ASSAY_CENTROID_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssayStage *stage;
    va_list args;

    va_start(args, key);
    for (; key != NULL; key = va_arg(args, const char *)) {
        if (!assay_centroid_config_set(&config, key, va_arg(args, const char *), &error))
            g_assert_no_error(error);
    }
    va_end(args);
    stage = assay_centroid_stage(&config);
    assay_centroid_config_clear(&config);
    return stage;
}

static const double *
apply(AssayStage *stage, AssaySample *sample)
{
    g_autoptr(AssayStage) own = stage;
    g_autoptr(GError) error = NULL;

    if (!own->apply(own, NULL, sample, &error))
        g_assert_no_error(error);
    return assay_sample_field(sample, "centroid", NULL)->data;
}

static void
assert_refused(AssayStage *stage, AssaySample *sample, int code, const char *says)
{
    g_autoptr(AssayStage) own = stage;
    g_autoptr(GError) error = NULL;

    g_assert_false(own->apply(own, NULL, sample, &error));
    g_assert_error(error, ASSAY_ERROR, code);
    if (error != NULL && strstr(error->message, says) == NULL)
        g_test_fail_printf("\"%s\" does not say \"%s\"", error->message, says);
    g_assert_false(assay_sample_has(sample, "centroid"));
}

static gint64
count(AssaySample *sample, const char *key)
{
    return assay_json_peek_integer(
        assay_json_get(assay_sample_field_meta(sample, "centroid"), key));
}

/* By hand, in every type; an empty column has none, and so have the slopes over it. */
static void
test_hand(void)
{
    const AssayType types[] = { ASSAY_U8, ASSAY_U16, ASSAY_I16, ASSAY_F32, ASSAY_F64 };
    const double expected[8] = { 0, 1, 2, 1, (double)NAN, 1.25, 0, 1.5 };

    for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
        g_autoptr(AssaySample) sample = new_hand(types[t], NULL);
        const double *value = apply(new_stage(NULL), sample);
        const AssayArray *slopes = assay_sample_field(sample, "slope", NULL);

        for (size_t c = 0; c < 8; c++)
            g_assert_true(value[c] == expected[c] || (isnan(value[c]) && isnan(expected[c])));
        g_assert_cmpuint(slopes->shape[0], ==, 2);
        g_assert_true(isnan(((const double *)slopes->data)[0]));
        g_assert_true(isnan(((const double *)slopes->data)[1]));
        g_assert_cmpint(count(sample, "empty_columns"), ==, 1);
        g_assert_cmpint(count(sample, "empty_items"), ==, 0);
    }
}

/* As published: the epsilon shows, and an empty column is 0. */
static void
test_tequilagan(void)
{
    g_autoptr(AssaySample) sample = new_hand(ASSAY_U8, "{\"full_scale\": 1}");
    const double *value = apply(new_stage("compat", "tequilagan", NULL), sample);
    const double *slope = assay_sample_field(sample, "slope", NULL)->data;
    const double expected[8] = { 0, 0.9999999999999998, 1.9999999999999996, 1, 0, 1.25, 0, 1.5 };

    for (size_t c = 0; c < 8; c++)
        g_assert_cmpfloat(value[c], ==, expected[c]);
    g_assert_cmpfloat_with_epsilon(slope[0], -0.05357142857142854, 1e-16);
    g_assert_cmpfloat_with_epsilon(slope[1], -0.0803571428571428, 1e-16);
}

/* Columns that hold too little are empty; too little is a share of full scale. */
static void
test_ink(void)
{
    g_autoptr(AssaySample) one = new_hand(ASSAY_U8, "{\"full_scale\": 1}");
    g_autoptr(AssaySample) two = new_hand(ASSAY_F32, "{\"full_scale\": 2}");
    g_autoptr(AssaySample) all = new_hand(ASSAY_U8, NULL);
    const double *value = apply(new_stage("ink", "1", NULL), one);

    g_assert_true(isnan(value[0]) && isnan(value[1]) && isnan(value[2]) && isnan(value[4]));
    g_assert_cmpfloat(value[7], ==, 1.5); /* its sum is 2 */
    value = apply(new_stage("ink", "1", NULL), two);
    g_assert_true(isnan(value[7]));
    g_assert_cmpfloat(value[3], ==, 1);
    apply(new_stage("ink", "1", NULL), all); /* the full scale of pixels of 8 bits is 255 */
    g_assert_cmpint(count(all, "empty_columns"), ==, 8);
    g_assert_cmpint(count(all, "empty_items"), ==, 1);
}

/* Many rows and columns, so that narrow sums are carried over; against plain sums. */
static void
test_large(void)
{
    const AssayType types[] = { ASSAY_U8, ASSAY_U16, ASSAY_F64 };
    enum { ROWS = 4200, COLUMNS = 259 };

    for (size_t t = 0; t < G_N_ELEMENTS(types) * 2; t++) {
        AssayType type = types[t / 2];
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        gboolean is_mel = t % 2 == 1;
        AssayArray *array = is_mel ? any_field_add(sample, "mel", type, "time,mel",
                                                   (const size_t[]){ COLUMNS, ROWS }, NULL)
                                   : any_field_add(sample, "pixels", type, "row,column",
                                                   (const size_t[]){ ROWS, COLUMNS }, NULL);
        double top = type == ASSAY_U16 ? 65535 : 255;
        const double *value;

        for (size_t r = 0; r < ROWS; r++) {
            for (size_t c = 0; c < COLUMNS; c++)
                any_field_put(array, is_mel ? c * ROWS + r : r * COLUMNS + c,
                              c == 0 ? top : (double)((r * 31 + c * 17 + r * c) % 200));
        }
        value = apply(new_stage(NULL), sample);
        g_assert_cmpfloat(value[0], ==, (ROWS - 1) / 2.0);
        for (size_t c = 1; c < COLUMNS; c++) {
            guint64 sum = 0, weighted = 0;

            for (size_t r = 0; r < ROWS; r++) {
                sum += (r * 31 + c * 17 + r * c) % 200;
                weighted += r * ((r * 31 + c * 17 + r * c) % 200);
            }
            g_assert_cmpfloat(value[c], ==, (double)weighted / (double)sum);
        }
    }
}

/* What is moved by k rows has its centroid k rows further; a straight line has its slope. */
static void
test_invariants(void)
{
    g_autoptr(AssaySample) line = assay_sample_new("line");
    AssayArray *array = any_field_add(line, "pixels", ASSAY_U8, "item,row,column",
                                      (const size_t[]){ 2, 40, 12 }, NULL);
    const AssayArray *slopes;
    const double *value;

    for (size_t c = 0; c < 12; c++) {
        for (size_t k = 0; k < 3; k++) {
            any_field_put(array, (2 * c + k) * 12 + c, 50);
            any_field_put(array, 40 * 12 + (2 * c + k + 9) * 12 + c, 200);
        }
    }
    value = apply(new_stage("window", "5", NULL), line);
    slopes = assay_sample_field(line, "slope", NULL);
    g_assert_cmpstr(slopes->axes[0], ==, "item");
    g_assert_cmpuint(slopes->shape[1], ==, 8);
    for (size_t c = 0; c < 12; c++) {
        g_assert_cmpfloat(value[c], ==, 2.0 * (double)c + 1);
        g_assert_cmpfloat(value[12 + c], ==, value[c] + 9);
    }
    for (size_t i = 0; i < 16; i++)
        g_assert_cmpfloat_with_epsilon(((const double *)slopes->data)[i], 2, 1e-14);
}

/* Colour is grey first, by integers where it is integers. */
static void
test_colour(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    g_autoptr(AssaySample) real = assay_sample_new("x");
    g_autoptr(AssaySample) four = assay_sample_new("x");
    g_autoptr(AssaySample) one = assay_sample_new("x");
    const size_t shape[] = { 2, 1, 3 };
    const double rgb[] = { 10, 200, 30, 255, 0, 77 };
    /* grey of 10 200 30 is 123.81 -> 124, of 255 0 77 is 85.02 -> 85 */
    const double upper = (4899 * 10 + 9617 * 200 + 1868 * 30) / 16384.0;
    const double lower = (4899 * 255 + 1868 * 77) / 16384.0;
    AssayArray *array =
        any_field_add(sample, "pixels", ASSAY_U8, "row,column,channel", shape, NULL);
    AssayArray *floats =
        any_field_add(real, "pixels", ASSAY_F32, "row,column,channel", shape, NULL);

    for (size_t i = 0; i < 6; i++) {
        any_field_put(array, i, rgb[i]);
        any_field_put(floats, i, rgb[i]);
    }
    g_assert_cmpfloat(apply(new_stage(NULL), sample)[0], ==, 85.0 / (85 + 124));
    g_assert_cmpfloat_with_epsilon(apply(new_stage(NULL), real)[0], lower / (lower + upper), 1e-15);
    g_assert_cmpuint(assay_sample_field(sample, "slope", NULL)->shape[0], ==, 0); /* too narrow */
    any_field_add(four, "pixels", ASSAY_U8, "row,column,channel", (const size_t[]){ 2, 2, 4 },
                  NULL);
    assert_refused(new_stage(NULL), four, ASSAY_ERROR_FIELD, "has 4 channels");
    any_field_put(any_field_add(one, "pixels", ASSAY_U16, "row,column,channel",
                                (const size_t[]){ 2, 1, 1 }, NULL),
                  1, 7);
    g_assert_cmpfloat(apply(new_stage(NULL), one)[0], ==, 1);
}

/* Values below 0 are refused, or count as 0; those that are not finite leave a column without. */
static void
test_odd_values(void)
{
    g_autoptr(AssaySample) negative = new_hand(ASSAY_F32, NULL);
    g_autoptr(AssaySample) infinite = new_hand(ASSAY_F64, NULL);
    g_autoptr(AssaySample) mel = assay_sample_new("m");
    AssayArray *array = (AssayArray *)assay_sample_field(negative, "pixels", NULL);
    const double *value;

    any_field_put(array, 8 + 2, -0.5);
    assert_refused(new_stage(NULL), negative, ASSAY_ERROR_RANGE,
                   "hand: field \"pixels\", row 1, column 2: the value is -0.5");
    value = apply(new_stage("clip", "yes", NULL), negative);
    g_assert_cmpfloat(value[2], ==, 2);
    g_assert_cmpint(count(negative, "negative"), ==, 1);
    array = (AssayArray *)assay_sample_field(infinite, "pixels", NULL);
    any_field_put(array, 0, (double)INFINITY);
    any_field_put(array, 1, (double)NAN);
    value = apply(new_stage("compat", "tequilagan", NULL), infinite);
    g_assert_true(isnan(value[0]) && isnan(value[1]));
    g_assert_cmpfloat_with_epsilon(value[2], 2, 1e-15);
    g_assert_cmpint(count(infinite, "non_finite_columns"), ==, 2);
    any_field_put(
        any_field_add(mel, "mel", ASSAY_F32, "item,time,mel", (const size_t[]){ 2, 3, 2 }, NULL),
        11, -1);
    assay_sample_set_items(mel, 40, 2);
    assert_refused(new_stage(NULL), mel, ASSAY_ERROR_RANGE,
                   "m[41]: field \"mel\", time 2, mel 1: the value is -1");
}

static void
test_fields(void)
{
    g_autoptr(AssaySample) both = new_hand(ASSAY_U8, NULL);
    g_autoptr(AssaySample) none = assay_sample_new("n");
    g_autoptr(AssaySample) other = new_hand(ASSAY_U8, "{\"full_scale\": 0}");
    g_autoptr(AssaySample) empty = assay_sample_new("e");
    g_autoptr(AssaySample) no_items = assay_sample_new("e");
    const double *value;

    any_field_put(any_field_add(both, "roll", ASSAY_U8, "time,pitch", (const size_t[]){ 2, 3 },
                                "{\"step_q\": 0.25}"),
                  5, 9);
    assert_refused(new_stage(NULL), both, ASSAY_ERROR_FIELD, "--field: pixels, roll");
    value = apply(new_stage("field", "roll", NULL), both);
    g_assert_true(isnan(value[0]));
    g_assert_cmpfloat(value[1], ==, 2);
    g_assert_cmpfloat(
        assay_json_peek_real(assay_json_get(assay_sample_field_meta(both, "centroid"), "step_q")),
        ==, 0.25);
    assert_refused(new_stage(NULL), none, ASSAY_ERROR_FIELD, "it has no field");
    any_field_add(none, "chroma", ASSAY_U8, "time,class", (const size_t[]){ 1, 12 }, NULL);
    assert_refused(new_stage(NULL), none, ASSAY_ERROR_FIELD, "it has chroma");
    assert_refused(new_stage("field", "chroma", NULL), none, ASSAY_ERROR_FIELD, "[time, class]");
    assert_refused(new_stage("field", "mel", NULL), none, ASSAY_ERROR_FIELD, "mel");
    assert_refused(new_stage(NULL), other, ASSAY_ERROR_META, "full_scale");
    any_field_add(empty, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 0, 1000000 }, NULL);
    assert_refused(new_stage(NULL), empty, ASSAY_ERROR_FIELD, "its row is 0, its column 1000000");
    any_field_add(no_items, "pixels", ASSAY_U8, "item,row,column,channel",
                  (const size_t[]){ 0, 28, 28, 3 }, NULL);
    apply(new_stage(NULL), no_items);
    g_assert_cmpuint(assay_sample_field(no_items, "centroid", NULL)->shape[0], ==, 0);
}

static void
test_options(void)
{
    static const char *const bad[][2] = { { "ink", "-1" },      { "ink", "x" },  { "ink", "inf" },
                                          { "ink", "nan" },     { "ink", "" },   { "window", "1" },
                                          { "window", "4097" }, { "clip", "1" }, { "compat", "x" },
                                          { "field", "" },      { "other", "1" } };
    g_autoptr(AssayStage) stage = new_stage("ink", "0.05", "window", "3", "clip", "yes", "field",
                                            "mel", "compat", "tequilagan", NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(AssayJson) stages = assay_json_array();
    g_autoptr(AssayJson) recipe = NULL;
    g_autoptr(AssayRecipe) built = NULL;
    g_autoptr(GError) error = NULL;

    assay_json_print(text, stage->options);
    g_assert_cmpstr(text->str, ==,
                    "{\"clip\":\"yes\",\"compat\":\"tequilagan\",\"field\":\"mel\",\"ink\":"
                    "\"0.05\",\"window\":\"3\"}");
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        AssayCentroidConfig config = ASSAY_CENTROID_CONFIG_DEFAULT;
        g_autoptr(GError) refusal = NULL;

        g_assert_false(assay_centroid_config_set(&config, bad[i][0], bad[i][1], &refusal));
        g_assert_error(refusal, ASSAY_ERROR, ASSAY_ERROR_USAGE);
        if (i + 1 == G_N_ELEMENTS(bad))
            g_assert_cmpstr(refusal->message, ==, "a centroid has no option \"other\"");
        assay_centroid_config_clear(&config);
    }
    /* A recipe makes the same stage again. */
    assay_json_append_take(stages, assay_stage_record(stage));
    recipe = assay_recipe_from_stages(stages);
    built = assay_recipe_build(recipe, "x", &error);
    g_assert_no_error(error);
    g_assert_true(assay_json_equal(built->stages[0]->options, stage->options));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/centroid/hand", test_hand);
    g_test_add_func("/centroid/tequilagan", test_tequilagan);
    g_test_add_func("/centroid/ink", test_ink);
    g_test_add_func("/centroid/large", test_large);
    g_test_add_func("/centroid/invariants", test_invariants);
    g_test_add_func("/centroid/colour", test_colour);
    g_test_add_func("/centroid/odd-values", test_odd_values);
    g_test_add_func("/centroid/fields", test_fields);
    g_test_add_func("/centroid/options", test_options);
    return g_test_run();
}
