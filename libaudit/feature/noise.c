/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise.h"

#include <math.h>

#include "pixel-rows-private.h"

/* Sums that do not wait for each other. */
enum { LANES = 8 };

/* Pixels that have neighbours on both sides, and those. */
enum { INNER = ASSAY_PIXEL_BLOCK, OUTER = INNER + 2 };

/* x[-1] - 2 x[0] + x[1] of @n pixels of a row, the first of which has @first on its left; zeros
 * behind them up to a whole number of lanes. */
static void
difference_row(const AssayPixelRows *rows, size_t row, size_t first, size_t n, double *differences)
{
    double values[OUTER * ASSAY_PIXEL_CHANNELS];

    assay_pixel_rows_read(rows, row, first, n + 2, values);
    if (rows->n_channels == ASSAY_PIXEL_CHANNELS) {
        for (size_t i = 0; i < n + 2; i++)
            values[i] = values[3 * i] - values[3 * i + 1];
    }
    for (size_t i = 0; i < n; i++)
        differences[i] = values[i] - 2 * values[i + 1] + values[i + 2];
    for (; n % LANES != 0; n++)
        differences[n] = 0;
}

/* The sum of what the mask makes of @n columns, sign aside. */
static double
sum_block(const AssayPixelRows *rows, size_t first, size_t n)
{
    double differences[3][INNER], sums[LANES] = { 0 };

    for (size_t row = 0; row < rows->n_rows; row++) {
        const double *a = differences[(row + 1) % 3], *b = differences[(row + 2) % 3];
        double *c = differences[row % 3];

        difference_row(rows, row, first, n, c);
        for (size_t i = 0; row >= 2 && i < n; i += LANES) {
            for (size_t lane = 0; lane < LANES; lane++)
                sums[lane] += fabs(a[i + lane] - 2 * b[i + lane] + c[i + lane]);
        }
    }
    for (size_t lane = 1; lane < LANES; lane++)
        sums[0] += sums[lane];
    return sums[0];
}

/* Of one channel, or of red minus green. */
static double
sigma(const AssayArray *array, size_t item)
{
    AssayPixelRows rows = assay_pixel_rows(array, item);
    double sum = 0, n;

    if (rows.n_rows < 3 || rows.n_columns < 3)
        return (double)NAN;
    for (size_t first = 0; first < rows.n_columns - 2; first += INNER)
        sum += sum_block(&rows, first, MIN((size_t)INNER, rows.n_columns - 2 - first));
    n = (double)(rows.n_rows - 2) * (double)(rows.n_columns - 2);
    return isfinite(sum) ? sqrt(G_PI_2) / 6 * sum / n : (double)NAN;
}

void
assay_noise_of(const AssayPlanes *planes, const AssayArray *colours, size_t item, AssayNoise *noise)
{
    const double level = 255 / planes->full_scale;

    gboolean has_colours = assay_pixel_rows(colours, item).n_channels == ASSAY_PIXEL_CHANNELS;

    noise->grey = level * sigma(planes->array, item);
    noise->red_green =
        has_colours && !isnan(noise->grey) ? level * sigma(colours, item) : (double)NAN;
    noise->ratio = noise->grey > 0 ? noise->red_green / noise->grey : (double)NAN;
}
