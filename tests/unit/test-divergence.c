/* tests/unit/test-divergence.c - measures of two distributions: by hand, and what always holds.
 *
 * tests/reference/measures.t holds them against SciPy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/stats/divergence.h>
#include <float.h>
#include <math.h>
#include <string.h>

enum { MOST = 2000 };

/* A distribution over values 0 .. n - 1, or other ones. */
typedef struct {
    size_t n;
    double values[MOST];
    guint64 counts[MOST];
} Counts;

static AssayDivergence
compare(const Counts *a, const Counts *b, const AssayDivergenceConfig *config)
{
    AssayDivergence result;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayEcdf) reference = assay_ecdf_from_arrays(a->values, a->counts, a->n, &error);
    g_autoptr(AssayEcdf) candidate = assay_ecdf_from_arrays(b->values, b->counts, b->n, &error);

    g_assert_no_error(error);
    g_assert_true(assay_divergence_measure(reference, candidate, config, &result, &error));
    g_assert_no_error(error);
    return result;
}

static const AssayDivergenceConfig unit_bins = ASSAY_DIVERGENCE_CONFIG_DEFAULT;

static AssayDivergenceConfig
exact_bins(void)
{
    AssayDivergenceConfig config = unit_bins;

    config.is_exact = TRUE;
    return config;
}

static double
value_of(const AssayDivergence *result, AssayMeasure measure)
{
    return result->measured[measure].value;
}

#define VALUE(result, name) ((result).measured[ASSAY_MEASURE_##name].value)

static void
assert_near(double got, double expected)
{
    if (!(fabs(got - expected) <= 1e-13 * MAX(1, fabs(expected)))) {
        g_test_message("got %.17g, expected %.17g", got, expected);
        g_test_fail();
    }
}

/* (1, 2, 3, 4) and (4, 3, 2, 1) of four values: all that can be worked out on paper. */
static void
test_by_hand(void)
{
    static const Counts up = { 4, { 0, 1, 2, 3 }, { 1, 2, 3, 4 } };
    static const Counts down = { 4, { 0, 1, 2, 3 }, { 4, 3, 2, 1 } };
    AssayDivergenceConfig config = exact_bins();
    AssayDivergence result = compare(&up, &down, &config);

    /* F: .1 .3 .6 1, G: .4 .7 .9 1 */
    g_assert_cmpfloat(VALUE(result, KS), ==, .4);
    assert_near(VALUE(result, W1), .3 + .4 + .3);
    assert_near(VALUE(result, ENERGY), sqrt(2 * (.09 + .16 + .09)));
    g_assert_cmpfloat(VALUE(result, LINF), ==, .3);
    assert_near(VALUE(result, JSD), 0.15356065532898455);
    assert_near(sqrt(VALUE(result, JSD)), 0.3918681606471551);
    assert_near(VALUE(result, TV), .4);
    assert_near(VALUE(result, OVERLAP), .6);
    assert_near(VALUE(result, HELLINGER), sqrt(1 - 2 * sqrt(.04) - 2 * sqrt(.06)));
    assert_near(VALUE(result, KL), .3 * 2 + .1 * log2(1.5));
    assert_near(VALUE(result, KL_REVERSE), VALUE(result, KL));
    assert_near(VALUE(result, PSI), .6 * log(4) + .2 * log(1.5));
    assert_near(VALUE(result, CHI2), 9. / 5 * 2 + 1. / 5 * 2);
    g_assert_cmpuint(result.n_filled, ==, 4);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_LINF].at, ==, 0);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_LINF].reference, ==, .1);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_LINF].candidate, ==, .4);
    g_assert_true(isnan(result.measured[ASSAY_MEASURE_W1].at));
    config.base = G_E;
    result = compare(&up, &down, &config);
    assert_near(VALUE(result, JSD), 0.10644013528622319);
    assert_near(sqrt(VALUE(result, JSD)), 0.32625164411267443);
}

