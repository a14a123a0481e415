/* spec/merge.c - the sum of two specs, and the canonical order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "recipe.h"
#include "spec-private.h"

static gboolean
check_same_world(const AssaySpec *self, const AssaySpec *other, GError **error)
{
    g_autofree char *recipe = assay_recipe_difference(other->recipe, self->recipe);

    if (recipe != NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "the specs were mined by different recipes: %s", recipe);
        return FALSE;
    }
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayRule *a = &self->rules[r], *b = &other->rules[r];

        if (a->present != b->present) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "one spec has the rule %s, the other has not", assay_rule_types[r].name);
            return FALSE;
        }
        if (a->present && !assay_rule_same_convention(a, b, r, error))
            return FALSE;
    }
    if (assay_spec_has_distributions(self) != assay_spec_has_distributions(other)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "one spec has distributions, the other has not; mine both in one way, with "
                    "--rules-only or without it");
        return FALSE;
    }
    return TRUE;
}

/* Of which there are in both, or in neither. */
static gboolean
merge_distributions(AssaySpec *self, const AssaySpec *other, GError **error)
{
    return !assay_spec_has_distributions(other) ||
           assay_distributions_merge(self->distributions, other->distributions, error);
}

static void
keep_if_equal(char **mine, const char *other)
{
    if (strcmp(*mine, other) != 0) {
        g_free(*mine);
        *mine = g_strdup("");
    }
}

void
assay_spec_merge_texts(AssaySpec *self, const AssaySpec *other)
{
    keep_if_equal(&self->name, other->name);
    keep_if_equal(&self->edition, other->edition);
    keep_if_equal(&self->noun, other->noun);
    keep_if_equal(&self->corpus_source, other->corpus_source);
    keep_if_equal(&self->licence, other->licence);
    for (guint i = 0; i < other->tool_versions->len; i++) {
        const char *version = g_ptr_array_index(other->tool_versions, i);

        if (!g_ptr_array_find_with_equal_func(self->tool_versions, version, g_str_equal, NULL))
            g_ptr_array_add(self->tool_versions, g_strdup(version));
    }
}

static guint
hash_item(gconstpointer key)
{
    const AssayItem *item = key;

    return item->source * 0x9e3779b9u ^ (guint)item->index;
}

static gboolean
equal_items(gconstpointer a, gconstpointer b)
{
    const AssayItem *x = a, *y = b;

    return x->source == y->source && x->index == y->index;
}

/* The sources of @other get new numbers; @map takes the old ones to them. Returns whether any is
 * one of ours, as where a piece's windows are in two specs. */
static gboolean
merge_sources(AssaySpec *self, const AssaySpec *other, guint32 *map)
{
    guint before = self->sources->len;
    gboolean shared = FALSE;

    for (guint i = 0; i < other->sources->len; i++) {
        const AssaySpecSource *from = g_ptr_array_index(other->sources, i);

        map[i] = assay_spec_source_id(self, from->name, from->sha256, from->origin);
        shared = shared || map[i] < before;
    }
    return shared;
}

/* The items there are, by source and number; kept from merge to merge, so that the parts of a
 * corpus add up in linear time. */
static GHashTable *
index_items(AssaySpec *self)
{
    if (self->item_index != NULL)
        return self->item_index;
    self->item_index = g_hash_table_new(hash_item, equal_items);
    for (guint i = 0; i < self->items->len; i++)
        g_hash_table_add(self->item_index, g_ptr_array_index(self->items, i));
    return self->item_index;
}

/* The items of @other get new numbers; @map takes the old ones to them. */
static gboolean
merge_items(AssaySpec *self, const AssaySpec *other, guint32 *map, GError **error)
{
    g_autofree guint32 *sources = g_new0(guint32, other->sources->len + 1);
    GHashTable *taken = self->item_index;

    if (merge_sources(self, other, sources))
        taken = index_items(self);
    for (guint i = 0; i < other->items->len; i++) {
        const AssayItem *theirs = g_ptr_array_index(other->items, i);
        AssayItem *item = g_memdup2(theirs, sizeof *theirs);

        item->group = g_strdup(theirs->group);
        item->source = sources[theirs->source];
        item->group_id = assay_spec_group_id(self, item->source, item->group);
        map[i] = self->items->len;
        g_ptr_array_add(self->items, item);
        if (taken != NULL && !g_hash_table_add(taken, item)) {
            const AssaySpecSource *source = g_ptr_array_index(self->sources, item->source);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "%s is in both specs: merging would count it twice", source->name);
            return FALSE;
        }
    }
    return TRUE;
}

