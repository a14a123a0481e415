/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-judge.h"

#include <assay/detect/protocol.h>

#include "detect-doubts.h"

/* Counts what the model knows already. */
static gboolean
consume(gpointer user, AssayExamples *examples, const char *sha256, GError **error)
{
    DetectJudge *self = user;

    (void)examples;
    (void)error;
    if (!self->trial.data.is_again && assay_model_file_has_input(self->file, sha256))
        self->n_known++;
    return TRUE;
}

gboolean
detect_judge_open(DetectJudge *self, const char *model, const char *const *operands, GError **error)
{
    self->path = model;
    self->file = detect_model_read(model, error);
    if (self->file == NULL || !detect_trial_open(&self->trial, operands, error))
        return FALSE;
    self->trial.data.consume = consume;
    self->trial.data.user = self;
    return TRUE;
}

void
detect_judge_clear(DetectJudge *self)
{
    detect_trial_clear(&self->trial);
    assay_model_file_free(self->file);
}

double
detect_judge_threshold(const DetectJudge *self)
{
    gboolean is_one_class = assay_model_n_reference(self->file->model) > 0;

    return self->file->gauge == NULL ? 0
                                     : assay_protocol_threshold(self->file->gauge, is_one_class);
}

AssayScores *
detect_judge_read(DetectJudge *self, const AssayStage *before, GError **error)
{
    g_autoptr(AssayCollection) items = NULL;
    g_autofree double *scores = NULL;

    detect_model_ask(self->file, &self->trial.data);
    items = detect_trial_read(&self->trial, before, error);
    if (items == NULL)
        return NULL;
    scores = g_new(double, items->examples->items->len + 1);
    for (size_t i = 0; i < items->examples->items->len; i++)
        scores[i] = assay_model_score(self->file->model, assay_examples_row(items->examples, i));
    if (before == NULL) {
        detect_tell_doubts(items, &self->trial.sets);
        detect_model_tell_unfamiliar(self->file, self->path, items);
    }
    return assay_protocol_scores(items->examples, scores, self->trial.sets.labels,
                                 (guint)self->trial.sets.n, items->is_ungrouped, error);
}
