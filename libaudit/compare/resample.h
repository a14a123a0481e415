/* compare/resample.h - which groups are in a sample that is drawn with replacement.
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

G_END_DECLS
