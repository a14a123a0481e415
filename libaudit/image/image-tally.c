/* image/image-tally.c - whether the values of an array are pixels, before any of it goes out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "image-private.h"

/* How far from a multiple of 1/255 a float may be, in 1/255: v / 127.5 - 1 in single precision is
 * off by some 3e-5. */
#define QUANTISED_WITHIN 1e-3

AssayImageTally
assay_image_tally_new(AssayType type)
{
    return (AssayImageTally){
        .type = type, .low = (double)INFINITY, .high = -(double)INFINITY, .is_quantised = TRUE
    };
}

gboolean
assay_image_tally_is_needed(AssayType type, const AssayImageConfig *config)
{
    return config->has_range || (type != ASSAY_U8 && type != ASSAY_U16);
}

void
assay_image_tally_add(AssayImageTally *self, const AssayImageConfig *config, const double *values,
                      size_t n)
{
    double low = config->has_range ? config->low : 0;
    double width = config->has_range ? config->high - config->low : 1;

    for (size_t i = 0; i < n && !self->has_bad; i++) {
        double unit = (values[i] - low) / width, steps = unit * 255;

        if (!isfinite(values[i])) {
            self->has_bad = TRUE;
            self->bad_index = self->n + i;
            self->bad = values[i];
        }
        self->low = MIN(self->low, values[i]);
        self->high = MAX(self->high, values[i]);
        self->n_outside += unit < 0 || unit > 1;
        self->is_quantised = self->is_quantised && fabs(steps - round(steps)) <= QUANTISED_WITHIN;
    }
    self->n += n;
}

/* "item 3, row 0, column 17": where a flat index is, and which item that is. */
static char *
print_place(const AssayImageTally *self, size_t n_axes, const size_t *shape,
            const char *const *axes, guint64 *item)
{
    guint64 index = self->bad_index;
    g_autoptr(GString) place = g_string_new(NULL);

    for (size_t i = n_axes; i-- > 0;) {
        guint64 at = i > 0 ? index % MAX(shape[i], 1) : index + self->item_start;
        g_autofree char *part =
            g_strdup_printf("%s%s %" G_GUINT64_FORMAT, i > 0 ? ", " : "", axes[i], at);

        *item = at;
        g_string_prepend(place, part);
        index /= MAX(shape[i], 1);
    }
    return g_strdup(place->str);
}

/* The range that such values mostly mean. */
static const char *
guess_range(const AssayImageTally *self)
{
    gboolean is_float = self->type == ASSAY_F32 || self->type == ASSAY_F64;

    if (is_float && self->low >= -1 && self->high <= 1)
        return "-1:1";
    if (self->low >= 0 && self->high <= 255 && (!is_float || self->high > 2))
        return "0:255";
    return NULL;
}

static gboolean
refuse(const AssayImageTally *self, const char *label, GError **error)
{
    char low[ASSAY_TEXT_NUMBER_SIZE], high[ASSAY_TEXT_NUMBER_SIZE];
    const char *guess = guess_range(self);

    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: its values, %s, go from %s to %s; say which mean black and white, as in "
                "--range=%s%s",
                label, assay_type_name(self->type), assay_text_double_digits(low, self->low, 6),
                assay_text_double_digits(high, self->high, 6), guess != NULL ? guess : "0:1",
                guess != NULL ? "" : ", if they leave that on purpose");
    return FALSE;
}

gboolean
assay_image_tally_finish(const AssayImageTally *self, const AssayImageConfig *config,
                         const char *label, size_t n_axes, const size_t *shape,
                         const char *const *axes, AssayJson *meta, GError **error)
{
    gboolean is_float = self->type == ASSAY_F32 || self->type == ASSAY_F64;

    if (self->has_bad) {
        guint64 item = 0;
        g_autofree char *place = print_place(self, n_axes, shape, axes, &item);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: %s: the value is %g, no pixel",
                    label, place, self->bad);
        if (strcmp(axes[0], "item") == 0)
            assay_error_blame_item(error, item);
        return FALSE;
    }
    if (!config->has_range && self->n > 0 && (!is_float || self->n_outside > 0))
        return refuse(self, label, error);
    if (config->has_range) {
        AssayJson *range = assay_json_array();

        assay_json_append_take(range, assay_json_real(config->low));
        assay_json_append_take(range, assay_json_real(config->high));
        assay_json_set_take(meta, "range", range);
        assay_json_set_integer(meta, "outside_range", (gint64)self->n_outside);
    }
    assay_json_set_bool(meta, "quantised", self->is_quantised);
    return TRUE;
}

