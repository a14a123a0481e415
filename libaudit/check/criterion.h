/* check/criterion.h - a condition on the rows of a summary, for --fail-on.
 *
 * [RULE:]NAME OP NUMBER, as in "ratio>2", "chroma-transition:p<=0.01". NAME is a numeric column of
 * the summary; OP is one of < <= > >= =.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "summary.h"

G_BEGIN_DECLS

typedef struct AssayCriterion AssayCriterion;

/* %NULL with %ASSAY_ERROR_USAGE that lists what may stand there. */
ASSAY_API AssayCriterion *assay_criterion_parse(const char *text,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_criterion_free(AssayCriterion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayCriterion, assay_criterion_free)

/**
 * assay_criterion_suits:
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE where no check against @spec could ever meet it: the spec
 *     lacks the rule, or is derived and the column is not known by it.
 */
ASSAY_API gboolean assay_criterion_suits(const AssayCriterion *self, const AssaySpec *spec,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @row meets it; a missing value meets nothing. */
ASSAY_API gboolean assay_criterion_holds(const AssayCriterion *self, const AssaySummaryRow *row);

/* Why it does, as in "ratio of chroma-transition is 2.5": (transfer full). */
ASSAY_API char *assay_criterion_describe(const AssayCriterion *self, const AssaySummaryRow *row);

G_END_DECLS
