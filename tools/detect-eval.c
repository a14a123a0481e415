/* assay-detect eval - how well scores tell fakes from reals, set by set.
 *
 * in:  scores (TSV); or a model, and reals and fakes that it is to judge
 * out: a table (TSV): a row a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/detect/ballot.h>
#include <assay/detect/protocol.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "cli-groups.h"
#include "detect-judge.h"
#include "detect-table.h"
#include "detect-verbs.h"

#define NOT_GIVEN DBL_MAX

enum { MAX_DRAWS = 1000000 };

static char *scores_file, *model_file, *calibrate_file, *vote_text;
static double threshold = NOT_GIVEN;
static int draws = 1000;

static const GOptionEntry options[] = {
    { "scores", 0, 0, G_OPTION_ARG_FILENAME, &scores_file,
      "TSV of item, score (larger: more like a fake) and label (0 or real, 1 or fake), and of set "
      "and group where there are any",
      "FILE" },
    { "use", 'm', 0, G_OPTION_ARG_FILENAME, &model_file,
      "a model, which is to judge REAL and FAKE instead", "MODEL" },
    DETECT_TRIAL_OPTIONS,
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &threshold,
      "an item is called a fake above it [0.5, or the model's]", "X" },
    { "calibrate", 0, 0, G_OPTION_ARG_FILENAME, &calibrate_file,
      "other scores, whose best threshold is taken instead", "FILE" },
    { "vote", 0, 0, G_OPTION_ARG_FILENAME, &vote_text,
      "a group counts as one item: the mean of its scores, or the share above the threshold",
      "mean|majority" },
    DETECT_GROUP_OPTIONS,
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "of groups, for the intervals [1000]", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &detect_options.seed, "of all that is drawn [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect eval",
    .synopsis = "[OPTION]... --scores=FILE\n"
                "       assay-detect eval [OPTION]... -m MODEL [LABEL=]REAL [LABEL=]FAKE...",
    .summary =
        "Evaluate a detector by its scores: average precision, AUC and equal error rate with\n"
        "intervals, accuracies, and how many fakes are found at few false alarms; a row a set,\n"
        "and one of all. The scores are in a table, or a model makes them of reals and fakes.",
    .example = "assay-detect eval --scores=scores.tsv",
    .options = options,
    .uses = CLI_READS,
};

typedef struct {
    AssayBallot ballot;
    AssayGroups *groups;
    DetectJudge judge;
    GPtrArray *stages;
    AssayTable *table;
} Eval;

static gboolean
read_vote(AssayBallot *ballot)
{
    ballot->votes = vote_text != NULL;
    if (vote_text == NULL || strcmp(vote_text, "mean") == 0)
        ballot->vote = ASSAY_VOTE_MEAN;
    else if (strcmp(vote_text, "majority") == 0)
        ballot->vote = ASSAY_VOTE_MAJORITY;
    else
        return cli_usage("--vote=%s: give mean or majority", vote_text), FALSE;
    return TRUE;
}

/* What goes with scores from a table, and what with a model. */
static gboolean
check_source(int argc, char **argv)
{
    if ((scores_file == NULL) == (model_file == NULL))
        return cli_usage("scores of what? give --scores=FILE, a TSV of item, score and label; or "
                         "-m MODEL REAL FAKE"),
               FALSE;
    if (scores_file == NULL)
        return calibrate_file == NULL ||
               (cli_usage("--calibrate is for --scores: a model brings its threshold"), FALSE);
    if (argc > 1)
        return cli_usage("%s: scores are read from --scores=FILE alone", argv[1]), FALSE;
    if (detect_perturb != NULL || detect_by_folder)
        return cli_usage("--%s is for -m MODEL REAL FAKE: scores are there already",
                         detect_by_folder ? "by-folder" : "perturb"),
               FALSE;
    return TRUE;
}

