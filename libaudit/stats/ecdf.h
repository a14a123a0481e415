/* stats/ecdf.h - an empirical distribution: values in ascending order, and how often each occurs.
 *
 * Stands on: stats/sorted.h.
 * It is drawn from start to end, in blocks, whatever it stands on: counts of cells, two arrays, or
 * a store of sorted values. Each value comes once. Values may be infinite, never NaN; zero is never
 * negative.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sorted.h"

G_BEGIN_DECLS

typedef struct AssayEcdf AssayEcdf;

/* How many values a block holds at most. */
#define ASSAY_ECDF_BLOCK ((size_t)512)

/**
 * assay_ecdf_from_counts:
 * @counts: (array length=n): of cells 0 .. n - 1; borrowed, to outlive the result
 * @offset: of the lowest cell
 * @divisor: positive: the value of a cell is (cell + @offset) / @divisor
 *
 * Returns: (transfer full): the distribution, or %NULL with %ASSAY_ERROR_RANGE: 2^62 values or more
 */
ASSAY_API AssayEcdf *assay_ecdf_from_counts(const guint64 *counts, size_t n, int offset,
                                            double divisor,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_ecdf_from_arrays:
 * @values: (array length=n): strictly ascending
 * @counts: (array length=n): how often each occurs, may be 0; both borrowed, to outlive the result
 *
 * Returns: (transfer full): the distribution, or %NULL with %ASSAY_ERROR_RANGE: values that are not
 *     strictly ascending (NaN never are), or 2^62 values or more
 */
ASSAY_API AssayEcdf *assay_ecdf_from_arrays(const double *values, const guint64 *counts, size_t n,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_ecdf_from_sorted:
 * @sorted: to which nothing is added any more; borrowed, to outlive the result
 *
 * If @sorted is not finished, the first draw finishes it: several distributions of it in several
 * threads need a finished one. Holds 64 KiB for each run of @sorted that is in a file.
 */
ASSAY_API AssayEcdf *assay_ecdf_from_sorted(AssaySorted *sorted);
ASSAY_API void assay_ecdf_free(AssayEcdf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayEcdf, assay_ecdf_free)

/**
 * assay_ecdf_n:
 *
 * Returns: the sum of all counts
 */
ASSAY_API guint64 assay_ecdf_n(const AssayEcdf *self);

/**
 * assay_ecdf_range:
 * @low: (out): the lowest value that occurs, NaN if none does
 * @high: (out): the highest
 */
ASSAY_API void assay_ecdf_range(const AssayEcdf *self, double *low, double *high);

/**
 * assay_ecdf_rewind:
 *
 * Begins at the lowest value again.
 */
ASSAY_API void assay_ecdf_rewind(AssayEcdf *self);

/**
 * assay_ecdf_draw:
 * @values: (out caller-allocates) (array fixed-size=512): the next values that occur, ascending
 * @counts: (out caller-allocates) (array fixed-size=512): how often, at least 1
 * @n: (out): how many; 0 only at the end
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_IO if a temporary file cannot be read, or
 *     as assay_sorted_finish()
 */
ASSAY_API gboolean assay_ecdf_draw(AssayEcdf *self, double *values, guint64 *counts, size_t *n,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_ecdf_quantiles:
 * @shares: (array length=n): ascending, in 0 .. 1
 * @quantiles: (out caller-allocates) (array length=n): for each share the lowest value x with
 *     F(x) >= share, the lowest value that occurs for 0; NaN without values
 *
 * The inverse of the distribution function (Hyndman and Fan's type 1; NumPy's "inverted_cdf"): a
 * value that occurs, never one between. Reads from the start, and rewinds.
 *
 * Returns: %TRUE; %FALSE with @error set, as assay_ecdf_draw()
 */
ASSAY_API gboolean assay_ecdf_quantiles(AssayEcdf *self, const double *shares, size_t n,
                                        double *quantiles,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
