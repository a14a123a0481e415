/* tests/unit/test-kept-groups.c - one sample of kept groups, added up as they are, beside the
 * matrix of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/compare/matrix.h>
#include <math.h>
#include <string.h>

#include "compared-set.h"
#include "rounds.h"

/* MANY: times a count, more than 32 bits hold */
enum { ITEMS = 7, VALUES = 300, MANY = 1 << 30 };

/* Items of few values; whole numbers are the same ones in either type. */
static AssayCompareSet *
random_set(GRand *random, const char *label, AssayType type, size_t n)
{
    double values[ITEMS * VALUES];
    gboolean is_float = type == ASSAY_F32;

    for (size_t i = 0; i < ITEMS * n; i++)
        values[i] = is_float ? g_rand_double_range(random, -2, 2) : g_rand_int_range(random, 0, 50);
    return compared_set_new(label, type, ITEMS, n, values, "{\"range\":[-5,60]}");
}

static void
assert_sums(const AssayKeptGroups *groups, const AssayMatrix *matrix, const double *weights,
            size_t first, size_t end)
{
    g_autofree guint64 *counts = g_new(guint64, groups->axis->n + 1);
    AssayMomentSum moments[ASSAY_N_MOMENTS];
    AssayMatrixSum sum;

    memset(counts, 0xff, (groups->axis->n + 1) * sizeof *counts);
    memset(moments, 0xff, sizeof moments);
    assay_kept_groups_sum(groups, weights, ASSAY_LANES, first, end, counts, moments);
    assay_matrix_sum_init(&sum, matrix);
    assay_matrix_sum(matrix, weights, 1, first, end, &sum);
    for (size_t c = 0; c < groups->axis->n; c++)
        g_assert_cmpfloat((double)counts[c], ==, sum.counts[c * ASSAY_LANES]);
    for (size_t m = 0; m < ASSAY_N_MOMENTS; m++) {
        g_assert_cmpuint(moments[m].n, ==, sum.moments[m].n);
        g_assert_true(moments[m].sum == sum.moments[m].sum);
    }
    assay_matrix_sum_clear(&sum);
}

static void
check(GRand *random, const AssayCompareSet *a, const AssayCompareSet *b, gboolean is_joined)
{
    const AssayAxisConfig config = { .n_bins = 10, .low = -5, .high = 60, .is_joined = is_joined };
    const AssayDistribution *left = assay_distributions_find(a->distributions, "x");
    const AssayDistribution *right = assay_distributions_find(b->distributions, "x");
    g_autoptr(AssayAxis) axis = assay_axis_new(left, right, &config);
    double weights[2 * ITEMS * ASSAY_LANES] = { 0 };
    AssayKeptGroups groups;
    g_autoptr(AssayMatrix) matrix = NULL;

    assay_kept_groups_init(&groups, axis, left, right);
    g_assert_cmpuint(groups.n_groups, ==, 2 * ITEMS);
    matrix = assay_matrix_new(&groups, 1);
    for (size_t g = 0; g < groups.n_groups; g++)
        weights[g * ASSAY_LANES] = g_rand_int_range(random, 0, 3);
    assert_sums(&groups, matrix, weights, 0, groups.n_groups);
    assert_sums(&groups, matrix, weights, 0, ITEMS);
    assert_sums(&groups, matrix, weights, ITEMS - 2, ITEMS + 3);
    assert_sums(&groups, matrix, weights, 3, 3);
    for (size_t g = 0; g < groups.n_groups; g++)
        weights[g * ASSAY_LANES] = g_rand_int_range(random, 0, MANY);
    assert_sums(&groups, matrix, weights, 0, groups.n_groups);
}

/* Bytes in rows and in lists, wider numbers, fractions; alike on both sides, or not. */
static void
test_sum(void)
{
    static const struct {
        AssayType type;
        size_t n;
    } sides[] = { { ASSAY_U8, VALUES }, { ASSAY_U8, 9 }, { ASSAY_U16, 9 }, { ASSAY_F32, VALUES } };
    g_autoptr(GRand) random = g_rand_new_with_seed(11);

    for (guint round = 0; round < rounds(8); round++) {
        for (size_t i = 0; i < 16; i++) {
            g_autoptr(AssayCompareSet) a =
                random_set(random, "a", sides[i / 4].type, sides[i / 4].n);
            g_autoptr(AssayCompareSet) b =
                random_set(random, "b", sides[i % 4].type, sides[i % 4].n);

            check(random, a, b, round % 2 == 0);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kept-groups/sum", test_sum);
    return g_test_run();
}
