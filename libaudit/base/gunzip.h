/* base/gunzip.h - what gzip has packed, as an input.
 *
 * Stands on: zlib, which no other file includes. Several gzips, one after the other, are one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "input.h"

G_BEGIN_DECLS

/* Whether @size bytes (3 decide) begin a gzip. */
ASSAY_API gboolean assay_gunzip_sniff(const guint8 *data, size_t size);

/**
 * assay_gunzip_peek:
 * @data: the first @size bytes of a gzip
 *
 * Unpacks into @out what of its first @out_size bytes can be had. Returns: how many.
 */
ASSAY_API size_t assay_gunzip_peek(const guint8 *data, size_t size, guint8 *out, size_t out_size);

/**
 * assay_gunzip_new:
 * @input: at the start of a gzip; borrowed, unless @take
 * @max_bytes: how much it may unpack to, %ASSAY_ERROR_RANGE beyond
 *
 * Returns: (transfer full): what it holds. Reading fails with %ASSAY_ERROR_TRUNCATED or
 *     %ASSAY_ERROR_FORMAT where it is cut off, or damaged, or followed by other bytes.
 */
ASSAY_API AssayInput *assay_gunzip_new(AssayInput *input, gboolean take, guint64 max_bytes,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
