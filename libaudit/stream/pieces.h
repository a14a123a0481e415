/* stream/pieces.h - which pieces are of one sample.
 *
 * A sample with an item axis may come in pieces, and items of it may have been left out between
 * them. A piece begins behind the one before it; a sample of the same name that follows another
 * begins anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sample.h"

G_BEGIN_DECLS

/**
 * AssayPieces:
 * @name: (nullable): of the sample that came last; owned; %NULL where no more of it can come
 * @next: where a further piece may start
 *
 * All zeros: nothing came yet.
 */
typedef struct {
    char *name;
    size_t next;
} AssayPieces;

/**
 * assay_pieces_add:
 * @has_items: whether @start and @n_items mean something
 *
 * Returns: whether these are further items of the sample that came last; they came last now.
 */
ASSAY_API gboolean assay_pieces_add(AssayPieces *self, const char *name, gboolean has_items,
                                    size_t start, size_t n_items);

/* The same, of what @sample is. */
ASSAY_API gboolean assay_pieces_add_sample(AssayPieces *self, const AssaySample *sample);

/* Whether items from @start on would be further ones of the sample that came last. */
ASSAY_API gboolean assay_pieces_go_on(const AssayPieces *self, const char *name, gboolean has_items,
                                      size_t start);

ASSAY_API void assay_pieces_clear(AssayPieces *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayPieces, assay_pieces_clear)

G_END_DECLS
