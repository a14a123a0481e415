/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planes.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../image/grey.h"

/* What planes may be, behind an item axis. */
static const struct {
    const char *axes[3];
    size_t n_axes;
    gboolean by_column;
} shapes[] = {
    { { "row", "column" }, 2, FALSE },
    { { "row", "column", "channel" }, 3, FALSE },
    { { "time", "mel" }, 2, TRUE },
    { { "time", "pitch" }, 2, TRUE },
};

static const char *const candidates[] = { "pixels", "mel", "roll" };

const char *
assay_planes_field(const AssaySample *sample, const char *field, GError **error)
{
    g_autoptr(GString) found = g_string_new(NULL);
    const char *one = NULL;
    size_t n = 0;

    if (field != NULL)
        return field;
    for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++) {
        if (!assay_sample_has(sample, candidates[i]))
            continue;
        one = candidates[i];
        g_string_append_printf(found, "%s%s", n++ > 0 ? ", " : "", one);
    }
    if (n == 1)
        return one;
    if (n > 1) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: which field? name one with --field: %s", assay_sample_name(sample),
                    found->str);
        return NULL;
    } else {
        g_autofree const char **fields = assay_sample_fields(sample);
        g_autofree char *list = g_strjoinv(", ", (char **)fields);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has no pixels, mel or roll (it has %s): %s; --field names another field",
                    assay_sample_name(sample), fields[0] == NULL ? "no field" : list,
                    assay_sample_has(sample, "audio") ? "assay-mel makes mel of sound"
                                                      : "assay-image makes pixels of pictures");
        return NULL;
    }
}

/* Which shape it is, or -1. */
static int
find_shape(const AssayArray *array, gboolean has_items)
{
    size_t skip = has_items ? 1 : 0;

    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        gboolean fits = array->n_axes == shapes[i].n_axes + skip;

        for (size_t k = 0; fits && k < shapes[i].n_axes; k++)
            fits = strcmp(array->axes[k + skip], shapes[i].axes[k]) == 0;
        if (fits)
            return (int)i;
    }
    return -1;
}

static gboolean
refuse_axes(const AssayPlanes *self, GError **error)
{
    g_autoptr(GString) axes = g_string_new(NULL);

    for (size_t i = 0; i < self->array->n_axes; i++)
        g_string_append_printf(axes, "%s%s", i > 0 ? ", " : "", self->array->axes[i]);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"%s\" has the axes [%s]; needed are row and column (and channel), or "
                "time and mel, or time and pitch, behind item if there is one",
                self->sample, self->field, axes->str);
    return FALSE;
}

gboolean
assay_full_scale(AssaySample *sample, const char *field, double *full_scale, GError **error)
{
    const AssayArray *array = assay_sample_field(sample, field, error);
    const AssayJson *value = assay_json_get(assay_sample_field_meta(sample, field), "full_scale");
    gboolean is_picture = strcmp(field, "pixels") == 0;

    if (array == NULL)
        return FALSE;
    *full_scale = is_picture && array->type == ASSAY_U8    ? 255
                  : is_picture && array->type == ASSAY_U16 ? 65535
                                                           : 1;
    if (value == NULL)
        return TRUE;
    *full_scale = assay_json_is_number(value) ? assay_json_peek_real(value) : 0;
    if (isfinite(*full_scale) && *full_scale > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                "%s: field \"%s\": full_scale is no number above 0; it is the value that stands "
                "for 1, as 255",
                assay_sample_name(sample), field);
    return FALSE;
}

#define GREY(type)                                                                                 \
    do {                                                                                           \
        const type *from = colour->data;                                                           \
        type *to = grey->data;                                                                     \
                                                                                                   \
        for (size_t i = 0; i < n; i++, from += 3)                                                  \
            to[i] = (type)assay_grey_of_integers(from[0], from[1], from[2]);                       \
    } while (FALSE)

static void
grey_of_any(const AssayArray *colour, double *to, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double rgb[3];

        assay_array_values(colour, i * 3, 3, rgb);
        to[i] = assay_grey_of_reals(rgb[0], rgb[1], rgb[2]);
    }
}

