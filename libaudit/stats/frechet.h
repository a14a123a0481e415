/* stats/frechet.h - the Frechet distance of two samples of vectors, as if both were Gaussian.
 *
 * Stands on: stats/gaussian.h, stats/points.h, base/random.h.
 *
 *     |mu - nu|^2 + tr C + tr D - 2 tr (C D)^(1/2)
 *
 * with means mu and nu, and covariances C and D (divided by n - 1, as numpy.cov has it). It is a
 * squared distance. (Dowson and Landau, "The Frechet distance between multivariate normal
 * distributions", Journal of Multivariate Analysis 12, 1982; of Inception's features it is the
 * FID.)
 *
 * tr (C D)^(1/2) is the sum of the singular values of R S', where R' R = C and S' S = D. So it is
 * real and never negative, of singular matrices too, and the distance of a sample from itself is 0
 * but for a rounding error of the traces.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/random.h"
#include "gaussian.h"
#include "points.h"

G_BEGIN_DECLS

/**
 * assay_frechet_distance:
 * @a, @b: of as many columns, and two vectors at least
 * @distance: (out): not negative
 *
 * 2,048 columns take about a minute and 200 MB, and time grows with the cube (or, if there are less
 * vectors than columns, with the product of the one with the square of the other).
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE (columns, vectors, no memory)
 */
ASSAY_API gboolean assay_frechet_distance(const AssayGaussian *a, const AssayGaussian *b,
                                          double *distance,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayFrechetLimit:
 * @limit: the distance of infinitely many vectors: where the line meets 1/n = 0; may be negative
 * @low, @high: its 95 % confidence interval, by Student's t, as if the sizes were independent
 * @slope: of the line, by 1/n
 * @r2: which share of the variance it explains; NaN if there is none
 * @distance: of all vectors
 */
typedef struct {
    double limit, low, high, slope, r2;
    double distance;
} AssayFrechetLimit;

/**
 * assay_frechet_extrapolate:
 * @reference: to which the distance is
 * @candidate: whose vectors are drawn from; its number is what is taken to infinity
 * @least: the smallest size, at least 2 and less than @candidate has
 * @n_sizes: how many sizes, at least 3: @least, the number there are, and others between, evenly in
 *     1/n
 * @random: what draws them, without replacement
 *
 * The distance of n vectors is too large by about a constant / n. (Chong and Forsyth, "Effectively
 * unbiased FID and Inception Score and where to find them", CVPR 2020.) What the reference's own
 * number adds stays.
 *
 * Returns: %TRUE; %FALSE with @error set, as assay_frechet_distance()
 */
ASSAY_API gboolean assay_frechet_extrapolate(const AssayGaussian *reference,
                                             const AssayPoints *candidate, size_t least,
                                             size_t n_sizes, AssayRandom *random,
                                             AssayFrechetLimit *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
