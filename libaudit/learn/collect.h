/* learn/collect.h - samples and tables as items to learn from.
 *
 * The first sample, or table, says which features there are; what lacks some of them is refused.
 *
 * Stands on: learn/examples.h, learn/traits.h, compare/ranking.h (AssayRankPart).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../compare/ranking.h"
#include "../rule/label.h"
#include "examples.h"
#include "traits.h"

G_BEGIN_DECLS

/**
 * AssayLearnPart:
 * @part: items and features of one sample
 * @traits: how it was made: assay_traits_read()
 */
typedef struct {
    AssayRankPart *part;
    char **traits;
} AssayLearnPart;

/* In a worker: see assay_rank_part_new(). */
ASSAY_API AssayLearnPart *assay_learn_part_new(AssaySample *sample, const AssayRankConfig *config,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_learn_part_free(AssayLearnPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayLearnPart, assay_learn_part_free)

/**
 * AssaySetLabel:
 * @set: what the caller counts by
 */
typedef struct {
    guint32 set;
    gboolean is_fake;
} AssaySetLabel;

/**
 * AssayCollection:
 * @examples: all of them
 * @groups: (nullable): a table of what stands together; borrowed
 * @traits: how they were made; rows of tables have none
 * @group_by: (nullable): a rule that gives rows of tables a group by their names; borrowed
 * @feature_groups: of tables the columns of these groups alone (feature/features.h), a bit each; 0:
 *     all
 * @is_ungrouped: whether an item is a group of its own for want of a better word
 */
typedef struct {
    AssayExamples *examples;
    AssayGroups *groups;
    const AssayLabel *group_by;
    guint feature_groups;
    gboolean is_ungrouped;
    AssayTraits *traits;
} AssayCollection;

ASSAY_API AssayCollection *assay_collection_new(size_t max_bytes,
                                                AssayGroups *groups) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_collection_free(AssayCollection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCollection, assay_collection_free)

/**
 * assay_collection_add:
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD, where the sample lacks features that the others have;
 *     nothing is added then. Or with %ASSAY_ERROR_RANGE past the limit.
 */
ASSAY_API gboolean assay_collection_add(AssayCollection *self, const AssayLearnPart *part,
                                        const AssaySetLabel *label,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_collection_read:
 * @input: a table (base/table.h): a column "item", and numbers: features, as assay-features has
 *     them; a column "group" has the group of each row, "label" says 0 or real, 1 or fake, and has
 *     to agree with @label; "set" and "note" are passed over
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT that names line and column, or as assay_collection_add()
 */
ASSAY_API gboolean assay_collection_read(AssayCollection *self, AssayInput *input,
                                         const AssaySetLabel *label,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many fakes of @set, %G_MAXUINT32: of all, are real items too, by what is in their files; rows
 * of tables are not known. */
ASSAY_API size_t assay_collection_n_shared(const AssayCollection *self, guint32 set);

/* How many reals, and fakes of @set or all, are what another item of their own set is, likewise by
 * what is in their files. */
ASSAY_API size_t assay_collection_n_repeated(const AssayCollection *self, guint32 set);

G_END_DECLS
