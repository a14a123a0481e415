/* tests/unit/test-numbers.c - numbers of several rows beside those of one row after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/numbers.h>
#include <assay/base/random.h>
#include <assay/base/text.h>
#include <math.h>

enum { MOST = 40, ROUNDS = 2000 };

static void
assert_rows(const AssayNumbers *numbers, const double *values, size_t n, size_t row)
{
    for (size_t first = 0; first < n; first += row) {
        char made[MOST * ASSAY_TEXT_NUMBER_SIZE], alone[MOST * ASSAY_TEXT_NUMBER_SIZE];
        size_t here = MIN(row, n - first);
        const char *end = assay_numbers_put(numbers, first, here, made, ' ');

        assay_text_put_doubles(alone, values + first, here, ' ');
        g_assert_cmpstr(made, ==, alone);
        g_assert_true(*end == '\0');
    }
}

static void
test_rows(void)
{
    AssayNumbers *numbers = assay_numbers_new();
    AssayRandom random;

    assay_random_init(&random, 1, "numbers", "rows");
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t n = 1 + i % MOST;
        double values[MOST];

        for (size_t k = 0; k < n; k++) {
            double value = (double)(assay_random_u64(&random) >> 11) * 0x1p-40;

            values[k] = assay_random_below(&random, 5) > 0   ? value
                        : assay_random_below(&random, 2) > 0 ? trunc(value)
                                                             : (double)NAN;
        }
        assay_numbers_set(numbers, values, n);
        g_assert_true(assay_numbers_values(numbers) == values);
        assert_rows(numbers, values, n, 1 + i % 11);
    }
    assay_numbers_free(numbers);
    assay_numbers_free(NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/numbers/rows", test_rows);
    return g_test_run();
}
