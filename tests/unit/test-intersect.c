/* tests/unit/test-intersect.c - what all of several specs allow, and what one alone does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/check.h>
#include <assay/check/criterion.h>
#include <assay/check/summary.h>
#include <assay/spec/intersect.h>
#include <assay/spec/set-difference.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "random-corpus.h"

enum { N_PARTS = 3 };

/* Three parts of a random corpus, which have many keys in common. */
typedef struct {
    AssaySpec *specs[N_PARTS];
    gboolean is_whole; /* none is empty */
} Parts;

static Parts
make_parts(guint32 seed)
{
    GRand *random = g_rand_new_with_seed(seed);
    g_autoptr(RandomCorpus) corpus = random_corpus_new(
        random, 6 + seed % 20, (guint)g_rand_int_range(random, 2, 60), 1 + seed % ASSAY_MAX_ORDER);
    g_autofree guint8 *part = g_new0(guint8, corpus->items->len + 1);
    Parts parts = { .is_whole = TRUE };

    for (guint i = 0; i < corpus->items->len; i++)
        part[i] = (guint8)g_rand_int_range(random, 0, N_PARTS);
    for (guint8 p = 0; p < N_PARTS; p++) {
        parts.specs[p] = random_corpus_mine(corpus, part, p);
        parts.is_whole = parts.is_whole && parts.specs[p]->items->len > 0;
    }
    g_rand_free(random);
    return parts;
}

static void
free_parts(Parts *parts)
{
    for (guint p = 0; p < N_PARTS; p++)
        assay_spec_free(parts->specs[p]);
}

/* A derived copy, as a tool reads one. */
static AssaySpec *
derive(const AssaySpec *spec)
{
    g_autofree char *text = corpus_print(spec);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    AssaySpec *copy = assay_spec_parse(text, strlen(text), "part", NULL);

    assay_spec_derive(copy, sha256);
    return copy;
}

static AssaySpec *
intersect(AssaySpec *a, const AssaySpec *b)
{
    g_autoptr(GError) error = NULL;

    if (!assay_spec_intersect(a, b, &error))
        g_assert_no_error(error);
    assay_spec_sort(a);
    return a;
}

/* An entry of the intersection has the least support of any part; there are no others. */
static void
check_entries(const AssaySpec *common, const Parts *parts, size_t rule)
{
    const GPtrArray *first = parts->specs[0]->rules[rule].entries;
    guint n = 0;

    for (guint i = 0; i < first->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(first, i);
        const AssayEntry *found = assay_rule_entry(&common->rules[rule], entry->key);
        guint64 occurrences = entry->n, items = entry->items, groups = entry->groups;
        gboolean in_all = TRUE;

        for (guint p = 1; p < N_PARTS; p++) {
            const AssayEntry *other = assay_rule_entry(&parts->specs[p]->rules[rule], entry->key);

            in_all = in_all && other != NULL;
            if (other == NULL)
                continue;
            occurrences = MIN(occurrences, other->n);
            items = MIN(items, other->items);
            groups = MIN(groups, other->groups);
        }
        g_assert_true((found != NULL) == in_all);
        if (found == NULL)
            continue;
        n++;
        g_assert_cmpuint(found->n, ==, occurrences);
        g_assert_cmpuint(found->items, ==, items);
        g_assert_cmpuint(found->groups, ==, groups);
        g_assert_cmpuint(found->n_owners, ==, 0);
    }
    g_assert_cmpuint(common->rules[rule].entries->len, ==, n);
}

static void
check_ends(GTree *common, const Parts *parts, gboolean are_starts)
{
    const AssayRule *first = &parts->specs[0]->rules[ASSAY_RULE_TRANSITION];
    GTree *ours = are_starts ? first->starts : first->ends;
    gint n = 0;

    for (GTreeNode *at = g_tree_node_first(ours); at != NULL; at = g_tree_node_next(at)) {
        const AssayCount *count = g_tree_node_value(at);
        guint64 least = count->count;

        for (guint p = 1; p < N_PARTS; p++) {
            const AssayRule *rule = &parts->specs[p]->rules[ASSAY_RULE_TRANSITION];

            least =
                MIN(least, assay_ends_count(are_starts ? rule->starts : rule->ends, count->key));
        }
        g_assert_cmpuint(assay_ends_count(common, count->key), ==, least);
        n += least > 0;
    }
    g_assert_cmpint(g_tree_nnodes(common), ==, n);
}

static char *
print_take(AssaySpec *spec)
{
    char *text = corpus_print(spec);

    assay_spec_free(spec);
    return text;
}

