/* base/output.c - buffered, checked, and renamed into place by the close.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "error.h"
#include "text.h"

enum {
    BUFFER_SIZE = 1 << 17,
    N_UNFINISHED = 64,
    MAX_LINKS = 40,      /* symbolic links in a row, as Linux has it */
    MAX_NAME = 255 - 13, /* NAME_MAX less what a temporary name adds */
    MAX_WRITE = 1 << 30, /* some systems refuse more in one call */
    MAX_ATTEMPTS = 100,
};

struct AssayOutput {
    char *name;       /* for messages */
    int fd;           /* -1 once closed */
    gboolean is_own;  /* whether to close fd, or only to ask what a close would say */
    gboolean is_file; /* a regular one */
    char *target;     /* of a regular file: what the temporary file becomes */
    char *temporary;  /* NULL once renamed or removed */
    int slot;         /* of the temporary file in unfinished[], or -1 */
    GError *failure;  /* the first */
    gboolean is_closed;
    size_t n;
    char buffer[BUFFER_SIZE];
};

/* Temporary files, for a signal handler to remove. The handler may run on any thread, between any
 * two instructions: it raises is_removing and then looks at a slot; we empty a slot and then look
 * at is_removing. Whichever comes first, no string is freed that the handler still reads. */
static _Atomic(char *) unfinished[N_UNFINISHED];
static atomic_bool is_removing;

void
assay_output_remove_unfinished(void)
{
    int saved_errno = errno;

    atomic_store(&is_removing, true);
    for (int i = 0; i < N_UNFINISHED; i++) {
        const char *path = atomic_load(&unfinished[i]);

        if (path != NULL)
            unlink(path);
    }
    errno = saved_errno;
}

/* Takes @copy of a path. */
static int
remember(char *copy)
{
    for (int i = 0; i < N_UNFINISHED; i++) {
        char *expected = NULL;

        if (atomic_compare_exchange_strong(&unfinished[i], &expected, copy))
            return i;
    }
    g_free(copy);
    return -1;
}

static void
forget(int slot)
{
    char *path = slot >= 0 ? atomic_exchange(&unfinished[slot], NULL) : NULL;

    if (!atomic_load(&is_removing))
        g_free(path);
}

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

/* Makes a new file beside the target and remembers it, with no signal in between. */
static gboolean
open_temporary(AssayOutput *self, const struct stat *replaced, GError **error)
{
    static atomic_uint counter;
    g_autofree char *folder = g_path_get_dirname(self->target);
    const char *slash = strrchr(self->target, '/');
    const char *base = slash != NULL ? slash + 1 : self->target;
    int code = EEXIST;

    for (int i = 0; i < MAX_ATTEMPTS && self->fd < 0 && code == EEXIST; i++) {
        g_autofree char *path = NULL, *copy = NULL; /* made before there is a file to forget */
        struct timespec now = { 0 };
        sigset_t all, before;
        guint32 unique;

        clock_gettime(CLOCK_REALTIME, &now);
        unique = (guint32)now.tv_nsec ^ ((guint32)getpid() << 12) ^
                 atomic_fetch_add(&counter, 1) * 0x9e3779b9u;
        path = g_strdup_printf("%s/.%.*s.%06x.part", folder, MAX_NAME, base, unique & 0xffffff);
        copy = g_strdup(path);
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before);
        self->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
        code = errno;
        if (self->fd >= 0) {
            self->slot = remember(g_steal_pointer(&copy));
            self->temporary = g_steal_pointer(&path);
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    if (self->fd < 0 && code == ENOENT) {
        g_autofree char *shown = assay_text_escape_name(folder);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: cannot write: there is no folder %s; make it first", self->name, shown);
        return FALSE;
    }
    if (self->fd < 0)
        return fail(self, "cannot make a file beside it", code, error);
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
    self->slot = -1;
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

static void
remove_temporary(AssayOutput *self)
{
    if (self->temporary != NULL)
        unlink(self->temporary);
    g_clear_pointer(&self->temporary, g_free);
    forget(self->slot);
    self->slot = -1;
}

void
assay_output_free(AssayOutput *self)
{
    if (self == NULL)
        return;
    close_descriptor(self);
    remove_temporary(self);
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
    if (flushed && self->temporary != NULL) {
        if (rename(self->temporary, self->target) == 0)
            g_clear_pointer(&self->temporary, g_free);
        else
            flushed = fail(self, "cannot replace", errno, error);
    }
    remove_temporary(self);
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
