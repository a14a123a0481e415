/* compare/compare.h - how far sets stand off from a reference, and whether that is more than two
 * samples of the reference do.
 *
 * Stands on: compare/set.h, compare/row.h, stats/divergence.h, compare/null.h.
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

#include "row.h"
#include "set.h"

G_BEGIN_DECLS

/* Whether @name is one that AssayCompareConfig's @measures may have; if not, %ASSAY_ERROR_USAGE
 * that lists them. */
ASSAY_API gboolean assay_compare_measure_exists(const char *name,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether any measure asked for is a moment of items: AssayDistributionConfig can skip them if not.
 */
ASSAY_API gboolean assay_compare_needs_moments(const AssayCompareConfig *config);

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
