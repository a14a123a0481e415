/* tests/unit/test-label.c - texts that a rule gives items: groups and classes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/classes.h>
#include <string.h>

#include "corpus.h"

#define META                                                                                       \
    "{\"a.b\":{\"c\":\"dotted\"},\"by_item\":[\"p\",7,true,null,[]],\"deep\":{\"a.b\":1,"          \
    "\"list\":[\"only\"],\"x\":{\"y\":\"z\"}},\"empty\":\"\",\"half\":0.5,\"int\":-3,"             \
    "\"no\":false,\"null\":null,\"one\":1.0,\"text\":\"t\",\"yes\":true}"

/* A sample of this name with these metadata; with @n items from @start on, or without (0). */
static AssaySample *
sample_of(const char *name, const char *meta, size_t start, size_t n)
{
    g_autoptr(AssayJson) members = assay_json_parse(meta, strlen(meta), "meta", NULL);
    g_autofree const char **keys = assay_json_keys(members);
    AssaySample *sample = assay_sample_new(name);

    for (size_t i = 0; keys[i] != NULL; i++)
        assay_json_set_take(assay_sample_meta(sample), keys[i],
                            assay_json_copy(assay_json_get(members, keys[i])));
    if (n > 0)
        assay_sample_set_items(sample, start, n);
    return sample;
}

static char *
read_label(const AssayLabel *label, AssaySample *sample, size_t item)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    g_assert_true(assay_label_read(label, sample, item, &text, &error));
    g_assert_no_error(error);
    return text;
}

static AssayLabel *
group_label(const char *text)
{
    g_autoptr(GError) error = NULL;
    AssayLabel *label = assay_label_new_group(text, &error);

    g_assert_no_error(error);
    return label;
}

static void
check(const char *rule, const char *name, const char *expected)
{
    g_autoptr(AssayLabel) label = group_label(rule);
    g_autoptr(AssaySample) sample = sample_of(name, META, 0, 0);
    g_autofree char *text = read_label(label, sample, 0);

    g_assert_cmpstr(text, ==, expected);
}

/* The first group that captures, or all that matches; nothing and the empty text are no label. */
static void
test_regex(void)
{
    check("chor(\\d+)", "bach/chor001", "001");
    check("chor\\d+", "bach/chor001", "chor001");
    check("^(?:bach|jsb)/([a-z]+)(\\d+)$", "jsb/chor001", "chor");
    check("^[^/]+", "bach/x/y", "bach");
    check("(x)?(b)", "ab", NULL);
    check("(x*)", "ab", NULL);
    check("^$", "ab", NULL);
    check("c", "ab", NULL);
    check("b$", "ab\n", NULL); /* $ is the end, not a line end before it */
    check("(?i)BACH", "bach/x", "bach");
    check("L[äö]", "PrLäludium", "Lä");
    check(".", "\xc3\xa4", "\xc3\xa4"); /* a character, not a byte */
    check("folder", "a/folder/b", "folder");
}

static void
test_identity(void)
{
    g_autoptr(AssayLabel) label = group_label("^(.*)\\[1.\\]$");
    g_autoptr(AssaySample) piece = sample_of("bach/a", "{}", 9, 3);
    g_autofree char *ninth = read_label(label, piece, 9), *tenth = read_label(label, piece, 10);

    g_assert_cmpstr(ninth, ==, NULL);
    g_assert_cmpstr(tenth, ==, "bach/a");
}

/* Strings, integers and truth values, also in objects; names with dots are found. */
static void
test_meta(void)
{
    check("meta:text", "a", "t");
    check("meta:int", "a", "-3");
    check("meta:one", "a", "1");
    check("meta:yes", "a", "true");
    check("meta:no", "a", "false");
    check("meta:deep.x.y", "a", "z");
    check("meta:deep.a.b", "a", "1");
    check("meta:a.b.c", "a", "dotted");
    check("meta:a.b", "a", NULL);
    check("meta:half", "a", NULL);
    check("meta:empty", "a", NULL);
    check("meta:null", "a", NULL);
    check("meta:deep", "a", NULL);
    check("meta:deep.list", "a", NULL); /* without items an array is none */
    check("meta:by_item", "a", NULL);
    check("meta:text.x", "a", NULL);
    check("meta:deep.x.", "a", NULL);
    check("meta:.", "a", NULL);
    check("meta:nope", "a", NULL);
}

/* Of an array each item has its own, counted over the whole sample in every piece of it. */
static void
test_by_item(void)
{
    static const char *const expected[] = { "p", "7", "true", NULL, NULL, NULL, NULL };
    g_autoptr(AssayLabel) label = group_label("meta:by_item"), flat = group_label("meta:text");

    for (size_t start = 0; start < 6; start++) {
        g_autoptr(AssaySample) piece = sample_of("a", META, start, 2);

        for (size_t i = start; i < start + 2; i++) {
            g_autofree char *own = read_label(label, piece, i);
            g_autofree char *same = read_label(flat, piece, i);

            g_assert_cmpstr(own, ==, expected[i]);
            g_assert_cmpstr(same, ==, "t");
        }
    }
}

