/* detect/nearest.h - the nearest of many items, by Euclidean distance, exactly.
 *
 * Every pair is looked at. A first pass reckons in float, with a bound on its error, and stops at
 * the dimension at which a pair cannot be the nearest any more (dimensions of large variance come
 * first); what remains is reckoned again in double, dimension by dimension in their order. So the
 * result is that of brute force in double: it depends neither on the processor nor on threads.
 * Whole numbers (reduced pictures are such) come out without any rounding.
 *
 * Of several at one distance the one with an equal digest goes first, then the first in order, then
 * the one that is not flipped.
 *
 * Memory: 4 bytes a value of the items, and 20 bytes an item.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* The most values an item can have: what rounding makes of longer sums in float is not bounded. */
#define ASSAY_NEAREST_MAX_DIMS ((size_t)1 << 22)

/* What items can take together: 8 GiB. */
#define ASSAY_NEAREST_MAX_BYTES ((size_t)8 << 30)

/* No group: nothing is left out. */
#define ASSAY_NO_GROUP G_MAXUINT32

/* Stands for the values of an item before they were reduced: equal ones are taken to be equal. */
typedef struct {
    guint64 words[2];
} AssayNearestDigest;

typedef struct AssayNearest AssayNearest;

/**
 * assay_nearest_new:
 * @n_dims: values an item, 1 .. ASSAY_NEAREST_MAX_DIMS
 * @width: of a row of the picture that they are, by which it is flipped; 0: nothing is flipped
 */
ASSAY_API AssayNearest *assay_nearest_new(size_t n_dims, size_t width) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_nearest_free(AssayNearest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayNearest, assay_nearest_free)

/**
 * assay_nearest_add:
 * @values: (array length=n_dims): finite
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where there is no memory, or where it would take more
 *     than ASSAY_NEAREST_MAX_BYTES.
 */
ASSAY_API gboolean assay_nearest_add(AssayNearest *self, const float *values,
                                     const AssayNearestDigest *digest, guint32 group,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API size_t assay_nearest_n_items(const AssayNearest *self);
ASSAY_API guint32 assay_nearest_group(const AssayNearest *self, size_t item);

/* The values of an item as they were added: @values has room for them. */
ASSAY_API void assay_nearest_values(const AssayNearest *self, size_t item, float *values);
ASSAY_API AssayNearestDigest assay_nearest_digest(const AssayNearest *self, size_t item);

/* Puts dimensions of large variance first. To be called after the last item was added and before
 * the first search. */
ASSAY_API void assay_nearest_seal(AssayNearest *self);

/**
 * AssayNearestQuery:
 * @values: (array length=n_dims): finite
 * @digest, @flipped_digest: of the item, and of the item flipped
 * @group: items of this group are left out
 */
typedef struct {
    const float *values;
    AssayNearestDigest digest, flipped_digest;
    guint32 group;
} AssayNearestQuery;

/**
 * AssayNearestItem:
 * @item: in the order in which they were added; G_MAXSIZE where all are left out
 * @square: the squared distance; +infinity where there is none
 * @is_equal: whether the digests are equal as well; only known where @square is 0
 * @is_flipped: whether it is the flipped query that is so near
 */
typedef struct {
    size_t item;
    double square;
    gboolean is_equal, is_flipped;
} AssayNearestItem;

/**
 * assay_nearest_search:
 * @neighbours: (out) (array length=n): of each query
 * @n_workers: threads
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where there is no memory.
 */
ASSAY_API gboolean assay_nearest_search(const AssayNearest *self, const AssayNearestQuery *queries,
                                        size_t n, guint n_workers, AssayNearestItem *neighbours,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
