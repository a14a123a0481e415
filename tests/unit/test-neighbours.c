/* tests/unit/test-neighbours.c - who lies in whose balls, by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/stats/neighbours.h>
#include <string.h>

static AssayNeighbours
measure(const double *a, size_t n, const double *b, size_t m, size_t n_columns, size_t k_manifold,
        size_t k_density, guint n_workers)
{
    AssayPoints reference = { a, n, n_columns }, candidate = { b, m, n_columns };
    AssayNeighboursConfig config = { k_manifold, k_density, n_workers };
    g_autoptr(GError) error = NULL;
    AssayNeighbours result;

    g_assert_true(assay_neighbours_measure(&reference, &candidate, &config, &result, &error));
    g_assert_no_error(error);
    return result;
}

/* On a line, k = 1: balls around 0, 1, 2, 10 reach 1, 1, 1, 8; around 3, 30, 31 reach 27, 1, 1.
 * 3 is on the surface of those of 2, and within that of 10; all but 30 and 31 are. */
static void
test_by_hand(void)
{
    static const double a[] = { 0, 1, 2, 10 }, b[] = { 3, 30, 31 };
    AssayNeighbours result = measure(a, 4, b, 3, 1, 1, 1, 1);

    g_assert_cmpfloat(result.precision, ==, 1. / 3);
    g_assert_cmpfloat(result.recall, ==, 1);
    g_assert_cmpfloat(result.density, ==, 1. / 3);
    g_assert_cmpfloat(result.coverage, ==, .25);
    g_assert_cmpuint(result.n_reference, ==, 4);
    g_assert_cmpuint(result.n_candidate, ==, 3);
    /* The other way round; the surfaces of 0, 1, 2 count for recall alone. */
    result = measure(b, 3, a, 4, 1, 1, 1, 1);
    g_assert_cmpfloat(result.precision, ==, 1);
    g_assert_cmpfloat(result.recall, ==, 1. / 3);
    g_assert_cmpfloat(result.density, ==, 1);
    g_assert_cmpfloat(result.coverage, ==, 1. / 3);
    /* k = 2: balls around 0, 1, 2, 10 reach 2, 1, 2, 9; around 3, 30, 31 reach 28, 27, 28. */
    result = measure(a, 4, b, 3, 1, 1, 2, 1);
    g_assert_cmpfloat(result.density, ==, 2. / 3 / 2);
    g_assert_cmpfloat(result.coverage, ==, .5);
}

/* A copy is all precise and all recalled; equal vectors have balls without an inside. */
static void
test_copy(void)
{
    static const double spread[] = { 0, 0, 1, 3, 2, 9, 7, 4 }, equal[] = { 5, 5, 5, 5, 5, 5 };
    AssayNeighbours result = measure(spread, 4, spread, 4, 2, 3, 3, 1);

    g_assert_cmpfloat(result.precision, ==, 1);
    g_assert_cmpfloat(result.recall, ==, 1);
    g_assert_cmpfloat(result.coverage, ==, 1);
    result = measure(equal, 6, equal, 6, 1, 3, 5, 1);
    g_assert_cmpfloat(result.precision, ==, 1);
    g_assert_cmpfloat(result.recall, ==, 1);
    g_assert_cmpfloat(result.density, ==, 0);
    g_assert_cmpfloat(result.coverage, ==, 0);
}

static void
test_workers(void)
{
    enum { N = 300, D = 3 };
    double values[2 * N * D];
    AssayNeighbours one, three;
    AssayRandom random;

    assay_random_init(&random, 1, "neighbours", "");
    for (int i = 0; i < 2 * N * D; i++)
        values[i] = assay_random_double(&random);
    one = measure(values, N, values + N * D, N - 7, D, 3, 5, 1);
    three = measure(values, N, values + N * D, N - 7, D, 3, 5, 3);
    g_assert_true(memcmp(&one, &three, sizeof one) == 0);
    g_assert_true(one.precision > .5 && one.coverage > .5 && one.density > .5);
}

static void
check_refused(AssayPoints reference, AssayPoints candidate, size_t k_manifold, size_t k_density,
              const char *message)
{
    AssayNeighboursConfig config = { k_manifold, k_density, 1 };
    g_autoptr(GError) error = NULL;
    AssayNeighbours result;

    g_assert_false(assay_neighbours_measure(&reference, &candidate, &config, &result, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, message);
}

static void
test_refused(void)
{
    static const double values[] = { 0, 1, 2, 3, 4, 5 };
    AssayPoints six = { values, 6, 1 }, five = { values, 5, 1 }, three = { values, 3, 2 };

    check_refused(six, five, 3, 5, "the candidate has 5 vectors: at least 6 are needed");
    check_refused(five, six, 5, 3, "the reference has 5 vectors: at least 6 are needed");
    check_refused(six, five, G_MAXSIZE, 1,
                  "the reference has 6 vectors: at least 18446744073709551615 are needed");
    check_refused(six, three, 1, 1, "the candidate has 2 columns and the reference 1");
    check_refused(six, six, 0, 1, "the 0th nearest neighbour: they begin with 1");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/neighbours/by-hand", test_by_hand);
    g_test_add_func("/neighbours/copy", test_copy);
    g_test_add_func("/neighbours/workers", test_workers);
    g_test_add_func("/neighbours/refused", test_refused);
    return g_test_run();
}
