/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-private.h"

#include <string.h>

#include "../base/error.h"

const AssayMedium *const assay_image_media[] = { &assay_png_medium, &assay_jpeg_medium,
                                                 &assay_pnm_medium, NULL };

static const char *const axes[] = { "row", "column", "channel", NULL };

AssayArray *
assay_picture_new(AssayType type, size_t width, size_t height, size_t n_channels, size_t max_bytes,
                  GError **error)
{
    const size_t shape[] = { height, width, n_channels };

    return assay_array_new(type, n_channels > 1 ? 3 : 2, shape, axes, max_bytes, error);
}

AssayJson *
assay_picture_meta(double full_scale, guint bit_depth, const char *colour)
{
    AssayJson *meta = assay_json_object();

    assay_json_set_real(meta, "full_scale", full_scale);
    assay_json_set_integer(meta, "bit_depth", bit_depth);
    assay_json_set_string(meta, "colour", colour);
    return meta;
}

gboolean
assay_picture_refuse_start(const char *kind, size_t size, GError **error)
{
    if (size == 0)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "is empty");
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "byte 0: no %s begins so", kind);
    return FALSE;
}

gboolean
assay_picture_refuse_size(size_t width, size_t height, size_t size, GError **error)
{
    if (width == 0 || height == 0)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "is a picture of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " pixels", width,
                    height);
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "claims %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    " pixels, which its %" G_GSIZE_FORMAT " bytes cannot hold",
                    width, height, size);
    return FALSE;
}

/* Where the pixel at @row, @column of the upright picture lies in one of @height x @width that is
 * stored with @orientation: as Exif 2.3 names the sides that row 0 and column 0 are. */
static size_t
stored_at(guint orientation, size_t height, size_t width, size_t row, size_t column)
{
    gboolean is_swapped = orientation >= 5;
    size_t i = is_swapped ? column : row, k = is_swapped ? row : column;

    if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        i = height - 1 - i;
    if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        k = width - 1 - k;
    return i * width + k;
}

static AssayArray *
turn(const AssayArray *pixels, guint orientation, GError **error)
{
    size_t height = pixels->shape[0], width = pixels->shape[1];
    size_t n_channels = pixels->n_axes == 3 ? pixels->shape[2] : 1;
    size_t size = n_channels * assay_type_size(pixels->type);
    size_t rows = orientation >= 5 ? width : height, columns = orientation >= 5 ? height : width;
    AssayArray *upright =
        assay_picture_new(pixels->type, columns, rows, n_channels, G_MAXSIZE, error);
    guint8 *out;

    if (upright == NULL)
        return NULL;
    out = upright->data;
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < columns; column++, out += size)
            memcpy(out,
                   (const guint8 *)pixels->data +
                       stored_at(orientation, height, width, row, column) * size,
                   size);
    }
    return upright;
}

static void
set_names(AssayJson *meta, const char *key, const char *const *names, size_t n)
{
    AssayJson *list = assay_json_array();

    for (size_t i = 0; i < n; i++)
        assay_json_append_take(list, assay_json_string(names[i]));
    assay_json_set_take(meta, key, list);
}

void
assay_picture_name_axes(AssayJson *meta, size_t n_channels)
{
    static const char *const names[][4] = { { "grey", "alpha" },
                                            { "red", "green", "blue" },
                                            { "red", "green", "blue", "alpha" } };

    set_names(meta, "axes", axes, n_channels > 1 ? 3 : 2);
    if (n_channels > 1)
        set_names(meta, "channels", names[n_channels - 2], n_channels);
}

gboolean
assay_picture_take(AssaySample *sample, AssayArray *pixels, AssayJson *meta, guint orientation,
                   GError **error)
{
    g_autoptr(AssayArray) own = pixels;
    g_autoptr(AssayJson) own_meta = meta;

    if (orientation != 1) {
        AssayArray *upright = turn(own, orientation, error);

        if (upright == NULL)
            return FALSE;
        assay_array_free(own);
        own = upright;
        own_meta = assay_json_own(g_steal_pointer(&own_meta));
        assay_json_set_integer(own_meta, "orientation", orientation);
    }
    if (assay_json_get(own_meta, "axes") == NULL)
        assay_picture_name_axes(own_meta, own->n_axes == 3 ? own->shape[2] : 1);
    assay_sample_take_field(sample, "array", g_steal_pointer(&own), g_steal_pointer(&own_meta));
    return TRUE;
}
