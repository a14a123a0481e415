/* tests/unit/test-outlier.c - how far a value is from those of a reference, and which item stands
 * out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <assay/compare/outlier.h>
#include <float.h>
#include <math.h>

static double
deviation(const double *values, size_t n, double value, gboolean is_own)
{
    AssayFeatureRange range;
    double far;

    assay_feature_range_init(&range, values, n, 1);
    far = assay_feature_range_deviation(&range, value, is_own);
    assay_feature_range_clear(&range);
    return far;
}

/* 0 to 20: low 1, median 10, high 19. Without 20: median 9.5, high 18.05. Without 0: 10.5 and 1.95.
 */
static void
test_range(void)
{
    double values[21];
    AssayFeatureRange range;

    for (int i = 0; i < 21; i++)
        values[i] = (8 * i) % 21;
    assay_feature_range_init(&range, values, 21, 1);
    g_assert_cmpfloat_with_epsilon(range.low, 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(range.median, 10, 1e-12);
    g_assert_cmpfloat_with_epsilon(range.high, 19, 1e-12);
    assay_feature_range_clear(&range);
    g_assert_cmpfloat(deviation(values, 21, 10, FALSE), ==, 0);
    g_assert_cmpfloat_with_epsilon(deviation(values, 21, 19, FALSE), 1, 1e-12);
    g_assert_cmpfloat_with_epsilon(deviation(values, 21, 28, FALSE), 2, 1e-12);
    g_assert_cmpfloat_with_epsilon(deviation(values, 21, -8, FALSE), 2, 1e-12);
    g_assert_cmpfloat_with_epsilon(deviation(values, 21, 20, TRUE), 10.5 / 8.55, 1e-12);
    g_assert_cmpfloat_with_epsilon(deviation(values, 21, 0, TRUE), 10.5 / 8.55, 1e-12);
}

/* Where most or all values are the same, missing, or as large as can be. */
static void
test_range_ends(void)
{
    const double same[] = { 0.1, 0.1, 0.1 }, one[] = { 5 };
    const double some[] = { 1, 2, (double)NAN, 3 }, none[] = { (double)NAN, (double)INFINITY };
    const double large[] = { -DBL_MAX, 0, DBL_MAX };
    double rare[40] = { [7] = 4 };

    g_assert_cmpfloat(deviation(same, 3, 0.1, FALSE), ==, 0);
    g_assert_cmpfloat(deviation(same, 3, 0.1, TRUE), ==, 0);
    g_assert_true(isinf(deviation(same, 3, 0.2, FALSE)));
    g_assert_cmpfloat(deviation(same, 3, 0.1 * (1 + DBL_EPSILON), FALSE), ==, 0);
    g_assert_cmpfloat(deviation(rare, 40, 4, FALSE), ==, 1);
    g_assert_cmpfloat(deviation(rare, 40, 8, FALSE), ==, 2);
    g_assert_true(isinf(deviation(rare, 40, -1, FALSE)));
    g_assert_true(isinf(deviation(rare, 40, 4, TRUE)));
    g_assert_cmpfloat_with_epsilon(deviation(some, 4, (double)NAN, FALSE), .2, 1e-12);
    g_assert_true(isinf(deviation(some, 4, (double)NAN, TRUE)));
    g_assert_true(isinf(deviation(same, 3, (double)NAN, FALSE)));
    g_assert_true(isinf(deviation(none, 2, 1, FALSE)));
    g_assert_cmpfloat_with_epsilon(deviation(none, 2, (double)NAN, TRUE), .05, 1e-12);
    g_assert_true(isinf(deviation(one, 1, 5, TRUE)));
    g_assert_cmpfloat(deviation(large, 3, DBL_MAX, FALSE), >, 1);
    g_assert_cmpfloat(deviation(large, 3, DBL_MAX, FALSE), <, 1.2);
}

/* One block of 0 1 2 3, one of 7 each. 100 is (100 - 1.5) / (2.85 - 1.5) away and stranger than
 * all: p = 1/5; 7 is as all are: p = 1. Simes: 2/5. */
static void
test_hand(void)
{
    const size_t widths[] = { 1, 1 };
    const double strange[] = { 100, 7 }, usual[] = { 1.5, 7 }, both[] = { 100, 8 };
    g_autoptr(AssayOutliers) self = assay_outliers_new(widths, 2);
    AssayOutlier outlier;

    for (guint64 i = 0; i < 4; i++)
        assay_outliers_add(self, 10 + i, 0, (const double[]){ (double)i, 7 });
    assay_outliers_seal(self);
    g_assert_cmpuint(assay_outliers_n_groups(self), ==, 4);
    g_assert_true(assay_outliers_has_group(self, 13));
    g_assert_false(assay_outliers_has_group(self, 14));
    outlier = assay_outliers_judge(self, strange, 3);
    g_assert_cmpfloat_with_epsilon(outlier.p, .4, 1e-12);
    g_assert_cmpuint(outlier.block, ==, 0);
    g_assert_cmpuint(outlier.feature, ==, 0);
    g_assert_cmpfloat_with_epsilon(outlier.deviation, 98.5 / 1.35, 1e-9);
    g_assert_cmpfloat(outlier.score, ==, 100);
    g_assert_cmpfloat_with_epsilon(assay_outliers_judge(self, strange, 1).p, .2, 1e-12);
    g_assert_cmpfloat(assay_outliers_judge(self, strange, 2).p, ==, 1);
    g_assert_true(isnan(assay_outliers_judge(self, strange, 0).p));
    g_assert_cmpfloat(assay_outliers_judge(self, usual, 3).p, ==, 1);
    outlier = assay_outliers_judge(self, both, 3);
    g_assert_cmpfloat_with_epsilon(outlier.p, .2, 1e-12);
    g_assert_cmpuint(outlier.block, ==, 1);
    g_assert_true(isinf(outlier.deviation));
}

/* Of a group the item of the smallest number stands for it, whatever the order. */
static void
test_groups(void)
{
    const size_t width = 1;
    const double zero = 0, wild = 1000, question = 500;

    for (int turn = 0; turn < 2; turn++) {
        g_autoptr(AssayOutliers) self = assay_outliers_new(&width, 1);

        for (guint64 g = 0; g < 20; g++) {
            assay_outliers_add(self, g, turn == 0 ? 1 : 2, turn == 0 ? &zero : &wild);
            assay_outliers_add(self, g, turn == 0 ? 2 : 1, turn == 0 ? &wild : &zero);
        }
        assay_outliers_seal(self);
        g_assert_cmpuint(assay_outliers_n_groups(self), ==, 20);
        g_assert_false(assay_outliers_is_partial(self));
        g_assert_true(assay_outliers_has_item(self, 1));
        g_assert_false(assay_outliers_has_item(self, 2));
        g_assert_cmpfloat_with_epsilon(assay_outliers_judge(self, &question, 1).p, 1. / 21, 1e-12);
    }
}

/* More groups than are kept: those of the smallest numbers, whatever the order. */
static void
test_many(void)
{
    const size_t width = 1, n = 3 * ASSAY_OUTLIER_GROUPS + 5;
    const double above = 2.0 * (double)ASSAY_OUTLIER_GROUPS;

    for (int turn = 0; turn < 2; turn++) {
        g_autoptr(AssayOutliers) self = assay_outliers_new(&width, 1);

        for (size_t i = 0; i < n; i++) {
            size_t group = turn == 0 ? i : n - 1 - i;
            double value = (double)group;

            assay_outliers_add(self, group, 0, &value);
        }
        assay_outliers_seal(self);
        g_assert_true(assay_outliers_is_partial(self));
        g_assert_cmpuint(assay_outliers_n_groups(self), ==, ASSAY_OUTLIER_GROUPS);
        g_assert_true(assay_outliers_has_group(self, ASSAY_OUTLIER_GROUPS - 1));
        g_assert_false(assay_outliers_has_group(self, ASSAY_OUTLIER_GROUPS));
        g_assert_cmpfloat_with_epsilon(assay_outliers_judge(self, &above, 1).p,
                                       1 / (double)(ASSAY_OUTLIER_GROUPS + 1), 1e-12);
    }
}

/* Skewed numbers in two blocks, of which one is often 0 and sometimes missing. */
static void
draw_row(AssayRandom *random, double *row)
{
    for (int i = 0; i < 3; i++)
        row[i] = -log(1 - assay_random_double(random));
    row[3] = assay_random_below(random, 10) == 0 ? assay_random_double(random) : 0;
    row[4] = assay_random_below(random, 8) == 0 ? (double)NAN : assay_random_double(random);
}

/* Items of the reference's kind reach p <= a with probability a: by a block nearly exactly, by
 * Simes at most. A planted one stands out beyond them all. */
static void
test_null(void)
{
    enum { N_REFERENCES = 200, N_GROUPS = 59, N_ITEMS = 20 };
    const size_t widths[] = { 3, 2 };
    size_t below[2][2] = { { 0 } }, n_simes = 0, n = 0;

    for (guint64 k = 0; k < N_REFERENCES; k++) {
        g_autoptr(AssayOutliers) self = assay_outliers_new(widths, 2);
        AssayRandom random;
        double row[5], planted[5] = { 1, 30, 1, 0, .5 };

        assay_random_init(&random, k, "test-outlier", "null");
        for (guint64 g = 0; g < N_GROUPS; g++) {
            draw_row(&random, row);
            assay_outliers_add(self, g, 0, row);
        }
        assay_outliers_seal(self);
        for (int i = 0; i < N_ITEMS; i++, n++) {
            draw_row(&random, row);
            for (guint b = 0; b < 2; b++) {
                double p = assay_outliers_judge(self, row, 1u << b).p;

                below[b][0] += p <= .1 ? 1 : 0;
                below[b][1] += p <= .5 ? 1 : 0;
            }
            n_simes += assay_outliers_judge(self, row, 3).p <= .1 ? 1 : 0;
        }
        g_assert_cmpfloat_with_epsilon(assay_outliers_judge(self, planted, 3).p, 2. / 60, 1e-12);
        g_assert_cmpuint(assay_outliers_judge(self, planted, 3).feature, ==, 1);
    }
    g_test_message("p <= .1: %.3f %.3f, p <= .5: %.3f %.3f, Simes %.3f",
                   (double)below[0][0] / (double)n, (double)below[1][0] / (double)n,
                   (double)below[0][1] / (double)n, (double)below[1][1] / (double)n,
                   (double)n_simes / (double)n);
    for (int b = 0; b < 2; b++) {
        g_assert_cmpfloat_with_epsilon((double)below[b][0] / (double)n, .1, .015);
        g_assert_cmpfloat_with_epsilon((double)below[b][1] / (double)n, .5, .03);
    }
    g_assert_cmpfloat((double)n_simes / (double)n, <, .115);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/outlier/range", test_range);
    g_test_add_func("/outlier/range-ends", test_range_ends);
    g_test_add_func("/outlier/hand", test_hand);
    g_test_add_func("/outlier/groups", test_groups);
    g_test_add_func("/outlier/many", test_many);
    g_test_add_func("/outlier/null", test_null);
    return g_test_run();
}