static void
merge_entry(AssaySpec *self, AssayRule *rule, const AssayEntry *theirs, const guint32 *map)
{
    AssayEntry *entry = assay_rule_ensure(rule, theirs->key);

    entry->n += theirs->n;
    entry->items += theirs->items;
    if (theirs->groups == ASSAY_MANY_GROUPS)
        assay_entry_make_many(entry);
    for (guint32 i = 0; i < theirs->n_owners; i++) {
        guint32 id = map[theirs->owners[i].item];
        const AssayItem *item = g_ptr_array_index(self->items, id);

        assay_entry_own(entry, id, item->group_id, theirs->owners[i].count);
    }
}

/* What agrees in either part agrees in their sum; only that may be too large to be written. */
static gboolean
merge_rule(AssaySpec *self, const AssaySpec *other, size_t index, const guint32 *map,
           GError **error)
{
    AssayRule *rule = &self->rules[index];
    const AssayRule *theirs = &other->rules[index];

    if (theirs->total > G_MAXINT64 - rule->total) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "the counts add up to more than 2^63");
        return FALSE;
    }
    rule->total += theirs->total;
    for (guint i = 0; i < theirs->entries->len; i++)
        merge_entry(self, rule, g_ptr_array_index(theirs->entries, i), map);
    assay_ends_merge(rule->starts, theirs->starts);
    assay_ends_merge(rule->ends, theirs->ends);
    return TRUE;
}

gboolean
assay_spec_merge(AssaySpec *self, const AssaySpec *other, GError **error)
{
    g_autofree guint32 *map = g_new0(guint32, other->items->len + 1);

    if (assay_spec_is_derived(self) || assay_spec_is_derived(other)) {
        g_autofree char *what = assay_spec_describe(assay_spec_is_derived(other) ? other : self);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s cannot be merged: it knows no items, so nobody can tell what would count "
                    "twice; merge the specs that were mined",
                    what);
        return FALSE;
    }
    if (!check_same_world(self, other, error) || !merge_items(self, other, map, error))
        return FALSE;
    if (!merge_distributions(self, other, error))
        return FALSE;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (!merge_rule(self, other, r, map, error))
            return FALSE;
    }
    assay_spec_merge_texts(self, other);
    return TRUE;
}

static int
compare_sources(gconstpointer a, gconstpointer b)
{
    const AssaySpecSource *x = *(AssaySpecSource *const *)a, *y = *(AssaySpecSource *const *)b;
    int order = strcmp(x->name, y->name);

    if (order == 0)
        order = strcmp(x->sha256, y->sha256);
    return order != 0 ? order : (int)x->origin - (int)y->origin;
}

static int
compare_items(gconstpointer a, gconstpointer b)
{
    const AssayItem *x = *(AssayItem *const *)a, *y = *(AssayItem *const *)b;

    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int
compare_entries(gconstpointer a, gconstpointer b)
{
    guint64 x = (*(AssayEntry *const *)a)->key, y = (*(AssayEntry *const *)b)->key;

    return (x > y) - (x < y);
}

static int
compare_owners(const void *a, const void *b)
{
    guint32 x = ((const AssayOwner *)a)->item, y = ((const AssayOwner *)b)->item;

    return (x > y) - (x < y);
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorts @list and tells where each of its members went. */
static guint32 *
sort_with_map(GPtrArray *list, GCompareFunc compare)
{
    g_autoptr(GHashTable) before = g_hash_table_new(NULL, NULL);
    guint32 *map = g_new(guint32, list->len + 1);

    for (guint i = 0; i < list->len; i++)
        g_hash_table_insert(before, g_ptr_array_index(list, i), GUINT_TO_POINTER(i));
    g_ptr_array_sort(list, compare);
    for (guint i = 0; i < list->len; i++)
        map[GPOINTER_TO_UINT(g_hash_table_lookup(before, g_ptr_array_index(list, i)))] = i;
    return map;
}

void
assay_spec_sort(AssaySpec *self)
{
    g_autofree guint32 *sources = sort_with_map(self->sources, compare_sources);
    g_autofree guint32 *items = NULL;
    GHashTableIter iter;
    gpointer key, value;

    g_clear_pointer(&self->item_index, g_hash_table_unref); /* by numbers that change */
    g_hash_table_iter_init(&iter, self->source_index);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_iter_replace(&iter, GUINT_TO_POINTER(sources[GPOINTER_TO_UINT(value)]));
    for (guint i = 0; i < self->items->len; i++) {
        AssayItem *item = g_ptr_array_index(self->items, i);

        item->source = sources[item->source];
    }
    items = sort_with_map(self->items, compare_items);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        g_ptr_array_sort(self->rules[r].entries, compare_entries);
        for (guint i = 0; i < self->rules[r].entries->len; i++) {
            AssayEntry *entry = g_ptr_array_index(self->rules[r].entries, i);

            for (guint32 k = 0; k < entry->n_owners; k++)
                entry->owners[k].item = items[entry->owners[k].item];
            if (entry->n_owners > 1)
                qsort(entry->owners, entry->n_owners, sizeof *entry->owners, compare_owners);
        }
    }
    g_ptr_array_sort(self->tool_versions, compare_texts);
}
