/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upconv.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../feature/planes.h"
#include "baseline.h"

/* How a value of the result comes from reduced ones, along an axis: from @n of them, beginning with
 * @first, which may lie beyond the edge. The first has @weight, the others @more. */
typedef struct {
    gint64 first;
    size_t n;
    double weight, more;
} Taps;

/* A picture of @height by @width pixels of @channels, and what it is between: reduced, and reduced
 * in its rows alone. */
typedef struct {
    const AssayUpconvConfig *config;
    size_t height, width, channels;
    size_t low_height, low_width;
    AssayArray *low, *tall, *values;
    Taps *rows, *columns;
} Work;

/* Which reduced value, of @n_low, is the @k-th of @taps. */
static size_t
tap(const Taps *taps, size_t k, size_t n_low)
{
    gint64 index = taps->first + (gint64)k;

    return index < 0 ? 0 : MIN((size_t)index, n_low - 1);
}

/* The nails within reach of @at stand at multiples of the factor, and half a factor more. */
static Taps
nail_taps(const AssayUpconvConfig *config, gint64 at)
{
    gint64 factor = config->factor, reach = config->kernel / 2, middle = (factor - 1) / 2;
    gint64 from = at - middle - reach, to = at - middle + reach;
    gint64 first = from <= 0 ? -(-from / factor) : (from + factor - 1) / factor;
    gint64 last = to >= 0 ? to / factor : -((-to + factor - 1) / factor);
    double weight = (double)factor / config->kernel;

    return (Taps){ first, last < first ? 0 : (size_t)(last - first + 1), weight, weight };
}

static Taps
find_taps(const AssayUpconvConfig *config, size_t at)
{
    double place = ((double)at + 0.5) / config->factor - 0.5, below = floor(place);

    if (config->method == ASSAY_UPCONV_NAILS)
        return nail_taps(config, (gint64)at);
    if (config->method == ASSAY_UPCONV_NEAREST)
        return (Taps){ (gint64)(at / config->factor), 1, 1, 0 };
    return (Taps){ (gint64)below, 2, 1 - (place - below), place - below };
}

static Taps *
new_taps(const AssayUpconvConfig *config, size_t n)
{
    Taps *taps = g_try_new(Taps, n);

    for (size_t i = 0; taps != NULL && i < n; i++)
        taps[i] = find_taps(config, i);
    return taps;
}

static AssayArray *
new_plane(size_t height, size_t width, size_t channels, GError **error)
{
    const size_t shape[] = { height, width, channels };

    return assay_array_new(ASSAY_F64, 3, shape, NULL, G_MAXSIZE, error);
}

static gboolean
begin(Work *self, GError **error)
{
    guint factor = self->config->factor;

    self->low_height = (self->height + factor - 1) / factor;
    self->low_width = (self->width + factor - 1) / factor;
    if ((self->low = new_plane(self->low_height, self->low_width, self->channels, error)) == NULL ||
        (self->tall = new_plane(self->low_height, self->width, self->channels, error)) == NULL ||
        (self->values = new_plane(1, self->width, self->channels, error)) == NULL)
        return FALSE;
    self->rows = new_taps(self->config, self->height);
    self->columns = new_taps(self->config, self->width);
    if (self->rows != NULL && self->columns != NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "no memory for pictures of %" G_GSIZE_FORMAT " by %" G_GSIZE_FORMAT, self->height,
                self->width);
    return FALSE;
}

static void
end(Work *self)
{
    assay_array_free(self->low);
    assay_array_free(self->tall);
    assay_array_free(self->values);
    g_free(self->rows);
    g_free(self->columns);
}

/* Adds @weight times the row @from to the row @to. */
static void
add_row(double *to, const double *from, double weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += weight * from[i];
}

/* How many of @n pixels block @index has. */
static double
block_size(const Work *self, size_t index, size_t n)
{
    size_t factor = self->config->factor;

    return (double)MIN(factor, n - index * factor);
}

/* Means of blocks, from the picture that begins at flat index @start. */
static void
reduce(Work *self, const AssayArray *array, size_t start)
{
    size_t row = self->width * self->channels, factor = self->config->factor;
    double *low = self->low->data, *values = self->values->data;

    memset(low, 0, assay_array_bytes(self->low));
    for (size_t y = 0; y < self->height; y++) {
        double *sums = low + y / factor * self->low_width * self->channels;
        const double *value = values;

        assay_array_values(array, start + y * row, row, values);
        for (size_t x = 0; x < self->width; x += factor, sums += self->channels) {
            for (size_t k = MIN(factor, self->width - x); k > 0; k--, value += self->channels)
                add_row(sums, value, 1, self->channels);
        }
    }
    for (size_t y = 0; y < self->low_height; y++) {
        for (size_t x = 0; x < self->low_width; x++) {
            double n = block_size(self, y, self->height) * block_size(self, x, self->width);

            for (size_t c = 0; c < self->channels; c++)
                *low++ /= n;
        }
    }
}

