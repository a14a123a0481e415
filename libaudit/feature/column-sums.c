/* feature/column-sums.c - sums of columns, as fast as values come from memory.
 *
 * Integers are added up in narrow integers, over as many rows as these can hold, so that the
 * compiler makes vectors of many columns at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column-sums-private.h"

#include <string.h>

/* Rows after which narrow sums are carried over: 255 (0 + ... + 15) is below 2^16, and 65535 times
 * that below 2^32. */
enum { ROWS = 16 };

/* Values of a column that a 32-bit sum of values times rows can hold, of 8 and of 16 bits. */
enum { RUN_8 = 4096, RUN_16 = 256 };

/* Columns that are added up together: as many as a vector has. Where a row has no whole number of
 * these, the next row's values are added to sums that nobody reads, which is faster than one at a
 * time. */
enum { LANES = 16 };

/* Columns of rows that lie side by side: @narrow holds ROWS values times their row. */
#define SUM_ROWS(type, narrow)                                                                     \
    do {                                                                                           \
        const type *row = (const type *)planes->array->data + start;                               \
        const type *end = (const type *)planes->array->data + assay_array_count(planes->array);    \
        narrow sum[ASSAY_COLUMNS], weighted[ASSAY_COLUMNS];                                        \
        size_t wide = (n + LANES - 1) / LANES * LANES;                                             \
                                                                                                   \
        for (size_t r = 0; r < planes->n_rows; r += ROWS) {                                        \
            size_t rows = MIN((size_t)ROWS, planes->n_rows - r);                                   \
                                                                                                   \
            memset(sum, 0, wide * sizeof sum[0]);                                                  \
            memset(weighted, 0, wide * sizeof weighted[0]);                                        \
            for (size_t k = 0; k < rows; k++, row += planes->n_columns) {                          \
                size_t safe = MIN(wide, (size_t)(end - row) / LANES * LANES), c = 0;               \
                narrow weight = (narrow)k;                                                         \
                                                                                                   \
                for (; c < safe; c += LANES) {                                                     \
                    for (size_t lane = 0; lane < LANES; lane++) {                                  \
                        sum[c + lane] = (narrow)(sum[c + lane] + row[c + lane]);                   \
                        weighted[c + lane] =                                                       \
                            (narrow)(weighted[c + lane] + weight * row[c + lane]);                 \
                    }                                                                              \
                }                                                                                  \
                for (; c < n; c++) {                                                               \
                    sum[c] = (narrow)(sum[c] + row[c]);                                            \
                    weighted[c] = (narrow)(weighted[c] + weight * row[c]);                         \
                }                                                                                  \
            }                                                                                      \
            for (size_t c = 0; c < n; c++) {                                                       \
                sums->sum[c] += sum[c];                                                            \
                sums->weighted[c] += (double)r * sum[c] + weighted[c];                             \
            }                                                                                      \
        }                                                                                          \
    } while (FALSE)

/* Columns that lie one after the other. */
#define SUM_RUNS(type, run)                                                                        \
    do {                                                                                           \
        const type *value = (const type *)planes->array->data + start;                             \
                                                                                                   \
        for (size_t c = 0; c < n; c++) {                                                           \
            for (size_t r = 0; r < planes->n_rows; r += run) {                                     \
                size_t rows = MIN((size_t)run, planes->n_rows - r);                                \
                guint32 sum = 0, weighted = 0;                                                     \
                                                                                                   \
                for (size_t k = 0; k < rows; k++) {                                                \
                    sum += value[k];                                                               \
                    weighted += (guint32)k * value[k];                                             \
                }                                                                                  \
                sums->sum[c] += sum;                                                               \
                sums->weighted[c] += (double)r * sum + weighted;                                   \
                value += rows;                                                                     \
            }                                                                                      \
        }                                                                                          \
    } while (FALSE)

static void
add_row(AssayColumnSums *sums, const double *values, size_t n, double row)
{
    for (size_t c = 0; c < n; c++) {
        gboolean is_negative = values[c] < 0;
        double value = is_negative ? 0 : values[c];

        sums->n_negative += is_negative ? 1 : 0;
        sums->sum[c] += value;
        sums->weighted[c] += row * value;
    }
}

static void
sum_rows_of_any(const AssayPlanes *planes, size_t start, size_t n, AssayColumnSums *sums)
{
    double values[ASSAY_COLUMNS];

    for (size_t r = 0; r < planes->n_rows; r++) {
        assay_array_values(planes->array, start + r * planes->n_columns, n, values);
        add_row(sums, values, n, (double)r);
    }
}

static void
sum_runs_of_any(const AssayPlanes *planes, size_t start, size_t n, AssayColumnSums *sums)
{
    double values[ASSAY_COLUMNS];

    for (size_t c = 0; c < n; c++) {
        AssayColumnSums one = { .sum = { 0 } };

        for (size_t r = 0; r < planes->n_rows; r += ASSAY_COLUMNS) {
            size_t rows = MIN((size_t)ASSAY_COLUMNS, planes->n_rows - r);

            assay_array_values(planes->array, start + c * planes->n_rows + r, rows, values);
            for (size_t k = 0; k < rows; k++)
                add_row(&one, &values[k], 1, (double)(r + k));
        }
        sums->sum[c] = one.sum[0];
        sums->weighted[c] = one.weighted[0];
        sums->n_negative += one.n_negative;
    }
}

void
assay_column_sums(const AssayPlanes *planes, size_t item, size_t first, size_t n,
                  AssayColumnSums *sums)
{
    AssayType type = planes->array->type;
    size_t start = item * planes->n_rows * planes->n_columns +
                   first * (planes->by_column ? planes->n_rows : 1);

    for (size_t c = 0; c < n; c++)
        sums->sum[c] = sums->weighted[c] = 0;
    sums->n_negative = 0;
    if (type == ASSAY_U8 && !planes->by_column)
        SUM_ROWS(guint8, guint16);
    else if (type == ASSAY_U8)
        SUM_RUNS(guint8, RUN_8);
    else if (type == ASSAY_U16 && !planes->by_column)
        SUM_ROWS(guint16, guint32);
    else if (type == ASSAY_U16)
        SUM_RUNS(guint16, RUN_16);
    else if (!planes->by_column)
        sum_rows_of_any(planes, start, n, sums);
    else
        sum_runs_of_any(planes, start, n, sums);
}
