/* tools/compare-table.h - what becomes of the rows of assay-compare: printed, held against
 * --fail-on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/compare/compare.h>

#include "cli-fail-on.h"
#include "cli.h"

/* Reads what was typed for --fail-on. */
gboolean compare_table_parse(CliFailOn *self, char **fail_on, GError **error);

/* Prints all rows (of AssayCompareRow), to the end of the output. */
gboolean compare_table_print(CliFailOn *self, const GPtrArray *rows, GError **error);
