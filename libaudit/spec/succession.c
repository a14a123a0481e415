/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "succession.h"

#include "../feature/chroma.h"
#include "spec-private.h"

/* The entries of all histories that lead from one chord to another. */
typedef struct {
    guint state;
    GPtrArray *entries;
} Bundle;

static void
free_bundle(gpointer data)
{
    Bundle *bundle = data;

    g_ptr_array_unref(bundle->entries);
    g_free(bundle);
}

/* @chords as a run of states, as a key has them. */
static guint64
run_of(const guint *chords, guint n_chords)
{
    guint64 run = 0;

    for (guint i = 0; i < n_chords; i++)
        run = run << ASSAY_STATE_BITS | chords[i];
    return run;
}

/* How many of the @n_states - @n_run + 1 places in @history hold @run. */
static guint64
places_of(guint64 history, guint n_states, guint64 run, guint n_run)
{
    guint64 places = 0;

    for (guint i = 0; i + n_run <= n_states; i++)
        places += ASSAY_TRANSITION_RUN(history >> (ASSAY_STATE_BITS * i), n_run) == run ? 1 : 0;
    return places;
}

/* The support of entries that are one event to the reader: owners united, where all are known. */
static AssayNeighbour
unite(const AssaySpec *spec, const Bundle *bundle)
{
    AssayNeighbour sum = { .state = bundle->state };
    g_autoptr(GHashTable) items = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) groups = g_hash_table_new(NULL, NULL);
    gboolean is_known = TRUE;

    for (guint i = 0; i < bundle->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(bundle->entries, i);

        sum.n += entry->n;
        sum.items = MAX(sum.items, entry->items);
        sum.groups = MAX(sum.groups, entry->groups);
        is_known = is_known && entry->n_owners > 0;
        for (guint32 k = 0; k < entry->n_owners; k++) {
            const AssayItem *item = g_ptr_array_index(spec->items, entry->owners[k].item);

            g_hash_table_add(items, GUINT_TO_POINTER(entry->owners[k].item));
            g_hash_table_add(groups, GUINT_TO_POINTER(item->group_id));
        }
    }
    sum.is_least = !is_known && bundle->entries->len > 1;
    if (is_known || sum.is_least) {
        sum.items = MAX(sum.items, g_hash_table_size(items));
        sum.groups = MAX(sum.groups, MIN(g_hash_table_size(groups), ASSAY_MANY_GROUPS));
    }
    return sum;
}

static int
compare_neighbours(gconstpointer a, gconstpointer b)
{
    const AssayNeighbour *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

static GArray *
list_neighbours(const AssaySpec *spec, GHashTable *bundles, guint min_groups, guint64 *n,
                guint *rare)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(AssayNeighbour));
    GHashTableIter iter;
    gpointer bundle;

    g_hash_table_iter_init(&iter, bundles);
    while (g_hash_table_iter_next(&iter, NULL, &bundle)) {
        AssayNeighbour neighbour = unite(spec, bundle);

        *n += neighbour.n;
        if (neighbour.groups < min_groups)
            ++*rare;
        else
            g_array_append_val(list, neighbour);
    }
    g_array_sort(list, compare_neighbours);
    return list;
}

static void
bundle_add(GHashTable *bundles, guint state, AssayEntry *entry)
{
    Bundle *bundle = g_hash_table_lookup(bundles, GUINT_TO_POINTER(state));

    if (bundle == NULL) {
        bundle = g_new0(Bundle, 1);
        bundle->state = state;
        bundle->entries = g_ptr_array_new();
        g_hash_table_insert(bundles, GUINT_TO_POINTER(state), bundle);
    }
    g_ptr_array_add(bundle->entries, entry);
}

/* What starts and ends tell: how items begin and end, and what is heard before the first entry. */
static void
count_ends(AssaySuccession *self, const AssayRule *rule, guint64 run, guint n)
{
    guint order = rule->order, first = ASSAY_TRANSITION_STATE(run, n - 1);
    GTreeNode *node;

    for (node = g_tree_node_first(rule->starts); node != NULL; node = g_tree_node_next(node)) {
        const AssayCount *start = g_tree_node_value(node);

        self->all_steps += start->count * order;
        self->steps += start->count * places_of(start->key, order, run, n);
        if (start->key >> (ASSAY_STATE_BITS * (order - n)) == run)
            self->begins += start->count;
        for (guint back = 0; back < order; back++) {
            if (ASSAY_TRANSITION_STATE(start->key, back) == first &&
                (back == order - 1 || ASSAY_TRANSITION_STATE(start->key, back + 1) != first))
                self->runs += start->count;
        }
    }
    for (node = g_tree_node_first(rule->ends); node != NULL; node = g_tree_node_next(node)) {
        const AssayCount *end = g_tree_node_value(node);

        if (ASSAY_TRANSITION_RUN(end->key, n) == run)
            self->ends += end->count;
    }
}

