/* tests/unit/test-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/base/table.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static char *path;

static AssayOutput *
open_output(void)
{
    AssayOutput *output = assay_output_open(path, NULL);

    g_assert_nonnull(output);
    return output;
}

static char *
close_output(AssayOutput *output)
{
    char *content = NULL;

    g_assert_true(assay_output_close(output, NULL));
    assay_output_free(output);
    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    return content;
}

static const AssayColumn columns[] = {
    { "item", ASSAY_COLUMN_TEXT },
    { "bar", ASSAY_COLUMN_INTEGER },
    { "bits", ASSAY_COLUMN_REAL },
    { "note", ASSAY_COLUMN_TEXT },
};

static char *
write_rows(gboolean is_aligned)
{
    AssayOutput *output = open_output();
    g_autoptr(AssayTable) table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), is_aligned);

    assay_table_text(table, "bach/001");
    assay_table_int(table, 12);
    assay_table_real(table, 1.0 / 3);
    assay_table_text(table, "a\tb\nc\\");
    g_assert_true(assay_table_row_end(table, NULL));
    assay_table_text(table, "\346\227\245\346\234\254"); /* two wide characters */
    assay_table_na(table);
    assay_table_real(table, (double)NAN);
    assay_table_text(table, NULL);
    g_assert_true(assay_table_row_end(table, NULL));
    assay_table_text(table, "\033[31m"); /* would colour a terminal */
    assay_table_int(table, -9223372036854775807 - 1);
    assay_table_real(table, 1e6);
    assay_table_text(table, "100%");
    g_assert_true(assay_table_row_end(table, NULL));
    g_assert_true(assay_table_finish(table, NULL));
    return close_output(output);
}

static void
test_plain(void)
{
    g_autofree char *content = write_rows(FALSE);

    g_assert_cmpstr(content, ==,
                    "item\tbar\tbits\tnote\n"
                    "bach/001\t12\t0.3333333333333333\ta\\tb\\nc\\\\\n"
                    "\346\227\245\346\234\254\tNA\tNA\tNA\n"
                    "\033[31m\t-9223372036854775808\t1000000\t100%\n");
}

static void
test_aligned(void)
{
    g_autofree char *content = write_rows(TRUE);

    g_assert_cmpstr(content, ==,
                    "item                       bar     bits  note\n"
                    "bach/001                    12   0.3333  a\\tb\\nc\\\\\n"
                    "\346\227\245\346\234\254                        NA       NA  NA\n"
                    "%1B[31m   -9223372036854775808  1000000  100%\n");
}

/* The name is one row's text or many rows', with an index or without. */
static void
test_items(void)
{
    for (int is_aligned = 0; is_aligned < 2; is_aligned++) {
        AssayOutput *output = open_output();
        g_autoptr(AssayTable) table = assay_table_new(output, columns, 2, is_aligned);
        g_autofree char *content = NULL;

        assay_table_set_name(table, "a\tb", TRUE);
        assay_table_item(table, 0);
        assay_table_int(table, 1);
        g_assert_true(assay_table_row_end(table, NULL));
        assay_table_item(table, G_MAXSIZE);
        assay_table_int(table, 2);
        g_assert_true(assay_table_row_end(table, NULL));
        assay_table_set_name(table, "\033c", FALSE);
        assay_table_item(table, 7);
        assay_table_int(table, 3);
        g_assert_true(assay_table_row_end(table, NULL));
        g_assert_true(assay_table_finish(table, NULL));
        content = close_output(output);
        g_assert_cmpstr(content, ==,
                        is_aligned ? "item                        bar\n"
                                     "a\\tb[0]                       1\n"
                                     "a\\tb[18446744073709551615]    2\n"
                                     "%1Bc                          3\n"
                                   : "item\tbar\n"
                                     "a\\tb[0]\t1\n"
                                     "a\\tb[18446744073709551615]\t2\n"
                                     "\033c\t3\n");
    }
}

/* What else is written to the output stands behind the rows of an unbuffered table, and before
 * those of another. */
static void
test_unbuffered(void)
{
    for (int is_unbuffered = 0; is_unbuffered < 2; is_unbuffered++) {
        AssayOutput *output = open_output();
        g_autoptr(AssayTable) table = assay_table_new(output, columns, 1, FALSE);
        g_autofree char *content = NULL;

        if (is_unbuffered)
            assay_table_set_unbuffered(table);
        assay_table_text(table, "a");
        g_assert_true(assay_table_row_end(table, NULL));
        g_assert_true(assay_output_puts(output, "between\n", NULL));
        assay_table_text(table, "b");
        g_assert_true(assay_table_row_end(table, NULL));
        g_assert_true(assay_table_finish(table, NULL));
        content = close_output(output);
        g_assert_cmpstr(content, ==,
                        is_unbuffered ? "item\na\nbetween\nb\n" : "between\nitem\na\nb\n");
    }
}

/* Names of any length, one behind the other. */
static void
test_names(void)
{
    AssayOutput *output = open_output();
    g_autoptr(AssayTable) table = assay_table_new(output, columns, 1, FALSE);
    g_autoptr(GString) expected = g_string_new("item\n");
    g_autofree char *content = NULL;

    for (size_t length = 0; length < 100; length++) {
        g_autofree char *name = g_strnfill(length, (char)('a' + length % 26));

        assay_table_set_name(table, name, length % 2 == 0);
        assay_table_item(table, length);
        g_assert_true(assay_table_row_end(table, NULL));
        g_string_append(expected, name);
        if (length % 2 == 0)
            g_string_append_printf(expected, "[%" G_GSIZE_FORMAT "]", length);
        g_string_append_c(expected, '\n');
    }
    g_assert_true(assay_table_finish(table, NULL));
    content = close_output(output);
    g_assert_cmpstr(content, ==, expected->str);
}

