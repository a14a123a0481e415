/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "error.h"

struct AssaySpool {
    AssayInput *input;
    size_t max_memory;
    char *folder;
    GByteArray *memory; /* all that is kept, while there is no file */
    int fd;             /* of the file, or -1 */
};

/* One who reads what is kept. */
typedef struct {
    const AssaySpool *spool;
    guint64 at;
} Place;

AssaySpool *
assay_spool_new(AssayInput *input, size_t max_memory, const char *folder)
{
    AssaySpool *self = g_new0(AssaySpool, 1);

    self->input = input;
    self->max_memory = max_memory;
    self->folder = g_strdup(folder);
    self->memory = g_byte_array_new();
    self->fd = -1;
    return self;
}

void
assay_spool_free(AssaySpool *self)
{
    if (self == NULL)
        return;
    assay_input_free(self->input);
    g_byte_array_unref(self->memory);
    if (self->fd >= 0)
        close(self->fd); /* nothing in it is wanted any more */
    g_free(self->folder);
    g_free(self);
}

static gboolean
fail(const AssaySpool *self, const char *what, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO,
                "%s: cannot %s a temporary file in %s: %s; TMPDIR names another folder",
                assay_input_name(self->input), what, self->folder, g_strerror(errno));
    return FALSE;
}

static gboolean
append_to_file(const AssaySpool *self, const guint8 *data, size_t size, GError **error)
{
    while (size > 0) {
        ssize_t n = write(self->fd, data, size);

        if (n < 0 && errno != EINTR)
            return fail(self, "write", error);
        if (n > 0) {
            data += n;
            size -= (size_t)n;
        }
    }
    return TRUE;
}

/* Moves what is kept from memory into a file, whose name is gone as soon as it is there. */
static gboolean
move_to_file(AssaySpool *self, GError **error)
{
    g_autofree char *path = NULL;

    if (self->folder == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: is larger than %" G_GSIZE_FORMAT " bytes; --max-sample raises the limit",
                    assay_input_name(self->input), self->max_memory);
        return FALSE;
    }
    path = g_build_filename(self->folder, "assay-XXXXXX", NULL);
    self->fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (self->fd < 0)
        return fail(self, "make", error);
    g_unlink(path);
    if (!append_to_file(self, self->memory->data, self->memory->len, error))
        return FALSE;
    g_byte_array_unref(self->memory);
    self->memory = g_byte_array_new();
    return TRUE;
}

static gboolean
keep(gpointer user, void *data, size_t size, size_t *got, GError **error)
{
    AssaySpool *self = user;

    if (!assay_input_read_into(self->input, data, size, got, error))
        return FALSE;
    if (self->fd < 0 && *got > self->max_memory - self->memory->len && !move_to_file(self, error))
        return FALSE;
    if (self->fd >= 0)
        return append_to_file(self, data, *got, error);
    g_byte_array_append(self->memory, data, (guint)*got);
    return TRUE;
}

static gboolean
read_kept(gpointer user, void *data, size_t size, size_t *got, GError **error)
{
    Place *place = user;
    const AssaySpool *self = place->spool;
    ssize_t n;

    if (self->fd < 0) {
        *got = (size_t)MIN(size, self->memory->len - place->at);
        if (*got > 0)
            memcpy(data, self->memory->data + place->at, *got);
    } else {
        do
            n = pread(self->fd, data, size, (off_t)place->at);
        while (n < 0 && errno == EINTR);
        if (n < 0)
            return fail(self, "read", error);
        *got = (size_t)n;
    }
    place->at += *got;
    return TRUE;
}

AssayInput *
assay_spool_fill(AssaySpool *self)
{
    return assay_input_from_reader(assay_input_name(self->input), keep, self, NULL);
}

AssayInput *
assay_spool_open(const AssaySpool *self)
{
    Place *place = g_new0(Place, 1);

    place->spool = self;
    return assay_input_from_reader(assay_input_name(self->input), read_kept, place, g_free);
}