/* Any order, any brackets and any repetition give the same bytes. */
static void
check_laws(const Parts *parts, const char *text)
{
    g_autoptr(AssaySpec) a = derive(parts->specs[0]), b = derive(parts->specs[1]);
    g_autoptr(AssaySpec) c = derive(parts->specs[2]);
    g_autofree char *backwards = print_take(intersect(intersect(derive(parts->specs[2]), b), a));
    g_autofree char *nested = NULL, *twice = NULL;
    g_autoptr(AssaySpec) right = intersect(derive(parts->specs[1]), c);

    g_assert_cmpstr(backwards, ==, text);
    nested = print_take(intersect(derive(parts->specs[0]), right));
    g_assert_cmpstr(nested, ==, text);
    twice = print_take(intersect(intersect(derive(parts->specs[0]), right), b));
    g_assert_cmpstr(twice, ==, text);
}

static void
test_laws(void)
{
    guint n_common = 0, n_many = 0;

    for (guint32 seed = 0; seed < 60; seed++) {
        Parts parts = make_parts(seed);

        if (parts.is_whole) {
            g_autoptr(AssaySpec) b = derive(parts.specs[1]), c = derive(parts.specs[2]);
            g_autoptr(AssaySpec) common = intersect(intersect(derive(parts.specs[0]), b), c);
            const AssayRule *rule = &common->rules[ASSAY_RULE_TRANSITION];
            g_autofree char *text = corpus_print(common);

            for (size_t r = 0; r < ASSAY_N_RULES; r++)
                check_entries(common, &parts, r);
            check_ends(rule->starts, &parts, TRUE);
            check_ends(rule->ends, &parts, FALSE);
            check_laws(&parts, text);
            n_common += rule->entries->len;
            n_many += strstr(text, "\"many\"") != NULL;
        }
        free_parts(&parts);
        if (g_test_failed()) {
            g_test_message("seed %u", seed);
            break;
        }
    }
    g_assert_cmpuint(n_common, >, 100); /* the cases are there */
    g_assert_cmpuint(n_many, >, 0);
}

/* Rows and sums, counted one by one. */
static void
check_difference(const Parts *parts, size_t rule, guint min_groups)
{
    const AssaySpec *const sides[] = { parts->specs[0], parts->specs[1] };
    AssayOverlap overlap;
    g_autoptr(GArray) rows =
        assay_spec_set_difference(sides[0], sides[1], rule, min_groups, &overlap, NULL);
    guint64 allowed[2] = { 0 }, strange[2] = { 0 }, alone = 0, both = 0;
    guint n = 0;

    for (guint side = 0; side < 2; side++) {
        const GPtrArray *entries = sides[side]->rules[rule].entries;

        for (guint i = 0; i < entries->len; i++) {
            const AssayEntry *entry = g_ptr_array_index(entries, i);
            const AssayEntry *other = assay_rule_entry(&sides[1 - side]->rules[rule], entry->key);
            gboolean theirs = other != NULL && other->groups >= min_groups;

            allowed[side] += entry->groups >= min_groups ? 1 : 0;
            strange[side] += theirs ? 0 : entry->n;
            both += side == 0 && theirs && entry->groups >= min_groups ? 1 : 0;
            alone += !theirs && entry->groups >= min_groups ? 1 : 0;
        }
        g_assert_cmpuint(overlap.allowed[side], ==, allowed[side]);
        g_assert_cmpuint(overlap.strange[side], ==, strange[side]);
    }
    g_assert_cmpuint(overlap.both, ==, both);
    g_assert_cmpuint(rows->len, ==, alone);
    for (guint i = 1; i < rows->len; i++) {
        const AssaySetRow *x = &g_array_index(rows, AssaySetRow, i - 1);
        const AssaySetRow *y = &g_array_index(rows, AssaySetRow, i);

        if (x->side == y->side) {
            g_assert_cmpuint(x->entry->groups, >=, y->entry->groups);
            n += x->entry->groups == y->entry->groups && x->entry->items == y->entry->items &&
                 x->entry->n == y->entry->n && x->entry->key > y->entry->key;
        }
    }
    g_assert_cmpuint(n, ==, 0); /* equals are in the order of their keys */
    if (overlap.jaccard == overlap.jaccard)
        g_assert_cmpfloat_with_epsilon(
            overlap.jaccard, (double)both / (double)(allowed[0] + allowed[1] - both), 1e-15);
}

static void
test_difference(void)
{
    for (guint32 seed = 0; seed < 40 && !g_test_failed(); seed++) {
        Parts parts = make_parts(seed);

        for (size_t r = 0; r < ASSAY_N_RULES && parts.is_whole; r++) {
            check_difference(&parts, r, 1);
            check_difference(&parts, r, 1 + seed % ASSAY_OWNER_GROUPS);
        }
        free_parts(&parts);
    }
}

static AssaySpec *
mine(const char *name, const char *chords)
{
    return corpus_mine(NULL, corpus_chroma(name, chords), NULL);
}

