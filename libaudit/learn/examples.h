/* learn/examples.h - items as rows of features, real or fake: what detectors learn from.
 *
 * Stands on: feature/features.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../feature/features.h"

G_BEGIN_DECLS

/**
 * AssayExample:
 * @name: NAME, or NAME[17]
 * @group: a number: items of one stand or fall together; see distribution/group-hash.h
 * @number: its own, the same wherever the item is met; 0 where that is not known
 * @set: of which set it is: whatever the caller counts by
 */
typedef struct {
    char *name;
    guint64 group, number;
    guint32 set;
    gboolean is_fake;
} AssayExample;

/**
 * AssayExamples:
 * @columns: (array length=n_columns): names of the features; %NULL until they are known
 * @items: of AssayExample
 * @values: (array length=n * n_columns): a row for each of the items; NaN is a missing value
 * @max_bytes: how large @values may become
 * @needed_by: (nullable): what needs these columns, for messages; else it is the other items
 */
typedef struct {
    char **columns;
    size_t n_columns;
    GArray *items;
    double *values;
    size_t room, max_bytes;
    const char *needed_by;
} AssayExamples;

ASSAY_API AssayExamples *assay_examples_new(size_t max_bytes) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_examples_free(AssayExamples *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayExamples, assay_examples_free)

static inline AssayExample *
assay_examples_at(const AssayExamples *self, size_t i)
{
    return &g_array_index(self->items, AssayExample, i);
}

static inline const double *
assay_examples_row(const AssayExamples *self, size_t i)
{
    return self->values + i * self->n_columns;
}

/* Says which features there are; to be called once, before items are added. */
ASSAY_API void assay_examples_name_columns(AssayExamples *self, const char *const *columns,
                                           size_t n_columns);

/**
 * assay_examples_find_columns:
 * @names: (array length=n): of other rows, in their order
 * @of: whose these are, for messages
 * @from: (out caller-allocates) (array length=n_columns): where each column is among them
 *
 * Returns: %FALSE with %ASSAY_ERROR_FIELD, where there is none of that name, which lists those
 *     that lack.
 */
ASSAY_API gboolean assay_examples_find_columns(const AssayExamples *self, const char *const *names,
                                               size_t n, const char *of, size_t *from,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_examples_add:
 * @item: copied, with its name
 * @values: (array): another row
 * @from: (array length=n_columns): where in @values each column is
 *
 * What is not finite is taken for missing.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE past the limit.
 */
ASSAY_API gboolean assay_examples_add(AssayExamples *self, const AssayExample *item,
                                      const double *values, const size_t *from,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The names of the columns of feature groups, in the order of assay_features_of(): the vector is
 * owned, the names are not. */
ASSAY_API const char **assay_examples_feature_columns(guint groups);

/* Which group of features a column is of; ASSAY_N_FEATURE_GROUPS for one that is of none, as of a
 * table of other features. */
ASSAY_API guint assay_examples_feature_group(const char *column);

G_END_DECLS
