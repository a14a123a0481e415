/* feature/column-sums-private.h - what the centroids of columns are made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "planes.h"

/* How many columns are summed at a time. */
enum { ASSAY_COLUMNS = 256 };

/**
 * AssayColumnSums:
 * @sum: of a column's values
 * @weighted: of each value times its row
 * @n_negative: values below 0, in all the columns
 */
typedef struct {
    double sum[ASSAY_COLUMNS], weighted[ASSAY_COLUMNS];
    guint64 n_negative;
} AssayColumnSums;

/**
 * assay_column_sums:
 * @item: from the first of these planes
 * @first: the first column
 * @n: how many, up to ASSAY_COLUMNS
 *
 * Values below 0 count as 0. Of uint8 and uint16 sums are exact up to 2^53; of others each is added
 * as a double, from row 0 on. A value that is not finite makes its column's sums so.
 */
void assay_column_sums(const AssayPlanes *planes, size_t item, size_t first, size_t n,
                       AssayColumnSums *sums);

/**
 * AssayWholeRows:
 * @values: of the first row
 * @end: behind the last value that may be read
 * @value_size: 1 (uint8) or 2 (uint16)
 * @stride: values from row to row
 */
typedef struct {
    const void *values, *end;
    size_t value_size, stride, n_rows;
} AssayWholeRows;

/* The sums of the first @n columns, up to ASSAY_COLUMNS; they are exact. What was in @sums of these
 * columns, and of those behind them up to a multiple of 32, is lost. */
void assay_whole_rows_sum(const AssayWholeRows *rows, size_t n, AssayColumnSums *sums);

/* Columns that are empty, and columns with a sum that is not finite. */
typedef struct {
    guint64 n_empty, n_non_finite;
} AssayColumnQuotients;

/**
 * assay_column_quotients:
 * @centroids: (out): of @n columns, what is weighted by the sum: NaN where one of the two is not
 *     finite, or the sum at most @empty, which is from 0 on
 */
AssayColumnQuotients assay_column_quotients(const AssayColumnSums *sums, size_t n, double empty,
                                            double *centroids);

/* The same on any processor. */
AssayColumnQuotients assay_column_quotients_any(const AssayColumnSums *sums, size_t n, double empty,
                                                double *centroids);
