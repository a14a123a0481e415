/* tests/unit/test-perturb-sound.c - sounds changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/transform/perturb.h>
#include <math.h>

#include "any-field.h"
#include "corpus.h"
#include "perturbed.h"

static const char rate[] = "{\"rate_hz\": 8000}";

/* A tone of @hz in each channel or item, one twice as loud as the other. */
static AssaySample *
new_tone(const char *axes, const size_t *shape, double hz, const char *meta)
{
    AssaySample *sample = assay_sample_new("s");
    AssayArray *array = any_field_add(sample, "audio", ASSAY_F32, axes, shape, meta);
    gboolean has_channels = assay_array_axis(array, "channel") > 0;

    for (size_t i = 0; i < assay_array_count(array); i++) {
        size_t frame = has_channels ? i / 2 : i % shape[array->n_axes - 1];
        gboolean is_second = has_channels ? i % 2 == 1 : i >= shape[array->n_axes - 1];

        any_field_put(array, i,
                      (is_second ? 0.25 : 0.125) * sin(2 * G_PI * hz * (double)frame / 8000));
    }
    return sample;
}

static const AssayArray *
audio(AssaySample *sample)
{
    return assay_sample_field(sample, "audio", NULL);
}

/* Gains add up, and twice 6.0206 decibels are a factor of 4. */
static void
test_gain(void)
{
    const size_t shape[] = { 100 };
    g_autoptr(AssaySample) plain = new_tone("frame", shape, 440, rate);
    g_autoptr(AssaySample) twice =
        perturbed(perturbed(new_tone("frame", shape, 440, rate), "gain=6.0206"), "gain=6.0206");
    g_autoptr(AssaySample) back =
        perturbed(perturbed(new_tone("frame", shape, 440, rate), "gain=-60"), "gain=60");
    g_autoptr(AssaySample) loud = perturbed(new_tone("frame", shape, 440, rate), "gain=200");

    loud =
        perturbed(perturbed(perturbed(g_steal_pointer(&loud), "gain=200"), "gain=200"), "gain=200");
    for (size_t i = 0; i < 100; i++) {
        double value = assay_array_value(audio(plain), i);

        g_assert_cmpfloat_with_epsilon(assay_array_value(audio(twice), i), 4 * value, 1e-6);
        g_assert_cmpfloat_with_epsilon(assay_array_value(audio(back), i), value, 1e-7);
        g_assert_true(isfinite(assay_array_value(audio(loud), i)));
    }
}

/* What has been coded is not changed by coding it again; every code is one of 2^bits. */
static void
test_mu_law(void)
{
    const size_t shape[] = { 8000 };
    g_autoptr(AssaySample) once = perturbed(new_tone("frame", shape, 1, rate), "mu-law=4");
    AssaySample *twice = perturbed(
        perturbed(perturbed(new_tone("frame", shape, 1, rate), "gain=40"), "mu-law=4"), "mu-law=4");
    g_autoptr(GHashTable) values =
        g_hash_table_new_full(g_double_hash, g_double_equal, g_free, NULL);

    for (size_t i = 0; i < 8000; i++) {
        double value = assay_array_value(audio(twice), i);

        g_hash_table_add(values, g_memdup2(&value, sizeof value));
        g_assert_cmpfloat(fabs(value), <=, 1);
    }
    g_assert_cmpuint(g_hash_table_size(values), ==, 16);
    assay_sample_free(twice);
    twice = perturbed(new_tone("frame", shape, 1, rate), "mu-law=4");
    twice = perturbed(twice, "mu-law=4");
    for (size_t i = 0; i < 8000; i++)
        g_assert_cmpfloat(assay_array_value(audio(twice), i), ==,
                          assay_array_value(audio(once), i));
    assay_sample_free(twice);
}

/* The number of times that @n values, every @step-th, rise through 0. */
static guint
count_periods(const AssayArray *array, size_t start, size_t step, size_t n)
{
    guint periods = 0;

    for (size_t i = 1; i < n; i++)
        periods += assay_array_value(array, start + (i - 1) * step) < 0 &&
                   assay_array_value(array, start + i * step) >= 0;
    return periods;
}

/* Twice as long and an octave lower: the same number of periods; channels and items each by
 * themselves. */
