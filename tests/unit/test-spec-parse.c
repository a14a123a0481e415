/* tests/unit/test-spec-parse.c - specs read back, and what is wrong with those that are not read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/spec/spec.h>
#include <string.h>

#include "corpus.h"
#include "random-corpus.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The format, by hand: a file in a named group, and two windows of a piece. */
static const char sound[] =
    "{\n"
    "\"edition\":\"1.0\",\n"
    "\"format\":\"assay-spec\",\n"
    "\"items\":{\"columns\":[\"source\",\"item\",\"group\",\"chroma-transition\","
    "\"chroma-transition changes\",\"duration\"],\"rows\":[\n"
    "[0,null,\"x\",4,2,3],\n"
    "[1,0,null,2,1,1],\n"
    "[1,1,null,0,0,0]\n"
    "]},\n"
    "\"name\":\"demo\",\n"
    "\"noun\":\"songs\",\n"
    "\"provenance\":{\"licence\":\"CC0\",\"source\":\"here\",\"tool_versions\":[\"0.1.0\"]},\n"
    "\"recipe\":[\n"
    "{\"options\":{\"step\":\"1/16\"},\"tool\":\"assay-roll\"}\n"
    "],\n"
    "\"rules\":{\n"
    "\"chroma-transition\":{\"columns\":[\"from\",\"to\",\"occurrences\",\"items\",\"groups\","
    "\"owners\"],\"convention\":{\"step_q\":0.25},\"ends\":[\n"
    "[\"rest\",1],\n"
    "[\"C-E-G\",1]\n"
    "],\"kind\":\"transition\",\"rows\":[\n"
    "[\"rest\",\"C-E-G\",2,2,2,[[0,1],[1,1]]],\n"
    "[\"C-E-G\",\"rest\",1,1,1,[[0,1]]],\n"
    "[\"C-E-G\",\"C-E-G\",3,2,2,[[0,2],[1,1]]]\n"
    "],\"starts\":[\n"
    "[\"rest\",2]\n"
    "]},\n"
    "\"duration\":{\"columns\":[\"length\",\"occurrences\",\"items\",\"groups\",\"owners\"],"
    "\"convention\":{\"from\":\"roll\",\"unit\":\"quarter notes\"},\"kind\":\"set\",\"rows\":[\n"
    "[0.25,1,1,1,[[0,1]]],\n"
    "[1.5,3,2,2,[[0,2],[1,1]]]\n"
    "]}\n"
    "},\n"
    "\"sources\":{\"columns\":[\"name\",\"sha256\",\"origin\"],\"rows\":[\n"
    "[\"a\",\"\",\"file\"],\n"
    "[\"w\",\"" DIGEST "\",\"windows\"]\n"
    "]},\n"
    "\"version\":1\n"
    "}\n";

static void
test_sound(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = corpus_parse(sound, &error);
    g_autoptr(GString) text = NULL;
    g_autofree char *what = NULL, *held = NULL;

    g_assert_no_error(error);
    text = assay_spec_print(spec);
    g_assert_cmpstr(text->str, ==, sound);
    what = assay_spec_describe(spec);
    g_assert_cmpstr(what, ==, "the 3 songs (2 groups) of demo 1.0");
    held = corpus_entry(spec, ASSAY_RULE_TRANSITION, "C-E-G C-E-G");
    g_assert_cmpstr(held, ==, "n=3 items=2 groups=2 owners=0:2,1:1");
    g_assert_cmpstr(spec->licence, ==, "CC0");
}

#define CHECK_FAULTS(faults) corpus_check_faults(sound, (faults), G_N_ELEMENTS(faults))

