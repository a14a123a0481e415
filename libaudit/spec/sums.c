/* spec/sums.c - whether the counts of a spec agree with each other.
 *
 * Sums of counts that are each below 2^63 are checked before a third could wrap them round; a spec
 * whose totals pass 2^63 could not be written down.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "spec-private.h"

/* Events of a rule, and those of them that are changes. */
typedef struct {
    guint64 events, changes;
} Sum;

static gboolean
add(Sum *sum, guint64 events, guint64 changes, GError **error)
{
    sum->events += events;
    sum->changes += changes;
    if (sum->events <= G_MAXINT64)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "the counts add up to more than 2^63");
    return FALSE;
}

static gboolean
disagree(GError **error, const char *what, guint64 entries, guint64 items)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                "the entries have %" G_GUINT64_FORMAT " %s, the items %" G_GUINT64_FORMAT, entries,
                what, items);
    return FALSE;
}

gboolean
assay_spec_check_sums(const AssaySpec *self, size_t rule, GError **error)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    const GPtrArray *entries = self->rules[rule].entries;
    g_autofree Sum *owned = g_new0(Sum, self->items->len + 1); /* by an item, alone or with few */
    Sum in_entries = { 0, 0 }, in_items = { 0, 0 };

    for (guint i = 0; i < entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(entries, i);
        gboolean is_change = type->is_change(entry->key);

        if (!add(&in_entries, entry->n, is_change ? entry->n : 0, error))
            return FALSE;
        for (guint32 k = 0; k < entry->n_owners; k++) {
            owned[entry->owners[k].item].events += entry->owners[k].count;
            owned[entry->owners[k].item].changes += is_change ? entry->owners[k].count : 0;
        }
    }
    if (assay_spec_is_derived(self)) /* which has no items to compare with */
        return TRUE;
    for (guint i = 0; i < self->items->len; i++) {
        const AssayItem *item = g_ptr_array_index(self->items, i);

        if (!add(&in_items, item->events[rule], item->changes[rule], error))
            return FALSE;
        if (owned[i].events > item->events[rule] || owned[i].changes > item->changes[rule]) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "item %u owns more of the entries than it has events", i);
            return FALSE;
        }
    }
    if (in_entries.events != in_items.events)
        return disagree(error, "occurrences", in_entries.events, in_items.events);
    if (in_entries.changes != in_items.changes)
        return disagree(error, "changes", in_entries.changes, in_items.changes);
    return TRUE;
}
