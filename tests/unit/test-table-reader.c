/* tests/unit/test-table-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/base/table.h>
#include <math.h>
#include <string.h>

static AssayTableReader *
reader_of(const char *text, GError **error)
{
    return assay_table_reader_new_for_bytes(text, strlen(text), "t.tsv", error);
}

static gboolean
next_row(AssayTableReader *reader)
{
    g_autoptr(GError) error = NULL;
    gboolean is_row;

    g_assert_true(assay_table_reader_next(reader, &is_row, &error));
    g_assert_no_error(error);
    return is_row;
}

static void
test_read(void)
{
    g_autoptr(AssayTableReader) reader = reader_of("item\tbar\tbits\n"
                                                   "a\\tb\\\\n\t-12\t0.5\n"
                                                   "\n"
                                                   "NA\tNA\tNA\n"
                                                   "\t9223372036854775807\t-1e-3",
                                                   NULL);
    size_t item = 9, bar = 9, bits = 9;
    gint64 whole = 0;
    double real = 0;

    g_assert_nonnull(reader);
    g_assert_cmpuint(assay_table_reader_n_columns(reader), ==, 3);
    g_assert_cmpstr(assay_table_reader_peek_column(reader, 2), ==, "bits");
    g_assert_true(assay_table_reader_find(reader, "bits", &bits, NULL));
    g_assert_true(assay_table_reader_find(reader, "item", &item, NULL));
    g_assert_true(assay_table_reader_find(reader, "bar", &bar, NULL));

    g_assert_true(next_row(reader));
    g_assert_cmpuint(assay_table_reader_line(reader), ==, 2);
    g_assert_cmpstr(assay_table_reader_peek_text(reader, item), ==, "a\tb\\n");
    g_assert_true(assay_table_reader_int(reader, bar, &whole, NULL));
    g_assert_cmpint(whole, ==, -12);
    g_assert_true(assay_table_reader_real(reader, bits, &real, NULL));
    g_assert_cmpfloat(real, ==, 0.5);
    g_assert_false(assay_table_reader_is_na(reader, item));

    g_assert_true(next_row(reader));
    g_assert_cmpuint(assay_table_reader_line(reader), ==, 4);
    g_assert_true(assay_table_reader_is_na(reader, item));
    g_assert_true(assay_table_reader_real(reader, bits, &real, NULL));
    g_assert_true(isnan(real));
    g_assert_false(assay_table_reader_int(reader, bar, &whole, NULL));

    g_assert_true(next_row(reader));
    g_assert_cmpstr(assay_table_reader_peek_text(reader, item), ==, "");
    g_assert_true(assay_table_reader_int(reader, bar, &whole, NULL));
    g_assert_cmpint(whole, ==, G_MAXINT64);
    g_assert_true(assay_table_reader_real(reader, bits, &real, NULL));
    g_assert_cmpfloat(real, ==, -1e-3);
    g_assert_false(next_row(reader));
    g_assert_false(next_row(reader));
}

/* As a spreadsheet writes it. */
static void
test_foreign_ends(void)
{
    g_autoptr(AssayTableReader) reader =
        reader_of("\357\273\277item\tgroup\r\na\tone\r\n\r\nb\ttwo\n", NULL);

    g_assert_cmpstr(assay_table_reader_peek_column(reader, 0), ==, "item");
    g_assert_cmpstr(assay_table_reader_peek_column(reader, 1), ==, "group");
    g_assert_true(next_row(reader));
    g_assert_cmpstr(assay_table_reader_peek_text(reader, 1), ==, "one");
    g_assert_true(next_row(reader));
    g_assert_cmpstr(assay_table_reader_peek_text(reader, 1), ==, "two");
    g_assert_false(next_row(reader));
}

static void
test_one_column(void)
{
    g_autoptr(AssayTableReader) reader = reader_of("item\n\na\r\n", NULL);

    g_assert_true(next_row(reader));
    g_assert_cmpstr(assay_table_reader_peek_text(reader, 0), ==, "");
    g_assert_true(next_row(reader));
    g_assert_cmpstr(assay_table_reader_peek_text(reader, 0), ==, "a\r");
    g_assert_false(next_row(reader));
}

