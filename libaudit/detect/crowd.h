/* detect/crowd.h - the items of a set, among which the nearest of others is sought.
 *
 * Stands on: detect/vectors.h, detect/nearest.h, rule/groups.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../rule/groups.h"
#include "vectors.h"

G_BEGIN_DECLS

typedef struct AssayCrowd AssayCrowd;

/* @flips: whether pictures are looked at the other way round as well. */
ASSAY_API AssayCrowd *assay_crowd_new(gboolean flips) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_crowd_free(AssayCrowd *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCrowd, assay_crowd_free)

/**
 * assay_crowd_suits:
 * @set: what the items so far are called in a message: "the reference"
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD where @vectors are of another field or another number of
 *     values than what is there.
 */
ASSAY_API gboolean assay_crowd_suits(const AssayCrowd *self, const AssayVectors *vectors,
                                     const char *set, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_crowd_add:
 * @vectors: that suit; items with a fault are passed over
 * @groups: (nullable)
 *
 * Returns: %FALSE with what assay_nearest_add() reports.
 */
ASSAY_API gboolean assay_crowd_add(AssayCrowd *self, const AssayVectors *vectors,
                                   AssayGroups *groups, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* To be called when all were added. */
ASSAY_API void assay_crowd_seal(AssayCrowd *self);

/**
 * assay_crowd_draw_items:
 * @n_items: how many, at most those there are
 *
 * Whole groups at random, which depends on the names of their first items alone, until there are so
 * many items; of the last group as many as are wanting.
 *
 * Returns: (transfer full): an element for each item, whether it is one of them.
 */
ASSAY_API gboolean *assay_crowd_draw_items(const AssayCrowd *self,
                                           size_t n_items) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_crowd_draw:
 *
 * Returns: (transfer full): a crowd of these, sealed, or %NULL with what assay_nearest_add()
 *     reports.
 */
ASSAY_API AssayCrowd *assay_crowd_draw(const AssayCrowd *self, size_t n_items,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API size_t assay_crowd_n_items(const AssayCrowd *self);
ASSAY_API size_t assay_crowd_n_groups(const AssayCrowd *self);

/* Whether an item of an array is a group of its own, since nothing groups it. */
ASSAY_API gboolean assay_crowd_is_ungrouped(const AssayCrowd *self);

/* NAME or NAME[17]: (transfer full). */
ASSAY_API char *assay_crowd_identity(const AssayCrowd *self, size_t item);

/* What its group is called, or %NULL. */
ASSAY_API const char *assay_crowd_group(const AssayCrowd *self, size_t item);

/* Whether items came from the file with this SHA-256. */
ASSAY_API gboolean assay_crowd_has_source(const AssayCrowd *self, const char *sha256);

/* Among what is sought; %NULL before an item was added. */
ASSAY_API const AssayNearest *assay_crowd_nearest(const AssayCrowd *self);

/* Whether all values of the item are equal. */
ASSAY_API gboolean assay_crowd_is_constant(const AssayCrowd *self, size_t item);

/* The number of the item's group. */
ASSAY_API guint32 assay_crowd_group_id(const AssayCrowd *self, size_t item);

/* A query for an item of the crowd itself, its own group left out; @values: (out): room for them,
 * which must live as long. */
ASSAY_API AssayNearestQuery assay_crowd_query(const AssayCrowd *self, size_t item, float *values);
ASSAY_API size_t assay_crowd_n_dims(const AssayCrowd *self);

/* Of reduced pictures the root mean square difference of their values, 1 for full scale; of other
 * vectors the Euclidean distance, or 1 - cos. */
ASSAY_API double assay_crowd_distance(const AssayCrowd *self, double square);

G_END_DECLS
