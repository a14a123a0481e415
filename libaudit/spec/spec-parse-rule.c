/* spec/spec-parse-rule.c - the rules of a spec read back: entries, owners, starts and ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "spec-private.h"
#include "spec-rows-private.h"

static gboolean
read_owners(AssaySpec *self, AssayEntry *entry, const AssayJsonAt *owners, GError **error)
{
    guint64 total = 0, id, count;
    AssayJsonAt owner;

    if (!assay_json_at_kind(owners, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(owners->value); i++) {
        const AssayItem *item;

        if (!assay_rows_nth(owners, i, 2, &owner, error) ||
            !assay_row_count(&owner, 0, &id, error) || !assay_row_count(&owner, 1, &count, error))
            return FALSE;
        if (id >= self->items->len)
            return assay_json_at_error(&owner, error, "there is no item %" G_GUINT64_FORMAT, id);
        if (entry->n_owners > 0 && entry->owners[entry->n_owners - 1].item >= id)
            return assay_json_at_error(&owner, error, "is out of order, or there twice");
        if (count == 0 || count > entry->n - total)
            return assay_json_at_error(&owner, error, "is none, or more than the entry has");
        item = g_ptr_array_index(self->items, (guint)id);
        assay_entry_own(entry, (guint32)id, item->group_id, count);
        total += count;
    }
    if (entry->groups == ASSAY_MANY_GROUPS)
        return assay_json_at_error(owners, error, "spans more than %d groups", ASSAY_OWNER_GROUPS);
    if (total != entry->n || entry->n_owners != entry->items)
        return assay_json_at_error(owners, error, "do not add up to the entry's counts");
    return TRUE;
}

/* An entry of more groups than are listed: the cell @groups says so, and so do the owners, where
 * @row has any. */
static gboolean
read_many(AssayEntry *entry, const AssayJsonAt *row, const AssayJsonAt *groups,
          const AssayLimits *limits, GError **error)
{
    for (size_t at = groups->index; at < assay_json_size(row->value); at++) {
        if (g_strcmp0(assay_json_peek_string(assay_json_nth(row->value, at)), "many") != 0)
            return assay_json_at_error(groups, error, "is neither a number nor \"many\" twice");
    }
    if (entry->items < ASSAY_MANY_GROUPS || limits->groups < ASSAY_MANY_GROUPS)
        return assay_json_at_error(groups, error, "is \"many\", which there are not");
    assay_entry_make_many(entry);
    return TRUE;
}

static gboolean
read_entry(AssaySpec *self, AssayRule *rule, const AssayRuleType *type, const AssayLimits *limits,
           const AssayJsonAt *row, GError **error)
{
    size_t at = g_strv_length((char **)assay_rule_columns(type, rule->order));
    AssayJsonAt groups, owners;
    AssayEntry *entry;
    guint64 key, n_groups;

    if (!type->read_key(row, rule->order, &key, error))
        return FALSE;
    if (rule->entries->len > 0 &&
        ((const AssayEntry *)g_ptr_array_index(rule->entries, rule->entries->len - 1))->key >= key)
        return assay_json_at_error(row, error, "is out of order, or there twice");
    entry = assay_rule_ensure(rule, key);
    if (!assay_row_count(row, at, &entry->n, error) ||
        !assay_row_count(row, at + 1, &entry->items, error) ||
        !assay_json_at_element(row, at + 2, &groups, error))
        return FALSE;
    rule->total += entry->n; /* whether that is too much, assay_spec_check_sums() says */
    if (entry->items == 0 || entry->n < entry->items || entry->items > limits->items)
        return assay_json_at_error(row, error, "its counts contradict each other");
    if (assay_json_kind(groups.value) == ASSAY_JSON_STRING)
        return read_many(entry, row, &groups, limits, error);
    if (!assay_json_at_count(&groups, &n_groups, error))
        return FALSE;
    if (assay_spec_is_derived(self)) {
        if (n_groups < 1 || n_groups > MIN(entry->items, limits->groups) ||
            n_groups > ASSAY_OWNER_GROUPS)
            return assay_json_at_error(&groups, error, "is none, or more than there are");
        entry->groups = (guint32)n_groups;
        return TRUE;
    }
    if (!assay_json_at_element(row, at + 3, &owners, error) ||
        !read_owners(self, entry, &owners, error))
        return FALSE;
    if (n_groups != entry->groups)
        return assay_json_at_error(&groups, error, "is %" G_GUINT64_FORMAT ", the owners span %u",
                                   n_groups, entry->groups);
    return TRUE;
}

