/* feature/whole-rows.c - sums of the columns of rows of bytes, or of whole numbers of 16 bits.
 *
 * Thirty-two columns at a time, whose sums stay in registers: narrow ones, over as many rows as
 * these can hold. From the last row up, the sum of the sums so far has each value as often as its
 * row says: there is nothing to multiply.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "column-sums-private.h"

enum {
    LANES = 32,
    NARROW_8 = 16,   /* rows: 255 (0 + ... + 15) is below 2^16 */
    NARROW_16 = 256, /* rows: 65535 (0 + ... + 255) is below 2^32 */
    WIDE = 4096,     /* rows: 255 (0 + ... + 4095) is below 2^31 */
};

typedef guint8 Bytes __attribute__((vector_size(LANES)));
typedef guint16 Words __attribute__((vector_size(2 * LANES)));
typedef guint32 Doubles __attribute__((vector_size(4 * LANES)));
typedef gint32 Whole __attribute__((vector_size(4 * LANES)));
typedef gint64 Long __attribute__((vector_size(8 * LANES)));
typedef double Real __attribute__((vector_size(8 * LANES)));

/**
 * Block:
 * @values: of the first row
 * @stride: bytes from row to row
 * @n_rows: at most WIDE
 * @sum, @weighted: (out): of each column
 */
typedef struct {
    const guint8 *values;
    size_t stride, n_rows;
    double sum[LANES], weighted[LANES];
} Block;

/* For any processor, or for those with longer vectors: the same whole numbers by each. */
#define SUM_BLOCK(name, target, Values, Narrow, most, Wide, wide_type)                             \
    target static void name(Block *block)                                                          \
    {                                                                                              \
        Wide all = { 0 }, all_weighted = { 0 };                                                    \
        Real real;                                                                                 \
                                                                                                   \
        for (size_t r = 0; r < block->n_rows; r += most) {                                         \
            size_t rows = MIN((size_t)most, block->n_rows - r);                                    \
            const guint8 *row = block->values + (r + rows - 1) * block->stride;                    \
            Narrow sum = { 0 }, weighted = { 0 };                                                  \
            Wide wide;                                                                             \
            Values values;                                                                         \
                                                                                                   \
            for (size_t k = rows; k-- > 0; row -= block->stride) {                                 \
                weighted += sum;                                                                   \
                memcpy(&values, row, sizeof values);                                               \
                sum += __builtin_convertvector(values, Narrow);                                    \
            }                                                                                      \
            wide = __builtin_convertvector(sum, Wide);                                             \
            all += wide;                                                                           \
            all_weighted += (wide_type)r * wide + __builtin_convertvector(weighted, Wide);         \
        }                                                                                          \
        real = __builtin_convertvector(all, Real);                                                 \
        memcpy(block->sum, &real, sizeof real);                                                    \
        real = __builtin_convertvector(all_weighted, Real);                                        \
        memcpy(block->weighted, &real, sizeof real);                                               \
    }

#define SUM_BYTES(name, target) SUM_BLOCK(name, target, Bytes, Words, NARROW_8, Whole, gint32)
#define SUM_WORDS(name, target) SUM_BLOCK(name, target, Words, Doubles, NARROW_16, Long, gint64)

SUM_BYTES(sum_bytes_any, )
SUM_WORDS(sum_words_any, )
#if defined(__x86_64__)
SUM_BYTES(sum_bytes_avx2, __attribute__((target("avx2"))))
SUM_WORDS(sum_words_avx2, __attribute__((target("avx2"))))
SUM_BYTES(sum_bytes_avx512, __attribute__((target("avx512f,avx512bw"))))
#endif

typedef void (*SumBlock)(Block *block);

static SumBlock
choose(size_t value_size)
{
#if defined(__x86_64__)
    if (value_size == 1 && __builtin_cpu_supports("avx512bw"))
        return sum_bytes_avx512;
    if (__builtin_cpu_supports("avx2"))
        return value_size == 1 ? sum_bytes_avx2 : sum_words_avx2;
#endif
    return value_size == 1 ? sum_bytes_any : sum_words_any;
}

/* Adds a block of @n columns whose first row is row @first of the plane. */
static void
add_block(SumBlock sum_block, Block *block, size_t first, size_t n, double *sum, double *weighted)
{
    sum_block(block);
    for (size_t c = 0; c < n; c++) {
        sum[c] += block->sum[c];
        weighted[c] += (double)first * block->sum[c] + block->weighted[c];
    }
}

/* Rows behind which fewer than 32 values follow, the last of all, are read from a copy. @width:
 * what of them is read, in bytes */
static void
add_last(SumBlock sum_block, const guint8 *row, size_t stride, size_t first, size_t n_rows,
         size_t width, size_t n, double *sum, double *weighted)
{
    guint16 copy[LANES][LANES] = { { 0 } };
    Block block = { .values = (const guint8 *)copy, .stride = sizeof copy[0] };

    for (size_t r = 0; r < n_rows; r += LANES) {
        block.n_rows = MIN((size_t)LANES, n_rows - r);
        for (size_t k = 0; k < block.n_rows; k++, row += stride)
            memcpy(copy[k], row, width);
        add_block(sum_block, &block, first + r, n, sum, weighted);
    }
}

void
assay_whole_rows_add(const AssayWholeRows *rows, size_t n, AssayColumnSums *sums)
{
    SumBlock sum_block = choose(rows->value_size);
    size_t stride = rows->stride * rows->value_size, size = LANES * rows->value_size;

    for (size_t c = 0; c < n; c += LANES) {
        const guint8 *row = (const guint8 *)rows->values + c * rows->value_size;
        size_t left = (size_t)((const guint8 *)rows->end - row), width = MIN((size_t)LANES, n - c);
        size_t n_safe = left < size ? 0 : MIN(rows->n_rows, (left - size) / stride + 1);

        for (size_t r = 0; r < n_safe; r += WIDE) {
            Block block = { .values = row + r * stride,
                            .stride = stride,
                            .n_rows = MIN((size_t)WIDE, n_safe - r) };

            add_block(sum_block, &block, r, width, &sums->sum[c], &sums->weighted[c]);
        }
        if (n_safe < rows->n_rows)
            add_last(sum_block, row + n_safe * stride, stride, n_safe, rows->n_rows - n_safe,
                     width * rows->value_size, width, &sums->sum[c], &sums->weighted[c]);
    }
}
