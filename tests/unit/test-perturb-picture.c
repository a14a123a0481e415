/* tests/unit/test-perturb-picture.c - pictures changed: blur, JPEG, noise and all the rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "perturbed.h"
#include "picture.h"

static void
assert_values(AssaySample *sample, const double *expected, size_t n, double within)
{
    g_autoptr(AssaySample) own = sample;

    for (size_t i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon(picture_value(own, i), expected[i], within);
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
        perturbed(picture_new(ASSAY_F32, "row,column", (const size_t[]){ 3, 3 }, point, NULL),
                  "blur=.25"),
        spread, 9, 1e-8);
    assert_values(
        perturbed(picture_new(ASSAY_F32, "row,column", (const size_t[]){ 1, 3 }, row, NULL),
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

        picture_assert_equal(perturbed(picture_grey(1, 1, 77), blurs[i]), picture_grey(1, 1, 77),
                             TRUE);
        picture_assert_equal(perturbed(picture_grey(9, 4, 255), blurs[i]), picture_grey(9, 4, 255),
                             TRUE);
        picture_assert_equal(perturbed(picture_grey(40, 31, 100), blurs[i]),
                             picture_grey(40, 31, 100), TRUE);
        {
            g_autoptr(AssaySample) sample = perturbed(picture_grey(40, 31, 100), cut);

            g_assert_cmpfloat(picture_value(sample, 0), >=, 98);
            g_assert_cmpfloat(picture_value(sample, 0), <=, 100);
        }
    }
    picture_assert_equal(
        perturbed(picture_new(ASSAY_U8, "row,column", square, NULL, NULL), "blur=0.1"),
        picture_new(ASSAY_U8, "row,column", square, NULL, NULL), TRUE);
    picture_assert_equal(
        perturbed(picture_new(ASSAY_U8, "row,column", square, NULL, NULL), "blur=.5"),
        picture_new(ASSAY_U8, "row,column", square, NULL, NULL), FALSE);
}

/* What is cut off behind each axis is half a value on average. */
static void
test_compat(void)
{
    g_autoptr(AssaySample) rounded =
        perturbed(picture_new(ASSAY_U8, "row,column", square, NULL, NULL), "blur=1");
    g_autoptr(AssaySample) cut = perturbed(picture_new(ASSAY_U8, "row,column", square, NULL, NULL),
                                           "blur=1 compat=cnn-detection");
    double below = 0;

    for (size_t i = 0; i < 256; i++) {
        double difference = picture_value(rounded, i) - picture_value(cut, i);

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
        perturbed(picture_new(ASSAY_U16, "row,column", shape, cells, NULL), "flip=horizontal"),
        left, 6, 1e-9);
    assert_values(
        perturbed(picture_new(ASSAY_F32, "row,column", shape, cells, NULL), "flip=vertical"), down,
        6, 1e-9);
    for (size_t i = 0; i < 2; i++) {
        const char *flip = i == 0 ? "flip=horizontal" : "flip=vertical";

        picture_assert_equal(
            perturbed(
                perturbed(picture_new(ASSAY_U8, "row,column,channel", colour, NULL, NULL), flip),
                flip),
            picture_new(ASSAY_U8, "row,column,channel", colour, NULL, NULL), TRUE);
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
        g_autoptr(AssaySample) sample = perturbed(
            picture_new(ASSAY_U8, "row,column", (const size_t[]){ 6, 8 }, cells, NULL), crop);
        size_t first = (size_t)picture_value(sample, 0), x = first % 8, y = first / 8;
        g_autofree char *place = g_strdup_printf("7x4+%zu+%zu", x, y);
        const AssayJson *drawn = assay_json_get(assay_sample_meta(sample), "perturbed");

        g_assert_cmpuint(assay_array_count(assay_sample_field(sample, "pixels", NULL)), ==, 28);
        g_assert_cmpfloat(picture_value(sample, 27), ==, (double)(first + 3 * 8 + 6));
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

    assert_values(perturbed(picture_new(ASSAY_U8, "row,column", shape, cells, NULL), "quantise=2"),
                  two, 6, 1e-9);
    assert_values(perturbed(picture_new(ASSAY_U8, "row,column", shape, cells, NULL), "quantise=5"),
                  five, 6, 1e-9);
    assert_values(
        perturbed(picture_new(ASSAY_U8, "row,column", shape, cells, NULL), "quantise=256"), cells,
        6, 1e-9);
    assert_values(perturbed(picture_new(ASSAY_U8, "row,column", shape, cells, NULL), "gamma=2"),
                  dark, 6, 1e-9);
    assert_values(perturbed(picture_new(ASSAY_U8, "row,column", shape, cells, NULL), "gamma=1"),
                  cells, 6, 1e-9);
    assert_values(perturbed(picture_new(ASSAY_F32, "row,column", three, reals, NULL), "quantise=5"),
                  thirds, 3, 1e-9);
    assert_values(perturbed(picture_new(ASSAY_F32, "row,column", three, reals, NULL), "gamma=2"),
                  squares, 3, 1e-9);
}

/* Mean 0 and the variance asked for, of grey in the middle of the scale; other items have other
 * noise, and so has a second stage. */
static void
test_noise(void)
{
    enum { N = 200 * 200 };
    g_autoptr(AssaySample) noisy = perturbed(picture_grey(200, 200, 128), "noise=.05");
    g_autoptr(AssaySample) again = perturbed(picture_grey(200, 200, 128), "noise=.05");
    double mean = 0, square_sum = 0, wanted = .05 * 255;

    for (size_t i = 0; i < N; i++) {
        mean += (picture_value(noisy, i) - 128) / N;
        square_sum += (picture_value(noisy, i) - 128) * (picture_value(noisy, i) - 128) / N;
        g_assert_cmpfloat(picture_value(noisy, i), ==, picture_value(again, i));
    }
    /* Rounding adds 1/12; 5 standard deviations of either estimate. */
    g_assert_cmpfloat(fabs(mean), <, 5 * wanted / sqrt(N));
    g_assert_cmpfloat(fabs(square_sum - wanted * wanted - 1 / 12.0), <,
                      5 * wanted * wanted * sqrt(2.0 / N));
    picture_assert_equal(perturbed(picture_grey(20, 20, 128), "noise=.05"),
                         perturbed(picture_grey(20, 20, 128), "noise=.05 seed=1"), FALSE);
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
    narrow = perturbed(picture_new(ASSAY_U8, "row,column", square, bytes, NULL), "jpeg=20");
    alpha = perturbed(
        picture_new(ASSAY_U8, "row,column,channel", (const size_t[]){ 16, 16, 2 }, pairs, NULL),
        "jpeg=20");
    other = perturbed(picture_new(ASSAY_U16, "row,column", square, wide, NULL), "jpeg=20");
    real = perturbed(picture_new(ASSAY_F32, "row,column", square, reals, NULL), "jpeg=20");
    for (size_t i = 0; i < 256; i++) {
        g_assert_cmpfloat(picture_value(alpha, 2 * i), ==, picture_value(narrow, i));
        g_assert_cmpfloat(picture_value(alpha, 2 * i + 1), ==, (double)i);
        g_assert_cmpfloat(picture_value(other, i), ==, picture_value(narrow, i) * 257);
        g_assert_cmpfloat_with_epsilon(picture_value(real, i), picture_value(narrow, i) / 255,
                                       1e-7);
    }
    picture_assert_equal(
        perturbed(picture_new(ASSAY_U8, "row,column", square, bytes, "{\"full_scale\": 256}"),
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

    picture_assert_equal(
        perturbed(picture_new(ASSAY_U8, "row,column,channel", colour, NULL, NULL), "resize=1"),
        picture_new(ASSAY_U8, "row,column,channel", colour, NULL, NULL), TRUE);
    picture_assert_equal(perturbed(picture_grey(17, 5, 200), "resize=.01"),
                         picture_grey(17, 5, 200), TRUE);
    picture_assert_equal(perturbed(picture_grey(17, 5, 200), "resize=8"), picture_grey(17, 5, 200),
                         TRUE);
    for (size_t i = 0; i < G_N_ELEMENTS(ramp); i++)
        ramp[i] = (double)(i % 64) + 2 * (double)(i / 64);
    sample = perturbed(picture_new(ASSAY_F32, "row,column", (const size_t[]){ 64, 64 }, ramp, NULL),
                       "resize=.5");
    for (size_t y = 8; y < 56; y++) {
        for (size_t x = 8; x < 56; x++)
            g_assert_cmpfloat_with_epsilon(picture_value(sample, y * 64 + x), ramp[y * 64 + x],
                                           1e-5);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/perturb-picture/blur-hand", test_blur_hand);
    g_test_add_func("/perturb-picture/blur-grey", test_blur_grey);
    g_test_add_func("/perturb-picture/compat", test_compat);
    g_test_add_func("/perturb-picture/flip", test_flip);
    g_test_add_func("/perturb-picture/crop", test_crop);
    g_test_add_func("/perturb-picture/values", test_values);
    g_test_add_func("/perturb-picture/noise", test_noise);
    g_test_add_func("/perturb-picture/scales", test_scales);
    g_test_add_func("/perturb-picture/resize", test_resize);
    return g_test_run();
}
