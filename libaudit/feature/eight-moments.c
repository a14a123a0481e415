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

/* Sums of powers of the differences from a mean. */
typedef struct {
    AssayLanes mean, m2, m3, m4;
} Powers;

ASSAY_LANES_PART Powers
powers_about_mean(const Total *total)
{
    return (Powers){ total->sum / total->n, { 0 }, { 0 }, { 0 } };
}

/* Adds the values at @i, as far as there are any. */
ASSAY_LANES_PART void
add_power(Powers *powers, const double *values, size_t i)
{
    AssayLanes value, difference, square;

    ASSAY_LANES_LOAD(value, &values[i * ASSAY_LANES]);
    difference = (AssayLanes)((AssayLaneBits)(value - powers->mean) & ~ASSAY_LANES_NAN(value));
    square = difference * difference;
    powers->m2 += square;
    powers->m3 += square * difference;
    powers->m4 += square * square;
}

/* What there is none of, of no values, is NaN by itself. */
ASSAY_LANES_PART void
finish(const Powers *powers, const Total *total, AssayMoments *moments)
{
    const AssayLaneBits none = (AssayLaneBits)((AssayLanes){ 0 } + (double)NAN);
    AssayLanes mean = powers->mean, m2 = powers->m2 / total->n, m3 = powers->m3 / total->n;
    AssayLanes m4 = powers->m4 / total->n;
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

/* Puts the centroids of a column side by side; returns what they come to. */
ASSAY_LANES_PART Total
turn_centroids(AssayEight *eight)
{
    Total total = { { 0 }, { 0 } };

    for (size_t c = 0; c < eight->n_columns; c += ASSAY_LANES) {
        size_t end = MIN(c + ASSAY_LANES, eight->n_columns);

        turn_block(&eight->items[c], eight->stride, &eight->centroids[c * ASSAY_LANES]);
        for (size_t i = c; i < end; i++) {
            AssayLanes centroid;

            ASSAY_LANES_LOAD(centroid, &eight->centroids[i * ASSAY_LANES]);
            add(&total, centroid);
        }
    }
    return total;
}

/* Adds up powers of centroids meanwhile: slopes are waited for, since they are divided. */
ASSAY_LANES_PART Total
make_slopes(AssayEight *eight, Powers *of_centroids)
{
    const double middle = (eight->window - 1) / 2.0;
    const double window = eight->window, spread = window * (window * window - 1) / 12;
    Total total = { { 0 }, { 0 } };

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
        add(&total, slope);
        add_power(of_centroids, eight->centroids, i);
    }
    for (size_t i = eight->n_slopes; i < eight->n_columns; i++)
        add_power(of_centroids, eight->centroids, i);
    return total;
}

ASSAY_LANES_PART void
make_all(AssayEight *eight)
{
    Total centroids = turn_centroids(eight), slopes;
    Powers of_centroids = powers_about_mean(&centroids), of_slopes;

    slopes = make_slopes(eight, &of_centroids);
    of_slopes = powers_about_mean(&slopes);
    for (size_t i = 0; i < eight->n_slopes; i++)
        add_power(&of_slopes, eight->slopes, i);
    finish(&of_centroids, &centroids, eight->of_centroids);
    finish(&of_slopes, &slopes, eight->of_slopes);
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
