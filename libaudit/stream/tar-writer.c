/* stream/tar-writer.c - members written as a tar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "archive-private.h"
#include "libarchive-private.h"

struct AssayTarWriter {
    struct archive *archive;
    AssayOutput *output; /* borrowed */
    GError *output_error;
    gboolean is_closing; /* nothing more is to be written */
    locale_t locale;
};

/* Never fails towards libarchive, which would then leak its buffers; the error is kept for us. */
static la_ssize_t
write_block(struct archive *archive, void *user, const void *block, size_t size)
{
    AssayTarWriter *self = user;

    (void)archive;
    if (!self->is_closing && self->output_error == NULL)
        assay_output_write(self->output, block, size, &self->output_error);
    return (la_ssize_t)size;
}

/* Whether @status is good and all bytes so far could be written. */
static gboolean
is_written(AssayTarWriter *self, gboolean status, GError **error)
{
    if (self->output_error != NULL)
        g_propagate_error(error, g_error_copy(self->output_error));
    else if (!status)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot write the tar: %s",
                    assay_output_peek_name(self->output), archive_error_string(self->archive));
    else
        return TRUE;
    return FALSE;
}

AssayTarWriter *
assay_tar_writer_new(AssayOutput *output, GError **error)
{
    AssayTarWriter *self = g_new0(AssayTarWriter, 1);
    locale_t before;
    int status;

    self->output = output;
    self->locale = assay_libarchive_locale();
    self->archive = assay_libarchive_made(archive_write_new());
    before = assay_libarchive_enter(self->locale);
    /* ustar, with a pax header only where a name, or a size over 8 GiB, asks for one. */
    status = archive_write_set_format_pax_restricted(self->archive);
    archive_write_set_bytes_per_block(self->archive, 65536);
    archive_write_set_bytes_in_last_block(self->archive, 1);
    if (status == ARCHIVE_OK)
        status = archive_write_open(self->archive, self, NULL, write_block, NULL);
    assay_libarchive_leave(before);
    if (!is_written(self, status == ARCHIVE_OK, error)) {
        assay_tar_writer_free(self);
        return NULL;
    }
    return self;
}

void
assay_tar_writer_free(AssayTarWriter *self)
{
    if (self == NULL)
        return;
    self->is_closing = TRUE;
    archive_write_free(self->archive);
    if (self->locale != (locale_t)0)
        freelocale(self->locale);
    g_clear_error(&self->output_error);
    g_free(self);
}

gboolean
assay_tar_writer_begin(AssayTarWriter *self, const char *path, size_t size, GError **error)
{
    struct archive_entry *entry = assay_libarchive_made(archive_entry_new());
    locale_t before = assay_libarchive_enter(self->locale);
    int status;

    archive_entry_copy_pathname(entry, path);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_mtime(entry, 0, 0);
    status = archive_write_header(self->archive, entry);
    assay_libarchive_leave(before);
    archive_entry_free(entry);
    return is_written(self, status == ARCHIVE_OK, error);
}

gboolean
assay_tar_writer_data(AssayTarWriter *self, const void *data, size_t size, GError **error)
{
    const char *at = data;

    while (size > 0) {
        locale_t before = assay_libarchive_enter(self->locale);
        la_ssize_t n = archive_write_data(self->archive, at, size);

        assay_libarchive_leave(before);
        if (!is_written(self, n > 0, error))
            return FALSE;
        at += n;
        size -= (size_t)n;
    }
    return TRUE;
}

gboolean
assay_tar_writer_end(AssayTarWriter *self, GError **error)
{
    locale_t before = assay_libarchive_enter(self->locale);
    int status = archive_write_close(self->archive);

    assay_libarchive_leave(before);
    return is_written(self, status == ARCHIVE_OK, error);
}
