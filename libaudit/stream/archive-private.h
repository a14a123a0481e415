/* stream/archive-private.h - tars read and written, zips read, through our own inputs and outputs.
 *
 * A zip is read from its start, member by member, as it comes out of a pipe; its directory, at the
 * end, is then held against what was read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../base/output.h"

G_BEGIN_DECLS

typedef struct AssayArchiveReader AssayArchiveReader;
typedef struct AssayTarWriter AssayTarWriter;

typedef enum {
    ASSAY_ARCHIVE_TAR, /* or one in gzip, or several, one after the other */
    ASSAY_ARCHIVE_ZIP,
} AssayArchiveKind;

/* @input: (transfer full), also on failure. */
AssayArchiveReader *assay_archive_reader_new(AssayInput *input, AssayArchiveKind kind,
                                             GError **error);
void assay_archive_reader_free(AssayArchiveReader *self);
const char *assay_archive_reader_name(const AssayArchiveReader *self);

/* Where it reads from; borrowed. */
AssayInput *assay_archive_reader_input(const AssayArchiveReader *self);

/* The next regular member's path, borrowed until the next call; NULL at the end. */
gboolean assay_archive_reader_next(AssayArchiveReader *self, const char **path, GError **error);

/* Whether the member's bytes cannot be had without a password. */
gboolean assay_archive_reader_is_encrypted(const AssayArchiveReader *self);

/* The member's bytes, in memory that grows as they arrive. */
GBytes *assay_archive_reader_bytes(AssayArchiveReader *self, size_t max_bytes, GError **error);

/* Up to @size of the member's bytes that are left; 0 at its end, where sums have been checked. */
gboolean assay_archive_reader_read(AssayArchiveReader *self, void *data, size_t size, size_t *got,
                                   GError **error);

/* @output: borrowed. */
AssayTarWriter *assay_tar_writer_new(AssayOutput *output);
void assay_tar_writer_free(AssayTarWriter *self);

/* Begins a member of @size bytes; so many follow by assay_tar_writer_data(). */
gboolean assay_tar_writer_begin(AssayTarWriter *self, const char *path, size_t size,
                                GError **error);
gboolean assay_tar_writer_data(AssayTarWriter *self, const void *data, size_t size, GError **error);

/* Members as they stand in a tar, headers, padding and all. */
gboolean assay_tar_writer_members(AssayTarWriter *self, const void *data, size_t size,
                                  GError **error);

/* Ends the tar with its two zero blocks; the output is the caller's to close. */
gboolean assay_tar_writer_end(AssayTarWriter *self, GError **error);

G_END_DECLS