/* Midranks of 1 2 2 | 2 3: 1, 3, 3 and 3, 5. */
static void
test_ranks_by_hand(void)
{
    static const Counts a = { 2, { 1, 2 }, { 1, 2 } }, b = { 2, { 2, 3 }, { 1, 1 } };
    AssayDivergence result = compare(&a, &b, &unit_bins);
    double u = 3. * (0 + 1 + 0) + 2. * (4 + 9);

    assert_near(VALUE(result, CVM_U), u);
    assert_near(VALUE(result, CVM), u / (3 * 2 * 5) - (4 * 3 * 2 - 1) / (6. * 5));
    /* l, F - G in the middle, middle rank h: (1, 1/6, .5), (3, 5/12, 2.5), (1, 1/4, 4.5) */
    assert_near(VALUE(result, AD),
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
    AssayDivergence result = compare(&spread, &low, &unit_bins);
    const AssayMeasured *ks = &result.measured[ASSAY_MEASURE_KS];

    g_assert_cmpfloat(ks->value, ==, .5);
    g_assert_cmpfloat(ks->at, ==, 0);
    g_assert_false(ks->is_below);
    g_assert_cmpfloat(ks->reference, ==, .25);
    g_assert_cmpfloat(ks->candidate, ==, .75);
    result = compare(&spread, &high, &unit_bins);
    g_assert_cmpfloat(ks->value, ==, .5);
    g_assert_cmpfloat(ks->at, ==, .75);
    g_assert_true(ks->is_below);
    g_assert_cmpfloat(ks->reference, ==, .75);
    g_assert_cmpfloat(ks->candidate, ==, .25);
    result = compare(&spread, &spread, &unit_bins);
    g_assert_cmpfloat(ks->value, ==, 0);
    g_assert_true(isnan(ks->at));
    result = compare(&ends, &low, &unit_bins);
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
        result = compare(&a, &b, &unit_bins);
        g_assert_cmpfloat(result.measured[ASSAY_MEASURE_KS].at, ==, (double)last);
        g_assert_true(result.measured[ASSAY_MEASURE_KS].is_below);
        assert_near(VALUE(result, KS), (double)last / ((double)last + 1) -
                                           ((double)last + 1) / (2 * (double)last + 1));
    }
}

/* Three bins of [0, 1], as numpy.histogram([0, 1/3, .5, 2/3, 1], 3, (0, 1)): 1, 2, 2. */
static void
test_bins(void)
{
    Counts a = { 7, { -1, 0, 1. / 3, .5, 2. / 3, 1, 1.01 }, { 4, 1, 1, 1, 1, 1, 2 } };
    Counts b = { 3, { 0, .9, 7 }, { 1, 4, 3 } };
    AssayDivergenceConfig config = unit_bins;
    AssayDivergence result;

    config.n_bins = 3;
    result = compare(&a, &b, &config);
    g_assert_cmpuint(result.below.reference, ==, 4);
    g_assert_cmpuint(result.below.candidate, ==, 0);
    g_assert_cmpuint(result.above.reference, ==, 2);
    g_assert_cmpuint(result.above.candidate, ==, 3);
    g_assert_cmpuint(result.n_filled, ==, 3);
    assert_near(VALUE(result, TV), .4); /* .2 .4 .4 and .2 0 .8 */
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_TV].at, ==, .5);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_TV].reference, ==, .4);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_TV].candidate, ==, 0);
    g_assert_cmpfloat(VALUE(result, KL), ==, (double)INFINITY);
    g_assert_cmpfloat(VALUE(result, PSI), ==, (double)INFINITY);
    assert_near(VALUE(result, KL_REVERSE), .8);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_KL].at, ==, .5);
    /* Nothing of the candidate in range. */
    b.counts[0] = b.counts[1] = 0;
    result = compare(&a, &b, &config);
    g_assert_true(isnan(VALUE(result, JSD)) && isnan(VALUE(result, OVERLAP)));
    g_assert_cmpuint(result.above.candidate, ==, 3);
    g_assert_false(isnan(VALUE(result, KS)));
}

static void
random_counts(Counts *counts, AssayRandom *random, size_t n)
{
    counts->n = n;
    for (size_t i = 0; i < n; i++) {
        counts->values[i] = (double)i / (double)n;
        counts->counts[i] = assay_random_below(random, 5) * assay_random_below(random, 3);
    }
    counts->counts[n / 2]++;
}

