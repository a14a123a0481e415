/* tests/unit/test-calibrate-pooled.c - on random corpora leaving out in one pass is mining anew, p
 * is what pooling gives, and p is uniform where all are alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/check/calibrate.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "random-corpus.h"
#include "rounds.h"

static guint64
n_events(const RandomItem *item, size_t rule, gboolean changes)
{
    guint64 n = 0;

    for (guint i = 0; i < item->keys[rule]->len; i++) {
        if (!changes ||
            assay_rule_types[rule].is_change(g_array_index(item->keys[rule], guint64, i)))
            n++;
    }
    return n;
}

/* How many groups of those items whose @part is 0 have @key. */
static guint
n_groups_with(const RandomCorpus *corpus, const guint8 *part, size_t rule, guint64 key)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < corpus->items->len; i++) {
        const GArray *keys = RANDOM_ITEM(corpus, i)->keys[rule];

        for (guint k = 0; part[i] == 0 && k < keys->len; k++) {
            if (g_array_index(keys, guint64, k) == key) {
                g_hash_table_add(groups, random_corpus_group(corpus, i));
                break;
            }
        }
    }
    return g_hash_table_size(groups);
}

/* Marks the items of @group with 1, the others with 0. */
static void
leave_out(const RandomCorpus *corpus, const char *group, guint8 *part)
{
    for (guint i = 0; i < corpus->items->len; i++) {
        g_autofree char *own = random_corpus_group(corpus, i);

        part[i] = strcmp(own, group) == 0;
    }
}

/* Left-out violations of an item: mined anew without its group, and checked. */
static guint64
mine_anew(const RandomCorpus *corpus, guint item, const guint8 *part, size_t rule, guint min_groups,
          gboolean changes)
{
    g_autoptr(AssayObservation) observation = random_corpus_observe(corpus, item, 1);
    g_autoptr(AssaySpec) rest = NULL;
    g_autoptr(AssayCalibration) calibration = NULL;
    guint64 violations, events;

    if (memchr(part, 0, corpus->items->len) == NULL)
        return n_events(RANDOM_ITEM(corpus, item), rule, changes);
    rest = random_corpus_mine(corpus, part, 0);
    calibration = assay_calibration_new(rest, rule, min_groups, changes);
    assay_calibration_count(calibration, &observation->tallies[rule], &violations, &events);
    g_assert_cmpuint(events, ==, n_events(RANDOM_ITEM(corpus, item), rule, changes));
    return violations;
}

static void
check_left_out(const RandomCorpus *corpus, guint min_groups, gboolean changes)
{
    g_autoptr(AssaySpec) spec = random_corpus_mine(corpus, NULL, 0);
    g_autofree guint8 *part = g_new0(guint8, corpus->items->len);

    for (size_t rule = 0; rule < ASSAY_N_RULES; rule++) {
        g_autoptr(AssayCalibration) calibration =
            assay_calibration_new(spec, rule, min_groups, changes);

        for (guint i = 0; i < corpus->items->len; i++) {
            g_autofree char *group = random_corpus_group(corpus, i);

            leave_out(corpus, group, part);
            g_assert_cmpuint(assay_calibration_violations(calibration, i), ==,
                             mine_anew(corpus, i, part, rule, min_groups, changes));
        }
    }
}

static void
test_left_out(void)
{
    for (guint32 seed = 0; seed < rounds(24); seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(RandomCorpus) corpus =
            random_corpus_new(random, 2 + seed % 13, 10 + 5 * (seed % 10), 1 + seed % 3);

        for (guint m = 1; corpus->items->len > 0 && m <= 3; m++) {
            check_left_out(corpus, m, FALSE);
            check_left_out(corpus, m, TRUE);
        }
        if (corpus->items->len > 0)
            check_left_out(corpus, 4 + seed % 5, seed % 2 == 0);
        g_rand_free(random);
    }
}

/* Violations of an item where what @min_groups of the groups left in show is allowed; @extra may
 * stand among them. */
