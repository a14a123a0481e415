/* compare/feature-range.h - the values that one feature has in a reference, and how far a value is
 * from them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* What is below the low end, and above the high end. */
#define ASSAY_FEATURE_TAIL 0.05
/* Values that differ by this share of the larger, or less, are equal. */
#define ASSAY_FEATURE_SAME 1e-12

/**
 * AssayFeatureRange:
 * @values: (array length=n): finite, ascending
 * @n_missing: how many more there are that are not finite
 * @low, @median, @high: the quantiles ASSAY_FEATURE_TAIL, 1/2 and 1 - ASSAY_FEATURE_TAIL, linear
 *     between two values (type 7 of Hyndman and Fan, The American Statistician 50, 1996); NaN of
 *     no value
 */
typedef struct {
    double *values;
    size_t n, n_missing;
    double low, median, high;
} AssayFeatureRange;

/**
 * assay_feature_range_init:
 * @values: @n of them, each @stride after the one before it; one that is not finite is missing
 */
ASSAY_API void assay_feature_range_init(AssayFeatureRange *self, const double *values, size_t n,
                                        size_t stride);
ASSAY_API void assay_feature_range_clear(AssayFeatureRange *self);

/**
 * assay_feature_range_deviation:
 * @value: not finite: it is missing
 * @is_own: @value is one of these, which is then left out
 *
 * Above the median (value - median) / (high - median), below it (median - value) / (median - low):
 * 1 at the end of the middle nine tenths. Where that end is the median itself, the outermost value
 * takes its place; where all are the median, any other value is infinitely far. A value that is
 * missing is ASSAY_FEATURE_TAIL / (the share that is missing) away, so that here, too, 1 is what
 * one in twenty does. Where no value is left, every one is infinitely far.
 *
 * Returns: at least 0, perhaps infinite
 */
ASSAY_API double assay_feature_range_deviation(const AssayFeatureRange *self, double value,
                                               gboolean is_own);

G_END_DECLS
