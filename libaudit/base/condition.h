/* base/condition.h - a condition on the rows of a table: [SCOPE:]COLUMN OP NUMBER.
 *
 * As in "ratio>2" or "chroma-transition:p<=0.01": OP is one of < <= > >= =, blanks mean nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssayCondition:
 * @scope: (nullable): what stands before the last colon
 * @column: its index among those that there are
 */
typedef struct {
    char *scope;
    size_t column;
    char compare[3];
    double number;
} AssayCondition;

/**
 * assay_condition_parse:
 * @columns: ended by %NULL
 *
 * Returns: %FALSE for what is no condition on one of @columns; there is nothing to clear then
 */
ASSAY_API gboolean assay_condition_parse(AssayCondition *self, const char *text,
                                         const char *const *columns);
ASSAY_API void assay_condition_clear(AssayCondition *self);

/* Whether a cell of the column meets it; NaN meets nothing. */
ASSAY_API gboolean assay_condition_holds(const AssayCondition *self, double value);

G_END_DECLS
