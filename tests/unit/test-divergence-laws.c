/* tests/unit/test-divergence-laws.c - measures of two distributions: what holds of any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "counts.h"

static double
value_of(const AssayDivergence *result, AssayMeasure measure)
{
    return result->measured[measure].value;
}

static void
check_symmetric(const Counts *a, const Counts *b, const AssayDivergenceConfig *config)
{
    AssayDivergence forth = counts_compare(a, b, config), back = counts_compare(b, a, config);

    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        if (assay_measure_facts((AssayMeasure)i)->is_symmetric &&
            !isinf(forth.measured[i].value + back.measured[i].value))
            counts_assert_near(forth.measured[i].value, back.measured[i].value);
    }
    g_assert_cmpfloat(VALUE(forth, KL), ==, VALUE(back, KL_REVERSE));
}

/* Distances are distances: no way round is shorter. Of the others the roots are. */
static void
check_triangle(const AssayDivergence *ab, const AssayDivergence *bc, const AssayDivergence *ac)
{
    static const AssayMeasure distances[] = { ASSAY_MEASURE_KS,     ASSAY_MEASURE_W1,
                                              ASSAY_MEASURE_ENERGY, ASSAY_MEASURE_LINF,
                                              ASSAY_MEASURE_TV,     ASSAY_MEASURE_HELLINGER };

    for (size_t i = 0; i < G_N_ELEMENTS(distances); i++)
        g_assert_true(value_of(ac, distances[i]) <=
                      value_of(ab, distances[i]) + value_of(bc, distances[i]) + 1e-12);
    g_assert_true(sqrt(value_of(ac, ASSAY_MEASURE_JSD)) <=
                  sqrt(value_of(ab, ASSAY_MEASURE_JSD)) + sqrt(value_of(bc, ASSAY_MEASURE_JSD)) +
                      1e-12);
}

static void
test_invariants(void)
{
    AssayDivergenceConfig exact = counts_exact_bins();
    AssayRandom random;

    assay_random_init(&random, 5, "divergence", "");
    for (int round = 0; round < 20; round++) {
        Counts a, b, c;
        AssayDivergence ab, bc, ac;
        size_t n = 1 + (size_t)assay_random_below(&random, 1500);

        counts_random(&a, &random, n);
        counts_random(&b, &random, n);
        counts_random(&c, &random, 1 + n / 2);
        counts_assert_equal(&a, &exact);
        counts_assert_equal(&a, &counts_unit_bins);
        check_symmetric(&a, &b, &exact);
        check_symmetric(&a, &c, &counts_unit_bins);
        ab = counts_compare(&a, &b, &exact);
        bc = counts_compare(&b, &c, &exact);
        ac = counts_compare(&a, &c, &exact);
        check_triangle(&ab, &bc, &ac);
        g_assert_true(VALUE(ab, JSD) >= 0 && VALUE(ab, JSD) <= 1 && VALUE(ab, KL) >= 0);
    }
}

/* Twice as far apart and moved by 1: W1 doubles, the energy distance grows by sqrt(2), and what
 * hangs on the order alone stays. */
static void
test_moved(void)
{
    Counts a, b;
    AssayDivergence before, after;
    AssayRandom random;

    assay_random_init(&random, 6, "divergence", "");
    counts_random(&a, &random, 700);
    counts_random(&b, &random, 700);
    before = counts_compare(&a, &b, &counts_unit_bins);
    for (size_t i = 0; i < 700; i++) {
        a.values[i] = 2 * a.values[i] + 1;
        b.values[i] = 2 * b.values[i] + 1;
    }
    after = counts_compare(&a, &b, &counts_unit_bins);
    counts_assert_near(VALUE(after, W1), 2 * VALUE(before, W1));
    counts_assert_near(VALUE(after, ENERGY), sqrt(2) * VALUE(before, ENERGY));
    g_assert_cmpfloat(VALUE(after, KS), ==, VALUE(before, KS));
    g_assert_cmpfloat(VALUE(after, CVM), ==, VALUE(before, CVM));
    g_assert_cmpfloat(VALUE(after, AD), ==, VALUE(before, AD));
    g_assert_cmpfloat(after.measured[ASSAY_MEASURE_KS].at, ==,
                      2 * before.measured[ASSAY_MEASURE_KS].at + 1);
    /* All of one side moved: W1 is by how much. */
    for (size_t i = 0; i < 700; i++)
        b.values[i] = a.values[i] + 3;
    memcpy(b.counts, a.counts, sizeof a.counts);
    counts_assert_near(VALUE(counts_compare(&a, &b, &counts_unit_bins), W1), 3);
}

/* 2^40 times as many of each: products of counts do not fit 64 bits any more. */
static void
test_huge(void)
{
    AssayDivergenceConfig exact = counts_exact_bins();
    Counts a, b;
    AssayDivergence small, large;
    AssayRandom random;

    assay_random_init(&random, 7, "divergence", "");
    counts_random(&a, &random, 600);
    counts_random(&b, &random, 500);
    small = counts_compare(&a, &b, &exact);
    for (size_t i = 0; i < 600; i++) {
        a.counts[i] <<= 40;
        b.counts[i] <<= i < 500 ? 40 : 0;
    }
    large = counts_compare(&a, &b, &exact);
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        if (!assay_measure_facts((AssayMeasure)i)->grows_with_n) {
            g_assert_cmpfloat(small.measured[i].value, ==, large.measured[i].value);
            g_assert_true(small.measured[i].at == large.measured[i].at ||
                          isnan(small.measured[i].at));
        }
    }
    counts_assert_near(VALUE(large, CHI2), VALUE(small, CHI2) * 0x1p40);
}

/* By counts it is the same, to the last bit; and alone each measure is what it is among all. */
static void
test_of_counts(void)
{
    AssayDivergenceConfig configs[] = { counts_unit_bins, counts_exact_bins() };
    Counts a, b;
    AssayRandom random;

    assay_random_init(&random, 8, "divergence", "");
    for (size_t n = 1; n < COUNTS_MOST; n = 2 * n + 1) {
        counts_random(&a, &random, n);
        counts_random(&b, &random, n);
        for (int i = 0; i < 2; i++) {
            AssayDivergence drawn = counts_compare(&a, &b, &configs[i]), counted;

            assay_divergence_of_counts(a.values, a.counts, b.counts, n, &configs[i], &counted);
            g_assert_true(memcmp(&drawn, &counted, sizeof drawn) == 0);
            for (int j = 0; j < ASSAY_N_MEASURES; j++) {
                AssayDivergenceConfig one = configs[i];

                one.measures = ASSAY_MEASURES(j);
                assay_divergence_of_counts(a.values, a.counts, b.counts, n, &one, &counted);
                g_assert_true(memcmp(&drawn.measured[j], &counted.measured[j],
                                     sizeof drawn.measured[j]) == 0);
                g_assert_true(isnan(counted.measured[j == 0 ? 1 : 0].value));
            }
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/divergence-laws/invariants", test_invariants);
    g_test_add_func("/divergence-laws/moved", test_moved);
    g_test_add_func("/divergence-laws/huge", test_huge);
    g_test_add_func("/divergence-laws/of-counts", test_of_counts);
    return g_test_run();
}
