/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../stats/multiple.h"
#include "compare-private.h"

gboolean
assay_compare_measure_exists(const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint m = 0; m < ASSAY_N_MEASURES; m++) {
        const char *known = assay_measure_facts((AssayMeasure)m)->name;

        if (strcmp(known, name) == 0)
            return TRUE;
        assay_text_join(names, ", ", "%s", known);
    }
    assay_text_join(names, ", ", "atom, outside");
    for (guint m = 0; m < ASSAY_N_MOMENTS; m++) {
        if (strcmp(assay_moment_name((AssayMoment)m), name) == 0)
            return TRUE;
        assay_text_join(names, ", ", "%s", assay_moment_name((AssayMoment)m));
    }
    for (size_t i = 0; assay_vector_measures[i] != NULL; i++)
        assay_text_join(names, ", ", "%s", assay_vector_measures[i]);
    if (strcmp(name, "atom") == 0 || strcmp(name, "outside") == 0 ||
        g_strv_contains(assay_vector_measures, name))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "no measure \"%s\"; there are %s", name,
                names->str);
    return FALSE;
}

gboolean
assay_compare_needs_moments(const AssayCompareConfig *config)
{
    gboolean any = config->measures == NULL;

    for (guint m = 0; !any && m < ASSAY_N_MOMENTS; m++)
        any = g_strv_contains(config->measures, assay_moment_name((AssayMoment)m));
    return any;
}

static void
free_row(gpointer data)
{
    assay_compare_row_free(data);
}

enum { MAX_LISTED = 8 };

/* The names of the first variables of a set, with commas between. */
static char *
list_variables(const AssayCompareSet *set)
{
    const GPtrArray *variables = set->distributions->variables;
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < MIN(variables->len, MAX_LISTED); i++) {
        const AssayDistribution *variable = g_ptr_array_index(variables, i);

        assay_text_join(names, ", ", "%s", variable->name);
    }
    if (variables->len > MAX_LISTED)
        g_string_append_printf(names, " and %u more", variables->len - MAX_LISTED);
    return g_strdup(names->len > 0 ? names->str : "nothing to compare");
}

static gboolean
is_field_wanted(const AssayCompareConfig *config, const char *variable)
{
    for (size_t i = 0; config->fields != NULL && config->fields[i] != NULL; i++) {
        size_t length = strlen(config->fields[i]);

        if (strncmp(variable, config->fields[i], length) == 0 &&
            (variable[length] == '\0' || variable[length] == '.'))
            return TRUE;
    }
    return config->fields == NULL;
}

static gboolean
has_field(const AssayCompareSet *set, const char *name)
{
    g_auto(GStrv) fields = g_strsplit(set->fields != NULL ? set->fields : "", ", ", -1);

    return assay_distributions_find(set->distributions, name) != NULL ||
           g_strv_contains((const char *const *)fields, name);
}

/* What the centroids of a set are of, where that can be seen. */
static const char *
centroids_of(const AssayCompareSet *set)
{
    static const char *const planes[] = { "pixels", "mel", "roll" };

    for (size_t i = 0; i < G_N_ELEMENTS(planes); i++) {
        if (has_field(set, planes[i]))
            return planes[i];
    }
    return NULL;
}

/* Centroids, and spectra, of pictures and of sounds are called alike, and are different things. */
static gboolean
have_other_centroids(const AssayCompareSet *reference, const AssayCompareSet *candidate)
{
    const char *there = centroids_of(reference), *here = centroids_of(candidate);

    return there != NULL && here != NULL && strcmp(there, here) != 0;
}

static gboolean
is_same_thing(const AssayCompareSet *reference, const AssayCompareSet *candidate, const char *name)
{
    return (strcmp(name, "centroid") != 0 && strcmp(name, "slope") != 0 &&
            strcmp(name, "spectrum") != 0 && !g_str_has_prefix(name, "spectrum.")) ||
           !have_other_centroids(reference, candidate);
}

/* Whether the values of a set are columns. */
static gboolean
is_table(const AssayCompareSet *set)
{
    const GPtrArray *variables = set->distributions->variables;

    return variables->len > 0 &&
           g_str_has_prefix(((const AssayDistribution *)variables->pdata[0])->name, "table.");
}

