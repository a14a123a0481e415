/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect.h"

#include <string.h>

#include "../base/error.h"
#include "../distribution/distributions.h"
#include "../distribution/group-hash.h"

/* Rows and columns, behind the axis of items. */
static char *
find_shape(const AssaySample *sample, const AssayRankPart *part)
{
    const AssayArray *array;
    size_t first = part->items->has_items ? 1 : 0;

    if (strcmp(part->field, "pixels") != 0)
        return NULL;
    array = assay_sample_field((AssaySample *)sample, "pixels", NULL);
    if (array == NULL || array->n_axes < first + 2)
        return NULL;
    return g_strdup_printf("%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT, array->shape[first],
                           array->shape[first + 1]);
}

AssayLearnPart *
assay_learn_part_new(AssaySample *sample, const AssayRankConfig *config, GError **error)
{
    g_autoptr(AssayRankPart) part = assay_rank_part_new(sample, config, error);
    AssayLearnPart *self;

    if (part == NULL)
        return NULL;
    self = g_new0(AssayLearnPart, 1);
    self->part = g_steal_pointer(&part);
    self->shape = find_shape(sample, self->part);
    return self;
}

void
assay_learn_part_free(AssayLearnPart *self)
{
    if (self == NULL)
        return;
    assay_rank_part_free(self->part);
    g_free(self->shape);
    g_free(self);
}

AssayCollection *
assay_collection_new(size_t max_bytes, AssayGroups *groups)
{
    AssayCollection *self = g_new0(AssayCollection, 1);

    self->examples = assay_examples_new(max_bytes);
    self->groups = groups;
    for (size_t k = 0; k < 2; k++)
        self->shapes[k] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void
assay_collection_free(AssayCollection *self)
{
    if (self == NULL)
        return;
    assay_examples_free(self->examples);
    for (size_t k = 0; k < 2; k++)
        g_hash_table_unref(self->shapes[k]);
    g_free(self);
}

/* Where the columns of the collection are among those of the features at hand. */
static size_t *
match(AssayCollection *self, const char *const *names, size_t n, const char *of, GError **error)
{
    g_autofree size_t *from = NULL;

    if (self->examples->columns == NULL)
        assay_examples_name_columns(self->examples, names, n);
    from = g_new0(size_t, self->examples->n_columns + 1);
    if (!assay_examples_find_columns(self->examples, names, n, of, from, error))
        return NULL;
    return g_steal_pointer(&from);
}

gboolean
assay_collection_add(AssayCollection *self, const AssayLearnPart *part, const AssaySetLabel *label,
                     GError **error)
{
    const AssayObservation *items = part->part->items;
    const AssayFeatures *rows = part->part->rows;
    g_autofree const char **names = assay_examples_feature_columns(rows->groups);
    g_autofree size_t *from = match(self, names, rows->n_columns, items->name, error);
    g_autofree guint64 *hashes = NULL;
    guint64 source =
        assay_group_hash_source(items->sha256[0] == '\0' ? items->name : "", items->sha256, "item");

    if (from == NULL)
        return FALSE;
    hashes = assay_distributions_hash_items(items, self->groups);
    for (size_t i = 0; i < rows->n_items && i < items->n_items; i++) {
        g_autofree char *name = assay_observation_identity(items, items->item_start + i);
        const AssayExample item = { .name = name,
                                    .group = hashes[i],
                                    .number = assay_group_hash_item(source, items->item_start + i),
                                    .set = label->set,
                                    .is_fake = label->is_fake };

        self->is_ungrouped =
            self->is_ungrouped || (items->has_items && !items->windows &&
                                   assay_groups_of_item(self->groups, items, i) == NULL);
        if (!assay_examples_add(self->examples, &item, rows->values + i * rows->n_columns, from,
                                error))
            return FALSE;
    }
    if (part->shape != NULL)
        g_hash_table_add(self->shapes[label->is_fake ? 1 : 0], g_strdup(part->shape));
    return TRUE;
}

char *
assay_collection_sizes_differ(const AssayCollection *self)
{
    GHashTableIter iter;
    gpointer shape;
    const char *least[2] = { NULL, NULL };

    for (size_t k = 0; k < 2; k++) {
        g_hash_table_iter_init(&iter, self->shapes[k]);
        while (g_hash_table_iter_next(&iter, &shape, NULL)) {
            if (g_hash_table_contains(self->shapes[1 - k], shape))
                return NULL;
            if (least[k] == NULL || strcmp(shape, least[k]) < 0)
                least[k] = shape;
        }
    }
    if (least[0] == NULL || least[1] == NULL)
        return NULL;
    return g_strdup_printf("real pictures are %s, fakes %s", least[0], least[1]);
}

size_t
assay_collection_n_shared(const AssayCollection *self)
{
    g_autoptr(GHashTable) reals = g_hash_table_new(g_int64_hash, g_int64_equal);
    size_t n = 0;

    for (size_t i = 0; i < self->examples->items->len; i++) {
        AssayExample *example = assay_examples_at(self->examples, i);

        if (!example->is_fake)
            g_hash_table_add(reals, &example->number);
    }
    for (size_t i = 0; i < self->examples->items->len; i++) {
        const AssayExample *example = assay_examples_at(self->examples, i);

        n += example->is_fake && example->number != 0 &&
             g_hash_table_contains(reals, &example->number);
    }
    return n;
}
