/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/random.h"
#include "membership-private.h"

/* An item: the name of its sample, and where it is in there; -1 for a sample that is one item. */
typedef struct {
    const char *name, *group;
    gint64 index;
    AssayNearestDigest flipped;
    gboolean is_constant;
} Item;

struct AssayCrowd {
    gboolean flips, is_cosine;
    char *field;
    size_t width, n_dims;
    GStringChunk *texts;
    GArray *items; /* Item */
    AssayMembership membership;
    GHashTable *sources;
    AssayNearest *nearest;
};

AssayCrowd *
assay_crowd_new(gboolean flips)
{
    AssayCrowd *self = g_new0(AssayCrowd, 1);

    self->flips = flips;
    self->texts = g_string_chunk_new(4096);
    self->items = g_array_new(FALSE, FALSE, sizeof(Item));
    self->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    assay_membership_init(&self->membership);
    return self;
}

void
assay_crowd_free(AssayCrowd *self)
{
    if (self == NULL)
        return;
    assay_nearest_free(self->nearest);
    assay_membership_clear(&self->membership);
    g_hash_table_unref(self->sources);
    g_array_unref(self->items);
    g_string_chunk_free(self->texts);
    g_free(self->field);
    g_free(self);
}

gboolean
assay_crowd_suits(const AssayCrowd *self, const AssayVectors *vectors, const char *set,
                  GError **error)
{
    const char *name = vectors->origin->name;

    if (self->nearest == NULL)
        return TRUE;
    if (strcmp(self->field, vectors->field) != 0 || (self->width == 0) != (vectors->width == 0)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\"%s, where %s has \"%s\"%s", name, vectors->field,
                    vectors->width > 0 ? " of pictures" : "", set, self->field,
                    self->width > 0 ? " of pictures" : "");
        return FALSE;
    }
    if (self->n_dims == vectors->n_dims)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"%s\": items of %" G_GSIZE_FORMAT
                " values, where %s has %" G_GSIZE_FORMAT,
                name, vectors->field, vectors->n_dims, set, self->n_dims);
    return FALSE;
}

static void
open_for(AssayCrowd *self, const char *field, size_t width, size_t n_dims, gboolean is_cosine)
{
    self->field = g_strdup(field);
    self->width = width;
    self->n_dims = n_dims;
    self->is_cosine = is_cosine;
    self->nearest = assay_nearest_new(n_dims, self->flips ? width : 0);
}

gboolean
assay_crowd_add(AssayCrowd *self, const AssayVectors *vectors, AssayGroups *groups, GError **error)
{
    const AssayObservation *origin = vectors->origin;
    const char *name = g_string_chunk_insert_const(self->texts, origin->name);

    if (self->nearest == NULL)
        open_for(self, vectors->field, vectors->width, vectors->n_dims, vectors->is_cosine);
    if (origin->sha256[0] != '\0')
        g_hash_table_add(self->sources, g_strdup(origin->sha256));
    for (size_t i = 0; i < vectors->n_items; i++) {
        Item item = { .name = name, .index = -1, .flipped = vectors->flipped[i] };
        const char *group;
        guint32 id;

        if (vectors->faults[i] != NULL)
            continue;
        id = assay_membership_of(&self->membership, origin, i, groups, &group);
        if (!assay_nearest_add(self->nearest, vectors->values + i * vectors->n_dims,
                               &vectors->digests[i], id, error))
            return FALSE;
        item.is_constant = assay_vectors_is_constant(vectors, i);
        if (group != NULL)
            item.group = g_string_chunk_insert_const(self->texts, group);
        if (origin->has_items)
            item.index = (gint64)(origin->item_start + i);
        g_array_append_val(self->items, item);
    }
    return TRUE;
}

void
assay_crowd_seal(AssayCrowd *self)
{
    if (self->nearest != NULL)
        assay_nearest_seal(self->nearest);
}

typedef struct {
    guint64 key;
    guint32 group;
} Ticket;

