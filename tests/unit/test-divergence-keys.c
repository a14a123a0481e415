/* tests/unit/test-divergence-keys.c - ks of values in no order is that of values put in order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <assay/stats/divergence.h>
#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST = 60000 };

static AssaySorted *
store_of(const float *values, size_t n)
{
    AssaySorted *sorted = assay_sorted_new(ASSAY_SORTED_FLOAT32, ASSAY_SORTED_MEMORY, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_sorted_add_f32(sorted, values, n, &error));
    g_assert_no_error(error);
    return sorted;
}

static AssayMeasured
ks_of(const float *a, size_t n, const float *b, size_t m, gboolean skips_atoms)
{
    AssayDivergenceConfig config = ASSAY_DIVERGENCE_CONFIG_DEFAULT;
    g_autoptr(AssaySorted) left = store_of(a, n);
    g_autoptr(AssaySorted) right = store_of(b, m);
    g_autoptr(AssayEcdf) reference = assay_ecdf_from_sorted(left);
    g_autoptr(AssayEcdf) candidate = assay_ecdf_from_sorted(right);
    g_autoptr(GError) error = NULL;
    AssayDivergence result;

    config.measures = ASSAY_MEASURES(ASSAY_MEASURE_KS);
    config.skips_atoms = skips_atoms;
    g_assert_true(assay_divergence_measure(reference, candidate, &config, &result, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(result.n.reference, ==, n);
    g_assert_cmpuint(result.n.candidate, ==, m);
    g_assert_true(!skips_atoms || result.n_atoms == 0);
    return result.measured[ASSAY_MEASURE_KS];
}

static gboolean
is_same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* With atoms looked for, all values are put in order. */
static void
check(const float *a, size_t n, const float *b, size_t m)
{
    AssayMeasured quick = ks_of(a, n, b, m, TRUE), slow = ks_of(a, n, b, m, FALSE);

    g_assert_true(is_same(quick.value, slow.value));
    g_assert_true(is_same(quick.at, slow.at));
    g_assert_true(is_same(quick.reference, slow.reference));
    g_assert_true(is_same(quick.candidate, slow.candidate));
    g_assert_true(!quick.is_below == !slow.is_below);
}

static void
test_by_hand(void)
{
    const float a[] = { 3, 1, 2, 2 }, b[] = { 9, 2, 9, -1, 9 };
    AssayMeasured ks = ks_of(a, 4, b, 5, TRUE);

    /* At 3: F is 1, G .4; above it as far as 9, which moves G more than 3 did F. */
    g_assert_cmpfloat(ks.value, ==, .6);
    g_assert_cmpfloat(ks.at, ==, 9);
    g_assert_true(ks.is_below);
    g_assert_cmpfloat(ks.reference, ==, 1);
    g_assert_cmpfloat(ks.candidate, ==, .4);
    check(a, 4, b, 5);
    check(a, 4, b, 0);
    check(a, 0, b, 0);
}

static float
normal(AssayRandom *random)
{
    double sum = 0;

    for (int i = 0; i < 12; i++)
        sum += assay_random_double(random);
    return (float)(sum - 6);
}

/* Of all kinds: smooth, moved a little, of few values, in one place, far from each other. */
static void
test_as_in_order(void)
{
    g_autofree float *a = g_new(float, MOST), *b = g_new(float, MOST);
    const size_t sizes[] = { 1, 2, 37, 5000, MOST };
    AssayRandom random;

    assay_random_init(&random, 1, "test", "keys");
    for (int kind = 0; kind < 7; kind++) {
        for (size_t i = 0; i < MOST; i++) {
            float x = normal(&random), y = normal(&random);

            a[i] = kind == 2 ? roundf(4 * x) : kind == 3 ? 1 + x * FLT_EPSILON : x;
            b[i] = kind == 1   ? y + .01F
                   : kind == 2 ? roundf(4 * y + .02F)
                   : kind == 3 ? 1 + y * FLT_EPSILON
                   : kind == 4 ? x
                   : kind == 5 ? x + 20
                   : kind == 6 ? (i % 3 == 0 ? x : 1)
                               : y;
        }
        for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
            check(a, MOST, b, sizes[k]);
            check(b, sizes[k], a, MOST / 7);
        }
    }
}

static void
test_far_ends(void)
{
    const float a[] = { INFINITY, -INFINITY, 0, -0.0F, FLT_MAX, FLT_TRUE_MIN };
    const float b[] = { -FLT_TRUE_MIN, -FLT_MAX, INFINITY, INFINITY, 0 };

    check(a, 6, b, 5);
    check(b, 5, a, 6);
    check(a, 1, b, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/divergence-keys/by-hand", test_by_hand);
    g_test_add_func("/divergence-keys/as-in-order", test_as_in_order);
    g_test_add_func("/divergence-keys/far-ends", test_far_ends);
    return g_test_run();
}
