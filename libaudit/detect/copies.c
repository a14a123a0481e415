/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copies.h"

#include <math.h>

#include "../base/error.h"
#include "../base/text.h"

char *
assay_copy_note(const AssayCopy *self)
{
    static const char *const kinds[] = { NULL, "near copy", "copy" };
    g_autoptr(GString) text = g_string_new(NULL);

    if (self->fault != NULL)
        return g_strdup(self->fault);
    if (kinds[self->kind] != NULL)
        assay_text_join(text, ", ", "%s", kinds[self->kind]);
    if (self->is_constant)
        assay_text_join(text, ", ", "constant");
    return text->len == 0 ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}

static void
judge(AssayCopy *copy, const AssayCrowd *crowd, const AssayCloseness *closeness,
      const AssayNearestItem *neighbour)
{
    if (neighbour->item == G_MAXSIZE)
        return;
    copy->item = neighbour->item;
    copy->square = neighbour->square;
    copy->distance = assay_crowd_distance(crowd, neighbour->square);
    copy->is_flipped = neighbour->is_flipped;
    copy->p = assay_closeness_p(closeness, neighbour->square);
    if (closeness->typical > 0)
        copy->ratio = copy->distance / closeness->typical;
    if (neighbour->is_equal)
        copy->kind = ASSAY_COPY_EQUAL;
    else if (!(neighbour->square > 0) ||
             (neighbour->square < closeness->smallest && copy->p <= ASSAY_CLOSENESS_ALPHA))
        copy->kind = ASSAY_COPY_NEAR;
}

static AssayCopy
no_copy(void)
{
    return (AssayCopy){ .item = G_MAXSIZE,
                        .square = (double)NAN,
                        .distance = (double)NAN,
                        .ratio = (double)NAN,
                        .p = (double)NAN };
}

gboolean
assay_copies_find(const AssayCrowd *crowd, const AssayCloseness *closeness,
                  AssayVectors *const *vectors, size_t n, guint n_workers, AssayCopy *copies,
                  GError **error)
{
    g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(AssayNearestQuery));
    g_autofree AssayNearestItem *neighbours = NULL;
    size_t at = 0, next = 0;

    for (size_t v = 0; v < n; v++) {
        for (size_t i = 0; i < vectors[v]->n_items; i++) {
            AssayNearestQuery query = { vectors[v]->values + i * vectors[v]->n_dims,
                                        vectors[v]->digests[i], vectors[v]->flipped[i],
                                        ASSAY_NO_GROUP };

            if (vectors[v]->faults[i] == NULL)
                g_array_append_val(queries, query);
        }
    }
    neighbours = g_new(AssayNearestItem, queries->len + 1);
    if (!assay_nearest_search(assay_crowd_nearest(crowd), (const void *)queries->data, queries->len,
                              n_workers, neighbours, error))
        return FALSE;
    for (size_t v = 0; v < n; v++) {
        for (size_t i = 0; i < vectors[v]->n_items; i++, at++) {
            copies[at] = no_copy();
            copies[at].fault = vectors[v]->faults[i];
            if (copies[at].fault != NULL)
                continue;
            copies[at].is_constant = assay_vectors_is_constant(vectors[v], i);
            judge(&copies[at], crowd, closeness, &neighbours[next++]);
        }
    }
    return TRUE;
}

gboolean
assay_copies_find_within(const AssayCrowd *crowd, const AssayCloseness *closeness, guint n_workers,
                         AssayCopy *copies, GError **error)
{
    size_t n = assay_crowd_n_items(crowd);
    g_autofree size_t *items = g_new(size_t, n + 1);
    g_autofree AssayNearestItem *neighbours = NULL;

    if (n == 0)
        return TRUE;
    for (size_t i = 0; i < n; i++)
        items[i] = i;
    neighbours = assay_closeness_search(crowd, items, n, n_workers, error);
    if (neighbours == NULL)
        return FALSE;
    for (size_t i = 0; i < n; i++) {
        copies[i] = no_copy();
        copies[i].is_constant = assay_crowd_is_constant(crowd, i);
        judge(&copies[i], crowd, closeness, &neighbours[i]);
    }
    return TRUE;
}
