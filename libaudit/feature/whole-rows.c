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

typedef gint32 Whole __attribute__((vector_size(4 * LANES)));
typedef gint64 Long __attribute__((vector_size(8 * LANES)));
typedef double Real __attribute__((vector_size(8 * LANES)));

/* As many values two by two: the sums of every other one fit the place of two, so that none has to
 * be widened. */
typedef guint16 Bytes __attribute__((vector_size(LANES)));
typedef guint32 Pairs __attribute__((vector_size(2 * LANES)));

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define FIRST(pairs, bits) ((pairs) & ((1u << (bits)) - 1))
#define SECOND(pairs, bits) ((pairs) >> (bits))
#else
#define FIRST(pairs, bits) ((pairs) >> (bits))
#define SECOND(pairs, bits) ((pairs) & ((1u << (bits)) - 1))
#endif

/* First and second ones in turn, each in a @wide lane. */
#define TURNS(first, second, wide)                                                                 \
    __builtin_convertvector(__builtin_shufflevector(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4,  \
                                                    20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, \
                                                    11, 27, 12, 28, 13, 29, 14, 30, 15, 31),       \
                            wide)

/**
 * Block:
 * @values: of the first row, which is row @first of the plane
 * @stride: bytes from row to row
 * @n_rows: at most WIDE
 * @is_first: whether @first is 0: what was in the sums before is lost
 * @sum, @weighted: of LANES columns, to which those of these rows are added
 */
typedef struct {
    const guint8 *values;
    size_t stride, first, n_rows;
    gboolean is_first;
    double *sum, *weighted;
} Block;

/* Bytes from a row to those that are asked for meanwhile: rows go upwards, and planes downwards,
 * which no processor foresees. */
enum { AHEAD = 2048 };

/* For any processor, or for those with longer vectors: the same whole numbers by each. */
#define SUM_BLOCK(name, target, Values, bits, most, Wide, wide_type)                               \
    target static void name(const Block *block)                                                    \
    {                                                                                              \
        Wide all = { 0 }, all_weighted = { 0 };                                                    \
        Real real, before;                                                                         \
                                                                                                   \
        for (size_t r = 0; r < block->n_rows; r += most) {                                         \
            size_t rows = MIN((size_t)most, block->n_rows - r);                                    \
            const guint8 *row = block->values + (r + rows - 1) * block->stride;                    \
            Values first = { 0 }, second = { 0 }, values;                                          \
            Values first_weighted = { 0 }, second_weighted = { 0 };                                \
            Wide wide;                                                                             \
                                                                                                   \
            for (size_t k = rows; k-- > 0; row -= block->stride) {                                 \
                __builtin_prefetch(row + AHEAD);                                                   \
                first_weighted += first;                                                           \
                second_weighted += second;                                                         \
                memcpy(&values, row, sizeof values);                                               \
                first += FIRST(values, bits);                                                      \
                second += SECOND(values, bits);                                                    \
            }                                                                                      \
            wide = TURNS(first, second, Wide);                                                     \
            all += wide;                                                                           \
            all_weighted += (wide_type)r * wide + TURNS(first_weighted, second_weighted, Wide);    \
        }                                                                                          \
        real = __builtin_convertvector(all, Real);                                                 \
        if (!block->is_first) {                                                                    \
            memcpy(&before, block->sum, sizeof before);                                            \
            before += real;                                                                        \
            memcpy(block->sum, &before, sizeof before);                                            \
            real = (double)block->first * real + __builtin_convertvector(all_weighted, Real);      \
            memcpy(&before, block->weighted, sizeof before);                                       \
            before += real;                                                                        \
            memcpy(block->weighted, &before, sizeof before);                                       \
        } else {                                                                                   \
            memcpy(block->sum, &real, sizeof real);                                                \
            real = __builtin_convertvector(all_weighted, Real);                                    \
            memcpy(block->weighted, &real, sizeof real);                                           \
        }                                                                                          \
    }

#define SUM_BYTES(name, target) SUM_BLOCK(name, target, Bytes, 8, NARROW_8, Whole, gint32)
#define SUM_WORDS(name, target) SUM_BLOCK(name, target, Pairs, 16, NARROW_16, Long, gint64)

SUM_BYTES(sum_bytes_any, )
SUM_WORDS(sum_words_any, )
#if defined(__x86_64__)
SUM_BYTES(sum_bytes_avx2, __attribute__((target("avx2"))))
SUM_BYTES(sum_bytes_avx512, __attribute__((target("avx512f,avx512bw"))))
SUM_WORDS(sum_words_avx512, __attribute__((target("avx512f,avx512bw,avx512dq"))))
#endif

typedef void (*SumBlock)(const Block *block);

/* Of 16 bits the compiler makes nothing with AVX2 that would not be slower than without. */
static SumBlock
choose(size_t value_size)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
        return value_size == 1 ? sum_bytes_avx512 : sum_words_avx512;
    if (value_size == 1 && __builtin_cpu_supports("avx2"))
        return sum_bytes_avx2;
#endif
    return value_size == 1 ? sum_bytes_any : sum_words_any;
}

/* Rows behind which fewer than 32 values follow, the last of all, are read from a copy. @width:
 * what of them is read, in bytes */
static void
add_last(SumBlock sum_block, const Block *last, size_t width)
{
    guint16 copy[LANES][LANES] = { { 0 } };
    const guint8 *row = last->values;
    Block block = *last;

    block.values = (const guint8 *)copy;
    block.stride = sizeof copy[0];
    for (size_t r = 0; r < last->n_rows; r += LANES) {
        block.first = last->first + r;
        block.n_rows = MIN((size_t)LANES, last->n_rows - r);
        for (size_t k = 0; k < block.n_rows; k++, row += last->stride)
            memcpy(copy[k], row, width);
        sum_block(&block);
    }
}

/* Of how many rows @size bytes can be read before the end, @left bytes from the first: mostly of
 * all, which takes no division. */
static size_t
count_safe(const AssayWholeRows *rows, size_t left, size_t size)
{
    size_t stride = rows->stride * rows->value_size;

    if (left < size)
        return 0;
    if (rows->n_rows * stride <= left - size)
        return rows->n_rows;
    return MIN(rows->n_rows, (left - size) / stride + 1);
}

void
assay_whole_rows_sum(const AssayWholeRows *rows, size_t n, AssayColumnSums *sums)
{
    SumBlock sum_block = choose(rows->value_size);
    size_t stride = rows->stride * rows->value_size, size = LANES * rows->value_size;

    for (size_t c = 0; c < n; c += LANES) {
        const guint8 *row = (const guint8 *)rows->values + c * rows->value_size;
        size_t left = (size_t)((const guint8 *)rows->end - row), width = MIN((size_t)LANES, n - c);
        size_t n_safe = count_safe(rows, left, size);
        Block block = { .stride = stride, .sum = &sums->sum[c], .weighted = &sums->weighted[c] };

        /* Once at least, so that there are sums. */
        for (size_t r = 0; r == 0 || r < n_safe; r += WIDE) {
            block.values = row + r * stride;
            block.first = r;
            block.n_rows = MIN((size_t)WIDE, n_safe - r);
            block.is_first = r == 0;
            sum_block(&block);
        }
        block.is_first = FALSE;
        block.values = row + n_safe * stride;
        block.first = n_safe;
        block.n_rows = rows->n_rows - n_safe;
        if (block.n_rows > 0)
            add_last(sum_block, &block, width * rows->value_size);
    }
}
