/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec-dot.h"

#include <math.h>

#include "../base/error.h"
#include "../base/text.h"

/* Inches across of the node heard the longest, and what even the least has; points of the widest
 * edge, and what even the least has. */
#define WIDEST_NODE 1.6
#define LEAST_NODE 0.25
#define WIDEST_EDGE 6.0
#define LEAST_EDGE 0.5

typedef struct {
    guint64 history, steps;
    gboolean is_shown;
} Node;

static void
append_number(GString *out, double value)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    g_string_append(out, assay_text_double_digits(text, value, 4));
}

/* A quoted string, of which nothing is an escape of the language. */
static void
append_quoted(GString *out, const char *text)
{
    g_autofree char *safe = assay_text_escape_controls(text);

    g_string_append_c(out, '"');
    for (const char *p = safe; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static Node *
ensure_node(GHashTable *nodes, guint64 history)
{
    Node *node = g_hash_table_lookup(nodes, &history);

    if (node == NULL) {
        node = g_new0(Node, 1);
        node->history = history;
        g_hash_table_insert(nodes, &node->history, node);
    }
    return node;
}

/* Every history, with the steps at which it stands. */
static GHashTable *
count_nodes(const AssayRule *rule)
{
    GHashTable *nodes = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);

    for (guint i = 0; i < rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(rule->entries, i);

        ensure_node(nodes, ASSAY_TRANSITION_AFTER(entry->key, rule->order))->steps += entry->n;
    }
    for (GTreeNode *at = g_tree_node_first(rule->starts); at != NULL; at = g_tree_node_next(at)) {
        const AssayCount *start = g_tree_node_value(at);

        ensure_node(nodes, start->key)->steps += start->count;
    }
    return nodes;
}

/* The most frequent changes that enough groups show, and their nodes marked. */
static GPtrArray *
choose_edges(const AssayRule *rule, guint top, guint min_groups, GHashTable *nodes)
{
    g_autoptr(GPtrArray) all = assay_rule_by_count(rule);
    GPtrArray *edges = g_ptr_array_new();

    for (guint i = 0; i < all->len && edges->len < top; i++) {
        AssayEntry *entry = g_ptr_array_index(all, i);
        guint64 from = ASSAY_TRANSITION_BEFORE(entry->key);
        guint64 to = ASSAY_TRANSITION_AFTER(entry->key, rule->order);

        if (entry->groups < min_groups || from == to)
            continue;
        g_ptr_array_add(edges, entry);
        ensure_node(nodes, from)->is_shown = ensure_node(nodes, to)->is_shown = TRUE;
    }
    return edges;
}

static int
compare_nodes(gconstpointer a, gconstpointer b)
{
    const Node *x = *(Node *const *)a, *y = *(Node *const *)b;

    if (x->steps != y->steps)
        return x->steps > y->steps ? -1 : 1;
    return (x->history > y->history) - (x->history < y->history);
}

static void
print_nodes(GString *out, const AssayRule *rule, GHashTable *nodes)
{
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    GHashTableIter iter;
    gpointer value;
    guint64 most;

    g_hash_table_iter_init(&iter, nodes);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        if (((Node *)value)->is_shown)
            g_ptr_array_add(shown, value);
    }
    g_ptr_array_sort(shown, compare_nodes);
    most = shown->len == 0 ? 0 : ((const Node *)g_ptr_array_index(shown, 0))->steps;
    for (guint i = 0; i < shown->len; i++) {
        const Node *node = g_ptr_array_index(shown, i);
        g_autofree char *name = assay_history_describe(node->history, rule->order, 0);
        double share = most == 0 ? 0 : (double)node->steps / (double)most;

        g_string_append(out, "    ");
        append_quoted(out, name);
        g_string_append(out, " [width=");
        append_number(out, MAX(WIDEST_NODE * sqrt(share), LEAST_NODE));
        g_string_append_printf(out, ", tooltip=\"%" G_GUINT64_FORMAT " steps\"%s];\n", node->steps,
                               node->history == 0 ? ", style=dashed" : "");
    }
}

static void
print_edges(GString *out, const AssayRule *rule, const GPtrArray *edges)
{
    double most =
        edges->len == 0 ? 1 : (double)((const AssayEntry *)g_ptr_array_index(edges, 0))->n;

    for (guint i = 0; i < edges->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(edges, i);
        guint64 after = ASSAY_TRANSITION_AFTER(entry->key, rule->order);
        g_autofree char *from =
            assay_history_describe(ASSAY_TRANSITION_BEFORE(entry->key), rule->order, 0);
        g_autofree char *to = assay_history_describe(after, rule->order, 0);

        g_string_append(out, "    ");
        append_quoted(out, from);
        g_string_append(out, " -> ");
        append_quoted(out, to);
        g_string_append_printf(out, " [label=\"%" G_GUINT64_FORMAT "\", penwidth=", entry->n);
        append_number(out, MAX(WIDEST_EDGE * (double)entry->n / most, LEAST_EDGE));
        g_string_append(out, "];\n");
    }
}

GString *
assay_spec_dot(const AssaySpec *spec, guint top, guint min_groups, GError **error)
{
    const AssayRule *rule = &spec->rules[ASSAY_RULE_TRANSITION];
    g_autofree char *corpus = assay_spec_describe(spec);
    g_autoptr(GHashTable) nodes = NULL;
    g_autoptr(GPtrArray) edges = NULL;
    GString *out;

    if (!rule->present) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "the spec has no rule chroma-transition");
        return NULL;
    }
    nodes = count_nodes(rule);
    edges = choose_edges(rule, top, min_groups, nodes);
    out = g_string_new("digraph ");
    append_quoted(out, spec->name);
    g_string_append(out, " {\n    graph [labelloc=t, fontname=\"Helvetica\", label=");
    append_quoted(out, corpus);
    g_string_append(out, "];\n"
                         "    node [shape=circle, fixedsize=shape, fontname=\"Helvetica\"];\n"
                         "    edge [fontname=\"Helvetica\", fontsize=10];\n");
    print_nodes(out, rule, nodes);
    print_edges(out, rule, edges);
    g_string_append(out, "}\n");
    return out;
}
