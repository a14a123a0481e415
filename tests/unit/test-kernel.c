/* tests/unit/test-kernel.c - discrepancies by kernels, by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stats/kernel.h>
#include <math.h>
#include <string.h>

static const AssayKernel cubic = { ASSAY_KERNEL_CUBIC, 0 };
static const double zero_one[] = { 0, 1 }, one_two[] = { 1, 2 };
static const AssayPoints low = { zero_one, 2, 1 }, high = { one_two, 2, 1 };

/* (x y + 1)^3: within 1 and 27, across 1, 1, 8, 27. */
static void
test_cubic(void)
{
    g_autoptr(GError) error = NULL;
    double value;

    g_assert_true(assay_kernel_mmd2(&low, &high, &cubic, &value, &error));
    g_assert_cmpfloat(value, ==, 1 + 27 - 2 * 37. / 4);
    /* Of a sample and itself it is negative: the pairs of equals are left out on one side alone. */
    g_assert_true(assay_kernel_mmd2(&low, &low, &cubic, &value, &error));
    g_assert_cmpfloat(value, ==, 1 + 1 - 2 * (1 + 1 + 1 + 8) / 4.);
}

static void
test_gaussian(void)
{
    AssayKernel kernel = { ASSAY_KERNEL_GAUSSIAN, .5 };
    g_autoptr(GError) error = NULL;
    double value, near = exp(-2), far = exp(-8);

    g_assert_true(assay_kernel_mmd2(&low, &high, &kernel, &value, &error));
    g_assert_cmpfloat_with_epsilon(value, 2 * near - 2 * (1 + 2 * near + far) / 4, 1e-15);
    kernel.width = 0;
    g_assert_false(assay_kernel_mmd2(&low, &high, &kernel, &value, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, "a Gaussian kernel of width 0: it has to be over 0");
}

/* Distances between 0, 1, 1, 2: 0, 1, 1, 1, 1, 2; and without the last 0, 1, 1. */
static void
test_median(void)
{
    static const double far[] = { 1, 5 };
    AssayPoints one = { one_two, 1, 1 }, other = { far, 2, 1 };
    g_autoptr(GError) error = NULL;
    AssayRandom random;
    double width;

    assay_random_init(&random, 1, "kernel", "");
    g_assert_true(assay_kernel_median_width(&low, &high, &random, &width, &error));
    g_assert_cmpfloat(width, ==, 1);
    g_assert_true(assay_kernel_median_width(&low, &one, &random, &width, &error));
    g_assert_cmpfloat(width, ==, 1);
    /* 0, 1, 1, 5: 0, 1, 1, 4, 4, 5 */
    g_assert_true(assay_kernel_median_width(&low, &other, &random, &width, &error));
    g_assert_cmpfloat(width, ==, 2.5);
}

static void
test_median_of_many(void)
{
    enum { N = 3000 };
    g_autofree double *values = g_new(double, N);
    AssayPoints all = { values, N, 1 };
    g_autoptr(GError) error = NULL;
    AssayRandom random;
    double width;

    assay_random_init(&random, 1, "kernel", "");
    for (int i = 0; i < N; i++)
        values[i] = assay_random_double(&random);
    g_assert_true(assay_kernel_median_width(&all, &all, &random, &width, &error));
    g_assert_cmpfloat_with_epsilon(width, 1 - sqrt(.5), .02); /* of uniform numbers */
}

static void
test_kid(void)
{
    enum { N = 90, D = 5 };
    double values[2 * N * D];
    AssayPoints a = { values, N, D }, b = { values + N * D, N, D };
    g_autoptr(GError) error = NULL;
    AssayKid one, again, whole;
    double value;
    AssayRandom random;

    assay_random_init(&random, 2, "kernel", "");
    for (int i = 0; i < 2 * N * D; i++)
        values[i] = assay_random_double(&random) + (i < N * D ? 0 : .3);
    g_assert_true(assay_kernel_kid(&a, &b, &cubic, 20, 30, 7, 1, &one, &error));
    g_assert_true(assay_kernel_kid(&a, &b, &cubic, 20, 30, 7, 3, &again, &error));
    g_assert_true(memcmp(&one, &again, sizeof one) == 0);
    g_assert_true(one.mean > 0 && one.sd > 0);
    g_assert_true(assay_kernel_kid(&a, &b, &cubic, 20, 30, 8, 1, &again, &error));
    g_assert_cmpfloat(again.mean, !=, one.mean);
    /* All of them, in some order. */
    g_assert_true(assay_kernel_kid(&a, &b, &cubic, 3, 1000, 7, 1, &whole, &error));
    g_assert_true(assay_kernel_mmd2(&a, &b, &cubic, &value, &error));
    g_assert_cmpuint(whole.subset, ==, N);
    g_assert_cmpfloat_with_epsilon(whole.mean, value, 1e-14);
    g_assert_cmpfloat_with_epsilon(whole.sd, 0, 1e-14);
}

static void
check_refused(const AssayPoints *a, const AssayPoints *b, size_t n_subsets, size_t subset,
              const char *message)
{
    g_autoptr(GError) error = NULL;
    AssayKid kid;

    g_assert_false(assay_kernel_kid(a, b, &cubic, n_subsets, subset, 1, 1, &kid, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, message);
}

static void
test_refused(void)
{
    static const double huge[] = { 1e120, 2e120 }, bad[] = { 0, (double)INFINITY };
    AssayPoints one = { zero_one, 1, 1 }, pairs = { zero_one, 1, 2 };
    AssayPoints large = { huge, 2, 1 }, infinite = { bad, 2, 1 }, narrow = { zero_one, 2, 0 };

    check_refused(&low, &one, 10, 10, "the candidate has 1 vectors: at least 2 are needed");
    check_refused(&pairs, &low, 10, 10, "the reference has 1 vectors: at least 2 are needed");
    check_refused(&low, &narrow, 10, 10, "the candidate has vectors without columns");
    check_refused(&infinite, &low, 10, 10,
                  "the reference: column 0 of vector 1 is not within -1e150 to 1e150");
    check_refused(&low, &high, 0, 10,
                  "0 subsets of 10 vectors: at least one of at least 2 is needed");
    check_refused(&low, &high, 5, 1,
                  "5 subsets of 1 vectors: at least one of at least 2 is needed");
    check_refused(&low, &large, 5, 10, "vectors too large for the kernel: scale them down");
    {
        static const double four[] = { 0, 1, 2, 3 };
        AssayPoints wide = { four, 2, 2 };

        check_refused(&low, &wide, 5, 10, "the candidate has 2 columns and the reference 1");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/kernel/cubic", test_cubic);
    g_test_add_func("/kernel/gaussian", test_gaussian);
    g_test_add_func("/kernel/median", test_median);
    g_test_add_func("/kernel/median-of-many", test_median_of_many);
    g_test_add_func("/kernel/kid", test_kid);
    g_test_add_func("/kernel/refused", test_refused);
    return g_test_run();
}
