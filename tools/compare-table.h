/* tools/compare-table.h - what becomes of the rows of assay-compare: printed, held against
 * --fail-on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/condition.h>
#include <assay/compare/compare.h>

#include "cli.h"

/**
 * CompareTable:
 * @fail_on: (nullable): as typed, ended by %NULL
 * @conditions: (element-type AssayCondition): of @fail_on
 * @met: (out): whether a row meets one of them
 */
typedef struct {
    char **fail_on;
    GArray *conditions;
    gboolean met;
} CompareTable;

/* Reads what was typed. */
gboolean compare_table_parse(CompareTable *self, GError **error);
void compare_table_clear(CompareTable *self);

/* Prints all rows (of AssayCompareRow), to the end of the output. */
gboolean compare_table_print(CompareTable *self, const GPtrArray *rows, GError **error);
