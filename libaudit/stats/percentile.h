/* stats/percentile.h - percentiles of a few values, and the interval between two of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "multiple.h"

G_BEGIN_DECLS

/**
 * assay_percentile_interval:
 * @values: (array length=n): no NaN; put in order
 * @n: at least 1
 * @confidence: in (0, 1), e.g. .95
 *
 * The interval that leaves as large a share of the values on either side, linear between values as
 * NumPy's quantile is.
 *
 * Returns: NaN where all values are the same
 */
ASSAY_API AssayInterval assay_percentile_interval(double *values, size_t n, double confidence);

/**
 * assay_percentile_reached:
 * @sorted: (array length=n) (nullable): in order, in either direction
 * @share: in (0, 1]
 *
 * Returns: the first value that at least this share of all does not go beyond: one of them, NaN of
 *     none
 */
ASSAY_API double assay_percentile_reached(const double *sorted, size_t n, double share);

G_END_DECLS
