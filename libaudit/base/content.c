/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "content.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"
#include "error.h"

enum { BLOCK = 262144 };

struct AssayContent {
    char *name;
    GBytes *bytes; /* NULL: it stays in its file */
    char *path;
    int fd; /* -1 until it is read */
    guint64 size;
};

static AssayContent *
new_content(const char *name)
{
    AssayContent *self = g_new0(AssayContent, 1);

    self->name = g_strdup(name);
    self->fd = -1;
    return self;
}

AssayContent *
assay_content_from_bytes(const char *name, GBytes *bytes)
{
    AssayContent *self = new_content(name);

    self->bytes = g_bytes_ref(bytes);
    self->size = g_bytes_get_size(bytes);
    return self;
}

/* Whether @path is a regular file of more than @max_memory bytes. */
static gboolean
is_large(const AssayInput *input, const char *path, size_t max_memory)
{
    struct stat status;

    return assay_input_is_regular(input) && stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           (guint64)status.st_size > max_memory;
}

AssayContent *
assay_content_from_input(AssayInput *input, const char *path, size_t max_memory, size_t max_bytes,
                         GError **error)
{
    g_autoptr(AssayContent) self = new_content(assay_input_name(input));

    if (is_large(input, path, max_memory)) {
        self->path = g_strdup(path);
        return g_steal_pointer(&self);
    }
    self->bytes = assay_input_read_all(input, max_bytes, error);
    if (self->bytes == NULL)
        return NULL;
    self->size = g_bytes_get_size(self->bytes);
    return g_steal_pointer(&self);
}

void
assay_content_free(AssayContent *self)
{
    if (self == NULL)
        return;
    if (self->bytes != NULL)
        g_bytes_unref(self->bytes);
    if (self->fd >= 0)
        close(self->fd);
    g_free(self->path);
    g_free(self->name);
    g_free(self);
}

const char *
assay_content_name(const AssayContent *self)
{
    return self->name;
}

size_t
assay_content_held(const AssayContent *self)
{
    return self->bytes != NULL ? (size_t)self->size : 0;
}

static gboolean
open_file(AssayContent *self, GError **error)
{
    struct stat status;

    if (self->bytes != NULL || self->fd >= 0)
        return TRUE;
    self->fd = open(self->path, O_RDONLY | O_CLOEXEC);
    if (self->fd < 0 || fstat(self->fd, &status) != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot open: %s", self->name,
                    g_strerror(errno));
        return FALSE;
    }
    self->size = (guint64)status.st_size;
    return TRUE;
}

gboolean
assay_content_size(AssayContent *self, guint64 *size, GError **error)
{
    if (!open_file(self, error))
        return FALSE;
    *size = self->size;
    return TRUE;
}

/* What is there at @at, up to @size bytes, of the file; less at its end. */
static gboolean
read_file(const AssayContent *self, guint64 at, guint8 *data, size_t size, size_t *got,
          GError **error)
{
    *got = 0;
    while (*got < size) {
        ssize_t n = pread(self->fd, data + *got, size - *got, (off_t)(at + *got));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot read: %s", self->name,
                        g_strerror(errno));
            return FALSE;
        }
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return TRUE;
}

gboolean
assay_content_read(AssayContent *self, guint64 at, void *data, size_t size, size_t *got,
                   GError **error)
{
    const guint8 *bytes;
    size_t n;

    *got = 0;
    if (!open_file(self, error))
        return FALSE;
    if (at >= self->size)
        return TRUE;
    size = (size_t)MIN(size, self->size - at);
    if (self->bytes == NULL)
        return read_file(self, at, data, size, got, error);
    bytes = g_bytes_get_data(self->bytes, &n);
    memcpy(data, bytes + at, size);
    *got = size;
    return TRUE;
}

char *
assay_content_digest(AssayContent *self, GError **error)
{
    g_autoptr(AssayDigest) digest = NULL;
    g_autofree guint8 *block = NULL;
    guint64 at = 0;
    size_t got;

    if (self->bytes != NULL)
        return assay_digest_bytes(self->bytes);
    digest = assay_digest_new();
    block = g_malloc(BLOCK);
    do {
        if (!assay_content_read(self, at, block, BLOCK, &got, error))
            return NULL;
        assay_digest_update(digest, block, got);
        at += got;
    } while (got == BLOCK);
    return assay_digest_finish(digest);
}
