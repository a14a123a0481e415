/* stats/divergence-private.h - the sweep of stats/divergence.h: what goes through it, in blocks.
 *
 * n and m are the values of the reference and of the candidate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "divergence.h"
#include "sum-private.h"

/**
 * AssayBlock:
 * @n: how many values; the last block has less than others
 * @x: ascending, across blocks too
 * @a, @b: how often each occurs in the reference and in the candidate, not 0 in both
 * @jump: a m - b n: by how much F - G changes at the value, in units of 1 / (n m), scaled
 * @gap: F - G from this value to below the next one, in the same units
 */
typedef struct {
    size_t n;
    double x[ASSAY_ECDF_BLOCK];
    guint64 a[ASSAY_ECDF_BLOCK], b[ASSAY_ECDF_BLOCK];
    double jump[ASSAY_ECDF_BLOCK], gap[ASSAY_ECDF_BLOCK];
} AssayBlock;

/**
 * AssayOrderSweep:
 *
 * What measures of the values in their order keep from block to block.
 *
 * @scale: a power of 2 near 1 / (n m), so that gaps of any number of values are near 1
 * @unit: n m @scale: what a gap of 1 is
 * @before_a, @before_b: values below this block
 * @last_x, @last_gap: of the block before
 * @largest: of |gap|, at @largest_x, where @largest_jump was the jump
 * @is_open: the value after that is yet to come
 * @next_x, @next_jump: it
 */
typedef struct {
    AssayMeasures measures;
    guint64 n, m;
    double scale, unit;
    guint64 before_a, before_b;
    double last_x, last_gap;
    double largest, largest_x, largest_jump, next_x, next_jump;
    guint64 largest_a, largest_b;
    gboolean is_open;
    AssaySum w1, energy, cvm, ad;
    double linf, linf_x;
    guint64 linf_a, linf_b;
} AssayOrderSweep;

void assay_order_sweep_init(AssayOrderSweep *self, AssayMeasures measures, guint64 n, guint64 m);

/* Fills in @jump and @gap, and takes the block in. */
void assay_order_sweep_add(AssayOrderSweep *self, AssayBlock *block);

/**
 * assay_order_sweep_keys:
 * @a, @b: (array length=n) (array length=m): all values of both sides, in any order: keys of
 *     float32, see stats/radix-private.h
 *
 * Takes in, instead of all blocks, those few that ks can depend on: no other measure must be asked
 * for.
 *
 * Returns: whether it did: not without values on both sides, nor without memory
 */
gboolean assay_order_sweep_keys(AssayOrderSweep *self, const guint32 *a, size_t n, const guint32 *b,
                                size_t m) G_GNUC_WARN_UNUSED_RESULT;

void assay_order_sweep_end(AssayOrderSweep *self, AssayMeasured *measured);

/* What a measure by bins has come to: the sum of its terms, the largest and where it is. */
typedef struct {
    AssaySum sum;
    double largest, at;
    guint64 a, b;
} AssayBinSum;

/**
 * AssayBinSweep:
 *
 * What measures by bins keep: the counts of all bins, or, where each value is a bin, the sums.
 */
typedef struct {
    const AssayDivergenceConfig *config;
    guint64 n, m; /* in bins */
    size_t bin;   /* that of the latest value */
    double edge;  /* the upper one of @bin */
    AssayCounts below, above;
    guint64 a[ASSAY_DIVERGENCE_BINS], b[ASSAY_DIVERGENCE_BINS];
    guint64 n_filled;
    AssayBinSum sums[ASSAY_N_MEASURES];
} AssayBinSweep;

void assay_bin_sweep_init(AssayBinSweep *self, const AssayDivergenceConfig *config, guint64 n,
                          guint64 m);
void assay_bin_sweep_add(AssayBinSweep *self, const AssayBlock *block);
void assay_bin_sweep_end(AssayBinSweep *self, AssayDivergence *result);

static inline gboolean
assay_measures_has(AssayMeasures measures, AssayMeasure measure)
{
    return (measures & ASSAY_MEASURES(measure)) != 0;
}
