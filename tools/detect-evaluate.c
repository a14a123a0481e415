/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-evaluate.h"

#include <assay/detect/protocol.h>
#include <math.h>

#include "cli-groups.h"
#include "detect-table.h"

static AssayScores *
read_scores(const DetectEvaluation *self, const char *path, GError **error)
{
    g_autoptr(AssayScores) scores = assay_scores_new();
    g_autoptr(AssayInput) input = NULL;

    input = assay_input_open(path, error);
    if (input == NULL ||
        !assay_scores_read(scores, input, self->groups, detect_options.group_by.label, error))
        return NULL;
    return g_steal_pointer(&scores);
}

static void
tell_ungrouped(const AssayScores *scores)
{
    if (scores->is_ungrouped)
        cli_warn("--vote: no item has a group: each votes alone; give a column \"group\", --groups "
                 "or --group-by");
}

/* The threshold by --calibrate. */
static gboolean
calibrate(DetectEvaluation *self, GError **error)
{
    AssayBallot *ballot = &self->ballot;
    g_autoptr(AssayScores) scores = read_scores(self, self->calibrate, error);

    if (scores == NULL)
        return FALSE;
    if (ballot->votes && ballot->vote == ASSAY_VOTE_MEAN)
        tell_ungrouped(scores);
    return assay_ballot_calibrate(ballot, scores, error);
}

/* Rows of @scores. */
static gboolean
print(const DetectEvaluation *self, const AssayScores *scores, const char *perturbed,
      GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;

    if (self->ballot.votes)
        tell_ungrouped(scores);
    rows = assay_ballot_evaluate(&self->ballot, scores, error);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        if (!detect_table_row(self->table, g_ptr_array_index(rows, i), NULL, perturbed, error))
            return FALSE;
    }
    return rows != NULL;
}

static gboolean
evaluate_table(DetectEvaluation *self, GError **error)
{
    g_autoptr(AssayScores) scores = NULL;

    if (detect_options.groups != NULL &&
        (self->groups = cli_read_groups(detect_options.groups, error)) == NULL)
        return FALSE;
    if (self->calibrate != NULL && !calibrate(self, error))
        return FALSE;
    scores = read_scores(self, self->scores, error);
    return scores != NULL && print(self, scores, NULL, error);
}

/* As they are, and after each of --perturb. */
static gboolean
evaluate_model(DetectEvaluation *self, const char *const *operands, GError **error)
{
    DetectJudge *judge = &self->judge;
    gboolean is_done;

    if (!detect_judge_open(judge, self->model, operands, error))
        return FALSE;
    if (!self->keeps_threshold)
        self->ballot.config.threshold = detect_judge_threshold(judge);
    if (isnan(self->ballot.config.threshold))
        cli_warn("%s: it knows too few reals for p <= %g: no item is called a fake, or real",
                 self->model, ASSAY_PROTOCOL_ALPHA);
    for (guint i = 0; i <= self->stages->len; i++) {
        const AssayStage *stage = i == 0 ? NULL : g_ptr_array_index(self->stages, i - 1);
        g_autoptr(AssayScores) scores = detect_judge_read(judge, stage, error);

        is_done =
            scores != NULL && print(self, scores, i == 0 ? NULL : detect_perturb[i - 1], error);
        if (!is_done)
            return FALSE;
    }
    if (judge->n_known > 0)
        cli_warn("%" G_GUINT64_FORMAT " of the files are among those that the model was learnt "
                 "from: this flatters it",
                 judge->n_known);
    return detect_data_finish(&judge->trial.data, error);
}

int
detect_evaluate(DetectEvaluation *self, int argc, char **argv, GError **error)
{
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    gboolean is_done;

    if (output == NULL)
        return CLI_FAILED;
    self->table = detect_table_new(output);
    is_done = self->scores != NULL ? evaluate_table(self, error)
                                   : evaluate_model(self, cli_operands(argc, argv), error);
    if (!is_done)
        return *error != NULL || self->model == NULL || self->judge.trial.labels == NULL
                   ? CLI_USAGE
                   : detect_status(&self->judge.trial.data);
    if (!assay_table_finish(self->table, error) || !assay_output_close(output, error))
        return CLI_FAILED;
    return self->model != NULL ? detect_status(&self->judge.trial.data) : CLI_DONE;
}

void
detect_evaluation_clear(DetectEvaluation *self)
{
    assay_table_free(self->table);
    if (self->stages != NULL)
        g_ptr_array_unref(self->stages);
    assay_groups_free(self->groups);
    detect_judge_clear(&self->judge);
}
