/* tests/unit/test-calibrate.c - leaving out in one pass is mining anew; p is what pooling gives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/spec/calibrate.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

enum { TRANSITION = ASSAY_RULE_TRANSITION };

/* "v/e v/e v/e": left-out violations and events of the items. */
static void
check(const AssaySpec *spec, guint min_groups, gboolean changes, const char *expected)
{
    g_autoptr(AssayCalibration) calibration =
        assay_calibration_new(spec, TRANSITION, min_groups, changes);
    g_autoptr(GString) text = g_string_new(NULL);
    guint64 violations = 0, events = 0;

    for (guint i = 0; i < spec->items->len; i++) {
        guint64 v = assay_calibration_violations(calibration, i);
        guint64 e = assay_calibration_events(calibration, i);

        g_string_append_printf(text, "%s%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, i > 0 ? " " : "",
                               v, e);
        violations += v;
        events += e;
    }
    g_assert_cmpstr(text->str, ==, expected);
    g_assert_cmpfloat(assay_calibration_rate(calibration), ==, (double)violations / (double)events);
}

/* C = C-E-G, F = F-A-C, G = G-B-D:
 *   a: C C F C      C-C, C-F, F-C
 *   b: C F F C G    C-F, F-F, F-C, C-G
 *   c: F C G G G    F-C, C-G, G-G, G-G
 * C-C is a's alone, F-F b's, G-G c's; C-F is of a and b, C-G of b and c, F-C of all three. */
static AssaySpec *
three(const char *lines)
{
    g_autoptr(AssayGroups) groups = corpus_groups(lines);

    return corpus_mine(groups, corpus_chroma("a", "C-E-G*2 F-A-C C-E-G"),
                       corpus_chroma("b", "C-E-G F-A-C*2 C-E-G G-B-D"),
                       corpus_chroma("c", "F-A-C C-E-G G-B-D*3"), NULL);
}

static void
test_by_hand(void)
{
    g_autoptr(AssaySpec) spec = three("");
    g_autoptr(AssaySpec) grouped = three("a=x b=x");

    check(spec, 1, FALSE, "1/3 1/4 2/4");
    check(spec, 2, FALSE, "2/3 3/4 3/4"); /* and what two have, since one is left */
    check(spec, 3, FALSE, "3/3 4/4 4/4");
    check(spec, 8, FALSE, "3/3 4/4 4/4");
    check(spec, 1, TRUE, "0/2 0/3 0/2");
    check(spec, 2, TRUE, "1/2 2/3 1/2");
    check(spec, 3, TRUE, "2/2 3/3 2/2");
    /* C-C, F-F and C-F are of the group x alone, C-G and F-C of both groups. */
    check(grouped, 1, FALSE, "2/3 2/4 2/4");
    check(grouped, 1, TRUE, "1/2 1/3 0/2");
    check(grouped, 2, FALSE, "3/3 4/4 4/4");
}

static AssayObservation *
observe(AssaySample *sample)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    AssayObservation *observation = assay_observe(own, &error);

    g_assert_no_error(error);
    return observation;
}

static double
p_of(const AssaySpec *spec, guint min_groups, gboolean changes, const char *chords, guint64 *v,
     guint64 *e)
{
    g_autoptr(AssayCalibration) calibration =
        assay_calibration_new(spec, TRANSITION, min_groups, changes);
    g_autoptr(AssayObservation) observation = observe(corpus_chroma("test", chords));

    assay_calibration_count(calibration, &observation->tallies[TRANSITION], v, e);
    return assay_calibration_p(calibration, &observation->tallies[TRANSITION]);
}

static void
check_p(const AssaySpec *spec, guint min_groups, gboolean changes, const char *chords,
        guint64 violations, guint64 events, double p)
{
    guint64 v, e;
    double found = p_of(spec, min_groups, changes, chords, &v, &e);

    g_assert_cmpuint(v, ==, violations);
    g_assert_cmpuint(e, ==, events);
    g_assert_cmpfloat(found, ==, p);
}

