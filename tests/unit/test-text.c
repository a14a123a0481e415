/* tests/unit/test-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/base/text.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
test_escape_name(void)
{
    static const struct {
        const char *name, *escaped, *shown;
    } rows[] = {
        { "", "", "" },
        { "bach/001", "bach/001", "bach/001" },
        { "Pr\303\244ludium", "Pr\303\244ludium", "Pr\303\244ludium" },
        { "\346\227\245\346\234\254 \360\237\216\265", "\346\227\245\346\234\254 \360\237\216\265",
          "\346\227\245\346\234\254 \360\237\216\265" },
        { "a\nb\tc", "a%0Ab%09c", "a%0Ab%09c" },
        { "100%", "100%25", "100%" },
        { "\033[31m\177", "%1B[31m%7F", "%1B[31m%7F" },
        { "\302\205", "%C2%85", "%C2%85" }, /* U+0085, a C1 control */
        { "\302\240", "\302\240", "\302\240" },
        { "Pr\344ludium", "Pr%E4ludium", "Pr%E4ludium" }, /* Latin-1 */
        { "\300\257", "%C0%AF", "%C0%AF" },               /* overlong */
        { "\355\240\200", "%ED%A0%80", "%ED%A0%80" },     /* a surrogate */
        { "end\303", "end%C3", "end%C3" },                /* cut short */
        { "\364\220\200\200", "%F4%90%80%80", "%F4%90%80%80" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *escaped = assay_text_escape_name(rows[i].name);
        g_autofree char *shown = assay_text_escape_controls(rows[i].name);

        g_assert_cmpstr(escaped, ==, rows[i].escaped);
        g_assert_cmpstr(shown, ==, rows[i].shown);
    }
}

static void
test_index(void)
{
    static const size_t indices[] = { 0, 9, 10, 12345, G_MAXSIZE };

    for (size_t i = 0; i < G_N_ELEMENTS(indices); i++) {
        char index[ASSAY_TEXT_INDEX_SIZE];
        const char *end = assay_text_put_index(index, indices[i]);
        g_autofree char *expected = g_strdup_printf("[%" G_GSIZE_FORMAT "]", indices[i]);

        g_assert_cmpstr(index, ==, expected);
        g_assert_true(end == index + strlen(expected));
    }
}

