/* check/summary.h - one line a set and rule: how often it breaks the rule, how often real unseen
 * items would have, and whether that is more than chance.
 *
 * rate = violations / events, pooled. expected = the corpus' own left-out rate. p: whole groups
 * permuted between the set and the left-out corpus (stats/permutation.h), one-sided. flagged: share
 * of items with p <= .05 of those with events. By a derived spec expected, ratio, p and flagged are
 * not known: NaN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "check.h"

G_BEGIN_DECLS

#define ASSAY_SUMMARY_ALPHA 0.05

/**
 * AssaySummaryRow:
 * @items, @groups: of the set
 * @unjudged: items that the rule could not judge; see AssayVerdict
 * @in_corpus: items whose source is one of the spec's: their rates and p say nothing
 * @n_labellings, @is_exact: that p stands on, and whether they are all there are; 0 where p is NaN
 */
typedef struct {
    const char *rule;
    guint64 items, groups, in_corpus, unjudged;
    guint64 events, violations;
    double rate, expected, ratio, p, flagged;
    guint64 n_labellings;
    gboolean is_exact;
} AssaySummaryRow;

/* Whether p of an item can be as small as ASSAY_SUMMARY_ALPHA: it is never below 1 / (groups + 1).
 */
ASSAY_API gboolean assay_summary_can_flag(const AssaySpec *spec);

/* A set that is being counted. */
typedef struct AssaySummary AssaySummary;

ASSAY_API AssaySummary *assay_summary_new(void);
ASSAY_API void assay_summary_free(AssaySummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySummary, assay_summary_free)

/**
 * assay_summary_add:
 * @groups: (nullable): which items stand or fall together; see assay_groups_of_item(), and where
 *     that says nothing, those of one source
 */
ASSAY_API void assay_summary_add(AssaySummary *self, const AssayVerdict *verdict,
                                 AssayGroups *groups);

/* The same of one item, the one at @at. */
ASSAY_API void assay_summary_add_item(AssaySummary *self, const AssayVerdict *verdict, size_t at,
                                      AssayGroups *groups);

/**
 * assay_summary_row:
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where sums overflow.
 */
ASSAY_API gboolean assay_summary_row(const AssaySummary *self, const AssaySpec *spec,
                                     const AssayChecker *checker, size_t rule, guint64 seed,
                                     const char *set, AssaySummaryRow *row,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