/* What is missing or of another kind is named by its JSON pointer. */
static void
test_members(void)
{
    static const CorpusFault faults[] = {
        { "\"format\":\"assay-spec\",\n", "", "/format: is missing" },
        { "assay-spec", "assay-model", "/format: is \"assay-model\", not \"assay-spec\"" },
        { "\"version\":1", "\"version\":2", "/version: is 2; this program reads version 1: mine" },
        { "\"version\":1", "\"version\":\"1\"", "/version: is a string, not an integer" },
        { "\"version\":1", "\"version\":-1", "/version: is -1, a count cannot be negative" },
        { "\"edition\":\"1.0\"", "\"edition\":1.5", "/edition: is a number, not a string" },
        { "\"name\":\"demo\"", "\"nom\":\"demo\"", "/name: is missing" },
        { "\"licence\":\"CC0\",", "", "/provenance/licence: is missing" },
        { "[\"0.1.0\"]", "[1]", "/provenance/tool_versions/0: is an integer, not a string" },
        { "\"tool\":\"assay-roll\"", "\"to\":0", "/recipe/0/tool: is missing" },
        { "{\"step\":\"1/16\"}", "[]", "/recipe/0/options: is an array, not an object" },
        { "\"rules\":{\n", "\"rules\":{\"a/b~c\":{},",
          "/rules/a~1b~0c: is a rule that this program" },
        { "{\"step_q\":0.25}", "0.25",
          "/rules/chroma-transition/convention: is a number, not an ob" },
        { "\"kind\":\"set\"", "\"kind\":\"range\"",
          "/rules/duration/kind: is \"range\", not \"set\"" },
        { "\"kind\":\"set\",", "", "/rules/duration/kind: is missing" },
        { "\"owners\"]", "\"own\"]",
          "/rules/chroma-transition/columns/5: is \"own\", not \"owners\"" },
        { "\"owners\"]", "\"owners\",\"x\"]", "/rules/chroma-transition/columns: has 7 columns" },
        { "\"sha256\",\"origin\"", "\"sha256\"", "/sources/columns/2: is missing" },
        { "\"chroma-transition changes\",", "",
          "/items/columns/4: is \"duration\", not \"chroma-t" },
        { "\"rows\":[\n[0,", "\"raws\":[\n[0,", "/items/rows: is missing" },
    };

    CHECK_FAULTS(faults);
}

static void
test_rows(void)
{
    static const CorpusFault faults[] = {
        { "[\"a\",\"\",\"file\"]", "[\"a\",\"\"]", "/sources/rows/0: has 2 cells, not 3" },
        { "[\"a\",\"\",\"file\"]", "[\"a\",\"\",\"tape\"]",
          "/sources/rows/0: \"tape\" is none of file" },
        { "[\"a\",\"\",\"file\"]", "[\"a\",\"12\",\"file\"]",
          "/sources/rows/0: \"12\" is not a SHA-256" },
        { DIGEST, "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
          "/sources/rows/1: \"01234" },
        { "[\"a\",\"\",\"file\"]", "[\"w\",\"" DIGEST "\",\"windows\"]",
          "/sources/rows/1: names a source that was there already" },
        { "[0,null", "[2,null", "/items/rows/0: there is no source 2" },
        { "[0,null", "[-1,null", "/items/rows/0/0: is -1" },
        { "[0,null", "[0.5,null", "/items/rows/0/0: is a number, not an integer" },
        { "[0,null", "[0,0", "/items/rows/0/1: an item of a file has no number, others have" },
        { "[1,0,null", "[1,null,null", "/items/rows/1/1: an item of a file has no number" },
        { "[1,1,null", "[1,0,null", "/items/rows/2: is out of order, or there twice" },
        { "[1,1,null", "[0,null,null", "/items/rows/2: is out of order" },
        { "\"x\",4,2,3", "7,4,2,3", "/items/rows/0/2: is an integer, not a string" },
        { "\"x\",4,2,3", "\"x\",4,5,3", "/items/rows/0: has more changes than events" },
        { "\"x\",4,2,3", "\"x\",4,2,3,0", "/items/rows/0: has 7 cells, not 6" },
        { "[0,null,\"x\",4,2,3]", "4", "/items/rows/0: is an integer, not an array" },
        { "[\"rest\",\"C-E-G\"", "[\"rest\",\"C-H-G\"",
          "/rules/chroma-transition/rows/0/1: \"C-H-G\" is" },
        { "[\"rest\",\"C-E-G\"", "[0,\"C-E-G\"",
          "/rules/chroma-transition/rows/0/0: is an integer" },
        { "[\"C-E-G\",\"rest\"", "[\"rest\",\"G-E-C\"",
          "/rules/chroma-transition/rows/1: is out of ord" },
        { "[0.25,", "[1.5,", "/rules/duration/rows/1: is out of order, or there twice" },
        { "[0.25,", "[-0.25,", "/rules/duration/rows/0/0: is a negative length" },
        { "[0.25,", "[\"0.25\",", "/rules/duration/rows/0/0: is a string, not a number" },
    };

    CHECK_FAULTS(faults);
}

