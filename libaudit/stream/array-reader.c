/* stream/array-reader.c - .npy files as samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "npy.h"
#include "source-private.h"

struct AssayArrayReader {
    AssayInput *input;
    const AssayFile *file;
    const AssaySourceConfig *config;
    AssayNpyHeader header;
    gboolean has_items;
    size_t next_item, n_items; /* one item, where there is no item axis */
    size_t item_values;
    char *sha256;
};

/* The digest and the size of the whole file; the input is then at its start again. */
static gboolean
measure(AssayArrayReader *self, size_t *size, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(AssayInput) again = NULL;
    const guint8 *data;
    size_t n;

    if (!assay_input_is_regular(self->input)) { /* a pipe cannot be read twice */
        g_autoptr(GBytes) bytes = assay_input_read_all(self->input, self->config->max_bytes, error);

        if (bytes == NULL)
            return FALSE;
        assay_input_free(self->input);
        self->input = assay_input_from_bytes(self->file->shown, bytes);
        self->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
        *size = g_bytes_get_size(bytes);
        return TRUE;
    }
    again = assay_input_open(self->file->path, error);
    if (again == NULL)
        return FALSE;
    *size = 0;
    do {
        if (!assay_input_read(again, &data, &n, error))
            return FALSE;
        g_checksum_update(sum, data, (gssize)n);
        *size += n;
    } while (n > 0);
    self->sha256 = g_strdup(g_checksum_get_string(sum));
    return TRUE;
}

static gboolean
check_axes(const AssayArrayReader *self, GError **error)
{
    const char *const *axes = self->config->array_axes;
    const char *hint = self->config->array_hint;
    size_t n_axes = self->header.n_axes, n = axes == NULL ? 0 : g_strv_length((char **)axes);

    if (axes != NULL && n == n_axes)
        return TRUE;
    if (axes == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: is an array of %" G_GSIZE_FORMAT " axes; %s", self->file->shown, n_axes,
                    hint != NULL ? hint
                                 : "this program takes a sample stream; assay-roll --axes "
                                   "makes one of rolls");
    } else {
        g_autofree char *list = g_strjoinv(",", (char **)axes);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has %" G_GSIZE_FORMAT " axes, --axes names %" G_GSIZE_FORMAT " (%s)",
                    self->file->shown, n_axes, n, list);
    }
    return FALSE;
}

/* What @n_values take once they are decoded; float16 becomes float32. */
static size_t
decoded_bytes(const AssayArrayReader *self, size_t n_values)
{
    return n_values * assay_type_size(self->header.type);
}

/* In Fortran order the items do not lie together: all of them are read at once. */
static gboolean
is_cut(const AssayArrayReader *self)
{
    return self->has_items && !self->header.fortran;
}

/* How the values are cut into items, and whether they can be held. */
static gboolean
plan_items(AssayArrayReader *self, size_t n_values, GError **error)
{
    const AssayNpyHeader *header = &self->header;
    size_t at_once;

    self->has_items = header->n_axes > 0 && strcmp(self->config->array_axes[0], "item") == 0;
    self->n_items = self->has_items ? header->shape[0] : 1;
    self->item_values = self->n_items == 0 ? 0 : n_values / self->n_items;
    if (self->n_items > 0 && self->has_items && n_values == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: has %" G_GSIZE_FORMAT " items, and no value in them", self->file->shown,
                    self->n_items);
        return FALSE;
    }
    at_once = decoded_bytes(self, is_cut(self) ? self->item_values : n_values);
    if (at_once > self->config->max_bytes) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: a sample would take %" G_GSIZE_FORMAT
                    " bytes; --max-sample raises the limit",
                    self->file->shown, at_once);
        return FALSE;
    }
    return TRUE;
}

static gboolean
skip_header(AssayArrayReader *self, GError **error)
{
    guint8 header[256];

    for (size_t left = self->header.data_offset, got; left > 0; left -= got) {
        if (!assay_input_read_into(self->input, header, MIN(left, sizeof header), &got, error))
            return FALSE;
        if (got == 0)
            break; /* the file shrank; reading values will say so */
    }
    return TRUE;
}

AssayArrayReader *
assay_array_reader_new(AssayInput *input, const AssayFile *file, const AssaySourceConfig *config,
                       GError **error)
{
    g_autoptr(AssayArrayReader) self = g_new0(AssayArrayReader, 1);
    size_t size = 0, peeked = ASSAY_NPY_MAX_HEADER, n_values = 0;
    const guint8 *data;

    self->input = input;
    self->file = file;
    self->config = config;
    if (!measure(self, &size, error) || !assay_input_peek(self->input, &data, &peeked, error) ||
        !assay_npy_header_parse(data, peeked, file->shown, &self->header, error) ||
        !check_axes(self, error) ||
        !assay_npy_check_size(&self->header, size, file->shown, &n_values, error) ||
        !plan_items(self, n_values, error) || !skip_header(self, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
assay_array_reader_free(AssayArrayReader *self)
{
    if (self == NULL)
        return;
    assay_input_free(self->input);
    g_free(self->sha256);
    g_free(self);
}

/* @count items from the current place of the input. */
static AssayArray *
read_items(AssayArrayReader *self, size_t count, GError **error)
{
    size_t shape[ASSAY_MAX_AXES], wanted = self->item_values * count * self->header.file_size, got;
    g_autofree guint8 *values = g_try_malloc(MAX(wanted, 1));

    if (values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory for %" G_GSIZE_FORMAT " bytes", self->file->shown, wanted);
        return NULL;
    }
    if (!assay_input_read_into(self->input, values, wanted, &got, error))
        return NULL;
    if (got < wanted) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: became shorter while it was being read", self->file->shown);
        return NULL;
    }
    memcpy(shape, self->header.shape, sizeof shape);
    if (self->has_items)
        shape[0] = count;
    return assay_npy_decode(&self->header, values, shape, self->config->max_bytes, error);
}

AssaySample *
assay_array_reader_next(AssayArrayReader *self, gboolean *is_last, GError **error)
{
    size_t left = self->n_items - self->next_item, count = left;
    size_t item_bytes = decoded_bytes(self, self->item_values);
    AssaySample *sample;
    AssayArray *array;

    if (is_cut(self) && item_bytes > 0)
        count = MIN(left, MAX(MIN(ASSAY_STREAM_PIECE, self->config->max_bytes) / item_bytes, 1));
    *is_last = count == left;
    array = read_items(self, count, error);
    if (array == NULL)
        return NULL;
    assay_array_name_axes(array, self->config->array_axes);
    sample = assay_sample_new(self->file->name);
    assay_sample_set_source(sample, self->file->shown, "npy", self->sha256);
    assay_sample_take_field(sample, "array", array, NULL);
    if (self->has_items)
        assay_sample_set_items(sample, self->next_item, count);
    self->next_item += count;
    return sample;
}