static void
test_escape_tsv(void)
{
    static const struct {
        const char *text, *escaped;
    } rows[] = {
        { "", "" },       { "plain", "plain" }, { "a\tb\nc\\d", "a\\tb\\nc\\\\d" },
        { "\\", "\\\\" }, { "\\n", "\\\\n" },   { "\t\t", "\\t\\t" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *escaped = assay_text_escape_tsv(rows[i].text);

        g_assert_cmpstr(escaped, ==, rows[i].escaped);
        g_assert_true(assay_text_unescape_tsv(escaped, NULL));
        g_assert_cmpstr(escaped, ==, rows[i].text);
    }
}

static void
test_unescape_tsv(void)
{
    static const char *const wrong[] = { "\\", "a\\", "\\x", "\\\\\\", "C:\\Users" };

    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *text = g_strdup(wrong[i]);
        g_autoptr(GError) error = NULL;

        g_assert_false(assay_text_unescape_tsv(text, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
    }
}

static void
test_display_width(void)
{
    g_assert_cmpuint(assay_text_display_width(""), ==, 0);
    g_assert_cmpuint(assay_text_display_width("abc"), ==, 3);
    g_assert_cmpuint(assay_text_display_width("Pr\303\244"), ==, 3);
    g_assert_cmpuint(assay_text_display_width("a\314\210"), ==, 1);
    g_assert_cmpuint(assay_text_display_width("\346\227\245\346\234\254"), ==, 4);
}

static const struct {
    double value;
    const char *all, *four;
} numbers[] = {
    { 0, "0", "0" },
    { -0.0, "0", "0" },
    { 1, "1", "1" },
    { -1, "-1", "-1" },
    { 0.1, "0.1", "0.1" },
    { 1e6, "1000000", "1000000" },
    { 9007199254740992.0, "9007199254740992", "9007199254740992" },
    { -9007199254740992.0, "-9007199254740992", "-9007199254740992" },
    { 9007199254740994.0, "9007199254740994", "9.007e+15" },
    { 1e16, "1e+16", "1e+16" },
    { 1e300, "1e+300", "1e+300" },
    { 0.1 + 0.2, "0.30000000000000004", "0.3" },
    { 1.0 / 3, "0.3333333333333333", "0.3333" },
    { 2.0 / 3, "0.6666666666666666", "0.6667" },
    { 0.0001, "0.0001", "0.0001" },
    { 0.00001, "1e-05", "1e-05" },
    { 1234.5678, "1234.5678", "1235" },
    { 9999.5, "9999.5", "10000" },
    { 9999.49, "9999.49", "9999" },
    { 999.96, "999.96", "1000" },
    { -58534.7, "-58534.7", "-58535" },
    { 123456789012.5, "123456789012.5", "123456789012" },
    { DBL_MAX, "1.7976931348623157e+308", "1.798e+308" },
    { -DBL_MAX, "-1.7976931348623157e+308", "-1.798e+308" },
    { DBL_MIN, "2.2250738585072014e-308", "2.225e-308" },
    { 4.9406564584124654e-324, "5e-324", "4.941e-324" },
    { (double)INFINITY, "inf", "inf" },
    { -(double)INFINITY, "-inf", "-inf" },
    { (double)NAN, "NA", "NA" },
};

static void
check_numbers(void)
{
    char buffer[ASSAY_TEXT_NUMBER_SIZE];

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_assert_cmpstr(assay_text_double(buffer, numbers[i].value), ==, numbers[i].all);
        g_assert_cmpstr(assay_text_double_digits(buffer, numbers[i].value, 4), ==, numbers[i].four);
    }
    g_assert_cmpstr(assay_text_double_digits(buffer, 0.123456, 1), ==, "0.1");
    g_assert_cmpstr(assay_text_double_digits(buffer, 0.123456, 0), ==, "0.1");
    g_assert_cmpstr(assay_text_double_digits(buffer, 1.0 / 3, 99), ==, "0.333333333333333");
}

static void
test_double(void)
{
    check_numbers();
}

static void
test_locale(void)
{
    static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE" };
    const char *found = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(names) && found == NULL; i++)
        found = setlocale(LC_NUMERIC, names[i]);
    if (found == NULL) {
        g_test_skip("no locale with a decimal comma is installed");
        return;
    }
    check_numbers();
    setlocale(LC_NUMERIC, "C");
}

/* Random bits read back as they were, and no shorter text does. */
static void
test_round_trip(void)
{
    AssayRandom random;

    assay_random_init(&random, 1, "text", "round trip");
    for (int i = 0; i < 200000; i++) {
        char buffer[ASSAY_TEXT_NUMBER_SIZE], shorter[ASSAY_TEXT_NUMBER_SIZE];
        guint64 bits = assay_random_u64(&random);
        int n_digits = 0;
        double value;

        if (i % 4 == 0)
            bits &= G_GUINT64_CONSTANT(0x801fffffffffffff); /* subnormals and their neighbours */
        if (i % 4 == 1)
            bits = (bits & ~G_GUINT64_CONSTANT(0x7ff0000000000000)) |
                   G_GUINT64_CONSTANT(0x3fc0000000000000);
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value) || trunc(value) == value)
            continue;
        g_assert_cmpuint(strlen(assay_text_double(buffer, value)), <, sizeof buffer);
        if (g_ascii_strtod(buffer, NULL) != value)
            g_test_message("%s", buffer);
        g_assert_true(g_ascii_strtod(buffer, NULL) == value);
        for (const char *at = buffer; *at != '\0' && *at != 'e'; at++)
            n_digits += g_ascii_isdigit(*at) && !(n_digits == 0 && *at == '0') ? 1 : 0;
        if (n_digits > 1 && n_digits <= 17) {
            char format[16];

            g_snprintf(format, sizeof format, "%%.%dg", n_digits - 1);
            g_ascii_formatd(shorter, sizeof shorter, format, value);
            g_assert_false(g_ascii_strtod(shorter, NULL) == value);
        }
    }
}

static void
test_count(void)
{
    char buffer[ASSAY_TEXT_NUMBER_SIZE];

    g_assert_cmpstr(assay_text_count(buffer, 0), ==, "0");
    g_assert_cmpstr(assay_text_count(buffer, 999), ==, "999");
    g_assert_cmpstr(assay_text_count(buffer, 1000), ==, "1,000");
    g_assert_cmpstr(assay_text_count(buffer, 58534), ==, "58,534");
    g_assert_cmpstr(assay_text_count(buffer, 123456), ==, "123,456");
    g_assert_cmpstr(assay_text_count(buffer, G_MAXUINT64), ==, "18,446,744,073,709,551,615");
}

