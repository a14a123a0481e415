/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copy-list.h"

/* So many more than are wanted are held before they are sorted and cut. */
enum { SPARE = 1000 };

struct AssayCopyList {
    size_t most;
    guint64 n_taken;
    GPtrArray *entries;
};

AssayCopyEntry *
assay_copy_entry_new(size_t set, const char *item, const AssayCopy *copy, const AssayCrowd *crowd)
{
    AssayCopyEntry *self = g_new0(AssayCopyEntry, 1);

    self->set = set;
    self->item = g_strdup(item);
    self->note = assay_copy_note(copy);
    self->distance = copy->distance;
    self->ratio = copy->ratio;
    self->p = copy->p;
    self->is_flipped = copy->is_flipped;
    if (copy->item != G_MAXSIZE) {
        self->nearest = assay_crowd_identity(crowd, copy->item);
        self->group = g_strdup(assay_crowd_group(crowd, copy->item));
    }
    return self;
}

void
assay_copy_entry_free(AssayCopyEntry *self)
{
    if (self == NULL)
        return;
    g_free(self->item);
    g_free(self->nearest);
    g_free(self->group);
    g_free(self->note);
    g_free(self);
}

static void
free_entry(gpointer data)
{
    assay_copy_entry_free(data);
}

AssayCopyList *
assay_copy_list_new(size_t most)
{
    AssayCopyList *self = g_new0(AssayCopyList, 1);

    self->most = most;
    self->entries = g_ptr_array_new_with_free_func(free_entry);
    return self;
}

void
assay_copy_list_free(AssayCopyList *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->entries);
    g_free(self);
}

static int
compare_entries(gconstpointer a, gconstpointer b)
{
    const AssayCopyEntry *x = *(AssayCopyEntry *const *)a, *y = *(AssayCopyEntry *const *)b;

    if (x->distance < y->distance || x->distance > y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->came > y->came) - (x->came < y->came);
}

static void
keep_nearest(AssayCopyList *self)
{
    g_ptr_array_sort(self->entries, compare_entries);
    if (self->entries->len > self->most)
        g_ptr_array_set_size(self->entries, (gint)self->most);
}

void
assay_copy_list_take(AssayCopyList *self, AssayCopyEntry *entry)
{
    if (entry->nearest == NULL) {
        assay_copy_entry_free(entry);
        return;
    }
    entry->came = self->n_taken++;
    g_ptr_array_add(self->entries, entry);
    if (self->entries->len >= 2 * self->most + SPARE)
        keep_nearest(self);
}

const GPtrArray *
assay_copy_list_entries(AssayCopyList *self)
{
    keep_nearest(self);
    return self->entries;
}
