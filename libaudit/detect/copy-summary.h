/* detect/copy-summary.h - what is found about the items of a set, in one row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "copies.h"

G_BEGIN_DECLS

/**
 * AssayCopyRow:
 * @items, @groups: that were sought
 * @copies: items that are equal to one of the reference
 * @near_copies: further ones that are nearer to it than its own groups to each other
 * @repeats: items that are equal to an earlier one of the set itself
 * @smallest, @median: of the distances; NaN without any
 * @typical: of the reference's own
 * @ratio: median / typical; NaN where that is 0 or not known
 * @flagged: share of items with p <= ASSAY_CLOSENESS_ALPHA; NaN where none can have that
 * @p: whether that is more than of the reference: whole groups permuted between the two, see
 *     stats/permutation.h; NaN where not known
 * @faults: items that were left out
 * @known: items of files that the reference has too
 */
typedef struct {
    guint64 items, groups, copies, near_copies, repeats;
    double smallest, median, typical, ratio, flagged, p;
    guint64 faults, known;
    gboolean is_ungrouped;
} AssayCopyRow;

typedef struct AssayCopySummary AssayCopySummary;

ASSAY_API AssayCopySummary *assay_copy_summary_new(void);
ASSAY_API void assay_copy_summary_free(AssayCopySummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCopySummary, assay_copy_summary_free)

/**
 * assay_copy_summary_add:
 * @copies: (array): of the items of @vectors
 * @crowd: the reference
 */
ASSAY_API void assay_copy_summary_add(AssayCopySummary *self, const AssayVectors *vectors,
                                      AssayGroups *groups, const AssayCopy *copies,
                                      const AssayCrowd *crowd);

/* The same for a set that was sought within; @n_faults items were left out of it. */
ASSAY_API void assay_copy_summary_add_within(AssayCopySummary *self, const AssayCrowd *crowd,
                                             const AssayCopy *copies, guint64 n_faults);

/**
 * assay_copy_summary_row:
 * @set: a name for the permutations' random numbers
 *
 * Returns: %FALSE with what assay_permutation_rate_test() reports.
 */
ASSAY_API gboolean assay_copy_summary_row(AssayCopySummary *self, const AssayCloseness *closeness,
                                          const char *set, guint64 seed, AssayCopyRow *row,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A column of the row that --fail-on can ask for; %FALSE: there is none called @name. */
ASSAY_API gboolean assay_copy_row_value(const AssayCopyRow *self, const char *name, double *value);

/* What those are called, ended by %NULL. */
extern ASSAY_API const char *const assay_copy_row_names[];

G_END_DECLS
