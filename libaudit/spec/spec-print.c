/* spec/spec-print.c - the canonical text of a spec: keys sorted, a row a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../distribution/distribution-json.h"
#include "spec-private.h"

static void
print_json_take(GString *out, AssayJson *value)
{
    assay_json_print(out, value);
    assay_json_unref(value);
}

static void
print_string(GString *out, const char *text)
{
    print_json_take(out, assay_json_string(text));
}

static void
print_member(GString *out, const char *key, const char *value)
{
    g_string_append_printf(out, "\"%s\":", key);
    print_string(out, value);
    g_string_append(out, ",\n");
}

static void
print_sources(GString *out, const AssaySpec *self)
{
    g_string_append(out, "\"sources\":{\"columns\":[\"name\",\"sha256\",\"origin\"],\"rows\":[");
    for (guint i = 0; i < self->sources->len; i++) {
        const AssaySpecSource *source = g_ptr_array_index(self->sources, i);

        g_string_append(out, i > 0 ? ",\n[" : "\n[");
        print_string(out, source->name);
        g_string_append_printf(out, ",\"%s\",\"%s\"]", source->sha256,
                               assay_origin_name(source->origin));
    }
    g_string_append(out, "\n]},\n");
}

static void
print_items(GString *out, const AssaySpec *self)
{
    g_string_append(out, "\"items\":{\"columns\":[\"source\",\"item\",\"group\"");
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (!self->rules[r].present)
            continue;
        g_string_append_printf(out, ",\"%s\"", assay_rule_types[r].name);
        if (assay_rule_types[r].has_changes)
            g_string_append_printf(out, ",\"%s changes\"", assay_rule_types[r].name);
    }
    g_string_append(out, "],\"rows\":[");
    for (guint i = 0; i < self->items->len; i++) {
        const AssayItem *item = g_ptr_array_index(self->items, i);

        g_string_append_printf(out, "%s[%u,", i > 0 ? ",\n" : "\n", item->source);
        if (item->index < 0)
            g_string_append(out, "null,");
        else
            g_string_append_printf(out, "%" G_GINT64_FORMAT ",", item->index);
        if (item->group == NULL)
            g_string_append(out, "null");
        else
            print_string(out, item->group);
        for (size_t r = 0; r < ASSAY_N_RULES; r++) {
            if (!self->rules[r].present)
                continue;
            g_string_append_printf(out, ",%" G_GUINT64_FORMAT, item->events[r]);
            if (assay_rule_types[r].has_changes)
                g_string_append_printf(out, ",%" G_GUINT64_FORMAT, item->changes[r]);
        }
        g_string_append_c(out, ']');
    }
    g_string_append(out, "\n]},\n");
}

static void
append_owners(AssayJson *row, const AssayEntry *entry)
{
    AssayJson *owners;

    if (entry->groups == ASSAY_MANY_GROUPS) {
        assay_json_append_take(row, assay_json_string("many"));
        return;
    }
    owners = assay_json_array();
    for (guint32 i = 0; i < entry->n_owners; i++) {
        AssayJson *owner = assay_json_array();

        assay_json_append_take(owner, assay_json_integer(entry->owners[i].item));
        assay_json_append_take(owner, assay_json_integer((gint64)entry->owners[i].count));
        assay_json_append_take(owners, owner);
    }
    assay_json_append_take(row, owners);
}

static void
print_entry(GString *out, const AssayRuleType *type, guint order, const AssayEntry *entry,
            gboolean has_owners)
{
    AssayJson *row = assay_json_array();

    type->print_key(entry->key, order, row);
    assay_json_append_take(row, assay_json_integer((gint64)entry->n));
    assay_json_append_take(row, assay_json_integer((gint64)entry->items));
    assay_json_append_take(row, entry->groups == ASSAY_MANY_GROUPS
                                    ? assay_json_string("many")
                                    : assay_json_integer(entry->groups));
    if (has_owners)
        append_owners(row, entry);
    print_json_take(out, row);
}

/* What items begin or end with: a history, and how many. */
static void
print_ends(GString *out, GTree *ends, const AssayRuleType *type, guint order)
{
    const char *separator = "\n";

    for (GTreeNode *node = g_tree_node_first(ends); node != NULL; node = g_tree_node_next(node)) {
        const AssayCount *count = g_tree_node_value(node);
        AssayJson *row = assay_json_array();

        type->print_key(count->key, order - 1, row); /* as a key has it, without the last state */
        assay_json_append_take(row, assay_json_integer((gint64)count->count));
        g_string_append(out, separator);
        print_json_take(out, row);
        separator = ",\n";
    }
    g_string_append(out, "\n]");
}

