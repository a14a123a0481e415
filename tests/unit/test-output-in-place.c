/* tests/unit/test-output-in-place.c - output to what is no regular file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include <assay/base/error.h>
#include <assay/base/output.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file-tree.h"

static char *folder;

static char *
in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

/* Descriptor 1 becomes @fd for as long as @path is written; returns the close's message. */
static char *
write_as_stdout(int fd, const char *path, const char *text)
{
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(GError) error = NULL;
    int saved;

    fflush(stdout);
    saved = dup(STDOUT_FILENO);
    if (fd >= 0)
        dup2(fd, STDOUT_FILENO);
    else
        close(STDOUT_FILENO);
    output = assay_output_open(path, &error);
    if (output != NULL) {
        assay_output_puts(output, text, NULL);
        if (assay_output_close(output, &error))
            g_assert_no_error(error);
    }
    dup2(saved, STDOUT_FILENO);
    close(saved);
    return error != NULL ? g_strdup(error->message) : NULL;
}

static void
test_stdout(void)
{
    g_autofree char *path = in_folder("out");
    g_autofree char *full = NULL;
    g_autofree char *closed = NULL;
    g_autofree char *read_only = NULL;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    int full_fd = open("/dev/full", O_WRONLY), null_fd = open("/dev/null", O_RDONLY);
    g_autofree char *by_number = g_strdup_printf("/dev/fd/%d", fd);

    g_assert_null(write_as_stdout(fd, "-", "one "));
    g_assert_null(write_as_stdout(fd, "/dev/stdout", "two "));
    file_tree_write(by_number, "three");
    file_tree_assert(path, "one two three");
    g_assert_cmpint((int)write(fd, "!", 1), ==, 1); /* still open */
    full = write_as_stdout(full_fd, "-", "lost");
    g_assert_cmpstr(full, ==, "standard output: cannot write: No space left on device");
    closed = write_as_stdout(-1, "-", "lost");
    g_assert_cmpstr(closed, ==, "standard output: cannot write: Bad file descriptor");
    read_only = write_as_stdout(null_fd, "-", "lost");
    g_assert_cmpstr(read_only, ==, "standard output: cannot write: Bad file descriptor");
    close(fd);
    close(full_fd);
    close(null_fd);
    g_assert_cmpint(g_remove(path), ==, 0);
}

static void
test_in_place(void)
{
    g_autofree char *fifo = in_folder("fifo");
    GStatBuf status;
    char buffer[16] = "";
    int fd;

    file_tree_write("/dev/null", "gone");
    g_assert_cmpint(g_stat("/dev/null", &status), ==, 0);
    g_assert_true(S_ISCHR(status.st_mode));

    g_assert_cmpint(mkfifo(fifo, 0666), ==, 0);
    fd = open(fifo, O_RDONLY | O_NONBLOCK);
    file_tree_write(fifo, "through");
    g_assert_cmpint((int)read(fd, buffer, sizeof buffer - 1), ==, 7);
    g_assert_cmpstr(buffer, ==, "through");
    close(fd);
    g_assert_cmpint(g_remove(fifo), ==, 0);
}

/* The first failure is reported again and again, whatever was written since. */
static void
test_full(void)
{
    g_autoptr(AssayOutput) output = assay_output_open("/dev/full", NULL);
    const char *message = "/dev/full: cannot write: No space left on device";

    g_assert_true(assay_output_puts(output, "buffered", NULL));
    for (int i = 0; i < 4; i++) {
        g_autoptr(GError) error = NULL;
        gboolean ok = i == 0   ? assay_output_flush(output, &error)
                      : i == 1 ? assay_output_puts(output, "more", &error)
                               : assay_output_close(output, &error);

        g_assert_false(ok);
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
        g_assert_cmpstr(error->message, ==, message);
    }
}

static void *
drain(void *data)
{
    const int *fd = data;
    size_t *total = g_new0(size_t, 1);
    char buffer[5000];
    ssize_t n;

    g_usleep(20000);
    while ((n = read(*fd, buffer, sizeof buffer)) > 0)
        *total += (size_t)n;
    return total;
}

static void
test_pipe(void)
{
    g_autofree char *block = g_malloc0(1 << 20);
    g_autofree char *path = NULL;
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(AssayOutput) broken = NULL;
    g_autoptr(GError) error = NULL;
    void (*handler)(int);
    pthread_t reader;
    void *total = NULL;
    int fds[2];

    g_assert_cmpint(pipe(fds), ==, 0);
    g_assert_cmpint(fcntl(fds[1], F_SETFL, O_NONBLOCK), ==, 0);
    path = g_strdup_printf("/dev/fd/%d", fds[1]);
    output = assay_output_open(path, &error);
    g_assert_no_error(error);
    pthread_create(&reader, NULL, drain, &fds[0]);
    g_assert_true(assay_output_write(output, block, 1 << 20, &error));
    g_assert_true(assay_output_close(output, &error));
    g_assert_no_error(error);
    close(fds[1]);
    pthread_join(reader, &total);
    g_assert_cmpuint(*(size_t *)total, ==, 1 << 20);
    g_free(total);
    close(fds[0]);

    handler = signal(SIGPIPE, SIG_IGN);
    g_assert_cmpint(pipe(fds), ==, 0);
    close(fds[0]);
    g_free(path);
    path = g_strdup_printf("/dev/fd/%d", fds[1]);
    broken = assay_output_open(path, NULL);
    g_assert_true(assay_output_puts(broken, "x", NULL));
    g_assert_false(assay_output_close(broken, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    close(fds[1]);
    signal(SIGPIPE, handler);
}

static void
test_terminal(void)
{
    g_autoptr(AssayOutput) null = assay_output_open("/dev/null", NULL);
    g_autoptr(AssayOutput) terminal = NULL;
    int fd = posix_openpt(O_RDWR | O_NOCTTY);

    g_assert_false(assay_output_is_terminal(null));
    g_assert_cmpstr(assay_output_peek_name(null), ==, "/dev/null");
    if (fd < 0 || grantpt(fd) != 0 || unlockpt(fd) != 0 || ptsname(fd) == NULL) {
        g_test_skip("no pseudo-terminal to be had");
        return;
    }
    terminal = assay_output_open(ptsname(fd), NULL);
    if (terminal != NULL)
        g_assert_true(assay_output_is_terminal(terminal));
    else
        g_test_skip("the pseudo-terminal cannot be opened");
    close(fd);
}

int
main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    folder = g_dir_make_tmp("assay-output-XXXXXX", NULL);
    g_test_add_func("/output-in-place/stdout", test_stdout);
    g_test_add_func("/output-in-place/in-place", test_in_place);
    g_test_add_func("/output-in-place/full", test_full);
    g_test_add_func("/output-in-place/pipe", test_pipe);
    g_test_add_func("/output-in-place/terminal", test_terminal);
    result = g_test_run();
    g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing was left in it */
    g_free(folder);
    return result;
}
