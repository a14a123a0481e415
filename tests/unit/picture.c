/* tests/unit/picture.c - samples of pictures, filled by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "picture.h"

#include <assay/base/random.h>
#include <string.h>

#include "any-field.h"

AssaySample *
picture_new(AssayType type, const char *axes, const size_t *shape, const double *values,
            const char *meta)
{
    AssaySample *sample = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", type, axes, shape, meta);
    AssayRandom random;

    assay_random_init(&random, 0, "test", "perturb");
    for (size_t i = 0; i < assay_array_count(array); i++)
        any_field_put(array, i,
                      values != NULL ? values[i] : (double)assay_random_below(&random, 256));
    return sample;
}

AssaySample *
picture_grey(size_t rows, size_t columns, double grey)
{
    AssaySample *sample = assay_sample_new("p");
    AssayArray *array = any_field_add(sample, "pixels", ASSAY_U8, "row,column",
                                      (const size_t[]){ rows, columns }, NULL);

    for (size_t i = 0; i < rows * columns; i++)
        any_field_put(array, i, grey);
    return sample;
}

double
picture_value(AssaySample *sample, size_t index)
{
    return assay_array_value(assay_sample_field(sample, "pixels", NULL), index);
}

void
picture_assert_equal(AssaySample *a, AssaySample *b, gboolean is_equal)
{
    g_autoptr(AssaySample) one = a, other = b;
    const AssayArray *x = assay_sample_field(one, "pixels", NULL);
    const AssayArray *y = assay_sample_field(other, "pixels", NULL);

    g_assert_cmpuint(assay_array_bytes(x), ==, assay_array_bytes(y));
    g_assert_cmpint(memcmp(x->data, y->data, assay_array_bytes(x)) == 0, ==, is_equal);
}
