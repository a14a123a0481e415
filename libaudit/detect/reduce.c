/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reduce-private.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../image/grey.h"
#include "../image/resize.h"

/* Values further out than this are no pictures, and whole numbers are to stay exact. */
#define MAX_VALUE 32767.0

/* Floats that are u8 in truth are off by their rounding; so are averages that should be a half. */
#define ROUNDING (1.0 / 8192)

enum { LEVELS = 255 };

static double
grey_of(const AssayArray *pixels, size_t at, size_t n_channels)
{
    if (n_channels < 3)
        return assay_array_value(pixels, at);
    return assay_grey_of_reals(assay_array_value(pixels, at), assay_array_value(pixels, at + 1),
                               assay_array_value(pixels, at + 2));
}

/* Grey pictures of the same type; @from itself where it is one. */
static AssayArray *
make_grey(const AssayArray *from, const AssayPixelLayout *layout, GError **error)
{
    AssayPixelLayout grey = *layout;
    size_t n = layout->n_items * layout->height * layout->width;
    AssayArray *result;

    grey.n_channels = 1;
    grey.has_channels = FALSE;
    result = assay_pixels_new(from->type, &grey, G_MAXSIZE, error);
    for (size_t i = 0; result != NULL && i < n; i++) {
        double value = grey_of(from, i * layout->n_channels, layout->n_channels);

        if (from->type == ASSAY_U8)
            ((guint8 *)result->data)[i] = (guint8)(value + 0.5);
        else if (from->type == ASSAY_U16)
            ((guint16 *)result->data)[i] = (guint16)(value + 0.5);
        else
            ((float *)result->data)[i] = (float)value;
    }
    return result;
}

static void
set_values(const AssayArray *reduced, size_t item, size_t n, double full_scale, float *values,
           char **fault)
{
    for (size_t k = 0; k < n && *fault == NULL; k++) {
        double value = assay_array_value(reduced, item * n + k) * LEVELS / full_scale;

        if (fabs(value) > MAX_VALUE)
            *fault = g_strdup_printf("has values of more than %d times full scale",
                                     (int)(MAX_VALUE / LEVELS));
        else
            values[k] = (float)floor(value + 0.5 + ROUNDING);
    }
}

/* An infinity may vanish in no average, but meets another one as NaN: floats are looked at first.
 */
static void
find_faults(const AssayArray *pixels, size_t n_items, char **faults)
{
    size_t each = n_items == 0 ? 0 : assay_array_count(pixels) / n_items;

    for (size_t i = 0; pixels->type == ASSAY_F32 && i < n_items; i++) {
        for (size_t k = 0; k < each && faults[i] == NULL; k++) {
            if (!isfinite(((const float *)pixels->data)[i * each + k]))
                faults[i] = g_strdup_printf("value %" G_GSIZE_FORMAT " is not finite", k);
        }
    }
}

gboolean
assay_reduce(const AssayArray *pixels, const char *name, double full_scale, size_t size,
             float *values, char **faults, GError **error)
{
    g_autoptr(AssayArray) grey = NULL, reduced = NULL;
    AssayPixelLayout layout;

    if (!assay_pixel_layout(pixels, name, &layout, error))
        return FALSE;
    if (layout.n_channels > 4) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: pictures of %" G_GSIZE_FORMAT
                    " channels; of at most 4 it is known what is grey of them",
                    name, layout.n_channels);
        return FALSE;
    }
    find_faults(pixels, layout.n_items, faults);
    if (layout.n_channels > 1) {
        grey = make_grey(pixels, &layout, error);
        if (grey == NULL)
            return FALSE;
    }
    reduced = assay_resize_area(grey != NULL ? grey : pixels, name, size, size, G_MAXSIZE, error);
    if (reduced == NULL)
        return FALSE;
    for (size_t i = 0; i < layout.n_items; i++)
        set_values(reduced, i, size * size, full_scale, values + i * size * size, &faults[i]);
    return TRUE;
}

AssayNearestDigest
assay_digest_values(const size_t *shape, size_t n_shape, const void *data, size_t size)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_MD5);
    AssayNearestDigest digest;
    gsize length = sizeof digest;

    g_checksum_update(sum, (const guchar *)shape, (gssize)(n_shape * sizeof *shape));
    g_checksum_update(sum, data, (gssize)size);
    g_checksum_get_digest(sum, (guint8 *)&digest, &length);
    return digest;
}

/* The u8 that a value is, or -1. */
static int
level_of(const AssayArray *pixels, size_t at, double full_scale)
{
    double value, level;

    if (pixels->type == ASSAY_U8 && full_scale <= LEVELS && full_scale >= LEVELS)
        return ((const guint8 *)pixels->data)[at];
    value = assay_array_value(pixels, at) * LEVELS / full_scale;
    level = floor(value + 0.5);
    return level >= 0 && level <= LEVELS && fabs(value - level) < ROUNDING ? (int)level : -1;
}

gboolean
assay_digest_picture(const AssayArray *pixels, const AssayPixelLayout *layout, size_t item,
                     double full_scale, gboolean flipped, AssayNearestDigest *digest)
{
    size_t channels = layout->n_channels, n = layout->height * layout->width * channels;
    size_t unit = assay_type_size(pixels->type);
    const guint8 *data = (const guint8 *)pixels->data + item * n * unit;
    g_autofree guint8 *levels = g_try_malloc(n), *raw = g_try_malloc(n * unit);
    gboolean all_levels = TRUE;
    size_t shape[4] = { layout->height, layout->width, channels, (size_t)pixels->type };

    if ((levels == NULL || raw == NULL) && n > 0)
        return FALSE;
    for (size_t k = 0; k < n; k++) {
        size_t column = k / channels % layout->width, from = k;
        int level;

        if (flipped)
            from = k - column * channels + (layout->width - 1 - column) * channels;
        memcpy(raw + k * unit, data + from * unit, unit);
        level = all_levels ? level_of(pixels, item * n + from, full_scale) : -1;
        all_levels = level >= 0;
        if (all_levels)
            levels[k] = (guint8)level;
    }
    shape[3] = all_levels ? (size_t)ASSAY_U8 : shape[3];
    *digest = all_levels ? assay_digest_values(shape, 4, levels, n)
                         : assay_digest_values(shape, 4, raw, n * unit);
    return TRUE;
}
