/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "membership-private.h"

void
assay_membership_init(AssayMembership *self)
{
    *self = (AssayMembership){
        .index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
}

void
assay_membership_clear(AssayMembership *self)
{
    g_clear_pointer(&self->index, g_hash_table_unref);
}

guint32
assay_membership_of(AssayMembership *self, const AssayObservation *origin, size_t at,
                    AssayGroups *groups, const char **text)
{
    const char *group = assay_groups_of_item(groups, origin, at);
    g_autofree char *key = NULL;
    gpointer found;

    if (text != NULL)
        *text = group;
    if (group == NULL && origin->has_items && !origin->windows) {
        self->has_unknown = TRUE;
        return self->n++;
    }
    key = group != NULL ? g_strconcat("group\n", group, NULL)
                        : g_strconcat("source\n", origin->sha256, "\n", origin->name, NULL);
    if (g_hash_table_lookup_extended(self->index, key, NULL, &found))
        return GPOINTER_TO_UINT(found);
    g_hash_table_insert(self->index, g_steal_pointer(&key), GUINT_TO_POINTER(self->n));
    return self->n++;
}
