/* compare/vector-groups-private.h - the vectors of a field, group by group.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vectors.h"

/* The vectors of one group: where they are. */
typedef struct {
    size_t first, n;
} AssayVectorGroup;

/**
 * AssayVectorGroups:
 * @groups: (element-type AssayVectorGroup): by number
 * @n_kept: the first so many are looked at
 * @n_vectors: of these
 */
typedef struct {
    const AssayVectorField *field;
    GArray *groups;
    size_t n_kept, n_vectors;
} AssayVectorGroups;

/* Of a sorted field; at most @most_groups are kept, and whole ones of @most_vectors together. */
void assay_vector_groups_init(AssayVectorGroups *self, const AssayVectorField *field,
                              size_t most_groups, size_t most_vectors);
void assay_vector_groups_clear(AssayVectorGroups *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayVectorGroups, assay_vector_groups_clear)

static inline const AssayVectorGroup *
assay_vector_groups_at(const AssayVectorGroups *self, size_t at)
{
    return &g_array_index(self->groups, AssayVectorGroup, at);
}
