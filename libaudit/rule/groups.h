/* rule/groups.h - which items stand or fall together, as a table says it, or a rule.
 *
 * A TSV with a header line and the columns "item" (or "source") and "group". An item is named by
 * its address NAME[17], its NAME, the last component of either, or the path of its source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "rule.h"

G_BEGIN_DECLS

typedef struct AssayGroups AssayGroups;

/**
 * assay_groups_parse:
 * @name: of the table, for messages
 *
 * Returns: %NULL with %ASSAY_ERROR_FORMAT that names the line, also for an item that is listed
 * twice with different groups.
 */
ASSAY_API AssayGroups *assay_groups_parse(const void *data, size_t size, const char *name,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_groups_free(AssayGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayGroups, assay_groups_free)

/**
 * assay_groups_find:
 * @identity: NAME[17], or NAME
 * @name: NAME
 * @path: (nullable): of the source
 *
 * Returns: (transfer none) (nullable): the group, or %NULL for an item that is not listed.
 */
ASSAY_API const char *assay_groups_find(AssayGroups *self, const char *identity, const char *name,
                                        const char *path);

/**
 * assay_groups_of_item:
 * @self: (nullable): a table
 * @at: which item of @observation
 *
 * Its group by name: what the table says, else what the observation's rule says, else the piece
 * that the sample was cut from.
 *
 * Returns: (transfer none) (nullable): %NULL where none of them says anything.
 */
ASSAY_API const char *assay_groups_of_item(AssayGroups *self, const AssayObservation *observation,
                                           size_t at);

/* How many lines name an item that was never asked for. */
ASSAY_API size_t assay_groups_n_unused(const AssayGroups *self);

G_END_DECLS