static void
test_folder(void)
{
    static const char *const cases[][2] = { { "a/b/c", "a/b" }, { "a/b", "a" }, { "a", NULL } };
    g_autoptr(AssayLabel) label = assay_label_new_class("folder", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(AssaySample) sample = sample_of(cases[i][0], "{}", 0, 0);
        g_autofree char *text = read_label(label, sample, 0);

        g_assert_cmpstr(text, ==, cases[i][1]);
    }
}

static void
test_long(void)
{
    for (size_t n = ASSAY_LABEL_MAX; n <= ASSAY_LABEL_MAX + 1; n++) {
        g_autofree char *name = g_strnfill(n, 'a');
        g_autoptr(AssayLabel) label = group_label("a+");
        g_autoptr(AssaySample) sample = sample_of(name, "{}", 0, 0);
        g_autofree char *text = read_label(label, sample, 0);

        g_assert_cmpstr(text, ==, n == ASSAY_LABEL_MAX ? name : NULL);
    }
}

/* An expression that can match in exponentially many ways is given up. */
static void
test_runaway(void)
{
    static const char *const expressions[] = { "^(a+)+$", "(?:a|aa)+$", "^(a*)*$",
                                               "(*LIMIT_MATCH=4000000000)^(a+)+$" };
    g_autofree char *letters = g_strnfill(2000, 'a');
    g_autofree char *name = g_strconcat(letters, "b", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(expressions); i++) {
        g_autoptr(AssayLabel) label = group_label(expressions[i]);
        g_autoptr(AssaySample) sample = sample_of(name, "{}", 0, 0);
        g_autoptr(GError) error = NULL;
        char *text = NULL;
        gint64 start = g_get_monotonic_time();

        g_assert_false(assay_label_read(label, sample, 0, &text, &error));
        corpus_refused(&error, ASSAY_ERROR_USAGE, "takes more than 1000000 steps for aaaa");
        g_assert_null(text);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
    }
}

static void
refused(AssayLabel *(*parse)(const char *text, GError **error), const char *text, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayLabel) label = parse(text, &error);

    g_assert_null(label);
    corpus_refused(&error, ASSAY_ERROR_USAGE, says);
}

static void
test_refused(void)
{
    refused(assay_label_new_group, "(a", "(a: is no regular expression: at char 2: missing");
    refused(assay_label_new_group, "", ": is empty");
    refused(assay_label_new_group, "a\xff", "a%FF: is not UTF-8");
    refused(assay_label_new_group, "meta:", "meta:: name a member of the metadata, as in meta:");
    refused(assay_label_new_class, "meta:", "meta:: name a member of the metadata, as in meta:");
    refused(assay_label_new_class, "", ": is empty");
    refused(assay_label_new_class, "bach", "bach: give folder, or a member of the metadata, as in");
    refused(assay_label_new_class, "meta", "meta: give folder, or");
}

static void
explained(AssayLabel *taken, const char *meta, size_t n, const char *expected)
{
    g_autoptr(AssayLabel) label = taken;
    g_autoptr(AssaySample) sample = sample_of("bach/a", meta, 4, n);
    g_autofree char *text = assay_label_explain(label, sample);

    g_assert_cmpstr(text, ==, expected);
}

static void
test_explain(void)
{
    g_autoptr(GString) many = g_string_new("{\"fields\":{\"roll\":{\"step_q\":1}}");

    explained(group_label("x"), "{}", 0, "it matches no item; the first is called bach/a");
    explained(group_label("x"), "{}", 2, "it matches no item; the first is called bach/a[4]");
    explained(assay_label_new_class("folder", NULL), "{}", 0,
              "no name has a folder in it; the first is bach/a");
    explained(
        group_label("meta:x"), META, 0,
        "no item has it; bach/a has a.b.c, deep.a.b, deep.x.y, empty, int, no, one, text, yes");
    explained(group_label("meta:x"), "{\"l\":[1,2,3,4,5,6]}", 2, "no item has it; bach/a[4] has l");
    explained(group_label("meta:x"), "{\"half\":0.5}", 0,
              "no item has it, and the metadata of bach/a have no other that would do: a string, "
              "an integer, or true or false");
    for (char key = 'a'; key < 'n'; key++)
        g_string_append_printf(many, ",\"%c\":1", key);
    g_string_append(many, "}");
    explained(group_label("meta:x"), many->str, 0,
              "no item has it; bach/a has a, b, c, d, e, f, g, h, i, j, k, l, ...");
    explained(group_label("meta:x"), "{\"fields\":{\"roll\":{\"step_q\":1}},\"z\\u0007\":1}", 0,
              "no item has it; bach/a has z%07, fields.roll.step_q");
}

