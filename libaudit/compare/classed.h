/* compare/classed.h - several sets, parted into classes or not; the first is the reference.
 *
 * A class of a candidate is held against the class of that name of the reference, or where there is
 * none against all of it, which the note of its rows says. Folders are no classes of the reference:
 * those of two sets have different names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "compare.h"

G_BEGIN_DECLS

/* All sets together have at most so many classes: each takes a MiB or more. */
#define ASSAY_CLASSED_MAX 256

typedef struct AssayClassedSets AssayClassedSets;

/**
 * assay_classed_sets_new:
 * @labels: (array length=n): what sets are called
 * @by: (nullable): as typed, what makes the classes; %NULL: there are none
 * @folder: (nullable): where values go that memory does not take
 */
ASSAY_API AssayClassedSets *assay_classed_sets_new(const char *const *labels, size_t n,
                                                   const char *by, const char *folder);
ASSAY_API void assay_classed_sets_free(AssayClassedSets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayClassedSets, assay_classed_sets_free)

/**
 * assay_classed_sets_add:
 * @set: which
 * @groups: (nullable): which items stand or fall together
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE for more than ASSAY_CLASSED_MAX classes, or what
 *     assay_compare_set_add() reports
 */
ASSAY_API gboolean assay_classed_sets_add(AssayClassedSets *self, size_t set, const AssayPart *part,
                                          AssayGroups *groups,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_classed_sets_dropped_from:
 *
 * May be called in any thread. Returns: what assay_distributions_dropped_from() last said of the
 *     set; 0 where nothing was added, or sets are parted into classes
 */
ASSAY_API guint64 assay_classed_sets_dropped_from(const AssayClassedSets *self, size_t set);

/**
 * assay_classed_sets_add_spec:
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE where there are classes, which a spec does not know; or
 *     what assay_compare_set_add_spec() reports
 */
ASSAY_API gboolean assay_classed_sets_add_spec(AssayClassedSets *self, size_t set,
                                               const AssaySpec *spec,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_classed_sets_difference:
 *
 * Returns: (transfer full) (nullable): in what a set was made otherwise than the reference, in
 * words that name both values; %NULL where it was not, or where that is not known of both
 */
ASSAY_API char *assay_classed_sets_difference(const AssayClassedSets *self, size_t set);

/* Whether nothing was added to a set. */
ASSAY_API gboolean assay_classed_sets_is_empty(const AssayClassedSets *self, size_t set);

/**
 * assay_classed_sets_compare:
 * @rows: (element-type AssayCompareRow): rows of all sets are added, classes in byte order; an
 *     empty set has none
 *
 * To be called once, when all is added. The reference must not be empty.
 *
 * Returns: %FALSE with what assay_compare() reports
 */
ASSAY_API gboolean assay_classed_sets_compare(AssayClassedSets *self,
                                              const AssayCompareConfig *config, GPtrArray *rows,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
