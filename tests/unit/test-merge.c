/* tests/unit/test-merge.c - the specs of any parts add up to the spec of the whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/spec/spec.h>
#include <string.h>

#include "corpus.h"
#include "random-corpus.h"
#include "rounds.h"

/* Printed and read back first, as specs travel. */
static AssaySpec *
reread(const AssaySpec *spec)
{
    g_autoptr(GString) text = assay_spec_print(spec);
    g_autoptr(GError) error = NULL;
    AssaySpec *back = assay_spec_parse(text->str, text->len, "part", &error);

    g_assert_no_error(error);
    return back;
}

static void
merge(AssaySpec *into, const AssaySpec *other)
{
    g_autoptr(GError) error = NULL;

    if (!assay_spec_merge(into, other, &error))
        g_assert_no_error(error);
}

/* The parts in some order, as a chain ((a + b) + c) + d or as a tree (a + b) + (c + d). */
static AssaySpec *
add_up(GPtrArray *parts, gboolean as_tree, guint first, guint n)
{
    AssaySpec *left;

    if (n == 1)
        return reread(g_ptr_array_index(parts, first));
    left = add_up(parts, as_tree, first, as_tree ? n / 2 : n - 1);
    {
        guint done = as_tree ? n / 2 : n - 1;
        g_autoptr(AssaySpec) right = add_up(parts, as_tree, first + done, n - done);

        merge(left, right);
    }
    return left;
}

static void
free_spec(gpointer spec)
{
    assay_spec_free(spec);
}

static void
shuffle(GRand *random, GPtrArray *parts)
{
    for (guint i = parts->len; i > 1; i--) {
        guint k = (guint)g_rand_int_range(random, 0, (gint32)i);
        gpointer swap = parts->pdata[k];

        parts->pdata[k] = parts->pdata[i - 1];
        parts->pdata[i - 1] = swap;
    }
}

/* Items fall into parts one by one: groups, the windows of a piece and the items of an array are
 * torn apart. */
static void
check_partition(const RandomCorpus *corpus, GRand *random, const char *whole)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(free_spec);
    g_autofree guint8 *part = g_new0(guint8, corpus->items->len);
    guint n_parts = (guint)g_rand_int_range(random, 2, 8);
    g_autoptr(AssaySpec) sum = NULL;
    g_autofree char *text = NULL;

    for (guint i = 0; i < corpus->items->len; i++)
        part[i] = (guint8)g_rand_int_range(random, 0, (gint32)n_parts);
    for (guint8 p = 0; p < n_parts; p++) {
        if (memchr(part, p, corpus->items->len) != NULL)
            g_ptr_array_add(parts, random_corpus_mine(corpus, part, p));
    }
    shuffle(random, parts);
    sum = add_up(parts, g_rand_boolean(random), 0, parts->len);
    assay_spec_sort(sum);
    text = corpus_print(sum);
    g_assert_cmpstr(text, ==, whole);
}

static void
test_partitions(void)
{
    guint n_many = 0;

    for (guint32 seed = 0; seed < 60; seed += 60 / rounds(60)) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(RandomCorpus) corpus =
            random_corpus_new(random, 2 + seed % 20, (guint)g_rand_int_range(random, 2, 200),
                              1 + seed % ASSAY_MAX_ORDER);
        g_autofree char *whole = NULL;

        if (corpus->items->len > 0) {
            g_autoptr(AssaySpec) spec = random_corpus_mine(corpus, NULL, 0);

            whole = corpus_print(spec);
            n_many += strstr(whole, "\"many\"") != NULL;
            for (int i = 0; i < 8; i++)
                check_partition(corpus, random, whole);
        }
        g_rand_free(random);
        if (g_test_failed()) {
            g_test_message("seed %u", seed);
            break;
        }
    }
    g_assert_cmpuint(n_many, >, rounds(60) / 6); /* the case is there */
}

/* The order in which one corpus is mined does not show either. */
static void
test_order(void)
{
    static const char *const chords[] = { "C D C", "D C D D", "E C D", "C C C" };
    g_autofree char *first = NULL;

    for (guint rotation = 0; rotation < 4; rotation++) {
        AssaySample *samples[4];
        g_autoptr(AssaySpec) spec = NULL;
        g_autofree char *text = NULL;

        for (guint i = 0; i < 4; i++) {
            guint k = (i * 3 + rotation) % 4;
            g_autofree char *name = g_strdup_printf("s%u", k);

            samples[i] = corpus_chroma(name, chords[k]);
        }
        spec = corpus_mine(NULL, samples[0], samples[1], samples[2], samples[3], NULL);
        text = corpus_print(spec);
        if (first == NULL)
            first = g_steal_pointer(&text);
        else
            g_assert_cmpstr(text, ==, first);
    }
}

