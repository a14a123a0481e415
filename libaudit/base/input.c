/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest-thread.h"
#include "digest.h"
#include "error.h"
#include "text.h"

enum { BLOCK = 65536 };

struct AssayInput {
    char *name;
    int fd;
    gboolean is_regular;
    GBytes *memory; /* of an input in memory; then fd is -1 */
    size_t memory_at;
    AssayInputRead read; /* of an input that another reader feeds; then fd is -1 */
    gpointer user;
    GDestroyNotify free_user;
    AssayDigest *digest; /* of all bytes so far, where it is wanted; one of the two */
    AssayDigestThread *thread;
    guint64 n_digested;
    size_t start, end; /* what of block is still to be delivered */
    gboolean ended;
    guint8 block[BLOCK];
};

/* One that is not in use, for the next: folders of small files want one after the other. */
static _Atomic(AssayInput *) spare;

/* Without a source yet. (transfer full): @name */
static AssayInput *
new_input(char *name)
{
    AssayInput *self = atomic_exchange(&spare, NULL);

    if (self == NULL)
        self = g_new(AssayInput, 1);
    memset(self, 0, offsetof(AssayInput, block)); /* the block is not worth clearing */
    self->name = name;
    self->fd = -1;
    return self;
}

AssayInput *
assay_input_open(const char *path, GError **error)
{
    gboolean is_stdin = strcmp(path, "-") == 0;
    g_autofree char *name = is_stdin ? g_strdup("standard input")
                                     : assay_text_escape_controls(path[0] != '\0' ? path : "\"\"");
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    AssayInput *self;
    int code = 0;

    if (fd < 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot open: %s", name,
                    g_strerror(errno));
        return NULL;
    }
    if (fstat(fd, &status) != 0)
        code = errno;
    if (code != 0 || S_ISDIR(status.st_mode)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: %s%s", name,
                    code != 0 ? "cannot open: " : "is a folder, not a file",
                    code != 0 ? g_strerror(code) : "");
        if (!is_stdin)
            close(fd);
        return NULL;
    }
    self = new_input(g_steal_pointer(&name));
    self->fd = fd;
    self->is_regular = S_ISREG(status.st_mode) && !is_stdin;
    return self;
}

AssayInput *
assay_input_open_at(const char *path, guint64 at, GError **error)
{
    g_autoptr(AssayInput) self = assay_input_open(path, error);

    if (self == NULL || lseek(self->fd, (off_t)at, SEEK_SET) >= 0)
        return g_steal_pointer(&self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot read: %s", self->name,
                g_strerror(errno));
    return NULL;
}

AssayInput *
assay_input_from_bytes(const char *name, GBytes *bytes)
{
    AssayInput *self = new_input(g_strdup(name));

    self->memory = g_bytes_ref(bytes);
    return self;
}

AssayInput *
assay_input_from_reader(const char *name, AssayInputRead read, gpointer user,
                        GDestroyNotify free_user)
{
    AssayInput *self = new_input(g_strdup(name));

    self->read = read;
    self->user = user;
    self->free_user = free_user;
    return self;
}

void
assay_input_free(AssayInput *self)
{
    if (self == NULL)
        return;
    if (self->fd > STDIN_FILENO)
        close(self->fd);
    if (self->memory != NULL)
        g_bytes_unref(self->memory);
    if (self->free_user != NULL)
        self->free_user(self->user);
    assay_digest_free(self->digest);
    assay_digest_thread_free(self->thread);
    g_free(self->name);
    g_free(atomic_exchange(&spare, self));
}

const char *
assay_input_name(const AssayInput *self)
{
    return self->name;
}

gboolean
assay_input_is_regular(const AssayInput *self)
{
    return self->is_regular;
}

/* One read of a file into @data. */
static gboolean
read_file(AssayInput *self, void *data, size_t size, size_t *got, GError **error)
{
    ssize_t n;

    do
        n = read(self->fd, data, size);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot read: %s", self->name,
                    g_strerror(errno));
        return FALSE;
    }
    *got = (size_t)n;
    return TRUE;
}

static void
add_to_digest(AssayInput *self, const void *data, size_t size)
{
    if (self->digest != NULL)
        assay_digest_update(self->digest, data, size);
    else if (self->thread != NULL)
        assay_digest_thread_update(self->thread, data, size);
    else
        return;
    self->n_digested += size;
}

/* One read into @data, from wherever; 0 bytes mean the end. They are still to be digested. */
static gboolean
read_any(AssayInput *self, void *data, size_t size, size_t *got, GError **error)
{
    *got = 0;
    if (self->ended)
        return TRUE;
    if (self->memory != NULL) {
        size_t left;
        const guint8 *bytes = g_bytes_get_data(self->memory, &left);

        *got = MIN(size, left - self->memory_at);
        if (*got > 0)
            memcpy(data, bytes + self->memory_at, *got);
        self->memory_at += *got;
    } else if (self->read != NULL) {
        if (!self->read(self->user, data, size, got, error))
            return FALSE;
    } else if (!read_file(self, data, size, got, error)) {
        return FALSE;
    }
    self->ended = *got == 0;
    return TRUE;
}

