/* tests/unit/test-divergence.c - measures of two distributions, by hand.
 *
 * tests/reference/measures.t holds them against SciPy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <float.h>
#include <math.h>

#include "counts.h"

/* (1, 2, 3, 4) and (4, 3, 2, 1) of four values: all that can be worked out on paper. */
static void
test_by_hand(void)
{
    static const Counts up = { 4, { 0, 1, 2, 3 }, { 1, 2, 3, 4 } };
    static const Counts down = { 4, { 0, 1, 2, 3 }, { 4, 3, 2, 1 } };
    AssayDivergenceConfig config = counts_exact_bins();
    AssayDivergence result = counts_compare(&up, &down, &config);

    /* F: .1 .3 .6 1, G: .4 .7 .9 1 */
    g_assert_cmpfloat(VALUE(result, KS), ==, .4);
    counts_assert_near(VALUE(result, W1), .3 + .4 + .3);
    counts_assert_near(VALUE(result, ENERGY), sqrt(2 * (.09 + .16 + .09)));
    g_assert_cmpfloat(VALUE(result, LINF), ==, .3);
    counts_assert_near(VALUE(result, JSD), 0.15356065532898455);
    counts_assert_near(sqrt(VALUE(result, JSD)), 0.3918681606471551);
    counts_assert_near(VALUE(result, TV), .4);
    counts_assert_near(VALUE(result, OVERLAP), .6);
    counts_assert_near(VALUE(result, HELLINGER), sqrt(1 - 2 * sqrt(.04) - 2 * sqrt(.06)));
    counts_assert_near(VALUE(result, KL), .3 * 2 + .1 * log2(1.5));
    counts_assert_near(VALUE(result, KL_REVERSE), VALUE(result, KL));
    counts_assert_near(VALUE(result, PSI), .6 * log(4) + .2 * log(1.5));
    counts_assert_near(VALUE(result, CHI2), 9. / 5 * 2 + 1. / 5 * 2);
    g_assert_cmpuint(result.n_filled, ==, 4);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_LINF].at, ==, 0);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_LINF].reference, ==, .1);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_LINF].candidate, ==, .4);
    g_assert_true(isnan(result.measured[ASSAY_MEASURE_W1].at));
    config.base = G_E;
    result = counts_compare(&up, &down, &config);
    counts_assert_near(VALUE(result, JSD), 0.10644013528622319);
    counts_assert_near(sqrt(VALUE(result, JSD)), 0.32625164411267443);
}

/* Midranks of 1 2 2 | 2 3: 1, 3, 3 and 3, 5. */
static void
test_ranks_by_hand(void)
{
    static const Counts a = { 2, { 1, 2 }, { 1, 2 } }, b = { 2, { 2, 3 }, { 1, 1 } };
    AssayDivergence result = counts_compare(&a, &b, &counts_unit_bins);
    double u = 3. * (0 + 1 + 0) + 2. * (4 + 9);

    counts_assert_near(VALUE(result, CVM_U), u);
    counts_assert_near(VALUE(result, CVM), u / (3 * 2 * 5) - (4 * 3 * 2 - 1) / (6. * 5));
    /* l, F - G in the middle, middle rank h: (1, 1/6, .5), (3, 5/12, 2.5), (1, 1/4, 4.5) */
    counts_assert_near(VALUE(result, AD),
                       4. / 5 * 6 *
                           (1. / 36 / (.5 * 4.5 - 1.25) + 3 * 25. / 144 / (2.5 * 2.5 - 3.75) +
                            1. / 16 / (4.5 * .5 - 1.25)));
}

