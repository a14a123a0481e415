/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

#include <stdlib.h>

#include "../base/error.h"
#include "../base/random.h"
#include "../feature/chroma.h"
#include "../transform/baseline.h"
#include "spec-private.h"

/* Where a walk may go from a history: entries @first to @last - 1, or an end. */
typedef struct {
    guint64 history;
    guint64 n_ends;
    guint first, last;
} Crossing;

struct AssayWalk {
    const AssayRule *rule;
    guint64 seed;
    size_t n_items, max_steps;
    AssayJson *options;
    Crossing *crossings; /* by history; those with a way on */
    size_t n_crossings;
    guint64 *before; /* before[i]: occurrences of the entries before entry i */
    AssayCount *starts;
    size_t n_starts;
    guint64 *starts_before; /* as before */
};

/* Which of the @n intervals that begin at @before[i] the number @at is in. */
static size_t
find_interval(const guint64 *before, size_t n, guint64 at)
{
    size_t low = 0, high = n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (before[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void
find_crossings(AssayWalk *self)
{
    const GPtrArray *entries = self->rule->entries;

    self->crossings = g_new0(Crossing, entries->len + 1);
    self->before = g_new0(guint64, entries->len + 1);
    for (guint i = 0; i < entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(entries, i);
        guint64 history = ASSAY_TRANSITION_BEFORE(entry->key);
        Crossing *at = self->n_crossings > 0 ? &self->crossings[self->n_crossings - 1] : NULL;

        if (at == NULL || at->history != history) {
            at = &self->crossings[self->n_crossings++];
            *at = (Crossing){ history, assay_ends_count(self->rule->ends, history), i, i };
        }
        at->last = i + 1;
        self->before[i + 1] = self->before[i] + entry->n;
    }
}

static void
find_starts(AssayWalk *self)
{
    size_t room = (size_t)g_tree_nnodes(self->rule->starts);
    guint64 total = 0;

    self->starts = g_new0(AssayCount, room + 1);
    self->starts_before = g_new0(guint64, room + 1);
    for (GTreeNode *node = g_tree_node_first(self->rule->starts); node != NULL;
         node = g_tree_node_next(node)) {
        self->starts[self->n_starts] = *(const AssayCount *)g_tree_node_value(node);
        total += self->starts[self->n_starts].count;
        self->starts_before[++self->n_starts] = total;
    }
}

/* A spec is told by its digest too: another edition gives other walks. */
static AssayJson *
make_options(const AssayWalk *self, const AssaySpec *spec)
{
    AssayJson *options = assay_json_object();
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, self->seed);
    g_autofree char *steps = g_strdup_printf("%" G_GSIZE_FORMAT, self->max_steps);
    g_autofree char *name =
        g_strdup_printf("%s%s%s", spec->name, spec->edition[0] != '\0' ? " " : "", spec->edition);
    g_autoptr(GString) text = assay_spec_print(spec);
    g_autofree char *digest =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);

    assay_json_set_string(options, "kind", "walk");
    assay_json_set_string(options, "max-steps", steps);
    assay_json_set_string(options, "seed", seed);
    assay_json_set_string(options, "spec", name);
    assay_json_set_string(options, "spec-sha256", digest);
    return options;
}

static size_t
default_steps(const AssaySpec *spec)
{
    guint64 longest = 0;

    for (guint i = 0; i < spec->items->len; i++) {
        const AssayItem *item = g_ptr_array_index(spec->items, i);

        longest = MAX(longest, item->events[ASSAY_RULE_TRANSITION]);
    }
    return (size_t)CLAMP(MIN(longest, 65536) * 16, 65536, 1048576);
}

AssayWalk *
assay_walk_new(const AssaySpec *spec, const AssayWalkConfig *config, GError **error)
{
    g_autoptr(AssayWalk) self = g_new0(AssayWalk, 1);

    self->rule = &spec->rules[ASSAY_RULE_TRANSITION];
    if (!self->rule->present || g_tree_nnodes(self->rule->starts) == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    self->rule->present ? "the spec has no start: no item of it is as long as the "
                                          "history of its transitions, %u step%s"
                                        : "the spec has no rule chroma-transition to walk in",
                    self->rule->order, self->rule->order == 1 ? "" : "s");
        return NULL;
    }
    self->seed = config->seed;
    self->max_steps = config->max_steps == 0 ? default_steps(spec) : (size_t)config->max_steps;
    if (self->max_steps < self->rule->order) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "walks of %" G_GSIZE_FORMAT " steps: a start of this spec has %u",
                    self->max_steps, self->rule->order);
        return NULL;
    }
    find_crossings(self);
    find_starts(self);
    self->n_items = config->n_items == 0 ? (size_t)self->starts_before[self->n_starts]
                                         : (size_t)config->n_items;
    self->options = make_options(self, spec);
    return g_steal_pointer(&self);
}

