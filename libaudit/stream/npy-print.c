/* stream/npy-print.c - headers of .npy, as NumPy writes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "npy.h"

enum { PREFIX = 10, ALIGNMENT = 64 };

static char *
put_text(char *out, const char *text)
{
    size_t n = strlen(text);

    memcpy(out, text, n);
    return out + n;
}

/* Not by printf, which takes as long as all else of a small array. */
static char *
put_size(char *out, size_t size)
{
    char digits[3 * sizeof size];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + size % 10);
    while ((size /= 10) > 0);
    memcpy(out, digits + at, sizeof digits - at);
    return out + sizeof digits - at;
}

size_t
assay_npy_print_header(char *out, AssayType type, size_t n_axes, const size_t *shape)
{
    static const char *const descr[] = {
        [ASSAY_U8] = "|u1",  [ASSAY_I8] = "|i1",  [ASSAY_U16] = "<u2", [ASSAY_I16] = "<i2",
        [ASSAY_U32] = "<u4", [ASSAY_I32] = "<i4", [ASSAY_U64] = "<u8", [ASSAY_I64] = "<i8",
        [ASSAY_F32] = "<f4", [ASSAY_F64] = "<f8",
    };
    char *text = out + PREFIX, *at = put_text(text, "{'descr': '");
    size_t length;

    memcpy(out, "\x93NUMPY\1\0", PREFIX - 2); /* version 1.0 */
    at = put_text(at, descr[type]);
    at = put_text(at, "', 'fortran_order': False, 'shape': (");
    for (size_t i = 0; i < n_axes; i++) {
        if (i > 0)
            *at++ = ' ';
        at = put_size(at, shape[i]);
        if (i + 1 < n_axes || n_axes == 1)
            *at++ = ',';
    }
    at = put_text(at, "), }");
    while ((at + 1 - out) % ALIGNMENT != 0)
        *at++ = ' ';
    *at++ = '\n';
    length = (size_t)(at - text);
    out[PREFIX - 2] = (char)(length & 0xff);
    out[PREFIX - 1] = (char)(length >> 8);
    return (size_t)(at - out);
}

void
assay_npy_append_header(GByteArray *out, AssayType type, size_t n_axes, const size_t *shape)
{
    char header[ASSAY_NPY_PRINTED_SIZE];
    size_t size = assay_npy_print_header(header, type, n_axes, shape);

    g_byte_array_append(out, (const guint8 *)header, (guint)size);
}