static gboolean
fill(AssayInput *self, void *data, size_t size, size_t *got, GError **error)
{
    if (!read_any(self, data, size, got, error))
        return FALSE;
    add_to_digest(self, data, *got);
    return TRUE;
}

/* The same into where the thread digests it, so that it need not be copied. */
static gboolean
fill_thread(AssayInput *self, guint64 wanted, size_t *got, GError **error)
{
    size_t size;
    gpointer room = assay_digest_thread_room(self->thread, &size);

    if (!read_any(self, room, (size_t)MIN(wanted, size), got, error))
        return FALSE;
    assay_digest_thread_filled(self->thread, *got);
    self->n_digested += *got;
    return TRUE;
}

void
assay_input_digest(AssayInput *self)
{
    g_return_if_fail(self->start == 0);
    self->digest = assay_digest_new();
    add_to_digest(self, self->block, self->end);
}

void
assay_input_digest_beside(AssayInput *self)
{
    g_return_if_fail(self->start == 0);
    self->thread = assay_digest_thread_new();
    add_to_digest(self, self->block, self->end);
}

char *
assay_input_finish(AssayInput *self, guint64 *size, GError **error)
{
    const guint8 *data;
    size_t n;

    do {
        if (!assay_input_read(self, &data, &n, error))
            return NULL;
    } while (n > 0);
    *size = self->n_digested;
    return self->thread != NULL ? assay_digest_thread_finish(self->thread)
                                : assay_digest_finish(self->digest);
}

gboolean
assay_input_peek(AssayInput *self, const guint8 **data, size_t *size, GError **error)
{
    size_t wanted = MIN(*size, BLOCK);

    if (self->end - self->start < wanted && self->start > 0) {
        memmove(self->block, self->block + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    while (self->end - self->start < wanted && !self->ended) {
        size_t got;

        if (!fill(self, self->block + self->end, BLOCK - self->end, &got, error))
            return FALSE;
        self->end += got;
    }
    *data = self->block + self->start;
    *size = MIN(wanted, self->end - self->start);
    return TRUE;
}

gboolean
assay_input_read(AssayInput *self, const guint8 **data, size_t *size, GError **error)
{
    if (self->start == self->end) {
        self->start = 0;
        if (!fill(self, self->block, BLOCK, &self->end, error))
            return FALSE;
    }
    *data = self->block + self->start;
    *size = self->end - self->start;
    self->start = self->end;
    return TRUE;
}

gboolean
assay_input_read_into(AssayInput *self, void *data, size_t size, size_t *got, GError **error)
{
    size_t total = MIN(size, self->end - self->start), n;

    if (total > 0)
        memcpy(data, self->block + self->start, total);
    self->start += total;
    while (total < size) {
        if (!fill(self, (guint8 *)data + total, size - total, &n, error))
            return FALSE;
        if (n == 0)
            break;
        total += n;
    }
    *got = total;
    return TRUE;
}

gboolean
assay_input_skip(AssayInput *self, guint64 size, guint64 *got, GError **error)
{
    size_t n = 1;

    for (*got = 0; *got < size && n > 0; *got += n) {
        if (self->start == self->end && self->thread != NULL) {
            if (!fill_thread(self, size - *got, &n, error))
                return FALSE;
            continue;
        }
        if (self->start == self->end) {
            self->start = 0;
            if (!fill(self, self->block, BLOCK, &self->end, error))
                return FALSE;
        }
        n = (size_t)MIN(self->end - self->start, size - *got);
        self->start += n;
    }
    return TRUE;
}

static gboolean
check_room(const AssayInput *self, size_t length, size_t max_bytes, GError **error)
{
    if (length <= max_bytes)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: is larger than %" G_GSIZE_FORMAT " bytes; --max-sample raises the limit",
                self->name, max_bytes);
    return FALSE;
}

GBytes *
assay_input_read_all(AssayInput *self, size_t max_bytes, GError **error)
{
    size_t room = 0, length = BLOCK, got;
    g_autofree guint8 *data = NULL;
    const guint8 *block;

    if (!assay_input_peek(self, &block, &length, error))
        return NULL;
    if (self->ended) { /* a small file: all of it is here */
        self->start += length;
        return check_room(self, length, max_bytes, error) ? g_bytes_new(block, length) : NULL;
    }
    length = 0;
    do {
        guint8 *more;

        room = MAX(2 * room, BLOCK);
        more = g_try_realloc(data, room);
        if (more == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: no memory for more than %" G_GSIZE_FORMAT " bytes", self->name,
                        length);
            return NULL;
        }
        data = more;
        if (!assay_input_read_into(self, data + length, room - length, &got, error))
            return NULL;
        length += got;
        if (!check_room(self, length, max_bytes, error))
            return NULL;
    } while (length == room);
    data = g_realloc(data, MAX(length, 1)); /* many of these may wait at a time */
    return g_bytes_new_take(g_steal_pointer(&data), length);
}
