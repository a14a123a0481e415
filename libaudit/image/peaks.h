/* image/peaks.h - what stands out of an average spectrum: points and lines, by their periods.
 *
 * The height of a bin is its value less the median of the 9 x 9 around it, itself included; the
 * spectrum goes on from its other side. (Less than 9 where a side is shorter, always an odd
 * number.) A point is a bin whose height is the largest of the 3 x 3 around it. A line is a whole
 * row or column of bins, its height their mean. Both stand out by their height over the spread of
 * all, of bins or of rows or columns: 1.4826 times the median absolute deviation.
 *
 * A kernel of up-sampling by 2 that is not even leaves points and lines at N / 2, one that was
 * applied twice at N / 4, and so on: a period of 2, 4, 8 pixels. Bin 0, 0 is none, nor are row 0
 * and column 0 lines: pictures have edges along their sides. Real spectra are symmetric, so of two
 * bins that say the same one is told, whose column is not negative.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* By how many spreads a peak stands out at least: white noise of 4,096 bins seldom has one. */
#define ASSAY_PEAK_LEAST 5.

typedef enum {
    ASSAY_PEAK_POINT,
    ASSAY_PEAK_ROW,
    ASSAY_PEAK_COLUMN,
} AssayPeakKind;

/**
 * AssayPeak:
 * @row, @column: cycles over the height and over the width of the picture; 0 of a line for the axis
 *     that it runs along
 * @period: in pixels, across its crests
 * @height: in units of the spectrum
 * @spreads: how far it stands out
 * @grid: 2, 4, 8 or 16, but at most a quarter of the side: the smallest that its cycles are
 * multiples of the side over; 0: none
 */
typedef struct {
    AssayPeakKind kind;
    gint64 row, column;
    double period, height, spreads;
    guint grid;
} AssayPeak;

/**
 * assay_peaks_find:
 * @spectrum: [height, width], frequency 0 in the middle, all finite
 * @most: how many of points, and of lines, at most
 *
 * Returns: (transfer full): AssayPeak, points before lines, the highest first; %NULL with
 *     %ASSAY_ERROR_RANGE without memory.
 */
ASSAY_API GArray *assay_peaks_find(const double *spectrum, size_t height, size_t width, size_t most,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