/* Counts that contradict each other, or would wrap round. */
static void
test_sums(void)
{
#define HUGE "9223372036854775807"
#define ROWS "/rules/chroma-transition/rows"
    static const CorpusFault faults[] = {
        { "2,2,2,[[0,1],[1,1]]", "2,2,1,[[0,1],[1,1]]", ROWS "/0/4: is 1, the owners span 2" },
        { "2,2,2,[[0,1],[1,1]]", "3,2,2,[[0,1],[1,1]]", ROWS "/0/5: do not add up" },
        { "2,2,2,[[0,1],[1,1]]", "2,3,2,[[0,1],[1,1]]", ROWS "/0: its counts contradict" },
        { "2,2,2,[[0,1],[1,1]]", "2,1,1,[[0,1],[1,1]]", ROWS "/0/5: do not add up" },
        { "2,2,2,[[0,1],[1,1]]", "2,0,2,[[0,1],[1,1]]", ROWS "/0: its counts contradict" },
        { "2,2,2,[[0,1],[1,1]]", "9,9,2,[[0,1],[1,1]]", ROWS "/0: its counts contradict" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,2,[[1,1],[0,1]]", ROWS "/0/5/1: is out of order" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,2,[[0,1],[0,1]]", ROWS "/0/5/1: is out of order" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,2,[[0,2],[1,0]]", ROWS "/0/5/1: is none, or more than" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,2,[[0,1],[3,1]]", ROWS "/0/5/1: there is no item 3" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,2,[[0,1],[1]]", ROWS "/0/5/1: has 1 cells, not 2" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,2,\"many\"", ROWS "/0/5: is a string, not an array" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,\"many\",[]", ROWS "/0/4: is neither a number nor" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,\"more\",\"many\"", ROWS "/0/4: is neither a number nor" },
        { "2,2,2,[[0,1],[1,1]]", "2,2,\"many\",\"many\"", ROWS "/0/4: is \"many\", which there" },
        { "2,2,2,[[0,1],[1,1]]", HUGE ",2,2,[[0," HUGE "],[1," HUGE "]]",
          ROWS "/0/5/1: is none, or" },
        { "\"x\",4,2,3", "\"x\",5,2,3", ROWS ": the entries have 6 occurrences, the items 7" },
        { "\"x\",4,2,3", "\"x\",4,3,3", ROWS ": the entries have 3 changes, the items 4" },
        { "\"x\",4,2,3", "\"x\",4,2,4",
          "/rules/duration/rows: the entries have 4 occurrences, the" },
        /* As many in all, but not of those items. */
        { "\"x\",4,2,3],\n[1,0,null,2,1,1]", "\"x\",3,2,3],\n[1,0,null,3,1,1]",
          ROWS ": item 0 owns more of the entries than it has events" },
        { "\"x\",4,2,3],\n[1,0,null,2,1,1]", "\"x\",4,1,3],\n[1,0,null,2,2,1]",
          ROWS ": item 0 owns more" },
        /* Three of nearly 2^63 wrap round to little. */
        { "\"x\",4,2,3],\n[1,0,null,2,1,1]", "\"x\"," HUGE ",2,3],\n[1,0,null," HUGE ",1,1]",
          ROWS ": the counts add up to more than 2^63" },
        { "[0.25,1,1,1,[[0,1]]],\n[1.5,3,2,2,[[0,2],[1,1]]]",
          "[0.25," HUGE ",1,1,[[0," HUGE "]]],\n[1.5," HUGE ",1,1,[[0," HUGE "]]]",
          "/rules/duration/rows: the counts add up to more than 2^63" },
        { "[0,null,\"x\",4", "[0,null,\"x\",9223372036854775808", "line 5" },
    };

    CHECK_FAULTS(faults);
}

