/* test-roc.c - how well scores tell fakes from reals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stats/roc.h>
#include <math.h>
#include <string.h>

enum { MAX_ITEMS = 400 };

/* One item a score, each a group of its own; @labels as in "101100". */
static AssayRoc *
roc_of(const double *scores, const char *labels)
{
    g_autoptr(GError) error = NULL;
    AssayScored items[MAX_ITEMS];
    size_t n = strlen(labels);
    AssayRoc *roc;

    for (size_t i = 0; i < n; i++)
        items[i] = (AssayScored){ scores[i], labels[i] == '1', (guint32)i };
    roc = assay_roc_new(items, n, &error);
    g_assert_no_error(error);
    return roc;
}

static void
check(const AssayRocValues *got, AssayRocMeasure measure, double expected)
{
    g_assert_cmpfloat_with_epsilon(got->values[measure], expected, 1e-15);
}

/* Six items by hand. Thresholds from the top: calls 0 0, then (reals fakes) 0 1, 1 1, 1 2, 1 3, 2
 * 3, 3 3 of 3 3. Errors: 1/3 of the reals, and 1/3 of the fakes after the fourth. */
static void
test_by_hand(void)
{
    static const double scores[] = { .9, .8, .7, .6, .55, .1 };
    g_autoptr(AssayRoc) roc = roc_of(scores, "101100");
    AssayRocValues got;

    assay_roc_measure(roc, .5, &got);
    g_assert_cmpfloat(got.values[ASSAY_ROC_AP], ==, .8055555555555556);
    check(&got, ASSAY_ROC_AUC, 7. / 9);
    check(&got, ASSAY_ROC_EER, 1. / 3);
    check(&got, ASSAY_ROC_ACCURACY, .6666666666666666);
    check(&got, ASSAY_ROC_REAL, 1. / 3);
    check(&got, ASSAY_ROC_FAKE, 1);
    check(&got, ASSAY_ROC_BALANCED, 2. / 3);
    check(&got, ASSAY_ROC_BEST, 5. / 6);
    g_assert_cmpfloat(got.best_threshold, ==, .55 + (.6 - .55) / 2);
    check(&got, ASSAY_ROC_PD_100, 1. / 3);
    check(&got, ASSAY_ROC_PD_010, 1. / 3);
    g_assert_cmpuint(assay_roc_n_real(roc), ==, 3);
    g_assert_cmpuint(assay_roc_n_fake(roc), ==, 3);
    g_assert_cmpuint(assay_roc_n_groups(roc), ==, 6);
    assay_roc_measure(roc, .6, &got); /* an item at the threshold is not called */
    check(&got, ASSAY_ROC_FAKE, 2. / 3);
    check(&got, ASSAY_ROC_REAL, 2. / 3);
}

/* Equal scores: one threshold past all of them. 2: fake, real; 1: fake, fake, real; 0: real. */
static void
test_ties(void)
{
    static const double scores[] = { 1, 2, 1, 0, 2, 1 };
    g_autoptr(AssayRoc) roc = roc_of(scores, "111000");
    AssayRocValues got;

    assay_roc_measure(roc, 1, &got);
    check(&got, ASSAY_ROC_AP, (1. / 3) * (1. / 2) + (2. / 3) * (3. / 5));
    check(&got, ASSAY_ROC_AUC, (2 + .5 + 2 + 1) / 9);
    /* From (1/3, 2/3) to (2/3, 0) in reals called fake and fakes called real. */
    check(&got, ASSAY_ROC_EER, 4. / 9);
    check(&got, ASSAY_ROC_ACCURACY, 3. / 6);
    check(&got, ASSAY_ROC_PD_100, 0);
}

static void
test_all_equal(void)
{
    static const double scores[] = { 3, 3, 3 };
    g_autoptr(AssayRoc) roc = roc_of(scores, "011");
    AssayRocValues got;

    assay_roc_measure(roc, .5, &got);
    check(&got, ASSAY_ROC_AP, 2. / 3);
    check(&got, ASSAY_ROC_AUC, .5);
    check(&got, ASSAY_ROC_EER, .5);
    check(&got, ASSAY_ROC_BALANCED, .5);
    check(&got, ASSAY_ROC_BEST, .5);
    g_assert_cmpfloat(got.best_threshold, ==, 3);
}

/* So many of 1,000 reals may be called, to the one. */
static void
test_false_alarms(void)
{
    double scores[40];
    char labels[41] = "0000000000000000000011111111111111111111";
    g_autoptr(AssayRoc) roc = NULL;
    AssayRocValues got;

    for (int i = 0; i < 40; i++) /* real i above fake i */
        scores[i] = i < 20 ? 20 - i : 19.5 - (i - 20);
    roc = roc_of(scores, labels);
    assay_roc_measure(roc, .5, &got);
    check(&got, ASSAY_ROC_PD_100, 2. / 20);
    check(&got, ASSAY_ROC_PD_050, 1. / 20);
    check(&got, ASSAY_ROC_PD_010, 0);
}

