/* tests/unit/test-permutation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stats/permutation.h>
#include <math.h>
#include <string.h>

static AssayRateTest
run(const AssayRateGroup *test, size_t n_test, const AssayRateGroup *reference, size_t n_reference,
    guint64 n_permutations, const char *identity)
{
    AssayRateTest result = { 0 };
    g_autoptr(GError) error = NULL;
    AssayRandom random;

    assay_random_init(&random, 1, "permutation", identity);
    g_assert_true(assay_permutation_rate_test(test, n_test, reference, n_reference, n_permutations,
                                              &random, &result, &error));
    g_assert_no_error(error);
    return result;
}

/* Rates 5/10 | 1/10, 2/10, 0/10: of the four labellings only the observed one is as extreme. */
static void
test_by_hand(void)
{
    static const AssayRateGroup test[] = { { 5, 10 } };
    static const AssayRateGroup reference[] = { { 1, 10 }, { 2, 10 }, { 0, 10 } };
    AssayRateTest result = run(test, 1, reference, 3, 100, "");

    g_assert_true(result.is_exact);
    g_assert_cmpuint(result.n_labellings, ==, 4);
    g_assert_cmpfloat(result.p, ==, 0.25);
    g_assert_cmpfloat(result.rate_test, ==, 0.5);
    g_assert_cmpfloat(result.rate_reference, ==, 0.1);
    /* The other way round the observed rate, 3/30, is not the higher one. */
    result = run(reference, 3, test, 1, 100, "");
    g_assert_cmpfloat(result.p, ==, 1);
    /* {5/10, 0/10} | {1/10, 2/10}: pairs with five or more violations: 5+1, 5+2, 5+0. */
    {
        static const AssayRateGroup two[] = { { 5, 10 }, { 0, 10 } };
        static const AssayRateGroup rest[] = { { 1, 10 }, { 2, 10 } };

        result = run(two, 2, rest, 2, 100, "");
        g_assert_cmpuint(result.n_labellings, ==, 6);
        g_assert_cmpfloat(result.p, ==, 0.5);
    }
}

/* One third three ways: 1/3, 2/6 and 100/300 are ties, which floating point would miss. */
static void
test_ties(void)
{
    static const AssayRateGroup test[] = { { 1, 3 }, { 7, 21 } };
    static const AssayRateGroup reference[] = { { 2, 6 }, { 100, 300 }, { 33, 99 }, { 5, 15 } };
    AssayRateTest result = run(test, 2, reference, 4, 1000, "");

    g_assert_true(result.is_exact);
    g_assert_cmpuint(result.n_labellings, ==, 15);
    g_assert_cmpfloat(result.p, ==, 1);
    result = run(test, 2, reference, 4, 14, "");
    g_assert_false(result.is_exact);
    g_assert_cmpuint(result.n_labellings, ==, 15);
    g_assert_cmpfloat(result.p, ==, 1);
}

/* Counts near 2^62, told apart by one: 53 bits would call them equal. */
static void
test_huge(void)
{
    const guint64 e = G_GUINT64_CONSTANT(1) << 61;
    const AssayRateGroup test[] = { { e / 2 + 1, e } };
    const AssayRateGroup reference[] = { { e / 2, e }, { e / 2, e }, { e / 2 - 1, e } };
    const AssayRateGroup low[] = { { e / 2 - 1, e } };
    const AssayRateGroup high[] = { { e / 2, e }, { e / 2, e }, { e / 2 + 1, e } };

    g_assert_cmpfloat(run(test, 1, reference, 3, 100, "").p, ==, 0.25);
    g_assert_cmpfloat(run(low, 1, high, 3, 100, "").p, ==, 1);
}

static void
test_empty(void)
{
    static const AssayRateGroup groups[] = { { 1, 10 }, { 2, 10 } };
    static const AssayRateGroup silent[] = { { 0, 0 }, { 0, 0 }, { 0, 0 } };
    static const AssayRateGroup mixed[] = { { 0, 0 }, { 5, 10 }, { 0, 0 } };
    AssayRateTest result = run(NULL, 0, groups, 2, 100, "");

    g_assert_true(isnan(result.p) && isnan(result.rate_test));
    g_assert_cmpfloat(result.rate_reference, ==, 3.0 / 20);
    g_assert_cmpuint(result.n_labellings, ==, 0);
    result = run(groups, 2, NULL, 0, 100, "");
    g_assert_true(isnan(result.p) && isnan(result.rate_reference));
    result = run(groups, 2, silent, 3, 100, "");
    g_assert_true(isnan(result.p) && isnan(result.rate_reference));
    result = run(NULL, 0, NULL, 0, 100, "");
    g_assert_true(isnan(result.p));
    /* Groups without events are as if they were not there. */
    result = run(mixed, 3, groups, 2, 100, "");
    g_assert_cmpuint(result.n_labellings, ==, 3);
    g_assert_cmpfloat(result.p, ==, 1.0 / 3);
    /* No permutation but the observed labelling. */
    result = run(groups, 2, mixed, 3, 0, "");
    g_assert_cmpuint(result.n_labellings, ==, 1);
    g_assert_cmpfloat(result.p, ==, 1);
    /* No violation anywhere is no difference. */
    {
        static const AssayRateGroup none[] = { { 0, 7 }, { 0, 10 } };

        g_assert_cmpfloat(run(none, 2, none, 2, 100, "").p, ==, 1);
    }
}

