/* stream/array-part.c - one array is looked through: its axes, its size, its values to their end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "array-part-private.h"

#include <string.h>

#include "../base/error.h"

enum { BLOCK = 65536, MOST_CHANNELS = 4 };

void
assay_array_part_free(AssayArrayPart *part)
{
    if (part == NULL)
        return;
    g_free(part->member);
    g_free(part->label);
    g_free(part->field);
    g_free(part);
}

size_t
assay_array_part_bytes(const AssayArrayPart *part, size_t n)
{
    return n * assay_type_size(part->header.type);
}

AssayArrayPart *
assay_array_part_new(const AssayArrayScan *self, const char *member, size_t index)
{
    const AssayArrayConfig *arrays = self->config->arrays;
    AssayArrayPart *part = g_new0(AssayArrayPart, 1);

    part->member = g_strdup(member);
    part->label = member == NULL ? g_strdup(self->file->shown)
                                 : g_strdup_printf("%s: array %s", self->file->shown, member);
    part->field = g_strdup(arrays == NULL             ? "array"
                           : arrays->members->len > 1 ? member
                                                      : arrays->field);
    part->axes = arrays == NULL ? self->config->array_axes : assay_array_config_axes(arrays, index);
    return part;
}

/* The axes that an array of pictures mostly has: what is as short as channels are, behind longer
 * ones, is that. */
static const char *
picture_axes(const AssayNpyHeader *header)
{
    const size_t *shape = header->shape;
    size_t n = header->n_axes;
    gboolean has_channel = n >= 3 && shape[n - 1] <= MOST_CHANNELS && shape[1] > MOST_CHANNELS;

    if (n == 4)
        return has_channel ? "item,row,column,channel" : "item,channel,row,column";
    if (n == 3)
        return has_channel && shape[0] > MOST_CHANNELS ? "row,column,channel" : "item,row,column";
    return n == 2 ? "row,column" : NULL;
}

static const char *
usual_axes(const AssayArrayScan *self, const AssayArrayPart *part)
{
    static const char *const any[] = { "item", "item,column", "item,row,column",
                                       "item,row,column,channel" };

    return self->config->pictures != NULL ? picture_axes(&part->header)
                                          : any[CLAMP(part->header.n_axes, 1, 4) - 1];
}

/* Without names for the axes: the ones that an array of so many mostly has. */
static void
ask_for_axes(const AssayArrayScan *self, const AssayArrayPart *part, GError **error)
{
    const char *usual = usual_axes(self, part);
    size_t n = part->header.n_axes;
    g_autoptr(GString) hint = g_string_new(self->config->array_hint);

    if (self->config->arrays != NULL && usual == NULL) {
        g_string_assign(hint, "pictures have two, or three or four with item and channel; "
                              "assay-array makes a stream of others");
    } else if (self->config->arrays != NULL && n == 0) {
        g_string_assign(hint, "a single value has none, so give an empty list, --axes=");
    } else if (self->config->arrays != NULL) {
        g_string_printf(hint, "name them with --axes, as in --axes=%s", usual);
        for (size_t i = 4; i < n; i++)
            g_string_append_printf(hint, ",axis%" G_GSIZE_FORMAT, i);
    } else if (hint->len == 0) {
        g_string_assign(hint, "this program takes a sample stream; assay-roll --axes makes one of "
                              "rolls, assay-array --axes of others");
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "%s: is an array of %" G_GSIZE_FORMAT " ax%ss; %s", part->label, n,
                n == 1 ? "i" : "e", hint->str);
}

static gboolean
check_axes(const AssayArrayScan *self, const AssayArrayPart *part, GError **error)
{
    size_t n_axes = part->header.n_axes;
    size_t n = part->axes == NULL ? 0 : g_strv_length((char **)part->axes);
    g_autofree char *list = NULL;

    if (part->axes != NULL && n == n_axes)
        return TRUE;
    if (part->axes == NULL) {
        ask_for_axes(self, part, error);
        return FALSE;
    }
    list = g_strjoinv(",", (char **)part->axes);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: has %" G_GSIZE_FORMAT " ax%ss, --axes names %" G_GSIZE_FORMAT " (%s)",
                part->label, n_axes, n_axes == 1 ? "i" : "e", n, list);
    return FALSE;
}

gboolean
assay_array_part_has_items(const AssayArrayPart *part)
{
    return part->header.n_axes > 0 && strcmp(part->axes[0], "item") == 0;
}

gboolean
assay_array_part_shape(const AssayArrayScan *self, AssayArrayPart *part, GError **error)
{
    const AssayNpyHeader *header = &part->header;

    if (!check_axes(self, part, error))
        return FALSE;
    /* Twice as much, for float16, must not overflow either. */
    if (!assay_shape_count(header->n_axes, header->shape, header->file_size, G_MAXSSIZE / 2,
                           &part->n_values)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: its shape overflows", part->label);
        return FALSE;
    }
    if (assay_array_part_has_items(part) && header->shape[0] > 0 && part->n_values == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: has %" G_GSIZE_FORMAT " items, and no value in them", part->label,
                    header->shape[0]);
        return FALSE;
    }
    return TRUE;
}

