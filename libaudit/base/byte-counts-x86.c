/* base/byte-counts-x86.c - how often each byte occurs, by AVX-512 with VBMI2.
 *
 * A processor stores once a cycle, so counting takes a cycle a byte. What is 0 is pressed out
 * beforehand, 64 bytes at a time: many pictures have much of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "byte-counts-private.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <string.h>

#include "x86-private.h"

#define VECTORS __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

enum { VECTOR = 64, BLOCK = 4096 };

gboolean
assay_byte_counts_is_native(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("popcnt");
}

/* The bytes that are not 0, one after the other; @rest: room for a vector more than @n bytes.
 * Returns: how many */
VECTORS static size_t
press(const guint8 *bytes, size_t n, guint8 *rest)
{
    size_t length = 0;

    for (size_t at = 0; at < n; at += VECTOR) {
        __mmask64 wanted = n - at < VECTOR ? ((__mmask64)1 << (n - at)) - 1 : ~(__mmask64)0;
        __m512i vector = _mm512_maskz_loadu_epi8(wanted, bytes + at);
        __mmask64 kept = _mm512_test_epi8_mask(vector, vector);

        _mm512_storeu_si512(rest + length, _mm512_maskz_compress_epi8(kept, vector));
        length += (size_t)_mm_popcnt_u64(kept);
    }
    return length;
}

static void
count_rest(const guint8 *rest, size_t n, AssayByteTables tables)
{
    size_t at = 0;

    for (; at + ASSAY_BYTE_TABLES <= n; at += ASSAY_BYTE_TABLES) {
        guint64 eight;

        memcpy(&eight, rest + at, sizeof eight);
        assay_byte_tables_add(tables, eight);
    }
    for (; at < n; at++)
        tables[0][rest[at]]++;
}

VECTORS static void
add_tables(guint16 *counts, AssayByteTables tables)
{
    for (size_t v = 0; v < 256; v += VECTOR / sizeof *counts) {
        __m512i sum = _mm512_loadu_si512(&tables[0][v]);

        for (size_t t = 1; t < ASSAY_BYTE_TABLES; t++)
            sum = _mm512_add_epi16(sum, _mm512_loadu_si512(&tables[t][v]));
        _mm512_storeu_si512(counts + v, sum);
    }
}

void
assay_byte_counts_native(const guint8 *bytes, size_t n, guint16 *counts)
{
    AssayByteTables tables = { { 0 } };
    guint8 rest[BLOCK + VECTOR];

    for (size_t at = 0; at < n; at += BLOCK) {
        size_t size = MIN(n - at, BLOCK), length = press(bytes + at, size, rest);

        tables[0][0] = (guint16)(tables[0][0] + size - length);
        count_rest(rest, length, tables);
    }
    add_tables(counts, tables);
}

#else

gboolean
assay_byte_counts_is_native(void)
{
    return FALSE;
}

void
assay_byte_counts_native(const guint8 *bytes, size_t n, guint16 *counts)
{
    (void)bytes;
    (void)n;
    (void)counts;
    g_assert_not_reached();
}

#endif
