/* tools/compare-verdict.h - what a table of assay-compare says, in a sentence a set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/compare/compare.h>

/* Notes of each set how many of its rows differ, and which of them the most; nothing where there
 * are more sets than one reads. @rows: of AssayCompareRow, those of a set behind each other. */
void compare_verdict_tell(const GPtrArray *rows);
