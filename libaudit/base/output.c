/* base/output.c - buffered, checked, and renamed into place by the close.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "temporary-private.h"
#include "text.h"

enum {
    BUFFER_SIZE = 1 << 17,
    MAX_LINKS = 40,      /* symbolic links in a row, as Linux has it */
    MAX_WRITE = 1 << 30, /* some systems refuse more in one call */
};

struct AssayOutput {
    char *name;       /* for messages */
    int fd;           /* -1 once closed */
    gboolean is_own;  /* whether to close fd, or only to ask what a close would say */
    gboolean is_file; /* a regular one */
    char *target;     /* of a regular file: what the temporary file becomes */
    AssayTemporary temporary;
    GError *failure; /* the first */
    gboolean is_closed;
    size_t n;
    char buffer[BUFFER_SIZE];
};

static gboolean
fail(AssayOutput *self, const char *what, int code, GError **error)
{
    if (self->failure == NULL)
        self->failure = g_error_new(ASSAY_ERROR, ASSAY_ERROR_IO, "%s: %s: %s", self->name, what,
                                    g_strerror(code));
    if (error != NULL)
        *error = g_error_copy(self->failure);
    return FALSE;
}

/* Follows symbolic links from @path to what they mean, which need not exist; the kernel sees to
 * those in its folders. NULL with errno set. */
static char *
follow_links(const char *path)
{
    g_autofree char *at = g_strdup(path);

    for (int i = 0; i < MAX_LINKS; i++) {
        g_autofree char *link = NULL;
        g_autofree char *folder = NULL;
        struct stat status;
        ssize_t size;

        if (lstat(at, &status) != 0)
            return errno == ENOENT ? g_steal_pointer(&at) : NULL;
        if (!S_ISLNK(status.st_mode))
            return g_steal_pointer(&at);
        link = g_malloc0(PATH_MAX + 1);
        size = readlink(at, link, PATH_MAX);
        if (size < 0)
            return NULL;
        folder = g_path_get_dirname(at);
        g_free(at);
        at = link[0] == '/' ? g_steal_pointer(&link) : g_strconcat(folder, "/", link, NULL);
    }
    errno = ELOOP;
    return NULL;
}

static gboolean
open_temporary(AssayOutput *self, const struct stat *replaced, GError **error)
{
    self->fd = assay_temporary_make(&self->temporary, self->target);
    if (self->fd < 0 && errno == ENOENT) {
        g_autofree char *folder = g_path_get_dirname(self->target);
        g_autofree char *shown = assay_text_escape_name(folder);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: cannot write: there is no folder %s; make it first", self->name, shown);
        return FALSE;
    }
    if (self->fd < 0)
        return fail(self, "cannot make a file beside it", errno, error);
    if (replaced != NULL && fchmod(self->fd, replaced->st_mode & 0777) != 0)
        return fail(self, "cannot set its mode", errno, error);
    return TRUE;
}

static gboolean
open_path(AssayOutput *self, const char *path, GError **error)
{
    struct stat status;
    gboolean exists = stat(path, &status) == 0;

    if (!exists && errno != ENOENT)
        return fail(self, "cannot write", errno, error);
    if (exists ? S_ISDIR(status.st_mode) : path[0] == '\0' || g_str_has_suffix(path, "/")) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    exists ? "%s: is a folder; name a file in it" : "\"%s\": is no file name",
                    self->name);
        return FALSE;
    }
    if (exists && !S_ISREG(status.st_mode)) {
        self->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return self->fd >= 0 || fail(self, "cannot write", errno, error);
    }
    /* A rename would replace even a file that may not be written. */
    if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return fail(self, "cannot write", errno, error);
    self->target = follow_links(path);
    if (self->target == NULL)
        return fail(self, "cannot follow the link", errno, error);
    return open_temporary(self, exists ? &status : NULL, error);
}

/* The descriptor that a name stands for, or -1. To open /dev/fd/N anew would forget where `>>`
 * writes, and a rename over its target would take the file away from under the shell. */
static int
descriptor_of(const char *path)
{
    guint64 fd;

    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    if (g_str_has_prefix(path, "/dev/fd/"))
        path += strlen("/dev/fd/");
    else if (g_str_has_prefix(path, "/proc/self/fd/"))
        path += strlen("/proc/self/fd/");
    else
        return -1;
    return g_ascii_string_to_unsigned(path, 10, 0, G_MAXINT, &fd, NULL) ? (int)fd : -1;
}

AssayOutput *
assay_output_open(const char *path, GError **error)
{
    g_autoptr(AssayOutput) self = g_malloc(sizeof *self);
    struct stat status;
    gboolean ok;

    /* All but the buffer, which need not be touched before it is used. */
    memset(self, 0, offsetof(AssayOutput, buffer));
    self->name =
        strcmp(path, "-") == 0 ? g_strdup("standard output") : assay_text_escape_name(path);
    self->fd = descriptor_of(path);
    if (self->fd >= 0) {
        int flags = fcntl(self->fd, F_GETFL);

        if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY)
            errno = EBADF; /* started with >&-, and an input took the number */
        ok = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
        if (!ok) {
            fail(self, "cannot write", errno, error);
            self->fd = -1;
        }
    } else {
        self->is_own = TRUE;
        ok = open_path(self, path, error);
    }
    self->is_file = ok && fstat(self->fd, &status) == 0 && S_ISREG(status.st_mode);
    return ok ? g_steal_pointer(&self) : NULL;
}

