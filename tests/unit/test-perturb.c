/* tests/unit/test-perturb.c - pictures changed: blur, JPEG, noise and all the rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/transform/perturb.h>
#include <math.h>
#include <string.h>

#include "any-field.h"
#include "corpus.h"

static AssayStage *
new_stage(const char *operations)
{
    AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssayStage *stage;

    g_assert_true(assay_perturb_config_parse(&config, operations, &error));
    stage = assay_perturb_stage(&config, &error);
    g_assert_no_error(error);
    return stage;
}

/* Takes @sample, and gives it back changed. */
static AssaySample *
perturb(AssaySample *sample, const char *operations)
{
    g_autoptr(AssayStage) stage = new_stage(operations);
    g_autoptr(GError) error = NULL;

    g_assert_true(stage->apply(stage, NULL, sample, &error));
    g_assert_no_error(error);
    return sample;
}

static void
refused(AssaySample *sample, const char *operations, int code, const char *says)
{
    g_autoptr(AssayStage) stage = new_stage(operations);
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;

    g_assert_false(stage->apply(stage, NULL, own, &error));
    corpus_refused(&error, code, says);
}

/* Pictures of the one @axes and @shape; @values, or random ones. */
static AssaySample *
new_sample(AssayType type, const char *axes, const size_t *shape, const double *values,
           const char *meta)
{
    AssaySample *sample = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", type, axes, shape, meta);
    AssayRandom random;

    assay_random_init(&random, 0, "test", "perturb");
    for (size_t i = 0; i < assay_array_count(array); i++)
        any_field_put(array, i,
                      values != NULL ? values[i] : (double)assay_random_below(&random, 256));
    return sample;
}

static AssaySample *
new_grey(size_t rows, size_t columns, double grey)
{
    AssaySample *sample = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_U8, "row,column",
                                      (const size_t[]){ rows, columns }, NULL);

    for (size_t i = 0; i < rows * columns; i++)
        any_field_put(array, i, grey);
    return sample;
}

static double
value(AssaySample *sample, size_t index)
{
    return assay_array_value(assay_sample_field(sample, "pixels", NULL), index);
}

/* Takes both samples. */
static void
assert_equal(AssaySample *a, AssaySample *b, gboolean is_equal)
{
    g_autoptr(AssaySample) one = a, other = b;
    const AssayArray *x = assay_sample_field(one, "pixels", NULL);
    const AssayArray *y = assay_sample_field(other, "pixels", NULL);

    g_assert_cmpuint(assay_array_bytes(x), ==, assay_array_bytes(y));
    g_assert_cmpint(memcmp(x->data, y->data, assay_array_bytes(x)) == 0, ==, is_equal);
}

