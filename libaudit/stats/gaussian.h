/* stats/gaussian.h - the mean and the covariance of vectors.
 *
 * Covariances are divided by n - 1, as numpy.cov has it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* At most so many columns: their products are kept. */
#define ASSAY_GAUSSIAN_COLUMNS ((size_t)4096)

/**
 * AssayGaussian:
 *
 * The mean and the covariance of vectors that come one after the other. The same vectors in the
 * same order give the same bits, however they are handed over.
 */
typedef struct AssayGaussian AssayGaussian;

/**
 * assay_gaussian_new:
 * @n_columns: 1 .. 4096
 *
 * Returns: (transfer full): of no vectors; %NULL with %ASSAY_ERROR_RANGE
 */
ASSAY_API AssayGaussian *assay_gaussian_new(size_t n_columns,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_gaussian_free(AssayGaussian *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayGaussian, assay_gaussian_free)

/**
 * assay_gaussian_add:
 * @values: (array length=n * n_columns): @n vectors
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE (a value that is not finite: nothing
 *     is added)
 */
ASSAY_API gboolean assay_gaussian_add(AssayGaussian *self, const double *values, size_t n,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API guint64 assay_gaussian_n(const AssayGaussian *self);

/**
 * assay_gaussian_finish:
 * @mean: (out caller-allocates) (array length=n_columns)
 * @covariance: (out caller-allocates) (array length=n_columns * n_columns): NaN of less than two
 *     vectors
 *
 * Of what has been added so far; more may be.
 */
ASSAY_API void assay_gaussian_finish(const AssayGaussian *self, double *mean, double *covariance);

G_END_DECLS
