/* feature/moments.h - mean, variance, skewness and kurtosis of some values.
 *
 * Of n values, m = sum(x) / n and m_k = sum((x - m)^k) / n: the variance is m_2 (divided by n), the
 * skewness m_3 / m_2^1.5, the kurtosis m_4 / m_2^2, not excess (3 for a normal distribution).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

typedef struct {
    double mean, variance, skewness, kurtosis;
} AssayMoments;

/* Values that differ from their mean by rounding alone are equal: a variance below this part of the
 * square of the mean is none. */
#define ASSAY_MOMENTS_ROUNDING 1e-30

/**
 * assay_moments_of:
 * @values: (array length=n): NaN are left out
 * @moments: (out): NaN where there is none: without a value; skewness and kurtosis where all values
 *     are equal
 *
 * Returns: how many values there are that are not NaN.
 */
ASSAY_API size_t assay_moments_of(const double *values, size_t n, AssayMoments *moments);

G_END_DECLS
