/* stats/divergence.h - how far two distributions are apart, by every measure, in one sweep.
 *
 * Stands on: stats/ecdf.h, stats/measure.h (what each measure is).
 * Both are drawn in ascending order and merged; everything is computed on the way, exactly: nothing
 * is sampled, and ties count as ties. Memory does not depend on how many values there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ecdf.h"
#include "measure.h"

G_BEGIN_DECLS

#define ASSAY_DIVERGENCE_BINS ((size_t)4096) /* at most */
#define ASSAY_DIVERGENCE_ATOMS ((size_t)16)

/**
 * AssayDivergenceConfig:
 * @measures: which to compute; fewer are faster
 * @is_exact: each value is a bin of its own; @n_bins, @low and @high mean nothing then
 * @n_bins: how many equal bins, 1 .. 4096
 * @low, @high: finite, @low < @high: where the bins are. Edges are low + i (high - low) / n_bins,
 * the last @high itself; a value at an edge falls in the bin above, @high in the last (as NumPy's
 *     histogram has it). What is outside is in no bin: shares are of what is inside, and how much
 * is outside is told apart.
 * @base: of logarithms: 2 for bits, e for nats; over 1
 * @min_atom: what share of either side makes a value an atom, in 0 .. 1
 * @skips_atoms: none are looked for: ks alone then takes no sorting where both sides are float32
 */
typedef struct {
    AssayMeasures measures;
    gboolean is_exact, skips_atoms;
    size_t n_bins;
    double low, high;
    double base;
    double min_atom;
} AssayDivergenceConfig;

#define ASSAY_DIVERGENCE_CONFIG_DEFAULT                                                            \
    {                                                                                              \
        .measures = ASSAY_MEASURES_ALL, .n_bins = 100, .low = 0, .high = 1, .base = 2,             \
        .min_atom = .01                                                                            \
    }

/**
 * AssayMeasured:
 * @value: NaN if there is none: not asked for, or a side without values (inside the bins)
 * @at: where the two differ most by this measure; NaN where a measure has no such place, or the two
 *     do not differ. KS: see @is_below. L-infinity: the value. Of measures with bins: the middle of
 *     the bin that contributes most, or the value where bins are exact. Of several, the lowest.
 * @is_below: of KS alone: the greatest distance is just below @at, not at it
 * @reference, @candidate: at that place: F and G of KS (just below @at if @is_below), else shares
 *
 * F - G is constant from a value to below the next one, so the greatest distance has two ends. KS
 * names the one where the distance changes more: where it comes about (@at), or where it ends
 * (@is_below). If the reference alone has an atom at 1, and all else is alike, that is "just below
 * 1".
 */
typedef struct {
    double value;
    double at;
    gboolean is_below;
    double reference, candidate;
} AssayMeasured;

/* A count of each side. */
typedef struct {
    guint64 reference, candidate;
} AssayCounts;

/**
 * AssayAtom:
 * @value: a single value that makes a large share of one side
 * @n: how often it occurs
 */
typedef struct {
    double value;
    AssayCounts n;
} AssayAtom;

/**
 * AssayDivergence:
 * @n: values of each side
 * @measured: (array fixed-size=ASSAY_N_MEASURES): an AssayMeasure each
 * @below, @above: how many values are outside the bins; 0 where bins are exact
 * @n_filled: bins in which either has values; chi-square has so many less one degrees of freedom
 * @atoms: (array length=n_atoms): those with the largest shares of either side, ascending by value
 */
typedef struct {
    AssayCounts n;
    AssayMeasured measured[ASSAY_N_MEASURES];
    AssayCounts below, above;
    guint64 n_filled;
    AssayAtom atoms[ASSAY_DIVERGENCE_ATOMS];
    size_t n_atoms;
} AssayDivergence;

/**
 * assay_divergence_check:
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE: a number of bins, a range, a base
 * or a share that cannot be
 */
ASSAY_API gboolean assay_divergence_check(const AssayDivergenceConfig *config,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_divergence_measure:
 * @reference, @candidate: are rewound, and drawn to their ends; two different objects
 * @result: (out): all that was asked for
 *
 * A side without values is no error: measures are NaN then.
 *
 * Returns: %TRUE; %FALSE with @error set as assay_divergence_check() and assay_ecdf_draw()
 */
ASSAY_API gboolean assay_divergence_measure(AssayEcdf *reference, AssayEcdf *candidate,
                                            const AssayDivergenceConfig *config,
                                            AssayDivergence *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_divergence_of_counts:
 * @values: (array length=n): strictly ascending, no NaN (which is not looked at again)
 * @reference, @candidate: (array length=n): how often each value occurs; less than 2^62 in all
 * @config: which assay_divergence_check() has found sound
 * @result: (out): the same, to the last bit, as by assay_divergence_measure()
 *
 * Allocates nothing and cannot fail: for thousands of draws under a null hypothesis. What costs is
 * which measures are asked for.
 */
ASSAY_API void assay_divergence_of_counts(const double *values, const guint64 *reference,
                                          const guint64 *candidate, size_t n,
                                          const AssayDivergenceConfig *config,
                                          AssayDivergence *result);

G_END_DECLS