/* Of p and p nothing but 0, and 1 of what is a similarity; nothing to point at. */
static void
check_equal(const Counts *a, const AssayDivergenceConfig *config)
{
    AssayDivergence result = compare(a, a, config);

    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        const AssayMeasureFacts *facts = assay_measure_facts((AssayMeasure)i);

        if (i != ASSAY_MEASURE_CVM_U && i != ASSAY_MEASURE_AD_STANDARD)
            assert_near(result.measured[i].value, facts->is_similarity ? 1 : 0);
        g_assert_true(isnan(result.measured[i].at));
    }
}

static void
check_symmetric(const Counts *a, const Counts *b, const AssayDivergenceConfig *config)
{
    AssayDivergence forth = compare(a, b, config), back = compare(b, a, config);

    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        if (assay_measure_facts((AssayMeasure)i)->is_symmetric &&
            !isinf(forth.measured[i].value + back.measured[i].value))
            assert_near(forth.measured[i].value, back.measured[i].value);
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
    AssayDivergenceConfig exact = exact_bins();
    AssayRandom random;

    assay_random_init(&random, 5, "divergence", "");
    for (int round = 0; round < 20; round++) {
        Counts a, b, c;
        AssayDivergence ab, bc, ac;
        size_t n = 1 + (size_t)assay_random_below(&random, 1500);

        random_counts(&a, &random, n);
        random_counts(&b, &random, n);
        random_counts(&c, &random, 1 + n / 2);
        check_equal(&a, &exact);
        check_equal(&a, &unit_bins);
        check_symmetric(&a, &b, &exact);
        check_symmetric(&a, &c, &unit_bins);
        ab = compare(&a, &b, &exact);
        bc = compare(&b, &c, &exact);
        ac = compare(&a, &c, &exact);
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
    random_counts(&a, &random, 700);
    random_counts(&b, &random, 700);
    before = compare(&a, &b, &unit_bins);
    for (size_t i = 0; i < 700; i++) {
        a.values[i] = 2 * a.values[i] + 1;
        b.values[i] = 2 * b.values[i] + 1;
    }
    after = compare(&a, &b, &unit_bins);
    assert_near(VALUE(after, W1), 2 * VALUE(before, W1));
    assert_near(VALUE(after, ENERGY), sqrt(2) * VALUE(before, ENERGY));
    g_assert_cmpfloat(VALUE(after, KS), ==, VALUE(before, KS));
    g_assert_cmpfloat(VALUE(after, CVM), ==, VALUE(before, CVM));
    g_assert_cmpfloat(VALUE(after, AD), ==, VALUE(before, AD));
    g_assert_cmpfloat(after.measured[ASSAY_MEASURE_KS].at, ==,
                      2 * before.measured[ASSAY_MEASURE_KS].at + 1);
    /* All of one side moved: W1 is by how much. */
    for (size_t i = 0; i < 700; i++)
        b.values[i] = a.values[i] + 3;
    memcpy(b.counts, a.counts, sizeof a.counts);
    assert_near(VALUE(compare(&a, &b, &unit_bins), W1), 3);
}

/* 2^40 times as many of each: products of counts do not fit 64 bits any more. */
static void
test_huge(void)
{
    AssayDivergenceConfig exact = exact_bins();
    Counts a, b;
    AssayDivergence small, large;
    AssayRandom random;

    assay_random_init(&random, 7, "divergence", "");
    random_counts(&a, &random, 600);
    random_counts(&b, &random, 500);
    small = compare(&a, &b, &exact);
    for (size_t i = 0; i < 600; i++) {
        a.counts[i] <<= 40;
        b.counts[i] <<= i < 500 ? 40 : 0;
    }
    large = compare(&a, &b, &exact);
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        if (!assay_measure_facts((AssayMeasure)i)->grows_with_n) {
            g_assert_cmpfloat(small.measured[i].value, ==, large.measured[i].value);
            g_assert_true(small.measured[i].at == large.measured[i].at ||
                          isnan(small.measured[i].at));
        }
    }
    assert_near(VALUE(large, CHI2), VALUE(small, CHI2) * 0x1p40);
}

