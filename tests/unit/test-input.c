/* tests/unit/test-input.c - looking ahead, reading on, ends and limits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/input.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 65536 };

/* Bytes that say where they are. */
static GBytes *
pattern(size_t size)
{
    guint8 *data = g_malloc(MAX(size, 1));

    for (size_t i = 0; i < size; i++)
        data[i] = (guint8)(i * 7 + i / 251);
    return g_bytes_new_take(data, size);
}

/* Reads all of @input by turns of every kind; what comes must be @bytes. */
static void
read_by_turns(AssayInput *input, GBytes *bytes, GRand *random)
{
    g_autoptr(GError) error = NULL;
    size_t total, at = 0, size = 1;
    const guint8 *expected = g_bytes_get_data(bytes, &total), *data;
    gboolean same = TRUE;

    while (size > 0 && same) {
        guint8 into[1000];

        size = (size_t)g_rand_int_range(random, 0, 2 * BLOCK);
        same = assay_input_peek(input, &data, &size, &error) && size <= BLOCK &&
               size <= total - at && memcmp(data, expected + at, size) == 0;
        if (g_rand_boolean(random)) {
            same = same && assay_input_read(input, &data, &size, &error) && size <= total - at &&
                   memcmp(data, expected + at, size) == 0;
        } else {
            same = same && assay_input_read_into(input, into, sizeof into, &size, &error) &&
                   size == MIN(sizeof into, total - at) && memcmp(into, expected + at, size) == 0;
        }
        at += size;
    }
    g_assert_no_error(error);
    g_assert_true(same);
    g_assert_cmpuint(at, ==, total);
    size = 5;
    g_assert_true(assay_input_peek(input, &data, &size, &error)); /* the end stays the end */
    g_assert_cmpuint(size, ==, 0);
    g_assert_true(assay_input_read(input, &data, &size, &error));
    g_assert_cmpuint(size, ==, 0);
}

/* Hands out the bytes behind @user three at a time; fails where they end in "!". */
static gboolean
read_threes(gpointer user, void *data, size_t size, size_t *got, GError **error)
{
    const char **at = user;

    *got = MIN(MIN(size, 3), strlen(*at));
    if (strncmp(*at, "!", 1) == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "no more");
        return FALSE;
    }
    memcpy(data, *at, *got);
    *at += *got;
    return TRUE;
}

static gboolean is_freed;

static void
note_freed(gpointer user)
{
    (void)user;
    is_freed = TRUE;
}