static int
compare_tickets(const void *a, const void *b)
{
    const Ticket *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

/* Where each group comes when groups are drawn: (array length=n_groups). */
static guint32 *
draw_order(const AssayCrowd *self)
{
    size_t n = self->membership.n;
    g_autofree Ticket *tickets = g_new0(Ticket, n + 1);
    g_autofree gboolean *is_known = g_new0(gboolean, n + 1);
    guint32 *place = g_new0(guint32, n + 1);

    for (guint i = 0; i < self->items->len; i++) {
        guint32 group = assay_nearest_group(self->nearest, i);
        g_autofree char *identity = NULL;
        AssayRandom random;

        if (is_known[group])
            continue;
        is_known[group] = TRUE;
        identity = assay_crowd_identity(self, i);
        assay_random_init(&random, 0, "crowd", identity);
        tickets[group] = (Ticket){ assay_random_u64(&random), group };
    }
    qsort(tickets, n, sizeof *tickets, compare_tickets);
    for (size_t i = 0; i < n; i++)
        place[tickets[i].group] = (guint32)i;
    return place;
}

gboolean *
assay_crowd_draw_items(const AssayCrowd *self, size_t n_items)
{
    g_autofree guint32 *place = draw_order(self);
    g_autofree size_t *n_of = g_new0(size_t, self->membership.n + 1);
    gboolean *is_drawn = g_new0(gboolean, self->items->len + 1);
    size_t left = n_items;

    for (guint i = 0; i < self->items->len; i++)
        n_of[place[assay_nearest_group(self->nearest, i)]]++;
    for (size_t g = 0; g < self->membership.n; g++) {
        n_of[g] = MIN(n_of[g], left);
        left -= n_of[g];
    }
    for (guint i = 0; i < self->items->len; i++) {
        size_t *n = &n_of[place[assay_nearest_group(self->nearest, i)]];

        is_drawn[i] = *n > 0;
        *n -= is_drawn[i] ? 1 : 0;
    }
    return is_drawn;
}

AssayCrowd *
assay_crowd_draw(const AssayCrowd *self, size_t n_items, GError **error)
{
    g_autoptr(AssayCrowd) drawn = assay_crowd_new(self->flips);
    g_autofree gboolean *is_drawn = assay_crowd_draw_items(self, n_items);
    g_autofree float *values = g_new(float, self->n_dims);

    open_for(drawn, self->field, self->width, self->n_dims, self->is_cosine);
    drawn->membership.n = self->membership.n; /* groups keep their numbers */
    for (guint i = 0; i < self->items->len; i++) {
        Item item = g_array_index(self->items, Item, i);
        AssayNearestDigest digest = assay_nearest_digest(self->nearest, i);

        if (!is_drawn[i])
            continue;
        assay_nearest_values(self->nearest, i, values);
        if (!assay_nearest_add(drawn->nearest, values, &digest,
                               assay_nearest_group(self->nearest, i), error))
            return NULL;
        item.name = g_string_chunk_insert_const(drawn->texts, item.name);
        if (item.group != NULL)
            item.group = g_string_chunk_insert_const(drawn->texts, item.group);
        g_array_append_val(drawn->items, item);
    }
    assay_crowd_seal(drawn);
    return g_steal_pointer(&drawn);
}

size_t
assay_crowd_n_items(const AssayCrowd *self)
{
    return self->items->len;
}

size_t
assay_crowd_n_groups(const AssayCrowd *self)
{
    return self->membership.n;
}

gboolean
assay_crowd_is_ungrouped(const AssayCrowd *self)
{
    return self->membership.has_unknown;
}

char *
assay_crowd_identity(const AssayCrowd *self, size_t at)
{
    const Item *item = &g_array_index(self->items, Item, at);

    return item->index < 0 ? g_strdup(item->name)
                           : g_strdup_printf("%s[%" G_GINT64_FORMAT "]", item->name, item->index);
}

const char *
assay_crowd_group(const AssayCrowd *self, size_t item)
{
    return g_array_index(self->items, Item, item).group;
}

gboolean
assay_crowd_is_constant(const AssayCrowd *self, size_t item)
{
    return g_array_index(self->items, Item, item).is_constant;
}

gboolean
assay_crowd_has_source(const AssayCrowd *self, const char *sha256)
{
    return g_hash_table_contains(self->sources, sha256);
}

const AssayNearest *
assay_crowd_nearest(const AssayCrowd *self)
{
    return self->nearest;
}

guint32
assay_crowd_group_id(const AssayCrowd *self, size_t item)
{
    return assay_nearest_group(self->nearest, item);
}

size_t
assay_crowd_n_dims(const AssayCrowd *self)
{
    return self->n_dims;
}

AssayNearestQuery
assay_crowd_query(const AssayCrowd *self, size_t item, float *values)
{
    assay_nearest_values(self->nearest, item, values);
    return (AssayNearestQuery){ values, assay_nearest_digest(self->nearest, item),
                                g_array_index(self->items, Item, item).flipped,
                                assay_nearest_group(self->nearest, item) };
}

double
assay_crowd_distance(const AssayCrowd *self, double square)
{
    if (self->width > 0)
        return sqrt(square / (double)self->n_dims) / 255;
    return self->is_cosine ? square / 2 : sqrt(square);
}
