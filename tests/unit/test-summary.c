/* tests/unit/test-summary.c - a line a set and rule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/summary.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "random-corpus.h"

enum { TRANSITION = ASSAY_RULE_TRANSITION, DURATION = ASSAY_RULE_DURATION };

typedef struct {
    AssayChecker *checker;
    AssaySummary *summary;
    const AssaySpec *spec;
} Run;

static Run
begin(const AssaySpec *spec, gboolean changes)
{
    AssayCheckConfig config = ASSAY_CHECK_CONFIG_DEFAULT;
    g_autoptr(GError) error = NULL;
    Run run = { NULL, assay_summary_new(), spec };

    config.count_changes = changes;
    run.checker = assay_checker_new(spec, &config, &error);
    g_assert_no_error(error);
    return run;
}

static void
end(Run *run)
{
    assay_checker_free(run->checker);
    assay_summary_free(run->summary);
}

static void
add(Run *run, AssayGroups *groups, AssaySample *sample)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayVerdict) verdict = assay_checker_check(run->checker, own, &error);

    g_assert_no_error(error);
    assay_summary_add(run->summary, verdict, groups);
}

static AssaySummaryRow
row_of(const Run *run, size_t rule)
{
    AssaySummaryRow row = { 0 };
    g_autoptr(GError) error = NULL;

    if (!assay_summary_row(run->summary, run->spec, run->checker, rule, 0, "set", &row, &error))
        g_assert_no_error(error);
    g_assert_cmpstr(row.rule, ==, assay_rule_types[rule].name);
    return row;
}

/* a: C C F C, b: C F F C G, c: F C G G G; left out: 1/3, 1/4, 2/4, in all 4/11. */
static AssaySpec *
three(void)
{
    return corpus_mine(NULL, corpus_chroma("a", "C-E-G*2 F-A-C C-E-G"),
                       corpus_chroma("b", "C-E-G F-A-C*2 C-E-G G-B-D"),
                       corpus_chroma("c", "F-A-C C-E-G G-B-D*3"), NULL);
}

/* Two items, 2/3 and 0/2: pooled 2/5. Of the ten ways to choose two of the five groups, those with
 * a difference as great: 2/5 - 4/11 = 2/55. */
static void
test_by_hand(void)
{
    static const guint v[] = { 2, 0, 1, 1, 2 }, e[] = { 3, 2, 3, 4, 4 };
    g_autoptr(AssaySpec) spec = three();
    Run run = begin(spec, FALSE);
    AssaySummaryRow row;
    guint extreme = 0;

    add(&run, NULL, corpus_chroma("x", "C-E-G*2 D E"));
    add(&run, NULL, corpus_chroma("y", "C-E-G F-A-C C-E-G"));
    row = row_of(&run, TRANSITION);
    for (guint i = 0; i < 5; i++) {
        for (guint k = i + 1; k < 5; k++) {
            double set = (double)(v[i] + v[k]) / (e[i] + e[k]);
            double rest = (double)(6 - v[i] - v[k]) / (16 - e[i] - e[k]);

            extreme += set - rest >= 2 / 5.0 - 4 / 11.0 - 1e-12;
        }
    }
    g_assert_cmpuint(row.items, ==, 2);
    g_assert_cmpuint(row.groups, ==, 2);
    g_assert_cmpuint(row.events, ==, 5);
    g_assert_cmpuint(row.violations, ==, 2);
    g_assert_cmpfloat(row.rate, ==, 2 / 5.0);
    g_assert_cmpfloat(row.expected, ==, 4 / 11.0);
    g_assert_cmpfloat(row.ratio, ==, (2 / 5.0) / (4 / 11.0));
    g_assert_cmpuint(row.n_labellings, ==, 10);
    g_assert_cmpfloat(row.p, ==, extreme / 10.0);
    g_assert_cmpfloat(row.flagged, ==, 0);
    g_assert_cmpuint(row.in_corpus, ==, 0);
    end(&run);
}

/* Changes alone: left out 0/2, 0/3, 0/2, so nothing to divide by. */
static void
test_changes(void)
{
    g_autoptr(AssaySpec) spec = three();
    Run run = begin(spec, TRUE);
    AssaySummaryRow row;

    add(&run, NULL, corpus_chroma("x", "C-E-G*2 D E*5"));
    row = row_of(&run, TRANSITION);
    g_assert_cmpuint(row.events, ==, 2);
    g_assert_cmpuint(row.violations, ==, 2);
    g_assert_cmpfloat(row.expected, ==, 0);
    g_assert_true(isnan(row.ratio));
    g_assert_cmpfloat(row.p, ==, 1 / 4.0);
    end(&run);
}

/* What stands or falls together: by the table, else items of one source, unless they came as an
 * array. */
static void
test_groups(void)
{
    g_autoptr(AssaySpec) spec = three();
    g_autoptr(AssayGroups) groups = corpus_groups("x=one y=one z[1]=two z[2]=two");
    Run bare = begin(spec, FALSE), grouped = begin(spec, FALSE);
    AssaySummaryRow row;

    for (int i = 0; i < 2; i++) {
        Run *run = i == 0 ? &bare : &grouped;
        AssayGroups *table = i == 0 ? NULL : groups;

        add(run, table, corpus_chroma("x", "C-E-G D"));
        add(run, table, corpus_chroma("y", "C-E-G D"));
        add(run, table, corpus_chroma("z", "C-E-G D|C-E-G D|C-E-G D"));
        add(run, table, corpus_chroma("w", "C-E-G D"));
        row = row_of(run, TRANSITION);
        g_assert_cmpuint(row.items, ==, 6);
        g_assert_cmpuint(row.groups, ==, i == 0 ? 6 : 4);
    }
    end(&bare);
    end(&grouped);
}

