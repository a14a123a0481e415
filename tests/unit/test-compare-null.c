/* tests/unit/test-compare-null.c - draws: how far real samples are, and how likely a difference is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/compare/resample.h>
#include <assay/stats/labellings.h>
#include <math.h>
#include <string.h>

#include "compared-set.h"
#include "rounds.h"

static AssayCompareConfig
config_of(size_t n_draws)
{
    AssayCompareConfig config = ASSAY_COMPARE_CONFIG_DEFAULT;

    config.n_draws = n_draws;
    return config;
}

/* Three items of one value each against three that are all larger: of the 20 labellings the one
 * observed and its mirror image are as far apart. */
static void
test_by_hand(void)
{
    static const double low[] = { 0, 1, 2 }, high[] = { 7, 8, 9 };
    g_autoptr(AssayCompareSet) a = compared_set_new("a", ASSAY_U8, 3, 1, low, NULL);
    g_autoptr(AssayCompareSet) b = compared_set_new("b", ASSAY_U8, 3, 1, high, NULL);
    const AssayCompareConfig config = config_of(99);
    g_autoptr(GPtrArray) rows = compared_rows(a, b, &config);
    const AssayCompareRow *ks = compared_row(rows, "ks"), *mean = compared_row(rows, "mean");

    g_assert_cmpfloat(ks->value, ==, 1);
    g_assert_cmpfloat(ks->p, ==, 0.1);
    g_assert_cmpfloat(mean->value, ==, 7);
    g_assert_cmpfloat(mean->p, ==, 0.1);
    g_assert_nonnull(strstr(ks->note->str, "no p below 1/20"));
    /* One value against one: W1 is their difference. */
    g_assert_cmpfloat_with_epsilon(compared_row(rows, "w1")->value, 7, 1e-12);
}

/* Every way to choose three of six, by hand: the share of values that are 0. */
static void
test_all_labellings(void)
{
    static const double a_values[] = { 0, 0, 0, 1, 0, 1, 1, 1 }; /* shares 1, .5, .5, 0 */
    static const double b_values[] = { 1, 1, 0, 1, 1, 1, 1, 1 }; /* shares 0, .5, 0, 0 */
    static const double zeros[] = { 2, 1, 1, 0, 0, 1, 0, 0 };
    g_autoptr(AssayCompareSet) a = compared_set_new("a", ASSAY_U8, 4, 2, a_values, NULL);
    g_autoptr(AssayCompareSet) b = compared_set_new("b", ASSAY_U8, 4, 2, b_values, NULL);
    const AssayCompareConfig config = config_of(100);
    g_autoptr(GPtrArray) rows = compared_rows(a, b, &config);
    guint at_least = 0, all = 0;

    for (guint mask = 0; mask < 256; mask++) {
        double sum = 0;

        if (__builtin_popcount(mask) != 4)
            continue;
        for (guint i = 0; i < 8; i++)
            sum += (mask >> i & 1) != 0 ? zeros[i] : -zeros[i];
        all++;
        at_least += fabs(sum) >= 3; /* observed: 4 zeros of 8 against 1 of 8 */
    }
    g_assert_cmpuint(all, ==, 70);
    g_assert_cmpfloat(compared_row(rows, "atom:0")->value, ==, 3.0 / 8);
    g_assert_cmpfloat(compared_row(rows, "atom:0")->p, ==, (double)at_least / all);
}

/* Where all groups of the reference are alike, two samples of it never differ. */
static void
test_alike(void)
{
    static const double same[] = { 3, 4, 3, 4, 3, 4 }, other[] = { 3, 5, 3, 4, 3, 4 };
    g_autoptr(AssayCompareSet) a = compared_set_new("a", ASSAY_U8, 3, 2, same, NULL);
    g_autoptr(AssayCompareSet) b = compared_set_new("b", ASSAY_U8, 3, 2, other, NULL);
    g_autoptr(AssayCompareSet) c = compared_set_new("c", ASSAY_U8, 3, 2, same, NULL);
    const AssayCompareConfig config = config_of(19);
    g_autoptr(GPtrArray) far = compared_rows(a, b, &config), near = compared_rows(a, c, &config);

    g_assert_cmpfloat(compared_row(far, "ks")->real50, ==, 0);
    g_assert_cmpfloat(compared_row(far, "ks")->real99, ==, 0);
    g_assert_true(isinf(compared_row(far, "ks")->ratio));
    g_assert_cmpfloat(compared_row(near, "ks")->value, ==, 0);
    g_assert_true(isnan(compared_row(near, "ks")->ratio));
    g_assert_cmpfloat(compared_row(near, "ks")->p, ==, 1);
}