/* What items start and end with: there, in order, and in balance with the transitions. */
static void
test_ends(void)
{
#define RULE "/rules/chroma-transition"
    static const CorpusFault faults[] = {
        { ",\"starts\":[\n[\"rest\",2]\n]", "", RULE "/starts: is missing" },
        { "\"ends\":", "\"end\":", RULE "/ends: is missing" },
        { "[\n[\"rest\",2]\n]", "2", RULE "/starts: is an integer, not an array" },
        { "[\"rest\",2]", "[2]", RULE "/starts/0: has 1 cells, not 2" },
        { "[\"rest\",2]", "[\"rest\",\"C\",2]", RULE "/starts/0: has 3 cells, not 2" },
        { "[\"rest\",2]", "[\"H\",2]", RULE "/starts/0/0: \"H\" is not a chord" },
        { "[\"rest\",2]", "[\"rest\",-2]", RULE "/starts/0/1: is -2, a count cannot be negative" },
        { "[\"rest\",2]", "[\"rest\",1],[\"rest\",1]", RULE "/starts/1: is out of order, or" },
        { "[\"rest\",2]", "[\"D\",1],[\"C\",1]", RULE "/starts/1: is out of order, or" },
        { "[\"rest\",2]", "[\"rest\",2],[\"C\",0]", RULE "/starts/1: is none, or too many" },
        { "[\"rest\",2]", "[\"rest\"," HUGE "],[\"C\",1]", RULE "/starts/1: is none, or too many" },
        { "[\"rest\",2]", "[\"rest\",1]", RULE ": 1 starts and 2 ends of 3 items, 2 of which" },
        { "[\"rest\",2]", "[\"C-E-G\",2]",
          RULE ": \"rest\" is begun or entered 1 times, and left or ended with 3 times" },
        /* In balance, but of fewer items than have events, or of more than there are. */
        { "[\"rest\",1],\n[\"C-E-G\",1]\n", "", RULE ": 2 starts and 0 ends" },
        { "[\"rest\",2]", "[\"rest\",2],[\"D\",1],[\"C-E-G\",1]", RULE ": 4 starts and 2 ends" },
        { "{\"step_q\":0.25}", "{\"order\":1}", RULE "/convention/order: is not 2, 3 or 4" },
        { "{\"step_q\":0.25}", "{\"order\":5}", RULE "/convention/order: is not 2, 3 or 4" },
        { "{\"step_q\":0.25}", "{\"order\":\"2\"}", RULE "/convention/order: is not 2, 3 or 4" },
        { "{\"step_q\":0.25}", "{\"order\":2.0}", RULE "/convention/order: is not 2, 3 or 4" },
        { "{\"step_q\":0.25}", "{\"order\":4294967297}", RULE "/convention/order: is not 2" },
        { "{\"step_q\":0.25}", "{\"order\":2}", RULE "/columns/0: is \"from\", not \"from2\"" },
    };

    CHECK_FAULTS(faults);
}

/* An item more that ends where it starts, or a circle of transitions, leaves the balance as it is:
 * the counts of items tell. */
