/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array-piece-private.h"

#include <string.h>

#include "../base/error.h"

struct AssayArrayPiece {
    char *path, *label, *field;
    const char *const *axes;
    AssayJson *meta;
    AssayType type;
    size_t n_axes, shape[ASSAY_MAX_AXES];
    guint64 at;
    size_t bytes, max_bytes;
};

AssayArrayPiece *
assay_array_piece_new(const AssayArrayScan *scan, const AssayArrayPart *part, guint64 at,
                      size_t count)
{
    const AssayNpyHeader *header = &part->header;
    AssayArrayPiece *self = g_new0(AssayArrayPiece, 1);

    self->path = g_strdup(scan->file->path);
    self->label = g_strdup(part->label);
    self->field = g_strdup(part->field);
    self->axes = part->axes;
    self->meta = assay_json_ref(scan->meta);
    self->type = header->type;
    self->n_axes = header->n_axes;
    memcpy(self->shape, header->shape, sizeof self->shape);
    self->shape[0] = count;
    self->at = at;
    self->bytes = part->n_values / header->shape[0] * count * header->file_size;
    self->max_bytes = scan->config->max_bytes;
    return self;
}

void
assay_array_piece_free(AssayArrayPiece *self)
{
    if (self == NULL)
        return;
    g_free(self->path);
    g_free(self->label);
    g_free(self->field);
    assay_json_unref(self->meta);
    g_free(self);
}

size_t
assay_array_piece_bytes(const AssayArrayPiece *self)
{
    return self->bytes;
}

gboolean
assay_array_piece_load(AssayArrayPiece *self, AssaySample *sample, GError **error)
{
    g_autoptr(AssayInput) input = assay_input_open_at(self->path, self->at, error);
    g_autoptr(AssayArray) array = NULL;
    size_t got;

    if (input == NULL)
        return FALSE;
    array =
        assay_array_new_unset(self->type, self->n_axes, self->shape, NULL, self->max_bytes, error);
    if (array == NULL || !assay_input_read_into(input, array->data, self->bytes, &got, error))
        return FALSE;
    if (got < self->bytes) {
        assay_array_set_shorter(self->label, error);
        return FALSE;
    }
    assay_array_name_axes(array, self->axes);
    assay_sample_take_field(sample, self->field, g_steal_pointer(&array),
                            assay_json_copy(self->meta));
    return TRUE;
}
