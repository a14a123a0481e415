/* feature/eight-moments.c - slopes and moments of eight items at once.
 *
 * An item is a lane of vectors: each has its sums in the order in which it would have them alone,
 * and so the same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "eight-moments-private.h"

#include <math.h>

#include "centroid.h"

/* Lanes of two vectors, of which the second has 8 to 15. */
#define PICK(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

/* Eight columns of eight items, from item after item to column after column: pairs of lanes, then
 * fours, then all. Unrolled, all of it stays in registers. */
ASSAY_LANES_PART void
turn_block(const double *items, size_t stride, double *columns)
{
    AssayLanes all[ASSAY_LANES], twos[ASSAY_LANES], fours[ASSAY_LANES];

#pragma GCC unroll 8
    for (size_t k = 0; k < ASSAY_LANES; k++)
        ASSAY_LANES_LOAD(all[k], &items[k * stride]);
#pragma GCC unroll 4
    for (size_t k = 0; k < ASSAY_LANES; k += 2) {
        twos[k] = PICK(all[k], all[k + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        twos[k + 1] = PICK(all[k], all[k + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
#pragma GCC unroll 4
    for (size_t i = 0; i < ASSAY_LANES / 2; i++) {
        size_t k = i + i / 2 * 2;

        fours[k] = PICK(twos[k], twos[k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        fours[k + 2] = PICK(twos[k], twos[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
#pragma GCC unroll 4
    for (size_t k = 0; k < ASSAY_LANES / 2; k++) {
        all[k] = PICK(fours[k], fours[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        all[k + 4] = PICK(fours[k], fours[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
#pragma GCC unroll 8
    for (size_t k = 0; k < ASSAY_LANES; k++)
        ASSAY_LANES_STORE(&columns[k * ASSAY_LANES], all[k]);
}

/* Of the values that are there; see assay_moments_of(). */
typedef struct {
    AssayLanes sum, n;
} Total;

ASSAY_LANES_PART void
add(Total *total, AssayLanes value)
{
    const AssayLanes one = { 1, 1, 1, 1, 1, 1, 1, 1 };
    AssayLaneBits is_value = ~ASSAY_LANES_NAN(value);

    total->sum += (AssayLanes)((AssayLaneBits)value & is_value);
    total->n += (AssayLanes)((AssayLaneBits)one & is_value);
}

ASSAY_LANES_PART void
add_centroid(const AssayEight *eight, size_t i, Total *total)
{
    AssayLanes centroid;

    ASSAY_LANES_LOAD(centroid, &eight->centroids[i * ASSAY_LANES]);
    add(total, centroid);
}

/* Adds up slopes and centroids meanwhile: slopes are waited for, since they are divided. */
ASSAY_LANES_PART void
make_slopes(AssayEight *eight, Total *of_centroids, Total *of_slopes)
{
    const double middle = (eight->window - 1) / 2.0;
    const double window = eight->window, spread = window * (window * window - 1) / 12;

    for (guint k = 0; k < eight->window; k++)
        eight->places[k] = k - middle;
    for (size_t i = 0; i < eight->n_slopes; i++) {
        AssayLanes slope = { 0 }, centroid;

        for (guint k = 0; k < eight->window; k++) {
            ASSAY_LANES_LOAD(centroid, &eight->centroids[(i + k) * ASSAY_LANES]);
            slope += eight->places[k] * centroid;
        }
        slope /= spread;
        ASSAY_LANES_STORE(&eight->slopes[i * ASSAY_LANES], slope);
        add(of_slopes, slope);
        add_centroid(eight, i, of_centroids);
    }
    for (size_t i = eight->n_slopes; i < eight->n_columns; i++)
        add_centroid(eight, i, of_centroids);
}

/* What there is none of, of no values, is NaN by itself. */
ASSAY_LANES_PART void
finish(AssayLanes mean, AssayLanes m2, AssayLanes m3, AssayLanes m4, AssayMoments *moments)
{
    const AssayLaneBits none = (AssayLaneBits)((AssayLanes){ 0 } + (double)NAN);
    AssayLaneBits are_apart = (AssayLaneBits)(m2 > ASSAY_MOMENTS_ROUNDING * mean * mean);
    AssayLanes deviation, skewness, kurtosis;

    for (size_t k = 0; k < ASSAY_LANES; k++)
        deviation[k] = sqrt(m2[k]);
    skewness = m3 / (m2 * deviation);
    kurtosis = m4 / (m2 * m2);
    skewness = (AssayLanes)(((AssayLaneBits)skewness & are_apart) | (none & ~are_apart));
    kurtosis = (AssayLanes)(((AssayLaneBits)kurtosis & are_apart) | (none & ~are_apart));
    for (size_t k = 0; k < ASSAY_LANES; k++)
        moments[k] = (AssayMoments){ mean[k], m2[k], skewness[k], kurtosis[k] };
}

ASSAY_LANES_PART void
make_moments(const double *values, size_t n, const Total *total, AssayMoments *moments)
{
    AssayLanes m2 = { 0 }, m3 = { 0 }, m4 = { 0 }, mean = total->sum / total->n;

    for (size_t i = 0; i < n; i++) {
        AssayLanes value, difference, square;

        ASSAY_LANES_LOAD(value, &values[i * ASSAY_LANES]);
        difference = (AssayLanes)((AssayLaneBits)(value - mean) & ~ASSAY_LANES_NAN(value));
        square = difference * difference;
        m2 += square;
        m3 += square * difference;
        m4 += square * square;
    }
    finish(mean, m2 / total->n, m3 / total->n, m4 / total->n, moments);
}

ASSAY_LANES_PART void
make_all(AssayEight *eight)
{
    Total of_centroids = { .sum = { 0 }, .n = { 0 } }, of_slopes = of_centroids;

    for (size_t c = 0; c < eight->n_columns; c += ASSAY_LANES)
        turn_block(&eight->items[c], eight->stride, &eight->centroids[c * ASSAY_LANES]);
    make_slopes(eight, &of_centroids, &of_slopes);
    make_moments(eight->centroids, eight->n_columns, &of_centroids, eight->of_centroids);
    make_moments(eight->slopes, eight->n_slopes, &of_slopes, eight->of_slopes);
}

void
assay_eight_moments_any(AssayEight *eight)
{
    make_all(eight);
}

#if defined(__x86_64__)
ASSAY_LANES_AVX512 static void
make_all_avx512(AssayEight *eight)
{
    make_all(eight);
}
#endif

void
assay_eight_moments(AssayEight *eight)
{
#if defined(__x86_64__)
    if (assay_lanes_have_avx512()) {
        make_all_avx512(eight);
        return;
    }
#endif
    assay_eight_moments_any(eight);
}
