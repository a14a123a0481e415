/* tests/unit/test-show.c - the parts of the views; whole views are cases of tests/cli.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/show/list-private.h>
#include <assay/show/page-private.h>
#include <assay/show/rows-private.h>
#include <assay/show/show.h>
#include <assay/values/kind.h>
#include <string.h>

#include "show-file.h"
#include "stream-file.h"

static const AssayShowConfig config = { .utf8 = FALSE, .width = 40, .max_bytes = 1 << 20 };

static void
assert_text(ShowFile *file, const char *expected)
{
    g_autofree char *text = show_file_finish(file, NULL);

    g_assert_cmpstr(text, ==, expected);
}

static void
test_entry(void)
{
    ShowFile *file = show_file_new();
    AssayPage page = { .out = file->out, .config = &config };

    assay_page_entry(&page, 2, "label", 8, "one two three four five six seven eight");
    assay_page_entry(&page, 2, "a longer label", 4, "text");
    assay_page_entry(&page, 2, "nothing", 10, "");
    assay_page_entry(&page, 0, NULL, 0, "control \033[31m");
    assay_page_entry(&page, 0, NULL, 0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b");
    assert_text(file, "  label     one two three four five six\n"
                      "            seven eight\n"
                      "  a longer label  text\n"
                      "  nothing\n"
                      "control %1B[31m\n"
                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
                      "b\n");
}

static void
test_grid(void)
{
    static const char *const titles[] = { "name", ">notes", "range", NULL };
    ShowFile *file = show_file_new();
    AssayPage page = { .out = file->out, .config = &config };
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);

    assay_grid_add(grid, "\346\227\245\346\234\254"); /* four columns wide */
    assay_grid_count(grid, 1234);
    assay_grid_add(grid, "C4 to C5");
    assay_grid_add(grid, "b\n");
    assay_grid_count(grid, 5);
    assay_grid_add(grid, "");
    assay_grid_print(grid, &page, 2);
    assert_text(file, "  name  notes  range\n"
                      "  \346\227\245\346\234\254  1,234  C4 to C5\n"
                      "  b%0A      5\n");
}

static void
test_rows(void)
{
    static const char *const titles[] = { "n", NULL };
    ShowFile *file = show_file_new();
    AssayPage page = { .out = file->out, .config = &config };
    g_autoptr(AssayRows) rows = assay_rows_new(&page, titles, "sample");

    assay_rows_add(rows, (const char *const[]){ "12", NULL }, "a", "short");
    assay_rows_add(rows, (const char *const[]){ "3", NULL }, "bcd", NULL);
    assay_rows_add(rows, (const char *const[]){ "4", NULL }, "e",
                   "a note that is too long for the rest of the line");
    assay_rows_settle(rows);
    assay_rows_add(rows, (const char *const[]){ "56789", NULL }, "wider", "x");
    assert_text(file, "   n  sample\n"
                      "  12  a    short\n"
                      "   3  bcd\n"
                      "   4  e\n"
                      "        a note that is too long for the\n"
                      "        rest of the line\n"
                      "  56789  wider  x\n");
}

static void
test_ratio(void)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        { 0.0625, "1/16" },       { 1.0 / 24, "1/24" },      { 2, "2" }, { 1.5, "3/2" },
        { 3.0 / 1024, "3/1024" }, { 0.123456789, "0.1235" }, { 0, "0" }, { 1e-9, "1e-09" }
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = assay_ratio_text(rows[i].value);

        g_assert_cmpstr(text, ==, rows[i].text);
    }
}

/* Adds a sample of this shape to the list. */
static void
add(AssayList *list, const char *name, AssayArray *array)
{
    g_autoptr(AssaySample) sample = stream_file_sample(name, "roll", array);
    g_autoptr(GError) error = NULL;
    AssayShape *shape = assay_shape_new(sample, &error);

    g_assert_no_error(error);
    assay_list_add(list, shape, name, NULL, -1, 1000);
}

