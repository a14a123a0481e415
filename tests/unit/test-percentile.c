/* tests/unit/test-percentile.c - percentiles, by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stats/percentile.h>
#include <math.h>

/* Of 0 .. 100, in any order, 2.5 and 97.5; between two values it is linear. */
static void
test_interval(void)
{
    double many[101], two[] = { 4, 2 }, same[] = { 3, 3, 3 }, one[] = { 3 };
    AssayInterval interval;

    for (size_t i = 0; i < 101; i++)
        many[i] = (double)(i * 37 % 101);
    interval = assay_percentile_interval(many, 101, .95);
    g_assert_cmpfloat_with_epsilon(interval.low, 2.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(interval.high, 97.5, 1e-12);
    interval = assay_percentile_interval(two, 2, .5);
    g_assert_cmpfloat(interval.low, ==, 2.5);
    g_assert_cmpfloat(interval.high, ==, 3.5);
    interval = assay_percentile_interval(same, 3, .9);
    g_assert_true(isnan(interval.low) && isnan(interval.high));
    interval = assay_percentile_interval(one, 1, .9);
    g_assert_true(isnan(interval.low) && isnan(interval.high));
}

static void
test_reached(void)
{
    const double up[] = { 1, 2, 3, 4 }, down[] = { 4, 3, 2, 1 };

    g_assert_cmpfloat(assay_percentile_reached(up, 4, .5), ==, 2);
    g_assert_cmpfloat(assay_percentile_reached(up, 4, .51), ==, 3);
    g_assert_cmpfloat(assay_percentile_reached(up, 4, .25), ==, 1);
    g_assert_cmpfloat(assay_percentile_reached(up, 4, 1e-9), ==, 1);
    g_assert_cmpfloat(assay_percentile_reached(up, 4, 1), ==, 4);
    g_assert_cmpfloat(assay_percentile_reached(down, 4, .5), ==, 3);
    g_assert_cmpfloat(assay_percentile_reached(down, 4, .99), ==, 1);
    g_assert_true(isnan(assay_percentile_reached(NULL, 0, .5)));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/percentile/interval", test_interval);
    g_test_add_func("/percentile/reached", test_reached);
    return g_test_run();
}