static void
assert_values(AssaySample *sample, const double *expected, size_t n, double within)
{
    g_autoptr(AssaySample) own = sample;

    for (size_t i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon(value(own, i), expected[i], within);
}

static const size_t square[] = { 16, 16 }, colour[] = { 16, 24, 3 };

/* A single light pixel by hand: sigma 1/4 reaches one pixel, with weights 1, e^-8. */
static void
test_blur_hand(void)
{
    const double point[] = { 0, 0, 0, 0, 1, 0, 0, 0, 0 }, row[] = { 1, 0, 0 };
    double w = 1 / (1 + 2 * exp(-8)), v = exp(-8) * w;
    const double spread[] = { v * v, v * w, v * v, v * w, w * w, v * w, v * v, v * w, v * v };
    const double edge[] = { w + v, v, 0 }; /* the edge pixel is beyond the edge too */

    assert_values(
        perturb(new_sample(ASSAY_F32, "row,column", (const size_t[]){ 3, 3 }, point, NULL),
                "blur=.25"),
        spread, 9, 1e-8);
    assert_values(perturb(new_sample(ASSAY_F32, "row,column", (const size_t[]){ 1, 3 }, row, NULL),
                          "blur=.25"),
                  edge, 3, 1e-7);
}

/* Grey stays grey, whatever the size of the picture beside that of the blur; what is cut off
 * is a value less at most behind each axis. */
static void
test_blur_grey(void)
{
    static const char *const blurs[] = { "blur=.1", "blur=.5", "blur=3", "blur=9", "blur=60" };

    for (size_t i = 0; i < G_N_ELEMENTS(blurs); i++) {
        g_autofree char *cut = g_strconcat(blurs[i], " compat=cnn-detection", NULL);

        assert_equal(perturb(new_grey(1, 1, 77), blurs[i]), new_grey(1, 1, 77), TRUE);
        assert_equal(perturb(new_grey(9, 4, 255), blurs[i]), new_grey(9, 4, 255), TRUE);
        assert_equal(perturb(new_grey(40, 31, 100), blurs[i]), new_grey(40, 31, 100), TRUE);
        {
            g_autoptr(AssaySample) sample = perturb(new_grey(40, 31, 100), cut);

            g_assert_cmpfloat(value(sample, 0), >=, 98);
            g_assert_cmpfloat(value(sample, 0), <=, 100);
        }
    }
    assert_equal(perturb(new_sample(ASSAY_U8, "row,column", square, NULL, NULL), "blur=0.1"),
                 new_sample(ASSAY_U8, "row,column", square, NULL, NULL), TRUE);
    assert_equal(perturb(new_sample(ASSAY_U8, "row,column", square, NULL, NULL), "blur=.5"),
                 new_sample(ASSAY_U8, "row,column", square, NULL, NULL), FALSE);
}

/* What is cut off behind each axis is half a value on average. */
static void
test_compat(void)
{
    g_autoptr(AssaySample) rounded =
        perturb(new_sample(ASSAY_U8, "row,column", square, NULL, NULL), "blur=1");
    g_autoptr(AssaySample) cut = perturb(new_sample(ASSAY_U8, "row,column", square, NULL, NULL),
                                         "blur=1 compat=cnn-detection");
    double below = 0;

    for (size_t i = 0; i < 256; i++) {
        double difference = value(rounded, i) - value(cut, i);

        g_assert_cmpfloat(difference, >=, 0);
        g_assert_cmpfloat(difference, <=, 2);
        below += difference;
    }
    g_assert_cmpfloat(below / 256, >, 0.7); /* half of one, twice */
    g_assert_cmpfloat(below / 256, <, 1.3);
}

static void
test_flip(void)
{
    const double cells[] = { 1, 2, 3, 4, 5, 6 };
    const double left[] = { 3, 2, 1, 6, 5, 4 }, down[] = { 4, 5, 6, 1, 2, 3 };
    const size_t shape[] = { 2, 3 };

    assert_values(
        perturb(new_sample(ASSAY_U16, "row,column", shape, cells, NULL), "flip=horizontal"), left,
        6, 1e-9);
    assert_values(perturb(new_sample(ASSAY_F32, "row,column", shape, cells, NULL), "flip=vertical"),
                  down, 6, 1e-9);
    for (size_t i = 0; i < 2; i++) {
        const char *flip = i == 0 ? "flip=horizontal" : "flip=vertical";

        assert_equal(
            perturb(perturb(new_sample(ASSAY_U8, "row,column,channel", colour, NULL, NULL), flip),
                    flip),
            new_sample(ASSAY_U8, "row,column,channel", colour, NULL, NULL), TRUE);
    }
}

/* A crop is somewhere in the picture: by its values it says where. */
static void
test_crop(void)
{
    double cells[48];
    gboolean seen[8] = { FALSE };

    for (size_t i = 0; i < 48; i++)
        cells[i] = (double)i;
    for (guint seed = 0; seed < 100; seed++) {
        g_autofree char *crop = g_strdup_printf("crop=7x4 seed=%u", seed);
        g_autoptr(AssaySample) sample = perturb(
            new_sample(ASSAY_U8, "row,column", (const size_t[]){ 6, 8 }, cells, NULL), crop);
        size_t first = (size_t)value(sample, 0), x = first % 8, y = first / 8;
        g_autofree char *place = g_strdup_printf("7x4+%zu+%zu", x, y);
        const AssayJson *drawn = assay_json_get(assay_sample_meta(sample), "perturbed");

        g_assert_cmpuint(assay_array_count(assay_sample_field(sample, "pixels", NULL)), ==, 28);
        g_assert_cmpfloat(value(sample, 27), ==, (double)(first + 3 * 8 + 6));
        g_assert_cmpstr(assay_json_peek_string(assay_json_get(drawn, "crop")), ==, place);
        g_assert_cmpuint(x, <, 2);
        g_assert_cmpuint(y, <, 3);
        seen[y * 2 + x] = TRUE;
    }
    for (size_t i = 0; i < 6; i++)
        g_assert_true(seen[i]);
}

static void
test_values(void)
{
    const double cells[] = { 0, 63, 64, 128, 191, 255 }, two[] = { 0, 0, 0, 255, 255, 255 };
    const double five[] = { 0, 64, 64, 128, 191, 255 }, dark[] = { 0, 16, 16, 64, 143, 255 };
    const double reals[] = { -0.5, 0.25, 2 }, thirds[] = { 0, 0.25, 1 },
                 squares[] = { 0, .0625, 4 };
    const size_t shape[] = { 1, 6 }, three[] = { 1, 3 };

    assert_values(perturb(new_sample(ASSAY_U8, "row,column", shape, cells, NULL), "quantise=2"),
                  two, 6, 1e-9);
    assert_values(perturb(new_sample(ASSAY_U8, "row,column", shape, cells, NULL), "quantise=5"),
                  five, 6, 1e-9);
    assert_values(perturb(new_sample(ASSAY_U8, "row,column", shape, cells, NULL), "quantise=256"),
                  cells, 6, 1e-9);
    assert_values(perturb(new_sample(ASSAY_U8, "row,column", shape, cells, NULL), "gamma=2"), dark,
                  6, 1e-9);
    assert_values(perturb(new_sample(ASSAY_U8, "row,column", shape, cells, NULL), "gamma=1"), cells,
                  6, 1e-9);
    assert_values(perturb(new_sample(ASSAY_F32, "row,column", three, reals, NULL), "quantise=5"),
                  thirds, 3, 1e-9);
    assert_values(perturb(new_sample(ASSAY_F32, "row,column", three, reals, NULL), "gamma=2"),
                  squares, 3, 1e-9);
}

/* Mean 0 and the variance asked for, of grey in the middle of the scale; other items have other
 * noise, and so has a second stage. */
static void
test_noise(void)
{
    enum { N = 200 * 200 };
    g_autoptr(AssaySample) noisy = perturb(new_grey(200, 200, 128), "noise=.05");
    g_autoptr(AssaySample) again = perturb(new_grey(200, 200, 128), "noise=.05");
    double mean = 0, square_sum = 0, wanted = .05 * 255;

    for (size_t i = 0; i < N; i++) {
        mean += (value(noisy, i) - 128) / N;
        square_sum += (value(noisy, i) - 128) * (value(noisy, i) - 128) / N;
        g_assert_cmpfloat(value(noisy, i), ==, value(again, i));
    }
    /* Rounding adds 1/12; 5 standard deviations of either estimate. */
    g_assert_cmpfloat(fabs(mean), <, 5 * wanted / sqrt(N));
    g_assert_cmpfloat(fabs(square_sum - wanted * wanted - 1 / 12.0), <,
                      5 * wanted * wanted * sqrt(2.0 / N));
    assert_equal(perturb(new_grey(20, 20, 128), "noise=.05"),
                 perturb(new_grey(20, 20, 128), "noise=.05 seed=1"), FALSE);
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
    AssaySample *sample = perturb(new_grey(20, 20, 128), "noise=.05");
    AssaySample *other = new_grey(20, 20, 128);
    g_autoptr(AssayJson) once = stages_of("assay-perturb"), image = stages_of("assay-image");
    const AssayJson *drawn;

    assay_sample_set_stages(other, image);
    assert_equal(perturb(other, "noise=.05"), perturb(new_grey(20, 20, 128), "noise=.05"), TRUE);
    other = new_grey(20, 20, 128);
    assay_sample_set_stages(other, once);
    assert_equal(perturb(other, "noise=.05"), perturb(new_grey(20, 20, 128), "noise=.05"), FALSE);
    sample = perturb(perturb(sample, "noise=.25"), "noise=.5");
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
    AssaySample *all = new_sample(ASSAY_U8, "item,row,column", shape, NULL, NULL), *piece;
    double cells[7 * 64];

    assay_sample_set_items(all, 0, 40);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        cells[i] = value(all, (size_t)20 * 64 + i);
    piece = new_sample(ASSAY_U8, "item,row,column", part, cells, NULL);
    assay_sample_set_items(piece, 20, 7);
    all = perturb(all, operations);
    piece = perturb(piece, operations);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
        g_assert_cmpfloat(value(piece, i), ==, value(all, (size_t)20 * 64 + i));
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
        g_autoptr(AssaySample) sample = perturb(new_grey(1, 1, 0), both);
        g_autoptr(AssaySample) other = perturb(new_grey(1, 1, 0), one);
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
        perturb(new_sample(ASSAY_F32, "row,column", square, NULL, "{\"quantised\": true}"),
                "blur=3@0 jpeg=5@0 noise=1@0 resize=.1@0 quantise=2@0 gamma=9@0 flip=vertical@0");
    AssaySample *same = new_sample(ASSAY_F32, "row,column", square, NULL, NULL);

    g_assert_nonnull(assay_json_get(assay_sample_field_meta(sample, "pixels"), "quantised"));
    g_assert_null(assay_json_get(assay_sample_meta(sample), "perturbed"));
    assert_equal(g_steal_pointer(&sample), same, TRUE);
}

/* Alpha is left alone, on any scale; what JPEG makes of grey is the same on each. */
static void
test_scales(void)
{
    double pairs[512], bytes[256], wide[256], reals[256];
    AssaySample *alpha, *narrow, *other, *real;

    for (size_t i = 0; i < 256; i++) {
        bytes[i] = (double)(i * 37 % 251);
        pairs[2 * i] = bytes[i];
        pairs[2 * i + 1] = (double)i;
        wide[i] = bytes[i] * 257;
        reals[i] = bytes[i] / 255;
    }
    narrow = perturb(new_sample(ASSAY_U8, "row,column", square, bytes, NULL), "jpeg=20");
    alpha = perturb(
        new_sample(ASSAY_U8, "row,column,channel", (const size_t[]){ 16, 16, 2 }, pairs, NULL),
        "jpeg=20");
    other = perturb(new_sample(ASSAY_U16, "row,column", square, wide, NULL), "jpeg=20");
    real = perturb(new_sample(ASSAY_F32, "row,column", square, reals, NULL), "jpeg=20");
    for (size_t i = 0; i < 256; i++) {
        g_assert_cmpfloat(value(alpha, 2 * i), ==, value(narrow, i));
        g_assert_cmpfloat(value(alpha, 2 * i + 1), ==, (double)i);
        g_assert_cmpfloat(value(other, i), ==, value(narrow, i) * 257);
        g_assert_cmpfloat_with_epsilon(value(real, i), value(narrow, i) / 255, 1e-7);
    }
    assert_equal(perturb(new_sample(ASSAY_U8, "row,column", square, bytes, "{\"full_scale\": 256}"),
                         "jpeg=20"),
                 narrow, TRUE);
    assay_sample_free(alpha);
    assay_sample_free(other);
    assay_sample_free(real);
}

/* To the same size nothing changes; a plane that is straight stays so, edges aside. */
static void
test_resize(void)
{
    double ramp[64 * 64];
    g_autoptr(AssaySample) sample = NULL;

    assert_equal(
        perturb(new_sample(ASSAY_U8, "row,column,channel", colour, NULL, NULL), "resize=1"),
        new_sample(ASSAY_U8, "row,column,channel", colour, NULL, NULL), TRUE);
    assert_equal(perturb(new_grey(17, 5, 200), "resize=.01"), new_grey(17, 5, 200), TRUE);
    assert_equal(perturb(new_grey(17, 5, 200), "resize=8"), new_grey(17, 5, 200), TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS(ramp); i++)
        ramp[i] = (double)(i % 64) + 2 * (double)(i / 64);
    sample = perturb(new_sample(ASSAY_F32, "row,column", (const size_t[]){ 64, 64 }, ramp, NULL),
                     "resize=.5");
    for (size_t y = 8; y < 56; y++) {
        for (size_t x = 8; x < 56; x++)
            g_assert_cmpfloat_with_epsilon(value(sample, y * 64 + x), ramp[y * 64 + x], 1e-5);
    }
}

/* What was made of the pixels goes; what is one value an item stays. */
static void
test_fields(void)
{
    AssaySample *sample =
        new_sample(ASSAY_U8, "item,row,column", (const size_t[]){ 2, 4, 4 }, NULL, NULL);
    g_autofree const char **fields = NULL;

    any_field_add(sample, "centroid", ASSAY_F64, "item,column", (const size_t[]){ 2, 4 }, NULL);
    any_field_add(sample, "label", ASSAY_U8, "item", (const size_t[]){ 2 }, NULL);
    sample = perturb(sample, "blur=1");
    fields = assay_sample_fields(sample);
    g_assert_cmpstr(fields[0], ==, "pixels");
    g_assert_cmpstr(fields[1], ==, "label");
    g_assert_null(fields[2]);
    assay_sample_free(sample);
}

static void
test_refused(void)
{
    AssaySample *both = new_grey(2, 2, 0), *nan = assay_sample_new("n");
    const double bad[] = { 0, (double)NAN };

    any_field_add(both, "audio", ASSAY_F32, "frame", (const size_t[]){ 2 }, NULL);
    refused(
        both, "noise=.1", ASSAY_ERROR_FIELD,
        "p: has pixels and audio, and each can have noise; assay-perturb takes one of them at a "
        "time");
    refused(corpus_chroma("a", "C"), "blur=1", ASSAY_ERROR_FIELD, "a: no field \"pixels\"");
    refused(corpus_chroma("a", "C"), "noise=1", ASSAY_ERROR_FIELD, "a: no field \"audio\"");
    assay_sample_free(nan);
    refused(new_sample(ASSAY_F32, "row,column", (const size_t[]){ 1, 2 }, bad, NULL), "blur=1",
            ASSAY_ERROR_RANGE, "p: field \"pixels\": value 1 is nan");
    refused(new_grey(0, 3, 0), "blur=1", ASSAY_ERROR_RANGE,
            "is 3 x 0: a picture without a pixel cannot be changed");
    refused(new_sample(ASSAY_U8, "row,column,channel", (const size_t[]){ 2, 2, 5 }, NULL, NULL),
            "jpeg=50", ASSAY_ERROR_RANGE, "p: has 5 channels; JPEG has pictures that are grey");
    refused(new_grey(65501, 1, 0), "jpeg=50", ASSAY_ERROR_RANGE,
            "p: is 1 x 65501; JPEG has pictures from 1 to 65500 pixels wide and high");
    refused(new_grey(6, 3, 0), "crop=4x4", ASSAY_ERROR_RANGE,
            "p: is 3 x 6, too small for a --crop of 4 x 4");
    refused(new_sample(ASSAY_F64, "row,column", square, NULL, NULL), "blur=1", ASSAY_ERROR_FIELD,
            "is of type f64");
    refused(new_sample(ASSAY_U8, "time,pitch", square, NULL, NULL), "blur=1", ASSAY_ERROR_FIELD,
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
        new_stage("augment=cnn-detection@.1 crop=8x9 flip=vertical noise=.5:1 seed=3");
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
    g_test_add_func("/perturb/blur-hand", test_blur_hand);
    g_test_add_func("/perturb/blur-grey", test_blur_grey);
    g_test_add_func("/perturb/compat", test_compat);
    g_test_add_func("/perturb/flip", test_flip);
    g_test_add_func("/perturb/crop", test_crop);
    g_test_add_func("/perturb/values", test_values);
    g_test_add_func("/perturb/noise", test_noise);
    g_test_add_func("/perturb/stages", test_stages);
    g_test_add_func("/perturb/items", test_items);
    g_test_add_func("/perturb/draws", test_draws);
    g_test_add_func("/perturb/never", test_never);
    g_test_add_func("/perturb/scales", test_scales);
    g_test_add_func("/perturb/resize", test_resize);
    g_test_add_func("/perturb/fields", test_fields);
    g_test_add_func("/perturb/refused", test_refused);
    g_test_add_func("/perturb/usage", test_usage);
    g_test_add_func("/perturb/options", test_options);
    return g_test_run();
}
