/* spec/spec-rows-private.h - tables in a document: {"columns": [names], "rows": [[cells]]}.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"

/* Goes to the rows of a table; its columns must be @columns, which NULL ends. */
gboolean assay_rows_find(const AssayJsonAt *table, const char *const *columns, AssayJsonAt *names,
                         AssayJsonAt *rows, GError **error);

/* Row @index, which must have @width cells. */
gboolean assay_rows_nth(const AssayJsonAt *rows, size_t index, size_t width, AssayJsonAt *row,
                        GError **error);

/* A cell. */
gboolean assay_row_text(const AssayJsonAt *row, size_t index, const char **text, GError **error);
gboolean assay_row_count(const AssayJsonAt *row, size_t index, guint64 *count, GError **error);