/* A set that breaks nothing has a p of 1, however short it is and however rare violations are; so
 * has one whose rate is that of the reference. */
static void
test_not_higher(void)
{
    static const AssayRateGroup short_set[] = { { 0, 5 }, { 0, 7 } };
    static const AssayRateGroup alike[] = { { 1, 10 } }, others[] = { { 2, 10 }, { 0, 10 } };
    AssayRateGroup reference[200];

    for (size_t i = 0; i < 200; i++)
        reference[i] = (AssayRateGroup){ i == 0, 100 + i };
    g_assert_cmpfloat(run(short_set, 2, reference, 200, 999, "").p, ==, 1);
    g_assert_cmpfloat(run(short_set, 1, reference, 200, 999, "").p, ==, 1);
    g_assert_cmpfloat(run(alike, 1, others, 2, 999, "").p, ==, 1);
}

static void
test_refused(void)
{
    static const AssayRateGroup good[] = { { 1, 10 } };
    static const AssayRateGroup impossible[] = { { 1, 10 }, { 3, 0 } };
    const AssayRateGroup endless[] = { { 0, G_MAXUINT64 }, { 0, 1 } };
    AssayRateTest result;
    AssayRandom random;
    g_autoptr(GError) error = NULL;

    assay_random_init(&random, 1, "permutation", "");
    g_assert_false(
        assay_permutation_rate_test(good, 1, impossible, 2, 10, &random, &result, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error != NULL ? error->message : NULL, ==,
                    "group 1 of the reference set: 3 violations in no events");
    g_clear_error(&error);
    g_assert_false(assay_permutation_rate_test(endless, 2, good, 1, 10, &random, &result, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_nonnull(strstr(error->message, " set: the sums do not fit 64 bits"));
}

static AssayRateGroup
random_group(AssayRandom *random)
{
    AssayRateGroup group = { 0, 1 + assay_random_below(random, 30) };

    for (guint64 i = 0; i < group.events; i++)
        group.violations += assay_random_below(random, 5) == 0;
    return group;
}

/* Every subset of the right size, by bit masks and in long double. */
static double
brute_force(const AssayRateGroup *groups, size_t n, size_t n_test)
{
    guint n_all = 0, n_extreme = 0;
    long double observed = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (guint mask = 0; mask < (1u << n); mask++) {
            guint64 v[2] = { 0 }, e[2] = { 0 };
            guint size = 0;
            long double statistic;

            for (size_t i = 0; i < n; i++) {
                guint in_test = mask >> i & 1;

                size += in_test;
                v[in_test] += groups[i].violations;
                e[in_test] += groups[i].events;
            }
            if (size != n_test)
                continue;
            statistic =
                (long double)v[1] / (long double)e[1] - (long double)v[0] / (long double)e[0];
            statistic = MAX(statistic, 0.0L);
            if (pass == 0 && mask == (1u << n_test) - 1)
                observed = statistic;
            if (pass == 1) {
                n_all++;
                n_extreme += statistic >= observed - 1e-15L;
            }
        }
    }
    return (double)n_extreme / n_all;
}

static void
test_brute_force(void)
{
    AssayRandom random;

    assay_random_init(&random, 1, "permutation", "brute force");
    for (int i = 0; i < 200; i++) {
        AssayRateGroup groups[10];
        size_t n = 2 + (size_t)assay_random_below(&random, 9);
        size_t n_test = 1 + (size_t)assay_random_below(&random, n - 1);
        AssayRateTest exact, sampled;
        double p;

        for (size_t j = 0; j < n; j++)
            groups[j] = random_group(&random);
        p = brute_force(groups, n, n_test);
        exact = run(groups, n_test, groups + n_test, n - n_test, 1000, "");
        g_assert_true(exact.is_exact);
        g_assert_cmpfloat(exact.p, ==, p);
        if (n < 9 || exact.n_labellings < 30)
            continue;
        /* Sampling fewer than all agrees within five standard errors. */
        sampled = run(groups, n_test, groups + n_test, n - n_test, exact.n_labellings - 1, "");
        g_assert_false(sampled.is_exact);
        g_assert_cmpfloat(fabs(sampled.p - p), <=,
                          5 * sqrt(p * (1 - p) / (double)exact.n_labellings) +
                              1 / (double)exact.n_labellings);
    }
}

/* Under the null hypothesis p <= a with a probability of at most a; here close to it, as long as
 * the set's rate is the higher one, which it is in about half the cases; else p is 1. */
static void
test_null(void)
{
    AssayRandom random;
    int n_below[4] = { 0 };

    assay_random_init(&random, 2, "permutation", "null");
    for (int i = 0; i < 1000; i++) {
        AssayRateGroup groups[60];
        g_autofree char *identity = g_strdup_printf("%d", i);
        double p;

        for (size_t j = 0; j < 60; j++)
            groups[j] = random_group(&random);
        p = run(groups, 20, groups + 20, 40, 399, identity).p;
        n_below[0] += p <= 0.05;
        n_below[1] += p <= 0.2;
        n_below[2] += p <= 0.4;
        n_below[3] += p < 1;
    }
    g_test_message("p <= .05, .2, .4, < 1: %d, %d, %d, %d of 1000", n_below[0], n_below[1],
                   n_below[2], n_below[3]);
    /* Four standard errors of a binomial share on either side. */
    g_assert_cmpint(ABS(n_below[0] - 50), <=, 28);
    g_assert_cmpint(ABS(n_below[1] - 200), <=, 51);
    g_assert_cmpint(ABS(n_below[2] - 400), <=, 62);
    g_assert_cmpint(ABS(n_below[3] - 500), <=, 64);
}

/* A rate three times the reference's is found, whichever set is the smaller one. */
static void
test_power(void)
{
    AssayRateGroup groups[50];

    for (size_t i = 0; i < 50; i++)
        groups[i] = (AssayRateGroup){ (i < 10 ? 6 : 2) + i % 3, 20 };
    g_assert_cmpfloat(run(groups, 10, groups + 10, 40, 999, "").p, ==, 0.001);
    g_assert_cmpfloat(run(groups + 10, 40, groups, 10, 999, "").p, ==, 1);
    for (size_t i = 0; i < 50; i++)
        groups[i] = (AssayRateGroup){ (i < 40 ? 6 : 2) + i % 3, 20 };
    g_assert_cmpfloat(run(groups, 40, groups + 40, 10, 999, "").p, ==, 0.001);
    g_assert_cmpfloat(run(groups + 40, 10, groups, 40, 999, "").p, ==, 1);
}

static void
test_repeatable(void)
{
    AssayRateGroup groups[40];
    AssayRandom random;
    double p;

    assay_random_init(&random, 3, "permutation", "groups");
    for (size_t i = 0; i < 40; i++)
        groups[i] = random_group(&random);
    for (size_t i = 0; i < 3; i++)
        groups[i].violations = groups[i].events; /* so that p is not 1 */
    p = run(groups, 15, groups + 15, 25, 4999, "a").p;
    g_assert_cmpfloat(run(groups, 15, groups + 15, 25, 4999, "a").p, ==, p);
    g_assert_cmpfloat(run(groups, 15, groups + 15, 25, 4999, "b").p, !=, p);
}

/* Groups that are listed backwards, one of them without events, are the same groups. */
static void
test_order(void)
{
    AssayRateGroup groups[40], backwards[40];
    AssayRandom random;

    assay_random_init(&random, 4, "permutation", "groups");
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < 40; i++)
            groups[i] = random_group(&random);
        groups[3] = groups[20] = (AssayRateGroup){ 0, 0 };
        for (size_t i = 0; i < 40; i++)
            backwards[i] = i < 15 ? groups[14 - i] : groups[39 - (i - 15)];
        g_assert_cmpfloat(run(backwards, 15, backwards + 15, 25, 499, "a").p, ==,
                          run(groups, 15, groups + 15, 25, 499, "a").p);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/permutation/by-hand", test_by_hand);
    g_test_add_func("/permutation/ties", test_ties);
    g_test_add_func("/permutation/huge", test_huge);
    g_test_add_func("/permutation/empty", test_empty);
    g_test_add_func("/permutation/not-higher", test_not_higher);
    g_test_add_func("/permutation/refused", test_refused);
    g_test_add_func("/permutation/brute-force", test_brute_force);
    g_test_add_func("/permutation/null", test_null);
    g_test_add_func("/permutation/power", test_power);
    g_test_add_func("/permutation/repeatable", test_repeatable);
    g_test_add_func("/permutation/order", test_order);
    return g_test_run();
}
