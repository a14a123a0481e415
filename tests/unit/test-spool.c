/* tests/unit/test-spool.c - what is kept of a pipe, in memory and in a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/spool.h>
#include <glib/gstdio.h>
#include <string.h>

static const size_t SIZE = 200000;

static GBytes *
pattern(void)
{
    guint8 *data = g_malloc(SIZE);

    for (size_t i = 0; i < SIZE; i++)
        data[i] = (guint8)(i * 7 + i / 251);
    return g_bytes_new_take(data, SIZE);
}

static size_t
count_entries(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    size_t n = 0;

    while (g_dir_read_name(dir) != NULL)
        n++;
    return n;
}

/* Reads it once, and then twice side by side: the second a block behind the first. */
static void
check_kept(size_t max_memory, const char *folder)
{
    g_autoptr(GBytes) bytes = pattern(), first = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpool) spool =
        assay_spool_new(assay_input_from_bytes("pipe", bytes), max_memory, folder);
    g_autoptr(AssayInput) fill = assay_spool_fill(spool), a = NULL, b = NULL;
    g_autofree guint8 *from_a = g_malloc(SIZE + 1), *from_b = g_malloc(SIZE + 1);
    size_t got;

    g_assert_cmpstr(assay_input_name(fill), ==, "pipe");
    first = assay_input_read_all(fill, SIZE, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(first, bytes));
    g_assert_cmpuint(count_entries(folder), ==, 0); /* it has no name */
    a = assay_spool_open(spool);
    b = assay_spool_open(spool);
    g_assert_true(assay_input_read_into(a, from_a, 70000, &got, &error));
    g_assert_true(assay_input_read_into(b, from_b, SIZE + 1, &got, &error));
    g_assert_cmpuint(got, ==, SIZE);
    g_assert_true(assay_input_read_into(a, from_a + 70000, SIZE, &got, &error));
    g_assert_cmpuint(got, ==, SIZE - 70000);
    g_assert_true(memcmp(from_a, g_bytes_get_data(bytes, NULL), SIZE) == 0);
    g_assert_true(memcmp(from_b, g_bytes_get_data(bytes, NULL), SIZE) == 0);
}

static void
test_kept(void)
{
    g_autofree char *folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);

    check_kept(SIZE, folder);     /* in memory */
    check_kept(SIZE - 1, folder); /* all but the last byte of it */
    check_kept(65536, folder);
    check_kept(0, folder);
    g_rmdir(folder);
}

static GError *
refusal(const char *folder)
{
    g_autoptr(GBytes) bytes = pattern();
    g_autoptr(AssaySpool) spool =
        assay_spool_new(assay_input_from_bytes("pipe", bytes), 1000, folder);
    g_autoptr(AssayInput) fill = assay_spool_fill(spool);
    g_autofree guint8 *data = g_malloc(SIZE);
    GError *error = NULL;
    size_t got;

    g_assert_false(assay_input_read_into(fill, data, SIZE, &got, &error));
    return error;
}

static void
test_refused(void)
{
    g_autoptr(GError) large = refusal(NULL), homeless = refusal("/nonexistent");

    g_assert_error(large, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(large->message, ==,
                    "pipe: is larger than 1000 bytes; --max-sample raises the limit");
    g_assert_error(homeless, ASSAY_ERROR, ASSAY_ERROR_IO);
    g_assert_cmpstr(homeless->message, ==,
                    "pipe: cannot make a temporary file in /nonexistent: No such file or "
                    "directory; TMPDIR names another folder");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spool/kept", test_kept);
    g_test_add_func("/spool/refused", test_refused);
    return g_test_run();
}