/* The pieces of one sample, and files of one name and content, are one source. */
static void
test_windows(void)
{
    static const char recipe[] =
        "[{\"tool\":\"assay-roll\",\"options\":{\"step\":\"1/16\",\"window\":\"8\"}},"
        "{\"tool\":\"assay-chroma\",\"options\":{}}]";
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-960:60"), recipe), NULL);
    Run run = begin(spec, FALSE);
    AssaySample *second = corpus_piece("x", corpus_midi(96, "0-960:60"), recipe);
    AssaySummaryRow row;

    add(&run, NULL, corpus_piece("x", corpus_midi(96, "0-960:60"), recipe));
    assay_sample_set_items(second, 5, 5);
    add(&run, NULL, second);
    add(&run, NULL, corpus_piece("y", corpus_midi(96, "0-960:60"), recipe));
    row = row_of(&run, DURATION);
    g_assert_cmpuint(row.items, ==, 15);
    g_assert_cmpuint(row.groups, ==, 2);
    end(&run);
}

/* An item without events is neither flagged nor not; one that was not judged is counted. */
static void
test_not_judged(void)
{
    g_autoptr(AssaySpec) spec =
        corpus_mine(NULL, corpus_piece("a", corpus_midi(96, "0-96:60 96-192:62"), NULL), NULL);
    AssaySample *bare = corpus_piece("y", corpus_midi(96, "0-96:61"), NULL);
    Run run = begin(spec, FALSE);
    AssaySummaryRow row;

    add(&run, NULL, corpus_piece("x", corpus_midi(96, ""), NULL));
    row = row_of(&run, DURATION);
    g_assert_cmpuint(row.items, ==, 1);
    g_assert_cmpuint(row.events, ==, 0);
    g_assert_true(isnan(row.rate) && isnan(row.p) && isnan(row.flagged) && isnan(row.ratio));
    assay_sample_remove_field(bare, "notes");
    add(&run, NULL, bare);
    row = row_of(&run, DURATION);
    g_assert_cmpuint(row.unjudged, ==, 1);
    row = row_of(&run, TRANSITION);
    g_assert_cmpuint(row.unjudged, ==, 0);
    g_assert_cmpuint(row.events, ==, 3);
    end(&run);
}

/* Nineteen groups: p = 1/20, and .05 is flagged; eighteen: it is not. */
static void
test_flagged(void)
{
    for (guint n = 18; n <= 19; n++) {
        AssaySpec *spec = assay_spec_new();
        Run run;
        AssaySummaryRow row;

        for (guint i = 0; i < n; i++) {
            g_autofree char *name = g_strdup_printf("s%02u", i);
            g_autoptr(AssaySample) sample = corpus_chroma(name, "C D E");
            g_autoptr(AssayObservation) observation =
                assay_observe(sample, &(AssayObserveConfig)ASSAY_OBSERVE_CONFIG_DEFAULT, NULL);

            g_assert_true(assay_spec_add(spec, observation, NULL, NULL, NULL));
        }
        assay_spec_sort(spec);
        run = begin(spec, FALSE);
        add(&run, NULL, corpus_chroma("x", "F G"));
        add(&run, NULL, corpus_chroma("y", "C D"));
        add(&run, NULL, corpus_chroma("z", "C"));
        add(&run, NULL, corpus_chroma("s00", "C D E"));
        row = row_of(&run, TRANSITION);
        g_assert_cmpfloat(row.flagged, ==, n == 19 ? 1 / 3.0 : 0);
        g_assert_cmpuint(row.in_corpus, ==, 1);
        end(&run);
        assay_spec_free(spec);
    }
}

/* The same seed and label, the same p; drawn, where there are too many labellings to try. */
static void
test_seed(void)
{
    GRand *random = g_rand_new_with_seed(5);
    g_autoptr(RandomCorpus) corpus = random_corpus_new(random, 60, 50, 1);
    g_autoptr(AssaySpec) spec = random_corpus_mine(corpus, NULL, 0);
    Run run = begin(spec, FALSE);
    AssaySummaryRow row, again, other;

    for (int i = 0; i < 12; i++) {
        g_autofree char *name = g_strdup_printf("t%d", i);
        AssaySample *sample = corpus_chroma(name, i % 3 == 0 ? "C D E F" : "C C*9");

        assay_json_unset((AssayJson *)assay_sample_field_meta(sample, "chroma"), "step_q");
        assay_json_unset((AssayJson *)assay_sample_field_meta(sample, "chroma"), "drums");
        assay_json_unset((AssayJson *)assay_sample_field_meta(sample, "chroma"), "pitch_low");
        assay_json_unset((AssayJson *)assay_sample_field_meta(sample, "chroma"), "pitch_high");
        add(&run, NULL, sample);
    }
    row = row_of(&run, TRANSITION);
    again = row_of(&run, TRANSITION);
    g_assert_cmpfloat(row.p, ==, again.p);
    g_assert_cmpuint(row.n_labellings, ==, 10000);
    g_assert_true(
        assay_summary_row(run.summary, spec, run.checker, TRANSITION, 1, "set", &other, NULL));
    g_assert_cmpfloat_with_epsilon(row.p, other.p, 0.05);
    end(&run);
    g_rand_free(random);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/summary/by-hand", test_by_hand);
    g_test_add_func("/summary/changes", test_changes);
    g_test_add_func("/summary/groups", test_groups);
    g_test_add_func("/summary/windows", test_windows);
    g_test_add_func("/summary/not-judged", test_not_judged);
    g_test_add_func("/summary/flagged", test_flagged);
    g_test_add_func("/summary/seed", test_seed);
    return g_test_run();
}