static void
test_infinite(void)
{
    static const double scores[] = { (double)INFINITY, (double)INFINITY, -(double)INFINITY, 0 };
    g_autoptr(AssayRoc) roc = roc_of(scores, "1100");
    AssayRocValues got;

    assay_roc_measure(roc, 0, &got);
    check(&got, ASSAY_ROC_AUC, 1);
    check(&got, ASSAY_ROC_EER, 0);
    check(&got, ASSAY_ROC_ACCURACY, 1);
    g_assert_cmpfloat(got.best_threshold, ==, 0);
}

/* Turning the labels and the scores round is the same as nothing, for what is symmetric. */
static void
test_turned(void)
{
    AssayRandom random;
    double scores[100], turned[100];
    char labels[101] = { 0 }, others[101] = { 0 };
    g_autoptr(AssayRoc) roc = NULL, other = NULL;
    AssayRocValues a, b;

    assay_random_init(&random, 1, "test", "");
    for (int i = 0; i < 100; i++) {
        scores[i] = (double)assay_random_below(&random, 30);
        turned[i] = -scores[i];
        labels[i] = assay_random_below(&random, 60) < (guint64)scores[i] + 15 ? '1' : '0';
        others[i] = labels[i] == '1' ? '0' : '1';
    }
    roc = roc_of(scores, labels);
    other = roc_of(turned, others);
    assay_roc_measure(roc, 14.5, &a);
    assay_roc_measure(other, -14.5, &b);
    for (AssayRocMeasure m = ASSAY_ROC_AUC; m <= ASSAY_ROC_BEST; m++) {
        if (m != ASSAY_ROC_REAL && m != ASSAY_ROC_FAKE)
            g_assert_cmpfloat_with_epsilon(a.values[m], b.values[m], 1e-14);
    }
    g_assert_cmpfloat_with_epsilon(a.values[ASSAY_ROC_REAL], b.values[ASSAY_ROC_FAKE], 1e-14);
}

/* Groups that are copies of an item do not narrow an interval; as items of their own they do. */
static void
test_spread(void)
{
    AssayScored items[MAX_ITEMS], alone[MAX_ITEMS];
    AssayRandom random;
    AssayRocSpread by_group, by_item;
    AssayRocValues values;
    g_autoptr(AssayRoc) roc = NULL, roc_alone = NULL;

    assay_random_init(&random, 2, "test", "");
    for (guint32 i = 0; i < MAX_ITEMS; i++) {
        guint32 of = i / 10;

        items[i] = (AssayScored){ of * 7 % 40, of % 2 == 0, of + 5 };
        alone[i] = items[i];
        alone[i].group = i;
    }
    roc = assay_roc_new(items, MAX_ITEMS, NULL);
    roc_alone = assay_roc_new(alone, MAX_ITEMS, NULL);
    assay_roc_measure(roc, .5, &values);
    assay_roc_spread(roc, .5, 500, .95, &random, &by_group);
    assay_roc_spread(roc_alone, .5, 500, .95, &random, &by_item);
    g_assert_true(by_group.is_known && !by_group.no_overlap);
    for (AssayRocMeasure m = ASSAY_ROC_AP; m <= ASSAY_ROC_EER; m++) {
        AssayInterval wide = by_group.intervals[m], narrow = by_item.intervals[m];

        g_assert_true(wide.low < values.values[m] && values.values[m] < wide.high);
        g_assert_cmpfloat(wide.high - wide.low, >, 2 * (narrow.high - narrow.low));
    }
    /* About 2 * 1.96 standard errors of an AUC of nothing, 20 groups a class: sqrt(41 / 12) / 20.
     */
    g_assert_cmpfloat_with_epsilon(by_group.intervals[ASSAY_ROC_AUC].high -
                                       by_group.intervals[ASSAY_ROC_AUC].low,
                                   2 * 1.96 * sqrt(41. / 12) / 20, .06);
}

/* 48 times 1/48 is 1, and not a little more. */
static void
test_perfect(void)
{
    AssayScored items[96];
    AssayRocValues values;
    g_autoptr(AssayRoc) roc = NULL;

    for (guint32 i = 0; i < 96; i++)
        items[i] = (AssayScored){ i, i >= 48, i };
    roc = assay_roc_new(items, 96, NULL);
    assay_roc_measure(roc, 0, &values);
    g_assert_cmpfloat(values.values[ASSAY_ROC_AP], ==, 1);
}

