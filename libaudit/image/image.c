/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../media/picture.h"
#include "image-private.h"
#include "resize.h"

enum { MAX_LISTED = 20 };

/* Whether a member of a foreign stream is a picture; *medium says of which kind. */
static gboolean
is_picture(const AssayMember *member, const AssayMedium **medium)
{
    size_t size;
    const void *data;

    if (member->field != NULL || member->bytes == NULL)
        return FALSE;
    data = g_bytes_get_data(member->bytes, &size);
    for (size_t i = 0; assay_image_media[i] != NULL; i++) {
        *medium = assay_image_media[i];
        if ((*medium)->sniff(data, size))
            return TRUE;
    }
    return FALSE;
}

/* The member of @sample that is a picture, or the one that --from names. */
static gboolean
find_member(const AssayImageConfig *config, const AssaySample *sample, AssayMember *found,
            const AssayMedium **medium, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    const AssayMedium *kind;
    AssayMember member;
    guint n = 0;

    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        if (!is_picture(&member, &kind))
            continue;
        if (config->from != NULL && strcmp(config->from, member.suffix) != 0)
            continue;
        if (++n <= MAX_LISTED)
            g_string_append_printf(list, "%s%s", n > 1 ? ", " : "", member.suffix);
        *found = member;
        *medium = kind;
    }
    if (n == 1)
        return TRUE;
    if (n > 1)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has several pictures: %s; choose with --from, as in --from=%s",
                    assay_sample_name(sample), list->str, found->suffix);
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no picture%s%s: no \"pixels\" or \"array\", and no member that is a "
                    "PNG, JPEG or PNM",
                    assay_sample_name(sample), config->from != NULL ? " " : "",
                    config->from != NULL ? config->from : "");
    return FALSE;
}

/* Adds "array" from a member of a foreign stream. */
static gboolean
decode_member(const AssayImageConfig *config, AssaySample *sample, GError **error)
{
    const AssayMedium *medium = NULL;
    AssayMember member = { .suffix = NULL };

    if (!find_member(config, sample, &member, &medium, error))
        return FALSE;
    if (!medium->decode(sample, member.bytes, config->max_bytes, error)) {
        g_prefix_error(error, "%s.%s: ", assay_sample_name(sample), member.suffix);
        return FALSE;
    }
    return TRUE;
}

static void
note_size(AssayJson *meta, const AssayPixelLayout *layout)
{
    AssayJson *size;

    if (assay_json_get(meta, "original_size") != NULL)
        return;
    size = assay_json_array();
    assay_json_append_take(size, assay_json_integer((gint64)layout->height));
    assay_json_append_take(size, assay_json_integer((gint64)layout->width));
    assay_json_set_take(meta, "original_size", size);
}

static void
copy_crop(const AssayArray *from, const AssayPixelLayout *layout, size_t x, size_t y,
          AssayArray *to, const AssayPixelLayout *wanted)
{
    size_t pixel = layout->n_channels * assay_type_size(from->type), row = wanted->width * pixel;
    guint8 *out = to->data;

    for (size_t i = 0; i < layout->n_items; i++) {
        for (size_t k = 0; k < wanted->height; k++, out += row)
            memcpy(out,
                   (const guint8 *)from->data +
                       ((i * layout->height + y + k) * layout->width + x) * pixel,
                   row);
    }
}

/* @pixels: (transfer full) */
static AssayArray *
crop(const AssayImageConfig *config, AssayArray *pixels, const char *name, AssayJson *meta,
     GError **error)
{
    g_autoptr(AssayArray) own = pixels;
    AssayPixelLayout layout, wanted;
    AssayArray *result;
    size_t x, y;

    if (config->crop_width == 0)
        return g_steal_pointer(&own);
    if (!assay_pixel_layout(own, name, &layout, error))
        return NULL;
    wanted = layout;
    wanted.width = config->crop_width;
    wanted.height = config->crop_height;
    x = config->crop_x;
    y = config->crop_y;
    if (x + wanted.width > layout.width || y + wanted.height > layout.height) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: is %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                    ", smaller than what --crop is to leave of it",
                    name, layout.width, layout.height);
        return NULL;
    }
    if (!config->has_place) {
        x = (layout.width - wanted.width) / 2;
        y = (layout.height - wanted.height) / 2;
    }
    result = assay_pixels_new(own->type, &wanted, config->max_bytes, error);
    if (result == NULL)
        return NULL;
    copy_crop(own, &layout, x, y, result, &wanted);
    note_size(meta, &layout);
    return result;
}

/* @pixels: (transfer full) */
static AssayArray *
resize(const AssayImageConfig *config, AssayArray *pixels, const char *name, AssayJson *meta,
       GError **error)
{
    g_autoptr(AssayArray) own = pixels;
    AssayPixelLayout layout;

    if (config->width == 0)
        return g_steal_pointer(&own);
    if (!assay_pixel_layout(own, name, &layout, error))
        return NULL;
    note_size(meta, &layout);
    return assay_resize_area(own, name, config->width, config->height, config->max_bytes, error);
}

