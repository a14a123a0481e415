/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folds.h"

#include <stdlib.h>

#include "../base/error.h"
#include "../base/random.h"

/* @kind: a bit for reals, one for fakes; @key: by which it is dealt */
typedef struct {
    guint64 number, key;
    guint kind, fold;
} Group;

static int
compare_groups(const void *a, const void *b)
{
    const Group *x = *(Group *const *)a, *y = *(Group *const *)b;

    if (x->kind != y->kind)
        return (x->kind > y->kind) - (x->kind < y->kind);
    if (x->key != y->key)
        return (x->key > y->key) - (x->key < y->key);
    return (x->number > y->number) - (x->number < y->number);
}

/* As SplitMix64 does; one to one, so that different numbers have different keys. */
static guint64
mix(guint64 z)
{
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static GHashTable *
find_groups(const guint64 *groups, const guint8 *is_fake, size_t n, guint64 salt)
{
    GHashTable *found = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);

    for (size_t i = 0; i < n; i++) {
        Group *group = g_hash_table_lookup(found, &groups[i]);

        if (group == NULL) {
            group = g_new0(Group, 1);
            group->number = groups[i];
            group->key = mix(groups[i] ^ salt);
            g_hash_table_insert(found, &group->number, group);
        }
        group->kind |= 1u << (is_fake[i] != 0);
    }
    return found;
}

/* How many groups have reals, and how many fakes. */
static void
count_kinds(GHashTable *found, guint counts[2])
{
    GHashTableIter iter;
    gpointer value;

    counts[0] = counts[1] = 0;
    g_hash_table_iter_init(&iter, found);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        counts[0] += ((const Group *)value)->kind & 1;
        counts[1] += ((const Group *)value)->kind >> 1 & 1;
    }
}

static void
deal(GHashTable *found, guint n_folds)
{
    g_autofree Group **order = g_new(Group *, g_hash_table_size(found) + 1);
    GHashTableIter iter;
    gpointer value;
    guint n = 0;

    g_hash_table_iter_init(&iter, found);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        order[n++] = value;
    qsort(order, n, sizeof(Group *), compare_groups);
    for (guint i = 0; i < n; i++)
        order[i]->fold = i % n_folds;
}

/* Nothing of a class that is one group is left to learn from where that group is judged. */
static gboolean
refuse(const guint8 *is_fake, size_t n, gboolean are_fakes, GError **error)
{
    const char *class = are_fakes ? "fake" : "real";
    size_t n_items = 0;

    for (size_t i = 0; i < n; i++)
        n_items += (is_fake[i] != 0) == are_fakes;
    if (n_items == 1)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "there is one %s, which cannot be left out to be judged by the others: give at "
                    "least two",
                    class);
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "all %" G_GSIZE_FORMAT " %ss are of one group, which cannot be left out to be "
                    "judged by the others: give at least two groups",
                    n_items, class);
    return FALSE;
}

gboolean
assay_folds_deal(const guint64 *groups, const guint8 *is_fake, size_t n, guint *n_folds,
                 guint64 seed, guint *fold_of, GError **error)
{
    g_autoptr(GHashTable) found = NULL;
    AssayRandom random;
    guint counts[2];

    assay_random_init(&random, seed, "folds", "");
    found = find_groups(groups, is_fake, n, assay_random_u64(&random));
    count_kinds(found, counts);
    for (int k = 0; k < 2; k++) {
        if (counts[k] == 1)
            return refuse(is_fake, n, k == 1, error);
        if (counts[k] > 0)
            *n_folds = MIN(*n_folds, counts[k]);
    }
    deal(found, *n_folds);
    for (size_t i = 0; i < n; i++)
        fold_of[i] = ((const Group *)g_hash_table_lookup(found, &groups[i]))->fold;
    return TRUE;
}
