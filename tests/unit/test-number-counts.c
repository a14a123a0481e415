/* Counts of numbers, beside an array of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/number-counts.h>

static void
test_few(void)
{
    g_autoptr(AssayNumberCounts) counts = assay_number_counts_new();
    guint64 number, count, sum = 0;
    size_t at = 0, n = 0;

    g_assert_cmpuint(assay_number_counts_size(counts), ==, 0);
    g_assert_false(assay_number_counts_next(counts, &at, &number, NULL));
    g_assert_cmpuint(assay_number_counts_get(counts, 0), ==, 0);
    assay_number_counts_add(counts, 0, 3);
    assay_number_counts_add(counts, G_MAXUINT64, 1);
    assay_number_counts_add(counts, 0, 4);
    g_assert_cmpuint(assay_number_counts_size(counts), ==, 2);
    g_assert_cmpuint(assay_number_counts_get(counts, 0), ==, 7);
    g_assert_cmpuint(assay_number_counts_get(counts, G_MAXUINT64), ==, 1);
    g_assert_cmpuint(assay_number_counts_get(counts, 64), ==, 0);
    for (at = 0; assay_number_counts_next(counts, &at, &number, &count); n++)
        sum += number ^ count;
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpuint(sum, ==, 7 + (G_MAXUINT64 ^ 1));
}

/* @step: what the numbers are multiples of: with a large power of two all begin in one slot. */
static void
check_many(guint64 step, guint n_numbers, guint n_calls, size_t n_expected_numbers)
{
    g_autoptr(AssayNumberCounts) counts = assay_number_counts_new();
    enum { N_SOME = 40 };
    g_autofree guint64 *expected = g_new0(guint64, n_numbers);
    guint64 some[N_SOME], number, count, state = 1;
    size_t at = 0, n = 0, n_expected = 0;

    for (guint i = 0; i < n_calls; i++) {
        guint which;

        if (i == n_calls / 2)
            assay_number_counts_expect(counts, n_expected_numbers);
        state = state * 6364136223846793005 + 1442695040888963407;
        which = (guint)(state >> 33) % n_numbers;
        assay_number_counts_add(counts, which * step, 1 + i % 3);
        expected[which] += 1 + i % 3;
        some[i % N_SOME] = ((which + i) % n_numbers) * step;
        if (i % N_SOME != N_SOME - 1)
            continue;
        assay_number_counts_add_each(counts, some, N_SOME);
        for (guint k = 0; k < N_SOME; k++)
            expected[some[k] / step]++;
    }
    for (guint i = 0; i < n_numbers; i++) {
        g_assert_cmpuint(assay_number_counts_get(counts, i * step), ==, expected[i]);
        n_expected += expected[i] > 0;
    }
    g_assert_cmpuint(assay_number_counts_size(counts), ==, n_expected);
    for (; assay_number_counts_next(counts, &at, &number, &count); n++)
        g_assert_cmpuint(count, ==, expected[number / step]);
    g_assert_cmpuint(n, ==, n_expected);
}

static void
test_many(void)
{
    check_many(1, 5000, 8000, 0);
    check_many(0x9e3779b97f4a7, 5000, 8000, 20000);
    check_many((guint64)1 << 40, 300, 1000, 100);
}

/* Each once, which takes less memory; then one of them again. */
static void
test_once(void)
{
    g_autoptr(AssayNumberCounts) counts = assay_number_counts_new();
    enum { N = 3000 };
    guint64 number, count, sum = 0;
    size_t at = 0;

    for (guint64 i = 0; i < N; i++)
        assay_number_counts_add(counts, i * i, 1);
    g_assert_cmpuint(assay_number_counts_size(counts), ==, N);
    g_assert_cmpuint(assay_number_counts_get(counts, 49), ==, 1);
    g_assert_cmpuint(assay_number_counts_get(counts, 50), ==, 0);
    assay_number_counts_add(counts, 49, 1);
    g_assert_cmpuint(assay_number_counts_get(counts, 49), ==, 2);
    g_assert_cmpuint(assay_number_counts_get(counts, 64), ==, 1);
    g_assert_cmpuint(assay_number_counts_get(counts, 50), ==, 0);
    while (assay_number_counts_next(counts, &at, &number, &count))
        sum += count;
    g_assert_cmpuint(sum, ==, N + 1);
}

/* Multiples of 6, 0 among them, below 1,200; and of 4, of which there are more. */
static void
test_shared(void)
{
    g_autoptr(AssayNumberCounts) a = assay_number_counts_new(), b = assay_number_counts_new();

    g_assert_cmpuint(assay_number_counts_n_shared(a, b), ==, 0);
    for (guint64 i = 0; i < 200; i++)
        assay_number_counts_add(a, 6 * i, 1 + i % 2);
    g_assert_cmpuint(assay_number_counts_n_shared(a, b), ==, 0);
    for (guint64 i = 0; i < 1000; i++)
        assay_number_counts_add(b, 4 * i, 1);
    g_assert_cmpuint(assay_number_counts_n_shared(a, b), ==, 100);
    g_assert_cmpuint(assay_number_counts_n_shared(b, a), ==, 100);
    g_assert_cmpuint(assay_number_counts_n_shared(a, a), ==, 200);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number-counts/few", test_few);
    g_test_add_func("/number-counts/many", test_many);
    g_test_add_func("/number-counts/once", test_once);
    g_test_add_func("/number-counts/shared", test_shared);
    return g_test_run();
}
