/* tests/unit/test-linear.c - roots of covariances, and sums of singular values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stats/linear-private.h>
#include <math.h>
#include <string.h>

enum { MAX = 12 };

/* @rank rows of random numbers, and what they make multiplied with themselves. */
static void
make_covariance(GRand *random, size_t rank, size_t n, double *matrix)
{
    double rows[MAX * MAX];

    for (size_t i = 0; i < rank * n; i++)
        rows[i] = g_rand_double_range(random, -1, 1);
    memset(matrix, 0, n * n * sizeof *matrix);
    for (size_t i = 0; i < n; i++) {
        for (size_t r = 0; r < rank; r++)
            assay_linear_add(matrix + i * n, rows[r * n + i], rows + r * n, n);
    }
}

/* The product of the root with itself is the matrix again, and it has as many rows as the rank. */
static void
test_root(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(4);

    for (size_t n = 1; n <= MAX; n++) {
        for (size_t rank = 0; rank <= n; rank++) {
            double matrix[MAX * MAX], root[MAX * MAX], again[MAX * MAX] = { 0 };

            make_covariance(random, rank, n, matrix);
            g_assert_cmpuint(assay_linear_root(matrix, n, root), ==, rank);
            for (size_t i = 0; i < n; i++) {
                for (size_t r = 0; r < rank; r++)
                    assay_linear_add(again + i * n, root[r * n + i], root + r * n, n);
            }
            for (size_t i = 0; i < n * n; i++)
                g_assert_cmpfloat_with_epsilon(again[i], matrix[i], 1e-11);
        }
    }
}

/* By hand: of a diagonal the sum of its sizes; of u v' |u| |v|; of [1 1; 0 1] sqrt(3 + 2 det). */
static void
test_singular(void)
{
    double diagonal[] = { 3, 0, 0, 0, -4, 0, 0, 0, 0 };
    double outer[] = { 1 * 3, 1 * 4, 2 * 3, 2 * 4, 2 * 3, 2 * 4 };
    double shear[] = { 1, 1, 0, 1 };
    double nothing[] = { 0, 0, 0, 0 };

    g_assert_cmpfloat_with_epsilon(assay_linear_singular_sum(diagonal, 3, 3), 7, 1e-12);
    g_assert_cmpfloat_with_epsilon(assay_linear_singular_sum(outer, 3, 2), 15, 1e-12);
    g_assert_cmpfloat_with_epsilon(assay_linear_singular_sum(shear, 2, 2), sqrt(5), 1e-12);
    g_assert_cmpfloat(assay_linear_singular_sum(nothing, 2, 2), ==, 0);
}

/* Of a covariance they are its eigenvalues, whose sum is its trace. */
static void
test_trace(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(6);

    for (size_t n = 1; n <= MAX; n++) {
        double matrix[MAX * MAX], trace = 0;

        make_covariance(random, (n + 1) / 2, n, matrix);
        for (size_t i = 0; i < n; i++)
            trace += matrix[i * n + i];
        g_assert_cmpfloat_with_epsilon(assay_linear_singular_sum(matrix, n, n), trace, 1e-11);
    }
}

static void
test_dot(void)
{
    double a[40], b[40];

    for (size_t i = 0; i < 40; i++) {
        a[i] = (double)i;
        b[i] = i % 2 == 0 ? 1 : -2;
    }
    for (size_t n = 0; n <= 40; n++) {
        double expected = 0;

        for (size_t i = 0; i < n; i++)
            expected += a[i] * b[i];
        g_assert_cmpfloat(assay_linear_dot(a, b, n), ==, expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/linear/root", test_root);
    g_test_add_func("/linear/singular", test_singular);
    g_test_add_func("/linear/trace", test_trace);
    g_test_add_func("/linear/dot", test_dot);
    return g_test_run();
}
