/* tests/unit/test-shortest.c - the fewest digits, one by one and eight at a time, beside printf(3).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <assay/base/shortest-eight-private.h>
#include <assay/base/shortest-private.h>
#include <assay/base/text.h>
#include <math.h>
#include <string.h>

enum { ROUNDS = 40000 };

static void
print_by_trial(char *text, double value)
{
    static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

    if (isnan(value) || !(value < 0 || value > 0))
        strcpy(text, isnan(value) ? "NA" : "0");
    for (size_t i = 0; i < G_N_ELEMENTS(formats) && (value < 0 || value > 0); i++) {
        g_ascii_formatd(text, ASSAY_TEXT_NUMBER_SIZE, formats[i], value);
        if (g_ascii_strtod(text, NULL) == value)
            return;
    }
}

/* Returns how many the vectors made. */
static size_t
assert_all(const double *values, size_t n)
{
    AssayEightTexts texts;
    guint made = assay_eight_texts_can() ? assay_eight_texts(values, n, &texts) : 0;
    size_t n_made = 0;

    g_assert_cmpuint(made >> n, ==, 0);
    for (size_t k = 0; k < n; k++) {
        char expected[ASSAY_TEXT_NUMBER_SIZE], text[ASSAY_TEXT_NUMBER_SIZE];
        AssayDecimal decimal = assay_shortest_find(values[k]);

        print_by_trial(expected, values[k]);
        if (decimal.digits != 0) {
            assay_shortest_put(text, decimal);
            g_assert_cmpstr(text, ==, expected);
        }
        if ((made >> k & 1) != 0) {
            *assay_eight_texts_put(&texts, k, text) = '\0';
            g_assert_cmpstr(text, ==, expected);
            n_made++;
        }
    }
    return n_made;
}

static double
any_bits(AssayRandom *random, int least, guint32 n)
{
    guint64 mantissa = assay_random_u64(random) >> 12 | G_GUINT64_CONSTANT(1) << 52;
    int exponent = least + (int)assay_random_below(random, n);

    return ldexp((double)mantissa, exponent - 52) * (assay_random_below(random, 2) == 0 ? 1 : -1);
}

/* Those of tables: of all digits, quotients, of few digits, and next to powers of ten. */
static double
any_number(AssayRandom *random, guint kind)
{
    double whole = (double)assay_random_below(random, 100000);
    double unit = pow(10, (double)assay_random_below(random, 8));

    switch (kind % 5) {
    case 0:
        return any_bits(random, -13, 36);
    case 1:
        return whole / (1 + (double)assay_random_below(random, 1000));
    case 2:
        return whole / unit;
    case 3:
        return whole < 50000 ? any_bits(random, -3, 3)
                             : (whole < 70000   ? (double)NAN
                                : whole < 80000 ? -0.0
                                                : 0);
    default:
        return (assay_random_below(random, 2) == 0 ? unit : 1 / unit) *
               (1 + ((double)assay_random_below(random, 9) - 4) * 0x1p-52);
    }
}

static void
test_tables(void)
{
    AssayRandom random;
    size_t n_made = 0;

    assay_random_init(&random, 1, "shortest", "tables");
    for (guint i = 0; i < ROUNDS; i++) {
        size_t n = 1 + i % ASSAY_EIGHT;
        double values[ASSAY_EIGHT];

        for (size_t k = 0; k < n; k++)
            values[k] = any_number(&random, i / 64 + (guint)k);
        n_made += assert_all(values, n);
    }
    if (assay_eight_texts_can())
        g_assert_cmpuint(n_made, >, ROUNDS * 2);
}

/* What has no digits or another form is left out, whatever stands beside it. */
static void
test_odd(void)
{
    const double values[ASSAY_EIGHT] = {
        -(double)INFINITY, (double)INFINITY, 1, 17, 0.25, 12345678.5, 1e-5, 1e300
    };
    AssayRandom random;

    if (assay_eight_texts_can()) {
        AssayEightTexts texts;

        g_assert_cmpuint(assay_eight_texts(values, ASSAY_EIGHT, &texts), ==, 0);
    }
    assay_random_init(&random, 1, "shortest", "odd");
    for (guint i = 0; i < ROUNDS / 4; i++) {
        double any[ASSAY_EIGHT];

        for (size_t k = 0; k < ASSAY_EIGHT; k++)
            any[k] = any_bits(&random, -1000, 2000);
        assert_all(any, ASSAY_EIGHT);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shortest/tables", test_tables);
    g_test_add_func("/shortest/odd", test_odd);
    return g_test_run();
}
