/* detect/protocol.h - a kind of detector, tried on sets by the rules of a protocol.
 *
 * Set 0, and any other without fakes, holds reals that all others share; a set of fakes may have
 * reals of its own instead, see detect/evaluate.h. Every item is judged by a detector that has not
 * seen its group (learn/exam.h).
 *
 * The threshold at which items are called is that of learn/gauge.h, found on the items that are
 * taught, each judged by a detector that has not seen its group either. Of a detector that learns
 * from reals alone it is the smallest score above which p, as assay_gauge_p() counts it, is at most
 * ASSAY_PROTOCOL_ALPHA.
 *
 * Stands on: learn/exam.h, learn/gauge.h, detect/evaluate.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../learn/exam.h"
#include "../learn/gauge.h"
#include "evaluate.h"

G_BEGIN_DECLS

/* At which share of reals a detector that knows reals alone calls an item a fake. */
#define ASSAY_PROTOCOL_ALPHA .05

/**
 * AssayProtocolKind:
 * @ASSAY_PROTOCOL_POOLED: learnt from all sets, tried on each
 * @ASSAY_PROTOCOL_WITHIN: learnt from one set, tried on it; each in turn
 * @ASSAY_PROTOCOL_CROSS: learnt from one set, tried on each; each in turn
 * @ASSAY_PROTOCOL_UNSEEN: learnt from all sets but one, tried on that one; each in turn
 */
typedef enum {
    ASSAY_PROTOCOL_POOLED,
    ASSAY_PROTOCOL_WITHIN,
    ASSAY_PROTOCOL_CROSS,
    ASSAY_PROTOCOL_UNSEEN,
    ASSAY_N_PROTOCOLS,
} AssayProtocolKind;

/**
 * AssayProtocol:
 * @sets: (array length=n_sets): their names, by AssayExample.set
 * @is_ungrouped: whether items are groups of their own for want of a better word
 * @evaluation: its threshold is not looked at
 */
typedef struct {
    AssayProtocolKind kind;
    AssayExam exam;
    char *const *sets;
    guint n_sets;
    gboolean is_ungrouped;
    AssayEvaluationConfig evaluation;
} AssayProtocol;

/* "pooled"; which protocol has a name: FALSE with %ASSAY_ERROR_USAGE that lists them. */
ASSAY_API const char *assay_protocol_name(AssayProtocolKind kind);
ASSAY_API gboolean assay_protocol_find(const char *name, AssayProtocolKind *kind,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayProtocolRow:
 * @learnt: from which set, "(all)" of them, or "(others)": all but the one it is tried on; "(each)"
 *     of a mean of sets that were learnt from one by one
 */
typedef struct {
    const char *learnt;
    AssayEvaluation *row;
} AssayProtocolRow;

/**
 * assay_protocol_run:
 *
 * Of several sets, the last row is that of their means; of ASSAY_PROTOCOL_CROSS, for each that is
 * learnt from, the mean of the sets that it was not learnt from.
 *
 * Returns: (transfer full): of AssayProtocolRow; %NULL with %ASSAY_ERROR_USAGE: a single set of
 *     fakes where several are needed, no real, or no fake; or what assay_exam_score() reports.
 */
ASSAY_API GPtrArray *assay_protocol_run(const AssayProtocol *self,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_protocol_threshold:
 * @is_one_class: whether the detector knows reals alone
 *
 * Returns: above which score an item is called a fake, see the top; NaN where the reals are too few
 */
ASSAY_API double assay_protocol_threshold(const AssayGauge *gauge, gboolean is_one_class);

/**
 * assay_protocol_scores:
 * @scores: (array length=items of examples)
 *
 * Returns: (transfer full): items with their scores, as assay_evaluate() takes them
 */
ASSAY_API AssayScores *assay_protocol_scores(const AssayExamples *examples, const double *scores,
                                             char *const *sets, guint n_sets, gboolean is_ungrouped,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
