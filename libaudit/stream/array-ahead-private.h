/* stream/array-ahead-private.h - the next file of arrays is looked through while one is being read.
 *
 * A file of arrays is digested and looked through before its first piece can go on its way, and
 * digesting takes one thread, however many there are. So that of the next file begins early.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "source-private.h"

/* What tells a file of arrays. */
#define ASSAY_ARRAY_SNIFFED ((size_t)512)

typedef struct AssayArrayAhead AssayArrayAhead;

/* Begins with @file, in a thread of its own; %NULL where it is not worth one. @config must not
 * change until it is taken. */
AssayArrayAhead *assay_array_ahead_new(const AssayFile *file, const AssaySourceConfig *config);

void assay_array_ahead_free(AssayArrayAhead *self);

/**
 * assay_array_ahead_take:
 * @self: (nullable) (transfer full):
 * @file: (nullable): which is wanted now
 * @reader: (out) (nullable): of @file
 *
 * Waits for the thread, and ends it. Returns: whether it was @file, and is of arrays: then @reader
 * is set, or @error; else whoever wants the file opens it
 */
gboolean assay_array_ahead_take(AssayArrayAhead *self, const AssayFile *file,
                                AssayArrayReader **reader, GError **error);
