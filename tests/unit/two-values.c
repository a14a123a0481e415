/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two-values.h"

#include "any-field.h"

AssaySample *
two_values_sample(const char *name, const char *file, const char *field, double a, double b)
{
    AssaySample *sample = assay_sample_new(name);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, file, -1);
    AssayArray *array =
        any_field_add(sample, field, ASSAY_U8, "row,column", (const size_t[]){ 1, 2 }, NULL);

    any_field_put(array, 0, a);
    any_field_put(array, 1, b);
    assay_sample_set_source(sample, name, "png", digest);
    return sample;
}