/* Where the distance comes about, and where it ends. */
static void
test_place_of_ks(void)
{
    static const Counts spread = { 4, { 0, .25, .5, .75 }, { 1, 1, 1, 1 } };
    static const Counts low = { 2, { 0, .75 }, { 3, 1 } };
    static const Counts high = { 2, { 0, .75 }, { 1, 3 } };
    static const Counts ends = { 2, { -(double)INFINITY, (double)INFINITY }, { 1, 1 } };
    AssayDivergence result = counts_compare(&spread, &low, &counts_unit_bins);
    const AssayMeasured *ks = &result.measured[ASSAY_MEASURE_KS];

    g_assert_cmpfloat(ks->value, ==, .5);
    g_assert_cmpfloat(ks->at, ==, 0);
    g_assert_false(ks->is_below);
    g_assert_cmpfloat(ks->reference, ==, .25);
    g_assert_cmpfloat(ks->candidate, ==, .75);
    result = counts_compare(&spread, &high, &counts_unit_bins);
    g_assert_cmpfloat(ks->value, ==, .5);
    g_assert_cmpfloat(ks->at, ==, .75);
    g_assert_true(ks->is_below);
    g_assert_cmpfloat(ks->reference, ==, .75);
    g_assert_cmpfloat(ks->candidate, ==, .25);
    result = counts_compare(&spread, &spread, &counts_unit_bins);
    g_assert_cmpfloat(ks->value, ==, 0);
    g_assert_true(isnan(ks->at));
    result = counts_compare(&ends, &low, &counts_unit_bins);
    g_assert_cmpfloat(ks->value, ==, .5);
    g_assert_cmpfloat(ks->at, ==, 0); /* where it changes by .75, at minus infinity by .5 */
    g_assert_true(ks->is_below);
    g_assert_cmpfloat(VALUE(result, W1), ==, (double)INFINITY);
    g_assert_cmpfloat(VALUE(result, ENERGY), ==, (double)INFINITY);
}

/* The value after the one with the greatest distance is the first of another block. */
static void
test_place_across_blocks(void)
{
    for (size_t last = ASSAY_ECDF_BLOCK - 2; last <= ASSAY_ECDF_BLOCK + 1; last++) {
        Counts a = { last + 1, { 0 }, { 0 } }, b = { last + 1, { 0 }, { 0 } };
        AssayDivergence result;

        for (size_t i = 0; i <= last; i++) {
            a.values[i] = b.values[i] = (double)i;
            a.counts[i] = 1;
            b.counts[i] = i == last ? last : 1;
        }
        b.counts[0] = 2;
        result = counts_compare(&a, &b, &counts_unit_bins);
        g_assert_cmpfloat(result.measured[ASSAY_MEASURE_KS].at, ==, (double)last);
        g_assert_true(result.measured[ASSAY_MEASURE_KS].is_below);
        counts_assert_near(VALUE(result, KS), (double)last / ((double)last + 1) -
                                                  ((double)last + 1) / (2 * (double)last + 1));
    }
}

/* Three bins of [0, 1], as numpy.histogram([0, 1/3, .5, 2/3, 1], 3, (0, 1)): 1, 2, 2. */
static void
test_bins(void)
{
    Counts a = { 7, { -1, 0, 1. / 3, .5, 2. / 3, 1, 1.01 }, { 4, 1, 1, 1, 1, 1, 2 } };
    Counts b = { 3, { 0, .9, 7 }, { 1, 4, 3 } };
    AssayDivergenceConfig config = counts_unit_bins;
    AssayDivergence result;

    config.n_bins = 3;
    result = counts_compare(&a, &b, &config);
    g_assert_cmpuint(result.below.reference, ==, 4);
    g_assert_cmpuint(result.below.candidate, ==, 0);
    g_assert_cmpuint(result.above.reference, ==, 2);
    g_assert_cmpuint(result.above.candidate, ==, 3);
    g_assert_cmpuint(result.n_filled, ==, 3);
    counts_assert_near(VALUE(result, TV), .4); /* .2 .4 .4 and .2 0 .8 */
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_TV].at, ==, .5);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_TV].reference, ==, .4);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_TV].candidate, ==, 0);
    g_assert_cmpfloat(VALUE(result, KL), ==, (double)INFINITY);
    g_assert_cmpfloat(VALUE(result, PSI), ==, (double)INFINITY);
    counts_assert_near(VALUE(result, KL_REVERSE), .8);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_KL].at, ==, .5);
    /* Nothing of the candidate in range. */
    b.counts[0] = b.counts[1] = 0;
    result = counts_compare(&a, &b, &config);
    g_assert_true(isnan(VALUE(result, JSD)) && isnan(VALUE(result, OVERLAP)));
    g_assert_cmpuint(result.above.candidate, ==, 3);
    g_assert_false(isnan(VALUE(result, KS)));
}

