/* feature/column-sums.c - sums of columns, as fast as values come from memory.
 *
 * Whole numbers are added up in narrow integers, over as many rows as these can hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "column-sums-private.h"

/* Values of a column that a 32-bit sum of values times rows can hold, of 8 and of 16 bits. */
enum { RUN_8 = 4096, RUN_16 = 256 };

/* Columns of rows that lie side by side. */
static void
sum_rows(const AssayPlanes *planes, size_t start, size_t n, AssayColumnSums *sums)
{
    const AssayArray *array = planes->array;
    size_t size = assay_type_size(array->type);
    const guint8 *values = array->data;
    const AssayWholeRows rows = { .values = values + start * size,
                                  .end = values + assay_array_count(array) * size,
                                  .value_size = size,
                                  .stride = planes->n_columns,
                                  .n_rows = planes->n_rows };

    assay_whole_rows_sum(&rows, n, sums);
}

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

    sums->n_negative = 0;
    if ((type == ASSAY_U8 || type == ASSAY_U16) && !planes->by_column) {
        sum_rows(planes, start, n, sums);
        return;
    }
    for (size_t c = 0; c < (n + 31) / 32 * 32; c++) /* as there */
        sums->sum[c] = sums->weighted[c] = 0;
    if (type == ASSAY_U8)
        SUM_RUNS(guint8, RUN_8);
    else if (type == ASSAY_U16)
        SUM_RUNS(guint16, RUN_16);
    else if (!planes->by_column)
        sum_rows_of_any(planes, start, n, sums);
    else
        sum_runs_of_any(planes, start, n, sums);
}