static void
test_stretch(void)
{
    g_autoptr(AssaySample) plain =
        perturbed(new_tone("frame", (const size_t[]){ 8000 }, 300, rate), "stretch=2");
    g_autoptr(AssaySample) stereo =
        perturbed(new_tone("frame,channel", (const size_t[]){ 8000, 2 }, 300, rate), "stretch=.5");
    g_autoptr(AssaySample) items =
        perturbed(new_tone("item,frame", (const size_t[]){ 2, 8000 }, 300, rate), "stretch=1.5");

    g_assert_cmpuint(audio(plain)->shape[0], ==, 16000);
    g_assert_cmpuint(count_periods(audio(plain), 100, 1, 15800) - 296, <=, 1); /* of 296.25 */
    g_assert_cmpuint(audio(stereo)->shape[0], ==, 4000);
    g_assert_cmpuint(count_periods(audio(stereo), 0, 2, 3998), >=, 298);
    for (size_t i = 100; i < 3900; i++)
        g_assert_cmpfloat_with_epsilon(assay_array_value(audio(stereo), 2 * i + 1),
                                       2 * assay_array_value(audio(stereo), 2 * i), 1e-6);
    g_assert_cmpuint(audio(items)->shape[1], ==, 12000);
    for (size_t i = 0; i < 12000; i++)
        g_assert_cmpfloat_with_epsilon(assay_array_value(audio(items), 12000 + i),
                                       2 * assay_array_value(audio(items), i), 1e-6);
    g_assert_cmpint(
        assay_json_peek_integer(assay_json_get(assay_sample_field_meta(plain, "audio"), "rate_hz")),
        ==, 8000);
}

/* There and back: what is below half the rate stays, the rest goes; lengths are what they were. */
static void
test_resample(void)
{
    const size_t shape[] = { 7999, 2 };
    g_autoptr(AssaySample) low =
        perturbed(new_tone("frame,channel", shape, 300, rate), "resample=2205");
    g_autoptr(AssaySample) high =
        perturbed(new_tone("frame,channel", shape, 3000, rate), "resample=2205");
    g_autoptr(AssaySample) plain = new_tone("frame,channel", shape, 300, rate);

    g_assert_cmpuint(audio(low)->shape[0], ==, 7999);
    g_assert_cmpuint(audio(high)->shape[1], ==, 2);
    for (size_t i = 400; i < 2 * 7999 - 400; i++) {
        g_assert_cmpfloat_with_epsilon(assay_array_value(audio(low), i),
                                       assay_array_value(audio(plain), i), 1e-4);
        g_assert_cmpfloat(fabs(assay_array_value(audio(high), i)), <, 1e-4);
    }
}

static void
refused(AssaySample *sample, const char *operations, int code, const char *says)
{
    AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayStage) stage = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_perturb_config_parse(&config, operations, &error));
    stage = assay_perturb_stage(&config, &error);
    g_assert_no_error(error);
    g_assert_false(stage->apply(stage, NULL, own, &error));
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    const size_t none[] = { 0 }, some[] = { 8 }, items[] = { 2, 8 };
    AssaySample *whole = assay_sample_new("w");

    any_field_add(whole, "audio", ASSAY_I16, "frame", some, rate);
    refused(new_tone("frame", none, 1, rate), "gain=1", ASSAY_ERROR_RANGE, "s: has no sound");
    refused(new_tone("frame", some, 1, NULL), "resample=8000", ASSAY_ERROR_META, "has no rate_hz");
    refused(new_tone("frame", some, 1, "{\"rate_hz\": \"x\"}"), "gain=1", ASSAY_ERROR_META,
            "give whole Hz");
    refused(new_tone("frame", some, 1, "{\"rate_hz\": 50}"), "resample=8000", ASSAY_ERROR_RANGE,
            "its rate is 50 Hz; --resample takes sounds from 100 to 768000 Hz");
    refused(new_tone("item,frame", items, 1, rate), "stretch=.9:1.1", ASSAY_ERROR_RANGE,
            "give --stretch one factor");
    refused(new_tone("item,frame", items, 1, rate), "stretch=1.1@.5", ASSAY_ERROR_RANGE,
            "give --stretch one factor");
    refused(new_tone("frame,band", items, 1, rate), "gain=1", ASSAY_ERROR_FIELD,
            "is not float32 along frame");
    refused(whole, "gain=1", ASSAY_ERROR_FIELD, "w: field \"audio\" is not float32");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/perturb-sound/gain", test_gain);
    g_test_add_func("/perturb-sound/mu-law", test_mu_law);
    g_test_add_func("/perturb-sound/stretch", test_stretch);
    g_test_add_func("/perturb-sound/resample", test_resample);
    g_test_add_func("/perturb-sound/refused", test_refused);
    return g_test_run();
}