/* b: C D, D C and D E once each. */
static AssaySpec *
mine_b(void)
{
    return corpus_mine(NULL, corpus_chroma("b", "C D E"), corpus_chroma("c", "D C"), NULL);
}

/* By hand: a shows C D twice, D C and D D once. */
static void
test_overlap(void)
{
    g_autoptr(AssaySpec) a = mine("a", "C D D C D"), b = mine_b();
    AssayOverlap overlap;
    g_autoptr(GArray) rows =
        assay_spec_set_difference(a, b, ASSAY_RULE_TRANSITION, 1, &overlap, NULL);
    const AssaySetRow *row = &g_array_index(rows, AssaySetRow, 0);

    g_assert_cmpuint(rows->len, ==, 2);
    g_assert_cmpuint(row->side, ==, 0);
    g_assert_cmpuint(row->entry->key, ==, corpus_key(ASSAY_RULE_TRANSITION, "D D"));
    g_assert_null(row->other);
    g_assert_cmpuint(overlap.events[0], ==, 4);
    g_assert_cmpuint(overlap.strange[0], ==, 1);
    g_assert_cmpfloat_with_epsilon(overlap.jaccard, 2.0 / 4, 1e-15);
    /* Shares 2/4, 1/4, 1/4 and 1/3, 1/3, 1/3: least 1/3 + 1/4, most 1/2 + 1/3 + 1/4 + 1/3. */
    g_assert_cmpfloat_with_epsilon(overlap.weighted, (7.0 / 12) / (17.0 / 12), 1e-15);
}

/* With a threshold of two groups, what one group shows is not allowed, but still known. */
static void
test_threshold(void)
{
    g_autoptr(AssaySpec) a =
        corpus_mine(NULL, corpus_chroma("a", "C D"), corpus_chroma("b", "C D"), NULL);
    g_autoptr(AssaySpec) b = mine("c", "C D");
    AssayOverlap overlap;
    g_autoptr(GArray) rows =
        assay_spec_set_difference(a, b, ASSAY_RULE_TRANSITION, 2, &overlap, NULL);

    g_assert_cmpuint(rows->len, ==, 1);
    g_assert_cmpuint(g_array_index(rows, AssaySetRow, 0).other->n, ==, 1);
    g_assert_true(isnan(overlap.weighted));
    g_assert_cmpfloat(overlap.jaccard, ==, 0);
}

/* Violations are counted as ever; what calibration would say is not known. */
static void
test_check(void)
{
    g_autoptr(AssaySpec) a = mine("a", "C D D C D"), b = mine_b();
    g_autoptr(AssaySpec) common = derive(a), other = derive(b);
    AssayCheckConfig config = ASSAY_CHECK_CONFIG_DEFAULT;
    g_autoptr(AssayChecker) checker = NULL;
    g_autoptr(AssaySample) sample = corpus_chroma("x", "C D D C F");
    g_autoptr(AssayVerdict) verdict = NULL;
    g_autoptr(AssaySummary) summary = assay_summary_new();
    AssaySummaryRow row;

    intersect(common, other);
    checker = assay_checker_new(common, &config, NULL);
    verdict = assay_checker_check(checker, sample, NULL);
    g_assert_nonnull(verdict);
    g_assert_false(verdict->in_corpus);
    g_assert_cmpuint(verdict->scores[ASSAY_RULE_TRANSITION].violations, ==, 2);
    g_assert_cmpuint(verdict->scores[ASSAY_RULE_TRANSITION].events, ==, 4);
    g_assert_true(isnan(verdict->scores[ASSAY_RULE_TRANSITION].p));
    assay_summary_add(summary, verdict, NULL);
    g_assert_true(
        assay_summary_row(summary, common, checker, ASSAY_RULE_TRANSITION, 0, "x", &row, NULL));
    g_assert_cmpuint(row.violations, ==, 2);
    g_assert_cmpfloat(row.rate, ==, 0.5);
    g_assert_true(isnan(row.expected) && isnan(row.ratio) && isnan(row.p) && isnan(row.flagged));
}

static void
test_criterion(void)
{
    static const char *const unknown[] = { "expected>0", "ratio>2", "chroma-transition:p<=0.01",
                                           "flagged>0.1" };
    g_autoptr(AssaySpec) mined = mine("a", "C D"), spec = derive(mined);
    g_autoptr(AssayCriterion) rate = assay_criterion_parse("rate>0", NULL);
    g_autoptr(AssayCriterion) lengths = assay_criterion_parse("duration:rate>0", NULL);
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++) {
        g_autoptr(AssayCriterion) criterion = assay_criterion_parse(unknown[i], NULL);

        g_assert_true(assay_criterion_suits(criterion, mined, NULL));
        g_assert_false(assay_criterion_suits(criterion, spec, &error));
        corpus_refused(&error, ASSAY_ERROR_USAGE, "is NA for a spec that knows no items");
    }
    g_assert_true(assay_criterion_suits(rate, spec, NULL));
    g_assert_false(assay_criterion_suits(lengths, mined, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "the spec has no rule duration");
}

