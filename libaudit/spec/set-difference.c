/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "set-difference.h"

#include <math.h>

#include "spec-private.h"

static gboolean
allows(const AssayEntry *entry, guint min_groups)
{
    return entry != NULL && entry->groups >= min_groups;
}

/* Occurrences of what @rule allows. */
static guint64
sum_allowed(const AssayRule *rule, guint min_groups)
{
    guint64 sum = 0;

    for (guint i = 0; i < rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(rule->entries, i);

        sum += allows(entry, min_groups) ? entry->n : 0;
    }
    return sum;
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
    const AssaySetRow *x = a, *y = b;

    if (x->side != y->side)
        return x->side < y->side ? -1 : 1;
    if (x->entry->groups != y->entry->groups)
        return x->entry->groups > y->entry->groups ? -1 : 1;
    if (x->entry->items != y->entry->items)
        return x->entry->items > y->entry->items ? -1 : 1;
    if (x->entry->n != y->entry->n)
        return x->entry->n > y->entry->n ? -1 : 1;
    return (x->entry->key > y->entry->key) - (x->entry->key < y->entry->key);
}

GArray *
assay_spec_set_difference(const AssaySpec *a, const AssaySpec *b, size_t rule, guint min_groups,
                          AssayOverlap *overlap, GError **error)
{
    const AssayRule *sides[] = { &a->rules[rule], &b->rules[rule] };
    AssayOverlap sums = { .both = 0 };
    double totals[2], least = 0;
    GArray *rows;

    if (!assay_rule_same_convention(sides[0], sides[1], rule, error))
        return NULL;
    rows = g_array_new(FALSE, FALSE, sizeof(AssaySetRow));
    for (guint side = 0; side < 2; side++) {
        totals[side] = (double)sum_allowed(sides[side], min_groups);
        sums.events[side] = sides[side]->total;
    }
    for (guint side = 0; side < 2; side++) {
        for (guint i = 0; i < sides[side]->entries->len; i++) {
            const AssayEntry *entry = g_ptr_array_index(sides[side]->entries, i);
            const AssayEntry *other = assay_rule_entry(sides[1 - side], entry->key);
            AssaySetRow row = { side, entry, other };
            gboolean is_theirs = allows(other, min_groups);

            sums.strange[side] += is_theirs ? 0 : entry->n;
            if (!allows(entry, min_groups))
                continue;
            sums.allowed[side]++;
            if (!is_theirs)
                g_array_append_val(rows, row);
            if (!is_theirs || side == 1) /* what both allow is met on either side */
                continue;
            sums.both++;
            least += MIN((double)entry->n / totals[0], (double)other->n / totals[1]);
        }
    }
    sums.jaccard = (double)sums.both / (double)(sums.allowed[0] + sums.allowed[1] - sums.both);
    /* Shares add up to 1 on either side, and min + max is their sum. */
    sums.weighted = totals[0] > 0 && totals[1] > 0 ? least / (2 - least) : (double)NAN;
    g_array_sort(rows, compare_rows);
    *overlap = sums;
    return rows;
}
