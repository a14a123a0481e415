/* spec/spec.c - a spec and what it is made of: sources, items, groups, entries and their owners.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "spec-private.h"

void
assay_entry_free(AssayEntry *entry)
{
    g_free(entry->owners);
    g_free(entry);
}

static void
free_entry(gpointer data)
{
    assay_entry_free(data);
}

static void
free_source(gpointer data)
{
    AssaySpecSource *source = data;

    g_free(source->name);
    g_free(source->sha256);
    g_free(source);
}

static void
free_item(gpointer data)
{
    AssayItem *item = data;

    g_free(item->group);
    g_free(item);
}

static void
free_parent(gpointer data)
{
    AssayParent *parent = data;

    g_free(parent->name);
    g_free(parent->edition);
    g_free(parent->sha256);
    g_free(parent);
}

/* Keys of lengths that are thirds have halves which g_int64_hash() would let cancel out. */
static guint
hash_key(gconstpointer pointer)
{
    guint64 key = *(const guint64 *)pointer;

    key = (key ^ (key >> 32)) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    key = (key ^ (key >> 29)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    return (guint)(key >> 32);
}

AssaySpec *
assay_spec_new(void)
{
    AssaySpec *self = g_new0(AssaySpec, 1);

    self->name = g_strdup("");
    self->edition = g_strdup("");
    self->noun = g_strdup("items");
    self->corpus_source = g_strdup("");
    self->licence = g_strdup("");
    self->tool_versions = g_ptr_array_new_with_free_func(g_free);
    self->sources = g_ptr_array_new_with_free_func(free_source);
    self->source_index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->items = g_ptr_array_new_with_free_func(free_item);
    self->group_index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->parents = g_ptr_array_new_with_free_func(free_parent);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        self->rules[r].entries = g_ptr_array_new_with_free_func(free_entry);
        self->rules[r].by_key = g_hash_table_new(hash_key, g_int64_equal);
        self->rules[r].order = 1;
        self->rules[r].starts = assay_ends_new();
        self->rules[r].ends = assay_ends_new();
    }
    return self;
}

void
assay_spec_free(AssaySpec *self)
{
    if (self == NULL)
        return;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        g_tree_unref(self->rules[r].starts);
        g_tree_unref(self->rules[r].ends);
        g_hash_table_unref(self->rules[r].by_key);
        g_ptr_array_unref(self->rules[r].entries);
        assay_json_unref(self->rules[r].convention);
    }
    g_ptr_array_unref(self->parents);
    assay_distributions_free(self->distributions);
    g_clear_pointer(&self->item_index, g_hash_table_unref);
    g_hash_table_unref(self->group_index);
    g_hash_table_unref(self->source_index);
    g_ptr_array_unref(self->items);
    g_ptr_array_unref(self->sources);
    g_ptr_array_unref(self->tool_versions);
    assay_json_unref(self->recipe);
    g_free(self->name);
    g_free(self->edition);
    g_free(self->noun);
    g_free(self->corpus_source);
    g_free(self->licence);
    g_free(self);
}

gboolean
assay_rule_take_convention(AssaySpec *self, size_t rule, AssayJson *convention)
{
    self->rules[rule].convention = convention;
    self->rules[rule].order = assay_rule_read_order(&assay_rule_types[rule], convention);
    return self->rules[rule].order > 0;
}

const AssayEntry *
assay_rule_entry(const AssayRule *self, guint64 key)
{
    return g_hash_table_lookup(self->by_key, &key);
}

static int
compare_by_count(gconstpointer a, gconstpointer b)
{
    const AssayEntry *x = *(AssayEntry *const *)a, *y = *(AssayEntry *const *)b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

GPtrArray *
assay_rule_by_count(const AssayRule *self)
{
    GPtrArray *entries = g_ptr_array_new_full(self->entries->len, NULL);

    for (guint i = 0; i < self->entries->len; i++)
        g_ptr_array_add(entries, g_ptr_array_index(self->entries, i));
    g_ptr_array_sort(entries, compare_by_count);
    return entries;
}

gboolean
assay_spec_has_rules(const AssaySpec *self)
{
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (self->rules[r].present)
            return TRUE;
    }
    return FALSE;
}

gboolean
assay_spec_has_distributions(const AssaySpec *self)
{
    return self->distributions != NULL && self->distributions->variables->len > 0;
}

