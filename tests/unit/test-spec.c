/* tests/unit/test-spec.c - a spec grows: support, owners, groups, what cannot be added.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/spec/spec.h>
#include <string.h>

#include "corpus.h"

static void
check(const AssaySpec *spec, size_t rule, const char *key, const char *expected)
{
    g_autofree char *entry = corpus_entry(spec, rule, key);

    g_assert_cmpstr(entry, ==, expected);
}

/* Three pieces by hand. C = C-E-G, F = F-A-C, G = G-B-D:
 *   a: C C F C      C-C, C-F, F-C
 *   b: C F F C G    C-F, F-F, F-C, C-G
 *   c: F C G G G    F-C, C-G, G-G, G-G */
static AssaySpec *
three(const char *lines)
{
    g_autoptr(AssayGroups) groups = corpus_groups(lines);

    return corpus_mine(groups, corpus_chroma("b", "C-E-G F-A-C*2 C-E-G G-B-D"),
                       corpus_chroma("a", "C-E-G*2 F-A-C C-E-G"),
                       corpus_chroma("c", "F-A-C C-E-G G-B-D*3"), NULL);
}

static void
test_support(void)
{
    g_autoptr(AssaySpec) spec = three("");
    const AssayItem *item;

    g_assert_cmpuint(spec->rules[ASSAY_RULE_TRANSITION].entries->len, ==, 6);
    g_assert_false(spec->rules[ASSAY_RULE_DURATION].present);
    check(spec, ASSAY_RULE_TRANSITION, "C-E-G C-E-G", "n=1 items=1 groups=1 owners=0:1");
    check(spec, ASSAY_RULE_TRANSITION, "C-E-G F-A-C", "n=2 items=2 groups=2 owners=0:1,1:1");
    check(spec, ASSAY_RULE_TRANSITION, "F-A-C C-E-G", "n=3 items=3 groups=3 owners=0:1,1:1,2:1");
    check(spec, ASSAY_RULE_TRANSITION, "C-E-G G-B-D", "n=2 items=2 groups=2 owners=1:1,2:1");
    check(spec, ASSAY_RULE_TRANSITION, "G-B-D G-B-D", "n=2 items=1 groups=1 owners=2:2");
    check(spec, ASSAY_RULE_TRANSITION, "G-B-D C-E-G", "none");
    item = g_ptr_array_index(spec->items, 1);
    g_assert_cmpuint(item->events[ASSAY_RULE_TRANSITION], ==, 4);
    g_assert_cmpuint(item->changes[ASSAY_RULE_TRANSITION], ==, 3);
    g_assert_cmpint(item->index, ==, -1);
    g_assert_cmpuint(spec->n_groups, ==, 3);
}

/* a and c are one group: what both have, one group has. */
static void
test_groups(void)
{
    g_autoptr(AssaySpec) spec = three("a=x c=x");
    g_autofree char *what = NULL, *text = corpus_print(spec);

    check(spec, ASSAY_RULE_TRANSITION, "F-A-C C-E-G", "n=3 items=3 groups=2 owners=0:1,1:1,2:1");
    check(spec, ASSAY_RULE_TRANSITION, "C-E-G C-E-G", "n=1 items=1 groups=1 owners=0:1");
    g_assert_cmpuint(spec->n_groups, ==, 2);
    what = assay_spec_describe(spec);
    g_assert_cmpstr(what, ==, "the 3 items (2 groups) of the spec");
    g_assert_nonnull(strstr(text, "[0,null,\"x\",3,2]"));
    g_assert_nonnull(strstr(text, "[1,null,null,4,3]"));
    g_assert_nonnull(strstr(text, "[\"F-A-C\",\"C-E-G\",3,3,2,[[0,1],[1,1],[2,1]]]"));
}

static void
test_describe(void)
{
    g_autoptr(AssaySpec) spec = three("");
    g_autoptr(AssaySpec) array = corpus_mine(NULL, corpus_chroma("a", "C D|D C|C C"), NULL);
    g_autofree char *what = NULL, *of_array = NULL;

    g_free(spec->name);
    g_free(spec->noun);
    g_free(spec->edition);
    spec->name = g_strdup("bach");
    spec->noun = g_strdup("chorales");
    spec->edition = g_strdup("1.0");
    what = assay_spec_describe(spec);
    g_assert_cmpstr(what, ==, "the 3 chorales of bach 1.0");
    g_assert_false(assay_spec_is_ungrouped(spec));
    of_array = assay_spec_describe(array);
    g_assert_cmpstr(of_array, ==, "the 3 items (ungrouped) of the spec");
    g_assert_true(assay_spec_is_ungrouped(array));
    g_assert_cmpuint(array->n_groups, ==, 3);
}

