/* tools/detect-evaluate.h - scores evaluated: of a table, or as a model gives them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/detect/ballot.h>

#include "detect-judge.h"

/**
 * DetectEvaluation:
 * @scores, @model: one of them: a table of scores, or what makes them of the operands
 * @calibrate: (nullable): scores whose best threshold is taken
 * @keeps_threshold: whether that of a model is of no interest
 * @stages: (owned): of --perturb
 */
typedef struct {
    AssayBallot ballot;
    const char *scores, *model, *calibrate;
    gboolean keeps_threshold;
    GPtrArray *stages;
    AssayGroups *groups;
    DetectJudge judge;
    AssayTable *table;
} DetectEvaluation;

/* From the first operand to the end of the output: the exit status. */
int detect_evaluate(DetectEvaluation *self, int argc, char **argv, GError **error);
void detect_evaluation_clear(DetectEvaluation *self);
