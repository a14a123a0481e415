/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-corpus.h"

#include <math.h>
#include <string.h>

#include "corpus.h"

static void
clear_item(gpointer data)
{
    RandomItem *item = data;

    g_free(item->group);
    for (size_t r = 0; r < ASSAY_N_RULES; r++)
        g_array_unref(item->keys[r]);
}

void
random_corpus_free(RandomCorpus *self)
{
    if (self == NULL)
        return;
    g_array_unref(self->items);
    g_array_unref(self->origins);
    g_free(self);
}

/* Few are frequent and many are rare, so that all numbers of groups occur. */
static guint
random_kind(GRand *random, guint n)
{
    double u = g_rand_double(random);

    return (guint)(u * u * u * n);
}

/* A walk through chords, some of which are held. */
static void
add_transitions(RandomItem *item, GRand *random, int n_steps, guint n_keys, guint order)
{
    guint n_states = 2 + (guint)(2 * pow(n_keys, 1.0 / (order + 1))), state = 0;
    guint64 past = 0;

    for (int t = 0; t < n_steps; t++) {
        if (t == 0 || g_rand_int_range(random, 0, 4) > 0)
            state = random_kind(random, n_states) * 37 % 4096;
        past = (past << 12 | state) & ((G_GUINT64_CONSTANT(1) << (12 * (order + 1))) - 1);
        if ((guint)t + 1 == order)
            item->ends.first = past;
        if ((guint)t >= order)
            g_array_append_val(item->keys[ASSAY_RULE_TRANSITION], past);
    }
    item->ends.known = (guint)n_steps >= order;
    item->ends.last = past & ((G_GUINT64_CONSTANT(1) << (12 * order)) - 1);
}

static void
add_lengths(RandomItem *item, GRand *random, int n, guint n_keys)
{
    for (int i = 0; i < n; i++) {
        guint64 key = assay_duration_key((random_kind(random, n_keys) + 1) / 4.0);

        g_array_append_val(item->keys[ASSAY_RULE_DURATION], key);
    }
}

static void
add_random_item(RandomCorpus *self, GRand *random, guint n_keys, guint source, gint64 index)
{
    RandomItem item = { .source = source, .index = index };
    int lengths[ASSAY_N_RULES];

    if (g_rand_int_range(random, 0, 3) == 0)
        item.group = g_strdup_printf("g%d", g_rand_int_range(random, 0, 4));
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        lengths[r] = g_rand_int_range(random, 0, 12) * g_rand_int_range(random, 0, 4);
        item.keys[r] = g_array_new(FALSE, FALSE, sizeof(guint64));
    }
    add_transitions(&item, random, lengths[ASSAY_RULE_TRANSITION], n_keys, self->order);
    add_lengths(&item, random, lengths[ASSAY_RULE_DURATION], n_keys);
    g_array_append_val(self->items, item);
}

RandomCorpus *
random_corpus_new(GRand *random, guint n_sources, guint n_keys, guint order)
{
    RandomCorpus *self = g_new0(RandomCorpus, 1);

    self->order = order;
    self->items = g_array_new(FALSE, FALSE, sizeof(RandomItem));
    g_array_set_clear_func(self->items, clear_item);
    self->origins = g_array_new(FALSE, FALSE, sizeof(AssayOrigin));
    for (guint s = 0; s < n_sources; s++) {
        AssayOrigin origin = (AssayOrigin)g_rand_int_range(random, 0, 3);
        int n = g_rand_int_range(random, 0, 6);

        g_array_append_val(self->origins, origin);
        for (int i = 0; origin != ASSAY_ORIGIN_FILE && i < n; i++)
            add_random_item(self, random, n_keys, s, i);
        if (origin == ASSAY_ORIGIN_FILE)
            add_random_item(self, random, n_keys, s, -1);
    }
    return self;
}

char *
random_corpus_group(const RandomCorpus *self, guint i)
{
    const RandomItem *item = RANDOM_ITEM(self, i);

    if (item->group != NULL)
        return g_strdup_printf("group %s", item->group);
    if (g_array_index(self->origins, AssayOrigin, item->source) == ASSAY_ORIGIN_ARRAY)
        return g_strdup_printf("item %u", i);
    return g_strdup_printf("source %u", item->source);
}

AssayObservation *
random_corpus_observe(const RandomCorpus *self, guint first, guint n)
{
    const RandomItem *item = RANDOM_ITEM(self, first);
    AssayObservation *observation = g_new0(AssayObservation, 1);

    observation->name = g_strdup_printf("set/s%03u", item->source);
    observation->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, observation->name, -1);
    observation->has_items = item->index >= 0;
    observation->windows =
        g_array_index(self->origins, AssayOrigin, item->source) == ASSAY_ORIGIN_WINDOWS;
    observation->n_items = n;
    observation->item_start = (size_t)MAX(item->index, 0);
    observation->tallies = g_new0(AssayTally, n * ASSAY_N_RULES);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        observation->present[r] = TRUE;
        observation->conventions[r] = assay_json_object();
        if (r == ASSAY_RULE_TRANSITION && self->order > 1)
            assay_json_set_integer(observation->conventions[r], "order", self->order);
        for (guint i = 0; i < n; i++) {
            const RandomItem *other = RANDOM_ITEM(self, first + i);
            g_autoptr(GArray) keys = g_array_copy(other->keys[r]);

            assay_tally_keys(&observation->tallies[i * ASSAY_N_RULES + r], &assay_rule_types[r],
                             keys);
            if (r == ASSAY_RULE_TRANSITION)
                observation->tallies[i * ASSAY_N_RULES + r].ends = other->ends;
        }
    }
    return observation;
}

static AssayGroups *
table_of(const RandomCorpus *self)
{
    g_autoptr(GString) lines = g_string_new("");

    for (guint i = 0; i < self->items->len; i++) {
        const RandomItem *item = RANDOM_ITEM(self, i);

        if (item->group != NULL && item->index >= 0)
            g_string_append_printf(lines, "set/s%03u[%d]=%s ", item->source, (int)item->index,
                                   item->group);
        else if (item->group != NULL)
            g_string_append_printf(lines, "s%03u=%s ", item->source, item->group);
    }
    return corpus_groups(lines->str);
}

AssaySpec *
random_corpus_mine(const RandomCorpus *self, const guint8 *part, guint8 which)
{
    AssaySpec *spec = assay_spec_new();
    g_autoptr(AssayGroups) groups = table_of(self);

    for (guint i = 0, n; i < self->items->len; i += n) {
        const RandomItem *item = RANDOM_ITEM(self, i);
        g_autoptr(AssayObservation) observation = NULL;
        g_autoptr(GError) error = NULL;

        for (n = 1; i + n < self->items->len; n++) {
            if (RANDOM_ITEM(self, i + n)->source != item->source ||
                (part != NULL && part[i + n] != part[i]))
                break;
        }
        if (part != NULL && part[i] != which)
            continue;
        observation = random_corpus_observe(self, i, n);
        if (!assay_spec_add(spec, observation, NULL, groups, &error))
            g_assert_no_error(error);
    }
    assay_spec_sort(spec);
    return spec;
}