static guint64
naive_violations(const RandomCorpus *corpus, const guint8 *part, const RandomItem *item,
                 const RandomItem *extra, size_t rule, guint min_groups, gboolean changes)
{
    guint64 n = 0;

    for (guint i = 0; i < item->keys[rule]->len; i++) {
        guint64 key = g_array_index(item->keys[rule], guint64, i);
        guint have = n_groups_with(corpus, part, rule, key);

        for (guint k = 0; extra != NULL && k < extra->keys[rule]->len; k++) {
            if (g_array_index(extra->keys[rule], guint64, k) == key) {
                have++;
                break;
            }
        }
        if (have < min_groups && (!changes || assay_rule_types[rule].is_change(key)))
            n++;
    }
    return n;
}

/* The corpus and the test item are put together, and each group in turn is left out. */
static double
pooled_p(const RandomCorpus *corpus, const RandomItem *test, size_t rule, guint min_groups,
         gboolean changes)
{
    guint n = corpus->items->len;
    g_autofree guint8 *part = g_new0(guint8, n);
    g_autoptr(GHashTable) sizes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint64 events = n_events(test, rule, changes);
    guint64 violations = naive_violations(corpus, part, test, NULL, rule, min_groups, changes);
    long double sum = 1;

    for (guint i = 0; i < n; i++) {
        char *group = random_corpus_group(corpus, i);
        guint size = GPOINTER_TO_UINT(g_hash_table_lookup(sizes, group));

        g_hash_table_insert(sizes, group, GUINT_TO_POINTER(size + 1));
    }
    for (guint i = 0; i < n; i++) {
        const RandomItem *item = RANDOM_ITEM(corpus, i);
        g_autofree char *group = random_corpus_group(corpus, i);
        guint64 v, e = n_events(item, rule, changes);

        leave_out(corpus, group, part);
        v = naive_violations(corpus, part, item, test, rule, min_groups, changes);
        if (v * events >= violations * MAX(e, 1))
            sum += 1.0L / GPOINTER_TO_UINT(g_hash_table_lookup(sizes, group));
    }
    return (double)(sum / (g_hash_table_size(sizes) + 1));
}

static void
test_pooled(void)
{
    guint n_low = 0;

    for (guint32 seed = 0; seed < rounds(30); seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        guint n_keys = 10 + 5 * (seed % 10), order = 1 + seed % 3;
        g_autoptr(RandomCorpus) corpus = random_corpus_new(random, 2 + seed % 13, n_keys, order);
        g_autoptr(RandomCorpus) tests = random_corpus_new(random, 4, 2 * n_keys, order);
        g_autoptr(AssaySpec) spec = random_corpus_mine(corpus, NULL, 0);

        for (guint i = 0; i < tests->items->len && corpus->items->len > 0; i++) {
            size_t rule = i % ASSAY_N_RULES;
            guint min_groups = 1 + (guint)g_rand_int_range(random, 0, 4);
            gboolean changes = g_rand_boolean(random);
            g_autoptr(AssayCalibration) calibration =
                assay_calibration_new(spec, rule, min_groups, changes);
            g_autoptr(AssayObservation) observation = random_corpus_observe(tests, i, 1);
            double p = assay_calibration_p(calibration, &observation->tallies[rule]);

            if (n_events(RANDOM_ITEM(tests, i), rule, changes) == 0) {
                g_assert_true(isnan(p));
                continue;
            }
            g_assert_cmpfloat_with_epsilon(
                p, pooled_p(corpus, RANDOM_ITEM(tests, i), rule, min_groups, changes), 1e-14);
            n_low += p < 0.5;
        }
        g_rand_free(random);
    }
    g_assert_cmpuint(n_low, >, rounds(30) * 2 / 3); /* not all of them are 1 */
}

/* What a corpus is checked with and was mined from breaks nothing. */
static void
test_own(void)
{
    for (guint32 seed = 0; seed < rounds(20); seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(RandomCorpus) corpus = random_corpus_new(random, 5, 60, 1 + seed % 3);
        g_autoptr(AssaySpec) spec = random_corpus_mine(corpus, NULL, 0);

        for (guint i = 0; i < corpus->items->len; i++) {
            g_autoptr(AssayObservation) observation = random_corpus_observe(corpus, i, 1);

            for (size_t rule = 0; rule < ASSAY_N_RULES; rule++) {
                g_autoptr(AssayCalibration) calibration =
                    assay_calibration_new(spec, rule, 1, FALSE);
                guint64 v, e;

                assay_calibration_count(calibration, &observation->tallies[rule], &v, &e);
                g_assert_cmpuint(v, ==, 0);
                if (e > 0)
                    g_assert_cmpfloat(assay_calibration_p(calibration, &observation->tallies[rule]),
                                      ==, 1);
            }
        }
        g_rand_free(random);
    }
}

