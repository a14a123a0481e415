/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "byte-counts.h"

#include <string.h>

#include "byte-counts-private.h"

enum { MAX_BLOCK = 256 };

/* Written out, for compilers that neither unroll nor see that @sums is no part of @t. */
static void
add_tables(guint16 *restrict sums, AssayByteTables t)
{
    for (size_t v = 0; v < 256; v++)
        sums[v] = (guint16)(t[0][v] + t[1][v] + t[2][v] + t[3][v] + t[4][v] + t[5][v] + t[6][v] +
                            t[7][v]);
}

static inline guint64
load_eight(const guint8 *bytes)
{
    guint64 eight;

    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

/* At most 256 bytes, in eights. What is all 0 is not looked at: many pictures have much of it.
 * Which eights are not is found out first, since a processor cannot guess it. */
static void
count_block(const guint8 *bytes, size_t n, AssayByteTables t)
{
    guint8 starts[MAX_BLOCK / ASSAY_BYTE_TABLES + 1]; /* one more: what is 0 is written, too */
    size_t n_starts = 0;

    for (size_t at = 0; at < n; at += ASSAY_BYTE_TABLES) {
        starts[n_starts] = (guint8)at;
        n_starts += load_eight(&bytes[at]) != 0;
    }
    t[0][0] = (guint16)(t[0][0] + n - n_starts * ASSAY_BYTE_TABLES);
    for (size_t i = 0; i < n_starts; i++)
        assay_byte_tables_add(t, load_eight(&bytes[starts[i]]));
}

void
assay_byte_counts_plain(const guint8 *bytes, size_t n, guint16 *counts)
{
    AssayByteTables tables = { { 0 } };
    size_t at = 0;

    for (size_t size; (size = MIN(n - at, MAX_BLOCK) / ASSAY_BYTE_TABLES * ASSAY_BYTE_TABLES) > 0;
         at += size)
        count_block(&bytes[at], size, tables);
    for (; at < n; at++)
        tables[0][bytes[at]]++;
    add_tables(counts, tables);
}

void
assay_byte_counts(const guint8 *bytes, size_t n, guint16 *counts)
{
    if (assay_byte_counts_is_native())
        assay_byte_counts_native(bytes, n, counts);
    else
        assay_byte_counts_plain(bytes, n, counts);
}
