/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quality.h"

#include <math.h>

#include "pixel-rows-private.h"

enum { BLOCK = ASSAY_PIXEL_BLOCK, LANES = 8 };

/* Sums over pixels, by lanes that do not wait for each other. */
typedef struct {
    double sum[LANES], squares[LANES];
} Lanes;

static double
total(const double lanes[LANES])
{
    double sum = 0;

    for (size_t lane = 0; lane < LANES; lane++)
        sum += lanes[lane];
    return sum;
}

/* Whole numbers of lanes, and what is left. */
static void
add_values(Lanes *lanes, const double *values, size_t n)
{
    size_t i = 0;

    for (; i + LANES <= n; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            lanes->sum[lane] += values[i + lane];
            lanes->squares[lane] += values[i + lane] * values[i + lane];
        }
    }
    for (; i < n; i++) {
        lanes->sum[i % LANES] += values[i];
        lanes->squares[i % LANES] += values[i] * values[i];
    }
}

/* Divided by n. */
static double
variance(const Lanes *lanes, double n)
{
    double mean = total(lanes->sum) / n, found = total(lanes->squares) / n - mean * mean;

    return isfinite(found) ? MAX(found, 0) : (double)NAN;
}

/* @n pixels of a row with their neighbours on both sides, mirrored where there are none. */
static void
read_mirrored(const AssayPixelRows *rows, size_t row, size_t first, size_t n, double *values)
{
    size_t left = first > 0 ? 1 : 0, right = first + n < rows->n_columns ? 1 : 0;

    assay_pixel_rows_read(rows, row, first - left, left + n + right, values + 1 - left);
    if (left == 0)
        values[0] = values[2];
    if (right == 0)
        values[n + 1] = values[n - 1];
}

static void
add_laplacians(const AssayPixelRows *rows, size_t first, size_t n, Lanes *lanes)
{
    double values[3][BLOCK + 2], found[BLOCK];

    read_mirrored(rows, 0, first, n, values[0]);
    read_mirrored(rows, 1, first, n, values[1]);
    for (size_t row = 0; row < rows->n_rows; row++) {
        const double *at = values[row % 3] + 1;
        const double *down = values[(row + 1) % 3] + 1;
        const double *up = row == 0 ? down : values[(row + 2) % 3] + 1;

        if (row + 1 == rows->n_rows)
            down = up;
        for (size_t i = 0; i < n; i++)
            found[i] = up[i] + down[i] + at[(ptrdiff_t)i - 1] + at[i + 1] - 4 * at[i];
        add_values(lanes, found, n);
        if (row + 2 < rows->n_rows)
            read_mirrored(rows, row + 2, first, n, values[(row + 2) % 3]);
    }
}

static double
laplacian_variance(const AssayPixelRows *rows)
{
    Lanes lanes = { { 0 }, { 0 } };

    for (size_t first = 0; first < rows->n_columns; first += BLOCK)
        add_laplacians(rows, first, MIN((size_t)BLOCK, rows->n_columns - first), &lanes);
    return variance(&lanes, (double)rows->n_rows * (double)rows->n_columns);
}

/* Squares of two by two: their sums, and the squares of the three differences of each, four times
 * what is inside. @origin is taken off, so that sums of squares stay small. */
static double
add_squares(const AssayPixelRows *rows, size_t row, double origin, Lanes *lanes)
{
    double up[BLOCK], down[BLOCK], sums[BLOCK / 2], inside = 0;

    for (size_t first = 0; first + 2 <= rows->n_columns; first += BLOCK) {
        size_t n = MIN((size_t)BLOCK, rows->n_columns - first) / 2;

        assay_pixel_rows_read(rows, row, first, 2 * n, up);
        assay_pixel_rows_read(rows, row + 1, first, 2 * n, down);
        for (size_t i = 0; i < n; i++) {
            double a = up[2 * i] - origin, b = up[2 * i + 1] - origin;
            double c = down[2 * i] - origin, d = down[2 * i + 1] - origin;
            double x = a - b + c - d, y = a + b - c - d, z = a - b - c + d;

            sums[i] = a + b + c + d;
            inside += x * x + y * y + z * z;
        }
        add_values(lanes, sums, n);
    }
    return inside;
}

static double
high_frequencies(const AssayPixelRows *rows)
{
    double n = (double)(rows->n_rows / 2) * (double)(rows->n_columns / 2);
    double inside = 0, between, origin;
    Lanes lanes = { { 0 }, { 0 } };

    assay_pixel_rows_read(rows, 0, 0, 1, &origin);
    for (size_t row = 0; row + 2 <= rows->n_rows; row += 2)
        inside += add_squares(rows, row, origin, &lanes);
    between = n * variance(&lanes, n);
    return isfinite(inside) && inside + between > 0 ? inside / (inside + between) : (double)NAN;
}

/* @rg, @yb: their sums, with those of the first pixel taken off */
typedef struct {
    Lanes rg, yb;
    double saturation;
} Colours;

static void
add_colours(const double *pixels, size_t n, double rg, double yb, Colours *colours)
{
    double rgs[BLOCK], ybs[BLOCK];

    for (size_t i = 0; i < n; i++) {
        double r = pixels[3 * i], g = pixels[3 * i + 1], b = pixels[3 * i + 2];
        double most = MAX(MAX(r, g), b), least = MIN(MIN(r, g), b);

        rgs[i] = r - g - rg;
        ybs[i] = (r + g) / 2 - b - yb;
        colours->saturation += most > 0 ? (most - least) / most : 0;
    }
    add_values(&colours->rg, rgs, n);
    add_values(&colours->yb, ybs, n);
}

static void
put_colours(const AssayPixelRows *rows, double level, AssayQuality *quality)
{
    double n = (double)rows->n_rows * (double)rows->n_columns, rg, yb;
    double pixels[BLOCK * ASSAY_PIXEL_CHANNELS], found;
    Colours colours = { .saturation = 0 };

    assay_pixel_rows_read(rows, 0, 0, 1, pixels);
    rg = pixels[0] - pixels[1];
    yb = (pixels[0] + pixels[1]) / 2 - pixels[2];
    for (size_t row = 0; row < rows->n_rows; row++) {
        for (size_t first = 0; first < rows->n_columns; first += BLOCK) {
            size_t m = MIN((size_t)BLOCK, rows->n_columns - first);

            assay_pixel_rows_read(rows, row, first, m, pixels);
            add_colours(pixels, m, rg, yb, &colours);
        }
    }
    found = sqrt(variance(&colours.rg, n) + variance(&colours.yb, n)) +
            0.3 * hypot(rg + total(colours.rg.sum) / n, yb + total(colours.yb.sum) / n);
    quality->colourfulness = isfinite(found) ? level * found : (double)NAN;
    quality->saturation = isfinite(found) ? colours.saturation / n : (double)NAN;
}

void
assay_quality_of(const AssayPlanes *planes, const AssayArray *colours, size_t item,
                 AssayQuality *quality)
{
    const double level = 255 / planes->full_scale;
    AssayPixelRows grey = assay_pixel_rows(planes->array, item);
    AssayPixelRows colour = assay_pixel_rows(colours, item);

    *quality = (AssayQuality){ (double)NAN, (double)NAN, (double)NAN, (double)NAN };
    if (grey.n_rows >= 2 && grey.n_columns >= 2) {
        quality->laplacian_variance = level * level * laplacian_variance(&grey);
        quality->high_frequencies =
            isnan(quality->laplacian_variance) ? (double)NAN : high_frequencies(&grey);
    }
    if (colour.n_channels == ASSAY_PIXEL_CHANNELS)
        put_colours(&colour, level, quality);
}
