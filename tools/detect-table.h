/* tools/detect-table.h - the table of assay-detect eval.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/table.h>
#include <assay/detect/evaluate.h>

/* A table, the columns @leading (ended by NULL, all text) before those of an evaluation. */
AssayTable *detect_table_new(AssayOutput *output, const char *const *leading);

/* The cells of an evaluation, and the end of the row; those that lead it are there already. */
gboolean detect_table_row(AssayTable *table, const AssayEvaluation *row, GError **error);
