/* assay-detect try - detectors learnt and tried by a protocol: on the set they were learnt from, on
 * others, on such as something has been done to.
 *
 * in:  reals and fakes: what assay-features reads, or its tables
 * out: a table (TSV): a row for what is learnt from, what it is tried on, and what was done to that
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/detect/protocol.h>

#include "detect-doubts.h"
#include "detect-table.h"
#include "detect-trial.h"
#include "detect-verbs.h"

enum { MAX_DRAWS = 1000000 };

static char *protocol_name, **augment;
static int draws = 1000;

static const GOptionEntry options[] = {
    { "protocol", 0, 0, G_OPTION_ARG_FILENAME, &protocol_name,
      "learnt from: pooled: all sets; within, cross: each in turn, tried on itself, or on all; "
      "unseen: all but the one it is tried on [pooled]",
      "NAME" },
    DETECT_TRIAL_OPTIONS,
    { "augment", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &augment,
      "learn from items after this, as in augment=cnn-detection; may be given again",
      "OPERATIONS" },
    DETECT_FEATURE_OPTIONS,
    DETECT_MODEL_OPTIONS,
    DETECT_FOLDS_OPTION,
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "of groups, for the intervals [1000]", "N" },
    DETECT_GROUP_OPTIONS,
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect try",
    .synopsis = "[OPTION]... [LABEL=]REAL [LABEL=]FAKE...",
    .summary =
        "Learn detectors and try them by a protocol: within a generator, across generators, on\n"
        "one they have not seen, and after blur, JPEG and what else assay-perturb does. Items\n"
        "are judged by models that have not seen their group.",
    .example = "assay-detect try --perturb=jpeg=50 pictures/real pictures/gan",
    .options = options,
    .uses = CLI_READS,
};

/* @learnt: what models are fitted to; @plain: items as they are, which may be the same */
typedef struct {
    DetectTrial trial;
    AssayProtocol protocol;
    GPtrArray *augment, *stages;
    AssayCollection *learnt, *plain;
    AssayTable *table;
} Try;

static gboolean
read_options(Try *self, GError **error)
{
    AssayProtocol *protocol = &self->protocol;

    if (!detect_read_options())
        return FALSE;
    if (draws < 1 || draws > MAX_DRAWS)
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    if (protocol_name != NULL && !assay_protocol_find(protocol_name, &protocol->kind, error))
        return FALSE;
    if (!detect_model_config(&protocol->exam.model, error))
        return FALSE;
    self->augment = detect_trial_stages(augment, error);
    self->stages = self->augment == NULL ? NULL : detect_trial_stages(detect_perturb, error);
    protocol->exam.n_folds = (guint)detect_options.folds;
    protocol->exam.n_workers = cli.jobs;
    protocol->evaluation = (AssayEvaluationConfig)ASSAY_EVALUATION_CONFIG_DEFAULT;
    protocol->evaluation.n_draws = (guint)draws;
    protocol->evaluation.seed = (guint64)detect_options.seed;
    return self->stages != NULL;
}

/* Judges items in one state, and prints what comes of it. */
static gboolean
judge(Try *self, const AssayCollection *judged, const char *perturbed, GError **error)
{
    g_autoptr(GPtrArray) rows = NULL;

    self->protocol.exam.judged = judged->examples;
    self->protocol.is_ungrouped = judged->is_ungrouped;
    rows = assay_protocol_run(&self->protocol, error);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const AssayProtocolRow *row = g_ptr_array_index(rows, i);

        if (!detect_table_row(self->table, row->row, row->learnt, perturbed, error))
            return FALSE;
    }
    return rows != NULL;
}

static gboolean
judge_all(Try *self, GError **error)
{
    if (!judge(self, self->plain, NULL, error))
        return FALSE;
    for (guint i = 0; i < self->stages->len; i++) {
        g_autoptr(AssayCollection) judged =
            detect_trial_read(&self->trial, g_ptr_array_index(self->stages, i), error);

        if (judged == NULL || !judge(self, judged, detect_perturb[i], error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
conclude(Try *self, GError **error)
{
    g_autoptr(AssayOutput) output = NULL;

    if (!detect_data_finish(&self->trial.data, error) ||
        (output = assay_output_open(cli.output, error)) == NULL)
        return FALSE;
    detect_tell_doubts(self->plain, &self->trial.sets);
    self->table = detect_table_new(output);
    return judge_all(self, error) && assay_table_finish(self->table, error) &&
           assay_output_close(output, error);
}

static int
run(Try *self, const char *const *operands, GError **error)
{
    if (!detect_trial_open(&self->trial, operands, error))
        return CLI_USAGE;
    self->protocol.sets = self->trial.sets.labels;
    self->protocol.n_sets = (guint)self->trial.sets.n;
    self->plain = detect_trial_read(&self->trial, NULL, error);
    self->learnt = self->plain;
    if (self->plain != NULL && self->augment->len > 0)
        self->learnt = detect_trial_read_all(&self->trial, self->augment, error);
    if (self->learnt != NULL) {
        self->protocol.exam.learnt = self->learnt->examples;
        if (!conclude(self, error))
            return CLI_FAILED;
    }
    return *error != NULL ? CLI_FAILED : detect_status(&self->trial.data);
}

int
detect_try(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Try self = { 0 };
    int status = CLI_USAGE;

    cli_begin(&tool, &argc, &argv);
    if (read_options(&self, &error))
        status = run(&self, cli_operands(argc, argv), &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_table_free(self.table);
    if (self.learnt != self.plain)
        assay_collection_free(self.learnt);
    assay_collection_free(self.plain);
    if (self.stages != NULL)
        g_ptr_array_unref(self.stages);
    if (self.augment != NULL)
        g_ptr_array_unref(self.augment);
    detect_trial_clear(&self.trial);
    return status;
}
