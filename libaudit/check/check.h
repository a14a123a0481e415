/* check/check.h - what a sample breaks, where, and how it compares with real unseen items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"
#include "calibrate.h"

G_BEGIN_DECLS

/**
 * AssayCheckConfig:
 * @min_groups: what fewer groups of the corpus show is not allowed either, 1 .. ASSAY_OWNER_GROUPS
 * @count_changes: count changes of chord alone (rates, p); else every step, as TequilaGAN does
 * @want_findings: list what is broken; else only count
 * @every_step: list each offending step; else each change of chord once, and a chord that is itself
 *     unattested as one finding rather than two
 * @context: how many chords or notes to show on either side of a finding
 * @observe: how samples are read, in the spec's order; what it points to must outlive the checker
 */
typedef struct {
    guint min_groups;
    gboolean count_changes;
    gboolean want_findings;
    gboolean every_step;
    guint context;
    AssayObserveConfig observe;
} AssayCheckConfig;

#define ASSAY_CHECK_CONFIG_DEFAULT                                                                 \
    {                                                                                              \
        .min_groups = 1, .context = 1, .observe = ASSAY_OBSERVE_CONFIG_DEFAULT                     \
    }

/**
 * AssayFinding:
 * @item: along the item axis, over the whole sample
 * @kind: "unattested"
 * @bar: -1 where not known; the doubles are NaN then
 * @instead: (nullable)
 * @found_n, @instead_n: occurrences in the corpus; @instead_n is 0 without @instead
 * @found_groups, @instead_groups: as AssayEntry has them
 */
typedef struct {
    size_t item;
    size_t rule;
    const char *kind;
    gint64 bar;
    double beat, time_q, time_s;
    char *voices, *found, *context, *instead;
    guint64 found_n, instead_n;
    guint found_groups, instead_groups;
    double bits;
} AssayFinding;

/* One item against one rule. */
typedef struct {
    guint64 violations, events;
    double p; /* NaN without events */
} AssayScore;

/**
 * AssayVerdict:
 * @observation: of the sample
 * @in_corpus: whether its source is one of those the spec was mined from
 * @judged: by which rules it could be judged; a stream may lack a field, and runs of a roll are not
 *     the lengths of notes
 * @scores: n_items * ASSAY_N_RULES, item by item; no events and no p where a rule was not judged
 * @findings: (element-type AssayFinding): by item, then time, then rule
 */
typedef struct {
    AssayObservation *observation;
    gboolean in_corpus;
    gboolean judged[ASSAY_N_RULES];
    AssayScore *scores;
    GArray *findings;
} AssayVerdict;

ASSAY_API void assay_verdict_free(AssayVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayVerdict, assay_verdict_free)

typedef struct AssayChecker AssayChecker;

/**
 * assay_checker_new:
 * @spec: sorted; must outlive the checker
 */
ASSAY_API AssayChecker *assay_checker_new(const AssaySpec *spec, const AssayCheckConfig *config,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_checker_free(AssayChecker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayChecker, assay_checker_free)

ASSAY_API const AssayCalibration *assay_checker_calibration(const AssayChecker *self, size_t rule);

/**
 * assay_checker_check:
 *
 * Any thread, on different samples.
 *
 * Returns: (transfer full): the verdict; or %NULL with %ASSAY_ERROR_SPEC (the sample was made
 *     otherwise than the spec's corpus: both values are named), %ASSAY_ERROR_FIELD (a field is
 *     missing or broken).
 */
ASSAY_API AssayVerdict *assay_checker_check(const AssayChecker *self, AssaySample *sample,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