static void
test_reader(void)
{
    const char *text = "abcdefgh", *broken = "abc!";
    g_autoptr(AssayInput) input = assay_input_from_reader("x", read_threes, &text, note_freed);
    g_autoptr(AssayInput) other = assay_input_from_reader("y", read_threes, &broken, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    const guint8 *data;
    size_t size = 5;

    g_assert_false(assay_input_is_regular(input));
    g_assert_cmpstr(assay_input_name(input), ==, "x");
    g_assert_true(assay_input_peek(input, &data, &size, &error));
    g_assert_true(size == 5 && memcmp(data, "abcde", 5) == 0);
    bytes = assay_input_read_all(input, 100, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(g_bytes_get_size(bytes), ==, 8);
    g_assert_cmpint(memcmp(g_bytes_get_data(bytes, NULL), "abcdefgh", 8), ==, 0);
    g_clear_pointer(&input, assay_input_free);
    g_assert_true(is_freed);
    g_assert_null(assay_input_read_all(other, 100, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
}

/* The digest is of all bytes, looked at before, or read by whichever call, or skipped. */
static void
check_digest(size_t total, size_t skipped, void (*digest)(AssayInput *input))
{
    g_autoptr(GBytes) bytes = pattern(total);
    g_autofree char *expected = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    g_autoptr(AssayInput) input = assay_input_from_bytes("x", bytes);
    g_autoptr(GError) error = NULL;
    g_autofree char *found = NULL;
    const guint8 *data;
    const guint8 *all = g_bytes_get_data(bytes, NULL);
    guint8 some[100];
    size_t size = 10, rest = total - MIN(total, sizeof some);
    guint64 n;

    g_assert_true(assay_input_peek(input, &data, &size, &error));
    digest(input);
    g_assert_true(assay_input_read_into(input, some, sizeof some, &size, &error));
    g_assert_true(assay_input_skip(input, skipped, &n, &error));
    g_assert_cmpuint(n, ==, MIN(skipped, rest));
    g_assert_true(assay_input_read_into(input, some, 1, &size, &error));
    g_assert_cmpuint(size, ==, skipped < rest ? 1 : 0);
    g_assert_true(size == 0 || some[0] == all[sizeof some + skipped]);
    found = assay_input_finish(input, &n, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(found, ==, expected);
    g_assert_cmpuint(n, ==, total);
}

static void
test_digest(void)
{
    for (size_t total = 0; total < 3 * BLOCK; total += BLOCK - 1) {
        check_digest(total, 0, assay_input_digest);
        check_digest(total, BLOCK + 5, assay_input_digest);
        check_digest(total, G_MAXSIZE, assay_input_digest);
    }
}

/* Around the parts that the thread gets, and more than it can be behind; what is given up, too. */
static void
test_digest_beside(void)
{
    static const size_t sizes[] = { 0,          1,          262143,      262144,         262145,
                                    2 * 262144, 5 * 262144, 20 * 262144, 21 * 262144 + 7 };
    g_autoptr(GBytes) bytes = pattern(3 * 262144);
    g_autoptr(AssayInput) input = assay_input_from_bytes("x", bytes);
    g_autofree guint8 *room = g_malloc(700000);
    g_autoptr(GError) error = NULL;
    size_t got;

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        check_digest(sizes[i], 0, assay_input_digest_beside);
        check_digest(sizes[i], 3 * 262144 + 1, assay_input_digest_beside);
        check_digest(sizes[i], G_MAXSIZE, assay_input_digest_beside);
    }
    assay_input_digest_beside(input);
    g_assert_true(assay_input_read_into(input, room, 700000, &got, &error));
}

static void
test_turns(void)
{
    static const size_t sizes[] = { 0, 1, 511, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK + 77 };
    g_autoptr(GRand) random = g_rand_new_with_seed(2);

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GBytes) bytes = pattern(sizes[i]);

        for (int k = 0; k < 20; k++) {
            g_autoptr(AssayInput) input = assay_input_from_bytes("memory", bytes);

            g_assert_cmpstr(assay_input_name(input), ==, "memory");
            g_assert_false(assay_input_is_regular(input));
            read_by_turns(input, bytes, random);
        }
    }
}

static void
test_file(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    g_autoptr(GBytes) bytes = pattern(3 * BLOCK + 5);
    g_autofree char *folder = g_dir_make_tmp("assay-test-XXXXXX", &error);
    /* A newline would break the line of a message, and 0xff is no UTF-8. */
    g_autofree char *path = g_build_filename(folder, "a\nb\xff%.bin", NULL);
    g_autofree char *shown = g_build_filename(folder, "a%0Ab%FF%.bin", NULL);

    g_assert_no_error(error);
    g_file_set_contents(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                        &error);
    g_assert_no_error(error);
    {
        g_autoptr(AssayInput) input = assay_input_open(path, &error);

        g_assert_no_error(error);
        g_assert_cmpstr(assay_input_name(input), ==, shown);
        g_assert_true(assay_input_is_regular(input));
        read_by_turns(input, bytes, random);
    }
    g_unlink(path);
    g_assert_null(assay_input_open(path, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    g_assert_nonnull(strstr(error->message, shown));
    g_clear_error(&error);
    g_assert_null(assay_input_open(folder, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "is a folder"));
    g_rmdir(folder);
}

static gpointer
fill_pipe(gpointer data)
{
    int fd = GPOINTER_TO_INT(data);
    g_autoptr(GBytes) bytes = pattern(1000);
    const guint8 *from = g_bytes_get_data(bytes, NULL);

    for (size_t i = 0; i < 1000; i++) { /* a slow writer: one byte at a time */
        if (write(fd, from + i, 1) != 1)
            break;
    }
    close(fd);
    return NULL;
}

static void
test_pipe(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(GBytes) expected = pattern(1000), read = NULL;
    g_autofree char *path = NULL;
    const guint8 *data;
    size_t size = 512;
    GThread *thread;
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    path = g_strdup_printf("/dev/fd/%d", ends[0]);
    thread = g_thread_new("writer", fill_pipe, GINT_TO_POINTER(ends[1]));
    input = assay_input_open(path, &error);
    g_assert_no_error(error);
    g_assert_false(assay_input_is_regular(input));
    g_assert_true(assay_input_peek(input, &data, &size, &error));
    g_assert_cmpuint(size, ==, 512); /* all that was asked for, however slowly it came */
    read = assay_input_read_all(input, G_MAXSIZE, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(read, expected));
    g_thread_join(thread);
    close(ends[0]);
}

static void
test_limit(void)
{
    static const size_t sizes[] = { 0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK, 4 * BLOCK + 1 };

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GBytes) bytes = pattern(sizes[i]), read = NULL;
        g_autoptr(AssayInput) all = assay_input_from_bytes("memory", bytes);
        g_autoptr(AssayInput) less = assay_input_from_bytes("memory", bytes);
        g_autoptr(GError) error = NULL;

        read = assay_input_read_all(all, sizes[i], &error);
        g_assert_no_error(error);
        g_assert_true(g_bytes_equal(read, bytes));
        if (sizes[i] == 0)
            continue;
        g_assert_null(assay_input_read_all(less, sizes[i] - 1, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/input/reader", test_reader);
    g_test_add_func("/input/digest", test_digest);
    g_test_add_func("/input/digest-beside", test_digest_beside);
    g_test_add_func("/input/turns", test_turns);
    g_test_add_func("/input/file", test_file);
    g_test_add_func("/input/pipe", test_pipe);
    g_test_add_func("/input/limit", test_limit);
    return g_test_run();
}
