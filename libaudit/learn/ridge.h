/* learn/ridge.h - Fisher's discriminant with a covariance that is shrunk, in two steps: what does
 * not look at labels, and what does.
 *
 * R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7,
 * 1936; J. H. Friedman, "Regularized discriminant analysis", Journal of the American Statistical
 * Association 84, 1989. With the covariance of all items, rather than that within classes, its
 * direction is that of ridge regression on the labels, whose penalty is n / C.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* At most so many inputs: their products are kept. */
#define ASSAY_RIDGE_INPUTS ((size_t)4096)

typedef struct AssayRidge AssayRidge;

/**
 * assay_ridge_new:
 * @inputs: (array length=n * n_inputs): a row an item
 * @c: above 0
 *
 * The Cholesky factor of S + I / C, S being the covariance (divided by n).
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_RANGE of more inputs than ASSAY_RIDGE_INPUTS,
 *     or than memory takes.
 */
ASSAY_API AssayRidge *assay_ridge_new(const double *inputs, size_t n, size_t n_inputs, double c,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_ridge_free(AssayRidge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayRidge, assay_ridge_free)

/**
 * assay_ridge_solve:
 * @reals, @fakes: (array length=n_inputs): the means of either class
 * @weights: (out caller-allocates) (array length=n_inputs)
 *
 * Any thread.
 *
 * Returns: the bias
 */
ASSAY_API double assay_ridge_solve(const AssayRidge *self, const double *reals, const double *fakes,
                                   double *weights);

G_END_DECLS