/* Classes in byte order, each with its items; a bound on their number. */
static void
test_classes(void)
{
    static const char *const classes[] = { "b", "a", NULL, "b", "B" };
    static const char *const names[] = { "", "B", "a", "b" };
    static const guint64 n_items[] = { 1, 1, 1, 2 };
    g_autoptr(AssaySpec) spec = corpus_mine(NULL, corpus_chroma("m", "C D C"), NULL);
    AssayCheckConfig config = ASSAY_CHECK_CONFIG_DEFAULT;
    g_autoptr(AssayLabel) label = assay_label_new_class("meta:class", NULL);
    g_autoptr(AssayClasses) self = assay_classes_new();
    g_autoptr(AssayChecker) checker = NULL;
    g_autofree const char **found = NULL;

    config.observe.by = label;
    checker = assay_checker_new(spec, &config, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
        g_autofree char *name = g_strdup_printf("s%" G_GSIZE_FORMAT, i);
        g_autoptr(AssaySample) sample = corpus_chroma(name, "C D E");
        g_autoptr(AssayVerdict) verdict = NULL;

        if (classes[i] != NULL)
            assay_json_set_string(assay_sample_meta(sample), "class", classes[i]);
        verdict = assay_checker_check(checker, sample, NULL);
        g_assert_true(assay_classes_add(self, verdict, NULL, NULL));
    }
    found = assay_classes_names(self);
    g_assert_cmpuint(g_strv_length((char **)found), ==, G_N_ELEMENTS(names));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        AssaySummaryRow row;

        g_assert_cmpstr(found[i], ==, names[i]);
        g_assert_true(assay_summary_row(assay_classes_find(self, found[i]), spec, checker,
                                        ASSAY_RULE_TRANSITION, 0, "s", &row, NULL));
        g_assert_cmpuint(row.items, ==, n_items[i]);
        g_assert_cmpuint(row.violations, ==, n_items[i]);
    }
}

/* Items of one sample may be of different classes. */
static void
test_classes_of_items(void)
{
    AssayTally tallies[2 * ASSAY_N_RULES] = { 0 };
    AssayScore scores[2 * ASSAY_N_RULES] = { 0 };
    char *classes[] = { (char *)"b", (char *)"a", NULL };
    AssayObservation observation = { .name = (char *)"s",
                                     .sha256 = (char *)"",
                                     .n_items = 2,
                                     .tallies = tallies,
                                     .classes = classes };
    AssayVerdict verdict = { .observation = &observation, .scores = scores };
    g_autoptr(AssayClasses) self = assay_classes_new();
    g_autofree const char **found = NULL;

    g_assert_true(assay_classes_add(self, &verdict, NULL, NULL));
    found = assay_classes_names(self);
    g_assert_cmpuint(g_strv_length((char **)found), ==, 2);
    g_assert_cmpstr(found[0], ==, "a");
    g_assert_cmpstr(found[1], ==, "b");
}

static void
test_too_many_classes(void)
{
    AssayTally tallies[ASSAY_N_RULES] = { 0 };
    AssayScore scores[ASSAY_N_RULES] = { 0 };
    char name[32];
    char *classes[] = { name, NULL };
    AssayObservation observation = {
        .name = name, .sha256 = (char *)"", .n_items = 1, .tallies = tallies, .classes = classes
    };
    AssayVerdict verdict = { .observation = &observation, .scores = scores };
    g_autoptr(AssayClasses) self = assay_classes_new();
    g_autoptr(GError) error = NULL;

    for (int i = 0; i < 2 * ASSAY_MAX_CLASSES; i++) {
        g_snprintf(name, sizeof name, "%d", i % ASSAY_MAX_CLASSES);
        g_assert_true(assay_classes_add(self, &verdict, NULL, &error));
    }
    g_snprintf(name, sizeof name, "more");
    g_assert_false(assay_classes_add(self, &verdict, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE,
                   "more than 10000 classes in a set: choose what more items have in common; a row "
                   "an item is what --per-item gives");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/label/regex", test_regex);
    g_test_add_func("/label/identity", test_identity);
    g_test_add_func("/label/meta", test_meta);
    g_test_add_func("/label/by-item", test_by_item);
    g_test_add_func("/label/folder", test_folder);
    g_test_add_func("/label/long", test_long);
    g_test_add_func("/label/runaway", test_runaway);
    g_test_add_func("/label/refused", test_refused);
    g_test_add_func("/label/explain", test_explain);
    g_test_add_func("/classes/by-hand", test_classes);
    g_test_add_func("/classes/of-items", test_classes_of_items);
    g_test_add_func("/classes/too-many", test_too_many_classes);
    return g_test_run();
}
