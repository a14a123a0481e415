/* assay-detect eval - how well scores tell fakes from reals, set by set.
 *
 * in:  scores (TSV); or a model, and reals and fakes that it is to judge
 * out: a table (TSV): a row a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "detect-evaluate.h"
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
    if (calibrate_file != NULL)
        cli_claim_input(calibrate_file, "--calibrate");
    if (scores_file != NULL)
        cli_claim_input(scores_file, "--scores");
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
read_options(DetectEvaluation *self, int argc, char **argv, GError **error)
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
    self->scores = scores_file;
    self->model = model_file;
    self->calibrate = calibrate_file;
    self->keeps_threshold = threshold < NOT_GIVEN;
    self->stages = detect_trial_stages(detect_perturb, error);
    return self->stages != NULL && read_vote(&self->ballot);
}

int
detect_eval(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    DetectEvaluation self = { 0 };
    int status = CLI_USAGE;

    cli_begin(&tool, &argc, &argv);
    if (read_options(&self, argc, argv, &error))
        status = detect_evaluate(&self, argc, argv, &error);
    if (error != NULL)
        status = cli_fail(error);
    detect_evaluation_clear(&self);
    return status;
}