static void
test_no_rows(void)
{
    for (int is_aligned = 0; is_aligned < 2; is_aligned++) {
        AssayOutput *output = open_output();
        g_autoptr(AssayTable) table = assay_table_new(output, columns, 2, is_aligned);
        g_autofree char *content = NULL;

        g_assert_true(assay_table_finish(table, NULL));
        content = close_output(output);
        g_assert_cmpstr(content, ==, is_aligned ? "item  bar\n" : "item\tbar\n");
    }
}

/* Widths come from the first thousand rows; what follows is neither held back nor cut. */
static void
test_streaming(void)
{
    AssayOutput *output = open_output();
    g_autoptr(AssayTable) table = assay_table_new(output, columns, 2, TRUE);
    g_autofree char *content = NULL;
    g_auto(GStrv) lines = NULL;

    for (int i = 0; i < 2000; i++) {
        assay_table_text(table, i < 1000 ? "short" : "rather longer");
        assay_table_int(table, i);
        g_assert_true(assay_table_row_end(table, NULL));
    }
    g_assert_true(assay_table_finish(table, NULL));
    content = close_output(output);
    lines = g_strsplit(content, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 2002);
    g_assert_cmpstr(lines[0], ==, "item   bar");
    g_assert_cmpstr(lines[1], ==, "short    0");
    g_assert_cmpstr(lines[1000], ==, "short  999");
    g_assert_cmpstr(lines[1001], ==, "rather longer  1000");
    g_assert_cmpstr(lines[2000], ==, "rather longer  1999");
}

static void
test_full(void)
{
    for (int is_aligned = 0; is_aligned < 2; is_aligned++) {
        g_autoptr(AssayOutput) output = assay_output_open("/dev/full", NULL);
        g_autoptr(AssayTable) table = assay_table_new(output, columns, 2, is_aligned);
        g_autoptr(GError) error = NULL;
        gboolean ok = TRUE;

        for (int i = 0; ok && i < 100000; i++) {
            assay_table_text(table, "some text");
            assay_table_int(table, i);
            ok = assay_table_row_end(table, &error);
        }
        g_assert_false(ok);
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    }
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

/* Random texts and numbers come back as they were written, read in pieces of any size. */
typedef struct {
    const char *at;
    AssayRandom random;
} Pieces;

static gssize
pieces_read(gpointer user, void *buffer, size_t size, GError **error G_GNUC_UNUSED)
{
    Pieces *pieces = user;
    size_t n = MIN(strlen(pieces->at), 1 + (size_t)assay_random_below(&pieces->random, 300));

    n = MIN(n, size);
    memcpy(buffer, pieces->at, n);
    pieces->at += n;
    return (gssize)n;
}

static char *
random_text(AssayRandom *random)
{
    static const char *const parts[] = { "a", "\t", "\n", "\\", "\303\244", " ", "n", "t", "\r" };
    GString *text = g_string_new("x");
    guint64 n = assay_random_below(random, 200);

    for (guint64 i = 0; i < n; i++)
        g_string_append(text, parts[assay_random_below(random, G_N_ELEMENTS(parts))]);
    return g_string_free(text, FALSE);
}

static void
test_round_trip(void)
{
    AssayOutput *output = open_output();
    g_autoptr(AssayTable) table = assay_table_new(output, columns, 3, FALSE);
    g_autoptr(AssayTableReader) reader = NULL;
    g_autofree char *content = NULL;
    AssayRandom written, read;
    Pieces pieces;

    assay_random_init(&written, 1, "table", "round trip");
    read = written;
    for (int i = 0; i < 500; i++) {
        g_autofree char *text = random_text(&written);

        assay_table_text(table, text);
        assay_table_int(table, (gint64)assay_random_u64(&written));
        assay_table_real(table, assay_random_double(&written));
        g_assert_true(assay_table_row_end(table, NULL));
    }
    g_assert_true(assay_table_finish(table, NULL));
    content = close_output(output);
    pieces.at = content;
    assay_random_init(&pieces.random, 1, "table", "pieces");
    reader = assay_table_reader_new(pieces_read, &pieces, "pieces", NULL);
    for (int i = 0; i < 500; i++) {
        g_autofree char *text = random_text(&read);
        gint64 whole = 0;
        double real = 0;

        g_assert_true(next_row(reader));
        g_assert_cmpstr(assay_table_reader_peek_text(reader, 0), ==, text);
        g_assert_true(assay_table_reader_int(reader, 1, &whole, NULL));
        g_assert_cmpint(whole, ==, (gint64)assay_random_u64(&read));
        g_assert_true(assay_table_reader_real(reader, 2, &real, NULL));
        g_assert_cmpfloat(real, ==, assay_random_double(&read));
    }
    g_assert_false(next_row(reader));
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = NULL;
    int result;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-table-XXXXXX", NULL);
    path = g_build_filename(folder, "table.tsv", NULL);
    g_test_add_func("/table/plain", test_plain);
    g_test_add_func("/table/aligned", test_aligned);
    g_test_add_func("/table/items", test_items);
    g_test_add_func("/table/unbuffered", test_unbuffered);
    g_test_add_func("/table/names", test_names);
    g_test_add_func("/table/no-rows", test_no_rows);
    g_test_add_func("/table/streaming", test_streaming);
    g_test_add_func("/table/full", test_full);
    g_test_add_func("/table/round-trip", test_round_trip);
    result = g_test_run();
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    return result;
}
