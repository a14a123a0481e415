/* stats/kernel.h - the maximum mean discrepancy of two samples of vectors: how unlike they are to
 * each other, beside how like each is to itself, by a kernel.
 *
 * Stands on: stats/points.h, base/random.h, base/parallel.h.
 * Gretton, Borgwardt, Rasch, Schoelkopf and Smola, "A kernel two-sample test", Journal of Machine
 * Learning Research 13, 2012. The estimate is the unbiased one, of n and m vectors
 *
 *     sum k(x, x') / (n (n - 1)) + sum k(y, y') / (m (m - 1)) - 2 sum k(x, y) / (n m)
 *
 * over pairs of different vectors: its mean is the squared discrepancy whatever n and m are, and it
 * is negative as often as not where there is no difference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/random.h"
#include "points.h"

G_BEGIN_DECLS

/**
 * AssayKernelKind:
 * @ASSAY_KERNEL_CUBIC: (x . y / d + 1)^3 in d columns, as KID has it (Binkowski, Sutherland, Arbel
 *     and Gretton, "Demystifying MMD GANs", ICLR 2018)
 * @ASSAY_KERNEL_GAUSSIAN: exp(-|x - y|^2 / (2 s^2))
 */
typedef enum {
    ASSAY_KERNEL_CUBIC,
    ASSAY_KERNEL_GAUSSIAN,
} AssayKernelKind;

/**
 * AssayKernel:
 * @width: s of the Gaussian, over 0; means nothing for the cubic one
 */
typedef struct {
    AssayKernelKind kind;
    double width;
} AssayKernel;

/**
 * assay_kernel_mmd2:
 * @reference, @candidate: at least two vectors each
 * @value: (out): the unbiased estimate, of all vectors
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE, as assay_points_check_pair(), or
 *     values so large that it is not finite, or a @width that is not over 0
 */
ASSAY_API gboolean assay_kernel_mmd2(const AssayPoints *reference, const AssayPoints *candidate,
                                     const AssayKernel *kernel, double *value,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_kernel_median_width:
 * @width: (out): the median distance between two of the vectors of both (of an even number of
 *     pairs the mean of the two in the middle), of 1,000 of them drawn by @random where there are
 *     more; 0 if half of the pairs are equal
 *
 * The usual rule for the Gaussian's width (Gretton and others, section 8).
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE
 */
ASSAY_API gboolean assay_kernel_median_width(const AssayPoints *reference,
                                             const AssayPoints *candidate, AssayRandom *random,
                                             double *width,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayKid:
 * @mean: of the estimates
 * @sd: their standard deviation, divided by their number (as torch-fidelity has it)
 * @n_subsets: how many there are
 * @subset: of how many vectors of each side each is
 */
typedef struct {
    double mean, sd;
    size_t n_subsets, subset;
} AssayKid;

/**
 * assay_kernel_kid:
 * @n_subsets: how many estimates, e.g. 100
 * @subset: vectors of each side for each, e.g. 1000; as many as the smaller side has if that is
 * less
 * @seed: of the draws, without replacement; each subset has random numbers of its own
 * @n_workers: threads; the result does not depend on it
 *
 * Returns: %TRUE; %FALSE with @error set, as assay_kernel_mmd2(), or to %ASSAY_ERROR_RANGE for no
 *     subsets, or such of less than two
 */
ASSAY_API gboolean assay_kernel_kid(const AssayPoints *reference, const AssayPoints *candidate,
                                    const AssayKernel *kernel, size_t n_subsets, size_t subset,
                                    guint64 seed, guint n_workers, AssayKid *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