static void
test_p_by_hand(void)
{
    g_autoptr(AssaySpec) spec = three("");
    g_autoptr(AssaySpec) grouped = three("a=x b=x");

    /* Rates left out: 1/3, 1/4, 2/4. */
    check_p(spec, 1, FALSE, "C-E-G F-A-C C-E-G", 0, 2, 1);
    check_p(spec, 1, FALSE, "D C-E-G F-A-C C-E-G", 1, 3, 3 / 4.0); /* 1/3: a and c */
    check_p(spec, 1, FALSE, "D C-E-G F-A-C", 1, 2, 2 / 4.0);       /* 1/2: c */
    check_p(spec, 1, FALSE, "D E F", 2, 2, 1 / 4.0);
    /* It shows C-C: what a alone had is a's no more, so a has 0/3. */
    check_p(spec, 1, FALSE, "D C-E-G*2 F-A-C", 1, 3, 2 / 4.0);
    check_p(spec, 1, FALSE, "C-E-G*2 D", 1, 2, 2 / 4.0);
    /* With two groups: C-F, F-C and C-G are allowed; left out 2/3, 3/4, 3/4. It shows C-F, which
     * two have: with it, a and b face two that do: 1/3, 2/4, 3/4. */
    check_p(spec, 2, FALSE, "C-E-G*2 F-A-C", 1, 2, 3 / 4.0);
    check_p(spec, 2, FALSE, "C-E-G*2 C-E-G*4", 5, 5, 1 / 4.0);
    check_p(spec, 2, FALSE, "D F-A-C C-E-G", 1, 2, 1); /* F-C, which three have, forgives nothing */
    check_p(spec, 2, FALSE, "D C-E-G F-A-C", 1, 2, 3 / 4.0);
    /* Changes alone. */
    check_p(spec, 1, TRUE, "C-E-G*5 F-A-C", 0, 1, 1);
    check_p(spec, 1, TRUE, "C-E-G*5 D", 1, 1, 1 / 4.0);
    /* Groups: 2/3 and 2/4 in one, 2/4 in the other. */
    check_p(grouped, 1, FALSE, "F-A-C C-E-G F-A-C D E", 2, 4, 2 / 3.0);
    check_p(grouped, 1, FALSE, "C-E-G F-A-C C-E-G D E F", 3, 5, 1 / 3.0);
    /* It shows C-F: then a has 1/3 and b 1/4. */
    check_p(grouped, 1, FALSE, "C-E-G F-A-C D", 1, 2, 2 / 3.0);
    check_p(grouped, 1, FALSE, "F-A-C C-E-G D E F", 3, 4, 1 / 3.0);
    check_p(grouped, 1, FALSE, "F-A-C C-E-G F#-A D E F-A-C C-E-G", 4, 6, (1 + 0.5) / 3);
}

/* Not one event: no p. Of a corpus without events there is no rate. */
static void
test_no_events(void)
{
    g_autoptr(AssaySpec) spec = three("");
    g_autoptr(AssaySpec) silent = corpus_mine(NULL, corpus_chroma("a", "C"), NULL);
    g_autoptr(AssayCalibration) calibration = assay_calibration_new(silent, TRANSITION, 1, FALSE);
    guint64 v, e;

    g_assert_true(isnan(p_of(spec, 1, FALSE, "C", &v, &e)));
    g_assert_cmpuint(e, ==, 0);
    g_assert_true(isnan(p_of(spec, 1, TRUE, "C*9", &v, &e)));
    g_assert_true(isnan(assay_calibration_rate(calibration)));
    /* Without events its own rate is 0. */
    g_assert_cmpfloat(p_of(silent, 1, FALSE, "C D", &v, &e), ==, 1 / 2.0);
    g_assert_cmpuint(v, ==, 1);
}

