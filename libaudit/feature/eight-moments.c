/* feature/eight-moments.c - slopes and moments of eight items at once.
 *
 * An item is a lane of vectors: each has its sums in the order in which it would have them alone,
 * and so the same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "eight-moments-private.h"

#include "centroid.h"

ASSAY_LANES_PART void
make_slopes(AssayEight *eight)
{
    const double middle = (eight->window - 1) / 2.0;
    const double window = eight->window, spread = window * (window * window - 1) / 12;

    for (size_t i = 0; i < eight->n_slopes; i++) {
        AssayLanes sum = { 0 }, centroid;

        for (guint k = 0; k < eight->window; k++) {
            ASSAY_LANES_LOAD(centroid, &eight->centroids[(i + k) * ASSAY_LANES]);
            sum += (k - middle) * centroid;
        }
        sum /= spread;
        ASSAY_LANES_STORE(&eight->slopes[i * ASSAY_LANES], sum);
    }
}

/* See assay_moments_of(). */
ASSAY_LANES_PART void
make_moments(const double *values, size_t n, AssayMoments *moments)
{
    AssayLanes sum = { 0 }, m2 = { 0 }, m3 = { 0 }, m4 = { 0 }, n_values = { 0 }, mean;
    const AssayLanes one = n_values + 1.0;

    for (size_t i = 0; i < n; i++) {
        AssayLaneBits is_value;
        AssayLanes value;

        ASSAY_LANES_LOAD(value, &values[i * ASSAY_LANES]);
        is_value = ~ASSAY_LANES_NAN(value);
        sum += (AssayLanes)((AssayLaneBits)value & is_value);
        n_values += (AssayLanes)((AssayLaneBits)one & is_value);
    }
    mean = sum / n_values;
    for (size_t i = 0; i < n; i++) {
        AssayLanes value, difference, square;

        ASSAY_LANES_LOAD(value, &values[i * ASSAY_LANES]);
        difference = (AssayLanes)((AssayLaneBits)(value - mean) & ~ASSAY_LANES_NAN(value));
        square = difference * difference;
        m2 += square;
        m3 += square * difference;
        m4 += square * square;
    }
    for (size_t k = 0; k < ASSAY_LANES; k++)
        assay_moments_finish(n_values[k], mean[k], m2[k], m3[k], m4[k], &moments[k]);
}

ASSAY_LANES_PART void
make_all(AssayEight *eight)
{
    make_slopes(eight);
    make_moments(eight->centroids, eight->n_columns, eight->of_centroids);
    make_moments(eight->slopes, eight->n_slopes, eight->of_slopes);
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