/* What is known of the values of @more, which come behind those of @self. */
static void
merge(AssayImageTally *self, const AssayImageTally *more)
{
    self->low = MIN(self->low, more->low);
    self->high = MAX(self->high, more->high);
    self->n_outside += more->n_outside;
    self->is_quantised = self->is_quantised && more->is_quantised;
    self->n += more->n;
}

/* The tally of a file of arrays, block by block. Items lie one behind the other; those that have
 * values that are none are not counted, as the stage leaves them out one by one. */
typedef struct {
    const AssayImageConfig *config;
    AssayImageTally tally, item;
    size_t item_values; /* 0: there are no items, or they do not lie one behind the other */
    AssayNpyHeader header;
    const char *const *axes;
    double *values;
    size_t n_values;
    GError *error; /* of want of memory, which ends the looking */
} Census;

static gboolean
looks(const AssayCensus *census, const AssayNpyHeader *header)
{
    return assay_image_tally_is_needed(header->type, census->config);
}

static gpointer
begin(const AssayCensus *census, const AssayNpyHeader *header, const char *const *axes)
{
    Census *self = g_new0(Census, 1);

    self->config = census->config;
    self->header = *header;
    self->axes = axes;
    self->tally = self->item = assay_image_tally_new(header->type);
    if (strcmp(axes[0], "item") == 0 && !header->fortran) {
        self->item_values = 1;
        for (size_t i = 1; i < header->n_axes; i++)
            self->item_values *= header->shape[i]; /* which the values of all items are more than */
    }
    return self;
}

static void
count_items(Census *self, size_t n)
{
    for (size_t at = 0, some; at < n; at += some) {
        some = MIN(n - at, self->item_values - (size_t)self->item.n);
        assay_image_tally_add(&self->item, self->config, self->values + at, some);
        if (self->item.n < self->item_values)
            continue;
        if (!self->item.has_bad)
            merge(&self->tally, &self->item);
        self->item = assay_image_tally_new(self->item.type);
    }
}

static void
count(gpointer state, const AssayNpyHeader *header, const void *values, size_t n)
{
    Census *self = state;
    AssayNpyHeader flat = *header;
    g_autoptr(AssayArray) array = NULL;

    if (n == 0 || self->error != NULL)
        return;
    flat.n_axes = 1;
    flat.shape[0] = n;
    flat.fortran = FALSE; /* the order of places is another, nothing else */
    array = assay_npy_decode(&flat, values, flat.shape, G_MAXSIZE, &self->error);
    if (array == NULL)
        return;
    if (n > self->n_values) {
        self->values = g_renew(double, self->values, n);
        self->n_values = n;
    }
    assay_array_values(array, 0, n, self->values);
    if (self->item_values > 0)
        count_items(self, n);
    else
        assay_image_tally_add(&self->tally, self->config, self->values, n);
}

static gboolean
finish(gpointer state, const char *label, AssayJson *meta, GError **error)
{
    Census *self = state;

    if (self->error != NULL) {
        g_propagate_prefixed_error(error, g_steal_pointer(&self->error), "%s: ", label);
        return FALSE;
    }
    if (self->header.truth && !self->config->has_range)
        assay_json_set_integer(meta, "full_scale", 1);
    if (!assay_image_tally_is_needed(self->header.type, self->config))
        return TRUE;
    if (self->header.fortran) /* then the place is counted in another order: say the index alone */
        return assay_image_tally_finish(&self->tally, self->config, label, 1, self->header.shape,
                                        (const char *const[]){ "index" }, meta, error);
    return assay_image_tally_finish(&self->tally, self->config, label, self->header.n_axes,
                                    self->header.shape, self->axes, meta, error);
}

static void
free_census(gpointer state)
{
    Census *self = state;

    g_clear_error(&self->error);
    g_free(self->values);
    g_free(self);
}

AssayCensus
assay_image_census(const AssayImageConfig *config)
{
    return (AssayCensus){ looks, begin, count, finish, free_census, config };
}

static const AssayImageConfig default_config = ASSAY_IMAGE_CONFIG_DEFAULT;
static const AssayCensus default_census = { looks,  begin,       count,
                                            finish, free_census, &default_config };

const AssayPictureArrays assay_image_arrays = { .census = &default_census };
