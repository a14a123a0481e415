/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "moments.h"

#include <math.h>

/* Of sums of the powers of the differences from the mean. */
static void
finish(double count, double mean, double m2, double m3, double m4, AssayMoments *moments)
{
    *moments = (AssayMoments){ (double)NAN, (double)NAN, (double)NAN, (double)NAN };
    if (!(count > 0))
        return;
    m2 /= count;
    moments->mean = mean;
    moments->variance = m2;
    if (m2 > ASSAY_MOMENTS_ROUNDING * mean * mean) {
        moments->skewness = m3 / count / (m2 * sqrt(m2));
        moments->kurtosis = m4 / count / (m2 * m2);
    }
}

size_t
assay_moments_of(const double *values, size_t n, AssayMoments *moments)
{
    double sum = 0, m2 = 0, m3 = 0, m4 = 0, mean;
    size_t n_values = 0;

    for (size_t i = 0; i < n; i++) {
        gboolean is_value = !isnan(values[i]);

        sum += is_value ? values[i] : 0;
        n_values += is_value ? 1 : 0;
    }
    mean = sum / (double)n_values;
    for (size_t i = 0; i < n; i++) {
        double difference = isnan(values[i]) ? 0 : values[i] - mean,
               square = difference * difference;

        m2 += square;
        m3 += square * difference;
        m4 += square * square;
    }
    finish((double)n_values, mean, m2, m3, m4, moments);
    return n_values;
}
