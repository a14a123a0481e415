/* stream/array-reader.c - files of arrays as samples: whole, or piece by piece.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "array-piece-private.h"
#include "array-scan-private.h"
#include "source-private.h"
#include "stream.h"

struct AssayArrayReader {
    AssayArrayScan *scan;
    GPtrArray *inputs; /* of each part */
    gboolean is_cut;
    size_t next_item, n_items; /* one item, where there is no item axis */
    size_t end;                /* behind the last item that is wanted */
    size_t item_bytes;         /* of all parts together, decoded */
    size_t cut;                /* the most bytes of a piece */
};

/* Bytes of a piece for each label: labels of all items go with every piece as text, which takes as
 * long to write and read as some hundred times its bytes of values. */
enum { BYTES_A_LABEL = 128 };

static const AssayArrayPart *
get_part(const AssayArrayReader *self, guint index)
{
    return self->scan->parts->pdata[index];
}

static size_t
item_values(const AssayArrayReader *self, const AssayArrayPart *part)
{
    return self->n_items == 0 ? 0 : part->n_values / self->n_items;
}

/* What an item of @part takes, as it is read or as it is made later on. */
static size_t
made_bytes(const AssayArrayReader *self, const AssayArrayPart *part)
{
    const AssayPictureArrays *pictures = self->scan->config->pictures;
    size_t n = item_values(self, part), bytes = assay_array_part_bytes(part, n), wide;

    if (pictures == NULL)
        return bytes;
    if (g_size_checked_mul(&wide, n, pictures->value_bytes))
        bytes = MAX(bytes, wide);
    return MAX(bytes, pictures->item_bytes);
}

/* How the values are cut into items. In Fortran order they do not lie together: all of them are
 * read at once. */
static void
plan_items(AssayArrayReader *self)
{
    self->n_items = self->scan->has_items ? get_part(self, 0)->header.shape[0] : 1;
    self->end = self->scan->has_items ? assay_array_part_taken(self->scan, self->n_items) : 1;
    self->is_cut = self->scan->has_items;
    for (guint i = 0; i < self->scan->parts->len; i++) {
        const AssayArrayPart *part = get_part(self, i);

        self->item_bytes += made_bytes(self, part);
        self->is_cut = self->is_cut && !part->header.fortran;
    }
    self->cut = MAX(ASSAY_STREAM_CUT, assay_json_size(self->scan->labels) * BYTES_A_LABEL);
    self->cut = MIN(self->cut, ASSAY_STREAM_PIECE);
}

AssayArrayReader *
assay_array_reader_new(AssayInput *input, const AssayFile *file, const AssaySourceConfig *config,
                       GError **error)
{
    g_autoptr(AssayArrayReader) self = g_new0(AssayArrayReader, 1);

    self->inputs = g_ptr_array_new_with_free_func((GDestroyNotify)assay_input_free);
    self->scan = assay_array_scan_new(input, file, config, error);
    if (self->scan == NULL)
        return NULL;
    plan_items(self);
    for (guint i = 0; i < self->scan->parts->len; i++) {
        AssayInput *values = assay_array_scan_open(self->scan, get_part(self, i), error);

        if (values == NULL)
            return NULL;
        g_ptr_array_add(self->inputs, values);
    }
    return g_steal_pointer(&self);
}

void
assay_array_reader_free(AssayArrayReader *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->inputs);
    assay_array_scan_free(self->scan);
    g_free(self);
}

/* @size bytes of a part, from the current place of its input. */
static gboolean
read_bytes(AssayArrayReader *self, guint index, void *bytes, size_t size, GError **error)
{
    size_t got;

    if (!assay_input_read_into(self->inputs->pdata[index], bytes, size, &got, error))
        return FALSE;
    if (got == size)
        return TRUE;
    assay_array_set_shorter(get_part(self, index)->label, error);
    return FALSE;
}

static AssayArray *
read_decoded(AssayArrayReader *self, guint index, const size_t *shape, size_t size, GError **error)
{
    const AssayArrayPart *part = get_part(self, index);
    g_autofree guint8 *values = g_try_malloc(MAX(size, 1));

    if (values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory for %" G_GSIZE_FORMAT " bytes", part->label, size);
        return NULL;
    }
    if (!read_bytes(self, index, values, size, error))
        return NULL;
    return assay_npy_decode(&part->header, values, shape, self->scan->config->max_bytes, error);
}

