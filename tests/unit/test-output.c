/* tests/unit/test-output.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/output.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file-tree.h"

static char *folder;

static char *
in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

/* Counts what is there, and removes it. */
static guint
empty_folder(void)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    guint n = 0;

    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = in_folder(name);

        g_assert_cmpint(g_remove(path), ==, 0);
        n++;
    }
    return n;
}

static void
put_content(const char *path, const char *content)
{
    g_assert_true(g_file_set_contents(path, content, -1, NULL));
}

static void
test_new_file(void)
{
    g_autofree char *path = in_folder("new");
    mode_t mask = umask(027);
    GStatBuf status;

    file_tree_write(path, "hello\n");
    umask(mask);
    file_tree_assert(path, "hello\n");
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0640);
    g_assert_cmpuint(empty_folder(), ==, 1);
}

static void
test_existing_file(void)
{
    g_autofree char *path = in_folder("old");
    g_autoptr(AssayOutput) output = NULL;
    GStatBuf status;

    put_content(path, "old");
    g_assert_cmpint(g_chmod(path, 0600), ==, 0);
    output = assay_output_open(path, NULL);
    g_assert_true(assay_output_puts(output, "new", NULL));
    g_assert_true(assay_output_flush(output, NULL));
    file_tree_assert(path, "old");
    g_clear_pointer(&output, assay_output_free);
    file_tree_assert(path, "old");
    g_assert_cmpuint(empty_folder(), ==, 1);

    put_content(path, "old");
    g_assert_cmpint(g_chmod(path, 0600), ==, 0);
    file_tree_write(path, "new");
    file_tree_assert(path, "new");
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_assert_cmpuint(empty_folder(), ==, 1);
}

static void
test_links(void)
{
    g_autofree char *target = in_folder("target");
    g_autofree char *link = in_folder("link");
    g_autofree char *link2 = in_folder("link2");
    g_autofree char *loop = in_folder("loop");
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(symlink("target", link), ==, 0);
    g_assert_cmpint(symlink(link, link2), ==, 0);
    file_tree_write(link2, "made"); /* through a link to nothing yet */
    file_tree_assert(target, "made");
    file_tree_write(link2, "again");
    file_tree_assert(target, "again");
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_test(link2, G_FILE_TEST_IS_SYMLINK));
    g_assert_false(g_file_test(target, G_FILE_TEST_IS_SYMLINK));

    g_assert_cmpint(symlink("loop", loop), ==, 0);
    output = assay_output_open(loop, &error);
    g_assert_null(output);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    g_assert_cmpuint(empty_folder(), ==, 4);
}

static void
test_long_name(void)
{
    char name[256];
    g_autofree char *path = NULL;

    memset(name, 'n', 255);
    name[255] = '\0';
    path = in_folder(name);
    file_tree_write(path, "x");
    file_tree_assert(path, "x");
    g_assert_cmpuint(empty_folder(), ==, 1);
}

static void
assert_refused(const char *path, AssayErrorCode code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = assay_output_open(path, &error);

    g_assert_null(output);
    g_assert_error(error, ASSAY_ERROR, (gint)code);
    if (error != NULL && strstr(error->message, message) == NULL)
        g_assert_cmpstr(error->message, ==, message);
}

static void
test_refused(void)
{
    g_autofree char *file = in_folder("file");
    g_autofree char *below_file = in_folder("file/x");
    g_autofree char *no_folder = in_folder("none/x");
    g_autofree char *slash = in_folder("none/");
    g_autofree char *strange = in_folder("no\nne/x");

    put_content(file, "");
    assert_refused(folder, ASSAY_ERROR_USAGE, "is a folder; name a file in it");
    assert_refused(no_folder, ASSAY_ERROR_USAGE, "make it first");
    assert_refused(strange, ASSAY_ERROR_USAGE, "no%0Ane/x: cannot write");
    assert_refused(slash, ASSAY_ERROR_USAGE, "is no file name");
    assert_refused("", ASSAY_ERROR_USAGE, "\"\": is no file name");
    assert_refused(below_file, ASSAY_ERROR_IO, "cannot write");
    assert_refused("/dev/fd/1000000", ASSAY_ERROR_IO, "Bad file descriptor");
    g_assert_cmpuint(empty_folder(), ==, 1);
}

/* Root may write anywhere, so it becomes nobody for a moment. */
static void
test_permissions(void)
{
    g_autofree char *file = in_folder("file");
    g_autofree char *new_file = in_folder("new");
    gboolean is_root = geteuid() == 0;

    put_content(file, "kept");
    g_assert_cmpint(g_chmod(file, 0444), ==, 0);
    g_assert_cmpint(g_chmod(folder, 0777), ==, 0);
    if (is_root && seteuid(65534) != 0) {
        g_test_skip("cannot become another user");
        return;
    }
    assert_refused(file, ASSAY_ERROR_IO, "cannot write: Permission denied");
    if (is_root)
        g_assert_cmpint(seteuid(0), ==, 0);
    g_assert_cmpint(g_chmod(folder, 0555), ==, 0);
    if (is_root)
        g_assert_cmpint(seteuid(65534), ==, 0);
    assert_refused(new_file, ASSAY_ERROR_IO, "cannot make a file beside it: Permission denied");
    if (is_root)
        g_assert_cmpint(seteuid(0), ==, 0);
    g_assert_cmpint(g_chmod(folder, 0700), ==, 0);
    file_tree_assert(file, "kept");
    g_assert_cmpuint(empty_folder(), ==, 1);
}