static void
test_flow(void)
{
    static const char circle[] = "[\"C\",\"C\",2,1,1,[[0,2]]]";
    g_autoptr(AssaySpec) spec = corpus_mine(NULL, corpus_chroma("a", "C*3"), NULL);
    g_autofree char *text = corpus_print(spec);
    g_autoptr(GString) none = g_string_new(text), two = g_string_new(text);
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(strstr(text, circle));
    g_string_replace(none, "[\n[\"C\",1]\n]", "[]", 0);
    g_assert_null(corpus_parse(none->str, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "0 starts and 0 ends of 1 items, 1 of which");
    g_string_replace(two, "[\n[\"C\",1]\n]", "[[\"C\",2]]", 0);
    g_assert_null(corpus_parse(two->str, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "2 starts and 2 ends of 1 items, 1 of which");
}

/* What is no JSON is named by line and column. */
static void
test_syntax(void)
{
    static const CorpusFault faults[] = {
        { "\"name\":\"demo\",\n", "\"name\":\"demo\"\n", "line 10, column 6" },
        { "\"name\"", "\"edition\"", "line 9, column" }, /* twice */
        { "\"version\":1\n}\n", "\"version\":1\n", "line 36, column" },
        { "\"version\":1\n}\n", "\"version\":1\n}\n{}", "line 37, column" },
        { "\"version\":1", "\"version\":NaN", "line 35, column 13" },
        { "demo", "de\xffmo", "line 9, column" },
        { "demo", "de\\u0000mo", "line 9, column" },
    };

    CHECK_FAULTS(faults);
    for (size_t size = 0; size < strlen(sound) - 1; size++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssaySpec) spec = assay_spec_parse(sound, size, "cut", &error);

        g_assert_null(spec);
        corpus_refused(&error, ASSAY_ERROR_SPEC, "cut: ");
    }
}

/* Nine groups that have an entry are nine items at least. */
static void
test_many(void)
{
    static const char whole[] = "[\"C\",\"D\",9,9,\"many\",\"many\"]";
    g_autoptr(AssaySpec) spec = assay_spec_new();
    g_autoptr(AssaySpec) other = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    char *at;

    for (guint i = 0; i < 9; i++) {
        g_autofree char *name = g_strdup_printf("%u", i);
        g_autoptr(AssaySample) sample = corpus_chroma(name, "C D");
        g_autoptr(AssayObservation) observation =
            assay_observe(sample, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, NULL);

        g_assert_true(assay_spec_add(spec, observation, NULL, NULL, NULL));
    }
    assay_spec_sort(spec);
    text = corpus_print(spec);
    at = strstr(text, whole);
    g_assert_nonnull(at);
    at[strlen("[\"C\",\"D\",9,")] = '8';
    other = corpus_parse(text, &error);
    g_assert_null(other);
    corpus_refused(&error, ASSAY_ERROR_SPEC, "/rows/0/4: is \"many\", which there are not");
}

/* Another hand's text: members in another order, white space, sources out of order, other
 * spellings. It is read, and printed in the canonical form. */
static void
test_other_hand(void)
{
    g_autofree char *spelled =
        corpus_changed(sound, "[\"C-E-G\",\"rest\"", " [ \"G-C-Fb\" , \"rest\"");
    g_autofree char *swapped = NULL;
    g_autoptr(GString) text = NULL, again = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = corpus_parse(spelled, &error), other = NULL;

    g_assert_no_error(error);
    text = assay_spec_print(spec);
    g_assert_cmpstr(text->str, ==, sound);
    swapped = corpus_changed(sound, "[\"a\",\"\",\"file\"]", "[\"z\",\"\",\"file\"]");
    other = corpus_parse(swapped, &error);
    g_assert_no_error(error);
    again = assay_spec_print(other);
    g_assert_nonnull(
        strstr(again->str, "[0,0,null,2,1,1],\n[0,1,null,0,0,0],\n[1,null,\"x\",4,2,3]"));
    g_assert_nonnull(strstr(again->str, "[\"C-E-G\",\"rest\",1,1,1,[[2,1]]]"));
    g_free(corpus_print(other));
}

/* Specs of random corpora are printed, read, and printed to the same bytes. */
static void
test_round(void)
{
    for (guint32 seed = 1000; seed < 1100; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(RandomCorpus) corpus =
            random_corpus_new(random, 1 + seed % 30, 40, 1 + seed % ASSAY_MAX_ORDER);
        g_autoptr(AssaySpec) spec = NULL;

        if (corpus->items->len > 0) {
            spec = random_corpus_mine(corpus, NULL, 0);
            g_free(corpus_print(spec));
        }
        g_rand_free(random);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/spec-parse/sound", test_sound);
    g_test_add_func("/spec-parse/members", test_members);
    g_test_add_func("/spec-parse/rows", test_rows);
    g_test_add_func("/spec-parse/sums", test_sums);
    g_test_add_func("/spec-parse/ends", test_ends);
    g_test_add_func("/spec-parse/flow", test_flow);
    g_test_add_func("/spec-parse/many", test_many);
    g_test_add_func("/spec-parse/syntax", test_syntax);
    g_test_add_func("/spec-parse/other-hand", test_other_hand);
    g_test_add_func("/spec-parse/round", test_round);
    return g_test_run();
}
