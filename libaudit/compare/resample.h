/* compare/resample.h - which groups are in a sample: drawn with replacement, or by labels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/api.h"
#include "../base/random.h"

G_BEGIN_DECLS

/**
 * assay_resample:
 * @n: how many are drawn, each time one of @n_groups
 * @weights: (out): how often each was drawn; that of group g is at g * @stride
 *
 * The counts are exactly those of @n draws: where @n is large they come from binomial
 * distributions, one a group, which takes no longer for more draws.
 */
ASSAY_API void assay_resample(AssayRandom *random, guint64 n, size_t n_groups, double *weights,
                              size_t stride);

/**
 * assay_labellings_count:
 *
 * Returns: how many ways there are to choose @k of @n; @limit + 1 where they are more than @limit
 */
ASSAY_API guint64 assay_labellings_count(size_t n, size_t k, guint64 limit);

/**
 * assay_labellings_next:
 * @chosen: (inout) (array length=k): ascending; the first is 0 .. @k - 1
 *
 * Returns: %FALSE after the last
 */
ASSAY_API gboolean assay_labellings_next(size_t *chosen, size_t n, size_t k);

G_END_DECLS