static void
print_rule(GString *out, const AssayRule *rule, const AssayRuleType *type, gboolean has_owners)
{
    const char *const *columns = assay_rule_columns(type, rule->order);

    g_string_append_printf(out, "\"%s\":{\"columns\":[", type->name);
    for (size_t i = 0; columns[i] != NULL; i++)
        g_string_append_printf(out, "\"%s\",", columns[i]);
    g_string_append_printf(out, "\"occurrences\",\"items\",\"groups\"%s],\"convention\":",
                           has_owners ? ",\"owners\"" : "");
    assay_json_print(out, rule->convention);
    if (type->max_order > 0) {
        g_string_append(out, ",\"ends\":[");
        print_ends(out, rule->ends, type, rule->order);
    }
    g_string_append_printf(out, ",\"kind\":\"%s\",\"rows\":[", type->kind);
    for (guint i = 0; i < rule->entries->len; i++) {
        g_string_append(out, i > 0 ? ",\n" : "\n");
        print_entry(out, type, rule->order, g_ptr_array_index(rule->entries, i), has_owners);
    }
    g_string_append(out, "\n]");
    if (type->max_order > 0) {
        g_string_append(out, ",\"starts\":[");
        print_ends(out, rule->starts, type, rule->order);
    }
    g_string_append_c(out, '}');
}

static void
print_rules(GString *out, const AssaySpec *self)
{
    const char *separator = "\n";

    g_string_append(out, "\"rules\":{");
    for (size_t r = 0; r < ASSAY_N_RULES; r++) { /* the table is in the order of the names */
        if (!self->rules[r].present)
            continue;
        g_string_append(out, separator);
        print_rule(out, &self->rules[r], &assay_rule_types[r], !assay_spec_is_derived(self));
        separator = ",\n";
    }
    g_string_append(out, "\n},\n");
}

static void
print_provenance(GString *out, const AssaySpec *self)
{
    AssayJson *provenance = assay_json_object(), *versions = assay_json_array();

    for (guint i = 0; i < self->tool_versions->len; i++)
        assay_json_append_take(versions,
                               assay_json_string(g_ptr_array_index(self->tool_versions, i)));
    assay_json_set_string(provenance, "licence", self->licence);
    assay_json_set_string(provenance, "source", self->corpus_source);
    assay_json_set_take(provenance, "tool_versions", versions);
    g_string_append(out, "\"provenance\":");
    print_json_take(out, provenance);
    g_string_append(out, ",\n");
}

static void
print_recipe(GString *out, const AssaySpec *self)
{
    g_string_append(out, "\"recipe\":[");
    for (size_t i = 0; i < assay_json_size(self->recipe); i++) {
        g_string_append(out, i > 0 ? ",\n" : "\n");
        assay_json_print(out, assay_json_nth(self->recipe, i));
    }
    g_string_append(out, "\n],\n");
}

GString *
assay_spec_print(const AssaySpec *self)
{
    gboolean is_derived = assay_spec_is_derived(self);
    GString *out = g_string_new("{\n");

    if (is_derived)
        assay_spec_print_parents(out, self);
    if (assay_spec_has_distributions(self)) {
        g_string_append(out, "\"distributions\":");
        assay_distributions_print(out, self->distributions);
        g_string_append(out, ",\n");
    }
    print_member(out, "edition", self->edition);
    print_member(out, "format", "assay-spec");
    if (!is_derived)
        print_items(out, self);
    print_member(out, "name", self->name);
    print_member(out, "noun", self->noun);
    print_provenance(out, self);
    print_recipe(out, self);
    print_rules(out, self);
    if (!is_derived)
        print_sources(out, self);
    g_string_append_printf(out, "\"version\":%d\n}\n", ASSAY_SPEC_VERSION);
    return out;
}