void
assay_walk_free(AssayWalk *self)
{
    if (self == NULL)
        return;
    assay_json_unref(self->options);
    g_free(self->crossings);
    g_free(self->before);
    g_free(self->starts);
    g_free(self->starts_before);
    g_free(self);
}

size_t
assay_walk_n_items(const AssayWalk *self)
{
    return self->n_items;
}

AssayJson *
assay_walk_options(const AssayWalk *self)
{
    return assay_json_ref(self->options);
}

static int
compare_crossings(const void *a, const void *b)
{
    guint64 x = ((const Crossing *)a)->history, y = ((const Crossing *)b)->history;

    return (x > y) - (x < y);
}

/* The transition from @history; %FALSE for an end. */
static gboolean
go_on(const AssayWalk *self, AssayRandom *random, guint64 history, guint64 *key)
{
    const Crossing wanted = { .history = history };
    const Crossing *at =
        bsearch(&wanted, self->crossings, self->n_crossings, sizeof wanted, compare_crossings);
    guint64 n_on, draw;

    if (at == NULL)
        return FALSE;
    n_on = self->before[at->last] - self->before[at->first];
    draw = assay_random_below(random, n_on + at->n_ends);
    if (draw >= n_on)
        return FALSE;
    draw += self->before[at->first];
    *key = ((const AssayEntry *)g_ptr_array_index(
                self->rule->entries,
                (guint)find_interval(self->before, self->rule->entries->len, draw)))
               ->key;
    return TRUE;
}

/* (element-type guint16): the states of a walk, and whether it was cut. */
static GArray *
walk(const AssayWalk *self, AssayRandom *random, gboolean *cut)
{
    GArray *states = g_array_new(FALSE, FALSE, sizeof(guint16));
    guint order = self->rule->order;
    guint64 draw = assay_random_below(random, self->starts_before[self->n_starts]);
    guint64 history = self->starts[find_interval(self->starts_before, self->n_starts, draw)].key,
            key;

    for (guint back = order; back-- > 0;) {
        guint16 state = (guint16)ASSAY_TRANSITION_STATE(history, back);

        g_array_append_val(states, state);
    }
    while (go_on(self, random, history, &key)) {
        guint16 state = (guint16)ASSAY_TRANSITION_TO(key);

        *cut = states->len >= self->max_steps;
        if (*cut)
            break;
        g_array_append_val(states, state);
        history = ASSAY_TRANSITION_AFTER(key, order);
    }
    return states;
}

/* The convention of the spec, as a field has it. */
static AssayJson *
field_meta(const AssayRule *rule)
{
    AssayJson *meta = assay_json_copy(rule->convention);

    assay_json_unset(meta, "order");
    assay_json_set_string(meta, "unit", ASSAY_CHROMA_UNIT);
    return meta;
}

AssaySample *
assay_walk_make(gconstpointer data, size_t index, GError **error)
{
    static const char *const axes[] = { "time", "class", NULL };
    const AssayWalk *self = data;
    g_autofree char *name = g_strdup_printf("walk-%06" G_GSIZE_FORMAT, index);
    g_autoptr(AssaySample) sample = assay_sample_new(name);
    g_autoptr(GArray) states = NULL;
    gboolean cut = FALSE;
    AssayRandom random;
    AssayArray *array;

    assay_random_init(&random, self->seed, "walk", name);
    states = walk(self, &random, &cut);
    array = assay_array_new(ASSAY_U8, 2, (const size_t[]){ states->len, ASSAY_CHROMA_CLASSES },
                            axes, G_MAXSIZE, error);
    if (array == NULL)
        return NULL;
    for (guint t = 0; t < states->len; t++)
        assay_chroma_set((guint8 *)array->data + (size_t)t * ASSAY_CHROMA_CLASSES,
                         g_array_index(states, guint16, t));
    assay_baseline_set_source(sample, "walk", self->options, NULL);
    if (cut)
        assay_json_set_bool((AssayJson *)assay_sample_source(sample), "cut", TRUE);
    assay_sample_take_field(sample, "chroma", array, field_meta(self->rule));
    return g_steal_pointer(&sample);
}

gboolean
assay_walk_is_cut(AssaySample *sample)
{
    return assay_json_is_true(assay_json_get(assay_sample_source(sample), "cut"));
}
