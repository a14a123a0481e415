/* stream/idx.h - IDX files, as MNIST comes in, plain or in gzip.
 *
 * Two zeros, a type, the number of axes, a size of four bytes for each, highest byte first, then
 * the values, likewise. Source: the end of the page of the MNIST database (LeCun, Cortes, Burges).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "npy.h"

G_BEGIN_DECLS

/* The most labels that metadata hold. */
#define ASSAY_MAX_LABELS ((size_t)4 << 20)

/**
 * assay_idx_sniff:
 * @data: the first @size bytes
 * @is_gzip: (out): whether they are of a gzip
 *
 * Returns: whether they begin an IDX file of 1 to 4 axes.
 */
ASSAY_API gboolean assay_idx_sniff(const guint8 *data, size_t size, gboolean *is_gzip);

/**
 * assay_idx_read_header:
 * @input: at the start of an IDX file, unpacked; then at the first value
 * @name: what to call it in a message
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT or %ASSAY_ERROR_TRUNCATED.
 */
ASSAY_API gboolean assay_idx_read_header(AssayInput *input, const char *name,
                                         AssayNpyHeader *header,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_idx_read_labels:
 * @input: at the start of an IDX file of one axis and u8, plain or in gzip
 *
 * Returns: (transfer full): an array of integers; or %NULL with %ASSAY_ERROR_FORMAT,
 *     %ASSAY_ERROR_TRUNCATED, or %ASSAY_ERROR_RANGE over ASSAY_MAX_LABELS.
 */
ASSAY_API AssayJson *assay_idx_read_labels(AssayInput *input,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
