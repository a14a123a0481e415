/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibrate.h"

#include <math.h>
#include <stdlib.h>

__extension__ typedef unsigned __int128 Wide;

/* Shares of groups are summed as integers in units of 1 / scale of a group: the least common
 * multiple of the sizes of groups, where that stays small, so that p is exact. */
#define MAX_SCALE ((guint64)1 << 40)

typedef struct {
    guint64 violations, events;
    guint64 weight; /* scale / members of its group */
    guint32 item;
} Member;

struct AssayCalibration {
    const AssaySpec *spec;
    const AssayRule *rule;
    const AssayRuleType *type;
    size_t index;
    guint min_groups;
    gboolean changes;
    guint64 violations, events; /* pooled */
    guint64 scale;
    guint64 n_members;
    Member *by_item;
    Member *by_rate;   /* ascending */
    guint64 *at_least; /* at_least[i]: weight of by_rate[i] and all after it */
};

/* Rates are compared by cross-multiplication; an item without events has rate 0. */
static int
compare_rates(guint64 v1, guint64 e1, guint64 v2, guint64 e2)
{
    Wide a = (Wide)v1 * MAX(e2, 1), b = (Wide)v2 * MAX(e1, 1);

    return (a > b) - (a < b);
}

static int
compare_members(const void *a, const void *b)
{
    const Member *x = a, *y = b;

    return compare_rates(x->violations, x->events, y->violations, y->events);
}

/* The least common multiple, or @limit where it is beyond that. */
static guint64
common_multiple(guint64 a, guint64 b, guint64 limit)
{
    guint64 x = a, y = b;

    while (y != 0) {
        guint64 rest = x % y;

        x = y;
        y = rest;
    }
    return a / x > limit / b ? limit : a / x * b;
}

static void
set_weights(AssayCalibration *self)
{
    g_autofree guint64 *sizes = g_new0(guint64, self->spec->n_groups + 1);
    guint64 limit = MIN(MAX_SCALE, G_MAXINT64 / ((guint64)self->spec->n_groups + 1)); /* of sums */

    self->scale = 1;
    for (guint i = 0; i < self->n_members; i++)
        sizes[((const AssayItem *)g_ptr_array_index(self->spec->items, i))->group_id]++;
    for (guint g = 0; g < self->spec->n_groups; g++) {
        if (sizes[g] > 0)
            self->scale = common_multiple(self->scale, sizes[g], limit);
    }
    for (guint i = 0; i < self->n_members; i++) {
        const AssayItem *item = g_ptr_array_index(self->spec->items, i);

        self->by_item[i].weight = self->scale / sizes[item->group_id];
    }
}

static gboolean
counts(const AssayCalibration *self, guint64 key)
{
    return !self->changes || self->type->is_change(key);
}

AssayCalibration *
assay_calibration_new(const AssaySpec *spec, size_t rule, guint min_groups, gboolean changes)
{
    AssayCalibration *self = g_new0(AssayCalibration, 1);
    guint64 sum = 0;

    self->spec = spec;
    self->rule = &spec->rules[rule];
    self->type = &assay_rule_types[rule];
    self->index = rule;
    self->min_groups = min_groups;
    self->changes = changes;
    self->n_members = spec->items->len;
    self->by_item = g_new0(Member, self->n_members + 1);
    for (guint i = 0; i < self->n_members; i++) {
        const AssayItem *item = g_ptr_array_index(spec->items, i);

        self->by_item[i].item = i;
        self->by_item[i].events = changes ? item->changes[rule] : item->events[rule];
        self->events += self->by_item[i].events;
    }
    for (guint i = 0; i < self->rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(self->rule->entries, i);

        if (entry->groups > min_groups || !counts(self, entry->key))
            continue;
        for (guint32 k = 0; k < entry->n_owners; k++) {
            self->by_item[entry->owners[k].item].violations += entry->owners[k].count;
            self->violations += entry->owners[k].count;
        }
    }
    set_weights(self);
    self->by_rate = g_memdup2(self->by_item, (self->n_members + 1) * sizeof(Member));
    qsort(self->by_rate, self->n_members, sizeof(Member), compare_members);
    self->at_least = g_new0(guint64, self->n_members + 1);
    for (guint64 i = self->n_members; i-- > 0;) {
        sum += self->by_rate[i].weight;
        self->at_least[i] = sum;
    }
    return self;
}

