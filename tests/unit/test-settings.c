/* tests/unit/test-settings.c - options as text, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/settings.h>
#include <stddef.h>

typedef struct {
    guint32 n;
    double x;
    int word;
    gboolean yes;
    AssayLength length;
    AssaySpan span;
} Config;

#define AT(member) offsetof(Config, member)

static const AssaySetting settings[] = {
    { "n", ASSAY_SETTING_NUMBER, AT(n), 2, 9, "none", NULL, "give a number from 2 to 9" },
    { "x", ASSAY_SETTING_REAL, AT(x), 0.5, 4, "off", NULL, "give a number from 0.5 to 4" },
    { "word", ASSAY_SETTING_CHOICE, AT(word), 0, 0, NULL, "red|green", "give red or green" },
    { "yes", ASSAY_SETTING_YES_NO, AT(yes), 0, 0, NULL, NULL, "give yes or no" },
    { "length", ASSAY_SETTING_LENGTH, AT(length), 1, 99, NULL, NULL, "give samples or ms" },
    { "span", ASSAY_SETTING_SPAN, AT(span), 0, 127, NULL, NULL, "give two ends" },
};

/* What is read is what is written. */
static void
test_both_ways(void)
{
    static const char *const texts[][2] = {
        { "n", "2" },        { "n", "none" },     { "x", "0.5" },        { "x", "off" },
        { "word", "green" }, { "yes", "yes" },    { "yes", "no" },       { "length", "99" },
        { "length", "7ms" }, { "span", "28:96" }, { "length", "2.5ms" }, { "span", "5:5" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const AssaySetting *setting =
            assay_setting_find(settings, G_N_ELEMENTS(settings), texts[i][0]);
        Config config = { 0 };
        g_autoptr(GError) error = NULL;
        g_autofree char *text = NULL;

        g_assert_nonnull(setting);
        g_assert_true(assay_setting_read(setting, &config, texts[i][1], &error));
        g_assert_no_error(error);
        text = assay_setting_print(setting, &config);
        g_assert_cmpstr(text, ==, texts[i][1]);
    }
    g_assert_null(assay_setting_find(settings, G_N_ELEMENTS(settings), "y"));
}

static void
test_refused(void)
{
    static const char *const texts[][2] = {
        { "n", "1" },      { "n", "10" },       { "n", "-2" },      { "n", "2x" },
        { "n", "" },       { "x", "nan" },      { "x", "-1" },      { "x", "4.01" },
        { "x", "1e" },     { "word", "blue" },  { "word", "" },     { "yes", "true" },
        { "length", "0" }, { "length", "100" }, { "length", "ms" }, { "length", "61000ms" },
        { "span", "9:8" }, { "span", "1:2:3" }, { "span", "12" },   { "span", "0:128" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const AssaySetting *setting =
            assay_setting_find(settings, G_N_ELEMENTS(settings), texts[i][0]);
        Config config = { 0 };
        g_autoptr(GError) error = NULL;
        g_autofree char *says =
            g_strdup_printf("--%s=%s: %s", texts[i][0], texts[i][1], setting->advice);

        g_assert_false(assay_setting_read(setting, &config, texts[i][1], &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE);
        g_assert_cmpstr(error->message, ==, says);
    }
}

static void
test_length(void)
{
    g_assert_cmpuint(assay_length_at(&(AssayLength){ 160, 0 }, 8000), ==, 160);
    g_assert_cmpuint(assay_length_at(&(AssayLength){ 0, 25 }, 22050), ==, 551);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings/both-ways", test_both_ways);
    g_test_add_func("/settings/refused", test_refused);
    g_test_add_func("/settings/length", test_length);
    return g_test_run();
}
