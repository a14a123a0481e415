/* stream/npy.h - NumPy's .npy format, read whole or in pieces, and written.
 *
 * Versions 1 to 3, either byte order, C or Fortran order are read; what is delivered is native
 * little-endian in C order; float16 becomes float32 and bool becomes u8. Object, structured, string
 * and complex types are refused. Written: version 1, header padded to 64 bytes, as NumPy does.
 * Source: numpy/lib/format, the specification in NumPy's documentation ("NPY format").
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"
#include "../base/input.h"

G_BEGIN_DECLS

/**
 * AssayNpyHeader:
 * @type: the type of the delivered array
 * @file_size: bytes a value takes in the file (2 for float16)
 * @data_offset: where the values begin
 */
typedef struct {
    AssayType type;
    size_t file_size;
    gboolean swapped; /* big-endian in the file */
    gboolean half;    /* float16 in the file */
    gboolean truth;   /* bool in the file */
    gboolean fortran;
    size_t n_axes;
    size_t shape[ASSAY_MAX_AXES];
    size_t data_offset;
} AssayNpyHeader;

/* A header longer than this is not read: NumPy's own are under 200 bytes. */
#define ASSAY_NPY_MAX_HEADER 65536

/**
 * assay_npy_sniff:
 *
 * Returns: whether @size bytes (6 of them decide) begin a .npy.
 */
ASSAY_API gboolean assay_npy_sniff(const guint8 *data, size_t size);

/**
 * assay_npy_header_parse:
 * @data: the first @size bytes of a .npy; ASSAY_NPY_MAX_HEADER of them always suffice
 * @name: what to call it in a message
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT (no .npy, or a type that is refused, by name) or
 *     %ASSAY_ERROR_TRUNCATED.
 */
ASSAY_API gboolean assay_npy_header_parse(const void *data, size_t size, const char *name,
                                          AssayNpyHeader *header,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_npy_check_size:
 * @size: of the whole .npy
 * @n_values: (out): the product of its shape
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT (the shape overflows, or bytes follow the last value) or
 *     %ASSAY_ERROR_TRUNCATED.
 */
ASSAY_API gboolean assay_npy_check_size(const AssayNpyHeader *header, size_t size, const char *name,
                                        size_t *n_values, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether values lie in a file as they do in an array. */
ASSAY_API gboolean assay_npy_is_plain(const AssayNpyHeader *header);

/**
 * assay_npy_decode:
 * @values: file bytes of shape[0] * ... values as @header describes them
 * @shape: the shape to decode: the header's, or in C order with fewer entries of its first axis
 *
 * Returns: (transfer full): the array, axes unnamed, or %NULL with %ASSAY_ERROR_RANGE.
 */
ASSAY_API AssayArray *assay_npy_decode(const AssayNpyHeader *header, const void *values,
                                       const size_t *shape, size_t max_bytes,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_npy_read_header:
 * @input: at the start of a .npy
 *
 * As assay_npy_header_parse(); @input is then at the first value.
 */
ASSAY_API gboolean assay_npy_read_header(AssayInput *input, const char *name,
                                         AssayNpyHeader *header,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether its values are whole numbers, all of which are finite. */
ASSAY_API gboolean assay_npy_is_whole(const AssayNpyHeader *header);

/**
 * assay_npy_count_non_finite:
 * @values: @n of them, as they lie in the file
 *
 * Returns: how many are NaN or infinite; 0 of whole numbers.
 */
ASSAY_API size_t assay_npy_count_non_finite(const AssayNpyHeader *header, const void *values,
                                            size_t n);

/**
 * assay_npy_parse:
 *
 * A whole .npy in memory. Bytes after the last value are refused, as missing ones are.
 *
 * Returns: (transfer full): the array, or %NULL with %ASSAY_ERROR_FORMAT, %ASSAY_ERROR_TRUNCATED or
 *     %ASSAY_ERROR_RANGE.
 */
ASSAY_API AssayArray *assay_npy_parse(const void *data, size_t size, const char *name,
                                      size_t max_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_npy_parse_bytes:
 *
 * The same, without a copy where the values lie as they are needed.
 */
ASSAY_API AssayArray *assay_npy_parse_bytes(GBytes *bytes, const char *name, size_t max_bytes,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Room for the longest header that is written. */
#define ASSAY_NPY_PRINTED_SIZE 320

/**
 * assay_npy_print_header:
 * @out: (out caller-allocates) (array fixed-size=320): gets the magic bytes and the header of an
 *     array of @shape; the values follow as they lie in memory
 *
 * Returns: how many bytes that is, a multiple of 64
 */
ASSAY_API size_t assay_npy_print_header(char *out, AssayType type, size_t n_axes,
                                        const size_t *shape);

/* The same, appended to @out. */
ASSAY_API void assay_npy_append_header(GByteArray *out, AssayType type, size_t n_axes,
                                       const size_t *shape);

G_END_DECLS