static void
test_nothing(void)
{
    static const Counts none = { 2, { 0, 1 }, { 0, 0 } }, one = { 1, { .5 }, { 1 } };
    static const Counts same = { 1, { .5 }, { 9 } }, other = { 1, { .75 }, { 9 } };
    AssayDivergence result = counts_compare(&none, &one, &counts_unit_bins);

    for (int i = 0; i < ASSAY_N_MEASURES; i++)
        g_assert_true(isnan(result.measured[i].value) && isnan(result.measured[i].at));
    g_assert_cmpuint(result.n.candidate, ==, 1);
    g_assert_cmpuint(result.n_atoms, ==, 1);
    result = counts_compare(&one, &none, &counts_unit_bins);
    g_assert_true(isnan(VALUE(result, KS)));
    result = counts_compare(&none, &none, &counts_unit_bins);
    g_assert_true(isnan(VALUE(result, W1)));
    g_assert_cmpuint(result.n_atoms, ==, 0);
    counts_assert_equal(&one, &counts_unit_bins);
    result = counts_compare(&one, &same, &counts_unit_bins);
    g_assert_cmpfloat(VALUE(result, KS), ==, 0);
    g_assert_cmpfloat(VALUE(result, AD), ==, 0);
    result = counts_compare(&one, &other, &counts_unit_bins);
    g_assert_cmpfloat(VALUE(result, KS), ==, 1);
    g_assert_cmpfloat(VALUE(result, W1), ==, .25);
    g_assert_cmpfloat(VALUE(result, JSD), ==, 1);
}

/* Infinities on both sides, as large a share in each, are no farther apart than they were. */
static void
test_infinite(void)
{
    static const Counts a = { 3, { -(double)INFINITY, 1, (double)INFINITY }, { 1, 2, 1 } };
    static const Counts b = { 3, { -(double)INFINITY, 2, (double)INFINITY }, { 2, 4, 2 } };
    static const Counts tiny = { 2, { 0, 5e-324 }, { 1, 1 } }, zero = { 1, { -0.0 }, { 3 } };
    static const Counts wide = { 2, { -DBL_MAX / 2, DBL_MAX / 2 }, { 1, 1 } };
    AssayDivergence result = counts_compare(&a, &b, &counts_unit_bins);

    g_assert_cmpfloat(VALUE(result, W1), ==, .5);
    g_assert_cmpuint(result.below.reference, ==, 1);
    g_assert_cmpuint(result.above.candidate, ==, 6);
    result = counts_compare(&tiny, &zero, &counts_unit_bins);
    g_assert_cmpfloat(VALUE(result, KS), ==, .5);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_KS].at, ==, 0);
    result = counts_compare(&wide, &zero, &counts_unit_bins);
    g_assert_cmpfloat(VALUE(result, W1), ==, DBL_MAX / 2);
}

