/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pixels.h"

#include <string.h>

#include "../base/error.h"

enum { MAX_AXES = 4 };

static gboolean
is_axis(const AssayArray *pixels, size_t axis, const char *name)
{
    return axis < pixels->n_axes && strcmp(pixels->axes[axis], name) == 0;
}

gboolean
assay_pixel_layout(const AssayArray *pixels, const char *name, AssayPixelLayout *layout,
                   GError **error)
{
    size_t axis = 0;

    *layout = (AssayPixelLayout){ .n_items = 1, .n_channels = 1 };
    layout->has_items = is_axis(pixels, 0, "item");
    if (layout->has_items)
        layout->n_items = pixels->shape[axis++];
    if (!is_axis(pixels, axis, "row") || !is_axis(pixels, axis + 1, "column")) {
        g_autofree char *axes =
            g_strjoinv(", ", (char *[]){ pixels->n_axes > 0 ? pixels->axes[0] : (char *)"none",
                                         pixels->n_axes > 1 ? pixels->axes[1] : NULL,
                                         pixels->n_axes > 2 ? pixels->axes[2] : NULL,
                                         pixels->n_axes > 3 ? pixels->axes[3] : NULL, NULL });

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: its axes are %s; those of pictures are row, column and perhaps channel, "
                    "with item before them where there are several",
                    name, axes);
        return FALSE;
    }
    layout->height = pixels->shape[axis++];
    layout->width = pixels->shape[axis++];
    layout->has_channels = is_axis(pixels, axis, "channel");
    if (layout->has_channels)
        layout->n_channels = pixels->shape[axis++];
    if (axis < pixels->n_axes) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has an axis \"%s\", which pictures have not", name, pixels->axes[axis]);
        return FALSE;
    }
    if (pixels->type != ASSAY_U8 && pixels->type != ASSAY_U16 && pixels->type != ASSAY_F32) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: is of type %s; pictures are u8, u16 or f32", name,
                    assay_type_name(pixels->type));
        return FALSE;
    }
    return TRUE;
}

AssayArray *
assay_pixels_new(AssayType type, const AssayPixelLayout *layout, size_t max_bytes, GError **error)
{
    const char *axes[MAX_AXES + 1] = { NULL };
    size_t shape[MAX_AXES], n = 0;

    if (layout->has_items) {
        axes[n] = "item";
        shape[n++] = layout->n_items;
    }
    axes[n] = "row";
    shape[n++] = layout->height;
    axes[n] = "column";
    shape[n++] = layout->width;
    if (layout->has_channels) {
        axes[n] = "channel";
        shape[n++] = layout->n_channels;
    }
    return assay_array_new(type, n, shape, axes, max_bytes, error);
}