/* What varies is a column; what does not is said once; a third size makes a new list. */
static void
test_list(void)
{
    ShowFile *file = show_file_new();
    AssayPage page = { .out = file->out, .config = &config };
    g_autoptr(AssayList) list = assay_list_new(&page);

    add(list, "a", stream_file_count("time,pitch", 3, 4));
    add(list, "b", stream_file_count("time,pitch", 12, 4));
    assay_list_end(list);
    add(list, "c", stream_file_count("time,pitch", 5, 4));
    add(list, "d", stream_file_count("time,pitch", 5, 4));
    add(list, "e", stream_file_count("row", 5));
    assay_list_end(list);
    assert_text(file, "\n  roll  time x pitch 4  u8\n\n"
                      "  time  sample\n"
                      "     3  a\n"
                      "    12  b\n"
                      "\n  roll  time 5 x pitch 4  u8\n\n"
                      "  sample\n"
                      "  c\n"
                      "  d\n"
                      "\n  roll  row 5  u8\n\n"
                      "  sample\n"
                      "  e\n");
}

/* Behind the samples that were held back a size varies that did not: one new list, not many. */
static void
test_list_late(void)
{
    ShowFile *file = show_file_new();
    AssayPage page = { .out = file->out, .config = &config };
    g_autoptr(AssayList) list = assay_list_new(&page);
    g_autofree char *text = NULL;
    char *at;
    guint lists = 0;

    for (int i = 0; i < 40; i++)
        add(list, "early", stream_file_count("time,pitch", 5 + i, 4));
    for (int i = 0; i < 80; i++)
        add(list, "late", stream_file_count("time,pitch", 5 + i, 4 + i % 3));
    assay_list_end(list);
    text = show_file_finish(file, NULL);
    for (at = text; (at = strstr(at, "roll  time")) != NULL; at++)
        lists++;
    g_assert_cmpuint(lists, ==, 2);
    g_assert_nonnull(strstr(text, "  time  pitch  sample\n"));
}

static void
test_kinds(void)
{
    static const struct {
        const char *text, *name;
        AssayKind kind;
    } rows[] = {
        { "", "x", ASSAY_KIND_EMPTY },
        { "\223NUMPY\1", "x", ASSAY_KIND_NPY },
        { "MThd", "x", ASSAY_KIND_MIDI },
        { "garbage \1\2", "x.MID", ASSAY_KIND_MIDI },
        { "\n  {\"a\": 1}", "x", ASSAY_KIND_JSON },
        { "\357\273\277[1]", "x", ASSAY_KIND_JSON },
        { "a\tb\n1\t2\n", "x", ASSAY_KIND_TABLE },
        { "value\n1\n", "x", ASSAY_KIND_TABLE },
        { "Dear reader,\nhello\n", "x", ASSAY_KIND_UNKNOWN },
        { "caf\351\tb\n", "x", ASSAY_KIND_UNKNOWN }, /* Latin-1 */
        { "a\001b\tc\n", "x", ASSAY_KIND_UNKNOWN },
        { "\037\213\010", "x", ASSAY_KIND_STREAM },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(
            assay_kind_sniff((const guint8 *)rows[i].text, strlen(rows[i].text), rows[i].name), ==,
            rows[i].kind);
}

/* Every prefix of a stream is shown up to where it breaks off, and fails. */
static void
test_truncated(void)
{
    g_autoptr(GBytes) whole = stream_file_write("assay-test", "a", "b", "c", NULL);
    size_t size;
    const char *data = g_bytes_get_data(whole, &size);

    for (size_t cut = 0; cut <= size; cut += 512) {
        g_autoptr(GBytes) part = g_bytes_new(data, cut);
        g_autoptr(GError) error = NULL;
        ShowFile *file = show_file_new();
        g_autoptr(AssayShow) show = assay_show_new(file->out, &config);
        gboolean shown =
            assay_show_input(show, assay_input_from_bytes("x", part), NULL, FALSE, &error);
        g_autofree char *text = show_file_finish(file, NULL);

        g_assert_true(shown == (error == NULL));
        if (shown)
            g_assert_nonnull(strstr(text, "end record"));
        else if (cut > 0)
            g_assert_nonnull(strstr(text, "TRUNCATED"));
        if (cut == 0 || cut == size)
            g_assert_true(shown == (cut == size));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/show/entry", test_entry);
    g_test_add_func("/show/grid", test_grid);
    g_test_add_func("/show/rows", test_rows);
    g_test_add_func("/show/ratio", test_ratio);
    g_test_add_func("/show/list", test_list);
    g_test_add_func("/show/list-late", test_list_late);
    g_test_add_func("/show/kinds", test_kinds);
    g_test_add_func("/show/truncated", test_truncated);
    return g_test_run();
}