/* Two samples of two, of groups that are all 0 and all 1, with replacement: their shares of 0 are
 * alike with probability 3/8, half apart with 1/2, and one apart with 1/8. */
static void
test_real(void)
{
    static const double values[] = { 0, 1 };
    g_autoptr(AssayCompareSet) a = compared_set_new("a", ASSAY_U8, 2, 1, values, NULL);
    g_autoptr(AssayCompareSet) b = compared_set_new("b", ASSAY_U8, 2, 1, values, NULL);
    const AssayCompareConfig config = config_of(999);
    g_autoptr(GPtrArray) rows = compared_rows(a, b, &config);

    g_assert_cmpfloat(compared_row(rows, "atom:0")->real50, ==, 0.5);
    g_assert_cmpfloat(compared_row(rows, "atom:0")->real99, ==, 1);
    g_assert_cmpfloat(compared_row(rows, "ks")->real99, ==, 1);
}

/* Blocks of values that share a level: what makes values of an item alike. */
static void
fill(AssayRandom *random, double *values, size_t n_items, size_t n, double shift)
{
    for (size_t i = 0; i < n_items; i++) {
        double level = shift + 100 * assay_random_double(random);

        for (size_t k = 0; k < n; k++)
            values[i * n + k] = floor(level + 50 * assay_random_double(random));
    }
}

#define ITEMS ((size_t)60)
#define VALUES ((size_t)20)

static AssayCompareSet *
random_set(AssayRandom *random, const char *label, AssayType type, double shift)
{
    double values[ITEMS * VALUES];

    fill(random, values, ITEMS, VALUES, shift);
    return compared_set_new(label, type, ITEMS, VALUES, values, NULL);
}

/* Two samples of one source: p <= .05 one time in twenty, however many values an item has; and
 * what is far away is always found. 200 repetitions: 1 to 20 are within the interval that holds
 * 99.9 % of binomial numbers. */
static void
test_calibration(void)
{
    static const char *const measures[] = { "ks", "w1", "mean", NULL };
    AssayCompareConfig config = config_of(99);
    guint n_low[3] = { 0 }, n_found = 0, n = rounds(200);
    AssayRandom random;

    config.measures = measures;
    assay_random_init(&random, 0, "test-compare-null", "calibration");
    for (guint i = 0; i < n; i++) {
        g_autoptr(AssayCompareSet) a = random_set(&random, "a", ASSAY_U8, 0);
        g_autoptr(AssayCompareSet) b = random_set(&random, "b", ASSAY_U8, 0);
        g_autoptr(AssayCompareSet) c = random_set(&random, "c", ASSAY_U8, 50);
        g_autoptr(GPtrArray) same = compared_rows(a, b, &config);
        g_autoptr(GPtrArray) other = compared_rows(a, c, &config);

        config.seed = i;
        for (guint m = 0; m < 3; m++)
            n_low[m] += compared_row(same, measures[m])->p <= 0.05;
        n_found += compared_row(other, "ks")->p <= 0.01 && compared_row(other, "ks")->ratio > 1;
    }
    for (guint m = 0; m < 3; m++) {
        g_test_message("%s: %u of %u at or below .05", measures[m], n_low[m], n);
        g_assert_cmpuint(n_low[m], <=, 20);
        if (n == 200)
            g_assert_cmpuint(n_low[m], >=, 1);
    }
    g_assert_cmpuint(n_found, ==, n);
}

