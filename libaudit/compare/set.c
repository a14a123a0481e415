/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "set.h"

#include "../base/error.h"
#include "../distribution/float-values.h"
#include "../spec/recipe.h"
#include "quantise.h"

/* Some of the items: all of them, or those of a class. */
typedef struct {
    char *name;
    guint8 *wanted; /* NULL: all */
    AssaySpread *spread;
    GPtrArray *values;  /* AssayFloatValues */
    GPtrArray *vectors; /* AssayVectorField */
} Share;

struct AssayPart {
    AssayObservation *items;
    char *fields;
    Share whole;
    guint64 n_clipped;
    GPtrArray *classes; /* Share; one without a spread is that of all items */
};

static void
clear_share(Share *self)
{
    g_free(self->name);
    g_free(self->wanted);
    assay_spread_free(self->spread);
    g_clear_pointer(&self->values, g_ptr_array_unref);
    g_clear_pointer(&self->vectors, g_ptr_array_unref);
}

static void
free_share(gpointer data)
{
    clear_share(data);
    g_free(data);
}

static gboolean
count_share(Share *self, AssaySample *sample, const AssayObservation *items,
            const AssayDistributionConfig *config, GError **error)
{
    AssayDistributionConfig some = *config;

    some.wanted = self->wanted;
    self->spread = assay_distributions_observe(sample, items, &some, error);
    if (self->spread == NULL)
        return FALSE;
    self->vectors = assay_vector_fields(sample, items, &some);
    self->values = assay_float_values(sample, items, &some, error);
    return self->values != NULL;
}

/* Which items are of which class. */
static void
find_classes(AssayPart *self)
{
    const AssayObservation *items = self->items;
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; items->classes != NULL && i < items->n_items; i++) {
        const char *name = items->classes[i] != NULL ? items->classes[i] : "";
        Share *share = g_hash_table_lookup(by_name, name);

        if (share == NULL) {
            share = g_new0(Share, 1);
            share->name = g_strdup(name);
            share->wanted = g_new0(guint8, items->n_items);
            g_hash_table_insert(by_name, share->name, share);
            g_ptr_array_add(self->classes, share);
        }
        share->wanted[i] = 1;
    }
}

/* The names of the fields, with commas between: (transfer full). */
static char *
list_fields(const AssaySample *sample)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    return g_strjoinv(", ", (char **)fields);
}

AssayPart *
assay_part_new(AssaySample *sample, const AssayPartConfig *config, GError **error)
{
    const AssayDistributionConfig *counted = &config->distributions;
    g_autoptr(AssayPart) self = g_new0(AssayPart, 1);

    self->classes = g_ptr_array_new_with_free_func(free_share);
    self->fields = list_fields(sample);
    if (config->full_scale > 0 &&
        !assay_quantise(sample, config->full_scale, &self->n_clipped, error))
        return NULL;
    self->items = assay_observe(sample, &config->observe, error);
    if (self->items == NULL || !count_share(&self->whole, sample, self->items, counted, error))
        return NULL;
    find_classes(self);
    for (guint i = 0; self->classes->len > 1 && i < self->classes->len; i++) {
        if (!count_share(g_ptr_array_index(self->classes, i), sample, self->items, counted, error))
            return NULL;
    }
    assay_sample_drop_members(sample); /* their memory is for the next: a part waits for its turn */
    return g_steal_pointer(&self);
}

void
assay_part_free(AssayPart *self)
{
    if (self == NULL)
        return;
    assay_observation_free(self->items);
    clear_share(&self->whole);
    g_ptr_array_unref(self->classes);
    g_free(self->fields);
    g_free(self);
}

const AssayObservation *
assay_part_items(const AssayPart *self)
{
    return self->items;
}

guint64
assay_part_n_clipped(const AssayPart *self)
{
    return self->n_clipped;
}

size_t
assay_part_n_classes(const AssayPart *self)
{
    return self->classes->len;
}

const char *
assay_part_class(const AssayPart *self, size_t index)
{
    return ((const Share *)g_ptr_array_index(self->classes, (guint)index))->name;
}

static void
free_vectors(gpointer data)
{
    assay_vector_field_free(data);
}

static void
free_exact(gpointer data)
{
    AssayExactValues *exact = data;

    assay_sorted_free(exact->sorted);
    g_free(exact);
}

AssayCompareSet *
assay_compare_set_new(const char *label)
{
    AssayCompareSet *self = g_new0(AssayCompareSet, 1);

    self->label = g_strdup(label);
    self->distributions = assay_distributions_new();
    self->vectors = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_vectors);
    self->exact = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_exact);
    return self;
}

