/* tests/unit/test-ballot.c - evaluations of items, and of groups that stand for theirs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/detect/ballot.h>

#include "corpus.h"

/* Of reals the means are 0.3 and 0.8 / 3, of fakes 0.4 and 0.65. */
static AssayScores *
new_scores(void)
{
    static const struct {
        const char *group;
        gboolean is_fake;
        double scores[3];
    } groups[] = { { "a", FALSE, { 0, 0.6, -1 } },
                   { "b", FALSE, { 0.2, 0.2, 0.4 } },
                   { "c", TRUE, { 0.5, 0.5, 0.2 } },
                   { "d", TRUE, { 1, 0.3, -1 } } };
    AssayScores *scores = assay_scores_new();

    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        for (size_t k = 0; k < 3 && groups[i].scores[k] >= 0; k++) {
            g_autofree char *item = g_strdup_printf("%s%" G_GSIZE_FORMAT, groups[i].group, k);

            g_assert_true(assay_scores_add(scores, item, groups[i].scores[k], groups[i].is_fake,
                                           "s", groups[i].group, NULL));
        }
    }
    return scores;
}

static AssayBallot
ballot_of(gboolean votes, AssayVote vote, double threshold)
{
    AssayBallot self = { .config = ASSAY_EVALUATION_CONFIG_DEFAULT, .votes = votes, .vote = vote };

    self.config.threshold = threshold;
    self.config.n_draws = 1;
    return self;
}

/* How many of the reals, and of the fakes, are called right. */
static void
assert_right(const AssayBallot *ballot, guint64 n, double reals, double fakes)
{
    g_autoptr(AssayScores) scores = new_scores();
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = assay_ballot_evaluate(ballot, scores, &error);
    const AssayEvaluation *row;

    g_assert_no_error(error);
    g_assert_cmpuint(rows->len, ==, 1);
    row = g_ptr_array_index(rows, 0);
    g_assert_cmpuint(row->reals, ==, n);
    g_assert_cmpuint(row->fakes, ==, n);
    g_assert_cmpfloat_with_epsilon(row->roc.values[ASSAY_ROC_REAL], reals, 1e-12);
    g_assert_cmpfloat_with_epsilon(row->roc.values[ASSAY_ROC_FAKE], fakes, 1e-12);
}

static void
test_evaluate(void)
{
    const AssayBallot items = ballot_of(FALSE, ASSAY_VOTE_MAJORITY, 0.45);
    const AssayBallot mean = ballot_of(TRUE, ASSAY_VOTE_MEAN, 0.45);
    const AssayBallot low = ballot_of(TRUE, ASSAY_VOTE_MEAN, 0.28);
    const AssayBallot majority = ballot_of(TRUE, ASSAY_VOTE_MAJORITY, 0.45);
    const AssayBallot most = ballot_of(TRUE, ASSAY_VOTE_MAJORITY, 0.25);

    assert_right(&items, 5, 0.8, 0.6);
    assert_right(&mean, 2, 1, 0.5);
    assert_right(&low, 2, 0.5, 1);
    assert_right(&majority, 2, 1, 0.5);
    assert_right(&most, 2, 1, 1); /* 1 of 2 is no majority, nor 1 of 3; 2 of 3 and 2 of 2 are */
}

/* The best threshold of groups lies between their means; that of items where one of them does. */
static void
test_calibrate(void)
{
    g_autoptr(AssayScores) scores = new_scores();
    AssayBallot mean = ballot_of(TRUE, ASSAY_VOTE_MEAN, 7);
    AssayBallot majority = ballot_of(TRUE, ASSAY_VOTE_MAJORITY, 7);
    AssayBallot items = ballot_of(FALSE, ASSAY_VOTE_MEAN, 7);

    g_assert_true(assay_ballot_calibrate(&mean, scores, NULL));
    g_assert_cmpfloat_with_epsilon(mean.config.threshold, 0.35, 1e-12);
    g_assert_true(assay_ballot_calibrate(&majority, scores, NULL));
    g_assert_cmpfloat_with_epsilon(majority.config.threshold, 0.45, 1e-12);
    g_assert_true(assay_ballot_calibrate(&items, scores, NULL));
    g_assert_cmpfloat_with_epsilon(items.config.threshold, 0.45, 1e-12);
    assert_right(&mean, 2, 1, 1);
}

/* A group that is real and fake cannot vote. */
static void
test_refused(void)
{
    g_autoptr(AssayScores) scores = new_scores();
    AssayBallot mean = ballot_of(TRUE, ASSAY_VOTE_MEAN, 0.5);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_scores_add(scores, "x", 1, TRUE, "s", "a", NULL));
    g_assert_null(assay_ballot_evaluate(&mean, scores, &error));
    corpus_refused(&error, ASSAY_ERROR_FORMAT, "but they are of one group");
    g_assert_false(assay_ballot_calibrate(&mean, scores, &error));
    corpus_refused(&error, ASSAY_ERROR_FORMAT, "but they are of one group");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ballot/evaluate", test_evaluate);
    g_test_add_func("/ballot/calibrate", test_calibrate);
    g_test_add_func("/ballot/refused", test_refused);
    return g_test_run();
}