static void
test_nothing(void)
{
    static const Counts none = { 2, { 0, 1 }, { 0, 0 } }, one = { 1, { .5 }, { 1 } };
    static const Counts same = { 1, { .5 }, { 9 } }, other = { 1, { .75 }, { 9 } };
    AssayDivergence result = compare(&none, &one, &unit_bins);

    for (int i = 0; i < ASSAY_N_MEASURES; i++)
        g_assert_true(isnan(result.measured[i].value) && isnan(result.measured[i].at));
    g_assert_cmpuint(result.n.candidate, ==, 1);
    g_assert_cmpuint(result.n_atoms, ==, 1);
    result = compare(&one, &none, &unit_bins);
    g_assert_true(isnan(VALUE(result, KS)));
    result = compare(&none, &none, &unit_bins);
    g_assert_true(isnan(VALUE(result, W1)));
    g_assert_cmpuint(result.n_atoms, ==, 0);
    check_equal(&one, &unit_bins);
    result = compare(&one, &same, &unit_bins);
    g_assert_cmpfloat(VALUE(result, KS), ==, 0);
    g_assert_cmpfloat(VALUE(result, AD), ==, 0);
    result = compare(&one, &other, &unit_bins);
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
    AssayDivergence result = compare(&a, &b, &unit_bins);

    g_assert_cmpfloat(VALUE(result, W1), ==, .5);
    g_assert_cmpuint(result.below.reference, ==, 1);
    g_assert_cmpuint(result.above.candidate, ==, 6);
    result = compare(&tiny, &zero, &unit_bins);
    g_assert_cmpfloat(VALUE(result, KS), ==, .5);
    g_assert_cmpfloat(result.measured[ASSAY_MEASURE_KS].at, ==, 0);
    result = compare(&wide, &zero, &unit_bins);
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
    result = compare(&a, &b, &unit_bins);
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
    result = compare(&a, &b, &unit_bins);
    g_assert_cmpuint(result.n_atoms, ==, ASSAY_DIVERGENCE_ATOMS);
    g_assert_cmpfloat(result.atoms[0].value, ==, 34);
    g_assert_cmpfloat(result.atoms[15].value, ==, 49);
    for (size_t i = 0; i < 400; i++)
        a.counts[i] = b.counts[i] = i == 0 ? 1 : (i < 100 ? 1 : 0);
    g_assert_cmpuint(compare(&a, &b, &unit_bins).n_atoms, ==, ASSAY_DIVERGENCE_ATOMS);
    a.counts[100] = b.counts[100] = 1;
    g_assert_cmpuint(compare(&a, &b, &unit_bins).n_atoms, ==, 0);
}

/* By counts it is the same, to the last bit; and alone each measure is what it is among all. */
static void
test_of_counts(void)
{
    AssayDivergenceConfig configs[] = { unit_bins, exact_bins() };
    Counts a, b;
    AssayRandom random;

    assay_random_init(&random, 8, "divergence", "");
    for (size_t n = 1; n < MOST; n = 2 * n + 1) {
        random_counts(&a, &random, n);
        random_counts(&b, &random, n);
        for (int i = 0; i < 2; i++) {
            AssayDivergence drawn = compare(&a, &b, &configs[i]), counted;

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
    AssayDivergenceConfig config = unit_bins;
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_divergence_check(&config, &error));
    config.base = 1;
    check_refused(config, "the base of logarithms is 1: 2 gives bits, e nats");
    config.base = (double)NAN;
    check_refused(config, "the base of logarithms is nan: 2 gives bits, e nats");
    config = unit_bins;
    config.min_atom = 1.5;
    check_refused(config, "the least share of an atom is 1.5: a share is within 0 to 1");
    config = unit_bins;
    config.n_bins = 4097;
    check_refused(config, "the number of bins is 4097: 1 to 4096 can be, or exact ones");
    config.n_bins = 0;
    check_refused(config, "the number of bins is 0: 1 to 4096 can be, or exact ones");
    config.is_exact = TRUE;
    g_assert_true(assay_divergence_check(&config, &error));
    config = unit_bins;
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
    g_test_add_func("/divergence/invariants", test_invariants);
    g_test_add_func("/divergence/moved", test_moved);
    g_test_add_func("/divergence/huge", test_huge);
    g_test_add_func("/divergence/nothing", test_nothing);
    g_test_add_func("/divergence/infinite", test_infinite);
    g_test_add_func("/divergence/atoms", test_atoms);
    g_test_add_func("/divergence/of-counts", test_of_counts);
    g_test_add_func("/divergence/refused", test_refused);
    g_test_add_func("/divergence/names", test_names);
    return g_test_run();
}
