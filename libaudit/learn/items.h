/* learn/items.h - items as rows of features, real or fake: what detectors learn from.
 *
 * Stands on: feature/features.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../feature/features.h"

G_BEGIN_DECLS

/**
 * AssayItem:
 * @name: NAME, or NAME[17]
 * @group: a number: items of one stand or fall together; see distribution/group-hash.h
 * @number: its own, the same wherever the item is met
 * @set: of which set it is: whatever the caller counts by
 */
typedef struct {
    char *name;
    guint64 group, number;
    guint32 set;
    gboolean is_fake;
} AssayItem;

/**
 * AssayItems:
 * @columns: (array length=n_columns): names of the features; %NULL until they are known
 * @items: of AssayItem
 * @values: (array length=n * n_columns): a row for each of the items; NaN is a missing value
 * @max_bytes: how large @values may become
 */
typedef struct {
    char **columns;
    size_t n_columns;
    GArray *items;
    double *values;
    size_t room, max_bytes;
} AssayItems;

ASSAY_API AssayItems *assay_items_new(size_t max_bytes) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_items_free(AssayItems *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayItems, assay_items_free)

static inline AssayItem *
assay_items_at(const AssayItems *self, size_t i)
{
    return &g_array_index(self->items, AssayItem, i);
}

static inline const double *
assay_items_row(const AssayItems *self, size_t i)
{
    return self->values + i * self->n_columns;
}

/* Says which features there are; to be called once, before items are added. */
ASSAY_API void assay_items_name_columns(AssayItems *self, const char *const *columns,
                                        size_t n_columns);

/**
 * assay_items_find_columns:
 * @names: (array length=n): of other rows, in their order
 * @of: whose these are, for messages
 * @from: (out caller-allocates) (array length=n_columns): where each column is among them
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD, where there is none of that name, which lists those
 *     that lack.
 */
ASSAY_API gboolean assay_items_find_columns(const AssayItems *self, const char *const *names,
                                            size_t n, const char *of, size_t *from,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_items_add:
 * @item: copied, with its name
 * @values: (array): another row
 * @from: (array length=n_columns): where in @values each column is
 *
 * What is not finite is taken for missing.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE past the limit.
 */
ASSAY_API gboolean assay_items_add(AssayItems *self, const AssayItem *item, const double *values,
                                   const size_t *from, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The names of the columns of feature groups, in the order of assay_features_of(): the vector is
 * owned, the names are not. */
ASSAY_API const char **assay_items_feature_columns(guint groups);

/* Which group of features a column is of; ASSAY_N_FEATURE_GROUPS for one that is of none, as of a
 * table of other features. */
ASSAY_API guint assay_items_feature_group(const char *column);

G_END_DECLS