/* Four groups and five make nine, which are many; four and four stay named. */
static void
test_many(void)
{
    for (guint n = 4; n <= 5; n++) {
        AssaySpec *sides[2] = { assay_spec_new(), assay_spec_new() };
        g_autofree char *entry = NULL;

        for (guint i = 0; i < 4 + n; i++) {
            g_autofree char *name = g_strdup_printf("s%u", i);
            g_autoptr(AssaySample) sample = corpus_chroma(name, "C D C D");
            g_autoptr(AssayObservation) observation =
                assay_observe(sample, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, NULL);

            g_assert_true(assay_spec_add(sides[i >= 4], observation, NULL, NULL, NULL));
        }
        assay_spec_sort(sides[0]);
        assay_spec_sort(sides[1]);
        merge(sides[1], sides[0]);
        assay_spec_sort(sides[1]);
        entry = corpus_entry(sides[1], ASSAY_RULE_TRANSITION, "D C");
        g_assert_cmpstr(entry, ==,
                        n == 4 ? "n=8 items=8 groups=8 owners=0:1,1:1,2:1,3:1,4:1,5:1,6:1,7:1"
                               : "n=9 items=9 groups=9 owners=");
        assay_spec_free(sides[0]);
        assay_spec_free(sides[1]);
    }
}

static AssaySample *
cut_sample(guint index, const char *chords)
{
    g_autofree char *name = g_strdup_printf("p/%06u", index);
    AssaySample *sample = corpus_chroma(name, chords);
    AssayJson *cut = assay_json_object();

    assay_json_set_string(cut, "from", "p");
    assay_json_set_integer(cut, "index", index);
    assay_json_set_take(assay_sample_meta(sample), "cut", cut);
    assay_json_set_take(assay_sample_meta(sample), "source", assay_json_object());
    return sample;
}

/* What was cut from one piece is one group, in whichever shards it comes. */
static void
test_cut(void)
{
    g_autoptr(AssaySpec) whole =
        corpus_mine(NULL, cut_sample(0, "C D C"), cut_sample(1, "C D E"), cut_sample(2, "D E F"),
                    corpus_chroma("q", "C D"), NULL);
    g_autoptr(AssaySpec) a =
        corpus_mine(NULL, cut_sample(2, "D E F"), cut_sample(0, "C D C"), NULL);
    g_autoptr(AssaySpec) b =
        corpus_mine(NULL, corpus_chroma("q", "C D"), cut_sample(1, "C D E"), NULL);
    g_autofree char *text = corpus_print(whole), *sum = NULL, *entry = NULL;

    merge(a, b);
    assay_spec_sort(a);
    sum = corpus_print(a);
    g_assert_cmpstr(sum, ==, text);
    g_assert_cmpuint(a->n_groups, ==, 2);
    entry = corpus_entry(a, ASSAY_RULE_TRANSITION, "D E");
    g_assert_cmpstr(entry, ==, "n=2 items=2 groups=1 owners=1:1,2:1");
}

#define WINDOWS                                                                                    \
    "[{\"tool\":\"assay-roll\",\"options\":{\"step\":\"1/16\",\"window\":\"8\"}},"                 \
    "{\"tool\":\"assay-chroma\",\"options\":{}}]"

/* A source without an item is not lost on the way. */
static void
test_no_items(void)
{
    g_autoptr(AssaySpec) empty =
        corpus_mine(NULL, corpus_piece("short", corpus_midi(96, "0-96:60"), WINDOWS), NULL);
    g_autoptr(AssaySpec) other =
        corpus_mine(NULL, corpus_piece("long", corpus_midi(96, "0-960:60"), WINDOWS), NULL);
    g_autoptr(AssaySpec) whole =
        corpus_mine(NULL, corpus_piece("short", corpus_midi(96, "0-96:60"), WINDOWS),
                    corpus_piece("long", corpus_midi(96, "0-960:60"), WINDOWS), NULL);
    g_autofree char *text = corpus_print(whole), *sum = NULL;

    merge(other, empty);
    assay_spec_sort(other);
    sum = corpus_print(other);
    g_assert_cmpstr(sum, ==, text);
}

static void
set(char **member, const char *text)
{
    g_free(*member);
    *member = g_strdup(text);
}

