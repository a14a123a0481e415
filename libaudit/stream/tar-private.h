/* stream/tar-private.h - libarchive's tar, read and written through our own inputs and outputs.
 *
 * The only file that includes libarchive. Names are UTF-8 whatever the locale: each call runs under
 * the thread's own C.UTF-8 (uselocale), since libarchive converts names by the locale it finds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../base/output.h"

G_BEGIN_DECLS

typedef struct AssayTarReader AssayTarReader;
typedef struct AssayTarWriter AssayTarWriter;

/* @input: (transfer full), also on failure. */
AssayTarReader *assay_tar_reader_new(AssayInput *input, GError **error);
void assay_tar_reader_free(AssayTarReader *self);
const char *assay_tar_reader_name(const AssayTarReader *self);

/* The next regular member's path, borrowed until the next call; NULL at the end. */
gboolean assay_tar_reader_next(AssayTarReader *self, const char **path, GError **error);

/* The member's bytes, in memory that grows as they arrive. */
GBytes *assay_tar_reader_bytes(AssayTarReader *self, size_t max_bytes, GError **error);

/* @output: borrowed. */
AssayTarWriter *assay_tar_writer_new(AssayOutput *output, GError **error);
void assay_tar_writer_free(AssayTarWriter *self);

/* Begins a member of @size bytes; they follow by assay_tar_writer_data(). */
gboolean assay_tar_writer_begin(AssayTarWriter *self, const char *path, size_t size,
                                GError **error);
gboolean assay_tar_writer_data(AssayTarWriter *self, const void *data, size_t size, GError **error);

/* Ends the tar with its two zero blocks; the output is the caller's to close. */
gboolean assay_tar_writer_end(AssayTarWriter *self, GError **error);

G_END_DECLS
