/* tests/unit/test-ks.c - p-values of the Kolmogorov-Smirnov distance, three ways.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stats/ks.h>
#include <math.h>

static void
check(double distance, guint64 n, guint64 m, AssayKsMethod method, double expected,
      double tolerance)
{
    AssayKsMethod used;
    double p = assay_ks_p(distance, n, m, method, &used);

    if (!(fabs(p - expected) <= tolerance)) {
        g_test_message("D %g, n %u, m %u: got %.9g, expected %.9g", distance, (unsigned)n,
                       (unsigned)m, p, expected);
        g_test_fail();
    }
    g_assert_true(used == method);
}

/* As published for the durations of notes, at 64 bins a side; and as SciPy has them. */
static void
test_published(void)
{
    check(6. / 64, 64, 64, ASSAY_KS_TEQUILAGAN, .929287, 5e-7);
    check(14. / 64, 64, 64, ASSAY_KS_TEQUILAGAN, .080278, 5e-7);
    check(6. / 64, 64, 64, ASSAY_KS_SERIES, .941181, 5e-7);
    check(14. / 64, 64, 64, ASSAY_KS_SERIES, .093532, 5e-7);
    check(6. / 64, 64, 64, ASSAY_KS_EXACT, .943999, 5e-7);
    check(14. / 64, 64, 64, ASSAY_KS_EXACT, .093486, 5e-7);
}

/* Orders of 2 and 2 values: of six, aabb and bbaa are at distance 1, abab, baba, abba and baab at
 * 1/2. Of 1 and 3: abbb and bbba are at 1, babb and bbab at 2/3. */
static void
test_by_hand(void)
{
    check(1, 2, 2, ASSAY_KS_EXACT, 1. / 3, 1e-15);
    check(.5, 2, 2, ASSAY_KS_EXACT, 1, 1e-15);
    check(1, 1, 3, ASSAY_KS_EXACT, .5, 1e-15);
    check(2. / 3, 3, 1, ASSAY_KS_EXACT, 1, 1e-15);
    check(1, 1, 1, ASSAY_KS_EXACT, 1, 1e-15);
    check(0, 5, 7, ASSAY_KS_EXACT, 1, 0);
    check(1, 5, 7, ASSAY_KS_EXACT, 2. / 792, 1e-17); /* of 12 choose 5 */
}

/* The number of orders at no lesser distance, one after the other. */
static double
counted(guint n, guint m, double distance)
{
    guint n_all = 0, n_far = 0;

    for (guint bits = 0; bits < 1U << (n + m); bits++) {
        double i = 0, j = 0, most = 0;
        guint n_first = 0;

        for (guint k = 0; k < n + m; k++)
            n_first += bits >> k & 1;
        if (n_first != n)
            continue;
        for (guint k = 0; k < n + m; k++) {
            i += (bits >> k & 1) != 0 ? 1 : 0;
            j += (bits >> k & 1) != 0 ? 0 : 1;
            most = MAX(most, fabs(i / n - j / m));
        }
        n_all++;
        n_far += most > distance - 1e-9;
    }
    return (double)n_far / n_all;
}

static void
test_counted(void)
{
    for (guint n = 1; n <= 6; n++) {
        for (guint m = 1; m <= 7; m++) {
            for (guint i = 1; i <= n * m; i++) {
                double distance = (double)i / (n * m);

                check(distance, n, m, ASSAY_KS_EXACT, counted(n, m, distance), 1e-13);
            }
        }
    }
}

static void
test_which(void)
{
    AssayKsMethod used;
    double p = assay_ks_p(.01, 10000, 10000, ASSAY_KS_AUTO, &used);

    g_assert_true(used == ASSAY_KS_EXACT);
    g_assert_cmpfloat_with_epsilon(p, assay_ks_p(.01, 10000, 10000, ASSAY_KS_SERIES, NULL), .01);
    assay_ks_p(.01, 10000, 10001, ASSAY_KS_AUTO, &used);
    g_assert_true(used == ASSAY_KS_SERIES);
    assay_ks_p(.01, 10000, 10001, ASSAY_KS_EXACT, &used);
    g_assert_true(used == ASSAY_KS_SERIES);
    g_assert_cmpfloat(assay_ks_p(.9, 5000, 5000, ASSAY_KS_AUTO, &used), ==, 0);
    g_assert_true(used == ASSAY_KS_SERIES); /* below anything */
    g_assert_true(isnan(assay_ks_p(.01, 0, 5, ASSAY_KS_AUTO, &used)));
    g_assert_true(isnan(assay_ks_p((double)NAN, 5, 5, ASSAY_KS_AUTO, &used)));
    /* n + m and n m beyond 64 bits */
    g_assert_cmpfloat(assay_ks_p(1e-3, G_MAXUINT64, G_MAXUINT64, ASSAY_KS_AUTO, NULL), ==, 0);
}

/* The two series are one function. */
static void
test_series(void)
{
    g_assert_cmpfloat(assay_ks_q(0), ==, 1);
    g_assert_cmpfloat(assay_ks_q(1e-300), ==, 1);
    g_assert_cmpfloat(assay_ks_q(-1), ==, 1);
    g_assert_cmpfloat(assay_ks_q(100), ==, 0);
    g_assert_cmpfloat_with_epsilon(assay_ks_q(1 - 1e-12), assay_ks_q(1 + 1e-12), 1e-11);
    g_assert_cmpfloat_with_epsilon(assay_ks_q(1), .26999967167735456, 1e-15);
    g_assert_cmpfloat_with_epsilon(assay_ks_q(.5), .96394524366487, 1e-13);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/ks/published", test_published);
    g_test_add_func("/ks/by-hand", test_by_hand);
    g_test_add_func("/ks/counted", test_counted);
    g_test_add_func("/ks/which", test_which);
    g_test_add_func("/ks/series", test_series);
    return g_test_run();
}
