/* test-scores.c - tables of scores, votes, and what is said of each set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/evaluate.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

static gboolean
read_into(AssayScores *scores, const char *text, const char *group_by, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(AssayInput) input = assay_input_from_bytes("s.tsv", bytes);
    g_autoptr(AssayLabel) label = group_by == NULL ? NULL : assay_label_new_group(group_by, NULL);

    return assay_scores_read(scores, input, NULL, label, error);
}

static AssayScores *
scores_of(const char *text, const char *group_by)
{
    g_autoptr(GError) error = NULL;
    AssayScores *scores = assay_scores_new();

    g_assert_true(read_into(scores, text, group_by, &error));
    g_assert_no_error(error);
    return scores;
}

static const AssayScoredItem *
nth(const AssayScores *scores, guint at)
{
    return &g_array_index(scores->scores, AssayScoredItem, at);
}

static void
test_table(void)
{
    g_autoptr(AssayScores) scores = scores_of("more\tgenerator\tlabel\tgroup\titem\tscore\r\n"
                                              "x\tg\t1\tv\ta\t-1.5\r\n"
                                              "x\tNA\treal\tNA\ta\tinf\r\n"
                                              "x\tg\tfake\tv\tb\t1e3\r\n"
                                              "x\t\t0\t\tc\t0\r\n",
                                              NULL);

    g_assert_cmpuint(scores->scores->len, ==, 4);
    g_assert_cmpuint(scores->sets->len, ==, 1);
    g_assert_cmpstr(nth(scores, 0)->item, ==, "a");
    g_assert_cmpfloat(nth(scores, 0)->score, ==, -1.5);
    g_assert_true(nth(scores, 0)->is_fake && nth(scores, 2)->is_fake);
    g_assert_false(nth(scores, 1)->is_fake || nth(scores, 3)->is_fake);
    g_assert_cmpuint(nth(scores, 1)->set, ==, ASSAY_SCORES_NO_SET);
    g_assert_cmpuint(nth(scores, 0)->group, ==, nth(scores, 2)->group);
    g_assert_cmpuint(nth(scores, 1)->group, !=, nth(scores, 3)->group);
    g_assert_cmpuint(scores->n_groups, ==, 3);
    g_assert_false(scores->is_ungrouped);
}

static void
test_group_by(void)
{
    g_autoptr(AssayScores) scores = scores_of("item\tscore\tlabel\tgroup\n"
                                              "v1-f1\t1\t1\tx\nv1-f2\t1\t1\ty\nother\t1\t1\tx\n",
                                              "^(v.)-");

    g_assert_cmpuint(nth(scores, 0)->group, ==, nth(scores, 1)->group);
    g_assert_cmpuint(nth(scores, 2)->group, !=, nth(scores, 1)->group);
}

static void
refused(const char *text, int code, const char *says)
{
    g_autoptr(AssayScores) scores = assay_scores_new();
    g_autoptr(GError) error = NULL;

    g_assert_false(read_into(scores, text, NULL, &error));
    corpus_refused(&error, code, says);
}

static void
test_refused(void)
{
    g_autoptr(AssayScores) scores = assay_scores_new();
    g_autoptr(GError) error = NULL;

    refused("item\tlabel\n", ASSAY_ERROR_FORMAT, "s.tsv: line 1: no column \"score\"");
    refused("item\tscore\tlabel\na\t1\t2\n", ASSAY_ERROR_FORMAT, "2 is no label");
    refused("item\tscore\tlabel\na\t1\tNA\n", ASSAY_ERROR_FORMAT, "NA is no label");
    refused("item\tscore\tlabel\na\tNA\t1\n", ASSAY_ERROR_FORMAT, "line 2: a: its score is not");
    refused("item\tscore\tlabel\tset\na\t1\t1\ts\na\t1\t0\tt\na\t1\t0\ts\n", ASSAY_ERROR_FORMAT,
            "line 4: a is there already in set s");
    g_assert_false(assay_scores_add(scores, "a", (double)NAN, TRUE, NULL, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "a: its score is not a number");
}

static const char votes[] = "item\tscore\tlabel\tset\tgroup\n"
                            "a\t.9\t1\ts\tv\nb\t.1\t1\ts\tv\nc\t.6\t1\ts\tv\n" /* one video */
                            "d\t.2\t0\ts\tw\n"
                            "e\t.3\t0\ts\tNA\nf\t.4\t0\ts\tNA\n" /* two items */
                            "a\t.8\t1\tt\tv\n";                  /* of another set */

static void
test_vote(void)
{
    g_autoptr(AssayScores) scores = scores_of(votes, NULL);
    g_autoptr(AssayScores) mean = assay_scores_vote(scores, ASSAY_VOTE_MEAN, .5, NULL);
    g_autoptr(AssayScores) majority = assay_scores_vote(scores, ASSAY_VOTE_MAJORITY, .6, NULL);

    g_assert_cmpuint(mean->scores->len, ==, 5);
    g_assert_cmpstr(nth(mean, 0)->item, ==, "a");
    g_assert_cmpfloat_with_epsilon(nth(mean, 0)->score, 1.6 / 3, 1e-15);
    g_assert_cmpfloat(nth(mean, 4)->score, ==, .8);
    g_assert_cmpuint(nth(mean, 4)->group, ==, nth(mean, 0)->group);
    g_assert_cmpfloat_with_epsilon(nth(majority, 0)->score, 1. / 3, 1e-15);
}

