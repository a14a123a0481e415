/* compare/vectors.h - fields that are one vector an item: features, embeddings, centroids.
 *
 * Such is a field with one axis of 2 to 4,096 entries beside that of items, which does not run in
 * time (time, frame, note, window). Vectors with a value that is not finite are left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../distribution/distributions.h"

G_BEGIN_DECLS

/* The most values of a field that are kept: 1 GiB. */
#define ASSAY_VECTORS_VALUES ((size_t)1 << 27)

/**
 * AssayVectorField:
 * @values: (element-type double): vector after vector
 * @groups: (element-type guint64): the number of each vector's group
 * @n_left_out: vectors that are not finite
 * @is_useless: of other lengths, or more than ASSAY_VECTORS_VALUES
 */
typedef struct {
    char *name;
    size_t n_columns;
    GArray *values, *groups;
    guint64 n_left_out;
    gboolean is_useless;
} AssayVectorField;

ASSAY_API void assay_vector_field_free(AssayVectorField *self);

/**
 * assay_vector_fields:
 * @items, @config: as assay_distributions_observe()'s; in @groups is which item each vector is of,
 *     see assay_vector_field_add()
 *
 * To be called in a worker.
 *
 * Returns: (transfer full) (element-type AssayVectorField): of one sample
 */
ASSAY_API GPtrArray *assay_vector_fields(AssaySample *sample, const AssayObservation *items,
                                         const AssayDistributionConfig *config);

/**
 * assay_vector_field_add:
 * @fields: (element-type utf8 AssayVectorField): of a set
 * @part: of a sample
 * @hashes: the number of the group of each item of the sample
 */
ASSAY_API void assay_vector_field_add(GHashTable *fields, const AssayVectorField *part,
                                      const guint64 *hashes);

/**
 * assay_vector_field_sort:
 *
 * Puts vectors into an order of their own, by group and then by their bytes, so that nothing hangs
 * on the order in which they came: sums of fractions, and which are the first so many.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE without memory
 */
ASSAY_API gboolean assay_vector_field_sort(AssayVectorField *self,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
