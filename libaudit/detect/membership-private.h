/* detect/membership-private.h - numbers for groups, by the rules of specs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../rule/groups.h"

/* @index: keys of groups that were met, to their numbers; @n: how many groups there are. */
typedef struct {
    GHashTable *index;
    guint32 n;
    gboolean has_unknown; /* whether an item of an array has none but itself */
} AssayMembership;

void assay_membership_init(AssayMembership *self);
void assay_membership_clear(AssayMembership *self);

/* The number of the group of item @at of @origin, in which whatever came from one file is; items of
 * an array that no rule groups are groups of their own. @text: (out) (nullable): what the group is
 * called. */
guint32 assay_membership_of(AssayMembership *self, const AssayObservation *origin, size_t at,
                            AssayGroups *groups, const char **text);
