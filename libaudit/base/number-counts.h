/* base/number-counts.h - how often each of many numbers was met.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssayNumberCounts:
 *
 * Counts by number, where the numbers are spread over all 64 bits as digests are: others are found
 * as well, only later. A number takes 16 to 32 bytes where none was met twice, else 32 to 64, and
 * no piece of memory of its own.
 */
typedef struct AssayNumberCounts AssayNumberCounts;

ASSAY_API AssayNumberCounts *assay_number_counts_new(void);
ASSAY_API void assay_number_counts_free(AssayNumberCounts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayNumberCounts, assay_number_counts_free)

/* That @n numbers may come, in all: what grows to that size bit by bit is copied each time. Room is
 * made for so many at most. */
#define ASSAY_NUMBER_COUNTS_EXPECTED ((size_t)1 << 20)
ASSAY_API void assay_number_counts_expect(AssayNumberCounts *self, size_t n);

/* Adds @count, which is more than 0, to that of @number. */
ASSAY_API void assay_number_counts_add(AssayNumberCounts *self, guint64 number, guint64 count);

/* Adds 1 to the count of each of @n numbers: faster than one by one. */
ASSAY_API void assay_number_counts_add_each(AssayNumberCounts *self, const guint64 *numbers,
                                            size_t n);

/* The count of @number: 0 where it was never met. */
ASSAY_API guint64 assay_number_counts_get(const AssayNumberCounts *self, guint64 number);

/* How many numbers there are. */
ASSAY_API size_t assay_number_counts_size(const AssayNumberCounts *self);

/* How many numbers both have. */
ASSAY_API size_t assay_number_counts_n_shared(const AssayNumberCounts *a,
                                              const AssayNumberCounts *b);

/**
 * assay_number_counts_next:
 * @at: (inout): 0 at first
 * @count: (out) (nullable)
 *
 * Gives one number after the other, in no order that means anything.
 *
 * Returns: whether there was one more
 */
ASSAY_API gboolean assay_number_counts_next(const AssayNumberCounts *self, size_t *at,
                                            guint64 *number, guint64 *count);

G_END_DECLS