gboolean
assay_spec_read_rule_names(AssaySpec *self, const AssayJsonAt *rules, GError **error)
{
    g_autofree const char **names = NULL;

    if (!assay_json_at_kind(rules, ASSAY_JSON_OBJECT, error))
        return FALSE;
    names = assay_json_keys(rules->value);
    for (size_t i = 0; names[i] != NULL; i++) {
        int found = assay_rule_find(names[i]);
        AssayJsonAt at, convention, kind;
        const char *text;

        if (!assay_json_at_member(rules, names[i], &at, error))
            return FALSE;
        if (found < 0)
            return assay_json_at_error(&at, error, "is a rule that this program does not know");
        if (!assay_json_at_member(&at, "kind", &kind, error) ||
            !assay_json_at_string(&kind, &text, error))
            return FALSE;
        if (strcmp(text, assay_rule_types[found].kind) != 0)
            return assay_json_at_error(&kind, error, "is \"%s\", not \"%s\"", text,
                                       assay_rule_types[found].kind);
        if (!assay_json_at_member(&at, "convention", &convention, error) ||
            !assay_json_at_kind(&convention, ASSAY_JSON_OBJECT, error))
            return FALSE;
        self->rules[found].present = TRUE;
        if (!assay_rule_take_convention(self, (size_t)found, assay_json_ref(convention.value)))
            return assay_json_at_member(&convention, "order", &kind, error) &&
                   assay_json_at_error(&kind, error, "is not 2, 3 or 4; an order of 1 is left out");
    }
    return TRUE;
}

/* Starts or ends. */
static gboolean
read_ends(GTree *ends, const AssayRuleType *type, guint order, const AssayJsonAt *table,
          const char *member, GError **error)
{
    AssayJsonAt rows, row;
    guint64 last = 0, total = 0;

    if (!assay_json_at_member(table, member, &rows, error) ||
        !assay_json_at_kind(&rows, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(rows.value); i++) {
        guint64 history, count;

        if (!assay_rows_nth(&rows, i, order + (size_t)1, &row, error) ||
            !type->read_key(&row, order - 1, &history, error) ||
            !assay_row_count(&row, order, &count, error))
            return FALSE;
        if (i > 0 && history <= last)
            return assay_json_at_error(&row, error, "is out of order, or there twice");
        if (count == 0 || count > G_MAXINT64 - total)
            return assay_json_at_error(&row, error, "is none, or too many");
        assay_ends_add(ends, history, count);
        last = history;
        total += count;
    }
    return TRUE;
}

gboolean
assay_spec_read_rule(AssaySpec *self, const AssayJsonAt *rules, size_t index, GError **error)
{
    static const char *const support[] = { "occurrences", "items", "groups", "owners" };
    enum { N_SUPPORT = G_N_ELEMENTS(support) };
    const AssayRuleType *type = &assay_rule_types[index];
    AssayRule *rule = &self->rules[index];
    AssayLimits limits = assay_spec_limits(self);
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    AssayJsonAt at, names, rows, row;
    g_autoptr(GError) fault = NULL;

    for (const char *const *key = assay_rule_columns(type, rule->order); *key != NULL; key++)
        g_ptr_array_add(columns, (gpointer)*key);
    for (size_t i = 0; i < (assay_spec_is_derived(self) ? N_SUPPORT - 1 : N_SUPPORT); i++)
        g_ptr_array_add(columns, (gpointer)support[i]);
    g_ptr_array_add(columns, NULL);
    if (!assay_json_at_member(rules, type->name, &at, error) ||
        !assay_rows_find(&at, (const char *const *)columns->pdata, &names, &rows, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(rows.value); i++) {
        if (!assay_rows_nth(&rows, i, columns->len - 1, &row, error) ||
            !read_entry(self, rule, type, &limits, &row, error))
            return FALSE;
    }
    if (!assay_spec_check_sums(self, index, &fault))
        return assay_json_at_error(&rows, error, "%s", fault->message);
    if (type->max_order == 0)
        return TRUE;
    return read_ends(rule->starts, type, rule->order, &at, "starts", error) &&
           read_ends(rule->ends, type, rule->order, &at, "ends", error) &&
           (assay_spec_check_flow(self, index, &fault) ||
            assay_json_at_error(&at, error, "%s", fault->message));
}
