/* check/calibrate.h - how many violations real, unseen items show: leaving out, group by group.
 *
 * An entry that only one group owns would be unseen had that group not been in the corpus. So a
 * spec knows, from one pass, what each of its items would violate against the others: with a
 * support threshold of M groups, item i of group g violates what has at most M groups if g is one
 * of them (with M = 1: what g alone owns). Brute force, mining again without each group, gives the
 * same.
 *
 * p of a test item (conformal): the item and each group in turn are left out of corpus + item, so
 * that all face the same: an entry of exactly M groups that the test item shows too is no violation
 * of item i. p = (1 + sum over groups of the share of members at least as bad) / (G + 1), "bad"
 * being the rate violations / events, compared exactly. No p is below 1 / (G + 1).
 *
 * A derived spec (spec/intersect.h) knows no items: it tells what is a violation, and neither a
 * rate nor a p.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"

G_BEGIN_DECLS

typedef struct AssayCalibration AssayCalibration;

/**
 * assay_calibration_new:
 * @spec: sorted; must outlive the calibration
 * @min_groups: M, 1 .. ASSAY_OWNER_GROUPS
 * @changes: count changes alone rather than every step
 */
ASSAY_API AssayCalibration *assay_calibration_new(const AssaySpec *spec, size_t rule,
                                                  guint min_groups, gboolean changes);
ASSAY_API void assay_calibration_free(AssayCalibration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCalibration, assay_calibration_free)

/* Left-out violations and events of item @item of the corpus. */
ASSAY_API guint64 assay_calibration_violations(const AssayCalibration *self, guint32 item);
ASSAY_API guint64 assay_calibration_events(const AssayCalibration *self, guint32 item);

/* Pooled over the corpus: violations / events; NaN without events, as in a derived spec. */
ASSAY_API double assay_calibration_rate(const AssayCalibration *self);

/* Whether the rule allows @key: at least M groups show it. Other keys count as violations. */
ASSAY_API gboolean assay_calibration_allows(const AssayCalibration *self, guint64 key);

/**
 * assay_calibration_count:
 *
 * Violations and events of a test item. Any thread.
 */
ASSAY_API void assay_calibration_count(const AssayCalibration *self, const AssayTally *tally,
                                       guint64 *violations, guint64 *events);

/**
 * assay_calibration_p:
 *
 * Returns: the p-value of a test item; NaN for one without events, and by a derived spec. Any
 *     thread.
 */
ASSAY_API double assay_calibration_p(const AssayCalibration *self, const AssayTally *tally);

G_END_DECLS
