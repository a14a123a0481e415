/* tests/unit/test-comb.c - combs of lines in the mean spectrum of sounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/signal/log-spectrum.h>
#include <math.h>
#include <string.h>

static void
fill_noise(double *values, size_t n)
{
    AssayRandom random;

    assay_random_init(&random, 1, "comb", "noise");
    for (size_t i = 0; i < n; i++)
        values[i] = assay_random_double(&random);
}

/* What is 1 above its neighbours has an excess of 1, wherever it is. */
static void
test_excess(void)
{
    double spectrum[ASSAY_COMB_BINS], excess[ASSAY_COMB_BINS];

    for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
        spectrum[k] = 5 - 0.001 * (double)k + (k == 0 || k == 700 ? 1 : 0);
    assay_comb_excess(spectrum, excess);
    g_assert_cmpfloat_with_epsilon(excess[700], 0.999, 1e-12);
    g_assert_cmpfloat_with_epsilon(excess[699], 0, 1e-3 + 1e-12);
    g_assert_cmpfloat_with_epsilon(excess[1500], 0, 1e-12);
    /* The median of bins 0 .. 25 is between 12 and 13, but 0 is the largest of them. */
    g_assert_cmpfloat_with_epsilon(excess[0], 1 + 0.001 * 12.5, 1e-12);
}

static void
add_teeth(double *spectrum, double period, double height)
{
    for (double at = ASSAY_COMB_FRAME / period; at < ASSAY_COMB_BINS - 1;
         at += ASSAY_COMB_FRAME / period)
        spectrum[(size_t)(at + 0.5)] += height;
}

/* Teeth are found by their period, also where that is no whole number. */
static void
test_period(void)
{
    static const double periods[] = { 16, 128, 131.84, 200, 441 };

    for (size_t i = 0; i < G_N_ELEMENTS(periods); i++) {
        double spectrum[ASSAY_COMB_BINS], period = periods[i];
        AssayCombs combs;

        fill_noise(spectrum, ASSAY_COMB_BINS);
        add_teeth(spectrum, period, 1);
        combs = assay_combs_find(spectrum);
        g_assert_cmpfloat_with_epsilon(combs.strongest.period, period, period / 2048);
        if (period == floor(period))
            g_assert_cmpfloat(combs.strongest.period, ==, period);
        g_assert_cmpfloat(combs.strongest.strength, >, 6);
        g_assert_cmpfloat_with_epsilon(combs.strongest.excess, 1, 0.2);
        if (period == 16 || period == 128)
            g_assert_cmpfloat(combs.binary.period, ==, period);
        else
            g_assert_cmpfloat(combs.binary.strength, <, 4);
    }
}

/* By hand: among -1, 0, 1, -1, 0, 1 ..., whose median is 0, and which are mostly 1 from it, stand
 * 62 teeth of 3, and of 30, which count as 3 spreads. */
static void
test_strength(void)
{
    const double heights[] = { 3, 30 }, spread = 1.4826;

    for (size_t i = 0; i < G_N_ELEMENTS(heights); i++) {
        double spectrum[ASSAY_COMB_BINS];
        AssayComb comb;

        for (size_t k = 0; k < ASSAY_COMB_BINS; k++)
            spectrum[k] = k % 32 == 0 ? heights[i] : (double)(k % 3) - 1;
        comb = assay_comb_of_period(spectrum, 128);
        g_assert_cmpuint(comb.n_teeth, ==, 62);
        g_assert_cmpfloat_with_epsilon(comb.excess, heights[i], 1e-12);
        g_assert_cmpfloat_with_epsilon(comb.strength, (heights[i] == 3 ? 3 / spread : 3) * sqrt(62),
                                       1e-9);
    }
}

static void
test_nothing(void)
{
    double spectrum[ASSAY_COMB_BINS] = { 0 };
    AssayCombs combs = assay_combs_find(spectrum);

    g_assert_true(isnan(combs.strongest.strength));
    g_assert_cmpuint(combs.strongest.n_teeth, ==, 0);
    spectrum[7] = (double)NAN;
    combs = assay_combs_find(spectrum);
    g_assert_true(isnan(combs.binary.strength));
    fill_noise(spectrum, ASSAY_COMB_BINS);
    g_assert_cmpuint(assay_comb_of_period(spectrum, 3).n_teeth, ==, 0);
    /* The strongest of ten thousand in noise is no comb. */
    combs = assay_combs_find(spectrum);
    g_assert_cmpfloat(combs.strongest.strength, <, 5);
}

enum { SAMPLES = 16384 };