/* An item of a group whose members are alike; what is drawn is exchangeable from group to group. */
static void
add_exchangeable(RandomCorpus *corpus, GRand *random, const char *group, guint source, guint style)
{
    RandomItem item = { .source = source, .index = -1, .group = g_strdup(group) };

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        int n = g_rand_int_range(random, 5, 40);

        item.keys[r] = g_array_new(FALSE, FALSE, sizeof(guint64));
        for (int i = 0; i < n; i++) {
            double u = g_rand_double(random);
            guint64 key = assay_duration_key((double)(guint)(u * u * (20 + 20 * style)) + 1);

            g_array_append_val(item.keys[r], key);
        }
    }
    g_array_append_val(corpus->items, item);
    g_array_append_val(corpus->origins, (AssayOrigin){ ASSAY_ORIGIN_FILE });
}

/* For an item that is one of many alike, p <= a in at most a share a of all draws. */
static void
check_uniform(guint32 first_seed, guint n_groups, guint max_size)
{
    static const double alphas[] = { 0.05, 0.1, 0.25, 0.5 };
    guint n_low[G_N_ELEMENTS(alphas)] = { 0 }, n_draws = rounds(1000);

    for (guint32 draw = 0; draw < n_draws; draw++) {
        GRand *random = g_rand_new_with_seed(first_seed + draw);
        RandomCorpus corpus = { 1, g_array_new(FALSE, FALSE, sizeof(RandomItem)),
                                g_array_new(FALSE, FALSE, sizeof(AssayOrigin)) };
        g_autofree guint8 *part = NULL;
        g_autoptr(AssaySpec) spec = NULL;
        g_autoptr(AssayCalibration) calibration = NULL;
        g_autoptr(AssayObservation) observation = NULL;
        double p;

        for (guint g = 0; g <= n_groups; g++) {
            g_autofree char *group = g_strdup_printf("%02u", g);
            guint size = 1 + (guint)g_rand_int_range(random, 0, (gint32)max_size);
            guint style = (guint)g_rand_int_range(random, 0, 10);

            for (guint i = 0; i < size; i++)
                add_exchangeable(&corpus, random, group, corpus.items->len, style);
        }
        part = g_new0(guint8, corpus.items->len);
        leave_out(&corpus, "group 00", part);
        spec = random_corpus_mine(&corpus, part, 0);
        calibration = assay_calibration_new(spec, ASSAY_RULE_DURATION, 1, FALSE);
        observation = random_corpus_observe(&corpus, 0, 1);
        p = assay_calibration_p(calibration, &observation->tallies[ASSAY_RULE_DURATION]);
        g_assert_cmpfloat(p, >=, 1.0 / (n_groups + 1));
        for (size_t a = 0; a < G_N_ELEMENTS(alphas); a++)
            n_low[a] += p <= alphas[a] + 1e-12;
        for (guint i = 0; i < corpus.items->len; i++) {
            g_free(RANDOM_ITEM(&corpus, i)->group);
            for (size_t r = 0; r < ASSAY_N_RULES; r++)
                g_array_unref(RANDOM_ITEM(&corpus, i)->keys[r]);
        }
        g_array_unref(corpus.items);
        g_array_unref(corpus.origins);
        g_rand_free(random);
    }
    for (size_t a = 0; a < G_N_ELEMENTS(alphas); a++) {
        double bound = n_draws * alphas[a] + 4 * sqrt(n_draws * alphas[a] * (1 - alphas[a]));

        g_test_message("%u groups of up to %u: p <= %g in %u of %u", n_groups, max_size, alphas[a],
                       n_low[a], n_draws);
        g_assert_cmpfloat(n_low[a], <=, bound);
        g_assert_cmpfloat(n_low[a], >=, n_draws * alphas[a] / 4); /* and it is not idle */
    }
}

static void
test_uniform(void)
{
    check_uniform(0, 19, 1);
    check_uniform(100000, 39, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/calibrate-pooled/left-out", test_left_out);
    g_test_add_func("/calibrate-pooled/pooled", test_pooled);
    g_test_add_func("/calibrate-pooled/own", test_own);
    g_test_add_func("/calibrate-pooled/uniform", test_uniform);
    return g_test_run();
}