static gboolean
close_descriptor(AssayOutput *self)
{
    int fd = self->fd;

    self->fd = -1;
    if (fd < 0)
        return TRUE;
    /* The close of a duplicate reports what the system held back (NFS, quotas), and keeps the
     * number of a standard stream from being given to the next file opened. */
    if (!self->is_own)
        fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (fd < 0)
        return TRUE;
    /* On Linux the descriptor is gone whatever close says, so EINTR is not to be tried again. */
    return close(fd) == 0 || errno == EINTR;
}

void
assay_output_free(AssayOutput *self)
{
    if (self == NULL)
        return;
    close_descriptor(self);
    assay_temporary_remove(&self->temporary);
    g_clear_error(&self->failure);
    g_free(self->target);
    g_free(self->name);
    g_free(self);
}

/* Standard output may be a pipe or a terminal that somebody made non-blocking. */
static gboolean
wait_until_writable(int fd)
{
    struct pollfd wanted = { .fd = fd, .events = POLLOUT };

    return poll(&wanted, 1, -1) >= 0 || errno == EINTR;
}

static gboolean
write_all(AssayOutput *self, const char *data, size_t size, GError **error)
{
    while (size > 0) {
        ssize_t written = write(self->fd, data, MIN(size, (size_t)MAX_WRITE));

        if (written > 0) {
            data += written;
            size -= (size_t)written;
        } else if (written == 0) {
            return fail(self, "cannot write", ENOSPC, error);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_until_writable(self->fd))
                return fail(self, "cannot write", errno, error);
        } else if (errno != EINTR) {
            return fail(self, "cannot write", errno, error);
        }
    }
    return TRUE;
}

gboolean
assay_output_flush(AssayOutput *self, GError **error)
{
    size_t n = self->n;

    if (self->failure != NULL)
        return fail(self, "", 0, error);
    self->n = 0;
    return write_all(self, self->buffer, n, error);
}

/* @size bytes for which there is room. */
static void
append(AssayOutput *self, const char *data, size_t size)
{
    if (size > 0)
        memcpy(self->buffer + self->n, data, size);
    self->n += size;
}

/* More bytes than there is room for, to a file: whole buffers at places that are multiples of their
 * size. Linux keeps such a file in large pieces, which take two thirds of the time to write and
 * half of it to read. */
static gboolean
write_buffers(AssayOutput *self, const char *data, size_t size, GError **error)
{
    size_t part = self->n > 0 ? BUFFER_SIZE - self->n : 0;
    size_t whole = (size - part) / BUFFER_SIZE * BUFFER_SIZE;

    append(self, data, part);
    if (!assay_output_flush(self, error) || !write_all(self, data + part, whole, error))
        return FALSE;
    append(self, data + part + whole, size - part - whole);
    return TRUE;
}

gboolean
assay_output_write(AssayOutput *self, const void *data, size_t size, GError **error)
{
    g_return_val_if_fail(!self->is_closed, FALSE);
    if (self->failure != NULL)
        return fail(self, "", 0, error);
    if (size <= BUFFER_SIZE - self->n) {
        append(self, data, size);
        return TRUE;
    }
    if (self->is_file)
        return write_buffers(self, data, size, error);
    /* Who reads from a pipe waits for no more than need be. */
    if (!assay_output_flush(self, error))
        return FALSE;
    if (size >= BUFFER_SIZE)
        return write_all(self, data, size, error);
    append(self, data, size);
    return TRUE;
}

gboolean
assay_output_puts(AssayOutput *self, const char *text, GError **error)
{
    return assay_output_write(self, text, strlen(text), error);
}

gboolean
assay_output_printf(AssayOutput *self, GError **error, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return assay_output_puts(self, text, error);
}

gboolean
assay_output_close(AssayOutput *self, GError **error)
{
    gboolean flushed;

    if (self->is_closed)
        return self->failure == NULL || fail(self, "", 0, error);
    flushed = assay_output_flush(self, error);
    self->is_closed = TRUE;
    if (!close_descriptor(self) && flushed)
        flushed = fail(self, "cannot close", errno, error);
    if (flushed && self->target != NULL && !assay_temporary_become(&self->temporary, self->target))
        flushed = fail(self, "cannot replace", errno, error);
    assay_temporary_remove(&self->temporary);
    return flushed;
}

gboolean
assay_output_is_terminal(const AssayOutput *self)
{
    return self->fd >= 0 && isatty(self->fd) == 1;
}

const char *
assay_output_peek_name(const AssayOutput *self)
{
    return self->name;
}
