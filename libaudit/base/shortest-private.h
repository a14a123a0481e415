/* base/shortest-private.h - the fewest digits of a double that read back, for most doubles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * assay_shortest_write:
 * @buffer: (out): ASSAY_TEXT_NUMBER_SIZE bytes
 * @value: any number
 *
 * Writes what "%.15g" does if that reads back as @value, or else what "%.16g" does, or "%.17g".
 *
 * Returns: where it ends, at its final zero; %NULL, with nothing written, where it does not know:
 * of whole numbers, and outside 2^-36 to 1e14.
 */
char *assay_shortest_write(char *buffer, double value);
