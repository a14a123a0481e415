/* tests/unit/test-spectrum.c - the field of profiles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/feature/spectrum.h>
#include <math.h>
#include <string.h>

#include "any-field.h"

/* With options key, value, key, value ... NULL. */
static AssayStage *
new_stage(const char *key, ...)
{
    AssaySpectrumConfig config = ASSAY_SPECTRUM_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    AssayStage *stage;
    va_list args;

    va_start(args, key);
    for (; key != NULL; key = va_arg(args, const char *)) {
        if (!assay_spectrum_config_set(&config, key, va_arg(args, const char *), &error))
            g_assert_no_error(error);
    }
    va_end(args);
    stage = assay_spectrum_stage(&config);
    assay_spectrum_config_clear(&config);
    return stage;
}

static const AssayArray *
apply(AssayStage *stage, AssaySample *sample)
{
    g_autoptr(AssayStage) own = stage;
    g_autoptr(GError) error = NULL;
    gpointer state = own->state_new(own);

    if (!own->apply(own, state, sample, &error))
        g_assert_no_error(error);
    own->state_free(state);
    return assay_sample_field(sample, "spectrum", NULL);
}

static AssayArray *
add_pixels(AssaySample *sample, AssayType type, const char *axes, const size_t *shape)
{
    AssayArray *array = any_field_add(sample, "pixels", type, axes, shape, NULL);

    for (size_t i = 0; i < assay_array_count(array); i++)
        any_field_put(array, i, (double)(i * i * 37 % 101));
    return array;
}

static double
value(const AssayArray *array, size_t i)
{
    return ((const double *)array->data)[i];
}

/* Items of a batch have the profiles that each has alone. */
static void
test_items(void)
{
    g_autoptr(AssaySample) batch = assay_sample_new("batch");
    AssayArray *pixels =
        add_pixels(batch, ASSAY_U8, "item,row,column", (const size_t[]){ 3, 6, 10 });
    const AssayArray *spectra;

    assay_sample_set_items(batch, 0, 3);
    spectra = apply(new_stage(NULL), batch);
    g_assert_cmpuint(spectra->n_axes, ==, 2);
    g_assert_cmpstr(spectra->axes[1], ==, "ring");
    g_assert_cmpuint(spectra->shape[1], ==, 8); /* sqrt(50) = 7.07 */
    for (size_t i = 0; i < 3; i++) {
        g_autoptr(AssaySample) alone = assay_sample_new("alone");
        AssayArray *own =
            any_field_add(alone, "pixels", ASSAY_U8, "row,column", (const size_t[]){ 6, 10 }, NULL);
        const AssayArray *spectrum;

        memcpy(own->data, (const guint8 *)pixels->data + i * 60, 60);
        spectrum = apply(new_stage(NULL), alone);
        g_assert_cmpuint(spectrum->n_axes, ==, 1);
        for (size_t k = 0; k < 8; k++)
            g_assert_cmpfloat(value(spectrum, k), ==, value(spectra, i * 8 + k));
    }
}

/* Ring 0 is the mean, in units of full scale: 20 log10(mean sqrt(n)). */
static void
test_full_scale(void)
{
    static const struct {
        AssayType type;
        double full_scale;
    } cases[] = { { ASSAY_U8, 255 }, { ASSAY_U16, 65535 }, { ASSAY_F32, 1 } };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        AssayArray *pixels =
            add_pixels(sample, cases[i].type, "row,column", (const size_t[]){ 5, 5 });
        double sum = 0;

        for (size_t k = 0; k < 25; k++)
            sum += assay_array_value(pixels, k);
        g_assert_cmpfloat_with_epsilon(value(apply(new_stage(NULL), sample), 0),
                                       20 * log10(sum / cases[i].full_scale / 5), 1e-9);
    }
}

static void
test_channels(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("x"), grey = assay_sample_new("x");
    AssayArray *pixels =
        add_pixels(sample, ASSAY_U8, "row,column,channel", (const size_t[]){ 8, 8, 3 });
    AssayArray *own = add_pixels(grey, ASSAY_U8, "row,column", (const size_t[]){ 8, 8 });
    const AssayArray *spectra = apply(new_stage("channels", "yes", NULL), sample), *spectrum;

    g_assert_cmpstr(spectra->axes[0], ==, "channel");
    for (size_t i = 0; i < 64; i++)
        any_field_put(own, i, assay_array_value(pixels, i * 3 + 1));
    spectrum = apply(new_stage(NULL), grey);
    for (size_t k = 0; k < spectrum->shape[0]; k++)
        g_assert_cmpfloat(value(spectra, spectra->shape[1] + k), ==, value(spectrum, k));
}

