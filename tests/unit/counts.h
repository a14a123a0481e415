/* tests/unit/counts.h - distributions by counts, and what two of them measure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/random.h>
#include <assay/stats/divergence.h>

enum { COUNTS_MOST = 2000 };

/* A distribution over values 0 .. n - 1, or other ones. */
typedef struct {
    size_t n;
    double values[COUNTS_MOST];
    guint64 counts[COUNTS_MOST];
} Counts;

/* @n values from 0 to below 1, many of them never, one at least once. */
void counts_random(Counts *counts, AssayRandom *random, size_t n);

/* The usual config, and one of exact bins. */
extern const AssayDivergenceConfig counts_unit_bins;
AssayDivergenceConfig counts_exact_bins(void);

AssayDivergence counts_compare(const Counts *a, const Counts *b,
                               const AssayDivergenceConfig *config);

#define VALUE(result, name) ((result).measured[ASSAY_MEASURE_##name].value)

/* Fails the test where @got is not @expected but for rounding. */
void counts_assert_near(double got, double expected);

/* Of @a and @a all is 0, and 1 what is a similarity; there is nothing to point at. */
void counts_assert_equal(const Counts *a, const AssayDivergenceConfig *config);
