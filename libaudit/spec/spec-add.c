/* spec/spec-add.c - a spec grows by what was observed of a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "recipe.h"
#include "spec-private.h"

static void
note_version(AssaySpec *self, const char *version)
{
    if (!g_ptr_array_find_with_equal_func(self->tool_versions, version, g_str_equal, NULL))
        g_ptr_array_add(self->tool_versions, g_strdup(version));
}

static gboolean
same_recipe(AssaySpec *self, const char *name, const AssayJson *recipe, GError **error)
{
    g_autofree char *difference = NULL;

    if (self->recipe == NULL) {
        self->recipe = assay_json_ref(recipe);
        return TRUE;
    }
    difference = assay_recipe_difference(recipe, self->recipe);
    if (difference == NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                "%s: made otherwise than what came before: %s", name, difference);
    return FALSE;
}

static gboolean
same_conventions(const AssaySpec *self, const AssayObservation *observation, GError **error)
{
    for (size_t r = 0; r < ASSAY_N_RULES && self->sources->len > 0; r++) {
        g_autofree char *difference = NULL;

        if (self->rules[r].present != observation->present[r]) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "%s: %s for rule %s, which the samples before it %s", observation->name,
                        observation->present[r] ? "has a field" : "has no field",
                        assay_rule_types[r].name, observation->present[r] ? "had not" : "had");
            return FALSE;
        }
        if (!observation->present[r])
            continue;
        difference =
            assay_convention_difference(observation->conventions[r], self->rules[r].convention);
        if (difference != NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                        "%s: rule %s: otherwise than in the samples before it: %s",
                        observation->name, assay_rule_types[r].name, difference);
            return FALSE;
        }
    }
    return TRUE;
}

static void
add_item(AssaySpec *self, const AssayObservation *observation, size_t at, guint32 source_id,
         AssayGroups *groups)
{
    gint64 index = observation->has_items ? (gint64)(observation->item_start + at) : -1;
    AssayItem *item = g_new0(AssayItem, 1);
    guint32 id = self->items->len;

    item->source = source_id;
    item->index = index;
    item->group = g_strdup(assay_groups_of_item(groups, observation, at));
    item->group_id = assay_spec_group_id(self, source_id, item->group);
    g_clear_pointer(&self->item_index, g_hash_table_unref);
    g_ptr_array_add(self->items, item);
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        const AssayTally *tally = &observation->tallies[at * ASSAY_N_RULES + r];

        item->events[r] = tally->events;
        item->changes[r] = tally->changes;
        if (tally->ends.known) {
            assay_ends_add(self->rules[r].starts, tally->ends.first, 1);
            assay_ends_add(self->rules[r].ends, tally->ends.last, 1);
        }
        for (size_t i = 0; i < tally->n; i++) {
            AssayEntry *entry = assay_rule_ensure(&self->rules[r], tally->counts[i].key);

            entry->n += tally->counts[i].count;
            self->rules[r].total += tally->counts[i].count;
            entry->items++;
            assay_entry_own(entry, id, item->group_id, tally->counts[i].count);
        }
    }
}

static gboolean
add_values(AssaySpec *self, const AssaySpread *spread, const AssayObservation *observation,
           AssayGroups *groups, GError **error)
{
    g_return_val_if_fail(self->items->len == 0 || (spread == NULL) == (self->distributions == NULL),
                         FALSE);
    if (spread == NULL)
        return TRUE;
    if (self->distributions == NULL)
        self->distributions = assay_distributions_new();
    return assay_distributions_add(self->distributions, spread, observation, groups, error);
}

gboolean
assay_spec_add(AssaySpec *self, const AssayObservation *observation, const AssaySpread *spread,
               AssayGroups *groups, GError **error)
{
    AssayOrigin origin = !observation->has_items ? ASSAY_ORIGIN_FILE
                         : observation->windows  ? ASSAY_ORIGIN_WINDOWS
                                                 : ASSAY_ORIGIN_ARRAY;
    g_autoptr(AssayJson) recipe = assay_recipe_from_stages(observation->stages);
    AssaySpecSource *source;
    guint32 source_id;

    if (!same_conventions(self, observation, error) ||
        !same_recipe(self, observation->name, recipe, error))
        return FALSE;
    source_id = assay_spec_source_id(self, observation->name, observation->sha256, origin);
    source = g_ptr_array_index(self->sources, source_id);
    if ((gint64)observation->item_start <= source->seen_to) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s: is in the corpus already, with the same content", observation->name);
        return FALSE;
    }
    if (!add_values(self, spread, observation, groups, error))
        return FALSE;
    source->seen_to = (gint64)(observation->item_start + observation->n_items) - 1;
    if (observation->n_items == 0)
        source->seen_to = (gint64)observation->item_start;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        self->rules[r].present = observation->present[r];
        if (observation->present[r] && self->rules[r].convention == NULL)
            assay_rule_take_convention(self, r, assay_json_ref(observation->conventions[r]));
    }
    note_version(self, ASSAY_VERSION);
    for (size_t i = 0; i < assay_json_size(observation->stages); i++) {
        const AssayJson *stage = assay_json_nth(observation->stages, i);
        const char *version = assay_json_peek_string(assay_json_get(stage, "version"));

        if (version != NULL)
            note_version(self, version);
    }
    for (size_t i = 0; i < observation->n_items; i++)
        add_item(self, observation, i, source_id, groups);
    return TRUE;
}
