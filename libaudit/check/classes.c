/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "classes.h"

#include <string.h>

#include "../base/error.h"

struct AssayClasses {
    GHashTable *summaries; /* name -> AssaySummary */
};

static void
free_summary(gpointer data)
{
    assay_summary_free(data);
}

AssayClasses *
assay_classes_new(void)
{
    AssayClasses *self = g_new0(AssayClasses, 1);

    self->summaries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_summary);
    return self;
}

void
assay_classes_free(AssayClasses *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->summaries);
    g_free(self);
}

gboolean
assay_classes_add(AssayClasses *self, const AssayVerdict *verdict, AssayGroups *groups,
                  GError **error)
{
    char *const *names = verdict->observation->classes;

    for (size_t i = 0; i < verdict->observation->n_items; i++) {
        const char *name = names != NULL && names[i] != NULL ? names[i] : "";
        AssaySummary *summary = g_hash_table_lookup(self->summaries, name);

        if (summary == NULL && g_hash_table_size(self->summaries) == ASSAY_MAX_CLASSES) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "more than %d classes in a set: choose what more items have in common; a "
                        "row an item is what --per-item gives",
                        ASSAY_MAX_CLASSES);
            return FALSE;
        }
        if (summary == NULL) {
            summary = assay_summary_new();
            g_hash_table_insert(self->summaries, g_strdup(name), summary);
        }
        assay_summary_add_item(summary, verdict, i, groups);
    }
    return TRUE;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **
assay_classes_names(const AssayClasses *self)
{
    GPtrArray *names = g_ptr_array_new();
    GHashTableIter iter;
    gpointer name;

    g_hash_table_iter_init(&iter, self->summaries);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_ptr_array_add(names, name);
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

const AssaySummary *
assay_classes_find(const AssayClasses *self, const char *name)
{
    return g_hash_table_lookup(self->summaries, name);
}
