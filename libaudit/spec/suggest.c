/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suggest.h"

#include <math.h>

#include "../feature/chroma.h"

struct AssaySuggest {
    const AssayRule *rule;
    size_t index;
    gboolean changes;
    const AssayEntry **allowed; /* by key */
    size_t n_allowed;
    double total, kinds;               /* N, T */
    double *from_total, *from_kinds;   /* a state: c(from), T(from) */
    double *to_total;                  /* c(to) */
    guint8 known[ASSAY_CHROMA_STATES]; /* chords of allowed transitions */
};

AssaySuggest *
assay_suggest_new(const AssaySpec *spec, size_t rule, guint min_groups, gboolean changes)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    AssaySuggest *self = g_new0(AssaySuggest, 1);

    self->rule = &spec->rules[rule];
    self->index = rule;
    self->changes = changes;
    self->allowed = g_new0(const AssayEntry *, self->rule->entries->len + 1);
    self->from_total = g_new0(double, ASSAY_CHROMA_STATES);
    self->from_kinds = g_new0(double, ASSAY_CHROMA_STATES);
    self->to_total = g_new0(double, ASSAY_CHROMA_STATES);
    for (guint i = 0; i < self->rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(self->rule->entries, i);
        guint from = ASSAY_TRANSITION_FROM(entry->key), to = ASSAY_TRANSITION_TO(entry->key);
        gboolean is_allowed = entry->groups >= min_groups;

        if (rule == ASSAY_RULE_TRANSITION && is_allowed)
            self->known[from] = self->known[to] = 1;
        if (changes && !type->is_change(entry->key))
            continue;
        if (is_allowed)
            self->allowed[self->n_allowed++] = entry;
        self->total += (double)entry->n;
        if (rule != ASSAY_RULE_TRANSITION) {
            self->kinds++;
            continue;
        }
        self->from_total[from] += (double)entry->n;
        self->from_kinds[from]++;
        self->kinds += self->to_total[to] == 0;
        self->to_total[to] += (double)entry->n;
    }
    return self;
}

void
assay_suggest_free(AssaySuggest *self)
{
    if (self == NULL)
        return;
    g_free(self->allowed);
    g_free(self->from_total);
    g_free(self->from_kinds);
    g_free(self->to_total);
    g_free(self);
}

gboolean
assay_suggest_knows(const AssaySuggest *self, guint state)
{
    return self->known[state] != 0;
}

/* The order of preference among transitions instead of @key: less is better. */
static gboolean
is_better(guint64 key, int distance, const AssayEntry *entry, int best_distance,
          const AssayEntry *best)
{
    gboolean keeps, best_keeps, rests, best_rests;

    if (best == NULL || distance != best_distance)
        return best == NULL || distance < best_distance;
    keeps = ASSAY_TRANSITION_FROM(entry->key) == ASSAY_TRANSITION_FROM(key);
    best_keeps = ASSAY_TRANSITION_FROM(best->key) == ASSAY_TRANSITION_FROM(key);
    if (keeps != best_keeps)
        return keeps;
    rests = ASSAY_TRANSITION_TO(entry->key) == 0;
    best_rests = ASSAY_TRANSITION_TO(best->key) == 0;
    if (rests != best_rests)
        return best_rests;
    return entry->n > best->n;
}

static const AssayEntry *
nearest_transition(const AssaySuggest *self, guint64 key)
{
    const AssayEntry *best = NULL;
    int best_distance = 0;

    for (size_t i = 0; i < self->n_allowed; i++) {
        const AssayEntry *entry = self->allowed[i];
        /* Both chords at once: a key is their 24 bits. */
        int distance = __builtin_popcountll(entry->key ^ key);

        if (distance <= best_distance || best == NULL) {
            if (is_better(key, distance, entry, best_distance, best)) {
                best = entry;
                best_distance = distance;
            }
        }
    }
    return best;
}

static const AssayEntry *
nearest_duration(const AssaySuggest *self, guint64 key)
{
    double value = assay_duration_value(key), best_distance = 0;
    const AssayEntry *best = NULL;

    for (size_t i = 0; i < self->n_allowed; i++) {
        const AssayEntry *entry = self->allowed[i];
        double distance = fabs(assay_duration_value(entry->key) - value);

        if (best == NULL || distance < best_distance ||
            (distance <= best_distance && entry->n > best->n)) {
            best = entry;
            best_distance = distance;
        }
    }
    return best;
}

const AssayEntry *
assay_suggest_instead(const AssaySuggest *self, guint64 key)
{
    return self->index == ASSAY_RULE_TRANSITION ? nearest_transition(self, key)
                                                : nearest_duration(self, key);
}

double
assay_suggest_bits(const AssaySuggest *self, guint64 key)
{
    const AssayEntry *entry = assay_rule_entry(self->rule, key);
    gboolean counts = !self->changes || assay_rule_types[self->index].is_change(key);
    double n = entry == NULL || !counts ? 0 : (double)entry->n, p;
    guint from = ASSAY_TRANSITION_FROM(key), to = ASSAY_TRANSITION_TO(key);

    if (self->total <= 0)
        return (double)NAN;
    if (self->index != ASSAY_RULE_TRANSITION) {
        p = (n > 0 ? n : self->kinds) / (self->total + self->kinds);
        return -log2(p);
    }
    p = (self->to_total[to] + self->kinds / ASSAY_CHROMA_STATES) / (self->total + self->kinds);
    if (self->from_total[from] > 0)
        p = (n + self->from_kinds[from] * p) / (self->from_total[from] + self->from_kinds[from]);
    return -log2(p);
}
