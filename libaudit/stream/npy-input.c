/* stream/npy-input.c - a .npy that is read from its start, and its values before they are decoded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"

gboolean
assay_npy_read_header(AssayInput *input, const char *name, AssayNpyHeader *header, GError **error)
{
    size_t size = ASSAY_NPY_MAX_HEADER, got;
    const guint8 *data;
    guint8 skipped[256];

    if (!assay_input_peek(input, &data, &size, error) ||
        !assay_npy_header_parse(data, size, name, header, error))
        return FALSE;
    /* All of it is there, since it has been parsed. */
    for (size_t left = header->data_offset; left > 0; left -= got) {
        if (!assay_input_read_into(input, skipped, MIN(left, sizeof skipped), &got, error))
            return FALSE;
        g_assert(got > 0);
    }
    return TRUE;
}

gboolean
assay_npy_is_whole(const AssayNpyHeader *header)
{
    return header->type != ASSAY_F32 && header->type != ASSAY_F64;
}

size_t
assay_npy_count_non_finite(const AssayNpyHeader *header, const void *values, size_t n)
{
    /* All bits of the exponent are set; they are in the two highest bytes. */
    size_t size = header->file_size, count = 0;
    guint8 high = header->half ? 0x7c : 0x7f, low = header->half ? 0 : size == 4 ? 0x80 : 0xf0;
    size_t high_at = header->swapped ? 0 : size - 1, low_at = header->swapped ? 1 : size - 2;
    const guint8 *at = values;

    if (assay_npy_is_whole(header))
        return 0;
    for (size_t i = 0; i < n; i++, at += size)
        count += (at[high_at] & high) == high && (at[low_at] & low) == low;
    return count;
}
