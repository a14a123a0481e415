/* spec/ends.c - what items begin and end with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "spec-private.h"

static int
compare_histories(gconstpointer a, gconstpointer b, gpointer user)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

    (void)user;
    return (x > y) - (x < y);
}

GTree *
assay_ends_new(void)
{
    return g_tree_new_full(compare_histories, NULL, NULL, g_free);
}

void
assay_ends_add(GTree *ends, guint64 history, guint64 n)
{
    AssayCount *count = g_tree_lookup(ends, &history);

    if (count == NULL) {
        count = g_new0(AssayCount, 1);
        count->key = history;
        g_tree_insert(ends, &count->key, count);
    }
    count->count += n;
}

void
assay_ends_merge(GTree *ends, GTree *from)
{
    for (GTreeNode *node = g_tree_node_first(from); node != NULL; node = g_tree_node_next(node)) {
        const AssayCount *count = g_tree_node_value(node);

        assay_ends_add(ends, count->key, count->count);
    }
}

static gboolean
append_key(gpointer key, gpointer value, gpointer keys)
{
    (void)value;
    g_ptr_array_add(keys, key);
    return FALSE;
}

void
assay_ends_intersect(GTree *ends, GTree *other)
{
    g_autoptr(GPtrArray) histories = g_ptr_array_new();

    g_tree_foreach(ends, append_key, histories);
    for (guint i = 0; i < histories->len; i++) {
        AssayCount *count = g_tree_lookup(ends, g_ptr_array_index(histories, i));
        guint64 least = MIN(count->count, assay_ends_count(other, count->key));

        count->count = least;
        if (least == 0)
            g_tree_remove(ends, g_ptr_array_index(histories, i));
    }
}

guint64
assay_ends_count(GTree *ends, guint64 history)
{
    const AssayCount *count = g_tree_lookup(ends, &history);

    return count == NULL ? 0 : count->count;
}

guint64
assay_ends_total(GTree *ends)
{
    guint64 total = 0;

    for (GTreeNode *node = g_tree_node_first(ends); node != NULL; node = g_tree_node_next(node))
        total += ((const AssayCount *)g_tree_node_value(node))->count;
    return total;
}

/* What comes to a history and what goes from it. */
typedef struct {
    guint64 history, come, go;
} Flow;

static Flow *
flow_of(GTree *flows, guint64 history)
{
    Flow *flow = g_tree_lookup(flows, &history);

    if (flow == NULL) {
        flow = g_new0(Flow, 1);
        flow->history = history;
        g_tree_insert(flows, &flow->history, flow);
    }
    return flow;
}

static GTree *
sum_flows(const AssayRule *rule)
{
    GTree *flows = assay_ends_new();
    GTreeNode *node;

    for (guint i = 0; i < rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(rule->entries, i);

        flow_of(flows, ASSAY_TRANSITION_BEFORE(entry->key))->go += entry->n;
        flow_of(flows, ASSAY_TRANSITION_AFTER(entry->key, rule->order))->come += entry->n;
    }
    for (node = g_tree_node_first(rule->starts); node != NULL; node = g_tree_node_next(node)) {
        const AssayCount *start = g_tree_node_value(node);

        flow_of(flows, start->key)->come += start->count;
    }
    for (node = g_tree_node_first(rule->ends); node != NULL; node = g_tree_node_next(node)) {
        const AssayCount *end = g_tree_node_value(node);

        flow_of(flows, end->key)->go += end->count;
    }
    return flows;
}

static gboolean
check_least(guint64 n_starts, guint64 n_ends, guint64 n_items, GError **error)
{
    if (n_starts <= n_items && n_ends <= n_items)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                "%" G_GUINT64_FORMAT " starts and %" G_GUINT64_FORMAT
                " ends, of a corpus of %" G_GUINT64_FORMAT " items",
                n_starts, n_ends, n_items);
    return FALSE;
}

gboolean
assay_spec_check_flow(const AssaySpec *self, size_t index, GError **error)
{
    const AssayRule *rule = &self->rules[index];
    guint64 n_starts = assay_ends_total(rule->starts), n_ends = assay_ends_total(rule->ends);
    guint64 n_moving = 0;
    g_autoptr(GTree) flows = NULL;

    if (assay_spec_is_derived(self)) /* the least of several corpora is no walk */
        return check_least(n_starts, n_ends, assay_spec_limits(self).items, error);
    for (guint i = 0; i < self->items->len; i++)
        n_moving += ((const AssayItem *)g_ptr_array_index(self->items, i))->events[index] > 0;
    if (n_starts != n_ends || n_starts < n_moving || n_starts > self->items->len) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%" G_GUINT64_FORMAT " starts and %" G_GUINT64_FORMAT " ends of %u items, "
                    "%" G_GUINT64_FORMAT " of which have events",
                    n_starts, n_ends, self->items->len, n_moving);
        return FALSE;
    }
    flows = sum_flows(rule);
    for (GTreeNode *node = g_tree_node_first(flows); node != NULL; node = g_tree_node_next(node)) {
        const Flow *flow = g_tree_node_value(node);
        g_autofree char *words = NULL;

        if (flow->come == flow->go)
            continue;
        words = assay_history_describe(flow->history, rule->order, 0);
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "\"%s\" is begun or entered %" G_GUINT64_FORMAT
                    " times, and left or ended with %" G_GUINT64_FORMAT " times",
                    words, flow->come, flow->go);
        return FALSE;
    }
    return TRUE;
}