static AssaySample *
new_sound(size_t n, guint n_channels)
{
    AssaySample *sample = assay_sample_new("x");
    const size_t shape[] = { n, n_channels };
    const char *const axes[] = { "frame", "channel", NULL };
    AssayArray *audio =
        assay_array_new(ASSAY_F32, n_channels == 1 ? 1 : 2, shape, axes, G_MAXSIZE, NULL);
    AssayJson *meta = assay_json_object();
    AssayRandom random;

    /* Noise, and a click every 64 samples. */
    assay_random_init(&random, 1, "comb", "sound");
    for (size_t i = 0; i < n * n_channels; i++)
        ((float *)audio->data)[i] = (float)(assay_random_double(&random) - 0.5);
    for (size_t i = 0; i < n; i += 64)
        ((float *)audio->data)[i * n_channels] += 1;
    assay_json_set_integer(meta, "rate_hz", 8000);
    assay_sample_take_field(sample, "audio", audio, meta);
    return sample;
}

static AssayCombs
combs_of(AssaySample *sample, size_t item)
{
    g_autoptr(AssayStage) stage = assay_log_spectrum_stage();
    g_autoptr(GError) error = NULL;
    gpointer state = stage->state_new(stage);
    const AssayArray *field;

    g_assert_true(stage->apply(stage, state, sample, &error));
    stage->state_free(state);
    g_assert_no_error(error);
    field = assay_sample_field(sample, "log_spectrum", NULL);
    return assay_combs_find((const double *)field->data + item * ASSAY_COMB_BINS);
}

static void
test_sound(void)
{
    g_autoptr(AssaySample) sample = new_sound(SAMPLES, 1), wide = new_sound(SAMPLES, 2);
    g_autoptr(AssaySample) brief = new_sound(ASSAY_COMB_FRAME - 1, 1);
    AssayCombs combs = combs_of(sample, 0);

    g_assert_cmpfloat(combs.strongest.period, ==, 64);
    g_assert_cmpfloat(combs.strongest.strength, >, 8);
    g_assert_cmpint(assay_json_peek_integer(
                        assay_json_get(assay_sample_field_meta(sample, "log_spectrum"), "rate_hz")),
                    ==, 8000);
    g_assert_cmpfloat(combs_of(wide, 0).strongest.period, ==, 64);
    g_assert_true(isnan(combs_of(brief, 0).strongest.period));
}

static void
refuse(AssaySample *sample, int code, const char *words)
{
    g_autoptr(AssayStage) stage = assay_log_spectrum_stage();
    g_autoptr(GError) error = NULL;
    gpointer state = stage->state_new(stage);

    g_assert_false(stage->apply(stage, state, sample, &error));
    stage->state_free(state);
    g_assert_error(error, ASSAY_ERROR, code);
    g_assert_nonnull(strstr(error->message, words));
}

static void
test_refused(void)
{
    g_autoptr(AssaySample) infinite = new_sound(100, 1), rateless = new_sound(100, 1);
    g_autoptr(AssaySample) bytes = assay_sample_new("x"), none = assay_sample_new("x");
    const size_t shape[] = { 3 };
    const char *const axes[] = { "frame", NULL };
    const AssayArray *audio = assay_sample_field(infinite, "audio", NULL);
    g_autoptr(GError) error = NULL;
    gboolean has_items;
    size_t n_items;
    guint rate_hz;

    ((float *)audio->data)[7] = INFINITY;
    refuse(infinite, ASSAY_ERROR_RANGE, "value 7 is inf");
    assay_json_set_real((AssayJson *)assay_sample_field_meta(rateless, "audio"), "rate_hz", 0.5);
    refuse(rateless, ASSAY_ERROR_META, "rate_hz is 0.5; give whole Hz");
    assay_sample_take_field(bytes, "audio",
                            assay_array_new(ASSAY_U8, 1, shape, axes, G_MAXSIZE, NULL), NULL);
    refuse(bytes, ASSAY_ERROR_FIELD, "is not float32 along frame");
    refuse(none, ASSAY_ERROR_FIELD, "audio");
    assay_sample_take_field(
        none, "log_spectrum",
        assay_array_new(ASSAY_F64, 1, shape, (const char *const[]){ "bin", NULL }, G_MAXSIZE, NULL),
        NULL);
    g_assert_null(assay_log_spectra_of(none, &n_items, &has_items, &rate_hz, &error));
    g_assert_cmpstr(error->message, ==, "x: field \"log_spectrum\" has 3 bins, not 2049");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/comb/excess", test_excess);
    g_test_add_func("/comb/period", test_period);
    g_test_add_func("/comb/strength", test_strength);
    g_test_add_func("/comb/nothing", test_nothing);
    g_test_add_func("/comb/sound", test_sound);
    g_test_add_func("/comb/refused", test_refused);
    return g_test_run();
}