/* Up to eight groups are named, the ninth makes them many. */
static void
test_many(void)
{
    for (guint n = 7; n <= 10; n++) {
        AssaySpec *spec = assay_spec_new();
        g_autofree char *entry = NULL;
        g_autofree char *text = NULL;

        for (guint i = 0; i < n; i++) {
            g_autofree char *name = g_strdup_printf("%c", 'a' + i);
            g_autoptr(AssaySample) sample = corpus_chroma(name, "C D");
            g_autoptr(AssayObservation) observation =
                assay_observe(sample, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, NULL);

            g_assert_true(assay_spec_add(spec, observation, NULL, NULL, NULL));
        }
        assay_spec_sort(spec);
        entry = corpus_entry(spec, ASSAY_RULE_TRANSITION, "C D");
        text = corpus_print(spec);
        if (n <= ASSAY_OWNER_GROUPS) {
            g_autofree char *start =
                g_strdup_printf("n=%u items=%u groups=%u owners=0:1,1:1", n, n, n);

            g_assert_true(g_str_has_prefix(entry, start));
        } else {
            g_autofree char *whole = g_strdup_printf("n=%u items=%u groups=9 owners=", n, n);
            g_autofree char *row = g_strdup_printf("[\"C\",\"D\",%u,%u,\"many\",\"many\"]", n, n);

            g_assert_cmpstr(entry, ==, whole);
            g_assert_nonnull(strstr(text, row));
        }
        assay_spec_free(spec);
    }
}

/* Copies that stand alone make leaving out idle; in one group with their twins they do no harm. */
static void
test_copies(void)
{
    AssaySample *samples[4];

    for (int grouped = 0; grouped < 3; grouped++) {
        static const char *const lines[] = { "", "a=x b=x", "a=x b=x c=x" };
        g_autoptr(AssayGroups) groups = corpus_groups(lines[grouped]);
        g_autoptr(AssaySpec) spec = NULL;

        for (size_t i = 0; i < 4; i++) {
            const char *const names[] = { "a", "b", "c", "d" };

            samples[i] = corpus_chroma(names[i], "C D");
            if (i < 3) /* one content */
                assay_json_set_string((AssayJson *)assay_sample_source(samples[i]), "sha256",
                                      "0123456789abcdef0123456789abcdef"
                                      "0123456789abcdef0123456789abcdef");
        }
        spec = corpus_mine(groups, samples[0], samples[1], samples[2], samples[3], NULL);
        g_assert_cmpuint(assay_spec_n_copies(spec), ==, 2 - (guint)grouped);
    }
}

static AssayObservation *
observe(AssaySample *sample)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    AssayObservation *observation =
        assay_observe(own, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, &error);

    g_assert_no_error(error);
    return observation;
}

static void
refused(AssaySpec *spec, AssaySample *sample, const char *says)
{
    g_autoptr(AssayObservation) observation = observe(sample);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) before = NULL, after = NULL;

    assay_spec_sort(spec);
    before = assay_spec_print(spec);
    g_assert_false(assay_spec_add(spec, observation, NULL, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, says);
    after = assay_spec_print(spec);
    g_assert_cmpstr(before->str, ==, after->str);
}

static AssaySample *
with_meta(AssaySample *sample, const char *key, double value)
{
    assay_json_set_real((AssayJson *)assay_sample_field_meta(sample, "chroma"), key, value);
    return sample;
}

#define RECIPE(options)                                                                            \
    "[{\"tool\":\"assay-roll\",\"options\":{" options "}},"                                        \
    "{\"tool\":\"assay-chroma\",\"options\":{}}]"