/* What both say stays, what only one says goes. */
static void
test_names(void)
{
    g_autoptr(AssaySpec) a = corpus_mine(NULL, corpus_chroma("a", "C D"), NULL);
    g_autoptr(AssaySpec) b = corpus_mine(NULL, corpus_chroma("b", "C D"), NULL);

    set(&a->name, "x");
    set(&b->name, "x");
    set(&a->edition, "1");
    set(&b->edition, "2");
    set(&a->noun, "songs");
    set(&a->licence, "CC0");
    set(&b->licence, "CC0");
    g_ptr_array_add(b->tool_versions, g_strdup("0.0.9"));
    merge(a, b);
    assay_spec_sort(a);
    g_assert_cmpstr(a->name, ==, "x");
    g_assert_cmpstr(a->edition, ==, "");
    g_assert_cmpstr(a->noun, ==, "");
    g_assert_cmpstr(a->licence, ==, "CC0");
    g_assert_cmpuint(a->tool_versions->len, ==, 2);
    g_assert_cmpstr(a->tool_versions->pdata[0], ==, "0.0.9");
}

static void
refused(AssaySpec *a, AssaySpec *b, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_spec_merge(a, b, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, says);
    assay_spec_free(a);
    assay_spec_free(b);
}

static AssaySpec *
one(AssaySample *sample)
{
    return corpus_mine(NULL, sample, NULL);
}

static void
test_refused(void)
{
    AssaySample *slow = corpus_chroma("b", "C D");

    assay_json_set_real((AssayJson *)assay_sample_field_meta(slow, "chroma"), "step_q", 0.5);
    refused(one(corpus_chroma("a", "C D")), one(corpus_chroma("a", "C D")),
            "a is in both specs: merging would count it twice");
    refused(one(corpus_chroma("a", "C D")), one(slow),
            "rule chroma-transition: step_q is 0.5, not 0.25");
    refused(one(corpus_piece("a", corpus_midi(96, "0-96:60"), NULL)),
            one(corpus_chroma("b", "C D")),
            "the specs were mined by different recipes: stage none, not assay-roll");
    {
        AssaySample *bare = corpus_piece("b", corpus_midi(96, "0-96:60"), NULL);

        assay_sample_remove_field(bare, "notes");
        assay_sample_remove_field(bare, "roll");
        refused(one(corpus_piece("a", corpus_midi(96, "0-96:60"), NULL)), one(bare),
                "one spec has the rule duration, the other has not");
    }
    /* One item of two in common. */
    {
        AssaySample *second = corpus_chroma("a", "C D|D D|C C");

        assay_sample_set_items(second, 1, 3);
        refused(one(corpus_chroma("a", "C D|D C")), one(second), "a is in both specs");
    }
    /* Itself. */
    {
        g_autoptr(AssaySpec) spec = one(corpus_chroma("a", "C D"));
        g_autoptr(GError) error = NULL;

        g_assert_false(assay_spec_merge(spec, spec, &error));
        corpus_refused(&error, ASSAY_ERROR_SPEC, "a is in both specs");
    }
}

static AssaySpec *
with_content(const char *name, const char *content)
{
    AssaySample *sample = corpus_chroma(name, "C D");
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, content, -1);

    assay_json_set_string((AssayJson *)assay_sample_source(sample), "sha256", digest);
    return one(sample);
}

/* The same piece under another name, or another piece under the same name, is another item. */
static void
test_same_name(void)
{
    g_autoptr(AssaySpec) a = with_content("a", "one");
    g_autoptr(AssaySpec) b = with_content("b", "one");
    g_autoptr(AssaySpec) c = with_content("a", "two");

    merge(a, b);
    merge(a, c);
    assay_spec_sort(a);
    g_free(corpus_print(a));
    g_assert_cmpuint(a->items->len, ==, 3);
    g_assert_cmpuint(a->n_groups, ==, 3);
}

/* Counts near 2^63: their sum could not be written down. */
static void
test_overflow(void)
{
    AssaySpec *parts[2];

    for (guint i = 0; i < 2; i++) {
        AssayItem *item;
        AssayEntry *entry;

        parts[i] = one(corpus_chroma(i == 0 ? "a" : "b", "C C"));
        item = g_ptr_array_index(parts[i]->items, 0);
        entry = g_ptr_array_index(parts[i]->rules[ASSAY_RULE_TRANSITION].entries, 0);
        entry->n = entry->owners[0].count = item->events[ASSAY_RULE_TRANSITION] =
            parts[i]->rules[ASSAY_RULE_TRANSITION].total = (G_GUINT64_CONSTANT(1) << 62) + 1;
        g_free(corpus_print(parts[i]));
    }
    refused(parts[0], parts[1], "the counts add up to more than 2^63");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/merge/partitions", test_partitions);
    g_test_add_func("/merge/order", test_order);
    g_test_add_func("/merge/many", test_many);
    g_test_add_func("/merge/cut", test_cut);
    g_test_add_func("/merge/no-items", test_no_items);
    g_test_add_func("/merge/names", test_names);
    g_test_add_func("/merge/refused", test_refused);
    g_test_add_func("/merge/same-name", test_same_name);
    g_test_add_func("/merge/overflow", test_overflow);
    return g_test_run();
}
