/* rule/observe.c - a sample's events, counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "cells.h"
#include "rule.h"

void
assay_tally_clear(AssayTally *self)
{
    g_free(self->counts);
    *self = (AssayTally){ 0 };
}

static int
compare_keys(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

    return (x > y) - (x < y);
}

void
assay_tally_keys(AssayTally *self, const AssayRuleType *type, GArray *keys)
{
    const guint64 *key = (const guint64 *)(const void *)keys->data;

    *self = (AssayTally){ .events = keys->len };
    if (keys->len == 0)
        return;
    qsort(keys->data, keys->len, sizeof *key, compare_keys);
    for (guint i = 0; i < keys->len; i++)
        self->n += i == 0 || key[i] != key[i - 1];
    self->counts = g_new0(AssayCount, self->n);
    for (guint i = 0, at = 0; i < keys->len; i++) {
        if (i > 0 && key[i] != key[i - 1])
            at++;
        self->counts[at].key = key[i];
        self->counts[at].count++;
        self->changes += (guint64)(type->is_change(key[i]) != FALSE);
    }
}

static void
free_labels(char **labels, size_t n)
{
    for (size_t i = 0; labels != NULL && i < n; i++)
        g_free(labels[i]);
    g_free(labels);
}

void
assay_observation_free(AssayObservation *self)
{
    if (self == NULL)
        return;
    free_labels(self->groups, self->n_items);
    free_labels(self->classes, self->n_items);
    for (size_t i = 0; self->tallies != NULL && i < self->n_items * ASSAY_N_RULES; i++)
        assay_tally_clear(&self->tallies[i]);
    for (size_t r = 0; r < ASSAY_N_RULES; r++)
        assay_json_unref(self->conventions[r]);
    assay_json_unref(self->stages);
    g_free(self->tallies);
    g_free(self->name);
    g_free(self->sha256);
    g_free(self->path);
    g_free(self->piece);
    g_free(self);
}

char *
assay_observation_identity(const AssayObservation *self, size_t item)
{
    return self->has_items ? g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", self->name, item)
                           : g_strdup(self->name);
}

static gboolean
observe_rule(AssayObservation *self, AssaySample *sample, size_t rule,
             const AssayObserveConfig *config, GError **error)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(guint64));

    self->present[rule] = TRUE;
    self->conventions[rule] = type->convention(sample);
    if (type->max_order > 0 && config->order > 1)
        assay_json_set_integer(self->conventions[rule], "order", config->order);
    for (size_t i = 0; i < self->n_items; i++) {
        AssayTally *tally = &self->tallies[i * ASSAY_N_RULES + rule];
        AssayEnds ends = { 0 };

        g_array_set_size(keys, 0);
        if (!type->observe(sample, i, config->order, keys, &ends, error))
            return FALSE;
        assay_tally_keys(tally, type, keys);
        tally->ends = ends;
    }
    return TRUE;
}

/* How many items there are follows from the fields that have them, whichever of them will be read:
 * a number in the metadata has nothing that backs it. */
static void
set_items(AssaySample *sample, const AssayArray *array)
{
    if (assay_array_axis(array, "item") == 0 && !assay_sample_has_items(sample))
        assay_sample_set_items(sample, 0, array->shape[0]);
}

static gboolean
refuse_items(AssaySample *sample, const char *which, GError **error)
{
    if (assay_sample_n_items(sample) == 0)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: has no items",
                    assay_sample_name(sample));
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has items by its metadata, and no %s that would have them",
                    assay_sample_name(sample), which);
    return FALSE;
}

/* Fields of cells, which rules read. */
static gboolean
find_items_of_rules(AssaySample *sample, gboolean *found, GError **error)
{
    static const char *const fields[][2] = { { "chroma", "class" }, { "roll", "pitch" } };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        const AssayArray *array;

        if (!assay_sample_has(sample, fields[i][0]))
            continue;
        array = assay_sample_field(sample, fields[i][0], error);
        if (array == NULL)
            return FALSE;
        set_items(sample, array);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!assay_sample_has(sample, fields[i][0]))
            continue;
        if (assay_rule_cells(sample, fields[i][0], fields[i][1], error) == NULL)
            return FALSE;
        *found = TRUE;
    }
    return TRUE;
}

/* Any array of numbers; one whose items are not as many as the sample's is another's. */
static gboolean
find_items_of_arrays(AssaySample *sample)
{
    g_autofree const char **fields = assay_sample_fields(sample);
    gboolean found = FALSE;

    for (size_t i = 0; fields[i] != NULL; i++) {
        const AssayArray *array = assay_sample_field(sample, fields[i], NULL);

        if (array == NULL || assay_array_axis(array, "item") != 0 || assay_array_count(array) == 0)
            continue;
        set_items(sample, array);
        found = found || array->shape[0] == assay_sample_n_items(sample);
    }
    return found;
}

