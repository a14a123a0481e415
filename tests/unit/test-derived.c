/* tests/unit/test-derived.c - a spec that was derived, read back, and what is wrong with those that
 * are not read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/show/spec-text.h>
#include <assay/spec/spec.h>
#include <string.h>

#include "corpus.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TRANSITIONS "/rules/chroma-transition"

/* The format, by hand. */
static const char sound[] =
    "{\n"
    "\"derived\":{\"by\":\"intersect\",\"of\":[\n"
    "{\"edition\":\"1.0\",\"groups\":9,\"items\":12,\"name\":\"a\",\"sha256\":\"" DIGEST "\"},\n"
    "{\"edition\":\"\",\"groups\":10,\"items\":10,\"name\":\"b\",\"sha256\":\"" DIGEST "\"}\n"
    "]},\n"
    "\"edition\":\"\",\n"
    "\"format\":\"assay-spec\",\n"
    "\"name\":\"both\",\n"
    "\"noun\":\"songs\",\n"
    "\"provenance\":{\"licence\":\"\",\"source\":\"\",\"tool_versions\":[\"0.1.0\"]},\n"
    "\"recipe\":[\n"
    "],\n"
    "\"rules\":{\n"
    "\"chroma-transition\":{\"columns\":[\"from\",\"to\",\"occurrences\",\"items\",\"groups\"],"
    "\"convention\":{\"step_q\":0.25},\"ends\":[\n"
    "[\"rest\",7],\n"
    "[\"C-E-G\",2]\n"
    "],\"kind\":\"transition\",\"rows\":[\n"
    "[\"rest\",\"C-E-G\",20,10,\"many\"],\n"
    "[\"C-E-G\",\"rest\",3,3,2]\n"
    "],\"starts\":[\n"
    "[\"rest\",8]\n"
    "]}\n"
    "},\n"
    "\"version\":1\n"
    "}\n";

static void
test_sound(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = corpus_parse(sound, &error);
    g_autoptr(GString) text = NULL, shown = NULL;
    const AssayEntry *entry;

    g_assert_no_error(error);
    g_assert_true(assay_spec_is_derived(spec));
    g_assert_cmpuint(spec->items->len, ==, 0);
    g_assert_cmpuint(((const AssayParent *)g_ptr_array_index(spec->parents, 0))->items, ==, 12);
    entry = assay_rule_entry(&spec->rules[ASSAY_RULE_TRANSITION],
                             corpus_key(ASSAY_RULE_TRANSITION, "rest C-E-G"));
    g_assert_cmpuint(entry->groups, ==, ASSAY_MANY_GROUPS);
    text = assay_spec_print(spec);
    g_assert_cmpstr(text->str, ==, sound);
    shown = assay_spec_text(spec, 3, 1);
    g_assert_nonnull(strstr(shown->str, "a 1.0: 12 items in 9 groups\n"));
    g_assert_nonnull(strstr(shown->str, "the spec has no items"));
}

/* Each fault is named by its JSON pointer. */
static void
test_faults(void)
{
    static const CorpusFault faults[] = {
        { "\"intersect\"", "\"union\"", "/derived/by: is \"union\", not \"intersect\"" },
        { "\"by\":\"intersect\",", "", "/derived/by: is missing" },
        { "\"of\":[\n", "\"of\":[],\"old\":[\n", "/derived/of: names no spec" },
        { "\"of\":[\n", "\"of\":[7,\n", "/derived/of/0: is an integer, not an object" },
        { "\"name\":\"b\",", "", "/derived/of/1/name: is missing" },
        { "\"name\":\"b\",", "\"name\":\"A\",", "/derived/of/1: is out of order, or there twice" },
        { "\"groups\":9", "\"groups\":13", "/derived/of/0/groups: are more than there are items" },
        { "\"groups\":9", "\"groups\":-1", "/derived/of/0/groups: " },
        { "\"sha256\":\"0", "\"sha256\":\"x", "/derived/of/0: \"x123" },
        { "\"format\":", "\"items\":{},\"format\":",
          "/items: is not known of a spec that was derived" },
        { "\"format\":", "\"sources\":{},\"format\":",
          "/sources: is not known of a spec that was derived" },
        { "\"groups\"],", "\"groups\",\"owners\"],", TRANSITIONS "/columns: has 6 columns, not 5" },
        { "3,3,2]", "3,3,2,[]]", TRANSITIONS "/rows/1: has 6 cells, not 5" },
        { "3,3,2]", "3,4,2]", TRANSITIONS "/rows/1: its counts contradict each other" },
        { "20,10,\"many\"]", "20,11,\"many\"]",
          TRANSITIONS "/rows/0: its counts contradict each other" },
        { "3,3,2]", "3,3,4]", TRANSITIONS "/rows/1/4: is none, or more than there are" },
        { "3,3,2]", "3,3,0]", TRANSITIONS "/rows/1/4: is none, or more than there are" },
        { "20,10,\"many\"]", "20,10,9]", TRANSITIONS "/rows/0/4: is none, or more than" },
        { "20,10,\"many\"]", "20,10,\"more\"]", TRANSITIONS "/rows/0/4: is neither a number nor" },
        { "20,10,\"many\"]", "20,8,\"many\"]", TRANSITIONS "/rows/0/4: is \"many\", which there" },
        { "\"groups\":9", "\"groups\":8", TRANSITIONS "/rows/0/4: is \"many\", which there are" },
        { "20,10,", "9223372036854775807,10,", TRANSITIONS "/rows: the counts add up to more" },
        { "[\"rest\",8]", "[\"rest\",11]",
          TRANSITIONS ": 11 starts and 9 ends, of a corpus of 10 items" },
        { "[\"rest\",7]", "[\"rest\",9]",
          TRANSITIONS ": 8 starts and 11 ends, of a corpus of 10 items" },
    };

    corpus_check_faults(sound, faults, G_N_ELEMENTS(faults));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/derived/sound", test_sound);
    g_test_add_func("/derived/faults", test_faults);
    return g_test_run();
}