/* A corpus of groups of these sizes, of which the first @n_bad have nothing but violations. */
static AssaySpec *
sized(const guint *sizes, size_t n_groups, const guint *n_bad)
{
    AssaySpec *spec = assay_spec_new();

    for (guint g = 0; g < n_groups; g++) {
        for (guint i = 0; i < sizes[g]; i++) {
            AssayObservation observation = { 0 };
            g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(guint64));
            guint64 key =
                i < n_bad[g] ? 100 + g : 1; /* which only this group has; which all have */
            AssayTally tallies[ASSAY_N_RULES] = { 0 };
            g_autofree char *name = g_strdup_printf("g%02u-%02u", g, i);
            g_autofree char *line = g_strdup_printf("%s=%u", name, g);
            g_autoptr(AssayGroups) groups = corpus_groups(line);
            g_autoptr(GError) error = NULL;

            for (guint k = 0; k < 2; k++)
                g_array_append_val(keys, key);
            assay_tally_keys(&tallies[TRANSITION], &assay_rule_types[TRANSITION], keys);
            observation = (AssayObservation){ .name = name, .sha256 = (char *)"", .n_items = 1 };
            observation.present[TRANSITION] = TRUE;
            observation.conventions[TRANSITION] = assay_json_object();
            observation.tallies = tallies;
            if (!assay_spec_add(spec, &observation, groups, &error))
                g_assert_no_error(error);
            assay_json_unref(observation.conventions[TRANSITION]);
            assay_tally_clear(&tallies[TRANSITION]);
        }
    }
    assay_spec_sort(spec);
    g_assert_cmpuint(spec->n_groups, ==, n_groups);
    return spec;
}

/* Shares of groups of one, two, three ... are summed exactly: 1/20 is .05, however it comes. */
static void
test_exact(void)
{
    static const struct {
        guint n_groups;
        guint sizes[40], bad[40];
        double p;
    } cases[] = {
        { 19, { 1 }, { 0 }, 1 / 20.0 },
        { 39, { 1 }, { 1 }, 2 / 40.0 },
        { 39, { 2, 2 }, { 1, 1 }, 2 / 40.0 },
        { 39, { 3, 3, 3 }, { 1, 1, 1 }, 2 / 40.0 },
        { 39, { 3, 2, 6 }, { 1, 1, 1 }, 2 / 40.0 },
        { 39, { 3, 3 }, { 1, 2 }, 2 / 40.0 },
        { 29, { 2 }, { 1 }, 1.5 / 30 },
        { 39, { 7, 7, 7, 7 }, { 1, 2, 1, 3 }, 2 / 40.0 },
        { 39,
          { 10, 10, 10, 10, 10, 10, 10, 10, 10, 10 },
          { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
          2 / 40.0 },
        { 39, { 11, 13, 17 }, { 11, 0, 0 }, 2 / 40.0 },
        { 39, { 3, 3, 3, 3 }, { 1, 1, 1, 1 }, 7 / 120.0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint sizes[40];
        g_autoptr(AssaySpec) spec = NULL;
        guint64 v, e;

        for (size_t g = 0; g < 40; g++)
            sizes[g] = MAX(cases[i].sizes[g], 1);
        spec = sized(sizes, cases[i].n_groups, cases[i].bad);
        g_assert_cmpfloat(p_of(spec, 1, FALSE, "D E F", &v, &e), ==, cases[i].p);
    }
}

/* Sizes whose common multiple is beyond reach: the sum is then near, and never above one. */
static void
test_many_sizes(void)
{
    guint sizes[40], bad[40];
    g_autoptr(AssaySpec) spec = NULL;
    long double sum = 0;
    guint64 v, e;

    for (guint g = 0; g < 40; g++) {
        sizes[g] = g + 1;
        bad[g] = g / 2;
        sum += (long double)bad[g] / sizes[g];
    }
    spec = sized(sizes, 40, bad);
    g_assert_cmpfloat_with_epsilon(p_of(spec, 1, FALSE, "D E F", &v, &e), (double)((1 + sum) / 41),
                                   1e-10);
    g_assert_cmpfloat_with_epsilon(p_of(spec, 1, FALSE, "rest C", &v, &e), 1, 1e-10);
}

/* Brute force */

static guint64
n_events(const CorpusItem *item, size_t rule, gboolean changes)
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
n_groups_with(const Corpus *corpus, const guint8 *part, size_t rule, guint64 key)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < corpus->items->len; i++) {
        const GArray *keys = CORPUS_ITEM(corpus, i)->keys[rule];

        for (guint k = 0; part[i] == 0 && k < keys->len; k++) {
            if (g_array_index(keys, guint64, k) == key) {
                g_hash_table_add(groups, corpus_group(corpus, i));
                break;
            }
        }
    }
    return g_hash_table_size(groups);
}

