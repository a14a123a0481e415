/* tests/unit/test-recipe.c - recipes: told apart, built, refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/spec/recipe.h>
#include <string.h>

#include "corpus.h"

static AssayJson *
json(const char *text)
{
    g_autoptr(GError) error = NULL;
    AssayJson *value = assay_json_parse(text, strlen(text), "text", &error);

    g_assert_no_error(error);
    return value;
}

static void
check_json(const AssayJson *value, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);

    assay_json_print(text, value);
    g_assert_cmpstr(text->str, ==, expected);
}

#define CHROMA "{\"options\":{},\"tool\":\"assay-chroma\"}"

static void
test_default(void)
{
    g_autoptr(AssayJson) recipe = assay_recipe_default();
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRecipe) built = assay_recipe_build(recipe, "s", &error);

    check_json(recipe, "[{\"options\":{\"drums\":\"no\",\"pitches\":\"0:127\",\"step\":\"1/16\"},"
                       "\"tool\":\"assay-roll\"}," CHROMA "]");
    g_assert_no_error(error);
    g_assert_cmpstr(built->stages[0]->tool, ==, "assay-roll");
    g_assert_cmpstr(built->stages[1]->tool, ==, "assay-chroma");
    g_assert_null(built->stages[2]);
    g_assert_null(built->array_axes);
}

/* Versions shape nothing; a stage that says little is a stage all the same. */
static void
test_from_stages(void)
{
    g_autoptr(AssayJson) stages = json("[{\"tool\":\"assay-roll\",\"version\":\"9\",\"options\":{"
                                       "\"step\":\"1/8\"},\"seed\":1},{}]");
    g_autoptr(AssayJson) recipe = assay_recipe_from_stages(stages);
    g_autoptr(AssayJson) none = assay_recipe_from_stages(NULL);

    check_json(recipe, "[{\"options\":{\"step\":\"1/8\"},\"tool\":\"assay-roll\"},"
                       "{\"options\":{},\"tool\":\"unknown\"}]");
    check_json(none, "[]");
}

static void
differ(const char *a, const char *b, const char *expected)
{
    g_autoptr(AssayJson) left = json(a), right = json(b);
    g_autofree char *difference = assay_recipe_difference(left, right);

    g_assert_cmpstr(difference, ==, expected);
}

#define ROLL(options) "{\"options\":{" options "},\"tool\":\"assay-roll\"}"

static void
test_difference(void)
{
    differ("[]", "[]", NULL);
    differ("[" ROLL("\"step\":\"1/16\"") "," CHROMA "]",
           "[" ROLL("\"step\":\"1/16\"") "," CHROMA "]", NULL);
    differ("[" ROLL("\"step\":\"1/16\"") "]", "[" ROLL("\"step\":\"1/8\"") "]",
           "assay-roll --step is 1/16, not 1/8");
    differ("[" ROLL("\"step\":\"1/16\"") "]", "[" ROLL("\"fps\":\"10\"") "]",
           "assay-roll --step is 1/16, elsewhere not given");
    differ("[" ROLL("") "]", "[" ROLL("\"window\":\"8\"") "]",
           "assay-roll --window is not given, not 8");
    differ("[" ROLL("") "]", "[" ROLL("") "," CHROMA "]", "stage none, not assay-chroma");
    differ("[" CHROMA "]", "[]", "stage assay-chroma, not none");
    differ("[" CHROMA "]", "[" ROLL("") "]", "stage assay-chroma, not assay-roll");
}

/* What a recipe begins with says what files it is for. */
static void
test_media(void)
{
    static const char *const texts[][2] = {
        { "[" ROLL("") "," CHROMA "]", "MIDI" },
        { "[{\"tool\":\"assay-chroma\",\"options\":{\"from\":\"audio\"}}]", "sound file" },
        { "[{\"tool\":\"assay-mel\",\"options\":{}}]", "sound file" },
        { "[" ROLL("") ",{\"tool\":\"assay-render\",\"options\":{\"rate\":\"8000\"}},"
                       "{\"tool\":\"assay-chroma\",\"options\":{\"from\":\"audio\"}}]",
          "sound file" },
        { "[{\"tool\":\"assay-image\",\"options\":{}}]", "PNG" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(AssayJson) recipe = json(texts[i][0]);
        g_autoptr(AssayRecipe) built = assay_recipe_build(recipe, "s", NULL);

        g_assert_cmpstr(built->media[0]->name, ==, texts[i][1]);
    }
}

/* Of two rolls the first reads the arrays. */
static void
test_axes(void)
{
    g_autoptr(AssayJson) recipe = json("[" ROLL(
        "\"axes\":\"item,pitch,time\",\"pitch-low\":\"30\","
        "\"step\":\"1/16\",\"threshold\":\"0.5\"") "," ROLL("\"axes\":\"time,pitch\"") "]");
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRecipe) built = assay_recipe_build(recipe, "s", &error);
    g_autofree char *axes = NULL;

    g_assert_no_error(error);
    axes = g_strjoinv(" ", built->array_axes);
    g_assert_cmpstr(axes, ==, "item pitch time");
}

static void
refused(const char *text, int code, const char *says)
{
    g_autoptr(AssayJson) recipe = json(text);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRecipe) built = assay_recipe_build(recipe, "bach", &error);

    g_assert_null(built);
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    refused(
        "[{\"tool\":\"assay-baseline\",\"options\":{}}]", ASSAY_ERROR_SPEC,
        "bach: its recipe has a stage assay-baseline, which cannot be run on files; make a stream");
    refused("[{\"tool\":\"assay-render\",\"options\":{}}]", ASSAY_ERROR_SPEC,
            "a stage assay-render");
    refused("[{\"options\":{}}]", ASSAY_ERROR_SPEC, "a stage without a name");
    refused("[" ROLL("\"step\":16") "]", ASSAY_ERROR_SPEC,
            "bach: recipe: assay-roll: option step is no string");
    refused("[" ROLL("\"step\":\"0\"") "]", ASSAY_ERROR_USAGE, "bach: recipe: assay-roll: ");
    refused("[" ROLL("\"tempo\":\"1\"") "]", ASSAY_ERROR_USAGE, "tempo");
    refused("[{\"tool\":\"assay-chroma\",\"options\":{\"key\":\"C\"}}]", ASSAY_ERROR_USAGE,
            "bach: recipe: assay-chroma: a chroma has no option \"key\"");
    refused("[{\"tool\":\"assay-chroma\",\"options\":{\"from\":\"audio\",\"hold\":\"0.5\"}}]",
            ASSAY_ERROR_USAGE,
            "bach: recipe: assay-chroma: --hold=0.5 is above --threshold=0.35: a tone would end as "
            "it begins; give at most what it begins at");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/recipe/default", test_default);
    g_test_add_func("/recipe/from-stages", test_from_stages);
    g_test_add_func("/recipe/difference", test_difference);
    g_test_add_func("/recipe/media", test_media);
    g_test_add_func("/recipe/axes", test_axes);
    g_test_add_func("/recipe/refused", test_refused);
    return g_test_run();
}
