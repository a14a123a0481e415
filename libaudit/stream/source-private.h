/* stream/source-private.h - what a file is, and a file of arrays as samples, for the sources.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "source.h"

/* Says which items the sample of @self has. */
void assay_arrival_note_items(AssayArrival *self);

/* What reads @file, which begins with @data; %NULL where none of the media does. */
const AssayMedium *assay_source_find_medium(const AssaySourceConfig *self, const AssayFile *file,
                                            const guint8 *data, size_t size);

/* Whether @data begin a file of many pictures; of CIFAR's only the suffix tells. */
gboolean assay_source_is_pictures(const AssaySourceConfig *self, const AssayFile *file,
                                  const guint8 *data, size_t size);

/* Whether @data begin what is read as arrays, in one thread. */
gboolean assay_source_is_array(const AssaySourceConfig *self, const guint8 *data, size_t size);
gboolean assay_source_is_table(const AssaySourceConfig *self, const AssayFile *file,
                               const guint8 *data, size_t size);

/* Sets @error for a file of none of the kinds that are read. Returns: %FALSE. */
gboolean assay_source_refuse(const AssaySourceConfig *self, const AssayFile *file,
                             const guint8 *data, size_t size, GError **error);

/* A .npy that is being read: whole, or piece by piece where its first axis is "item". */
typedef struct AssayArrayReader AssayArrayReader;

/* @input: (transfer full), also on failure; @file and the strings of @config are borrowed. */
AssayArrayReader *assay_array_reader_new(AssayInput *input, const AssayFile *file,
                                         const AssaySourceConfig *config, GError **error);
void assay_array_reader_free(AssayArrayReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrayReader, assay_array_reader_free)

/**
 * assay_array_reader_next:
 * @piece: (out) (transfer full) (nullable): what is still to be loaded into the sample
 * @is_last: (out): whether nothing comes after it
 *
 * The next sample, or piece of one.
 */
AssaySample *assay_array_reader_next(AssayArrayReader *self, AssayArrayPiece **piece,
                                     gboolean *is_last, GError **error);

/* Which items have not been read; %FALSE where there is no item axis. */
gboolean assay_array_reader_rest(const AssayArrayReader *self, size_t *start, size_t *n_items);