/* Puts grey in the place of @self's array of three channels, or of one. */
static gboolean
drop_channels(AssayPlanes *self, GError **error)
{
    const AssayArray *colour = self->array;
    gboolean is_exact = colour->type == ASSAY_U8 || colour->type == ASSAY_U16;
    size_t channels = colour->shape[colour->n_axes - 1], n = assay_array_count(colour) / channels;
    AssayArray *grey;

    if (channels != 1 && channels != 3) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has %" G_GSIZE_FORMAT
                    " channels; needed is one, or red, green and blue: assay-image --channels=%s",
                    self->sample, self->field, channels,
                    channels == 2 || channels == 4 ? "rgb leaves alpha out" : "0 picks the first");
        return FALSE;
    }
    grey = assay_array_new(channels == 1 || is_exact ? colour->type : ASSAY_F64, colour->n_axes - 1,
                           colour->shape, (const char *const *)colour->axes, G_MAXSIZE, error);
    if (grey == NULL)
        return FALSE;
    if (channels == 1)
        memcpy(grey->data, colour->data, assay_array_bytes(colour));
    else if (colour->type == ASSAY_U8)
        GREY(guint8);
    else if (colour->type == ASSAY_U16)
        GREY(guint16);
    else
        grey_of_any(colour, grey->data, n);
    self->array = self->own = grey;
    self->n_channels = 1;
    return TRUE;
}

gboolean
assay_planes_look(AssayPlanes *self, AssaySample *sample, const char *field, GError **error)
{
    const AssayArray *array;
    size_t skip;
    int shape;

    *self = (AssayPlanes){ .sample = assay_sample_name(sample) };
    self->field = assay_planes_field(sample, field, error);
    if (self->field == NULL ||
        (self->array = array = assay_sample_field(sample, self->field, error)) == NULL)
        return FALSE;
    self->has_items = assay_array_axis(array, "item") == 0;
    skip = self->has_items ? 1 : 0;
    if ((shape = find_shape(array, self->has_items)) < 0)
        return refuse_axes(self, error);
    if (assay_array_count(array) == 0 && !(self->has_items && array->shape[0] == 0)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has no values: its %s is %" G_GSIZE_FORMAT
                    ", its %s %" G_GSIZE_FORMAT,
                    self->sample, self->field, array->axes[skip], array->shape[skip],
                    array->axes[skip + 1], array->shape[skip + 1]);
        return FALSE;
    }
    if (self->has_items && !assay_sample_has_items(sample)) /* a foreign stream */
        assay_sample_set_items(sample, 0, array->shape[0]);
    self->item_start = assay_sample_item_start(sample);
    self->n_items = self->has_items ? array->shape[0] : 1;
    self->by_column = shapes[shape].by_column;
    self->n_rows = array->shape[skip + (self->by_column ? 1 : 0)];
    self->n_columns = array->shape[skip + (self->by_column ? 0 : 1)];
    self->n_channels = shapes[shape].n_axes == 2 ? 1 : array->shape[skip + 2];
    return assay_full_scale(sample, self->field, &self->full_scale, error);
}

gboolean
assay_planes_open(AssayPlanes *self, AssaySample *sample, const char *field, GError **error)
{
    if (!assay_planes_look(self, sample, field, error))
        return FALSE;
    if (self->n_items == 0 || assay_array_axis(self->array, "channel") < 0)
        return TRUE;
    return drop_channels(self, error);
}

void
assay_planes_clear(AssayPlanes *self)
{
    g_clear_pointer(&self->own, assay_array_free);
    self->array = NULL;
}

void
assay_planes_blame(const AssayPlanes *self, size_t item, GError **error)
{
    if (self->has_items)
        assay_error_blame_item(error, self->item_start + item);
}

char *
assay_planes_identity(const AssayPlanes *self, size_t item)
{
    return self->has_items
               ? g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", self->sample, self->item_start + item)
               : g_strdup(self->sample);
}