static void
assert_same(const GPtrArray *a, const GPtrArray *b)
{
    g_assert_cmpuint(a->len, ==, b->len);
    for (guint i = 0; i < a->len; i++) {
        const AssayCompareRow *x = g_ptr_array_index(a, i), *y = g_ptr_array_index(b, i);

        g_assert_cmpstr(x->measure, ==, y->measure);
        for (size_t k = 0; k < 9; k++) { /* value to p, side by side */
            double one = (&x->value)[k], other = (&y->value)[k];

            if (!isnan(one) || !isnan(other))
                g_assert_cmpfloat(one, ==, other);
        }
    }
}

/* The same for any number of threads, and for any order of the samples. */
static void
test_order(void)
{
    AssayCompareConfig config = config_of(101);
    double values[ITEMS * VALUES];
    AssayRandom random;
    g_autoptr(AssayCompareSet) up = assay_compare_set_new("up");
    g_autoptr(AssayCompareSet) down = assay_compare_set_new("down");
    g_autoptr(AssayCompareSet) other = NULL;
    g_autoptr(GPtrArray) one = NULL, four = NULL, turned = NULL;
    g_autoptr(GError) error = NULL;

    assay_random_init(&random, 0, "test-compare-null", "order");
    fill(&random, values, ITEMS, VALUES, 0);
    for (size_t i = 0; i < ITEMS; i++) {
        g_autofree char *name = g_strdup_printf("s%" G_GSIZE_FORMAT, i);
        g_autofree char *back = g_strdup_printf("s%" G_GSIZE_FORMAT, ITEMS - 1 - i);

        compared_set_add(up, name, ASSAY_F32, 0, VALUES, &values[i * VALUES], NULL);
        compared_set_add(down, back, ASSAY_F32, 0, VALUES, &values[(ITEMS - 1 - i) * VALUES], NULL);
    }
    g_assert_true(assay_compare_set_finish(up, &error));
    g_assert_true(assay_compare_set_finish(down, &error));
    other = random_set(&random, "other", ASSAY_F32, 3);
    one = compared_rows(up, other, &config);
    turned = compared_rows(down, other, &config);
    config.n_workers = 4;
    four = compared_rows(up, other, &config);
    assert_same(one, turned);
    assert_same(one, four);
}

static void
test_resample(void)
{
    double weights[10], sums[10] = { 0 };
    AssayRandom random;

    assay_random_init(&random, 0, "test-compare-null", "resample");
    for (guint round = 0; round < 100; round++) {
        guint64 n = round % 2 == 0 ? 100 : 100000; /* one by one, and by binomial numbers */
        double total = 0;

        assay_resample(&random, n, 10, weights, 1);
        for (size_t i = 0; i < 10; i++) {
            total += weights[i];
            sums[i] += weights[i] / (double)n;
        }
        g_assert_cmpfloat(total, ==, (double)n);
    }
    for (size_t i = 0; i < 10; i++)
        g_assert_cmpfloat_with_epsilon(sums[i] / 100, 0.1, 0.015);
}

static void
test_labellings(void)
{
    size_t chosen[] = { 0, 1, 2 };
    guint n = 1;

    g_assert_cmpuint(assay_labellings_count(6, 3, 999), ==, 20);
    g_assert_cmpuint(assay_labellings_count(5, 0, 999), ==, 1);
    g_assert_cmpuint(assay_labellings_count(1000, 1, 999), ==, 1000);
    g_assert_cmpuint(assay_labellings_count(4096, 2048, 999), ==, 1000);
    while (assay_labellings_next(chosen, 6, 3))
        n++;
    g_assert_cmpuint(n, ==, 20);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compare-null/by-hand", test_by_hand);
    g_test_add_func("/compare-null/all-labellings", test_all_labellings);
    g_test_add_func("/compare-null/alike", test_alike);
    g_test_add_func("/compare-null/real", test_real);
    g_test_add_func("/compare-null/calibration", test_calibration);
    g_test_add_func("/compare-null/order", test_order);
    g_test_add_func("/compare-null/resample", test_resample);
    g_test_add_func("/compare-null/labellings", test_labellings);
    return g_test_run();
}
