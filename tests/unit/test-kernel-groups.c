/* tests/unit/test-kernel-groups.c - as the kernels that are taken anew each time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stats/kernel-groups.h>
#include <math.h>
#include <string.h>

enum { GROUPS = 20, D = 3, MOST = 4 * GROUPS };

/* The vectors of groups as often as @weights says, in a row. */
static size_t
gather(const double *values, const size_t *sizes, const double *weights, double *part)
{
    size_t n = 0, first = 0;

    for (size_t g = 0; g < GROUPS; g++) {
        for (size_t w = 0; w < (size_t)weights[g]; w++) {
            memcpy(part + D * n, values + D * first, D * sizes[g] * sizeof *values);
            n += sizes[g];
        }
        first += sizes[g];
    }
    return n;
}

/* Groups of 1 to 4, in either sample none to 2 times. */
static void
test_agrees(gconstpointer data)
{
    const AssayKernel *kernel = data;
    double values[MOST * D], a[2 * MOST * D], b[2 * MOST * D], weights[2][GROUPS];
    size_t sizes[GROUPS], n = 0;
    g_autoptr(AssayKernelGroups) groups = NULL;
    g_autoptr(GError) error = NULL;
    AssayRandom random;

    assay_random_init(&random, 1, "test-kernel-groups", "");
    for (size_t i = 0; i < MOST * D; i++)
        values[i] = 4 * assay_random_double(&random) - 2;
    for (size_t g = 0; g < GROUPS; g++)
        n += sizes[g] = 1 + assay_random_below(&random, 4);
    groups =
        assay_kernel_groups_new(&(AssayPoints){ values, n, D }, sizes, GROUPS, kernel, 2, &error);
    g_assert_no_error(error);
    for (guint round = 0; round < 50; round++) {
        AssayPoints reference = { a, 0, D }, candidate = { b, 0, D };
        double expected;

        for (size_t i = 0; i < 2 * GROUPS; i++)
            weights[i / GROUPS][i % GROUPS] = (double)assay_random_below(&random, 3);
        reference.n = gather(values, sizes, weights[0], a);
        candidate.n = gather(values, sizes, weights[1], b);
        g_assert_true(assay_kernel_mmd2(&reference, &candidate, kernel, &expected, &error));
        g_assert_cmpfloat_with_epsilon(assay_kernel_groups_mmd2(groups, weights[0], weights[1]),
                                       expected, 1e-11 * groups->scale);
    }
}

/* Two vectors 0 and two vectors 2, cubic: 1 but for 2 with 2, which is (4 + 1)^3 = 125. */
static void
test_by_hand(void)
{
    static const double values[] = { 0, 0, 2, 2 }, low[] = { 1, 0 }, high[] = { 0, 1 };
    static const size_t sizes[] = { 2, 2 };
    const AssayKernel cubic = { ASSAY_KERNEL_CUBIC, 0 };
    g_autoptr(AssayKernelGroups) groups =
        assay_kernel_groups_new(&(AssayPoints){ values, 4, 1 }, sizes, 2, &cubic, 1, NULL);

    g_assert_cmpfloat(assay_kernel_groups_mmd2(groups, low, high), ==, 1 + 125 - 2);
    g_assert_cmpfloat(assay_kernel_groups_mmd2(groups, low, low), ==, 0);
    g_assert_cmpfloat(groups->scale, ==, 125);
    g_assert_true(isnan(assay_kernel_groups_mmd2(groups, low, (const double[]){ 0, 0 })));
}

static void
test_refused(void)
{
    static const double huge[] = { 1e149, -1e149 }, one[] = { 1, 0 }, other[] = { 0, 1 };
    static const size_t sizes[] = { 1, 1 };
    const AssayKernel cubic = { ASSAY_KERNEL_CUBIC, 0 };
    g_autoptr(AssayKernelGroups) groups =
        assay_kernel_groups_new(&(AssayPoints){ huge, 2, 1 }, sizes, 2, &cubic, 1, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(isnan(assay_kernel_groups_mmd2(groups, one, other)));
    g_assert_null(
        assay_kernel_groups_new(&(AssayPoints){ huge, 0, 1 }, sizes, 0, &cubic, 1, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

int
main(int argc, char **argv)
{
    static const AssayKernel cubic = { ASSAY_KERNEL_CUBIC, 0 };
    static const AssayKernel gaussian = { ASSAY_KERNEL_GAUSSIAN, 1.5 };

    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/kernel-groups/cubic", &cubic, test_agrees);
    g_test_add_data_func("/kernel-groups/gaussian", &gaussian, test_agrees);
    g_test_add_func("/kernel-groups/by-hand", test_by_hand);
    g_test_add_func("/kernel-groups/refused", test_refused);
    return g_test_run();
}
