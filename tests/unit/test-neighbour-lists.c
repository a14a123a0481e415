/* tests/unit/test-neighbour-lists.c - as the neighbours that are looked for anew each time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/stats/neighbour-lists.h>
#include <string.h>

enum { N = 90, D = 2 };

/* Those labelled @label, in a row. */
static size_t
gather(const double *values, const guint8 *labels, guint8 label, double *part)
{
    size_t n = 0;

    for (size_t i = 0; i < N; i++) {
        if (labels[i] == label)
            memcpy(part + D * n++, values + D * i, D * sizeof *values);
    }
    return n;
}

static void
check_labels(const AssayNeighbourLists *lists, const double *values, const guint8 *labels,
             const AssayNeighboursConfig *config)
{
    double a[N * D], b[N * D];
    AssayPoints reference = { a, gather(values, labels, 0, a), D };
    AssayPoints candidate = { b, gather(values, labels, 1, b), D };
    AssayNeighbours expected, found;
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_neighbours_measure(&reference, &candidate, config, &expected, &error));
    g_assert_no_error(error);
    g_assert_true(assay_neighbour_lists_measure(lists, labels, config, &found));
    g_assert_cmpfloat(found.precision, ==, expected.precision);
    g_assert_cmpfloat(found.recall, ==, expected.recall);
    g_assert_cmpfloat(found.density, ==, expected.density);
    g_assert_cmpfloat(found.coverage, ==, expected.coverage);
    g_assert_cmpuint(found.n_reference, ==, expected.n_reference);
    g_assert_cmpuint(found.n_candidate, ==, expected.n_candidate);
}

/* Of values of which many are as far apart as others, or equal; and of such as are not. */
static void
test_agrees(gconstpointer steps)
{
    static const AssayNeighboursConfig configs[] = { { 3, 5, 1 }, { 5, 3, 1 }, { 1, 1, 1 } };
    double values[N * D];
    AssayPoints points = { values, N, D };
    g_autoptr(AssayNeighbourLists) lists = NULL;
    g_autoptr(GError) error = NULL;
    AssayRandom random;

    assay_random_init(&random, 1, "test-neighbour-lists", "");
    for (size_t i = 0; i < N * D; i++)
        values[i] = steps == NULL ? assay_random_double(&random)
                                  : (double)assay_random_below(&random, GPOINTER_TO_UINT(steps));
    lists = assay_neighbour_lists_new(&points, 2, &error);
    g_assert_no_error(error);
    for (guint round = 0; round < 60; round++) {
        guint8 labels[N];

        /* Every other round a third of them are in neither. */
        for (size_t i = 0; i < N; i++)
            labels[i] = (guint8)assay_random_below(&random, 2 + round % 2);
        check_labels(lists, values, labels, &configs[round % G_N_ELEMENTS(configs)]);
    }
}

static void
test_too_few(void)
{
    static const double values[] = { 0, 1, 2, 3 };
    static const guint8 labels[] = { 0, 0, 0, 1 };
    const AssayNeighboursConfig config = { 1, 1, 1 };
    AssayPoints points = { values, 4, 1 }, none = { values, 0, 1 };
    g_autoptr(AssayNeighbourLists) lists = assay_neighbour_lists_new(&points, 1, NULL);
    g_autoptr(GError) error = NULL;
    AssayNeighbours found;

    g_assert_false(assay_neighbour_lists_measure(lists, labels, &config, &found));
    g_assert_null(assay_neighbour_lists_new(&none, 1, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/neighbour-lists/fractions", NULL, test_agrees);
    g_test_add_data_func("/neighbour-lists/ties", GUINT_TO_POINTER(6), test_agrees);
    g_test_add_func("/neighbour-lists/too-few", test_too_few);
    return g_test_run();
}