/* @pixels: (transfer full) */
static AssayArray *
quantise(const AssayImageConfig *config, AssayArray *pixels, AssayJson *meta, GError **error)
{
    g_autoptr(AssayArray) own = pixels;
    double full = assay_json_peek_real(assay_json_get(meta, "full_scale"));
    double wanted = config->wide_scale ? 256 : 255;
    size_t n = assay_array_count(own);
    AssayArray *result;
    guint64 clipped = 0;

    if (!config->quantise || own->type == ASSAY_U8)
        return g_steal_pointer(&own);
    result = assay_array_new(ASSAY_U8, own->n_axes, own->shape, (const char *const *)own->axes,
                             config->max_bytes, error);
    if (result == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        double value = floor(assay_array_value(own, i) / full * wanted + 0.5);

        clipped += value < 0 || value > 255;
        ((guint8 *)result->data)[i] = (guint8)CLAMP(value, 0, 255);
    }
    assay_json_set_real(meta, "full_scale", wanted);
    assay_json_set_integer(meta, "clipped", (gint64)clipped);
    return result;
}

/* The array that pixels are made of: taken out, or a copy of pixels, which keep their place. */
static AssayArray *
take_array(AssaySample *sample, gboolean is_anew, GError **error)
{
    const AssayArray *pixels;

    if (!is_anew)
        return assay_sample_steal_field(sample, "array", error);
    pixels = assay_sample_field(sample, "pixels", error);
    return pixels == NULL ? NULL : assay_array_copy(pixels, error);
}

/* Whether pixels of 8 bits whose scale is known are left as they are, and what is known of them. */
static gboolean
leaves_alone(const AssayImageConfig *config, const AssayArray *array, const AssayJson *meta)
{
    return array->type == ASSAY_U8 && assay_json_get(meta, "full_scale") != NULL &&
           config->channels == NULL && !config->grey && config->crop_width == 0 &&
           config->width == 0 && !config->wide_scale;
}

/* @array: (transfer full): becomes pixels; @meta gets what is known of them. */
static AssayArray *
make_pixels(const AssayImageConfig *config, AssayArray *array, const AssaySample *sample,
            AssayJson *meta, GError **error)
{
    const char *name = assay_sample_name(sample);
    AssayArray *pixels =
        assay_image_scale(config, array, name, assay_sample_item_start(sample), meta, error);

    if (pixels != NULL)
        pixels = assay_image_pick(config, pixels, name, meta, error);
    if (pixels != NULL)
        pixels =
            assay_image_grey(config, pixels, name, assay_sample_item_start(sample), meta, error);
    if (pixels != NULL)
        pixels = crop(config, pixels, name, meta, error);
    if (pixels != NULL)
        pixels = resize(config, pixels, name, meta, error);
    if (pixels != NULL)
        pixels = quantise(config, pixels, meta, error);
    return pixels;
}

static gboolean
apply(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    AssayImageConfig config = *(const AssayImageConfig *)stage->config;
    gboolean is_anew = assay_sample_has(sample, "pixels");
    const char *field = is_anew ? "pixels" : "array";
    g_autoptr(AssayJson) meta = NULL;
    const AssayJson *known;
    AssayArray *array, *pixels;

    (void)state;
    if (!assay_sample_has(sample, field) && !decode_member(&config, sample, error))
        return FALSE;
    known = assay_sample_field_meta(sample, field);
    meta = known != NULL ? assay_json_ref(known) : assay_json_object();
    if (is_anew) /* their scale is known, and may be the wide one already */
        config.wide_scale = FALSE;
    array = take_array(sample, is_anew, error);
    if (array == NULL)
        return FALSE;
    if (!leaves_alone(&config, array, meta))
        meta = assay_json_own(g_steal_pointer(&meta));
    pixels = make_pixels(&config, array, sample, meta, error);
    if (pixels == NULL)
        return FALSE;
    if (strcmp(pixels->axes[0], "item") == 0 && !assay_sample_has_items(sample))
        assay_sample_set_items(sample, 0, pixels->shape[0]);
    assay_sample_take_field(sample, "pixels", pixels, g_steal_pointer(&meta));
    return TRUE;
}

static void
free_config(gpointer data)
{
    assay_image_config_clear(data);
    g_free(data);
}

AssayStage *
assay_image_stage(const AssayImageConfig *config)
{
    AssayStage *stage = g_new0(AssayStage, 1);
    AssayImageConfig *own = g_new(AssayImageConfig, 1);

    *own = *config;
    own->channels = g_strdup(config->channels);
    own->axes = g_strdupv(config->axes);
    own->from = g_strdup(config->from);
    stage->tool = "assay-image";
    stage->options = assay_image_config_options(own);
    stage->field = "pixels";
    stage->apply = apply;
    stage->remakes = TRUE;
    stage->config = own;
    stage->config_free = free_config;
    return stage;
}