void
assay_compare_set_free(AssayCompareSet *self)
{
    if (self == NULL)
        return;
    assay_distributions_free(self->distributions);
    g_hash_table_unref(self->exact);
    g_hash_table_unref(self->vectors);
    assay_json_unref(self->stages);
    g_free(self->fields);
    g_free(self->label);
    g_free(self);
}

static gboolean
add_values(AssayCompareSet *self, const AssayFloatValues *values, const char *folder,
           GError **error)
{
    AssayExactValues *exact = g_hash_table_lookup(self->exact, values->name);

    if (exact == NULL) {
        exact = g_new0(AssayExactValues, 1);
        exact->is_double = values->is_double;
        exact->sorted =
            assay_sorted_new(values->is_double ? ASSAY_SORTED_FLOAT64 : ASSAY_SORTED_FLOAT32,
                             ASSAY_SORTED_MEMORY, folder);
        g_hash_table_insert(self->exact, g_strdup(values->name), exact);
    }
    return values->is_double
               ? assay_sorted_add_f64(exact->sorted, values->values, values->n, error)
               : assay_sorted_add_f32(exact->sorted, values->values, values->n, error);
}

/* What shaped the values: the stages without assay-array, which takes them as they are. */
static AssayJson *
find_conversion(const AssayJson *stages)
{
    g_autoptr(AssayJson) all = assay_recipe_from_stages(stages);
    AssayJson *some = assay_json_array();

    for (size_t i = 0; i < assay_json_size(all); i++) {
        AssayJson *stage = assay_json_nth(all, i);

        if (g_strcmp0(assay_json_peek_string(assay_json_get(stage, "tool")), "assay-array") != 0)
            assay_json_append_take(some, assay_json_ref(stage));
    }
    return some;
}

static gboolean
add_share(AssayCompareSet *self, const AssayPart *part, const Share *share, AssayGroups *groups,
          const char *folder, GError **error)
{
    const AssayObservation *items = part->items;
    g_autofree guint64 *hashes = NULL;

    if (!assay_distributions_add(self->distributions, share->spread, items, groups, error))
        return FALSE;
    if (self->fields == NULL)
        self->fields = g_strdup(part->fields);
    if (self->stages == NULL)
        self->stages = find_conversion(items->stages);
    for (size_t i = 0; items->has_items && !items->windows && i < items->n_items; i++)
        self->is_ungrouped = self->is_ungrouped || assay_groups_of_item(groups, items, i) == NULL;
    hashes = assay_distributions_hash_items(items, groups);
    for (guint i = 0; i < share->vectors->len; i++)
        assay_vector_field_add(self->vectors, g_ptr_array_index(share->vectors, i), hashes);
    for (guint i = 0; i < share->values->len; i++) {
        if (!add_values(self, g_ptr_array_index(share->values, i), folder, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
assay_compare_set_add(AssayCompareSet *self, const AssayPart *part, AssayGroups *groups,
                      const char *folder, GError **error)
{
    return add_share(self, part, &part->whole, groups, folder, error);
}

gboolean
assay_compare_set_add_class(AssayCompareSet *self, const AssayPart *part, size_t index,
                            AssayGroups *groups, const char *folder, GError **error)
{
    const Share *share = g_ptr_array_index(part->classes, (guint)index);

    return add_share(self, part, share->spread != NULL ? share : &part->whole, groups, folder,
                     error);
}

gboolean
assay_compare_set_add_spec(AssayCompareSet *self, const AssaySpec *spec, GError **error)
{
    if (!assay_spec_has_distributions(spec)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s: a spec that does not know how values are distributed; assay-mine without "
                    "--rules-only makes one that does",
                    self->label);
        return FALSE;
    }
    if (!assay_distributions_merge(self->distributions, spec->distributions, error)) {
        g_prefix_error(error, "%s: ", self->label);
        return FALSE;
    }
    self->by_cells = TRUE;
    self->is_ungrouped = self->is_ungrouped || assay_spec_is_ungrouped(spec);
    if (self->stages == NULL)
        self->stages = assay_json_ref(spec->recipe);
    return TRUE;
}

gboolean
assay_compare_set_finish(AssayCompareSet *self, GError **error)
{
    GHashTableIter iter;
    gpointer field;

    g_hash_table_iter_init(&iter, self->vectors);
    while (g_hash_table_iter_next(&iter, NULL, &field)) {
        if (!assay_vector_field_sort(field, error))
            return FALSE;
    }
    return TRUE;
}
