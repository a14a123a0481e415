/* tests/unit/test-matrix.c - sums over groups, sixteen samples at a time, beside one by one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/compare/matrix.h>

enum { GROUPS = 9, CELLS = 23 };

/* A matrix of random groups, some of which are empty. */
static void
fill(AssayMatrix *self, GRand *random, double full[GROUPS][CELLS])
{
    size_t n = 0;

    self->n_groups = GROUPS;
    self->n_cells = CELLS;
    self->starts = g_new0(size_t, GROUPS);
    self->ends = g_new0(size_t, GROUPS);
    self->cells = g_new0(guint32, GROUPS * CELLS);
    self->counts = g_new0(double, GROUPS *CELLS);
    self->moments = g_new0(AssayMomentSum, GROUPS * ASSAY_N_MOMENTS);
    for (size_t g = 0; g < GROUPS; g++) {
        self->starts[g] = n;
        for (guint32 c = 0; c < CELLS; c++) {
            full[g][c] = g % 4 == 3 || g_rand_boolean(random) ? 0 : g_rand_int_range(random, 1, 99);
            if (full[g][c] > 0) {
                self->cells[n] = c;
                self->counts[n++] = full[g][c];
            }
        }
        self->ends[g] = n;
        for (size_t m = 0; m < ASSAY_N_MOMENTS; m++) {
            self->moments[g * ASSAY_N_MOMENTS + m].n = (guint64)g_rand_int_range(random, 0, 9);
            self->moments[g * ASSAY_N_MOMENTS + m].sum = g_rand_int_range(random, -50, 50);
        }
    }
}

/* Lane by lane, and group by group. */
static void
assert_sum(const AssayMatrix *matrix, double full[GROUPS][CELLS], const double *weights,
           size_t n_lanes, size_t first, size_t end, const AssayMatrixSum *sum)
{
    for (size_t lane = 0; lane < n_lanes; lane++) {
        for (size_t c = 0; c < CELLS; c++) {
            double expected = 0;

            for (size_t g = first; g < end; g++)
                expected += weights[g * ASSAY_LANES + lane] * full[g][c];
            g_assert_cmpfloat(sum->counts[c * ASSAY_LANES + lane], ==, expected);
        }
        for (size_t m = 0; m < ASSAY_N_MOMENTS; m++) {
            const AssayMomentSum *found = &sum->moments[lane * ASSAY_N_MOMENTS + m];
            AssayMomentSum expected = { 0 };

            for (size_t g = first; g < end; g++) {
                const AssayMomentSum *of = &matrix->moments[g * ASSAY_N_MOMENTS + m];
                int weight = (int)weights[g * ASSAY_LANES + lane];

                expected.n += of->n * (guint64)weight;
                expected.sum += of->sum * weight;
            }
            g_assert_cmpuint(found->n, ==, expected.n);
            g_assert_true(found->sum == expected.sum);
        }
    }
}

/* Of all groups, of some, of none; each time anew; of all lanes, of some, of one. */
static void
test_sum(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (int round = 0; round < 50; round++) {
        const size_t n_lanes = round % 3 == 0 ? 1 : round % 3 == 1 ? 7 : ASSAY_LANES;
        const size_t ranges[][2] = { { 0, GROUPS }, { 0, 4 }, { 4, GROUPS }, { 3, 3 } };
        AssayMatrix *matrix = g_new0(AssayMatrix, 1);
        double full[GROUPS][CELLS], weights[GROUPS * ASSAY_LANES];
        AssayMatrixSum sum;

        fill(matrix, random, full);
        for (size_t i = 0; i < GROUPS * ASSAY_LANES; i++)
            weights[i] = i / ASSAY_LANES == 2 || i % ASSAY_LANES >= n_lanes
                             ? 0
                             : g_rand_int_range(random, 0, 4);
        assay_matrix_sum_init(&sum, matrix);
        for (size_t k = 0; k < G_N_ELEMENTS(ranges); k++) {
            assay_matrix_sum(matrix, weights, n_lanes, ranges[k][0], ranges[k][1], &sum);
            assert_sum(matrix, full, weights, n_lanes, ranges[k][0], ranges[k][1], &sum);
        }
        assay_matrix_sum_clear(&sum);
        assay_matrix_free(matrix);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/matrix/sum", test_sum);
    return g_test_run();
}