static void
test_bad_headers(void)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "", "t.tsv: no header; the first line of a table names its columns" },
        { "\na\n", "t.tsv: no header; the first line of a table names its columns" },
        { "a\tb\ta\n", "t.tsv: line 1: two columns are called \"a\"" },
        { "a\t\377\n", "t.tsv: line 1: bytes that are not UTF-8" },
        { "a\tb\\q\n", "t.tsv: line 1, column \"b\\q\": a lone backslash; write \\\\ for a "
                       "backslash, \\t for a tab, \\n for a newline" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayTableReader) reader = reader_of(rows[i].text, &error);

        g_assert_null(reader);
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
        g_assert_cmpstr(error != NULL ? error->message : NULL, ==, rows[i].message);
    }
}

static void
test_bad_rows(void)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "a", "t.tsv: line 2: 1 cells where the header has 2; cells are separated by a tab" },
        { "1\t2\t3\n",
          "t.tsv: line 2: 3 cells where the header has 2; cells are separated by a tab" },
        { "1\tPr\344\n", "t.tsv: line 2, column \"y\": bytes that are not UTF-8; save the table as "
                         "UTF-8" },
        { "1\t2\\\n", "t.tsv: line 2, column \"y\": a lone backslash; write \\\\ for a backslash, "
                      "\\t for a tab, \\n for a newline" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat("x\ty\n", rows[i].text, NULL);
        g_autoptr(AssayTableReader) reader = reader_of(text, NULL);
        g_autoptr(GError) error = NULL;
        gboolean is_row = TRUE;

        g_assert_false(assay_table_reader_next(reader, &is_row, &error));
        g_assert_false(is_row);
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
        g_assert_cmpstr(error != NULL ? error->message : NULL, ==, rows[i].message);
    }
}