static void
test_no_overlap(void)
{
    static const double scores[] = { 5, 6, 7, 8, 1, 2, 3, 4 };
    g_autoptr(AssayRoc) roc = roc_of(scores, "11110000");
    AssayRocSpread spread;
    AssayRandom random;

    assay_random_init(&random, 2, "test", "");
    assay_roc_spread(roc, 6.5, 100, .95, &random, &spread);
    g_assert_true(spread.is_known && spread.no_overlap);
    g_assert_cmpfloat_with_epsilon(spread.intervals[ASSAY_ROC_AUC].low, pow(.025, 1. / 4), 1e-9);
    g_assert_cmpfloat(spread.intervals[ASSAY_ROC_AUC].high, ==, 1);
    g_assert_true(isnan(spread.intervals[ASSAY_ROC_AP].low));
    g_assert_true(isnan(spread.intervals[ASSAY_ROC_REAL].low));
    g_assert_cmpfloat(spread.intervals[ASSAY_ROC_FAKE].low, <, .5);
}

/* All fakes of one group: nothing is known of others. */
static void
test_one_group(void)
{
    const AssayScored items[] = {
        { 1, TRUE, 9 }, { 2, TRUE, 9 }, { 0, FALSE, 1 }, { 2, FALSE, 2 }
    };
    g_autoptr(AssayRoc) roc = assay_roc_new(items, G_N_ELEMENTS(items), NULL);
    AssayRocSpread spread;
    AssayRandom random;

    assay_random_init(&random, 2, "test", "");
    g_assert_cmpuint(assay_roc_n_groups(roc), ==, 3);
    assay_roc_spread(roc, .5, 100, .95, &random, &spread);
    g_assert_false(spread.is_known);
    g_assert_true(isnan(spread.intervals[ASSAY_ROC_AUC].low));
    g_assert_true(isnan(assay_roc_held_out(roc, 10, &random)));
}

/* By hand: each of the fold's two items is called by the four others. Separated, all are right. Of
 * labels that mean nothing, about half; the best threshold of the items themselves says more. */
static void
test_held_out(void)
{
    static const double scores[] = { 5, 6, 7, 1, 2, 3 };
    g_autoptr(AssayRoc) roc = roc_of(scores, "111000");
    AssayScored items[MAX_ITEMS];
    g_autoptr(AssayRoc) noise = NULL;
    AssayRocValues values;
    AssayRandom random;
    double held_out;

    assay_random_init(&random, 2, "test", "");
    g_assert_cmpfloat(assay_roc_held_out(roc, 10, &random), ==, 1);
    for (guint32 i = 0; i < MAX_ITEMS; i++)
        items[i] = (AssayScored){ assay_random_double(&random), i % 2 == 0, i };
    noise = assay_roc_new(items, MAX_ITEMS, NULL);
    assay_roc_measure(noise, .5, &values);
    held_out = assay_roc_held_out(noise, 10, &random);
    g_assert_cmpfloat(fabs(held_out - .5), <, .08);
    g_assert_cmpfloat(held_out, <, values.values[ASSAY_ROC_BEST]);
}

/* One group of both classes, one of each alone: two folds, and either has both classes outside. */
static void
test_held_out_mixed(void)
{
    const AssayScored items[] = {
        { 9, TRUE, 1 }, { 1, FALSE, 1 }, { 8, TRUE, 2 }, { 2, FALSE, 3 }
    };
    g_autoptr(AssayRoc) roc = assay_roc_new(items, G_N_ELEMENTS(items), NULL);
    AssayRandom random;

    assay_random_init(&random, 2, "test", "");
    for (int i = 0; i < 20; i++)
        g_assert_cmpfloat(assay_roc_held_out(roc, 10, &random), ==, 1);
}

static void
test_refused(void)
{
    const AssayScored items[] = { { 1, TRUE, 0 }, { (double)NAN, FALSE, 1 } };
    g_autoptr(GError) none = NULL, one_class = NULL, nan = NULL;

    g_assert_null(assay_roc_new(NULL, 0, &none));
    g_assert_error(none, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_null(assay_roc_new(items, 1, &one_class));
    g_assert_cmpstr(one_class->message, ==, "no real item among 1 scores: both are needed");
    g_assert_null(assay_roc_new(items, 2, &nan));
    g_assert_cmpstr(nan->message, ==, "score 1 is not a number");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/roc/by-hand", test_by_hand);
    g_test_add_func("/roc/ties", test_ties);
    g_test_add_func("/roc/all-equal", test_all_equal);
    g_test_add_func("/roc/false-alarms", test_false_alarms);
    g_test_add_func("/roc/infinite", test_infinite);
    g_test_add_func("/roc/turned", test_turned);
    g_test_add_func("/roc/spread", test_spread);
    g_test_add_func("/roc/perfect", test_perfect);
    g_test_add_func("/roc/no-overlap", test_no_overlap);
    g_test_add_func("/roc/one-group", test_one_group);
    g_test_add_func("/roc/held-out", test_held_out);
    g_test_add_func("/roc/held-out-mixed", test_held_out_mixed);
    g_test_add_func("/roc/refused", test_refused);
    return g_test_run();
}
