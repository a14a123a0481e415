/* tests/unit/test-mel-level.c - sounds trimmed and brought to a level.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/signal/mel-private.h>
#include <math.h>

static double
root_mean_square(const float *samples, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (double)samples[i] * (double)samples[i];
    return sqrt(sum / (double)n);
}

/* 20 dB below the peak is a tenth of it; what is exactly there stays, and so does what is quiet in
 * the middle. */
static void
test_trim(void)
{
    static const struct {
        float samples[8];
        double trim_db;
        size_t first, n;
    } cases[] = {
        { { 0, 0.01F, 0.25F, 0, -1, 0.2F, 0.05F, 0 }, 20, 2, 4 },
        { { 0, 0.01F, 0.25F, 0, -1, 0.2F, 0.05F, 0 }, 60, 1, 6 },
        { { 0, 0.01F, 0.25F, 0, -1, 0.2F, 0.05F, 0 }, 0, 0, 8 },
        { { 0.5F, 0, 0, 0, 0, 0, 0, 0.5F }, 3, 0, 8 },
        { { 0, 0, 0, 0.001F, 0, 0, 0, 0 }, 40, 3, 1 },
        { { 0.0625F, 0, 0, 0, 0, 0, 0, -0.625F }, 20, 0, 8 }, /* exactly at the limit */
        { { 0 }, 20, 0, 8 },                                  /* silence has no ends */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
        float samples[8], *at = samples;
        size_t n = 8;

        for (size_t k = 0; k < 8; k++)
            samples[k] = cases[i].samples[k];
        config.trim_db = cases[i].trim_db;
        assay_mel_level(&config, &at, &n);
        g_assert_cmpuint((guint64)(at - samples), ==, cases[i].first);
        g_assert_cmpuint(n, ==, cases[i].n);
        for (size_t k = 0; k < 8; k++)
            g_assert_cmpfloat(samples[k], ==, cases[i].samples[k]);
    }
}

/* The level is that of what is left, not of what was trimmed. */
static void
test_level(void)
{
    AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
    float samples[] = { 0, 0, 0.3F, -0.4F, 0.5F, 0 }, *at = samples;
    const float ratio = samples[3] / samples[2];
    size_t n = G_N_ELEMENTS(samples);

    config.level_db = 26;
    assay_mel_level(&config, &at, &n);
    g_assert_cmpuint(n, ==, 6);
    g_assert_cmpfloat_with_epsilon(root_mean_square(at, n), pow(10, -1.3), 1e-8);
    config.trim_db = 40;
    config.level_db = 20;
    assay_mel_level(&config, &at, &n);
    g_assert_cmpuint(n, ==, 3);
    g_assert_cmpfloat_with_epsilon(root_mean_square(at, n), 0.1, 1e-8);
    g_assert_cmpfloat_with_epsilon((double)(at[1] / at[0]), (double)ratio, 1e-6);
}

static void
test_silence(void)
{
    AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
    float samples[4] = { 0 }, *at = samples;
    size_t n = 4;

    config.trim_db = 40;
    config.level_db = 20;
    assay_mel_level(&config, &at, &n);
    g_assert_cmpuint(n, ==, 4);
    for (size_t k = 0; k < n; k++)
        g_assert_cmpfloat(at[k], ==, 0);
    n = 0;
    assay_mel_level(&config, &at, &n);
    g_assert_cmpuint(n, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mel-level/trim", test_trim);
    g_test_add_func("/mel-level/level", test_level);
    g_test_add_func("/mel-level/silence", test_silence);
    return g_test_run();
}
