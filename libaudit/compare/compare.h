/* compare/compare.h - how far sets stand off from a reference, and whether that is more than two
 * samples of the reference do.
 *
 * Stands on: compare/set.h, stats/divergence.h, compare/null.h.
 * Every variable that both sides have is measured, exactly: whole numbers by their counts, others
 * by their values, or by cells where a spec knows no more. What is not a measure of
 * stats/measure.h:
 *
 * atom: a value that makes at least 1 % of either side (of such the eight largest), or an end of
 *     the range that occurs: the difference of its shares.
 * outside: the difference of the shares that lie outside the range.
 * mean, variance, skewness, kurtosis: the difference of the means, over items, of the moment of
 *     each item's values (variance divided by n, kurtosis not excess).
 *
 * The bins of jsd and its kin are over the range that the reference declares (full scale: 0 to 1),
 * or else over the range of what both sides have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stats/divergence.h"
#include "set.h"

G_BEGIN_DECLS

/**
 * AssayCompareConfig:
 * @all: all measures, not only ks, jsd and w1
 * @measures: (nullable): these alone, ended by %NULL: names of measures, or "atom", "outside",
 *     "mean" ...
 * @fields: (nullable): these alone, ended by %NULL: fields, or variables
 * @n_bins: 0: each value is a bin of its own
 * @base: of logarithms: 2, or e
 * @tequilagan: p of ks as TequilaGAN's tables have it: over pooled values, as if each were
 *     independent; jsd by bins whose edges are of float32, where NumPy had put them
 * @n_draws: of the null distributions, at least 1
 * @n_workers: nothing depends on it
 */
typedef struct {
    gboolean all;
    const char *const *measures;
    const char *const *fields;
    size_t n_bins;
    double base;
    gboolean tequilagan;
    size_t n_draws;
    guint64 seed;
    guint n_workers;
} AssayCompareConfig;

#define ASSAY_COMPARE_CONFIG_DEFAULT                                                               \
    {                                                                                              \
        .n_bins = 100, .base = 2, .n_draws = 999                                                   \
    }

/**
 * AssayCompareRow:
 * @value: of the measure, NaN if there is none
 * @at: the value where the sides differ most; NaN where a measure has no such place
 * @reference, @candidate: what differs there: shares, or means of a moment
 * @real50, @real99: see AssayNullRow
 * @ratio: value / real99; of a similarity (1 - value) / (1 - real99); inf where two samples of the
 *     reference never differ and these do
 * @p: see AssayNullRow; @q: see assay_compare_adjust()
 * @items, @groups: of the candidate
 * @note: what limits the numbers; "" if nothing does
 */
typedef struct {
    char *set, *field, *measure;
    double value, at, reference, candidate;
    double real50, real99, ratio, p, q;
    guint64 items, groups;
    GString *note;
} AssayCompareRow;

ASSAY_API void assay_compare_row_free(AssayCompareRow *self);

/* Whether @name is one that AssayCompareConfig's @measures may have; if not, %ASSAY_ERROR_USAGE
 * that lists them. */
ASSAY_API gboolean assay_compare_measure_exists(const char *name,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_compare:
 * @reference, @candidate: finished
 * @rows: (element-type AssayCompareRow): those of @candidate are added
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE where the sides have no variable in common
 *     (@error lists those each has), or what draws ran into
 */
ASSAY_API gboolean assay_compare(const AssayCompareSet *reference, const AssayCompareSet *candidate,
                                 const AssayCompareConfig *config, GPtrArray *rows,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives all rows of a table their q: see assay_multiple_bh(). */
ASSAY_API void assay_compare_adjust(GPtrArray *rows);

G_END_DECLS
