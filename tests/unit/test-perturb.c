/* tests/unit/test-perturb.c - operations as they are typed, drawn for each item, and recorded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <math.h>

#include "any-field.h"
#include "corpus.h"
#include "perturbed.h"
#include "picture.h"

static const size_t square[] = { 16, 16 };

static void
refused(AssaySample *sample, const char *operations, int code, const char *says)
{
    g_autoptr(AssayStage) stage = perturbed_stage(operations);
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;

    g_assert_false(stage->apply(stage, NULL, own, &error));
    corpus_refused(&error, code, says);
}

static AssayJson *
stages_of(const char *tool)
{
    AssayJson *stages = assay_json_array(), *stage = assay_json_object();

    assay_json_set_string(stage, "tool", tool);
    assay_json_append_take(stages, stage);
    return stages;
}

/* A second stage of the same seed adds other noise, and is told beside the first. */
static void
test_stages(void)
{
    AssaySample *sample = perturbed(picture_grey(20, 20, 128), "noise=.05");
    AssaySample *other = picture_grey(20, 20, 128);
    g_autoptr(AssayJson) once = stages_of("assay-perturb"), image = stages_of("assay-image");
    const AssayJson *drawn;

    assay_sample_set_stages(other, image);
    picture_assert_equal(perturbed(other, "noise=.05"),
                         perturbed(picture_grey(20, 20, 128), "noise=.05"), TRUE);
    other = picture_grey(20, 20, 128);
    assay_sample_set_stages(other, once);
    picture_assert_equal(perturbed(other, "noise=.05"),
                         perturbed(picture_grey(20, 20, 128), "noise=.05"), FALSE);
    sample = perturbed(perturbed(sample, "noise=.25"), "noise=.5");
    drawn = assay_json_get(assay_sample_meta(sample), "perturbed");
    g_assert_cmpfloat(assay_json_peek_real(assay_json_get(drawn, "noise")), ==, .05);
    g_assert_cmpfloat(assay_json_peek_real(assay_json_get(drawn, "noise-2")), ==, .25);
    g_assert_cmpfloat(assay_json_peek_real(assay_json_get(drawn, "noise-3")), ==, .5);
    assay_sample_free(sample);
}

/* An item is changed alike alone and in a piece of many; others are changed otherwise. */
static void
test_items(void)
{
    static const char operations[] = "blur=0:3@.5 noise=0:.1@.5 jpeg=30:100@.5 flip=horizontal@.5";
    const size_t shape[] = { 40, 8, 8 }, part[] = { 7, 8, 8 };
    AssaySample *all = picture_new(ASSAY_U8, "item,row,column", shape, NULL, NULL), *piece;
    double cells[7 * 64];

    assay_sample_set_items(all, 0, 40);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        cells[i] = picture_value(all, (size_t)20 * 64 + i);
    piece = picture_new(ASSAY_U8, "item,row,column", part, cells, NULL);
    assay_sample_set_items(piece, 20, 7);
    all = perturbed(all, operations);
    piece = perturbed(piece, operations);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        g_assert_cmpfloat(picture_value(piece, i), ==, picture_value(all, (size_t)20 * 64 + i));
    g_assert_null(assay_json_get(assay_sample_meta(all), "perturbed"));
    assay_sample_free(all);
    assay_sample_free(piece);
}

/* How often an operation is done, and from where to where its values are drawn; another operation
 * beside it changes none. */
static void
test_draws(void)
{
    guint n_jpeg = 0, n_blur = 0, lowest = 100, highest = 0;

    for (guint i = 0; i < 400; i++) {
        g_autofree char *both = g_strdup_printf("augment=cnn-detection seed=%u", i);
        g_autofree char *one = g_strdup_printf("jpeg=30:100@.5 seed=%u", i);
        g_autoptr(AssaySample) sample = perturbed(picture_grey(1, 1, 0), both);
        g_autoptr(AssaySample) other = perturbed(picture_grey(1, 1, 0), one);
        const AssayJson *drawn = assay_json_get(assay_sample_meta(sample), "perturbed");
        const AssayJson *jpeg = assay_json_get(drawn, "jpeg");
        const AssayJson *alone =
            assay_json_get(assay_json_get(assay_sample_meta(other), "perturbed"), "jpeg");

        n_blur += assay_json_get(drawn, "blur") != NULL;
        g_assert_true((jpeg == NULL) == (alone == NULL));
        if (jpeg == NULL)
            continue;
        g_assert_true(assay_json_equal(jpeg, alone));
        n_jpeg++;
        lowest = MIN(lowest, (guint)assay_json_peek_integer(jpeg));
        highest = MAX(highest, (guint)assay_json_peek_integer(jpeg));
    }
    /* 200 expected, standard deviation 10. */
    g_assert_cmpuint(n_jpeg, >, 150);
    g_assert_cmpuint(n_jpeg, <, 250);
    g_assert_cmpuint(n_blur, >, 150);
    g_assert_cmpuint(n_blur, <, 250);
    g_assert_cmpuint(lowest, >=, 30);
    g_assert_cmpuint(lowest, <=, 33);
    g_assert_cmpuint(highest, >=, 97);
    g_assert_cmpuint(highest, <=, 100);
}

/* Probability 0 leaves everything as it is. */
static void
test_never(void)
{
    g_autoptr(AssaySample) sample =
        perturbed(picture_new(ASSAY_F32, "row,column", square, NULL, "{\"quantised\": true}"),
                  "blur=3@0 jpeg=5@0 noise=1@0 resize=.1@0 quantise=2@0 gamma=9@0 flip=vertical@0");
    AssaySample *same = picture_new(ASSAY_F32, "row,column", square, NULL, NULL);

    g_assert_nonnull(assay_json_get(assay_sample_field_meta(sample, "pixels"), "quantised"));
    g_assert_null(assay_json_get(assay_sample_meta(sample), "perturbed"));
    picture_assert_equal(g_steal_pointer(&sample), same, TRUE);
}