static gboolean
read_options(Eval *self, int argc, char **argv, GError **error)
{
    AssayEvaluationConfig *config = &self->ballot.config;

    if (!check_source(argc, argv) || !detect_read_options())
        return FALSE;
    if (isnan(threshold))
        return cli_usage("--threshold=nan: give a number"), FALSE;
    if (threshold < NOT_GIVEN && calibrate_file != NULL)
        return cli_usage(
                   "--threshold and --calibrate both say where fakes begin: give one of them"),
               FALSE;
    if (draws < 1 || draws > MAX_DRAWS)
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    *config = (AssayEvaluationConfig)ASSAY_EVALUATION_CONFIG_DEFAULT;
    if (threshold < NOT_GIVEN)
        config->threshold = threshold;
    config->n_draws = (guint)draws;
    config->seed = (guint64)detect_options.seed;
    self->stages = detect_trial_stages(detect_perturb, error);
    return self->stages != NULL && read_vote(&self->ballot);
}

static AssayScores *
read_scores(const Eval *self, const char *path, const char *option, GError **error)
{
    g_autoptr(AssayScores) scores = assay_scores_new();
    g_autoptr(AssayInput) input = NULL;

    cli_claim_input(path, option);
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
calibrate(Eval *self, GError **error)
{
    AssayBallot *ballot = &self->ballot;
    g_autoptr(AssayScores) scores = read_scores(self, calibrate_file, "--calibrate", error);

    if (scores == NULL)
        return FALSE;
    if (ballot->votes && ballot->vote == ASSAY_VOTE_MEAN)
        tell_ungrouped(scores);
    return assay_ballot_calibrate(ballot, scores, error);
}

/* Rows of @scores. */
static gboolean
print(const Eval *self, const AssayScores *scores, const char *perturbed, GError **error)
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
evaluate_table(Eval *self, GError **error)
{
    g_autoptr(AssayScores) scores = NULL;

    if (detect_options.groups != NULL &&
        (self->groups = cli_read_groups(detect_options.groups, error)) == NULL)
        return FALSE;
    if (calibrate_file != NULL && !calibrate(self, error))
        return FALSE;
    scores = read_scores(self, scores_file, "--scores", error);
    return scores != NULL && print(self, scores, NULL, error);
}

/* As they are, and after each of --perturb. */
static gboolean
evaluate_model(Eval *self, const char *const *operands, GError **error)
{
    DetectJudge *judge = &self->judge;
    gboolean is_done;

    if (!detect_judge_open(judge, model_file, operands, error))
        return FALSE;
    if (threshold >= NOT_GIVEN)
        self->ballot.config.threshold = detect_judge_threshold(judge);
    if (isnan(self->ballot.config.threshold))
        cli_warn("%s: it knows too few reals for p <= %g: no item is called a fake, or real",
                 model_file, ASSAY_PROTOCOL_ALPHA);
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

static int
evaluate(Eval *self, int argc, char **argv, GError **error)
{
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    gboolean is_done;

    if (output == NULL)
        return CLI_FAILED;
    self->table = detect_table_new(output);
    is_done = scores_file != NULL ? evaluate_table(self, error)
                                  : evaluate_model(self, cli_operands(argc, argv), error);
    if (!is_done)
        return *error != NULL || model_file == NULL || self->judge.trial.labels == NULL
                   ? CLI_USAGE
                   : detect_status(&self->judge.trial.data);
    if (!assay_table_finish(self->table, error) || !assay_output_close(output, error))
        return CLI_FAILED;
    return model_file != NULL ? detect_status(&self->judge.trial.data) : CLI_DONE;
}

int
detect_eval(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Eval self = { 0 };
    int status = CLI_USAGE;

    cli_begin(&tool, &argc, &argv);
    if (read_options(&self, argc, argv, &error))
        status = evaluate(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_table_free(self.table);
    if (self.stages != NULL)
        g_ptr_array_unref(self.stages);
    assay_groups_free(self.groups);
    detect_judge_clear(&self.judge);
    return status;
}
