/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intersect.h"

#include "../base/error.h"
#include "recipe.h"
#include "spec-private.h"

void
assay_spec_derive(AssaySpec *self, const char *sha256)
{
    AssayParent parent = { .name = self->name,
                           .edition = self->edition,
                           .sha256 = (char *)sha256,
                           .items = self->items->len,
                           .groups = self->n_groups };

    if (assay_spec_is_derived(self))
        return;
    assay_spec_add_parent(self, &parent);
    g_clear_pointer(&self->distributions, assay_distributions_free);
    g_clear_pointer(&self->item_index, g_hash_table_unref);
    g_ptr_array_set_size(self->items, 0);
    g_ptr_array_set_size(self->sources, 0);
    g_hash_table_remove_all(self->source_index);
    g_hash_table_remove_all(self->group_index);
    self->n_groups = 0;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        for (guint i = 0; i < self->rules[r].entries->len; i++)
            assay_entry_disown(g_ptr_array_index(self->rules[r].entries, i));
    }
}

/* Keeps those entries that @other has, each with the lesser support; without @other, none. */
static void
intersect_entries(AssayRule *self, const AssayRule *other)
{
    gsize n = 0;
    g_autofree gpointer *entries = g_ptr_array_steal(self->entries, &n);

    g_hash_table_remove_all(self->by_key);
    self->total = 0;
    for (gsize i = 0; i < n; i++) {
        AssayEntry *entry = entries[i];
        const AssayEntry *theirs = other == NULL ? NULL : assay_rule_entry(other, entry->key);

        if (theirs == NULL) {
            assay_entry_free(entry);
            continue;
        }
        entry->n = MIN(entry->n, theirs->n);
        entry->items = MIN(entry->items, theirs->items);
        entry->groups = MIN(entry->groups, theirs->groups);
        self->total += entry->n;
        g_ptr_array_add(self->entries, entry);
        g_hash_table_insert(self->by_key, &entry->key, entry);
    }
}

static gboolean
intersect_rules(AssaySpec *self, const AssaySpec *other, GError **error)
{
    gboolean any = FALSE;

    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        AssayRule *ours = &self->rules[r];
        const AssayRule *theirs = &other->rules[r];

        if (!ours->present || !theirs->present) {
            intersect_entries(ours, NULL);
            g_clear_pointer(&ours->convention, assay_json_unref);
            ours->present = FALSE;
            continue;
        }
        if (!assay_rule_same_convention(ours, theirs, r, error))
            return FALSE;
        intersect_entries(ours, theirs);
        assay_ends_intersect(ours->starts, theirs->starts);
        assay_ends_intersect(ours->ends, theirs->ends);
        any = TRUE;
    }
    if (!any)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "the specs have no rule in common");
    return any;
}

static int
compare_parents(gconstpointer a, gconstpointer b)
{
    return assay_parent_compare(*(AssayParent *const *)a, *(AssayParent *const *)b);
}

/* The parents of both, each once, in order. */
static void
unite_parents(AssaySpec *self, const AssaySpec *other)
{
    for (guint i = 0; i < other->parents->len; i++)
        assay_spec_add_parent(self, g_ptr_array_index(other->parents, i));
    g_ptr_array_sort(self->parents, compare_parents);
    for (guint i = self->parents->len - 1; i > 0; i--) {
        if (compare_parents(&self->parents->pdata[i - 1], &self->parents->pdata[i]) == 0)
            g_ptr_array_remove_index(self->parents, i);
    }
}

gboolean
assay_spec_intersect(AssaySpec *self, const AssaySpec *other, GError **error)
{
    g_autofree char *difference = assay_recipe_difference(other->recipe, self->recipe);

    g_return_val_if_fail(assay_spec_is_derived(self) && assay_spec_is_derived(other), FALSE);
    if (!intersect_rules(self, other, error))
        return FALSE;
    if (difference != NULL) {
        assay_json_unref(self->recipe);
        self->recipe = assay_json_array();
    }
    assay_spec_merge_texts(self, other);
    unite_parents(self, other);
    return TRUE;
}
