/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantise.h"

#include <math.h>

#include "../base/error.h"

enum { CHUNK = 1024, MAX_BITS = 16 };

gboolean
assay_quantise_read(const char *text, guint *full_scale, GError **error)
{
    guint64 number;

    if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT16, &number, NULL)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--quantise=%s: give bits, as in --quantise=8, or a full scale up to 65535",
                    text);
        return FALSE;
    }
    *full_scale = number <= MAX_BITS ? (1U << number) - 1 : (guint)number;
    return TRUE;
}

/* What value is 1; 0 where the range is not 0 to 1. */
static double
unit_of(const AssayArray *array, const AssayJson *meta)
{
    const AssayJson *range = assay_json_get(meta, "range");
    double low = assay_json_peek_real(assay_json_nth(range, 0));
    double high = assay_json_peek_real(assay_json_nth(range, 1));
    double scale = assay_json_peek_real(assay_json_get(meta, "full_scale"));

    if (array->type < ASSAY_F32 || assay_array_axis(array, "frame") >= 0)
        return 0;
    if (!(scale > 0))
        scale = 1;
    else if (range == NULL)
        return scale;
    return assay_json_size(range) == 2 && low >= 0 && low <= 0 && high >= 1 && high <= 1 ? scale
                                                                                         : 0;
}

static void
set_value(AssayArray *to, size_t at, double value)
{
    if (to->type == ASSAY_U8)
        ((guint8 *)to->data)[at] = (guint8)value;
    else
        ((guint16 *)to->data)[at] = (guint16)value;
}

/* FALSE where a value is not finite. */
static gboolean
round_values(const AssayArray *from, double unit, guint full_scale, AssayArray *to,
             guint64 *n_clipped)
{
    size_t count = assay_array_count(from);
    double values[CHUNK];

    for (size_t at = 0; at < count; at += CHUNK) {
        size_t n = MIN(CHUNK, count - at);

        assay_array_values(from, at, n, values);
        for (size_t i = 0; i < n; i++) {
            double value = values[i] / unit;

            if (!isfinite(value))
                return FALSE;
            *n_clipped += value < 0 || value > 1;
            set_value(to, at + i, nearbyint(CLAMP(value, 0, 1) * full_scale));
        }
    }
    return TRUE;
}

static gboolean
quantise_field(AssaySample *sample, const char *field, guint full_scale, guint64 *n_clipped,
               GError **error)
{
    const AssayArray *from = assay_sample_field(sample, field, NULL);
    const AssayJson *meta = assay_sample_field_meta(sample, field);
    double unit = from == NULL ? 0 : unit_of(from, meta);
    const char *axes[ASSAY_MAX_AXES + 1] = { NULL };
    g_autoptr(AssayArray) to = NULL;
    guint64 clipped = 0;
    AssayJson *changed;

    if (!(unit > 0))
        return TRUE;
    for (size_t i = 0; i < from->n_axes; i++)
        axes[i] = from->axes[i];
    to = assay_array_new(full_scale <= G_MAXUINT8 ? ASSAY_U8 : ASSAY_U16, from->n_axes, from->shape,
                         axes, G_MAXSIZE, error);
    if (to == NULL)
        return FALSE;
    if (!round_values(from, unit, full_scale, to, &clipped))
        return TRUE;
    *n_clipped += clipped;
    changed = assay_json_copy(meta);
    assay_json_unset(changed, "range");
    assay_json_set_integer(changed, "full_scale", full_scale);
    assay_sample_take_field(sample, field, g_steal_pointer(&to), changed);
    return TRUE;
}

gboolean
assay_quantise(AssaySample *sample, guint full_scale, guint64 *n_clipped, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    for (size_t i = 0; fields[i] != NULL; i++) {
        if (!quantise_field(sample, fields[i], full_scale, n_clipped, error))
            return FALSE;
    }
    return TRUE;
}
