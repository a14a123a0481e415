/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "idx.h"

#include <string.h>

#include "../base/error.h"
#include "../base/gunzip.h"

enum { MAGIC = 4, MAX_IDX_AXES = 4, MAX_HEADER = MAGIC + 4 * MAX_IDX_AXES };

static const struct {
    guint8 code;
    AssayType type;
} types[] = {
    { 0x08, ASSAY_U8 },  { 0x09, ASSAY_I8 },  { 0x0b, ASSAY_I16 },
    { 0x0c, ASSAY_I32 }, { 0x0d, ASSAY_F32 }, { 0x0e, ASSAY_F64 },
};

static gboolean
read_magic(const guint8 *data, size_t size, AssayNpyHeader *header)
{
    if (size < MAGIC || data[0] != 0 || data[1] != 0 || data[3] < 1 || data[3] > MAX_IDX_AXES)
        return FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (types[i].code != data[2])
            continue;
        *header = (AssayNpyHeader){ .type = types[i].type,
                                    .file_size = assay_type_size(types[i].type),
                                    .n_axes = data[3],
                                    .data_offset = MAGIC + 4 * (size_t)data[3] };
        header->swapped = header->file_size > 1 && G_BYTE_ORDER == G_LITTLE_ENDIAN;
        return TRUE;
    }
    return FALSE;
}

gboolean
assay_idx_sniff(const guint8 *data, size_t size, gboolean *is_gzip)
{
    guint8 unpacked[MAGIC];
    AssayNpyHeader header;

    *is_gzip = assay_gunzip_sniff(data, size);
    if (*is_gzip) {
        size = assay_gunzip_peek(data, size, unpacked, MAGIC);
        data = unpacked;
    }
    return read_magic(data, size, &header);
}

gboolean
assay_idx_read_header(AssayInput *input, const char *name, AssayNpyHeader *header, GError **error)
{
    guint8 data[MAX_HEADER];
    size_t got, rest;

    if (!assay_input_read_into(input, data, MAGIC, &got, error))
        return FALSE;
    if (!read_magic(data, got, header)) {
        g_set_error(error, ASSAY_ERROR, got < MAGIC ? ASSAY_ERROR_TRUNCATED : ASSAY_ERROR_FORMAT,
                    "%s: no IDX file begins so: two zeros, a type from 8 to 14, and 1 to %d axes",
                    name, MAX_IDX_AXES);
        return FALSE;
    }
    rest = header->data_offset - MAGIC;
    if (!assay_input_read_into(input, data + MAGIC, rest, &got, error))
        return FALSE;
    if (got < rest) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: ends at byte %" G_GSIZE_FORMAT ", within its header", name, MAGIC + got);
        return FALSE;
    }
    for (size_t i = 0; i < header->n_axes; i++) {
        guint32 entry;

        memcpy(&entry, data + MAGIC + 4 * i, sizeof entry);
        header->shape[i] = GUINT32_FROM_BE(entry);
    }
    return TRUE;
}

static AssayJson *
read_values(AssayInput *input, const char *name, GError **error)
{
    g_autoptr(AssayJson) labels = assay_json_array();
    g_autoptr(GBytes) bytes = NULL;
    AssayNpyHeader header;
    const guint8 *values;
    size_t n;

    if (!assay_idx_read_header(input, name, &header, error))
        return NULL;
    if (header.n_axes != 1 || header.type != ASSAY_U8) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: is an IDX file of %" G_GSIZE_FORMAT
                    " axes and type %s; those of labels have one, and type u8",
                    name, header.n_axes, assay_type_name(header.type));
        return NULL;
    }
    bytes = assay_input_read_all(input, ASSAY_MAX_LABELS, error);
    if (bytes == NULL ||
        !assay_npy_check_size(&header, header.data_offset + g_bytes_get_size(bytes), name, &n,
                              error))
        return NULL;
    values = g_bytes_get_data(bytes, NULL);
    for (size_t i = 0; i < n; i++)
        assay_json_append_take(labels, assay_json_integer(values[i]));
    return g_steal_pointer(&labels);
}

AssayJson *
assay_idx_read_labels(AssayInput *input, GError **error)
{
    g_autoptr(AssayInput) unpacked = NULL;
    const guint8 *data;
    size_t size = MAGIC;

    if (!assay_input_peek(input, &data, &size, error))
        return NULL;
    if (!assay_gunzip_sniff(data, size))
        return read_values(input, assay_input_name(input), error);
    unpacked = assay_gunzip_new(input, FALSE, ASSAY_MAX_LABELS + MAX_HEADER, error);
    return unpacked == NULL ? NULL : read_values(unpacked, assay_input_name(input), error);
}
