/* tests/unit/test-random.c
 *
 * The generator's and the hash's outputs were computed by an independent implementation (Python
 * integers, hashlib).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <string.h>

/* The published generator from the state 1, 2, 3, 4. */
static void
test_generator(void)
{
    static const guint64 expected[] = {
        G_GUINT64_CONSTANT(11520),
        G_GUINT64_CONSTANT(0),
        G_GUINT64_CONSTANT(1509978240),
        G_GUINT64_CONSTANT(1215971899390074240),
        G_GUINT64_CONSTANT(1216172134540287360),
        G_GUINT64_CONSTANT(607988272756665600),
        G_GUINT64_CONSTANT(16172922978634559625),
        G_GUINT64_CONSTANT(8476171486693032832),
        G_GUINT64_CONSTANT(10595114339597558777),
        G_GUINT64_CONSTANT(2904607092377533576),
    };
    AssayRandom random = { { 1, 2, 3, 4 } };

    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpuint(assay_random_u64(&random), ==, expected[i]);
}

static void
test_identity(void)
{
    static const struct {
        guint64 seed;
        const char *stage, *identity;
        guint64 state0, first, second;
    } rows[] = {
        { 0, "", "", G_GUINT64_CONSTANT(0x4c558cfbef843080), G_GUINT64_CONSTANT(0x7266c0daaf5df07b),
          G_GUINT64_CONSTANT(0x4dcf04fcfe0e095a) },
        { 42, "bernoulli", "bach-001", G_GUINT64_CONSTANT(0x3c31974ba7fdda9f),
          G_GUINT64_CONSTANT(0x5ea2aacbc57a3e5a), G_GUINT64_CONSTANT(0x866722ef6fb04da4) },
        { G_MAXUINT64, "permutation", "Pr\303\244ludium/a\n",
          G_GUINT64_CONSTANT(0xab76dac0a13a65a6), G_GUINT64_CONSTANT(0x4185eadb8c3c2319),
          G_GUINT64_CONSTANT(0x89e50942630773d2) },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        AssayRandom random;

        assay_random_init(&random, rows[i].seed, rows[i].stage, rows[i].identity);
        g_assert_cmphex(random.state[0], ==, rows[i].state0);
        g_assert_cmphex(assay_random_u64(&random), ==, rows[i].first);
        g_assert_cmphex(assay_random_u64(&random), ==, rows[i].second);
    }
}

static void
test_strangers(void)
{
    static const struct {
        guint64 seed;
        const char *stage, *identity;
    } rows[] = {
        { 1, "a", "bc" }, { 1, "ab", "c" }, { 1, "abc", "" },   { 1, "", "abc" },
        { 2, "a", "bc" }, { 1, "bc", "a" }, { 256, "a", "bc" },
    };
    AssayRandom randoms[G_N_ELEMENTS(rows)];

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        assay_random_init(&randoms[i], rows[i].seed, rows[i].stage, rows[i].identity);
        for (size_t j = 0; j < i; j++)
            g_assert_cmpuint(randoms[i].state[0], !=, randoms[j].state[0]);
    }
}

static void
test_double(void)
{
    AssayRandom random;
    double sum = 0;

    assay_random_init(&random, 42, "bernoulli", "bach-001");
    g_assert_cmpfloat(assay_random_double(&random), ==, 0.36966960406196214);
    g_assert_cmpfloat(assay_random_double(&random), ==, 0.5250112375794639);
    g_assert_cmpfloat(assay_random_double(&random), ==, 0.8443094791243139);
    for (int i = 0; i < 100000; i++) {
        double x = assay_random_double(&random);

        g_assert_true(x >= 0 && x < 1);
        sum += x;
    }
    /* Five standard errors of the mean of 100,000: 5 * sqrt(1/12) / sqrt(100000). */
    g_assert_cmpfloat_with_epsilon(sum / 100000, 0.5, 0.0046);
}

static void
test_below(void)
{
    static const guint64 dice[] = { 2, 3, 5, 4, 2, 3, 4, 0, 5, 0, 2, 3 };
    static const guint64 large[] = {
        /* below 3 * 2^62, where a third of the draws is refused */
        G_GUINT64_CONSTANT(5114400433470418627), G_GUINT64_CONSTANT(11681070660309927717),
        G_GUINT64_CONSTANT(10206953826811796697), G_GUINT64_CONSTANT(7961616989011498359)
    };
    AssayRandom random;
    guint counts[6] = { 0 };
    double chi2 = 0;

    assay_random_init(&random, 42, "bernoulli", "bach-001");
    for (size_t i = 0; i < G_N_ELEMENTS(dice); i++)
        g_assert_cmpuint(assay_random_below(&random, 6), ==, dice[i]);
    assay_random_init(&random, 42, "bernoulli", "bach-001");
    for (size_t i = 0; i < G_N_ELEMENTS(large); i++)
        g_assert_cmpuint(assay_random_below(&random, G_GUINT64_CONSTANT(3) << 62), ==, large[i]);
    for (int i = 0; i < 60000; i++)
        counts[assay_random_below(&random, 6)]++;
    for (int i = 0; i < 6; i++)
        chi2 += (counts[i] - 10000.0) * (counts[i] - 10000.0) / 10000;
    g_assert_cmpfloat(chi2, <, 25.7); /* the upper 10^-4 quantile for 5 degrees of freedom */
    g_assert_cmpuint(assay_random_below(&random, 1), ==, 0);
}

static void
test_shuffle(void)
{
    static const size_t expected[] = { 3, 5, 8, 2, 6, 7, 9, 1, 4, 0 };
    size_t indices[10];
    AssayRandom random;

    for (size_t i = 0; i < 10; i++)
        indices[i] = i;
    assay_random_init(&random, 42, "bernoulli", "bach-001");
    assay_random_shuffle(&random, indices, 10);
    g_assert_true(memcmp(indices, expected, sizeof expected) == 0);
    assay_random_shuffle(&random, NULL, 0);
}

/* Each of the ten pairs out of five comes equally often, with no reset between the draws. */
static void
test_choose(void)
{
    size_t indices[5] = { 0, 1, 2, 3, 4 };
    guint counts[32] = { 0 };
    AssayRandom random;
    double chi2 = 0;
    int n_pairs = 0;

    assay_random_init(&random, 7, "choose", "");
    for (int i = 0; i < 50000; i++) {
        assay_random_choose(&random, indices, 5, 2);
        g_assert_cmpuint(indices[0], !=, indices[1]);
        counts[(1u << indices[0]) | (1u << indices[1])]++;
    }
    for (int i = 0; i < 32; i++) {
        if (counts[i] == 0)
            continue;
        n_pairs++;
        chi2 += (counts[i] - 5000.0) * (counts[i] - 5000.0) / 5000;
    }
    g_assert_cmpint(n_pairs, ==, 10);
    g_assert_cmpfloat(chi2, <, 33.7); /* the upper 10^-4 quantile for 9 degrees of freedom */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/random/generator", test_generator);
    g_test_add_func("/random/identity", test_identity);
    g_test_add_func("/random/strangers", test_strangers);
    g_test_add_func("/random/double", test_double);
    g_test_add_func("/random/below", test_below);
    g_test_add_func("/random/shuffle", test_shuffle);
    g_test_add_func("/random/choose", test_choose);
    return g_test_run();
}