gboolean
assay_spec_is_ungrouped(const AssaySpec *self)
{
    for (guint i = 0; i < self->items->len; i++) {
        const AssayItem *item = g_ptr_array_index(self->items, i);
        const AssaySpecSource *source = g_ptr_array_index(self->sources, item->source);

        if (item->group == NULL && source->origin == ASSAY_ORIGIN_ARRAY)
            return TRUE;
    }
    return FALSE;
}

size_t
assay_spec_n_copies(const AssaySpec *self)
{
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) copies = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < self->items->len; i++) {
        const AssayItem *item = g_ptr_array_index(self->items, i);
        AssaySpecSource *source = g_ptr_array_index(self->sources, item->source);
        char *content = g_strdup_printf("%s\n%" G_GINT64_FORMAT, source->sha256, item->index);
        gpointer group;

        if (!g_hash_table_lookup_extended(first, content, NULL, &group)) {
            g_hash_table_insert(first, content, GUINT_TO_POINTER(item->group_id));
            continue;
        }
        if (source->sha256[0] != '\0' && GPOINTER_TO_UINT(group) != item->group_id)
            g_hash_table_add(copies, source);
        g_free(content);
    }
    return g_hash_table_size(copies);
}

guint32
assay_spec_source_id(AssaySpec *self, const char *name, const char *sha256, AssayOrigin origin)
{
    char *key = g_strdup_printf("%s\n%s\n%d", sha256, name, (int)origin);
    gpointer found;
    AssaySpecSource *source;

    if (g_hash_table_lookup_extended(self->source_index, key, NULL, &found)) {
        g_free(key);
        return GPOINTER_TO_UINT(found);
    }
    source = g_new0(AssaySpecSource, 1);
    source->name = g_strdup(name);
    source->sha256 = g_strdup(sha256);
    source->origin = origin;
    source->group_id = G_MAXUINT32;
    source->seen_to = -1;
    g_ptr_array_add(self->sources, source);
    g_hash_table_insert(self->source_index, key, GUINT_TO_POINTER(self->sources->len - 1));
    return self->sources->len - 1;
}

guint32
assay_spec_group_id(AssaySpec *self, guint32 source_id, const char *group)
{
    AssaySpecSource *source = g_ptr_array_index(self->sources, source_id);
    gpointer found;

    if (group != NULL) {
        if (!g_hash_table_lookup_extended(self->group_index, group, NULL, &found)) {
            found = GUINT_TO_POINTER(self->n_groups++);
            g_hash_table_insert(self->group_index, g_strdup(group), found);
        }
        return GPOINTER_TO_UINT(found);
    }
    if (source->origin == ASSAY_ORIGIN_ARRAY)
        return self->n_groups++;
    if (source->group_id == G_MAXUINT32)
        source->group_id = self->n_groups++;
    return source->group_id;
}

AssayEntry *
assay_rule_ensure(AssayRule *self, guint64 key)
{
    AssayEntry *entry = g_hash_table_lookup(self->by_key, &key);

    if (entry == NULL) {
        entry = g_new0(AssayEntry, 1);
        entry->key = key;
        g_ptr_array_add(self->entries, entry);
        g_hash_table_insert(self->by_key, &entry->key, entry);
    }
    return entry;
}

void
assay_entry_disown(AssayEntry *entry)
{
    g_clear_pointer(&entry->owners, g_free);
    entry->n_owners = entry->room = 0;
}

void
assay_entry_make_many(AssayEntry *entry)
{
    entry->groups = ASSAY_MANY_GROUPS;
    assay_entry_disown(entry);
}

void
assay_entry_own(AssayEntry *entry, guint32 item, guint32 group_id, guint64 count)
{
    gboolean known = FALSE;

    if (entry->groups == ASSAY_MANY_GROUPS)
        return;
    for (guint32 i = 0; i < entry->groups; i++)
        known = known || entry->group_ids[i] == group_id;
    if (!known && entry->groups == ASSAY_OWNER_GROUPS) {
        assay_entry_make_many(entry);
        return;
    }
    if (!known)
        entry->group_ids[entry->groups++] = group_id;
    if (entry->n_owners == entry->room) {
        entry->room = MAX(2 * entry->room, 1);
        entry->owners = g_renew(AssayOwner, entry->owners, entry->room);
    }
    entry->owners[entry->n_owners++] = (AssayOwner){ item, count };
}
