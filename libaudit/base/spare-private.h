/* base/spare-private.h - large pieces of memory that were freed, kept for the next.
 *
 * The system gives memory page by page, and clears each: some 4 us for 4 KiB, which is more than it
 * takes to fill them. malloc() keeps what is small; what is large it gives back at once. So a few
 * large pieces wait here. They come from malloc() and stay so: whoever has one may free it or
 * change its size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is smaller is malloc's own business; what is larger does not wait. */
#define ASSAY_SPARE_LEAST ((size_t)1 << 19)
#define ASSAY_SPARE_MOST ((size_t)64 << 20)

/* How many wait at most, and how much memory in all: what is in work is taken again before long. */
#define ASSAY_SPARE_PIECES 8
#define ASSAY_SPARE_TOTAL (2 * ASSAY_SPARE_MOST)

/**
 * assay_spare_take:
 *
 * Returns: (nullable) (transfer full): @size bytes, which hold anything; %NULL where none wait.
 */
gpointer assay_spare_take(size_t size) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_spare_take_whole:
 * @size: (inout): how much is needed; how much there is
 *
 * The same, for what is still to grow: one that is larger stays so.
 */
gpointer assay_spare_take_whole(size_t *size) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_spare_give:
 * @data: (nullable) (transfer full): what malloc() made
 * @size: bytes of it that are there at least
 *
 * Frees @data, or keeps it.
 */
void assay_spare_give(gpointer data, size_t size);

G_END_DECLS
