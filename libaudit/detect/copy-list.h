/* detect/copy-list.h - the items of sets that are nearest to what they were held against.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "copies.h"

G_BEGIN_DECLS

/**
 * AssayCopyEntry:
 * @set: whatever the caller counts by
 * @item: its identity
 * @nearest, @group: (nullable): the identity and the group of the nearest
 * @note: (nullable): assay_copy_note()
 * @came: how many a list had taken before
 *
 * What is found about one item, with names.
 */
typedef struct {
    size_t set;
    char *item, *nearest, *group, *note;
    double distance, ratio, p;
    gboolean is_flipped;
    guint64 came;
} AssayCopyEntry;

/**
 * assay_copy_entry_new:
 * @crowd: where the nearest was sought
 */
ASSAY_API AssayCopyEntry *assay_copy_entry_new(size_t set, const char *item, const AssayCopy *copy,
                                               const AssayCrowd *crowd) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_copy_entry_free(AssayCopyEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCopyEntry, assay_copy_entry_free)

typedef struct AssayCopyList AssayCopyList;

/* @most: how many entries are wanted; memory grows with these, and not with what is offered. */
ASSAY_API AssayCopyList *assay_copy_list_new(size_t most) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_copy_list_free(AssayCopyList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCopyList, assay_copy_list_free)

/* Takes @entry; one without a nearest is dropped. */
ASSAY_API void assay_copy_list_take(AssayCopyList *self, AssayCopyEntry *entry);

/**
 * assay_copy_list_entries:
 *
 * Returns: (transfer none) (element-type AssayCopyEntry): those at the smallest distances, the
 *     nearest first, equal ones as they came.
 */
ASSAY_API const GPtrArray *assay_copy_list_entries(AssayCopyList *self);

G_END_DECLS
