/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "familiar.h"

#include <string.h>

#include "../base/text.h"
#include "traits-private.h"

enum { MAX_VALUES = 20 }; /* of a trait: each is that of a twentieth of the items */

static const char *const classes[] = { "real", "fake" };

/* @values: of reals and fakes; NULL where nothing is known, none where they vary */
struct AssayFamiliar {
    GPtrArray *values[G_N_ELEMENTS(classes)][ASSAY_N_TRAITS];
};

/* What more items have first; what as many have in the order of bytes. */
static int
compare_sums(gconstpointer a, gconstpointer b, gpointer of_class)
{
    const AssayTraitSum *x = a, *y = b;
    size_t k = *(const size_t *)of_class;

    if (x->n_items[k] != y->n_items[k])
        return x->n_items[k] > y->n_items[k] ? -1 : 1;
    return strcmp(x->value, y->value);
}

/* (transfer full) (nullable) */
static GPtrArray *
keep(const AssayTraits *traits, size_t trait, size_t k)
{
    g_autoptr(GArray) sums = assay_traits_sum(traits, trait);
    GPtrArray *values;
    guint64 n_items = 0, n_samples = 0, n_kept = 0;

    for (guint i = 0; i < sums->len; i++) {
        n_items += g_array_index(sums, AssayTraitSum, i).n_items[k];
        n_samples += g_array_index(sums, AssayTraitSum, i).n_samples[k];
    }
    if (n_items == 0)
        return NULL;
    values = g_ptr_array_new_with_free_func(g_free);
    g_array_sort_with_data(sums, compare_sums, &k);
    for (guint i = 0; i < sums->len; i++) {
        const AssayTraitSum *sum = &g_array_index(sums, AssayTraitSum, i);

        if ((double)sum->n_items[k] < ASSAY_FAMILIAR_KEPT * (double)n_items ||
            (sum->n_samples[k] == 1 && n_samples > 1))
            continue;
        g_ptr_array_add(values, g_strdup(sum->value));
        n_kept += sum->n_items[k];
    }
    if ((double)n_kept < ASSAY_FAMILIAR_COVERED * (double)n_items)
        g_ptr_array_set_size(values, 0);
    return values;
}

AssayFamiliar *
assay_familiar_new(const AssayTraits *traits)
{
    AssayFamiliar *self = g_new0(AssayFamiliar, 1);

    for (size_t k = 0; k < G_N_ELEMENTS(classes); k++) {
        for (size_t i = 0; i < ASSAY_N_TRAITS; i++)
            self->values[k][i] = keep(traits, i, k);
    }
    return self;
}

void
assay_familiar_free(AssayFamiliar *self)
{
    if (self == NULL)
        return;
    for (size_t k = 0; k < G_N_ELEMENTS(classes); k++) {
        for (size_t i = 0; i < ASSAY_N_TRAITS; i++)
            g_clear_pointer(&self->values[k][i], g_ptr_array_unref);
    }
    g_free(self);
}

