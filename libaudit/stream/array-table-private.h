/* stream/array-table-private.h - a table as an array.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "array-config.h"
#include "sample.h"

G_BEGIN_DECLS

/**
 * assay_array_from_table:
 * @bytes: a whole TSV with a header line
 * @name: what to call it in messages
 *
 * Adds the array to @sample: float64, a row for each line, NA as NaN; with one axis, of the one
 * column; "columns" in its metadata, and "names" of the rows where a column is for those. What is
 * not finite is counted in the sample's source.
 */
gboolean assay_array_from_table(AssaySample *sample, GBytes *bytes, const char *name,
                                const AssayArrayConfig *config, size_t max_bytes, GError **error);

G_END_DECLS
