/* check/check-private.h - what counting and listing share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "check.h"
#include "locate.h"
#include "suggest.h"

struct AssayChecker {
    const AssaySpec *spec;
    AssayCheckConfig config;
    GHashTable *digests; /* of the spec's sources */
    AssayCalibration *calibrations[ASSAY_N_RULES];
    AssaySuggest *suggests[ASSAY_N_RULES];
};

/* Where it is. */
void assay_finding_set_place(AssayFinding *finding, const AssayPlace *place);

/* What it is, what the corpus has of @key, and what would have been allowed. */
void assay_finding_set_support(AssayFinding *finding, const AssayRule *rule,
                               const AssayRuleType *type, guint64 key, const AssayEntry *instead,
                               int sharps);

/* Appends the findings of item @index of @sample's arrays against @rule. */
gboolean assay_checker_list_transitions(const AssayChecker *self, AssaySample *sample,
                                        const AssayLocator *locator, size_t index, GArray *findings,
                                        GError **error);
gboolean assay_checker_list_durations(const AssayChecker *self, AssaySample *sample,
                                      const AssayLocator *locator, size_t index, GArray *findings,
                                      GError **error);