/* Marks the items of @group with 1, the others with 0. */
static void
leave_out(const Corpus *corpus, const char *group, guint8 *part)
{
    for (guint i = 0; i < corpus->items->len; i++) {
        g_autofree char *own = corpus_group(corpus, i);

        part[i] = strcmp(own, group) == 0;
    }
}

/* Left-out violations of an item: mined anew without its group, and checked. */
static guint64
mine_anew(const Corpus *corpus, guint item, const guint8 *part, size_t rule, guint min_groups,
          gboolean changes)
{
    g_autoptr(AssayObservation) observation = corpus_observe(corpus, item, 1);
    g_autoptr(AssaySpec) rest = NULL;
    g_autoptr(AssayCalibration) calibration = NULL;
    guint64 violations, events;

    if (memchr(part, 0, corpus->items->len) == NULL)
        return n_events(CORPUS_ITEM(corpus, item), rule, changes);
    rest = corpus_mine_part(corpus, part, 0);
    calibration = assay_calibration_new(rest, rule, min_groups, changes);
    assay_calibration_count(calibration, &observation->tallies[rule], &violations, &events);
    g_assert_cmpuint(events, ==, n_events(CORPUS_ITEM(corpus, item), rule, changes));
    return violations;
}

static void
check_left_out(const Corpus *corpus, guint min_groups, gboolean changes)
{
    g_autoptr(AssaySpec) spec = corpus_mine_part(corpus, NULL, 0);
    g_autofree guint8 *part = g_new0(guint8, corpus->items->len);

    for (size_t rule = 0; rule < ASSAY_N_RULES; rule++) {
        g_autoptr(AssayCalibration) calibration =
            assay_calibration_new(spec, rule, min_groups, changes);

        for (guint i = 0; i < corpus->items->len; i++) {
            g_autofree char *group = corpus_group(corpus, i);

            leave_out(corpus, group, part);
            g_assert_cmpuint(assay_calibration_violations(calibration, i), ==,
                             mine_anew(corpus, i, part, rule, min_groups, changes));
        }
    }
}

