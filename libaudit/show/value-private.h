/* show/value-private.h - a value of an array as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"

/* The number of the fewest digits that reads back as @value: 0.1 for 0.1f. */
double assay_value_shorten(float value);

/* Writes the value at flat @index into @text, ASSAY_TEXT_NUMBER_SIZE bytes: 64-bit integers
 * exactly, NaN as "NaN". Returns: @text. */
char *assay_value_text(char *text, const AssayArray *array, size_t index);
