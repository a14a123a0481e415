/* tests/unit/test-ridge.c - Fisher's discriminant, by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/learn/ridge.h>

/* 0 and 2: S = 1, so w = (2 - 0) / (1 + 1 / C), and the bias is 0 half way between, at 1. */
static void
test_one(void)
{
    const double inputs[] = { 0, 2 }, costs[] = { 1, 0.25, 4 };

    for (size_t k = 0; k < G_N_ELEMENTS(costs); k++) {
        g_autoptr(AssayRidge) ridge = assay_ridge_new(inputs, 2, 1, costs[k], NULL);
        double weight, bias = assay_ridge_solve(ridge, &inputs[0], &inputs[1], &weight);

        g_assert_cmpfloat_with_epsilon(weight, 2 / (1 + 1 / costs[k]), 1e-12);
        g_assert_cmpfloat_with_epsilon(bias, -weight, 1e-12);
    }
}

/* S = [1 1/2; 1/2 1], whatever the mean; with C = 1 its sum with 1 has the inverse
 * [2 -1/2; -1/2 2] / (15/4). */
static void
test_two(void)
{
    const double away = 3;
    const double inputs[] = { away + 1, 1,  away + 1, 1,  away + 1, 1,  away - 1, -1,
                              away - 1, -1, away - 1, -1, away + 1, -1, away - 1, 1 };
    const double reals[] = { 1, 4 }, fakes[] = { 2, 4 };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRidge) ridge = assay_ridge_new(inputs, 8, 2, 1, &error);
    double weights[2], bias;

    g_assert_no_error(error);
    bias = assay_ridge_solve(ridge, reals, fakes, weights);
    g_assert_cmpfloat_with_epsilon(weights[0], 2 / 3.75, 1e-12);
    g_assert_cmpfloat_with_epsilon(weights[1], -.5 / 3.75, 1e-12);
    g_assert_cmpfloat_with_epsilon(bias, -(1.5 * 2 - 4 * .5) / 3.75, 1e-12);
}

/* More inputs than there are items are no hindrance; more than are allowed are refused. */
static void
test_sizes(void)
{
    g_autofree double *inputs = g_new0(double, ASSAY_RIDGE_INPUTS + 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayRidge) wide = assay_ridge_new(inputs, 1, 50, 10, &error);

    g_assert_no_error(error);
    g_assert_nonnull(wide);
    g_assert_null(assay_ridge_new(inputs, 1, ASSAY_RIDGE_INPUTS + 1, 10, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ridge/one", test_one);
    g_test_add_func("/ridge/two", test_two);
    g_test_add_func("/ridge/sizes", test_sizes);
    return g_test_run();
}
