/* stream/tar-writer.c - members written as a tar.
 *
 * Headers of plain members are made by ustar.c, which takes a tenth of the time; whatever takes
 * more than one block is libarchive's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "archive-private.h"
#include "libarchive-private.h"
#include "ustar-private.h"

struct AssayTarWriter {
    AssayOutput *output; /* borrowed */
    size_t padding;      /* zeros that follow the data of the member begun last */
    locale_t locale;     /* of libarchive's, once it was needed */
};

static const guint8 zeros[2 * ASSAY_TAR_BLOCK];

AssayTarWriter *
assay_tar_writer_new(AssayOutput *output)
{
    AssayTarWriter *self = g_new0(AssayTarWriter, 1);

    self->output = output;
    return self;
}

void
assay_tar_writer_free(AssayTarWriter *self)
{
    if (self == NULL)
        return;
    if (self->locale != (locale_t)0)
        freelocale(self->locale);
    g_free(self);
}

/* What libarchive writes, up to the end of the header. */
typedef struct {
    GByteArray *bytes;
    gboolean is_whole;
} Header;

static la_ssize_t
keep_block(struct archive *archive, void *user, const void *block, size_t size)
{
    const Header *self = user;

    (void)archive;
    if (!self->is_whole)
        g_byte_array_append(self->bytes, block, (guint)size);
    return (la_ssize_t)size;
}

static int
write_entry(struct archive *archive, const char *path, size_t size)
{
    struct archive_entry *entry = assay_libarchive_made(archive_entry_new());
    int status;

    archive_entry_copy_pathname(entry, path);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_mtime(entry, 0, 0);
    status = archive_write_header(archive, entry);
    archive_entry_free(entry);
    return status;
}

/* What libarchive writes before the data of a member: ustar, with a pax header only where a name,
 * or a size over 8 GiB, asks for one. */
static gboolean
make_header(AssayTarWriter *self, const char *path, size_t size, GByteArray *bytes, GError **error)
{
    Header header = { bytes, FALSE };
    struct archive *archive;
    locale_t before;
    int status;

    if (self->locale == (locale_t)0)
        self->locale = assay_libarchive_locale();
    archive = assay_libarchive_made(archive_write_new());
    before = assay_libarchive_enter(self->locale);
    status = archive_write_set_format_pax_restricted(archive);
    archive_write_set_bytes_per_block(archive, 0); /* at once */
    if (status == ARCHIVE_OK)
        status = archive_write_open(archive, &header, NULL, keep_block, NULL);
    if (status == ARCHIVE_OK)
        status = write_entry(archive, path, size);
    assay_libarchive_leave(before);
    if (status != ARCHIVE_OK)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot write the tar: %s",
                    assay_output_peek_name(self->output), archive_error_string(archive));
    header.is_whole = TRUE;
    before = assay_libarchive_enter(self->locale);
    archive_write_free(archive); /* which writes zeros for the data, and the end */
    assay_libarchive_leave(before);
    return status == ARCHIVE_OK;
}

/* The zeros after the member begun last. */
static gboolean
end_member(AssayTarWriter *self, GError **error)
{
    size_t padding = self->padding;

    self->padding = 0;
    return assay_output_write(self->output, zeros, padding, error);
}

gboolean
assay_tar_writer_begin(AssayTarWriter *self, const char *path, size_t size, GError **error)
{
    guint8 block[ASSAY_TAR_BLOCK];
    g_autoptr(GByteArray) header = NULL;

    if (!end_member(self, error))
        return FALSE;
    self->padding = (ASSAY_TAR_BLOCK - size % ASSAY_TAR_BLOCK) % ASSAY_TAR_BLOCK;
    if (assay_ustar_header(block, path, size))
        return assay_output_write(self->output, block, sizeof block, error);
    header = g_byte_array_new();
    return make_header(self, path, size, header, error) &&
           assay_output_write(self->output, header->data, header->len, error);
}

gboolean
assay_tar_writer_data(AssayTarWriter *self, const void *data, size_t size, GError **error)
{
    return assay_output_write(self->output, data, size, error);
}

gboolean
assay_tar_writer_members(AssayTarWriter *self, const void *data, size_t size, GError **error)
{
    return end_member(self, error) && assay_output_write(self->output, data, size, error);
}

gboolean
assay_tar_writer_end(AssayTarWriter *self, GError **error)
{
    return end_member(self, error) && assay_output_write(self->output, zeros, sizeof zeros, error);
}
