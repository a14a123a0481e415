/* assay-detect eval - how well scores tell fakes from reals, set by set.
 *
 * in:  scores (TSV)
 * out: a table (TSV): a row a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "cli-label.h"
#include "cli-spec.h"
#include "detect-table.h"
#include "detect-verbs.h"

enum { MAX_DRAWS = 1000000 };

static AssayEvaluationConfig config = ASSAY_EVALUATION_CONFIG_DEFAULT;
static char *scores_file, *calibrate_file, *groups_file, *vote_text;
static CliLabel group_by = { .option = "--group-by", .otherwise = "are grouped as without it" };
static gint64 seed;
static int draws = 1000;

static const GOptionEntry options[] = {
    { "scores", 0, 0, G_OPTION_ARG_FILENAME, &scores_file,
      "TSV of item, score (larger: more like a fake) and label (0 or real, 1 or fake), and of set "
      "and group where there are any",
      "FILE" },
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &config.threshold,
      "an item is called a fake above it [0.5]", "X" },
    { "calibrate", 0, 0, G_OPTION_ARG_FILENAME, &calibrate_file,
      "other scores, whose best threshold is taken instead", "FILE" },
    { "vote", 0, 0, G_OPTION_ARG_FILENAME, &vote_text,
      "a group counts as one item: the mean of its scores, or the share above the threshold",
      "mean|majority" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &group_by.text, "the same by what a name matches",
      "REGEX" },
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "of groups, for the intervals [1000]", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the draws [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect eval",
    .synopsis = "[OPTION]... --scores=FILE",
    .summary =
        "Evaluate a detector by its scores: average precision, AUC and equal error rate with\n"
        "intervals, accuracies, and how many fakes are found at few false alarms; a row a set,\n"
        "and one of all.",
    .example = "assay-detect eval --scores=scores.tsv",
    .options = options,
};

static gboolean
read_vote(AssayVote *vote)
{
    if (vote_text == NULL || strcmp(vote_text, "mean") == 0)
        *vote = ASSAY_VOTE_MEAN;
    else if (strcmp(vote_text, "majority") == 0)
        *vote = ASSAY_VOTE_MAJORITY;
    else
        return cli_usage("--vote=%s: give mean or majority", vote_text), FALSE;
    return TRUE;
}

static gboolean
read_options(AssayVote *vote)
{
    if (scores_file == NULL)
        return cli_usage("scores of what? give --scores=FILE, a TSV of item, score and label"),
               FALSE;
    if (groups_file != NULL && group_by.text != NULL)
        return cli_usage("--groups and --group-by both say what stands together: give one of them"),
               FALSE;
    if (!cli_label_parse(&group_by, assay_label_new_group))
        return FALSE;
    if (isnan(config.threshold))
        return cli_usage("--threshold=nan: give a number"), FALSE;
    if (draws < 1 || draws > MAX_DRAWS)
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    config.n_draws = (guint)draws;
    config.seed = (guint64)seed;
    return read_vote(vote);
}

static AssayScores *
read_scores(const char *path, const char *option, AssayGroups *groups, GError **error)
{
    g_autoptr(AssayScores) scores = assay_scores_new();
    g_autoptr(AssayInput) input = NULL;

    cli_claim_input(path, option);
    input = assay_input_open(path, error);
    if (input == NULL || !assay_scores_read(scores, input, groups, group_by.label, error))
        return NULL;
    return g_steal_pointer(&scores);
}

/* With --vote, groups instead of items. */
static AssayScores *
count_votes(AssayScores *scores, AssayVote vote, GError **error)
{
    g_autoptr(AssayScores) items = scores;

    if (vote_text == NULL)
        return g_steal_pointer(&items);
    if (items->is_ungrouped)
        cli_warn("--vote: no item has a group: each votes alone; give a column \"group\", --groups "
                 "or --group-by");
    return assay_scores_vote(items, vote, config.threshold, error);
}

static gboolean
print(GPtrArray *rows, GError **error)
{
    static const char *const none[] = { NULL };
    g_autoptr(AssayOutput) output = cli_output();
    g_autoptr(AssayTable) table = detect_table_new(output, none);

    for (guint i = 0; i < rows->len; i++) {
        if (!detect_table_row(table, g_ptr_array_index(rows, i), error))
            return FALSE;
    }
    return assay_table_finish(table, error) && assay_output_close(output, error);
}

/* The threshold by --calibrate: of items where they vote, else of what is judged. */
static gboolean
calibrate(AssayGroups *groups, AssayVote vote, GError **error)
{
    g_autoptr(AssayScores) scores = read_scores(calibrate_file, "--calibrate", groups, error);

    if (scores != NULL && vote == ASSAY_VOTE_MEAN)
        scores = count_votes(g_steal_pointer(&scores), vote, error);
    return scores != NULL && assay_evaluate_best_threshold(scores, &config.threshold, error);
}

static gboolean
evaluate(AssayVote vote, GError **error)
{
    g_autoptr(AssayGroups) groups = NULL;
    g_autoptr(AssayScores) scores = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    if (groups_file != NULL && (groups = cli_read_groups(groups_file, error)) == NULL)
        return FALSE;
    if (calibrate_file != NULL && !calibrate(groups, vote, error))
        return FALSE;
    scores = read_scores(scores_file, "--scores", groups, error);
    if (scores != NULL)
        scores = count_votes(g_steal_pointer(&scores), vote, error);
    if (scores == NULL)
        return FALSE;
    if (vote_text != NULL && vote == ASSAY_VOTE_MAJORITY)
        config.threshold = .5;
    rows = assay_evaluate(scores, &config, error);
    return rows != NULL && print(rows, error);
}

int
detect_eval(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    AssayVote vote;

    cli_begin(&tool, &argc, &argv);
    if (argc > 1)
        return cli_usage("%s: is no option: scores are read from --scores=FILE", argv[1]);
    if (!read_options(&vote))
        return CLI_USAGE;
    return evaluate(vote, &error) ? CLI_DONE : cli_fail(error);
}
