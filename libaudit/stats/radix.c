/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "radix-private.h"

enum {
    DIGIT_BITS = 11,
    N_DIGITS = 1 << DIGIT_BITS,
    DIGIT_MASK = N_DIGITS - 1,
    PASSES_32 = 3,
    PASSES_64 = 6,
};

/* Turns the counts of a digit into the places where its keys begin; FALSE if all keys share it. */
static gboolean
place_digits(size_t *counts, size_t n)
{
    size_t at = 0;

    for (size_t digit = 0; digit < N_DIGITS; digit++) {
        size_t count = counts[digit];

        if (count == n)
            return FALSE;
        counts[digit] = at;
        at += count;
    }
    return TRUE;
}

void
assay_radix_sort_u32(guint32 *keys, guint32 *scratch, size_t n)
{
    size_t counts[PASSES_32][N_DIGITS] = { { 0 } };
    guint32 *from = keys, *to = scratch;

    for (size_t i = 0; i < n; i++) {
        counts[0][keys[i] & DIGIT_MASK]++;
        counts[1][keys[i] >> DIGIT_BITS & DIGIT_MASK]++;
        counts[2][keys[i] >> 2 * DIGIT_BITS]++;
    }
    for (int pass = 0; pass < PASSES_32; pass++) {
        int shift = pass * DIGIT_BITS;
        guint32 *sorted = to;

        if (!place_digits(counts[pass], n))
            continue;
        for (size_t i = 0; i < n; i++)
            to[counts[pass][from[i] >> shift & DIGIT_MASK]++] = from[i];
        to = from;
        from = sorted;
    }
    if (from != keys)
        memcpy(keys, from, n * sizeof *keys);
}

void
assay_radix_sort_u64(guint64 *keys, guint64 *scratch, size_t n)
{
    size_t counts[PASSES_64][N_DIGITS] = { { 0 } };
    guint64 *from = keys, *to = scratch;

    for (size_t i = 0; i < n; i++) {
        for (int pass = 0; pass < PASSES_64; pass++)
            counts[pass][keys[i] >> pass * DIGIT_BITS & DIGIT_MASK]++;
    }
    for (int pass = 0; pass < PASSES_64; pass++) {
        int shift = pass * DIGIT_BITS;
        guint64 *sorted = to;

        if (!place_digits(counts[pass], n))
            continue;
        for (size_t i = 0; i < n; i++)
            to[counts[pass][from[i] >> shift & DIGIT_MASK]++] = from[i];
        to = from;
        from = sorted;
    }
    if (from != keys)
        memcpy(keys, from, n * sizeof *keys);
}