void
assay_calibration_free(AssayCalibration *self)
{
    if (self == NULL)
        return;
    g_free(self->by_item);
    g_free(self->by_rate);
    g_free(self->at_least);
    g_free(self);
}

guint64
assay_calibration_violations(const AssayCalibration *self, guint32 item)
{
    return self->by_item[item].violations;
}

guint64
assay_calibration_events(const AssayCalibration *self, guint32 item)
{
    return self->by_item[item].events;
}

double
assay_calibration_rate(const AssayCalibration *self)
{
    return self->events == 0 ? (double)NAN : (double)self->violations / (double)self->events;
}

gboolean
assay_calibration_allows(const AssayCalibration *self, guint64 key)
{
    const AssayEntry *entry = assay_rule_entry(self->rule, key);

    return entry != NULL && entry->groups >= self->min_groups;
}

void
assay_calibration_count(const AssayCalibration *self, const AssayTally *tally, guint64 *violations,
                        guint64 *events)
{
    *violations = 0;
    *events = self->changes ? tally->changes : tally->events;
    for (size_t i = 0; i < tally->n; i++) {
        if (counts(self, tally->counts[i].key) &&
            !assay_calibration_allows(self, tally->counts[i].key))
            *violations += tally->counts[i].count;
    }
}

static int
compare_owners(const void *a, const void *b)
{
    guint32 x = ((const AssayOwner *)a)->item, y = ((const AssayOwner *)b)->item;

    return (x > y) - (x < y);
}

/* The occurrences that the test item's own entries forgive: (element-type AssayOwner), by item. */
static GArray *
forgiven(const AssayCalibration *self, const AssayTally *tally)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(AssayOwner));

    for (size_t i = 0; i < tally->n; i++) {
        const AssayEntry *entry = assay_rule_entry(self->rule, tally->counts[i].key);

        if (entry != NULL && entry->groups == self->min_groups && counts(self, entry->key))
            g_array_append_vals(list, entry->owners, entry->n_owners);
    }
    if (list->len > 1)
        qsort(list->data, list->len, sizeof(AssayOwner), compare_owners);
    return list;
}

double
assay_calibration_p(const AssayCalibration *self, const AssayTally *tally)
{
    g_autoptr(GArray) list = NULL;
    guint64 violations, events, low = 0, high = self->n_members, sum;

    assay_calibration_count(self, tally, &violations, &events);
    if (events == 0 || assay_spec_is_derived(self->spec))
        return (double)NAN;
    while (low < high) { /* the first member at least as bad, before anything is forgiven */
        guint64 middle = low + (high - low) / 2;
        const Member *member = &self->by_rate[middle];

        if (compare_rates(member->violations, member->events, violations, events) >= 0)
            high = middle;
        else
            low = middle + 1;
    }
    sum = self->at_least[low];
    list = forgiven(self, tally);
    for (guint i = 0; i < list->len;) {
        const AssayOwner *owner = &g_array_index(list, AssayOwner, i);
        const Member *member = &self->by_item[owner->item];
        guint64 less = 0;

        for (; i < list->len && g_array_index(list, AssayOwner, i).item == member->item; i++)
            less += g_array_index(list, AssayOwner, i).count;
        if (compare_rates(member->violations, member->events, violations, events) >= 0 &&
            compare_rates(member->violations - less, member->events, violations, events) < 0)
            sum -= member->weight;
    }
    return (double)(self->scale + sum) / ((double)self->scale * ((double)self->spec->n_groups + 1));
}
