/* compare/null.h - how far two samples of one source differ, and how likely a difference is.
 *
 * Stands on: compare/kept-groups.h, base/random.h, base/parallel.h.
 * Two questions, one answer each for every measure.
 *
 * How far do two samples of the reference differ? As many groups as either set has are drawn with
 * replacement from the kept groups of the reference, twice, and measured: real50 and real99 are
 * quantiles of that (the smallest draw that at least as large a share of the draws does not
 * exceed).
 *
 * How likely is the difference, if the labels say nothing? The labels of whole kept groups are
 * permuted between the two sets, and the same measured on the same cells:
 *
 *     p = (1 + draws >= observed) / (draws + 1)
 *
 * (Phipson and Smyth 2010, see stats/permutation.h); where all labellings together are at most as
 * many as the draws, each is looked at once, and p is the share >= the observed. What is equal to
 * within 1e-12 is a tie, and counts; so does a draw in which there is nothing to measure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "kept-groups.h"

G_BEGIN_DECLS

/**
 * AssayNullConfig:
 * @n_reference, @n_candidate: how many groups either set has, kept or not
 * @n_draws: at least 1
 * @n_workers: as AssayParallel's; nothing depends on it
 */
typedef struct {
    guint64 n_reference, n_candidate;
    guint64 seed;
    size_t n_draws;
    guint n_workers;
} AssayNullConfig;

/**
 * AssayNullRow:
 * @real50, @real99: NaN where the reference has fewer than two kept groups
 * @observed: of the kept groups
 * @p: NaN where either set has no kept group, or nothing could be measured
 */
typedef struct {
    double real50, real99;
    double observed, p;
} AssayNullRow;

/**
 * AssayNull:
 * @n_labellings: what p stands on: no p is below 1 / @n_labellings; 0 where there is none
 * @is_exact: whether those are all there are
 * @rows: (array): one a trial
 */
typedef struct {
    guint64 n_labellings;
    gboolean is_exact;
    AssayNullRow *rows;
} AssayNull;

/**
 * assay_null_new:
 *
 * Draw i takes its random numbers from (seed, stage, i).
 *
 * Returns: %NULL with %ASSAY_ERROR_RANGE without memory for the draws.
 */
ASSAY_API AssayNull *assay_null_new(const AssayTrials *trials, const AssayKeptGroups *groups,
                                    const AssayNullConfig *config,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_null_free(AssayNull *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayNull, assay_null_free)

G_END_DECLS