static void
widen(Work *self)
{
    const double *low = self->low->data;
    double *tall = self->tall->data;

    memset(tall, 0, assay_array_bytes(self->tall));
    for (size_t y = 0; y < self->low_height; y++, low += self->low_width * self->channels) {
        for (size_t x = 0; x < self->width; x++, tall += self->channels) {
            const Taps *taps = &self->columns[x];

            for (size_t k = 0; k < taps->n; k++)
                add_row(tall, low + tap(taps, k, self->low_width) * self->channels,
                        k == 0 ? taps->weight : taps->more, self->channels);
        }
    }
}

#define STORE(type, convert)                                                                       \
    for (size_t i = 0; i < n; i++)                                                                 \
        ((type *)array->data)[start + i] = (type)(convert);                                        \
    break

/* @top: of integers, the largest. */
static void
store(AssayArray *array, size_t start, const double *values, size_t n, double top)
{
    switch (array->type) {
    case ASSAY_U8:
        STORE(guint8, CLAMP(floor(values[i] + 0.5), 0, top));
    case ASSAY_U16:
        STORE(guint16, CLAMP(floor(values[i] + 0.5), 0, top));
    case ASSAY_F32:
        STORE(float, values[i]);
    default:
        STORE(double, values[i]);
    }
}

static void
heighten(Work *self, AssayArray *array, size_t start, double top)
{
    size_t row = self->width * self->channels;
    const double *tall = self->tall->data;
    double *values = self->values->data;

    for (size_t y = 0; y < self->height; y++) {
        const Taps *taps = &self->rows[y];

        memset(values, 0, row * sizeof *values);
        for (size_t k = 0; k < taps->n; k++)
            add_row(values, tall + tap(taps, k, self->low_height) * row,
                    k == 0 ? taps->weight : taps->more, row);
        store(array, start + y * row, values, row, top);
    }
}

/* Every picture into @to, which has their shape. */
static gboolean
convert(const AssayUpconvConfig *config, const AssayPlanes *planes, AssayArray *to, GError **error)
{
    Work work = { .config = config,
                  .height = planes->n_rows,
                  .width = planes->n_columns,
                  .channels = planes->n_channels };
    size_t size = planes->n_rows * planes->n_columns * planes->n_channels;
    double top = MIN(planes->full_scale, to->type == ASSAY_U8 ? G_MAXUINT8 : G_MAXUINT16);
    gboolean is_ready = planes->n_items == 0 || begin(&work, error);

    for (size_t i = 0; is_ready && i < planes->n_items; i++) {
        reduce(&work, planes->array, i * size);
        widen(&work);
        heighten(&work, to, i * size, floor(top));
    }
    end(&work);
    return is_ready;
}

/* The planes of @field, which must be pictures. */
static gboolean
open_pictures(AssayPlanes *planes, AssaySample *sample, const char *field, GError **error)
{
    AssayType type;

    if (!assay_planes_look(planes, sample, field, error))
        return FALSE;
    type = planes->array->type;
    if (!planes->by_column &&
        (type == ASSAY_U8 || type == ASSAY_U16 || type == ASSAY_F32 || type == ASSAY_F64))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"%s\" holds %s of %s; upconv takes pictures of u8, u16, f32 or f64",
                planes->sample, field, planes->by_column ? "time steps" : "pictures",
                assay_type_name(type));
    return FALSE;
}

AssaySample *
assay_upconv_make(const AssayUpconvConfig *config, AssaySample *sample, GError **error)
{
    const char *field = config->field != NULL ? config->field : "pixels";
    g_autoptr(AssaySample) made = assay_sample_new(assay_sample_name(sample));
    g_auto(AssayPlanes) planes = { 0 };
    g_autoptr(AssayArray) result = NULL;
    g_autoptr(AssayJson) options = assay_upconv_options(config);
    const AssayJson *meta = assay_sample_field_meta(sample, field);
    const AssayArray *array;

    if (!open_pictures(&planes, sample, field, error))
        return NULL;
    array = planes.array;
    result = assay_array_new(array->type, array->n_axes, array->shape,
                             (const char *const *)array->axes, G_MAXSIZE, error);
    if (result == NULL || !convert(config, &planes, result, error)) {
        g_prefix_error(error, "%s: ", assay_sample_name(sample));
        return NULL;
    }
    if (planes.has_items)
        assay_sample_set_items(made, assay_sample_item_start(sample), array->shape[0]);
    assay_sample_set_stages(made, assay_sample_stages(sample));
    assay_baseline_set_source(
        made, "upconv", options,
        assay_json_peek_string(assay_json_get(assay_sample_source(sample), "sha256")));
    assay_sample_take_field(made, field, g_steal_pointer(&result),
                            meta == NULL ? NULL : assay_json_copy(meta));
    return g_steal_pointer(&made);
}
