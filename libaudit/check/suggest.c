/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suggest.h"

#include <math.h>

#include "../feature/chroma.h"

/**
 * Run:
 *
 * Some states one after the other, as a key has them.
 * @id: their number, above the states
 * @is_known: whether an allowed transition has them
 * @n: how often they end a transition
 * @total, @kinds: what follows them as a history: c, T
 */
typedef struct {
    guint64 id;
    gboolean is_known;
    double n, total, kinds;
} Run;

struct AssaySuggest {
    const AssayRule *rule;
    size_t index;
    gboolean changes;
    const AssayEntry **allowed; /* by key */
    size_t n_allowed;
    double total, kinds; /* N, T */
    GHashTable *runs;    /* Run by id; of rules of transitions */
};

static guint64
run_id(guint64 key, guint n)
{
    return (guint64)n << (ASSAY_STATE_BITS * (ASSAY_MAX_ORDER + 1)) | ASSAY_TRANSITION_RUN(key, n);
}

/* The last @n states of @key, or NULL. */
static const Run *
find_run(const AssaySuggest *self, guint64 key, guint n)
{
    guint64 id = run_id(key, n);

    return g_hash_table_lookup(self->runs, &id);
}

static Run *
ensure_run(AssaySuggest *self, guint64 key, guint n)
{
    guint64 id = run_id(key, n);
    Run *run = g_hash_table_lookup(self->runs, &id);

    if (run == NULL) {
        run = g_new0(Run, 1);
        run->id = id;
        g_hash_table_insert(self->runs, &run->id, run);
    }
    return run;
}

/* All that is part of an allowed transition. */
static void
know_runs(AssaySuggest *self, guint64 key)
{
    for (guint n = 1; n <= self->rule->order; n++) {
        for (guint skip = 0; skip + n <= self->rule->order + 1; skip++)
            ensure_run(self, key >> (ASSAY_STATE_BITS * skip), n)->is_known = TRUE;
    }
}

static void
count_runs(AssaySuggest *self, const AssayEntry *entry)
{
    for (guint n = 1; n <= self->rule->order + 1; n++) {
        Run *run = ensure_run(self, entry->key, n);
        gboolean is_new = run->n <= 0;

        run->n += (double)entry->n;
        if (n == 1) {
            self->kinds += is_new;
        } else {
            Run *history = ensure_run(self, ASSAY_TRANSITION_BEFORE(entry->key), n - 1);

            history->total += (double)entry->n;
            history->kinds += is_new;
        }
    }
}

AssaySuggest *
assay_suggest_new(const AssaySpec *spec, size_t rule, guint min_groups, gboolean changes)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    AssaySuggest *self = g_new0(AssaySuggest, 1);

    self->rule = &spec->rules[rule];
    self->index = rule;
    self->changes = changes;
    self->allowed = g_new0(const AssayEntry *, self->rule->entries->len + 1);
    self->runs = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    for (guint i = 0; i < self->rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(self->rule->entries, i);
        gboolean is_allowed = entry->groups >= min_groups;

        if (rule == ASSAY_RULE_TRANSITION && is_allowed)
            know_runs(self, entry->key);
        if (changes && !type->is_change(entry->key))
            continue;
        if (is_allowed)
            self->allowed[self->n_allowed++] = entry;
        self->total += (double)entry->n;
        if (rule == ASSAY_RULE_TRANSITION)
            count_runs(self, entry);
        else
            self->kinds++;
    }
    return self;
}

void
assay_suggest_free(AssaySuggest *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->runs);
    g_free(self->allowed);
    g_free(self);
}

gboolean
assay_suggest_knows(const AssaySuggest *self, guint64 run, guint n)
{
    const Run *found = find_run(self, run, n);

    return found != NULL && found->is_known;
}

/* The order of preference among transitions instead of @key: less is better. */
static gboolean
is_better(guint64 key, int distance, const AssayEntry *entry, int best_distance,
          const AssayEntry *best)
{
    gboolean keeps, best_keeps, rests, best_rests;

    if (best == NULL || distance != best_distance)
        return best == NULL || distance < best_distance;
    keeps = ASSAY_TRANSITION_BEFORE(entry->key) == ASSAY_TRANSITION_BEFORE(key);
    best_keeps = ASSAY_TRANSITION_BEFORE(best->key) == ASSAY_TRANSITION_BEFORE(key);
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
        /* All chords at once: a key is their bits. */
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

/* p by the estimate of each order in turn. */
static double
transition_p(const AssaySuggest *self, guint64 key)
{
    const Run *to = find_run(self, key, 1);
    double n = to == NULL ? 0 : to->n;
    double p = (n + self->kinds / ASSAY_CHROMA_STATES) / (self->total + self->kinds);

    for (guint k = 1; k <= self->rule->order; k++) {
        const Run *history = find_run(self, ASSAY_TRANSITION_BEFORE(key), k);
        const Run *whole = find_run(self, key, k + 1);

        if (history == NULL || history->total <= 0)
            break; /* nothing is known to follow a longer one either */
        n = whole == NULL ? 0 : whole->n;
        p = (n + history->kinds * p) / (history->total + history->kinds);
    }
    return p;
}

double
assay_suggest_bits(const AssaySuggest *self, guint64 key)
{
    const AssayEntry *entry = assay_rule_entry(self->rule, key);
    double n = entry == NULL ? 0 : (double)entry->n;

    if (self->total <= 0)
        return (double)NAN;
    if (self->index == ASSAY_RULE_TRANSITION)
        return -log2(transition_p(self, key));
    return -log2((n > 0 ? n : self->kinds) / (self->total + self->kinds));
}
