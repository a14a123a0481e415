/* image/median5-private.h - the median of 25 values whose columns are in order, by comparisons
 * that do not depend on the values, so that many are found side by side.
 *
 * Value 5 r + c is the one of rank r, the smallest first, of column c of five. S(a, b) puts the
 * smaller of v<a> and v<b> first. First each row is put in order, after which rows and columns are,
 * and only 13 values can be the median: those that neither 13 are certain to be below, nor 13
 * above. Batcher's odd-even merge sort of these, less what can change nothing (Kenneth Batcher,
 * "Sorting networks and their applications", AFIPS 1968; that the rest finds the median of all
 * zeros and ones, and so of all values, is tried by a unit test).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* Which value is the median at last. */
#define ASSAY_MEDIAN5_RESULT v8

/* clang-format off */
#define ASSAY_MEDIAN5_NETWORK(S) \
    S(0, 1) S(3, 4) S(2, 4) S(2, 3) S(1, 4) S(0, 3) S(1, 3) S(5, 6) S(8, 9) S(7, 9) S(7, 8) \
    S(6, 9) S(5, 8) S(5, 7) S(6, 8) S(6, 7) S(10, 11) S(13, 14) S(12, 14) S(12, 13) S(11, 14) \
    S(10, 13) S(10, 12) S(11, 13) S(11, 12) S(15, 16) S(18, 19) S(17, 19) S(17, 18) S(16, 19) \
    S(15, 18) S(15, 17) S(16, 18) S(16, 17) S(20, 21) S(23, 24) S(22, 24) S(22, 23) S(21, 24) \
    S(20, 23) S(20, 22) S(21, 23) S(21, 22) S(15, 11) S(7, 3) S(12, 20) S(21, 13) S(20, 21) \
    S(15, 7) S(11, 3) S(16, 8) S(17, 9) S(12, 4) S(16, 7) S(17, 3) S(21, 4) S(17, 7) S(3, 8) \
    S(20, 21) S(7, 12) S(3, 20) S(8, 21) S(17, 3) S(8, 12) S(3, 8)
/* clang-format on */