static void
assert_ratio(const char *text, gboolean decimals, guint32 num, guint32 den)
{
    guint32 a = 0, b = 0;

    if (assay_text_ratio(text, decimals, 1000, &a, &b) != (num > 0) || a != num || b != den)
        g_test_fail_printf("\"%s\" is %u/%u, not %u/%u", text, a, b, num, den);
}

static void
test_ratio(void)
{
    assert_ratio("3", FALSE, 3, 1);
    assert_ratio("6/4", FALSE, 3, 2);
    assert_ratio("1000/999", FALSE, 1000, 999);
    assert_ratio("1.5", TRUE, 3, 2);
    assert_ratio("0.25", TRUE, 1, 4);
    assert_ratio("10.00", TRUE, 10, 1);
    assert_ratio("0.125000", TRUE, 1, 8);
    assert_ratio("1.5", FALSE, 0, 0);
    assert_ratio("0.1250000", TRUE, 0, 0);
    assert_ratio("1001", TRUE, 0, 0);
    assert_ratio("1/1001", TRUE, 0, 0);
    assert_ratio("0.0001", TRUE, 0, 0);
    assert_ratio("1.", TRUE, 0, 0);
    assert_ratio(".5", TRUE, 0, 0);
    assert_ratio("1/1.5", TRUE, 0, 0);
    assert_ratio("0", TRUE, 0, 0);
    assert_ratio("1/0", TRUE, 0, 0);
    assert_ratio("", TRUE, 0, 0);
    assert_ratio("-1", TRUE, 0, 0);
    assert_ratio("1 ", TRUE, 0, 0);
    assert_ratio("9999999999999999999999999", TRUE, 0, 0);
    assert_ratio("1/9999999999999999999999999", TRUE, 0, 0);
}

/* What printf(3) and strtod(3) come to, one digit more at a time. */
static char *
plainly(char *buffer, double value)
{
    static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_ascii_formatd(buffer, ASSAY_TEXT_NUMBER_SIZE, formats[i], value);
        if (g_ascii_strtod(buffer, NULL) == value)
            break;
    }
    return buffer;
}

/* Fractions of all sizes, round ones, powers of two and of ten and their neighbours, halves of the
 * last digit: the quick way writes what the plain one does. */
static void
test_quick(void)
{
    AssayRandom random;

    assay_random_init(&random, 2, "text", "quick");
    for (int i = 0; i < 300000; i++) {
        guint64 bits = assay_random_u64(&random);
        double fraction = (double)(bits >> 11) * 0x1.0p-53;
        int exponent = (int)assay_random_below(&random, 120) - 60;
        const double values[] = { ldexp(fraction, exponent),
                                  -fraction,
                                  (double)(bits % 1000000) / 1000,
                                  (double)(bits % 100000000000) / 1e7,
                                  ldexp(1, exponent),
                                  nextafter(ldexp(1, exponent), i % 2 == 0 ? 0 : 1e300),
                                  (double)(bits % 784) / 784,
                                  nextafter(pow(10, (double)(bits % 32) - 17),
                                            i % 2 == 0 ? 0 : 1e300),
                                  pow(10, (double)(bits % 32) - 17),
                                  ldexp((double)(bits % 4096) + 0.5, -(int)(bits >> 58)) };
        double value = values[i % (int)G_N_ELEMENTS(values)];
        char quick[ASSAY_TEXT_NUMBER_SIZE], plain[ASSAY_TEXT_NUMBER_SIZE];

        if (trunc(value) == value)
            continue;
        assay_text_double(quick, value);
        plainly(plain, value);
        if (strcmp(quick, plain) != 0)
            g_test_fail_printf("%s instead of %s", quick, plain);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/text/escape-name", test_escape_name);
    g_test_add_func("/text/index", test_index);
    g_test_add_func("/text/escape-tsv", test_escape_tsv);
    g_test_add_func("/text/unescape-tsv", test_unescape_tsv);
    g_test_add_func("/text/display-width", test_display_width);
    g_test_add_func("/text/double", test_double);
    g_test_add_func("/text/quick", test_quick);
    g_test_add_func("/text/locale", test_locale);
    g_test_add_func("/text/round-trip", test_round_trip);
    g_test_add_func("/text/count", test_count);
    g_test_add_func("/text/ratio", test_ratio);
    return g_test_run();
}
