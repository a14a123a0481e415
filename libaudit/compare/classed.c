/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "classed.h"

#include <stdatomic.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../spec/recipe.h"

struct AssayClassedSets {
    char **labels;
    char *by, *folder;
    size_t n, n_classes;
    AssayCompareSet **wholes; /* of each set: all of it; with classes, of the reference alone */
    GHashTable **classes;     /* of each set: name -> AssayCompareSet */
    _Atomic guint64 *dropped_from; /* of each set; 0 with classes */
};

static void
free_set(gpointer data)
{
    assay_compare_set_free(data);
}

AssayClassedSets *
assay_classed_sets_new(const char *const *labels, size_t n, const char *by, const char *folder)
{
    AssayClassedSets *self = g_new0(AssayClassedSets, 1);

    self->n = n;
    self->by = g_strdup(by);
    self->folder = g_strdup(folder);
    self->labels = g_new0(char *, n + 1);
    self->wholes = g_new0(AssayCompareSet *, n + 1);
    self->classes = g_new0(GHashTable *, n + 1);
    self->dropped_from = g_new0(_Atomic guint64, n + 1);
    for (size_t i = 0; i < n; i++) {
        self->labels[i] = g_strdup(labels[i]);
        self->wholes[i] = assay_compare_set_new(labels[i]);
        self->classes[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_set);
        self->dropped_from[i] = by == NULL ? ASSAY_DROPPED_NONE : 0;
    }
    return self;
}

void
assay_classed_sets_free(AssayClassedSets *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < self->n; i++) {
        assay_compare_set_free(self->wholes[i]);
        g_hash_table_unref(self->classes[i]);
    }
    g_free(self->wholes);
    g_free(self->classes);
    g_free(self->dropped_from);
    g_strfreev(self->labels);
    g_free(self->folder);
    g_free(self->by);
    g_free(self);
}

/* LABEL, or LABEL:CLASS: (transfer full). */
static char *
name_set(const AssayClassedSets *self, size_t set, const char *name)
{
    g_autofree char *escaped = NULL;

    if (self->by == NULL)
        return g_strdup(self->labels[set]);
    if (strcmp(self->by, "folder") != 0) /* whose names are escaped already */
        escaped = assay_text_escape_name(name);
    return g_strdup_printf("%s:%s", self->labels[set], escaped != NULL ? escaped : name);
}

static AssayCompareSet *
ensure_class(AssayClassedSets *self, size_t set, const char *name, GError **error)
{
    AssayCompareSet *found = g_hash_table_lookup(self->classes[set], name);
    g_autofree char *label = NULL;

    if (found != NULL)
        return found;
    if (self->n_classes++ == ASSAY_CLASSED_MAX) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--by=%s: more than %d classes: choose what more items have in common",
                    self->by, ASSAY_CLASSED_MAX);
        return NULL;
    }
    label = name_set(self, set, name);
    found = assay_compare_set_new(label);
    g_hash_table_insert(self->classes[set], g_strdup(name), found);
    return found;
}

static gboolean
add_classes(AssayClassedSets *self, size_t set, const AssayPart *part, AssayGroups *groups,
            GError **error)
{
    for (size_t i = 0; i < assay_part_n_classes(part); i++) {
        AssayCompareSet *to = ensure_class(self, set, assay_part_class(part, i), error);

        if (to == NULL || !assay_compare_set_add_class(to, part, i, groups, self->folder, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
assay_classed_sets_add(AssayClassedSets *self, size_t set, const AssayPart *part,
                       AssayGroups *groups, GError **error)
{
    gboolean is_classed = self->by != NULL && (set > 0 || strcmp(self->by, "folder") != 0);

    if ((set == 0 || self->by == NULL) &&
        !assay_compare_set_add(self->wholes[set], part, groups, self->folder, error))
        return FALSE;
    if (self->by == NULL)
        atomic_store(&self->dropped_from[set],
                     assay_distributions_dropped_from(self->wholes[set]->distributions));
    return !is_classed || add_classes(self, set, part, groups, error);
}

guint64
assay_classed_sets_dropped_from(const AssayClassedSets *self, size_t set)
{
    return atomic_load(&self->dropped_from[set]);
}

gboolean
assay_classed_sets_add_spec(AssayClassedSets *self, size_t set, const AssaySpec *spec,
                            GError **error)
{
    if (self->by != NULL && set > 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--by=%s: %s is a spec, which knows no classes: give what it was mined of",
                    self->by, self->labels[set]);
        return FALSE;
    }
    return assay_compare_set_add_spec(self->wholes[set], spec, error);
}

char *
assay_classed_sets_difference(const AssayClassedSets *self, size_t set)
{
    GHashTableIter iter;
    gpointer one = self->wholes[set];
    const AssayJson *reference = self->wholes[0]->stages, *stages;

    g_hash_table_iter_init(&iter, self->classes[set]);
    if (self->by != NULL)
        g_hash_table_iter_next(&iter, NULL, &one);
    stages = ((const AssayCompareSet *)one)->stages;
    if (assay_json_size(reference) == 0 || assay_json_size(stages) == 0)
        return NULL;
    return assay_recipe_difference(stages, reference);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the classes of a set, in byte order, ended by %NULL: (transfer container). */
static const char **
list_classes(const AssayClassedSets *self, size_t set)
{
    GPtrArray *names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, self->classes[set]);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(names, name);
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

gboolean
assay_classed_sets_is_empty(const AssayClassedSets *self, size_t set)
{
    return self->wholes[set]->distributions->n_items == 0 &&
           g_hash_table_size(self->classes[set]) == 0;
}

static gboolean
compare_class(const AssayClassedSets *self, AssayCompareSet *candidate, const char *name,
              const AssayCompareConfig *config, GPtrArray *rows, GError **error)
{
    AssayCompareSet *reference = g_hash_table_lookup(self->classes[0], name);
    guint first = rows->len;

    if (!assay_compare_set_finish(candidate, error) ||
        (reference != NULL && !assay_compare_set_finish(reference, error)) ||
        !assay_compare(reference != NULL ? reference : self->wholes[0], candidate, config, rows,
                       error))
        return FALSE;
    for (guint i = first; reference == NULL && i < rows->len; i++)
        assay_text_join(((AssayCompareRow *)g_ptr_array_index(rows, i))->note, "; ",
                        "against all classes");
    return TRUE;
}

static gboolean
compare_set(const AssayClassedSets *self, size_t set, const AssayCompareConfig *config,
            GPtrArray *rows, GError **error)
{
    g_autofree const char **names = NULL;

    if (assay_classed_sets_is_empty(self, set))
        return TRUE;
    if (self->by == NULL)
        return assay_compare_set_finish(self->wholes[set], error) &&
               assay_compare(self->wholes[0], self->wholes[set], config, rows, error);
    names = list_classes(self, set);
    for (size_t i = 0; names[i] != NULL; i++) {
        if (!compare_class(self, g_hash_table_lookup(self->classes[set], names[i]), names[i],
                           config, rows, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
assay_classed_sets_compare(AssayClassedSets *self, const AssayCompareConfig *config,
                           GPtrArray *rows, GError **error)
{
    if (!assay_compare_set_finish(self->wholes[0], error))
        return FALSE;
    for (size_t i = 1; i < self->n; i++) {
        if (!compare_set(self, i, config, rows, error))
            return FALSE;
    }
    return TRUE;
}