static void
test_refused(void)
{
    g_autoptr(AssaySpec) chords = mine("a", "C D"), common = derive(chords);
    g_autoptr(AssaySpec) second = corpus_mine_order(2, corpus_chroma("b", "C D C"), NULL),
                         derived = derive(second);
    g_autoptr(AssaySpec) other = mine("c", "C D");
    g_autoptr(GError) error = NULL;
    AssayOverlap overlap;

    g_assert_null(
        assay_spec_set_difference(chords, second, ASSAY_RULE_TRANSITION, 1, &overlap, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "rule chroma-transition: order is 2, not 1");
    g_assert_false(assay_spec_merge(other, common, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "cannot be merged: it knows no items");
    g_assert_false(assay_spec_merge(common, other, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "cannot be merged: it knows no items");
    g_assert_false(assay_spec_intersect(common, derived, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "rule chroma-transition: order is 2, not 1");
}

/* A rule that one has not is gone; without any left there is no spec. */
static void
test_rules(void)
{
    g_autoptr(AssaySpec) both =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-192:62"), NULL), NULL);
    g_autoptr(AssaySpec) common = derive(both), chords = derive(both), lengths = derive(both);
    g_autoptr(GError) error = NULL;

    chords->rules[ASSAY_RULE_DURATION].present = FALSE;
    lengths->rules[ASSAY_RULE_TRANSITION].present = FALSE;
    intersect(common, chords);
    g_assert_true(common->rules[ASSAY_RULE_TRANSITION].present);
    g_assert_false(common->rules[ASSAY_RULE_DURATION].present);
    g_assert_cmpuint(common->rules[ASSAY_RULE_DURATION].entries->len, ==, 0);
    g_assert_cmpuint(assay_json_size(common->recipe), ==, 2);
    g_assert_false(assay_spec_intersect(common, lengths, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC, "no rule in common");
}

/* A recipe that is not that of all is nobody's. */
static void
test_recipe(void)
{
    g_autoptr(AssaySpec) media =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-192:62"), NULL), NULL);
    g_autoptr(AssaySpec) a = derive(media), b = derive(media);

    assay_json_unref(b->recipe);
    b->recipe = assay_json_array();
    intersect(a, b);
    g_assert_cmpuint(assay_json_size(a->recipe), ==, 0);
}

static void
test_describe(void)
{
    g_autoptr(AssaySpec) a = mine("a", "C D"), b = mine("b", "C D"), common = NULL, other = NULL;
    g_autofree char *one = NULL, *nameless = NULL, *named = NULL, *titled = NULL, *two = NULL;

    common = derive(a);
    nameless = assay_spec_describe(common);
    g_assert_cmpstr(nameless, ==, "the spec without its items");
    other = derive(b);
    intersect(common, other);
    two = assay_spec_describe(common);
    g_assert_cmpstr(two, ==, "the intersection of 2 specs");
    assay_spec_free(g_steal_pointer(&other));
    g_clear_pointer(&a->name, g_free);
    a->name = g_strdup("bach");
    g_clear_pointer(&a->edition, g_free);
    a->edition = g_strdup("1.0");
    g_clear_pointer(&b->name, g_free);
    b->name = g_strdup("songs");
    assay_spec_free(g_steal_pointer(&common));
    common = derive(b);
    other = derive(a);
    one = assay_spec_describe(other);
    g_assert_cmpstr(one, ==, "bach 1.0 without its items");
    intersect(common, other);
    named = assay_spec_describe(common);
    g_assert_cmpstr(named, ==, "the intersection of bach 1.0 and songs");
    g_free(common->name);
    common->name = g_strdup("core");
    titled = assay_spec_describe(common);
    g_assert_cmpstr(titled, ==, "core, the intersection of bach 1.0 and songs");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/intersect/laws", test_laws);
    g_test_add_func("/intersect/difference", test_difference);
    g_test_add_func("/intersect/overlap", test_overlap);
    g_test_add_func("/intersect/threshold", test_threshold);
    g_test_add_func("/intersect/check", test_check);
    g_test_add_func("/intersect/criterion", test_criterion);
    g_test_add_func("/intersect/refused", test_refused);
    g_test_add_func("/intersect/rules", test_rules);
    g_test_add_func("/intersect/recipe", test_recipe);
    g_test_add_func("/intersect/describe", test_describe);
    return g_test_run();
}