static void
test_vote_refused(void)
{
    g_autoptr(AssayScores) scores =
        scores_of("item\tscore\tlabel\tgroup\na\t1\t1\tv\nb\t1\t0\tv\n", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_scores_vote(scores, ASSAY_VOTE_MEAN, .5, &error));
    corpus_refused(&error, ASSAY_ERROR_FORMAT,
                   "a is fake and b is real, but they are of one group");
}

static const AssayEvaluation *
row_of(GPtrArray *rows, const char *set)
{
    for (guint i = 0; i < rows->len; i++) {
        const AssayEvaluation *row = g_ptr_array_index(rows, i);

        if (strcmp(row->set, set) == 0)
            return row;
    }
    return NULL;
}

static double
auc(GPtrArray *rows, const char *set)
{
    return row_of(rows, set)->roc.values[ASSAY_ROC_AUC];
}

/* "own" has its reals; "x" and "y" share those of "real", and of no set. */
static const char sets[] = "item\tscore\tlabel\tset\n"
                           "a\t5\t1\town\nb\t6\t0\town\n"
                           "c\t3\t1\tx\n"
                           "d\t1\t1\ty\n"
                           "e\t0\t0\treal\nf\t2\t0\treal\n"
                           "g\t4\t0\tNA\nh\t2.5\t0\tNA\n";

static void
test_sets(void)
{
    const AssayEvaluationConfig config = ASSAY_EVALUATION_CONFIG_DEFAULT;
    g_autoptr(AssayScores) scores = scores_of(sets, NULL);
    g_autoptr(GPtrArray) rows = assay_evaluate(scores, &config, NULL);

    g_assert_cmpuint(rows->len, ==, 5);
    g_assert_cmpfloat(auc(rows, "own"), ==, 0);
    g_assert_cmpfloat(auc(rows, "x"), ==, .75);
    g_assert_cmpfloat(auc(rows, "y"), ==, .25);
    g_assert_cmpfloat_with_epsilon(auc(rows, "(mean)"), 1. / 3, 1e-15);
    g_assert_cmpfloat(auc(rows, "(all)"), ==, (4 + 3 + 1) / 15.);
    g_assert_cmpuint(row_of(rows, "x")->reals, ==, 4);
    g_assert_cmpuint(row_of(rows, "(all)")->reals, ==, 5);
    g_assert_cmpuint(row_of(rows, "(all)")->fakes, ==, 3);
    g_assert_null(row_of(rows, "real"));
}

/* A row does not hang on what other sets there are. */
static void
test_alone(void)
{
    const AssayEvaluationConfig config = ASSAY_EVALUATION_CONFIG_DEFAULT;
    g_autofree char *text = g_strconcat(sets, "i\t2\t1\tx\nj\t7\t1\tx\n", NULL);
    g_autofree char *fewer = corpus_changed(text, "d\t1\t1\ty\n", "");
    g_autoptr(AssayScores) scores = scores_of(text, NULL), others = scores_of(fewer, NULL);
    g_autoptr(GPtrArray) rows = assay_evaluate(scores, &config, NULL);
    g_autoptr(GPtrArray) other_rows = assay_evaluate(others, &config, NULL);
    const AssayEvaluation *row = row_of(rows, "x"), *other = row_of(other_rows, "x");

    g_assert_true(row->spread.is_known);
    g_assert_true(memcmp(&row->spread, &other->spread, sizeof row->spread) == 0);
    g_assert_true(row->held_out >= other->held_out && row->held_out <= other->held_out);
}

static void
test_no_reals(void)
{
    const AssayEvaluationConfig config = ASSAY_EVALUATION_CONFIG_DEFAULT;
    g_autoptr(AssayScores) scores = scores_of("item\tscore\tlabel\tset\na\t5\t1\tx\nb\t6\t0\tx\n"
                                              "c\t3\t1\ty\n",
                                              NULL);
    g_autoptr(GPtrArray) rows = assay_evaluate(scores, &config, NULL);
    g_autoptr(AssayScores) fakes = scores_of("item\tscore\tlabel\na\t5\t1\n", NULL);
    g_autoptr(GError) error = NULL;
    double threshold;

    g_assert_true(isnan(auc(rows, "y")));
    g_assert_cmpfloat(auc(rows, "(mean)"), ==, 0);
    g_assert_null(assay_evaluate(fakes, &config, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "no real item among 1 score: give scores of both");
    g_clear_error(&error);
    g_assert_false(assay_evaluate_best_threshold(fakes, &threshold, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "no real item among 1 score");
}

static void
test_best_threshold(void)
{
    g_autoptr(AssayScores) scores =
        scores_of("item\tscore\tlabel\na\t5\t1\nb\t3\t0\nc\t1\t0\n", NULL);
    double threshold;

    g_assert_true(assay_evaluate_best_threshold(scores, &threshold, NULL));
    g_assert_cmpfloat(threshold, ==, 4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scores/table", test_table);
    g_test_add_func("/scores/group-by", test_group_by);
    g_test_add_func("/scores/refused", test_refused);
    g_test_add_func("/scores/vote", test_vote);
    g_test_add_func("/scores/vote-refused", test_vote_refused);
    g_test_add_func("/scores/sets", test_sets);
    g_test_add_func("/scores/alone", test_alone);
    g_test_add_func("/scores/no-reals", test_no_reals);
    g_test_add_func("/scores/best-threshold", test_best_threshold);
    return g_test_run();
}
