/* tests/unit/test-calibrate.c - left-out violations and exact p-values by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/check/calibrate.h>
#include <math.h>

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
    AssayObservation *observation =
        assay_observe(own, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, &error);

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
            if (!assay_spec_add(spec, &observation, NULL, groups, &error))
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
    return g_test_run();
}
