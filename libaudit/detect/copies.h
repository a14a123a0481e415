/* detect/copies.h - which items of a set are copies of a reference, and how many are suspiciously
 * near to it.
 *
 * Stands on: detect/crowd.h, detect/closeness.h, stats/permutation.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "closeness.h"

G_BEGIN_DECLS

/**
 * AssayCopyKind:
 * @ASSAY_COPY_NONE: neither
 * @ASSAY_COPY_NEAR: nearer to the reference than any two of its groups are to each other, and
 *     of groups there are enough for a p of ASSAY_CLOSENESS_ALPHA; or at no distance
 * @ASSAY_COPY_EQUAL: the same values
 */
typedef enum {
    ASSAY_COPY_NONE,
    ASSAY_COPY_NEAR,
    ASSAY_COPY_EQUAL,
} AssayCopyKind;

/**
 * AssayCopy:
 *
 * What is found about one item.
 * @item: the nearest, in the crowd it was sought in; G_MAXSIZE: there is none, and no number below
 * @distance: to it, see assay_crowd_distance()
 * @ratio: of that to the typical distance; NaN where that is 0 or not known
 * @p: see detect/closeness.h; NaN where not known
 * @is_flipped: whether it is near the other way round
 * @is_constant: whether all its values are equal
 * @fault: (nullable): why it was not sought
 */
typedef struct {
    size_t item;
    double square, distance, ratio, p;
    AssayCopyKind kind;
    gboolean is_flipped, is_constant;
    const char *fault;
} AssayCopy;

/* In words: "copy", "near copy", "constant", the fault, or several of them; NULL: nothing to say:
 * (transfer full). */
ASSAY_API char *assay_copy_note(const AssayCopy *self);

/**
 * assay_copies_find:
 * @crowd: the reference, sealed, with at least one item
 * @vectors: (array length=n): that suit it
 * @copies: (out) (array): an element for each item of the samples, in their order; faults live as
 *     long as @vectors
 *
 * Returns: %FALSE with what assay_nearest_search() reports.
 */
ASSAY_API gboolean assay_copies_find(const AssayCrowd *crowd, const AssayCloseness *closeness,
                                     AssayVectors *const *vectors, size_t n, guint n_workers,
                                     AssayCopy *copies, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_copies_find_within:
 * @crowd: a set, sealed
 * @closeness: of a reference of the same size, or of none
 * @copies: (out) (array length=n_items of @crowd): the nearest of another group
 */
ASSAY_API gboolean assay_copies_find_within(const AssayCrowd *crowd,
                                            const AssayCloseness *closeness, guint n_workers,
                                            AssayCopy *copies,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
