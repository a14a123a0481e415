/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-quality-private.h"

#include <limits.h>
#include <stdlib.h>

enum { CELLS = 64 };

/* ITU-T T.81, table K.1. */
static const int luminance[CELLS] = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
};

/* Of a quality, as libjpeg has it. */
static long
value_of(size_t cell, int quality)
{
    int scale = quality < 50 ? 5000 / quality : 200 - quality * 2;

    return CLAMP((luminance[cell] * scale + 50) / 100, 1, 255);
}

/* How far the table is from that of a quality, or @limit or more if it is as far. */
static long
distance(const guint16 *table, int quality, long limit)
{
    long sum = 0;

    for (size_t i = 0; i < CELLS && sum < limit; i++)
        sum += labs((long)table[i] - value_of(i, quality));
    return sum;
}

int
assay_jpeg_quality(const guint16 *table)
{
    long least;
    int best = 100;

    /* Most are just that of a quality. */
    for (int quality = 100; quality >= 1; quality--) {
        if (table[CELLS - 1] == value_of(CELLS - 1, quality) && distance(table, quality, 1) == 0)
            return quality;
    }
    least = distance(table, best, LONG_MAX);

    for (int quality = 99; quality >= 1 && least > 0; quality--) {
        long sum = distance(table, quality, least);

        if (sum < least) {
            least = sum;
            best = quality;
        }
    }
    return best;
}
