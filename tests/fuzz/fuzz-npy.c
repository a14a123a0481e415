/* fuzz/fuzz-npy.c - bytes as a .npy; what is read is written, and read again as the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/stream/npy.h>
#include <stdint.h>
#include <string.h>

#define MAX_BYTES ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayArray) array = assay_npy_parse(data, size, "x.npy", MAX_BYTES, &error);
    g_autoptr(AssayArray) again = NULL;
    g_autoptr(GByteArray) npy = NULL;

    g_assert((array == NULL) == (error != NULL));
    if (array == NULL)
        return 0;
    npy = g_byte_array_new();
    assay_npy_append_header(npy, array->type, array->n_axes, array->shape);
    g_byte_array_append(npy, array->data, (guint)assay_array_bytes(array));
    again = assay_npy_parse(npy->data, npy->len, "x.npy", MAX_BYTES, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(again->type, ==, array->type);
    g_assert_cmpuint(again->n_axes, ==, array->n_axes);
    g_assert_cmpint(memcmp(again->shape, array->shape, sizeof array->shape), ==, 0);
    g_assert_cmpint(memcmp(again->data, array->data, assay_array_bytes(array)), ==, 0);
    return 0;
}