/* What a spectrogram's steps lie along does not matter. */
static void
test_spectrogram(void)
{
    g_autoptr(AssaySample) sound = assay_sample_new("x"), picture = assay_sample_new("x");
    AssayArray *mel =
        any_field_add(sound, "mel", ASSAY_F32, "time,mel", (const size_t[]){ 9, 4 }, NULL);
    AssayArray *pixels =
        any_field_add(picture, "pixels", ASSAY_F32, "row,column", (const size_t[]){ 4, 9 }, NULL);
    const AssayArray *spectra, *spectrum;

    for (size_t i = 0; i < 36; i++) {
        any_field_put(mel, i, (double)(i * i % 23));
        any_field_put(pixels, i % 4 * 9 + i / 4, (double)(i * i % 23));
    }
    spectra = apply(new_stage(NULL), sound);
    spectrum = apply(new_stage(NULL), picture);
    g_assert_cmpuint(spectra->shape[0], ==, spectrum->shape[0]);
    for (size_t k = 0; k < spectrum->shape[0]; k++)
        g_assert_cmpfloat_with_epsilon(value(spectra, k), value(spectrum, k), 1e-9);
}

static void
test_not_finite(void)
{
    g_autoptr(AssaySample) sample = assay_sample_new("x");
    AssayArray *pixels =
        add_pixels(sample, ASSAY_F64, "item,row,column", (const size_t[]){ 3, 4, 4 });
    const AssayArray *spectra;

    assay_sample_set_items(sample, 0, 3);
    any_field_put(pixels, 20, (double)NAN);
    spectra = apply(new_stage("points", "6", NULL), sample);
    for (size_t i = 0; i < 18; i++)
        g_assert_cmpint(isnan(value(spectra, i)), ==, i / 6 == 1);
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(
                        assay_sample_field_meta(sample, "spectrum"), "non_finite_items")),
                    ==, 1);
}

/* Pictures of several sizes, one after the other, in one worker. */
static void
test_sizes(void)
{
    g_autoptr(AssayStage) stage = new_stage("points", "7", "normalise", "minmax", NULL);
    gpointer state = stage->state_new(stage);

    for (size_t side = 1; side < 12; side++) {
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        g_autoptr(GError) error = NULL;
        const AssayArray *spectrum;

        add_pixels(sample, ASSAY_U8, "row,column", (const size_t[]){ side, 12 - side });
        g_assert_true(stage->apply(stage, state, sample, &error));
        g_assert_no_error(error);
        spectrum = assay_sample_field(sample, "spectrum", NULL);
        g_assert_cmpuint(spectrum->shape[0], ==, 7);
        for (size_t k = 0; k < 7; k++)
            g_assert_true(value(spectrum, k) >= 0 && value(spectrum, k) <= 1);
    }
    stage->state_free(state);
}

static void
test_options(void)
{
    AssaySpectrumConfig config = ASSAY_SPECTRUM_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = new_stage("compat", "upconv", "points", "80", "normalise",
                                            "first", "field", "mel", "channels", "no", NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;

    assay_json_print(text, stage->options);
    g_assert_cmpstr(text->str, ==,
                    "{\"channels\":\"no\",\"compat\":\"upconv\",\"field\":\"mel\","
                    "\"normalise\":\"first\",\"points\":\"80\"}");
    g_assert_false(assay_spectrum_config_set(&config, "average", "yes", &error));
    g_assert_cmpstr(error->message, ==, "a spectrum has no option \"average\"");
    g_clear_error(&error);
    g_assert_false(assay_spectrum_config_set(&config, "channels", "red", &error));
    g_assert_cmpstr(error->message, ==, "--channels=red: give yes or no");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/spectrum/items", test_items);
    g_test_add_func("/spectrum/full-scale", test_full_scale);
    g_test_add_func("/spectrum/channels", test_channels);
    g_test_add_func("/spectrum/spectrogram", test_spectrogram);
    g_test_add_func("/spectrum/not-finite", test_not_finite);
    g_test_add_func("/spectrum/sizes", test_sizes);
    g_test_add_func("/spectrum/options", test_options);
    return g_test_run();
}