static void
test_large(void)
{
    g_autofree char *path = in_folder("large");
    g_autoptr(GByteArray) expected = g_byte_array_new();
    g_autoptr(AssayOutput) output = assay_output_open(path, NULL);
    g_autofree guint8 *block = g_malloc(300000);
    g_autofree char *content = NULL;
    gsize size = 0;

    for (size_t i = 0; i < 300000; i++)
        block[i] = (guint8)(i * 7 + i / 251);
    for (size_t n = 1; n <= 300000; n = n * 3 + 1) {
        g_assert_true(assay_output_write(output, block, n, NULL));
        g_byte_array_append(expected, block, (guint)n);
    }
    for (size_t n = 131070; n <= 131074; n++) {
        g_assert_true(assay_output_write(output, block, n, NULL));
        g_byte_array_append(expected, block, (guint)n);
    }
    for (guint i = 0; i < 30000; i++) {
        g_autofree char *line = g_strdup_printf("%u bottles\n", i);

        g_assert_true(assay_output_printf(output, NULL, "%u %s\n", i, "bottles"));
        g_byte_array_append(expected, (const guint8 *)line, (guint)strlen(line));
    }
    g_assert_true(assay_output_write(output, NULL, 0, NULL));
    g_assert_true(assay_output_close(output, NULL));
    g_assert_true(assay_output_close(output, NULL));
    g_assert_true(g_file_get_contents(path, &content, &size, NULL));
    g_assert_cmpuint(size, ==, expected->len);
    g_assert_true(memcmp(content, expected->data, size) == 0);
    g_assert_cmpuint(empty_folder(), ==, 1);
}

static void
on_signal(int number)
{
    assay_output_remove_unfinished();
    signal(number, SIG_DFL);
    raise(number);
}

static void
test_signal(void)
{
    g_autofree char *old = in_folder("old");
    g_autofree char *new_file = in_folder("new");
    g_autofree char *done = in_folder("done");
    int status = 0;
    pid_t child;

    put_content(old, "old");
    fflush(stdout);
    child = fork();
    if (child == 0) {
        AssayOutput *first = assay_output_open(old, NULL);
        AssayOutput *second = assay_output_open(new_file, NULL);
        AssayOutput *third = assay_output_open(done, NULL);

        signal(SIGTERM, on_signal);
        if (assay_output_puts(first, "half", NULL) && assay_output_flush(first, NULL) &&
            assay_output_puts(second, "half", NULL) && assay_output_puts(third, "done", NULL) &&
            assay_output_close(third, NULL))
            raise(SIGTERM);
        _exit(1);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    file_tree_assert(old, "old");
    file_tree_assert(done, "done");
    g_assert_cmpuint(empty_folder(), ==, 2);
}

/* Makes files and drops them, for as long as that is possible. */
static gpointer
keep_opening(gpointer data)
{
    for (guint i = 0;; i++) {
        g_autofree char *name = g_strdup_printf("%s%u", (const char *)data, i);
        g_autofree char *path = in_folder(name);
        g_autoptr(AssayOutput) output = assay_output_open(path, NULL);

        if (output == NULL)
            pause();
    }
    return NULL;
}

/* A thread that ends the process leaves nothing behind, whatever the others are at. */
static void
test_leave_beside_threads(void)
{
    for (guint round = 0; round < 40; round++) {
        int status = 0;
        pid_t child = fork();

        if (child == 0) {
            g_thread_new("a", keep_opening, (gpointer) "a");
            g_thread_new("b", keep_opening, (gpointer) "b");
            g_usleep(500 + 50 * round);
            assay_output_remove_unfinished();
            g_usleep(500);
            _exit(0);
        }
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        g_assert_cmpuint(empty_folder(), ==, 0);
    }
}

/* More than a signal handler can know of. */
static void
test_many(void)
{
    AssayOutput *outputs[100];

    for (int i = 0; i < 100; i++) {
        g_autofree char *name = g_strdup_printf("file%d", i);
        g_autofree char *path = in_folder(name);

        outputs[i] = assay_output_open(path, NULL);
        g_assert_nonnull(outputs[i]);
    }
    for (int i = 0; i < 100; i++) {
        if (i % 2 == 0)
            g_assert_true(assay_output_close(outputs[i], NULL));
        assay_output_free(outputs[i]);
    }
    g_assert_cmpuint(empty_folder(), ==, 50);
    assay_output_free(NULL);
}

/* Where the temporary file was taken away, the close says so. */
static void
test_taken_away(void)
{
    g_autofree char *path = in_folder("x");
    g_autoptr(AssayOutput) output = assay_output_open(path, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(empty_folder(), ==, 1);
    g_assert_false(assay_output_close(output, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    g_assert_cmpuint(empty_folder(), ==, 0);
}

int
main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-output-XXXXXX", NULL);
    g_test_add_func("/output/new-file", test_new_file);
    g_test_add_func("/output/existing-file", test_existing_file);
    g_test_add_func("/output/links", test_links);
    g_test_add_func("/output/long-name", test_long_name);
    g_test_add_func("/output/refused", test_refused);
    g_test_add_func("/output/permissions", test_permissions);
    g_test_add_func("/output/large", test_large);
    g_test_add_func("/output/signal", test_signal);
    g_test_add_func("/output/leave-beside-threads", test_leave_beside_threads);
    g_test_add_func("/output/many", test_many);
    g_test_add_func("/output/taken-away", test_taken_away);
    result = g_test_run();
    g_rmdir(folder);
    g_free(folder);
    return result;
}
