/* tools/detect-judge.h - reals and fakes judged by a model: their scores.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/detect/scores.h>

#include "detect-model.h"
#include "detect-trial.h"

/**
 * DetectJudge:
 * @path: of the model
 * @n_known: how many samples and tables the model was learnt from
 */
typedef struct {
    DetectTrial trial;
    const char *path;
    AssayModelFile *file;
    guint64 n_known;
} DetectJudge;

/* Reads the model, and what the operands are called: %FALSE with a message, or with @error. */
gboolean detect_judge_open(DetectJudge *self, const char *model, const char *const *operands,
                           GError **error);
void detect_judge_clear(DetectJudge *self);

/* Above which score an item is a fake, for the model. */
double detect_judge_threshold(const DetectJudge *self);

/* The scores of all operands, after @before (nullable): NULL with an error, or without one where
 * nothing could be used. */
AssayScores *detect_judge_read(DetectJudge *self, const AssayStage *before, GError **error);
