/* tools/detect-table.h - the table of assay-detect eval and try.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/table.h>
#include <assay/detect/evaluate.h>

AssayTable *detect_table_new(AssayOutput *output);

/* A row; @learnt, @perturbed: (nullable): from what, and after what. */
gboolean detect_table_row(AssayTable *table, const AssayEvaluation *row, const char *learnt,
                          const char *perturbed, GError **error);