/* What was made otherwise, and what is there already; the spec stays as it was. */
static void
test_refused(void)
{
    g_autoptr(AssaySpec) spec = three("");
    g_autoptr(AssaySpec) pieces =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-96:60"), NULL), NULL);
    AssaySample *extended = corpus_piece("x", corpus_midi(96, "0-96:60"), NULL);

    refused(spec, corpus_chroma("a", "C-E-G*2 F-A-C C-E-G"),
            "a: is in the corpus already, with the same content");
    refused(
        spec, with_meta(corpus_chroma("d", "C D"), "step_q", 0.5),
        "d: rule chroma-transition: otherwise than in the samples before it: step_q is 0.5, not "
        "0.25");
    refused(spec, with_meta(corpus_chroma("d", "C D"), "rate_hz", 8), "rate_hz is given");
    assay_sample_set_stages(extended, NULL);
    refused(spec, extended,
            "x: has a field for rule duration, which the samples before it had not");
    extended = corpus_piece("x", corpus_midi(96, "0-96:60"), NULL);
    assay_sample_remove_field(extended, "notes");
    assay_sample_remove_field(extended, "roll");
    refused(pieces, extended, "x: has no field for rule duration, which the samples before it had");
    /* Of equal cells, by other options: the recipe tells. */
    refused(pieces, corpus_piece("x", corpus_midi(96, "0-96:60"), RECIPE("\"threshold\":\"3\"")),
            "x: made otherwise than what came before: assay-roll --threshold");
}

/* Numbers that are equal are no difference, however they are written. */
static void
test_convention(void)
{
    g_autoptr(AssayJson) one = assay_json_parse("{\"a\":1,\"b\":\"x\"}", 15, "a", NULL);
    g_autoptr(AssayJson) real = assay_json_parse("{\"a\":1.0,\"b\":\"x\"}", 17, "b", NULL);
    g_autoptr(AssayJson) other = assay_json_parse("{\"a\":1,\"b\":\"y\"}", 15, "c", NULL);
    g_autoptr(AssayJson) less = assay_json_parse("{\"a\":1}", 7, "d", NULL);
    g_autofree char *none = assay_convention_difference(one, real);
    g_autofree char *value = assay_convention_difference(one, other);
    g_autofree char *missing = assay_convention_difference(less, one);
    g_autofree char *extra = assay_convention_difference(one, less);

    g_assert_null(none);
    g_assert_cmpstr(value, ==, "b is \"x\", not \"y\"");
    g_assert_cmpstr(missing, ==, "b is not given (\"x\")");
    g_assert_cmpstr(extra, ==, "b is given, which it is not elsewhere (\"x\")");
}

/* A piece too short for a window is a source without an item; what follows is held against it. */
static void
test_no_items(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL,
                    corpus_piece("short", corpus_midi(96, "0-96:60"),
                                 RECIPE("\"step\":\"1/16\",\"window\":\"8\"")),
                    NULL);
    g_autofree char *text = corpus_print(spec);

    g_assert_cmpuint(spec->sources->len, ==, 1);
    g_assert_cmpuint(spec->items->len, ==, 0);
    g_assert_nonnull(strstr(text, "[\"short\","));
    refused(spec,
            corpus_piece("other", corpus_midi(96, "0-960:60"),
                         RECIPE("\"step\":\"1/8\",\"window\":\"8\"")),
            "step_q is 0.5, not 0.25");
}

/* A sample in pieces; its items are counted on, and no piece comes twice. */
static void
test_pieces(void)
{
    g_autoptr(AssaySpec) whole = corpus_mine(NULL, corpus_chroma("a", "C D|D C|C C|C C"), NULL);
    AssaySample *first = corpus_chroma("a", "C D|D C"), *second = corpus_chroma("a", "C C|C C");
    g_autoptr(AssaySpec) parts = NULL;
    g_autofree char *text = corpus_print(whole), *again = NULL;

    assay_sample_set_items(second, 2, 2);
    parts = corpus_mine(NULL, first, second, NULL);
    again = corpus_print(parts);
    g_assert_cmpstr(text, ==, again);
    second = corpus_chroma("a", "C C|C C");
    assay_sample_set_items(second, 3, 2);
    refused(parts, second, "a: is in the corpus already");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/spec/support", test_support);
    g_test_add_func("/spec/groups", test_groups);
    g_test_add_func("/spec/describe", test_describe);
    g_test_add_func("/spec/many", test_many);
    g_test_add_func("/spec/copies", test_copies);
    g_test_add_func("/spec/refused", test_refused);
    g_test_add_func("/spec/convention", test_convention);
    g_test_add_func("/spec/no-items", test_no_items);
    g_test_add_func("/spec/pieces", test_pieces);
    return g_test_run();
}
