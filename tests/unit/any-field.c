/* tests/unit/any-field.c - fields of any type, filled by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "any-field.h"

#include <string.h>

AssayArray *
any_field_add(AssaySample *sample, const char *field, AssayType type, const char *axes,
              const size_t *shape, const char *meta)
{
    g_auto(GStrv) names = g_strsplit(axes, ",", -1);
    g_autoptr(GError) error = NULL;
    AssayArray *array = assay_array_new(type, g_strv_length(names), shape,
                                        (const char *const *)names, G_MAXSIZE, &error);

    g_assert_no_error(error);
    assay_sample_take_field(sample, field, array,
                            meta == NULL ? NULL
                                         : assay_json_parse(meta, strlen(meta), "meta", &error));
    g_assert_no_error(error);
    return array;
}

void
any_field_put(AssayArray *array, size_t index, double value)
{
    switch (array->type) {
    case ASSAY_U8:
        ((guint8 *)array->data)[index] = (guint8)value;
        break;
    case ASSAY_U16:
        ((guint16 *)array->data)[index] = (guint16)value;
        break;
    case ASSAY_I16:
        ((gint16 *)array->data)[index] = (gint16)value;
        break;
    case ASSAY_F32:
        ((float *)array->data)[index] = (float)value;
        break;
    default:
        ((double *)array->data)[index] = value;
    }
}