static gboolean
has_value(const GPtrArray *values, const char *value)
{
    for (guint i = 0; values != NULL && i < values->len; i++) {
        if (strcmp(g_ptr_array_index(values, i), value) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Whether something can be said of a trait: it is known of reals or fakes, and varies in neither.
 */
static gboolean
is_settled(const AssayFamiliar *self, size_t trait)
{
    const GPtrArray *reals = self->values[0][trait], *fakes = self->values[1][trait];

    return (reals != NULL || fakes != NULL) && (reals == NULL || reals->len > 0) &&
           (fakes == NULL || fakes->len > 0);
}

/* The values of reals and of fakes, each once. */
static char *
list_values(const AssayFamiliar *self, size_t trait)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t k = 0; k < G_N_ELEMENTS(classes); k++) {
        const GPtrArray *values = self->values[k][trait];

        for (guint i = 0; values != NULL && i < values->len; i++) {
            const char *value = g_ptr_array_index(values, i);
            g_autofree char *shown = assay_text_escape_controls(value);

            if (k == 0 || !has_value(self->values[0][trait], value))
                assay_text_join(text, " or ", "%s", shown);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
tell_trait(GString *text, const AssayFamiliar *self, size_t trait, const GArray *sums)
{
    const char *commonest = ASSAY_TRAIT_VARIOUS;
    g_autofree char *known = NULL, *shown = NULL;
    guint64 n = 0, n_others = 0, most = 0;

    for (guint i = 0; i < sums->len; i++) {
        const AssayTraitSum *sum = &g_array_index(sums, AssayTraitSum, i);
        guint64 n_items = sum->n_items[0] + sum->n_items[1];

        n += n_items;
        if (has_value(self->values[0][trait], sum->value) ||
            has_value(self->values[1][trait], sum->value))
            continue;
        n_others += n_items;
        if (n_items > most) {
            most = n_items;
            commonest = sum->value;
        }
    }
    if (n_others == 0 || (double)n_others < ASSAY_FAMILIAR_OTHERS * (double)n)
        return;
    known = list_values(self, trait);
    shown = assay_text_escape_controls(most > n_others - most ? commonest : ASSAY_TRAIT_VARIOUS);
    assay_text_join(text, "; ", "%s %s, here %s", assay_trait_name(trait), known, shown);
    if (n_others < n)
        g_string_append_printf(text, " (%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT ")", n_others,
                               n);
}

char *
assay_familiar_tell(const AssayFamiliar *self, const AssayTraits *items)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < ASSAY_N_TRAITS; i++) {
        g_autoptr(GArray) sums = assay_traits_sum(items, i);

        if (is_settled(self, i))
            tell_trait(text, self, i, sums);
    }
    return text->len == 0 ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}

AssayJson *
assay_familiar_to_json(const AssayFamiliar *self)
{
    AssayJson *json = assay_json_object();

    for (size_t k = 0; k < G_N_ELEMENTS(classes); k++) {
        AssayJson *traits = assay_json_object();

        for (size_t i = 0; i < ASSAY_N_TRAITS; i++) {
            const GPtrArray *values = self->values[k][i];
            AssayJson *list;

            if (values == NULL)
                continue;
            list = assay_json_array();
            for (guint j = 0; j < values->len; j++)
                assay_json_append_take(list, assay_json_string(g_ptr_array_index(values, j)));
            assay_json_set_take(traits, assay_trait_name(i), list);
        }
        assay_json_set_take(json, classes[k], traits);
    }
    return json;
}

/* (transfer full) */
static GPtrArray *
read_values(const AssayJsonAt *list, GError **error)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    AssayJsonAt element;
    const char *value;

    if (!assay_json_at_kind(list, ASSAY_JSON_ARRAY, error))
        return NULL;
    if (assay_json_size(list->value) > MAX_VALUES) {
        assay_json_at_error(list, error, "has %" G_GSIZE_FORMAT " values, not at most %d",
                            assay_json_size(list->value), MAX_VALUES);
        return NULL;
    }
    for (size_t i = 0; i < assay_json_size(list->value); i++) {
        if (!assay_json_at_element(list, i, &element, error) ||
            !assay_json_at_string(&element, &value, error))
            return NULL;
        if (g_utf8_strlen(value, -1) > ASSAY_TRAIT_LENGTH) {
            assay_json_at_error(&element, error, "is longer than %d characters",
                                ASSAY_TRAIT_LENGTH);
            return NULL;
        }
        if (has_value(values, value)) {
            assay_json_at_error(&element, error, "is a second \"%s\"", value);
            return NULL;
        }
        g_ptr_array_add(values, g_strdup(value));
    }
    return g_steal_pointer(&values);
}

static gboolean
find_trait(const char *name, size_t *trait)
{
    for (*trait = 0; *trait < ASSAY_N_TRAITS; (*trait)++) {
        if (strcmp(assay_trait_name(*trait), name) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
read_class(GPtrArray **values, const AssayJsonAt *at, GError **error)
{
    g_autofree const char **keys = NULL;
    AssayJsonAt member;
    size_t trait;

    if (!assay_json_at_kind(at, ASSAY_JSON_OBJECT, error))
        return FALSE;
    keys = assay_json_keys(at->value);
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (!assay_json_at_member(at, keys[i], &member, error))
            return FALSE;
        if (!find_trait(keys[i], &trait))
            return assay_json_at_error(&member, error,
                                       "is a trait of files that this version does not know");
        values[trait] = read_values(&member, error);
        if (values[trait] == NULL)
            return FALSE;
    }
    return TRUE;
}

AssayFamiliar *
assay_familiar_from_json(const AssayJsonAt *at, GError **error)
{
    g_autoptr(AssayFamiliar) self = g_new0(AssayFamiliar, 1);
    AssayJsonAt member;

    for (size_t k = 0; k < G_N_ELEMENTS(classes); k++) {
        if (!assay_json_at_member(at, classes[k], &member, error) ||
            !read_class(self->values[k], &member, error))
            return NULL;
    }
    return g_steal_pointer(&self);
}
