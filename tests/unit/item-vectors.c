/* tests/unit/item-vectors.c - samples of any type made vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "item-vectors.h"

#include "any-field.h"

AssaySample *
item_vectors_sample(const char *name, const char *field, AssayType type, const char *axes,
                    const size_t *shape, const double *values)
{
    AssaySample *sample = assay_sample_new(name);
    AssayArray *array = any_field_add(sample, field, type, axes, shape, NULL);

    for (size_t i = 0; i < assay_array_count(array); i++)
        any_field_put(array, i, values[i]);
    assay_sample_set_source(sample, name, "test", name);
    return sample;
}

AssayVectors *
item_vectors_take(AssaySample *sample, size_t size, gboolean cosine)
{
    const AssayVectorConfig config = { .size = size, .cosine = cosine };
    g_autoptr(GError) error = NULL;
    AssayVectors *vectors = assay_vectors_new(sample, &config, &error);

    g_assert_no_error(error);
    g_assert_nonnull(vectors);
    assay_sample_free(sample);
    return vectors;
}

AssayVectors *
item_vectors_numbers(const char *name, size_t n, const double *values)
{
    const AssayVectorConfig config = ASSAY_VECTOR_CONFIG_DEFAULT;
    g_autoptr(AssaySample) sample =
        item_vectors_sample(name, "x", ASSAY_F64, "item,value", (size_t[]){ n, 1 }, values);
    g_autoptr(GError) error = NULL;
    AssayVectors *vectors = assay_vectors_new(sample, &config, &error);

    g_assert_no_error(error);
    return vectors;
}
