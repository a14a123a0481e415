/* stream/array-piece-private.h - a piece of a file of arrays whose values are still to be read.
 *
 * Of a regular file that holds its values as they are, whoever works on a piece reads them: several
 * are read at a time, each into the caches of the processor that needs it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "array-part-private.h"

/* @at: the first byte; @count items from there; nothing is borrowed but the names of the axes. */
AssayArrayPiece *assay_array_piece_new(const AssayArrayScan *scan, const AssayArrayPart *part,
                                       guint64 at, size_t count);
void assay_array_piece_free(AssayArrayPiece *self);

/* What its values will take. */
size_t assay_array_piece_bytes(const AssayArrayPiece *self);

/* Reads them; @sample gets the field. */
gboolean assay_array_piece_load(AssayArrayPiece *self, AssaySample *sample, GError **error);
