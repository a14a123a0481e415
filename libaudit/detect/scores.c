/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scores.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

AssayScores *
assay_scores_new(void)
{
    AssayScores *self = g_new0(AssayScores, 1);

    self->scores = g_array_new(FALSE, FALSE, sizeof(AssayScoredItem));
    self->sets = g_ptr_array_new_with_free_func(g_free);
    self->names = g_string_chunk_new(1 << 14);
    self->by_item = g_hash_table_new(g_str_hash, g_str_equal);
    self->by_set = g_hash_table_new(g_str_hash, g_str_equal);
    self->by_group = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->is_ungrouped = TRUE;
    return self;
}

void
assay_scores_free(AssayScores *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->by_item);
    g_hash_table_unref(self->by_set);
    g_hash_table_unref(self->by_group);
    g_array_unref(self->scores);
    g_ptr_array_unref(self->sets);
    g_string_chunk_free(self->names);
    g_free(self);
}

static guint32
find_set(AssayScores *self, const char *name)
{
    gpointer number;
    char *copy;

    if (name == NULL)
        return ASSAY_SCORES_NO_SET;
    if (g_hash_table_lookup_extended(self->by_set, name, NULL, &number))
        return GPOINTER_TO_UINT(number);
    copy = g_strdup(name);
    g_ptr_array_add(self->sets, copy);
    g_hash_table_insert(self->by_set, copy, GUINT_TO_POINTER(self->sets->len - 1));
    return self->sets->len - 1;
}

static guint32
find_group(AssayScores *self, const char *name)
{
    gpointer number;

    if (name == NULL)
        return self->n_groups++;
    self->is_ungrouped = FALSE;
    if (g_hash_table_lookup_extended(self->by_group, name, NULL, &number))
        return GPOINTER_TO_UINT(number);
    g_hash_table_insert(self->by_group, g_strdup(name), GUINT_TO_POINTER(self->n_groups));
    return self->n_groups++;
}

/* The item's name, kept with that of its set before it; NULL if there is one like it. */
static const char *
claim_name(AssayScores *self, guint32 set, const char *item)
{
    g_autofree char *key = g_strdup_printf("%u\t%s", set, item);
    char *kept;

    if (g_hash_table_contains(self->by_item, key))
        return NULL;
    kept = g_string_chunk_insert(self->names, key);
    g_hash_table_add(self->by_item, kept);
    return strchr(kept, '\t') + 1;
}

gboolean
assay_scores_add(AssayScores *self, const char *item, double score, gboolean is_fake,
                 const char *set, const char *group, GError **error)
{
    AssayScoredItem row = { .score = score, .is_fake = is_fake };

    if (isnan(score)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: its score is not a number", item);
        return FALSE;
    }
    if (self->scores->len >= G_MAXUINT32 / (guint)sizeof(AssayScoredItem)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "more than %u scores",
                    self->scores->len);
        return FALSE;
    }
    row.set = find_set(self, set);
    row.item = claim_name(self, row.set, item);
    if (row.item == NULL) {
        g_set_error(
            error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
            "%s is there already%s%s: give items of one set different names, their paths say", item,
            set != NULL ? " in set " : "", set != NULL ? set : "");
        return FALSE;
    }
    row.group = find_group(self, group);
    g_array_append_val(self->scores, row);
    return TRUE;
}