static void
test_atoms(void)
{
    Counts a = { 400, { 0 }, { 0 } }, b = { 1, { 1000 }, { 1 } };
    AssayDivergence result;

    for (size_t i = 0; i < 400; i++) {
        a.values[i] = (double)i;
        a.counts[i] = i == 7 || i == 300 ? 301 : 1;
    }
    result = counts_compare(&a, &b, &counts_unit_bins);
    g_assert_cmpuint(result.n_atoms, ==, 3);
    g_assert_cmpfloat(result.atoms[0].value, ==, 7);
    g_assert_cmpuint(result.atoms[0].n.reference, ==, 301);
    g_assert_cmpuint(result.atoms[0].n.candidate, ==, 0);
    g_assert_cmpfloat(result.atoms[1].value, ==, 300);
    g_assert_cmpuint(result.atoms[2].n.candidate, ==, 1);
    /* Exactly one in a hundred is one; of many the largest. */
    for (size_t i = 0; i < 400; i++)
        a.counts[i] = i < 50 ? 100 + i : 0;
    b = a;
    result = counts_compare(&a, &b, &counts_unit_bins);
    g_assert_cmpuint(result.n_atoms, ==, ASSAY_DIVERGENCE_ATOMS);
    g_assert_cmpfloat(result.atoms[0].value, ==, 34);
    g_assert_cmpfloat(result.atoms[15].value, ==, 49);
    for (size_t i = 0; i < 400; i++)
        a.counts[i] = b.counts[i] = i == 0 ? 1 : (i < 100 ? 1 : 0);
    g_assert_cmpuint(counts_compare(&a, &b, &counts_unit_bins).n_atoms, ==, ASSAY_DIVERGENCE_ATOMS);
    a.counts[100] = b.counts[100] = 1;
    g_assert_cmpuint(counts_compare(&a, &b, &counts_unit_bins).n_atoms, ==, 0);
}

static void
check_refused(AssayDivergenceConfig config, const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_divergence_check(&config, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, message);
}

static void
test_refused(void)
{
    AssayDivergenceConfig config = counts_unit_bins;
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_divergence_check(&config, &error));
    config.base = 1;
    check_refused(config, "the base of logarithms is 1: 2 gives bits, e nats");
    config.base = (double)NAN;
    check_refused(config, "the base of logarithms is nan: 2 gives bits, e nats");
    config = counts_unit_bins;
    config.min_atom = 1.5;
    check_refused(config, "the least share of an atom is 1.5: a share is within 0 to 1");
    config = counts_unit_bins;
    config.n_bins = 4097;
    check_refused(config, "the number of bins is 4097: 1 to 4096 can be, or exact ones");
    config.n_bins = 0;
    check_refused(config, "the number of bins is 0: 1 to 4096 can be, or exact ones");
    config.is_exact = TRUE;
    g_assert_true(assay_divergence_check(&config, &error));
    config = counts_unit_bins;
    config.high = 0;
    check_refused(config, "the width of the range of bins is 0: a finite one over 0 is needed");
    config.high = (double)INFINITY;
    check_refused(config, "the width of the range of bins is inf: a finite one over 0 is needed");
    config.high = (double)NAN;
    check_refused(config, "the width of the range of bins is nan: a finite one over 0 is needed");
}

static void
test_names(void)
{
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        const AssayMeasureFacts *facts = assay_measure_facts((AssayMeasure)i);

        g_assert_cmpint(assay_measure_from_name(facts->name), ==, i);
        g_assert_false(g_str_has_suffix(facts->convention, "."));
        g_assert_true(facts->is_binned == ((ASSAY_MEASURES_BINNED & ASSAY_MEASURES(i)) != 0));
    }
    g_assert_cmpint(assay_measure_from_name("none"), ==, -1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/divergence/by-hand", test_by_hand);
    g_test_add_func("/divergence/ranks-by-hand", test_ranks_by_hand);
    g_test_add_func("/divergence/place-of-ks", test_place_of_ks);
    g_test_add_func("/divergence/place-across-blocks", test_place_across_blocks);
    g_test_add_func("/divergence/bins", test_bins);
    g_test_add_func("/divergence/nothing", test_nothing);
    g_test_add_func("/divergence/infinite", test_infinite);
    g_test_add_func("/divergence/atoms", test_atoms);
    g_test_add_func("/divergence/refused", test_refused);
    g_test_add_func("/divergence/names", test_names);
    return g_test_run();
}
