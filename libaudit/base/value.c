/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value.h"

#include <math.h>

#include "text.h"

double
assay_value_shorten(float value)
{
    static const char *const formats[] = { "%.6g", "%.7g", "%.8g", "%.9g" };
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    double shortened = (double)value;

    for (size_t i = 0; i < G_N_ELEMENTS(formats) && isfinite(value); i++) {
        g_ascii_formatd(text, sizeof text, formats[i], (double)value);
        shortened = g_ascii_strtod(text, NULL);
        if ((float)shortened == value)
            return shortened;
    }
    return (double)value;
}

char *
assay_value_text(char *text, const AssayArray *array, size_t index)
{
    double value = assay_array_value(array, index);

    if (array->type == ASSAY_U64)
        g_snprintf(text, ASSAY_TEXT_NUMBER_SIZE, "%" G_GUINT64_FORMAT,
                   ((const guint64 *)array->data)[index]);
    else if (array->type == ASSAY_I64)
        g_snprintf(text, ASSAY_TEXT_NUMBER_SIZE, "%" G_GINT64_FORMAT,
                   ((const gint64 *)array->data)[index]);
    else if (isnan(value))
        g_strlcpy(text, "NaN", ASSAY_TEXT_NUMBER_SIZE);
    else
        assay_text_double(text,
                          array->type == ASSAY_F32 ? assay_value_shorten((float)value) : value);
    return text;
}
