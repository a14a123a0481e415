/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect.h"

#include <string.h>

#include "../base/error.h"
#include "../distribution/distributions.h"
#include "../distribution/group-hash.h"

AssayLearnPart *
assay_learn_part_new(AssaySample *sample, const AssayRankConfig *config, GError **error)
{
    g_autoptr(AssayRankPart) part = assay_rank_part_new(sample, config, error);
    AssayLearnPart *self;

    if (part == NULL)
        return NULL;
    self = g_new0(AssayLearnPart, 1);
    self->part = g_steal_pointer(&part);
    self->traits = assay_traits_read(sample, self->part->field);
    return self;
}

void
assay_learn_part_free(AssayLearnPart *self)
{
    if (self == NULL)
        return;
    assay_rank_part_free(self->part);
    assay_traits_clear(self->traits);
    g_free(self);
}

AssayCollection *
assay_collection_new(size_t max_bytes, AssayGroups *groups)
{
    AssayCollection *self = g_new0(AssayCollection, 1);

    self->examples = assay_examples_new(max_bytes);
    self->groups = groups;
    self->traits = assay_traits_new();
    return self;
}

void
assay_collection_free(AssayCollection *self)
{
    if (self == NULL)
        return;
    assay_examples_free(self->examples);
    assay_traits_free(self->traits);
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
    assay_traits_count(self->traits, part->traits, label->set, label->is_fake, rows->n_items);
    return TRUE;
}

size_t
assay_collection_n_shared(const AssayCollection *self, guint32 set)
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

        n += example->is_fake && (set == G_MAXUINT32 || example->set == set) &&
             example->number != 0 && g_hash_table_contains(reals, &example->number);
    }
    return n;
}

static int
compare_examples(gconstpointer a, gconstpointer b)
{
    const AssayExample *x = *(const AssayExample *const *)a, *y = *(const AssayExample *const *)b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return x->is_fake - y->is_fake;
}

size_t
assay_collection_n_repeated(const AssayCollection *self, guint32 set)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    size_t n = 0;

    for (size_t i = 0; i < self->examples->items->len; i++) {
        AssayExample *example = assay_examples_at(self->examples, i);

        if (example->number != 0 &&
            (!example->is_fake || set == G_MAXUINT32 || example->set == set))
            g_ptr_array_add(items, example);
    }
    g_ptr_array_sort(items, compare_examples);
    for (guint i = 1; i < items->len; i++)
        n += compare_examples(&items->pdata[i - 1], &items->pdata[i]) == 0;
    return n;
}