static void
test_left_out(void)
{
    for (guint32 seed = 0; seed < 24; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(Corpus) corpus = corpus_random(random, 2 + seed % 13, 10 + 5 * (seed % 10));

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
naive_violations(const Corpus *corpus, const guint8 *part, const CorpusItem *item,
                 const CorpusItem *extra, size_t rule, guint min_groups, gboolean changes)
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
pooled_p(const Corpus *corpus, const CorpusItem *test, size_t rule, guint min_groups,
         gboolean changes)
{
    guint n = corpus->items->len;
    g_autofree guint8 *part = g_new0(guint8, n);
    g_autoptr(GHashTable) sizes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint64 events = n_events(test, rule, changes);
    guint64 violations = naive_violations(corpus, part, test, NULL, rule, min_groups, changes);
    long double sum = 1;

    for (guint i = 0; i < n; i++) {
        char *group = corpus_group(corpus, i);
        guint size = GPOINTER_TO_UINT(g_hash_table_lookup(sizes, group));

        g_hash_table_insert(sizes, group, GUINT_TO_POINTER(size + 1));
    }
    for (guint i = 0; i < n; i++) {
        const CorpusItem *item = CORPUS_ITEM(corpus, i);
        g_autofree char *group = corpus_group(corpus, i);
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

    for (guint32 seed = 0; seed < 30; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        guint n_keys = 10 + 5 * (seed % 10);
        g_autoptr(Corpus) corpus = corpus_random(random, 2 + seed % 13, n_keys);
        g_autoptr(Corpus) tests = corpus_random(random, 4, 2 * n_keys);
        g_autoptr(AssaySpec) spec = corpus_mine_part(corpus, NULL, 0);

        for (guint i = 0; i < tests->items->len && corpus->items->len > 0; i++) {
            size_t rule = i % ASSAY_N_RULES;
            guint min_groups = 1 + (guint)g_rand_int_range(random, 0, 4);
            gboolean changes = g_rand_boolean(random);
            g_autoptr(AssayCalibration) calibration =
                assay_calibration_new(spec, rule, min_groups, changes);
            g_autoptr(AssayObservation) observation = corpus_observe(tests, i, 1);
            double p = assay_calibration_p(calibration, &observation->tallies[rule]);

            if (n_events(CORPUS_ITEM(tests, i), rule, changes) == 0) {
                g_assert_true(isnan(p));
                continue;
            }
            g_assert_cmpfloat_with_epsilon(
                p, pooled_p(corpus, CORPUS_ITEM(tests, i), rule, min_groups, changes), 1e-14);
            n_low += p < 0.5;
        }
        g_rand_free(random);
    }
    g_assert_cmpuint(n_low, >, 20); /* not all of them are 1 */
}

/* What a corpus is checked with and was mined from breaks nothing. */
static void
test_own(void)
{
    for (guint32 seed = 0; seed < 20; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        g_autoptr(Corpus) corpus = corpus_random(random, 5, 60);
        g_autoptr(AssaySpec) spec = corpus_mine_part(corpus, NULL, 0);

        for (guint i = 0; i < corpus->items->len; i++) {
            g_autoptr(AssayObservation) observation = corpus_observe(corpus, i, 1);

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
add_exchangeable(Corpus *corpus, GRand *random, const char *group, guint source, guint style)
{
    CorpusItem item = { .source = source, .index = -1, .group = g_strdup(group) };

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
    guint n_low[G_N_ELEMENTS(alphas)] = { 0 }, n_draws = 1000;

    for (guint32 draw = 0; draw < n_draws; draw++) {
        GRand *random = g_rand_new_with_seed(first_seed + draw);
        Corpus corpus = { g_array_new(FALSE, FALSE, sizeof(CorpusItem)),
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
        spec = corpus_mine_part(&corpus, part, 0);
        calibration = assay_calibration_new(spec, ASSAY_RULE_DURATION, 1, FALSE);
        observation = corpus_observe(&corpus, 0, 1);
        p = assay_calibration_p(calibration, &observation->tallies[ASSAY_RULE_DURATION]);
        g_assert_cmpfloat(p, >=, 1.0 / (n_groups + 1));
        for (size_t a = 0; a < G_N_ELEMENTS(alphas); a++)
            n_low[a] += p <= alphas[a] + 1e-12;
        for (guint i = 0; i < corpus.items->len; i++) {
            g_free(CORPUS_ITEM(&corpus, i)->group);
            for (size_t r = 0; r < ASSAY_N_RULES; r++)
                g_array_unref(CORPUS_ITEM(&corpus, i)->keys[r]);
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

    g_test_add_func("/calibrate/by-hand", test_by_hand);
    g_test_add_func("/calibrate/p-by-hand", test_p_by_hand);
    g_test_add_func("/calibrate/no-events", test_no_events);
    g_test_add_func("/calibrate/exact", test_exact);
    g_test_add_func("/calibrate/many-sizes", test_many_sizes);
    g_test_add_func("/calibrate/left-out", test_left_out);
    g_test_add_func("/calibrate/pooled", test_pooled);
    g_test_add_func("/calibrate/own", test_own);
    g_test_add_func("/calibrate/uniform", test_uniform);
    return g_test_run();
}
