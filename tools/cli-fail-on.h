/* tools/cli-fail-on.h - --fail-on: conditions on the rows of a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/condition.h>

/**
 * CliFailOn:
 * @texts: (nullable): as typed, ended by %NULL
 * @columns: what rows can be held against, ended by %NULL
 * @conditions: (element-type AssayCondition): of @texts, in their order
 * @is_met: whether a row met one of them
 */
typedef struct {
    char **texts;
    const char *const *columns;
    GArray *conditions;
    gboolean is_met;
} CliFailOn;

/* Reads @texts (nullable); FALSE with an error that lists @columns. @of: "a column of numbers";
 * @as:
 * "'ratio>2'"; @scopes: whether a condition may say which rows it is of. */
gboolean cli_fail_on_read(CliFailOn *self, char **texts, const char *const *columns, const char *of,
                          const char *as, gboolean scopes, GError **error);

/* Where @value, in the column of the @i-th condition, meets it, that is told of @row. */
void cli_fail_on_try(CliFailOn *self, guint i, const char *row, double value);

/* The scope and the column of the @i-th. */
const AssayCondition *cli_fail_on_at(const CliFailOn *self, guint i);
void cli_fail_on_clear(CliFailOn *self);
