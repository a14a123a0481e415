/* tests/unit/test-multiple.c - many p-values, ranks, and intervals of shares.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stats/multiple.h>
#include <math.h>

/* 1 1/2 NA .01 .02 .02 .04: six of them. */
static const double ps[] = { .02, .5, (double)NAN, .01, 1, .02, .04 };
enum { N = G_N_ELEMENTS(ps) };

static void
assert_values(const double *got, const double *expected, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!(fabs(got[i] - expected[i]) <= 1e-15) && !(isnan(got[i]) && isnan(expected[i]))) {
            g_test_message("value %u: got %.17g, expected %.17g", (unsigned)i, got[i], expected[i]);
            g_test_fail();
        }
    }
}

static void
test_bh(void)
{
    static const double expected[] = { .04, .6, (double)NAN, .04, 1, .04, .06 };
    double q[N];

    assay_multiple_bh(ps, N, q);
    assert_values(q, expected, N);
    for (int i = 0; i < N; i++)
        q[i] = ps[i];
    assay_multiple_bh(q, N, q); /* in place */
    assert_values(q, expected, N);
    assay_multiple_bh(ps + 2, 1, q);
    g_assert_true(isnan(q[0]));
    assay_multiple_bh(ps, 0, q);
}

static void
test_holm(void)
{
    static const double expected[] = { .1, 1, (double)NAN, .06, 1, .1, .12 };
    double adjusted[N];

    assay_multiple_holm(ps, N, adjusted);
    assert_values(adjusted, expected, N);
}

static void
test_simes(void)
{
    static const double ones[] = { 1, 1 };

    g_assert_cmpfloat_with_epsilon(assay_multiple_simes(ps, N), .04, 1e-15);
    g_assert_cmpfloat(assay_multiple_simes(ones, 2), ==, 1);
    g_assert_true(isnan(assay_multiple_simes(ps + 2, 1)));
}

static void
test_conformal(void)
{
    static const double scores[] = { 1, (double)NAN, 3, 2, 3, (double)INFINITY };

    g_assert_cmpfloat(assay_conformal_p(scores, 6, 3), ==, 4. / 6);
    g_assert_cmpfloat(assay_conformal_p(scores, 6, 3.1), ==, 2. / 6);
    g_assert_cmpfloat(assay_conformal_p(scores, 5, 9), ==, 1. / 5);
    g_assert_cmpfloat(assay_conformal_p(scores, 6, -9), ==, 1);
    g_assert_cmpfloat(assay_conformal_p(scores, 0, 1), ==, 1);
    g_assert_true(isnan(assay_conformal_p(scores, 6, (double)NAN)));
}

static void
check_interval(AssayInterval got, double low, double high)
{
    g_assert_cmpfloat_with_epsilon(got.low, low, 1e-9);
    g_assert_cmpfloat_with_epsilon(got.high, high, 1e-9);
}

/* As scipy.stats.binomtest(k, n).proportion_ci(); of none and of all by hand. */
static void
test_shares(void)
{
    check_interval(assay_share_interval_exact(7, 20, .95), .1539092047845412, .5921885345328283);
    check_interval(assay_share_interval_wilson(7, 20, .95), .1811918241010821, .5671457233147637);
    check_interval(assay_share_interval_exact(0, 20, .95), 0, 1 - pow(.025, 1. / 20));
    check_interval(assay_share_interval_exact(20, 20, .9), pow(.05, 1. / 20), 1);
    check_interval(assay_share_interval_wilson(0, 4, .95), 0,
                   3.841458820694124 / (4 + 3.841458820694124));
    check_interval(assay_share_interval_wilson(4, 4, .95), 4 / (4 + 3.841458820694124), 1);
    check_interval(assay_share_interval_exact(0, 0, .95), 0, 1);
    check_interval(assay_share_interval_wilson(0, 0, .95), 0, 1);
}

/* However many there are: narrow, and around the share. */
static void
test_many(void)
{
    for (guint64 n = 10; n < G_GUINT64_CONSTANT(100000000000000); n *= 10) {
        for (guint64 k = 1; k < n; k *= 10) {
            AssayInterval exact = assay_share_interval_exact(k, n, .95);
            AssayInterval wilson = assay_share_interval_wilson(k, n, .95);
            double share = (double)k / (double)n;

            g_assert_true(exact.low < share && share < exact.high);
            g_assert_true(wilson.low < share && share < wilson.high);
            g_assert_true(exact.high - exact.low < 1.4 * (wilson.high - wilson.low) + 1e-15);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/multiple/bh", test_bh);
    g_test_add_func("/multiple/holm", test_holm);
    g_test_add_func("/multiple/simes", test_simes);
    g_test_add_func("/multiple/conformal", test_conformal);
    g_test_add_func("/multiple/shares", test_shares);
    g_test_add_func("/multiple/many", test_many);
    return g_test_run();
}
