/* learn/one-class-private.h - how far an item is from real ones, learnt from real ones alone.
 *
 * Features of one group (feature/features.h), in blocks of at most ASSAY_ONE_CLASS_BLOCK, so that a
 * few dozen reals are enough for a covariance: of each block a robust centre and covariance
 * (stats/scatter.h), to whose diagonal ASSAY_ONE_CLASS_RIDGE is added, features being z. The
 * groups of the reals are dealt to ten folds, and there is such a set of blocks for each fold,
 * learnt from the others.
 *
 * p of a block: among the reals, one for each group, (1 + those that are as far as the item, each
 * by the blocks that have not seen it, and the item by the same) / (groups + 1). That is the p of
 * cross-conformal prediction as R. F. Barber, E. J. Candes, A. Ramdas and R. J. Tibshirani have it
 * ("Predictive inference with the jackknife+", Annals of Statistics 49(1), 2021: CV+): the item and
 * each of the reals are held against blocks that have seen neither. The p of an item is that of
 * Simes of its blocks.
 *
 * The score is finer than that, and goes on where p cannot become smaller: of a block the mean of
 * min(1, (d / D)^4) over the reals, d being the squared distance of a real and D that of the item
 * by the same blocks, takes the place of p. It is -log10 of what Simes' makes of these, less that
 * of ASSAY_ONE_CLASS_UNUSUAL, so that above 0 is unusual. It is by the distances of reals alone
 * that it is large or small, not by what normal features would have (chi^2): histograms of many
 * empty bins are far from normal, and the scores of two fits would not be on one scale. Nothing
 * says that it is a probability.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "machine-private.h"

G_BEGIN_DECLS

#define ASSAY_ONE_CLASS_BLOCK 7
#define ASSAY_ONE_CLASS_RIDGE 0.05
#define ASSAY_ONE_CLASS_FOLDS 10
#define ASSAY_ONE_CLASS_UNUSUAL 0.05
/* Reals: groups, at least; and of these kept for p at most, those of the smallest numbers. */
#define ASSAY_ONE_CLASS_LEAST 5
#define ASSAY_ONE_CLASS_GROUPS 4096

gpointer assay_one_class_fit(const AssayLesson *lesson, GError **error);
double assay_one_class_decide(gconstpointer machine, const double *inputs);
void assay_one_class_write(gconstpointer machine, AssayJson *json);
gpointer assay_one_class_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs,
                              GError **error);
void assay_one_class_free(gpointer machine);

/* See the top. */
double assay_one_class_p(gconstpointer machine, const double *inputs);
size_t assay_one_class_n_groups(gconstpointer machine);

/* Of one that was fitted: the score of each item of the lesson by the blocks that have not seen its
 * group. */
const double *assay_one_class_own(gconstpointer machine, size_t *n);

G_END_DECLS
