/* image/image-scale.c - arrays of any type and order as pixels on one scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "image-private.h"

enum { AT_ONCE = 4096 };

/* [item,] row, column [, channel], whatever the order was. */
static AssayArray *
order_axes(AssayArray *array, const char *name, GError **error)
{
    g_autoptr(AssayArray) own = array;
    static const char *const names[] = { "item", "row", "column", "channel" };
    size_t order[G_N_ELEMENTS(names)], n = 0;
    gboolean is_ordered = TRUE;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        int axis = assay_array_axis(array, names[i]);

        if (axis < 0)
            continue;
        is_ordered = is_ordered && (size_t)axis == n;
        order[n++] = (size_t)axis;
    }
    if (n == array->n_axes && assay_array_axis(array, "row") >= 0 &&
        assay_array_axis(array, "column") >= 0)
        return is_ordered ? g_steal_pointer(&own) : assay_array_transpose(array, order, error);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: the axes of its array are not those of pictures: row, column, perhaps channel "
                "and item; name them with --axes, as in --axes=item,channel,row,column",
                name);
    return NULL;
}

/* A channel axis of one is none. */
static void
drop_channel_axis(AssayArray *pixels)
{
    size_t last = pixels->n_axes - 1;

    if (strcmp(pixels->axes[last], "channel") != 0 || pixels->shape[last] != 1)
        return;
    g_free(pixels->axes[last]);
    pixels->axes[last] = NULL;
    pixels->n_axes--;
}

/* @pixels as f32, on the scale of the range. */
static AssayArray *
to_unit(const AssayImageConfig *config, const AssayArray *pixels, const char *name,
        size_t item_start, AssayJson *meta, GError **error)
{
    double low = config->has_range ? config->low : 0;
    double width = config->has_range ? config->high - config->low : 1;
    g_autoptr(AssayArray) unit =
        assay_array_new(ASSAY_F32, pixels->n_axes, pixels->shape, (const char *const *)pixels->axes,
                        config->max_bytes, error);
    AssayImageTally tally = assay_image_tally_new(pixels->type);
    size_t n = assay_array_count(pixels);
    double values[AT_ONCE];

    tally.item_start = item_start;
    if (unit == NULL) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    for (size_t start = 0; start < n && !tally.has_bad; start += AT_ONCE) {
        size_t count = MIN(n - start, AT_ONCE);

        assay_array_values(pixels, start, count, values);
        assay_image_tally_add(&tally, config, values, count);
        for (size_t i = 0; i < count; i++)
            ((float *)unit->data)[start + i] = (float)((values[i] - low) / width);
    }
    /* What the census has said of the whole is not said again of a piece. */
    if ((tally.has_bad || assay_json_get(meta, "quantised") == NULL) &&
        !assay_image_tally_finish(&tally, config, name, pixels->n_axes, pixels->shape,
                                  (const char *const *)pixels->axes, meta, error))
        return NULL;
    return g_steal_pointer(&unit);
}

/* What a file of one picture says itself of its values, or whoever made the array; 1 where nobody
 * has said it. */
static gboolean
known_scale(const AssayJson *meta, const char *name, double *full, GError **error)
{
    const AssayJson *value = assay_json_get(meta, "full_scale");

    *full = value == NULL ? 1 : assay_json_is_number(value) ? assay_json_peek_real(value) : 0;
    if (isfinite(*full) && *full > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                "%s: full_scale in the metadata of its array is no number above 0; it is the value "
                "that stands for 1, as 255",
                name);
    return FALSE;
}

AssayArray *
assay_image_scale(const AssayImageConfig *config, AssayArray *array, const char *name,
                  size_t item_start, AssayJson *meta, GError **error)
{
    gboolean is_known = assay_json_get(meta, "full_scale") != NULL;
    g_autoptr(AssayArray) pixels = order_axes(array, name, error);
    AssayImageConfig own = *config;
    double full;

    if (pixels == NULL || !known_scale(meta, name, &full, error))
        return NULL;
    drop_channel_axis(pixels);
    own.has_range = own.has_range && !is_known;
    if (pixels->type != ASSAY_U8 && pixels->type != ASSAY_U16 && full != 1) {
        own.has_range = TRUE;
        own.low = 0;
        own.high = full;
    }
    if (assay_image_tally_is_needed(pixels->type, &own)) {
        AssayArray *unit = to_unit(&own, pixels, name, item_start, meta, error);

        if (unit == NULL)
            return NULL;
        assay_array_free(pixels);
        pixels = unit;
    }
    if (pixels->type == ASSAY_F32)
        full = 1;
    else if (!is_known)
        full = pixels->type == ASSAY_U8 ? 255 : 65535;
    if (own.wide_scale && pixels->type != ASSAY_F32 && full > 1)
        full += 1;
    if (!is_known || full != assay_json_peek_real(assay_json_get(meta, "full_scale")))
        assay_json_set_real(meta, "full_scale", full);
    return g_steal_pointer(&pixels);
}
