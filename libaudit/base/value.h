/* base/value.h - a value of an array as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "array.h"

G_BEGIN_DECLS

/* The number of the fewest digits that reads back as @value: 0.1 for 0.1f. */
ASSAY_API double assay_value_shorten(float value);

/* Writes the value at flat @index into @text, ASSAY_TEXT_NUMBER_SIZE bytes: 64-bit integers
 * exactly, NaN as "NaN". Returns: @text. */
ASSAY_API char *assay_value_text(char *text, const AssayArray *array, size_t index);

G_END_DECLS
