/* spec/set-difference.h - what one spec allows and another does not.
 *
 * Stands on: spec/spec.h. Allowed is what at least M groups of a corpus show, on either side: the
 * difference is what assay_checker_check() with that M and the one spec would find in a corpus that
 * shows just what the other allows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

G_BEGIN_DECLS

/**
 * AssaySetRow:
 * @side: which spec allows it: 0 the first, 1 the second
 * @entry: there
 * @other: (nullable): the same key where it is not allowed; %NULL where it does not occur at all
 */
typedef struct {
    guint side;
    const AssayEntry *entry, *other;
} AssaySetRow;

/**
 * AssayOverlap:
 * @allowed: how many kinds of events either spec allows
 * @both: how many both do
 * @events: occurrences of all entries of either, allowed or not
 * @strange: how many of those the other spec does not allow. @strange / @events of one corpus is
 *     the pooled rate of violations of the one by the other.
 * @jaccard: both / (allowed by any); NaN where neither allows anything
 * @weighted: the same with weights (Ruzicka's similarity): sum of min / sum of max over kinds of
 *     events, of the shares that an allowed kind has of the occurrences of all allowed ones; NaN
 *     where one allows nothing
 */
typedef struct {
    guint64 allowed[2], both;
    guint64 events[2], strange[2];
    double jaccard, weighted;
} AssayOverlap;

/**
 * assay_spec_set_difference:
 * @a, @b: sorted; must outlive the rows
 * @rule: that both have
 * @min_groups: M, 1 .. ASSAY_OWNER_GROUPS
 * @overlap: (out): how the two relate
 *
 * Returns: (transfer full) (element-type AssaySetRow): what @a alone allows, then what @b alone
 *     does; each from the strongest on: by groups, then items, then occurrences, all descending,
 *     then by key. %NULL with %ASSAY_ERROR_SPEC where the rule's conventions differ, with both
 *     values named.
 */
ASSAY_API GArray *assay_spec_set_difference(const AssaySpec *a, const AssaySpec *b, size_t rule,
                                            guint min_groups, AssayOverlap *overlap,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