AssaySuccession *
assay_succession_new(const AssaySpec *spec, const guint *chords, guint n_chords, guint min_groups)
{
    const AssayRule *rule = &spec->rules[ASSAY_RULE_TRANSITION];
    AssaySuccession *self = g_new0(AssaySuccession, 1);
    g_autoptr(GHashTable) after = g_hash_table_new_full(NULL, NULL, NULL, free_bundle);
    g_autoptr(GHashTable) before = g_hash_table_new_full(NULL, NULL, NULL, free_bundle);
    guint64 run = run_of(chords, n_chords);

    for (guint i = 0; i < rule->entries->len; i++) {
        AssayEntry *entry = g_ptr_array_index(rule->entries, i);
        guint next = ASSAY_TRANSITION_TO(entry->key);
        guint previous = ASSAY_TRANSITION_STATE(entry->key, n_chords);

        self->all_steps += entry->n;
        if (ASSAY_TRANSITION_RUN(ASSAY_TRANSITION_BEFORE(entry->key), n_chords) == run) {
            if (next == chords[n_chords - 1])
                self->held += entry->n;
            else
                bundle_add(after, next, entry);
        }
        if (ASSAY_TRANSITION_RUN(entry->key, n_chords) != run)
            continue;
        self->steps += entry->n;
        if (previous != chords[0])
            bundle_add(before, previous, entry);
    }
    self->after = list_neighbours(spec, after, min_groups, &self->n_after, &self->rare_after);
    self->before = list_neighbours(spec, before, min_groups, &self->n_before, &self->rare_before);
    count_ends(self, rule, run, n_chords);
    self->runs = n_chords == 1 ? self->runs + self->n_before : 0;
    return self;
}

void
assay_succession_free(AssaySuccession *self)
{
    if (self == NULL)
        return;
    g_array_unref(self->after);
    g_array_unref(self->before);
    g_free(self);
}

guint64 *
assay_chord_steps(const AssayRule *rule)
{
    guint64 *steps = g_new0(guint64, ASSAY_CHROMA_STATES);

    for (guint i = 0; i < rule->entries->len; i++) {
        const AssayEntry *entry = g_ptr_array_index(rule->entries, i);

        steps[ASSAY_TRANSITION_TO(entry->key)] += entry->n;
    }
    for (GTreeNode *node = g_tree_node_first(rule->starts); node != NULL;
         node = g_tree_node_next(node)) {
        const AssayCount *start = g_tree_node_value(node);

        for (guint back = 0; back < rule->order; back++)
            steps[ASSAY_TRANSITION_STATE(start->key, back)] += start->count;
    }
    return steps;
}

typedef struct {
    guint state;
    int distance;
    guint64 steps;
} Near;

static int
compare_near(gconstpointer a, gconstpointer b)
{
    const Near *x = a, *y = b;

    if (x->distance != y->distance)
        return x->distance - y->distance;
    if (x->steps != y->steps)
        return x->steps > y->steps ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

/* One note more, less or another; or any that holds @state or is held by it. Silence is near to
 * nothing. */
static gboolean
is_near(guint state, guint other, int distance)
{
    int more = __builtin_popcount(other & ~state), fewer = __builtin_popcount(state & ~other);

    return other != 0 && state != 0 && distance > 0 &&
           (distance == 1 || (more == 1 && fewer == 1) || more == 0 || fewer == 0);
}

GArray *
assay_chords_near(const guint64 *steps, guint state)
{
    GArray *states = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Near));

    for (guint other = 0; other < ASSAY_CHROMA_STATES; other++) {
        Near near = { other, __builtin_popcount(other ^ state), steps[other] };

        if (steps[other] > 0 && is_near(state, other, near.distance))
            g_array_append_val(list, near);
    }
    g_array_sort(list, compare_near);
    for (guint i = 0; i < list->len; i++)
        g_array_append_val(states, g_array_index(list, Near, i).state);
    return states;
}