/* What was made of the pixels goes; what is one value an item stays. */
static void
test_fields(void)
{
    AssaySample *sample =
        picture_new(ASSAY_U8, "item,row,column", (const size_t[]){ 2, 4, 4 }, NULL, NULL);
    g_autofree const char **fields = NULL;

    any_field_add(sample, "centroid", ASSAY_F64, "item,column", (const size_t[]){ 2, 4 }, NULL);
    any_field_add(sample, "label", ASSAY_U8, "item", (const size_t[]){ 2 }, NULL);
    sample = perturbed(sample, "blur=1");
    fields = assay_sample_fields(sample);
    g_assert_cmpstr(fields[0], ==, "pixels");
    g_assert_cmpstr(fields[1], ==, "label");
    g_assert_null(fields[2]);
    assay_sample_free(sample);
}

static void
test_refused(void)
{
    AssaySample *both = picture_grey(2, 2, 0), *nan = assay_sample_new("n");
    const double bad[] = { 0, (double)NAN };

    any_field_add(both, "audio", ASSAY_F32, "frame", (const size_t[]){ 2 }, NULL);
    refused(
        both, "noise=.1", ASSAY_ERROR_FIELD,
        "p: has pixels and audio, and each can have noise; assay-perturb takes one of them at a "
        "time");
    refused(corpus_chroma("a", "C"), "blur=1", ASSAY_ERROR_FIELD, "a: no field \"pixels\"");
    refused(corpus_chroma("a", "C"), "noise=1", ASSAY_ERROR_FIELD, "a: no field \"audio\"");
    assay_sample_free(nan);
    refused(picture_new(ASSAY_F32, "row,column", (const size_t[]){ 1, 2 }, bad, NULL), "blur=1",
            ASSAY_ERROR_RANGE, "p: field \"pixels\": value 1 is nan");
    refused(picture_grey(0, 3, 0), "blur=1", ASSAY_ERROR_RANGE,
            "is 3 x 0: a picture without a pixel cannot be changed");
    refused(picture_new(ASSAY_U8, "row,column,channel", (const size_t[]){ 2, 2, 5 }, NULL, NULL),
            "jpeg=50", ASSAY_ERROR_RANGE, "p: has 5 channels; JPEG has pictures that are grey");
    refused(picture_grey(65501, 1, 0), "jpeg=50", ASSAY_ERROR_RANGE,
            "p: is 1 x 65501; JPEG has pictures from 1 to 65500 pixels wide and high");
    refused(picture_grey(6, 3, 0), "crop=4x4", ASSAY_ERROR_RANGE,
            "p: is 3 x 6, too small for a --crop of 4 x 4");
    refused(picture_new(ASSAY_F64, "row,column", square, NULL, NULL), "blur=1", ASSAY_ERROR_FIELD,
            "is of type f64");
    refused(picture_new(ASSAY_U8, "time,pitch", square, NULL, NULL), "blur=1", ASSAY_ERROR_FIELD,
            "its axes are time, pitch");
}

static void
test_usage(void)
{
    static const char *const bad[] = {
        "blur=-1",
        "blur=",
        "blur=1:2:3",
        "blur=2:1",
        "blur=inf",
        "blur=1@1.1",
        "blur=1@",
        "blur=1@nan",
        "blur=101",
        "jpeg=0",
        "jpeg=101",
        "jpeg=50.5",
        "crop=4",
        "crop=4x0",
        "crop=4x4@.5",
        "flip=left",
        "noise=11",
        "quantise=1",
        "gamma=0",
        "resize=0",
        "mu-law=1",
        "stretch=5",
        "resample=9",
        "gain=201",
        "augment=upconv",
        "augment=cnn-detection@2",
        "compat=no",
        "seed=x",
        "blur",
        "blurr=1",
        "=",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;
        g_autoptr(GError) error = NULL;

        g_assert_false(assay_perturb_config_parse(&config, bad[i], &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
    }
    {
        AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;
        g_autoptr(GError) error = NULL;

        g_assert_false(assay_perturb_config_parse(&config, "blurr=1", &error));
        corpus_refused(&error, ASSAY_ERROR_USAGE,
                       "there is no operation \"blurr\"; near it is blur");
        g_assert_false(assay_perturb_config_parse(&config, "1", &error));
        corpus_refused(&error, ASSAY_ERROR_USAGE, "give one with its value, as in blur=1");
    }
}

/* Options are recorded as they are read. */
static void
test_options(void)
{
    g_autoptr(AssayStage) stage =
        perturbed_stage("augment=cnn-detection@.1 crop=8x9 flip=vertical noise=.5:1 seed=3");
    g_autoptr(GString) text = g_string_new(NULL);

    assay_json_print(text, stage->options);
    g_assert_cmpstr(text->str, ==,
                    "{\"blur\":\"0:3@0.1\",\"compat\":\"cnn-detection\",\"crop\":\"8x9\","
                    "\"flip\":\"vertical\",\"jpeg\":\"30:100@0.1\",\"noise\":\"0.5:1\","
                    "\"seed\":\"3\"}");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/perturb/stages", test_stages);
    g_test_add_func("/perturb/items", test_items);
    g_test_add_func("/perturb/draws", test_draws);
    g_test_add_func("/perturb/never", test_never);
    g_test_add_func("/perturb/fields", test_fields);
    g_test_add_func("/perturb/refused", test_refused);
    g_test_add_func("/perturb/usage", test_usage);
    g_test_add_func("/perturb/options", test_options);
    return g_test_run();
}
