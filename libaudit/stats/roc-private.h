/* stats/roc-private.h - scores in order, and what is measured of them by weights.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "roc.h"

/* Which classes a group holds: a sum of these, less 1. */
enum { ASSAY_ROC_HOLDS_REAL = 1, ASSAY_ROC_HOLDS_FAKE = 2, ASSAY_ROC_KINDS = 3 };

/**
 * AssayRoc:
 * @items: the largest score first; groups are numbered from 0 without gaps
 * @kinds: (array length=n_groups): what each group holds
 */
struct AssayRoc {
    AssayScored *items;
    size_t n;
    guint64 n_real, n_fake;
    guint32 n_groups;
    guint8 *kinds;
};

/* assay_roc_measure() where an item counts as often as its group weighs; with %NULL once. */
void assay_roc_measure_weighted(const AssayRoc *self, const guint32 *weights, double threshold,
                                AssayRocValues *values);

/* The groups of a kind; @groups has room for all. Returns how many. */
size_t assay_roc_groups_of_kind(const AssayRoc *self, guint8 kind, size_t *groups);