static void
test_zero_byte(void)
{
    static const char text[] = "x\ty\n1\0\t2\n";
    g_autoptr(AssayTableReader) reader =
        assay_table_reader_new_for_bytes(text, sizeof text - 1, "t.tsv", NULL);
    g_autoptr(GError) error = NULL;
    gboolean is_row;

    g_assert_false(assay_table_reader_next(reader, &is_row, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
}

static void
test_bad_numbers(void)
{
    static const char *const not_whole[] = { "", " 1", "1 ", "1.0", "1e3", "+", "x", "0x10" };
    static const char *const not_real[] = { "", " 1", "1 ", "1,5", "0x10", "x", "1e", "nan(1)" };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayTableReader) large = reader_of("x\n9223372036854775808\n", NULL);
    size_t column = 0;
    gint64 whole;
    double real;

    for (size_t i = 0; i < 8; i++) {
        g_autofree char *text = g_strdup_printf("x\ty\n%s\t%s\n", not_whole[i], not_real[i]);
        g_autoptr(AssayTableReader) reader = reader_of(text, NULL);

        g_assert_true(next_row(reader));
        g_assert_false(assay_table_reader_int(reader, 0, &whole, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
        g_assert_true(g_str_has_suffix(error->message, "\" is no whole number"));
        g_clear_error(&error);
        g_assert_false(assay_table_reader_real(reader, 1, &real, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
        g_assert_true(g_str_has_suffix(error->message, "\" is no number"));
        g_clear_error(&error);
    }
    g_assert_true(next_row(large));
    g_assert_false(assay_table_reader_int(large, 0, &whole, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error != NULL ? error->message : NULL, ==,
                    "t.tsv: line 2, column \"x\": 9223372036854775808 does not fit 64 bits");
    g_clear_error(&error);
    g_assert_false(assay_table_reader_find(large, "y", &column, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_assert_cmpstr(error != NULL ? error->message : NULL, ==,
                    "t.tsv: no column \"y\"; it has \"x\"");
}

/* A source without end, without a newline: refused after a megabyte, not swallowed. */
typedef struct {
    size_t given;
} Endless;

static gssize
endless_read(gpointer user, void *buffer, size_t size, GError **error G_GNUC_UNUSED)
{
    Endless *endless = user;

    memset(buffer, 'x', size);
    if (endless->given == 0)
        ((char *)buffer)[1] = '\n';
    endless->given += size;
    return (gssize)size;
}

static gssize
failing_read(gpointer user G_GNUC_UNUSED, void *buffer G_GNUC_UNUSED, size_t size G_GNUC_UNUSED,
             GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "no such luck");
    return -1;
}

static void
test_sources(void)
{
    Endless endless = { 0 };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayTableReader) reader =
        assay_table_reader_new(endless_read, &endless, "endless", &error);
    gboolean is_row;

    g_assert_nonnull(reader);
    g_assert_false(assay_table_reader_next(reader, &is_row, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
    g_assert_cmpuint(endless.given, <, 3 << 20);
    g_clear_error(&error);
    g_assert_null(assay_table_reader_new(failing_read, NULL, "x", &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
}

/* The longest line that is allowed, and one byte more. */
static void
test_long_line(void)
{
    for (size_t extra = 0; extra < 2; extra++) {
        size_t size = (1 << 20) + extra;
        g_autofree char *text = g_malloc(size + 3);
        g_autoptr(AssayTableReader) reader = NULL;
        gboolean is_row;

        memset(text, 'y', size + 3);
        memcpy(text, "x\n", 2);
        text[size + 2] = '\n';
        reader = assay_table_reader_new_for_bytes(text, size + 3, "t.tsv", NULL);
        g_assert_true(assay_table_reader_next(reader, &is_row, NULL) == (extra == 0));
        if (extra == 0)
            g_assert_cmpuint(strlen(assay_table_reader_peek_text(reader, 0)), ==, size);
    }
}

/* Any bytes: rows or an error, never a crash. */
static void
test_garbage(void)
{
    static const char alphabet[] = "ab\t\t\n\n\\tn\r\357\273\277\377\0";
    AssayRandom random;

    assay_random_init(&random, 1, "table", "garbage");
    for (int i = 0; i < 20000; i++) {
        char text[64];
        size_t size = (size_t)assay_random_below(&random, sizeof text);
        g_autoptr(AssayTableReader) reader = NULL;
        gboolean is_row = TRUE;

        for (size_t j = 0; j < size; j++)
            text[j] = alphabet[assay_random_below(&random, sizeof alphabet - 1)];
        reader = assay_table_reader_new_for_bytes(text, size, "garbage", NULL);
        while (reader != NULL && is_row && assay_table_reader_next(reader, &is_row, NULL))
            ;
    }
}

static void
check_column(const char *text, const char *name, gboolean expected)
{
    g_assert_cmpint(assay_table_sniff_column((const guint8 *)text, strlen(text), name), ==,
                    expected);
}

/* The header alone counts, whatever ends it, behind a mark or not. */
static void
test_sniff_column(void)
{
    check_column("item\tbar\n1\tscore\n", "item", TRUE);
    check_column("item\tbar\n1\tscore\n", "bar", TRUE);
    check_column("item\tbar\n1\tscore\n", "score", FALSE);
    check_column("bar\titem\r\n1\t2\r\n", "item", TRUE);
    check_column("\xef\xbb\xbfitem\tbar\n", "item", TRUE);
    check_column("items\tbar\n", "item", FALSE);
    check_column("item", "item", TRUE);
    check_column("item of a text\n", "item of a text", FALSE);
    check_column("", "", FALSE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/table-reader/read", test_read);
    g_test_add_func("/table-reader/foreign-ends", test_foreign_ends);
    g_test_add_func("/table-reader/one-column", test_one_column);
    g_test_add_func("/table-reader/bad-headers", test_bad_headers);
    g_test_add_func("/table-reader/bad-rows", test_bad_rows);
    g_test_add_func("/table-reader/zero-byte", test_zero_byte);
    g_test_add_func("/table-reader/bad-numbers", test_bad_numbers);
    g_test_add_func("/table-reader/sources", test_sources);
    g_test_add_func("/table-reader/long-line", test_long_line);
    g_test_add_func("/table-reader/garbage", test_garbage);
    g_test_add_func("/table-reader/sniff-column", test_sniff_column);
    return g_test_run();
}
