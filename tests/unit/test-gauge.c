/* tests/unit/test-gauge.c - what scores mean, which features carry them, and how rows are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/learn/auc.h>
#include <assay/learn/carriers.h>
#include <assay/learn/collect.h>
#include <assay/learn/gauge.h>
#include <assay/stats/scatter.h>
#include <math.h>
#include <string.h>

/* Two of three fakes above both reals, one between: 5 of 6 pairs; ties count half. */
static void
test_auc(void)
{
    AssayLabelled items[] = { { 1, 0 }, { 3, 0 }, { 2, 1 }, { 4, 1 }, { 5, 1 } };
    AssayLabelled ties[] = { { 2, 1 }, { 1, 0 }, { 2, 0 }, { 2, 1 } };

    g_assert_cmpfloat_with_epsilon(assay_auc(items, 5), 5.0 / 6, 1e-15);
    g_assert_cmpfloat_with_epsilon(assay_auc(ties, 4), 0.75, 1e-15);
    g_assert_true(isnan(assay_auc(items, 1)));
}

/* p by the reals of each group; a threshold of 0 as long as none is much better. */
static void
test_gauge(void)
{
    AssayScored items[60];
    g_autoptr(AssayGauge) gauge = NULL, moved = NULL, reals = NULL;

    for (guint i = 0; i < 60; i++)
        items[i] = (AssayScored){ (i % 30) / 10.0 - (i < 30 ? 2.0 : 0.9), i >= 30, i / 2 };
    gauge = assay_gauge_new(items, 60);
    g_assert_cmpuint(gauge->n_reals, ==, 15);
    g_assert_cmpfloat(gauge->threshold, ==, 0);
    g_assert_cmpfloat(assay_gauge_p(gauge, 100), ==, 1.0 / 16);
    g_assert_cmpfloat(assay_gauge_p(gauge, -100), ==, 1);
    g_assert_cmpfloat(assay_gauge_probability(gauge, 2), >, 0.8);
    g_assert_cmpfloat(assay_gauge_probability(gauge, -2), <, 0.2);
    g_assert_cmpfloat(assay_gauge_probability(gauge, 1e308), <=, 1);
    for (guint i = 0; i < 60; i++)
        items[i].score += 10;
    moved = assay_gauge_new(items, 60);
    g_assert_cmpfloat(moved->threshold, >, 9);
    g_assert_cmpfloat_with_epsilon(assay_gauge_probability(moved, 12),
                                   assay_gauge_probability(gauge, 2), 1e-3);
    reals = assay_gauge_new(items, 30);
    g_assert_true(isnan(reals->threshold));
    g_assert_true(isnan(assay_gauge_probability(reals, 0)));
}

/* Of a cloud whose covariance is 4, 2, 2, with a tenth of it elsewhere: where it is, and how wide,
 * but for what is cut off; the mean is off by 3, and the covariance is some 84. */
static void
test_scatter(void)
{
    enum { N = 400 };
    double points[N][2], centre[2], covariance[4];
    AssayRandom random;

    assay_random_init(&random, 1, "scatter", "");
    for (size_t i = 0; i < N; i++) {
        double a = -6, b = -6;

        for (int k = 0; k < 12; k++) {
            a += assay_random_double(&random);
            b += assay_random_double(&random);
        }
        points[i][0] = i % 10 == 0 ? 30 : 2 * a;
        points[i][1] = i % 10 == 0 ? -30 : a + b;
    }
    assay_scatter(points[0], N, 2, centre, covariance);
    g_assert_cmpfloat_with_epsilon(centre[0], 0, 0.4);
    g_assert_cmpfloat_with_epsilon(centre[1], 0, 0.4);
    g_assert_cmpfloat(covariance[0], >, 2);
    g_assert_cmpfloat(covariance[0], <, 5);
    g_assert_cmpfloat(covariance[1], >, 0.7);
    g_assert_cmpfloat(covariance[1], <, 2.5);
    g_assert_cmpfloat(covariance[1], ==, covariance[2]);
    g_assert_cmpfloat(covariance[3], >, 1);
    g_assert_cmpfloat(covariance[3], <, 2.5);
}

static AssayCollection *
read_table(const char *text, gboolean is_fake, AssayCollection *into, GError **error)
{
    AssayCollection *self = into != NULL ? into : assay_collection_new(4096, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(AssayInput) input = assay_input_from_bytes("table", bytes);
    const AssaySetLabel label = { 1, is_fake };

    (void)!assay_collection_read(self, input, &label, error);
    return self;
}

/* Of a table the columns of the groups that are asked for, and of no other. */
static void
test_table_groups(void)
{
    g_autoptr(GError) error = NULL, none = NULL;
    g_autoptr(AssayCollection) noise = assay_collection_new(4096, NULL);
    const char *table = "item\tmean\tnoise_rg\tx\tnoise_grey\n1\t1\t2\t3\t4\n";

    noise->feature_groups = 1u << ASSAY_FEATURES_NOISE | 1u << ASSAY_FEATURES_QUALITY;
    read_table(table, FALSE, noise, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(noise->examples->n_columns, ==, 2);
    g_assert_cmpfloat(assay_examples_row(noise->examples, 0)[0], ==, 2);
    g_assert_cmpfloat(assay_examples_row(noise->examples, 0)[1], ==, 4);
    noise->feature_groups = 1u << ASSAY_FEATURES_EDGES;
    read_table(table, FALSE, noise, &none);
    g_assert_error(none, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
}

/* Columns in any order; groups by a column; what carries the difference, and how. */
static void
test_tables(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayCollection) both = read_table("item\ta\tgroup\tb\tset\n1\t0\tx\t-1\ts\n"
                                                 "2\tNA\tx\t1\ts\n3\t2\ty\t0.5\ts\n",
                                                 FALSE, NULL, &error);
    AssayCarrier carriers[3];
    size_t rows[] = { 0, 1, 2, 3, 4 };
    g_autofree char *text = NULL;

    g_assert_no_error(error);
    read_table("b\tc\titem\ta\tlabel\n-9\t0\t4\t0.5\tfake\n9\t0\t5\t3\t1\n", TRUE, both, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(both->examples->items->len, ==, 5);
    g_assert_cmpfloat(assay_examples_row(both->examples, 4)[1], ==, 9);
    g_assert_true(isnan(assay_examples_row(both->examples, 1)[0]));
    g_assert_cmpuint(assay_examples_at(both->examples, 0)->group, ==,
                     assay_examples_at(both->examples, 1)->group);
    g_assert_cmpuint(assay_collection_n_shared(both, G_MAXUINT32), ==, 0);
    g_assert_cmpuint(assay_carriers_find(both->examples, rows, 5, carriers, 3), ==, 2);
    g_assert_cmpfloat(carriers[0].auc, ==, 1);
    text = assay_carrier_text(&carriers[0], both->examples);
    g_assert_cmpstr(text, ==, "b farther 1");
    read_table("item\ta\n6\t1\n", TRUE, both, &error);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gauge/auc", test_auc);
    g_test_add_func("/gauge/gauge", test_gauge);
    g_test_add_func("/gauge/scatter", test_scatter);
    g_test_add_func("/gauge/tables", test_tables);
    g_test_add_func("/gauge/table-groups", test_table_groups);
    return g_test_run();
}
