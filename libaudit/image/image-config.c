/* image/image-config.c - the options of pictures, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "image-private.h"

/* The largest side, crop or place that can be typed. */
enum { MAX_SIDE = 1 << 24 };

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
read_number(const char **at, size_t max, size_t *number)
{
    size_t n = 0;

    if (!g_ascii_isdigit(**at))
        return FALSE;
    while (g_ascii_isdigit(**at) && n <= max)
        n = n * 10 + (size_t)(*(*at)++ - '0');
    *number = n;
    return n <= max;
}

static gboolean
read_sides(const char **at, size_t *width, size_t *height)
{
    if (!read_number(at, MAX_SIDE, width) || **at != 'x')
        return FALSE;
    ++*at;
    return read_number(at, MAX_SIDE, height) && *width > 0 && *height > 0;
}

static gboolean
set_size(AssayImageConfig *self, const char *value, GError **error)
{
    const char *at = value;

    return (read_sides(&at, &self->width, &self->height) && *at == '\0') ||
           refuse("size", value, "give width and height in pixels, as in 64x64", error);
}

static gboolean
read_place(const char **at, size_t *place)
{
    if (**at != '+')
        return FALSE;
    ++*at;
    return read_number(at, MAX_SIDE, place);
}

static gboolean
set_crop(AssayImageConfig *self, const char *value, GError **error)
{
    const char *at = value;
    gboolean is_read = read_sides(&at, &self->crop_width, &self->crop_height);

    self->has_place = is_read && *at != '\0';
    if (self->has_place)
        is_read = read_place(&at, &self->crop_x) && read_place(&at, &self->crop_y) && *at == '\0';
    return is_read ||
           refuse("crop", value,
                  "give width and height of what is kept from the centre, as in 108x108, or its "
                  "left and top edge too, as in 108x108+35+55",
                  error);
}

/* "rgb", "a" or "0,2". */
static gboolean
read_picks(AssayImageConfig *self, const char *value)
{
    const char *at = value;

    self->n_picks = 0;
    while (*at != '\0') {
        size_t index;

        if (self->n_picks == ASSAY_IMAGE_MAX_PICKS)
            return FALSE;
        if (!g_ascii_isdigit(*value)) {
            if (strchr("rgba", *at) == NULL)
                return FALSE;
            self->picks[self->n_picks++] = (guint32)*at++;
            continue;
        }
        if (!read_number(&at, ASSAY_IMAGE_MAX_PICKS, &index) || (*at != '\0' && *at != ','))
            return FALSE;
        self->picks[self->n_picks++] = (guint32)index;
        if (*at == ',' && *++at == '\0')
            return FALSE;
    }
    return self->n_picks > 0;
}

static gboolean
set_channels(AssayImageConfig *self, const char *value, GError **error)
{
    if (!read_picks(self, value))
        return refuse("channels", value,
                      "give letters of r, g, b and a, as in rgb, or numbers from 0 on with commas "
                      "between, as in 0,1,2",
                      error);
    g_free(self->channels);
    self->channels = g_strdup(value);
    return TRUE;
}

static gboolean
set_range(AssayImageConfig *self, const char *value, GError **error)
{
    const char *colon = strchr(value, ':');
    char *end;

    self->low = g_ascii_strtod(value, &end);
    self->has_range = colon != NULL && end == colon && end > value;
    if (self->has_range) {
        self->high = g_ascii_strtod(colon + 1, &end);
        self->has_range = *end == '\0' && end > colon + 1 && isfinite(self->low) &&
                          isfinite(self->high) && self->low < self->high &&
                          isfinite(self->high - self->low);
    }
    return self->has_range ||
           refuse("range", value, "give the values that mean black and white, as in -1:1", error);
}