/* Why what both have cannot be compared: "" if that is not known. (transfer full) */
static char *
explain(const AssayCompareSet *reference, const AssayCompareSet *candidate)
{
    if (is_table(reference) != is_table(candidate))
        return g_strdup("; assay-features makes a table of pictures, sound and music");
    return have_other_centroids(reference, candidate)
               ? g_strdup_printf("; centroids of %s and of %s are different things",
                                 centroids_of(reference), centroids_of(candidate))
               : g_strdup("");
}

static gboolean
refuse_sets(const AssayCompareSet *reference, const AssayCompareSet *candidate,
            const AssayCompareConfig *config, GError **error)
{
    g_autofree char *there = list_variables(reference), *here = list_variables(candidate);
    g_autofree char *fields = NULL, *why = explain(reference, candidate);

    if (config->fields == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s and %s have no field in common: the one has %s, the other %s%s",
                    reference->label, candidate->label, there, here, why);
        return FALSE;
    }
    fields = g_strjoinv(", ", (char **)config->fields);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "%s and %s do not both have %s: the one has %s, the other %s%s", reference->label,
                candidate->label, fields, reference->fields != NULL ? reference->fields : there,
                candidate->fields != NULL ? candidate->fields : here, why);
    return FALSE;
}

static void
finish_rows(const AssayCompareSet *reference, const AssayCompareSet *candidate, GPtrArray *found,
            GPtrArray *rows)
{
    /* A set that is held against itself has nothing to say. */
    size_t shared = assay_number_counts_n_shared(reference->distributions->hashes,
                                                 candidate->distributions->hashes);
    gboolean is_ungrouped = reference->is_ungrouped || candidate->is_ungrouped;

    for (guint i = 0; i < found->len; i++) {
        AssayCompareRow *row = g_ptr_array_index(found, i);

        row->set = g_strdup(candidate->label);
        if (is_ungrouped)
            assay_text_join(row->note, "; ", "ungrouped");
        if (shared > 0)
            assay_text_join(row->note, "; ", "groups in both sets: %" G_GSIZE_FORMAT, shared);
        g_ptr_array_add(rows, row);
    }
    g_ptr_array_set_free_func(found, NULL);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
compare_vectors(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                const AssayCompareConfig *config, GPtrArray *rows, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, candidate->vectors);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(names, name);
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        const char *field = g_ptr_array_index(names, i);

        if (!is_field_wanted(config, field) ||
            assay_compare_vectors(reference, candidate, field, config, rows, error))
            continue;
        g_prefix_error(error, "%s: %s: ", candidate->label, field);
        return FALSE;
    }
    return TRUE;
}

gboolean
assay_compare(const AssayCompareSet *reference, const AssayCompareSet *candidate,
              const AssayCompareConfig *config, GPtrArray *rows, GError **error)
{
    const GPtrArray *variables = candidate->distributions->variables;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(free_row);
    gboolean any = FALSE;

    for (guint i = 0; i < variables->len; i++) {
        const char *name = ((const AssayDistribution *)g_ptr_array_index(variables, i))->name;

        if (!is_field_wanted(config, name) ||
            assay_distributions_find(reference->distributions, name) == NULL ||
            !is_same_thing(reference, candidate, name))
            continue;
        any = TRUE;
        if (!assay_compare_variable(reference, candidate, name, config, found, error)) {
            g_prefix_error(error, "%s: %s: ", candidate->label, name);
            return FALSE;
        }
    }
    if (any && !compare_vectors(reference, candidate, config, found, error))
        return FALSE;
    if (!any)
        return refuse_sets(reference, candidate, config, error);
    finish_rows(reference, candidate, found, rows);
    return TRUE;
}

void
assay_compare_adjust(GPtrArray *rows)
{
    g_autofree double *p = g_new0(double, rows->len + 1);

    for (guint i = 0; i < rows->len; i++)
        p[i] = ((const AssayCompareRow *)g_ptr_array_index(rows, i))->p;
    assay_multiple_bh(p, rows->len, p);
    for (guint i = 0; i < rows->len; i++)
        ((AssayCompareRow *)g_ptr_array_index(rows, i))->q = p[i];
}