static gboolean
find_items(AssaySample *sample, AssayRulesWanted rules, GError **error)
{
    gboolean found = FALSE;

    if (rules != ASSAY_RULES_NONE && !find_items_of_rules(sample, &found, error))
        return FALSE;
    if (rules != ASSAY_RULES_NEEDED && !found)
        found = find_items_of_arrays(sample);
    if (assay_sample_has_items(sample) && !found)
        return refuse_items(sample, rules == ASSAY_RULES_NEEDED ? "field of cells" : "field",
                            error);
    return TRUE;
}

static char *
source_text(AssaySample *sample, const char *key)
{
    return g_strdup(assay_json_peek_string(assay_json_get(assay_sample_source(sample), key)));
}

/* What samples that were cut from one piece have in common, and no others: the name of the piece
 * and the SHA-256 of its file, twelve digits of it; its path where the file is not known. */
static char *
find_piece(AssaySample *sample, const char *sha256, const char *path)
{
    const AssayJson *cut = assay_json_get(assay_sample_meta(sample), "cut");
    const char *from = assay_json_peek_string(assay_json_get(cut, "from"));
    gboolean has_digest = strlen(sha256) == 64 && strspn(sha256, "0123456789abcdef") == 64;

    if (from == NULL || from[0] == '\0')
        return NULL;
    if (has_digest)
        return g_strdup_printf("%s@%.12s", from, sha256);
    return path == NULL ? g_strdup(from) : g_strdup_printf("%s@%s", from, path);
}

/* One label an item, or NULL without a rule. */
static gboolean
read_labels(const AssayObservation *self, AssaySample *sample, const AssayLabel *label,
            char ***labels, GError **error)
{
    if (label == NULL)
        return TRUE;
    *labels = g_new0(char *, self->n_items + 1);
    for (size_t i = 0; i < self->n_items; i++) {
        if (!assay_label_read(label, sample, self->item_start + i, &(*labels)[i], error))
            return FALSE;
    }
    return TRUE;
}

/* Where no rule is read there are none. Whether there is memory for so many items is found out all
 * the same; what is not touched takes no time. */
static gboolean
make_tallies(AssayObservation *self, AssayRulesWanted rules, GError **error)
{
    size_t n = (self->n_items + 1) * ASSAY_N_RULES;

    self->tallies =
        rules == ASSAY_RULES_NONE ? g_try_new(AssayTally, n) : g_try_new0(AssayTally, n);
    if (self->tallies == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory for %" G_GSIZE_FORMAT " items", self->name, self->n_items);
        return FALSE;
    }
    if (rules == ASSAY_RULES_NONE)
        g_clear_pointer(&self->tallies, g_free);
    return TRUE;
}

AssayObservation *
assay_observe(AssaySample *sample, const AssayObserveConfig *config, GError **error)
{
    g_autoptr(AssayObservation) self = g_new0(AssayObservation, 1);
    gboolean any = FALSE;

    if (!find_items(sample, config->rules, error))
        return NULL;
    self->name = g_strdup(assay_sample_name(sample));
    self->sha256 = source_text(sample, "sha256");
    self->path = source_text(sample, "path");
    if (self->sha256 == NULL)
        self->sha256 = g_strdup("");
    if (assay_sample_stages(sample) != NULL)
        self->stages = assay_json_ref(assay_sample_stages(sample));
    self->has_items = assay_sample_has_items(sample);
    self->n_items = assay_sample_n_items(sample);
    self->item_start = assay_sample_item_start(sample);
    self->n_whole = assay_sample_whole(sample);
    self->windows = assay_json_get(assay_sample_field_meta(sample, "roll"), "window") != NULL ||
                    assay_json_get(assay_sample_field_meta(sample, "chroma"), "window") != NULL;
    if (!make_tallies(self, config->rules, error))
        return NULL;
    self->piece = find_piece(sample, self->sha256, self->path);
    if (!read_labels(self, sample, config->group_by, &self->groups, error) ||
        !read_labels(self, sample, config->by, &self->classes, error))
        return NULL;
    for (size_t r = 0; r < ASSAY_N_RULES; r++) {
        if (config->rules == ASSAY_RULES_NONE || assay_rule_types[r].field(sample) == NULL)
            continue;
        any = TRUE;
        if (!observe_rule(self, sample, r, config, error))
            return NULL;
    }
    if (!any && config->rules == ASSAY_RULES_NEEDED) {
        g_autofree const char **fields = assay_sample_fields(sample);
        g_autofree char *list = g_strjoinv(", ", (char **)fields);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: no field that a rule reads (chroma, notes, roll); it has %s", self->name,
                    list[0] != '\0' ? list : "none");
        return NULL;
    }
    return g_steal_pointer(&self);
}
