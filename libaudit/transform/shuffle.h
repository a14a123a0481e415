/* transform/shuffle.h - what is there, in another order: all that a sample has but its order.
 *
 * The entries along an axis of a field are permuted within each item, slab by slab: a time step
 * moves as a whole. So each statistic of single steps stays what it was, and each of their sequence
 * is that of chance. Several axes are permuted independently; "row+column", of axes that follow
 * each other, permutes what lies along both as if they were one: the pixels of a picture, each of
 * which keeps its channels. The axis "item" permutes the items of a sample, in whatever pieces it
 * travels; the sample is then held as a whole.
 *
 * The numbers come from (seed, "shuffle AXIS", identity of the item, or name of the sample for the
 * axis "item"), so an item is permuted alike whatever comes with it. A permutation is uniform
 * (Fisher and Yates).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

typedef struct AssayShuffle AssayShuffle;

/**
 * assay_shuffle_new:
 * @field: (nullable): which; or the only one that has all the axes
 * @axes: names, at least one, ended by %NULL; several joined by "+" are one
 * @max_bytes: a limit for a sample that is held as a whole
 *
 * Returns: %NULL with %ASSAY_ERROR_USAGE for an axis that is named twice, or has no name.
 */
ASSAY_API AssayShuffle *assay_shuffle_new(const char *field, const char *const *axes, guint64 seed,
                                          size_t max_bytes,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_shuffle_free(AssayShuffle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayShuffle, assay_shuffle_free)

/* The options to be recorded in a stream's head, for samples with this field: (transfer full). */
ASSAY_API AssayJson *assay_shuffle_options(const AssayShuffle *self, const char *field);

/**
 * assay_shuffle_make:
 *
 * @sample in another order, but for the order of its items: its name and the field with its
 * metadata, and nothing else. Any thread.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FIELD where there is no such field, with
 *     %ASSAY_ERROR_USAGE where it has no such axis, or where not just one field has the axes; the
 *     message lists those there are.
 */
ASSAY_API AssaySample *assay_shuffle_make(const AssayShuffle *self, AssaySample *sample,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_shuffle_take:
 * @made: (transfer full) (nullable): the next sample that assay_shuffle_make() returned, in their
 *     order; %NULL at the end
 * @put: gets what is finished: @made itself, or where the axis "item" is permuted the sample before
 *     it, all its pieces together
 *
 * Returns: %FALSE with what @put reports, %ASSAY_ERROR_RANGE (a sample over the limit),
 *     %ASSAY_ERROR_FIELD (pieces that do not fit together) or %ASSAY_ERROR_USAGE (samples of which
 *     one has this field and another that).
 */
ASSAY_API gboolean assay_shuffle_take(AssayShuffle *self, AssaySample *made,
                                      gboolean (*put)(gpointer user, AssaySample *sample,
                                                      GError **error),
                                      gpointer user, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