static gboolean
set_axes(AssayImageConfig *self, const char *value, GError **error)
{
    static const char *const names[] = { "row", "column", "item", "channel" };
    g_auto(GStrv) axes = g_strsplit(value, ",", -1);
    guint n = g_strv_length(axes), known = 0, n_known = 0;

    for (guint i = 0; i < n; i++) {
        for (guint k = 0; k < G_N_ELEMENTS(names); k++) {
            if (strcmp(axes[i], names[k]) == 0 && (known >> k & 1) == 0) {
                known |= 1u << k;
                n_known++;
            }
        }
    }
    if ((known & 3) != 3 || n != n_known || (n > 0 && (known & 4) != 0 && strcmp(axes[0], "item")))
        return refuse("axes", value,
                      "name row and column, and where they are there channel, and item before all "
                      "others, in the order of the array, as in item,channel,row,column",
                      error);
    g_strfreev(self->axes);
    self->axes = g_steal_pointer(&axes);
    return TRUE;
}

gboolean
assay_image_config_set(AssayImageConfig *self, const char *key, const char *value, GError **error)
{
    if (strcmp(key, "channels") == 0)
        return set_channels(self, value, error);
    if (strcmp(key, "crop") == 0)
        return set_crop(self, value, error);
    if (strcmp(key, "size") == 0)
        return set_size(self, value, error);
    if (strcmp(key, "range") == 0)
        return set_range(self, value, error);
    if (strcmp(key, "axes") == 0)
        return set_axes(self, value, error);
    if (strcmp(key, "grey") == 0) {
        self->grey = strcmp(value, "yes") == 0;
        return self->grey || strcmp(value, "no") == 0 ||
               refuse(key, value, "give yes or no", error);
    }
    if (strcmp(key, "full-scale") == 0) {
        self->wide_scale = strcmp(value, "256") == 0;
        return self->wide_scale || strcmp(value, "255") == 0 ||
               refuse(key, value, "give 255, or 256 where 1.0 stands behind the largest value",
                      error);
    }
    if (strcmp(key, "quantise") == 0) {
        self->quantise = strcmp(value, "8") == 0;
        return self->quantise || refuse(key, value, "give 8, the bits of a value", error);
    }
    if (strcmp(key, "from") == 0) {
        if (value[0] == '\0' || strchr(value, '/') != NULL || !g_utf8_validate(value, -1, NULL))
            return refuse(key, value, "give what follows the dot in a member's name, as in jpg",
                          error);
        g_free(self->from);
        self->from = g_strdup(value);
        return TRUE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "pictures have no option \"%s\"", key);
    return FALSE;
}

void
assay_image_plan(const AssayImageConfig *config, AssayPictureArrays *pictures)
{
    const size_t most_channels = 4, widest = assay_type_size(ASSAY_F32);

    pictures->value_bytes = config->has_range ? widest : 0;
    pictures->item_bytes = 0;
    if (config->width > 0) /* sides are below 2^25 */
        pictures->item_bytes = config->width * config->height * most_channels * widest;
}

void
assay_image_config_clear(AssayImageConfig *self)
{
    g_clear_pointer(&self->channels, g_free);
    g_clear_pointer(&self->axes, g_strfreev);
    g_clear_pointer(&self->from, g_free);
}

static void
set_text(AssayJson *options, const char *key, char *text)
{
    assay_json_set_string(options, key, text);
    g_free(text);
}

AssayJson *
assay_image_config_options(const AssayImageConfig *self)
{
    AssayJson *options = assay_json_object();

    assay_json_set_string(options, "grey", self->grey ? "yes" : "no");
    assay_json_set_string(options, "full-scale", self->wide_scale ? "256" : "255");
    if (self->channels != NULL)
        assay_json_set_string(options, "channels", self->channels);
    if (self->crop_width > 0 && self->has_place)
        set_text(options, "crop",
                 g_strdup_printf("%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT
                                 "+%" G_GSIZE_FORMAT,
                                 self->crop_width, self->crop_height, self->crop_x, self->crop_y));
    else if (self->crop_width > 0)
        set_text(options, "crop",
                 g_strdup_printf("%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT, self->crop_width,
                                 self->crop_height));
    if (self->width > 0)
        set_text(
            options, "size",
            g_strdup_printf("%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT, self->width, self->height));
    if (self->quantise)
        assay_json_set_string(options, "quantise", "8");
    return options;
}
