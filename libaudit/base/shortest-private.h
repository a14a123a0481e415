/* base/shortest-private.h - the fewest digits of a double that read back, for most doubles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/**
 * AssayDecimal:
 * @digits: 17 of them, the last ones zeros; 0 where they are not known
 * @place: of the first, 10^place
 */
typedef struct {
    guint64 digits;
    int place;
    gboolean is_negative;
} AssayDecimal;

/**
 * assay_shortest_find:
 * @value: any number
 *
 * Returns: the digits of what "%.15g" writes if that reads back as @value, or else of what "%.16g"
 *     does, or "%.17g"; unknown of whole numbers, and outside 2^-53 to 1e14.
 */
AssayDecimal assay_shortest_find(double value);

/**
 * assay_shortest_put:
 * @buffer: (out): ASSAY_TEXT_NUMBER_SIZE bytes
 * @decimal: one that is known
 *
 * Writes it as those do. Returns: where it ends, at its final zero.
 */
char *assay_shortest_put(char *buffer, AssayDecimal decimal);