/* @count items of a part, from the current place of its input. */
static AssayArray *
read_items(AssayArrayReader *self, guint index, size_t count, GError **error)
{
    const AssayArrayPart *part = get_part(self, index);
    const AssayNpyHeader *header = &part->header;
    size_t shape[ASSAY_MAX_AXES], size = item_values(self, part) * count * header->file_size;
    g_autoptr(AssayArray) array = NULL;

    memcpy(shape, header->shape, sizeof shape);
    if (self->scan->has_items)
        shape[0] = count;
    if (!assay_npy_is_plain(header)) {
        array = read_decoded(self, index, shape, size, error);
    } else {
        array = assay_array_new_unset(header->type, header->n_axes, shape, NULL,
                                      self->scan->config->max_bytes, error);
        if (array != NULL && !read_bytes(self, index, array->data, size, error))
            return NULL;
    }
    if (array != NULL)
        assay_array_name_axes(array, part->axes);
    return g_steal_pointer(&array);
}

static void
set_source(const AssayArrayReader *self, AssaySample *sample)
{
    const AssayArrayScan *scan = self->scan;
    AssayJson *source;

    assay_sample_set_source(sample, scan->file->shown, scan->format, scan->sha256);
    source = assay_json_get(assay_sample_meta(sample), "source");
    if (scan->parts->len == 1 && get_part(self, 0)->member != NULL)
        assay_json_set_string(source, "member", get_part(self, 0)->member);
    if (scan->non_finite > 0)
        assay_json_set_integer(source, "non_finite", (gint64)scan->non_finite);
    if (self->end < self->n_items)
        assay_json_set_integer(source, "items", (gint64)self->n_items);
    if (scan->labels != NULL)
        assay_json_set_take(assay_sample_meta(sample), "label", assay_json_ref(scan->labels));
    if (scan->coarse_labels != NULL)
        assay_json_set_take(assay_sample_meta(sample), "coarse_label",
                            assay_json_ref(scan->coarse_labels));
    if (scan->other_members > 0)
        assay_json_set_integer(source, "other_members", (gint64)scan->other_members);
}

/* @count items of every part. */
static gboolean
read_parts(AssayArrayReader *self, AssaySample *sample, size_t count, GError **error)
{
    for (guint i = 0; i < self->scan->parts->len; i++) {
        AssayArray *array = read_items(self, i, count, error);

        if (array == NULL)
            return FALSE;
        assay_sample_take_field(sample, get_part(self, i)->field, array,
                                assay_json_copy(self->scan->meta));
    }
    return TRUE;
}

/* Where the next items begin in the file. */
static guint64
next_byte(const AssayArrayReader *self, const AssayArrayPart *part)
{
    return part->header.data_offset +
           (guint64)self->next_item * item_values(self, part) * part->header.file_size;
}

AssaySample *
assay_array_reader_next(AssayArrayReader *self, AssayArrayPiece **piece, gboolean *is_last,
                        GError **error)
{
    const AssayArrayPart *first = get_part(self, 0);
    const AssaySourceConfig *config = self->scan->config;
    size_t left = self->end - self->next_item, count = left;
    g_autoptr(AssaySample) sample = NULL;

    if (self->is_cut && self->item_bytes > 0)
        count = MIN(left, MAX(MIN(self->cut, config->max_bytes) / self->item_bytes, 1));
    *is_last = count == left;
    *piece = NULL;
    sample = assay_sample_new(self->scan->file->name);
    set_source(self, sample);
    if (count < self->end && assay_array_part_lies_open(self->scan, first))
        *piece = assay_array_piece_new(self->scan, first, next_byte(self, first), count);
    else if (!read_parts(self, sample, count, error))
        return NULL;
    if (self->scan->has_items) {
        assay_sample_set_items(sample, self->next_item, count);
        assay_sample_set_whole(sample, self->end);
    }
    self->next_item += count;
    return g_steal_pointer(&sample);
}

gboolean
assay_array_reader_rest(const AssayArrayReader *self, size_t *start, size_t *n_items)
{
    *start = self->next_item;
    *n_items = self->end - self->next_item;
    return self->scan->has_items;
}