/* In Fortran order the items do not lie together: all of them are held at once. */
gboolean
assay_array_part_limit(const AssayArrayScan *self, const AssayArrayPart *part, GError **error)
{
    gboolean is_cut = assay_array_part_has_items(part) && !part->header.fortran;
    size_t at_once = assay_array_part_bytes(
        part, is_cut ? part->n_values / MAX(part->header.shape[0], 1) : part->n_values);

    if (at_once <= self->config->max_bytes)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: a sample would take %" G_GSIZE_FORMAT " bytes; --max-sample raises the limit",
                part->label, at_once);
    return FALSE;
}

size_t
assay_array_part_taken(const AssayArrayScan *self, size_t n)
{
    const AssayPictureArrays *pictures = self->config->pictures;

    return pictures == NULL || pictures->take == 0 ? n : MIN(n, pictures->take);
}

gboolean
assay_array_part_lies_open(const AssayArrayScan *self, const AssayArrayPart *part)
{
    return assay_array_part_has_items(part) && assay_npy_is_plain(&part->header) &&
           part->member == NULL && self->parts->len == 1 && self->spool == NULL && !self->is_gzip &&
           self->cifar_labels == 0;
}

void
assay_array_set_shorter(const char *label, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                "%s: became shorter while it was being read", label);
}

/* Reads up to @wanted bytes of values and counts what is not finite among them; @census, if there
 * is one, looks at the first @n_looked. */
static gboolean
read_values(AssayArrayScan *self, AssayInput *input, const AssayNpyHeader *header, guint64 wanted,
            gpointer census, guint64 n_looked, guint64 *got, GError **error)
{
    g_autofree guint8 *block = NULL;
    size_t n = 1;

    if (census == NULL && assay_npy_is_whole(header))
        return assay_input_skip(input, wanted, got, error);
    block = g_malloc(BLOCK);
    for (*got = 0; *got < wanted && n > 0; *got += n) {
        size_t n_values;

        if (!assay_input_read_into(input, block, (size_t)MIN(wanted - *got, BLOCK), &n, error))
            return FALSE;
        n_values = n / header->file_size;
        self->non_finite += assay_npy_count_non_finite(header, block, n_values);
        if (census != NULL)
            self->config->pictures->census->count(census, header, block,
                                                  (size_t)MIN(n_looked, n_values));
        n_looked -= MIN(n_looked, n_values);
    }
    return TRUE;
}

gboolean
assay_array_part_all(AssayArrayScan *self, AssayInput *input, const AssayNpyHeader *header,
                     guint64 *got, GError **error)
{
    return read_values(self, input, header, G_MAXUINT64, NULL, 0, got, error);
}

/* Reads the values of a part; what the census says of them becomes metadata. */
static gboolean
look_through(AssayArrayScan *self, const AssayArrayPart *part, AssayInput *input, guint64 *got,
             GError **error)
{
    const AssayNpyHeader *header = &part->header;
    const AssayCensus *census =
        self->config->pictures == NULL ? NULL : self->config->pictures->census;
    size_t n_items = assay_array_part_has_items(part) ? MAX(header->shape[0], 1) : 1;
    guint64 wanted = (guint64)part->n_values * header->file_size;
    guint64 looked =
        (guint64)part->n_values / n_items *
        (assay_array_part_has_items(part) ? assay_array_part_taken(self, header->shape[0]) : 1);
    gpointer state;
    gboolean is_read;

    if (census == NULL)
        return read_values(self, input, header, wanted, NULL, 0, got, error);
    state = census->begin(census, header, part->axes);
    is_read = read_values(self, input, header, wanted, census->looks(census, header) ? state : NULL,
                          looked, got, error) &&
              (*got < wanted || census->finish(state, part->label, self->meta, error));
    census->free(state);
    return is_read;
}

gboolean
assay_array_part_array(AssayArrayScan *self, AssayArrayPart *part, AssayInput *input,
                       GError **error)
{
    return assay_npy_read_header(input, part->label, &part->header, error) &&
           assay_array_part_values(self, part, input, error);
}

gboolean
assay_array_part_values(AssayArrayScan *self, AssayArrayPart *part, AssayInput *input,
                        GError **error)
{
    size_t more = 1;
    const guint8 *data;
    guint64 got;

    if (!assay_array_part_shape(self, part, error) || !assay_array_part_limit(self, part, error) ||
        !look_through(self, part, input, &got, error) ||
        !assay_npy_check_size(&part->header, part->header.data_offset + (size_t)got, part->label,
                              &part->n_values, error) ||
        !assay_input_peek(input, &data, &more, error))
        return FALSE;
    if (more == 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: bytes follow its last value, from byte %" G_GUINT64_FORMAT " on", part->label,
                part->header.data_offset + got);
    return FALSE;
}
