/* assay-detect train - learns to tell fakes from reals, and keeps that.
 *
 * in:  reals and fakes, or reals alone: what assay-features reads, or its tables
 * out: a model (JSON)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/learn/example-rows.h>
#include <assay/learn/model-learn.h>

#include "detect-data.h"
#include "detect-doubts.h"
#include "detect-verbs.h"

static const GOptionEntry options[] = {
    DETECT_FEATURE_OPTIONS, DETECT_MODEL_OPTIONS, DETECT_FOLDS_OPTION,
    DETECT_GROUP_OPTIONS,   G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect train",
    .synopsis = "[OPTION]... [LABEL=]REAL [[LABEL=]FAKE]...",
    .summary =
        "Learn to tell fakes from reals, or with --model=one-class what reals are like, and\n"
        "write that as a model, with its features, what it was learnt from, and what its\n"
        "scores mean.",
    .example = "assay-detect train -o gan.model.json pictures/real pictures/gan",
    .options = options,
    .uses = CLI_READS,
};

typedef struct {
    DetectData data;
    AssayModelConfig config;
    CliSets sets;
    AssayModelFile *file;
} Train;

/* What limits the model. */
static void
tell_limits(const AssayModelFile *file, size_t n_columns)
{
    size_t n_constant = assay_model_n_constant(file->model);

    if (file->gauge == NULL)
        cli_note("the reals, or the fakes, are of one group: what scores mean is not known");
    if (n_constant > 0)
        cli_note("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                 " features are the same in all items: they are left out",
                 n_constant, n_columns);
    if (file->gauge != NULL && file->gauge->n_reals < 19)
        cli_note("of %" G_GSIZE_FORMAT " groups of reals no p is below 1/%" G_GSIZE_FORMAT
                 ", so none reaches .05",
                 file->gauge->n_reals, file->gauge->n_reals + 1);
}

static gboolean
conclude(Train *self, GError **error)
{
    const AssayExamples *examples = self->data.collection->examples;
    size_t n;
    g_autofree size_t *rows = assay_examples_rows(examples, G_MAXUINT32, &n);
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(GString) text = NULL;

    if (!detect_data_finish(&self->data, error))
        return FALSE;
    detect_tell_doubts(self->data.collection, &self->sets);
    if (!assay_model_file_learn(self->file, &self->config, examples, rows, n,
                                (guint)detect_options.folds, cli.jobs, error))
        return FALSE;
    tell_limits(self->file, examples->n_columns);
    self->file->familiar = assay_familiar_new(self->data.collection->traits);
    text = assay_model_file_print(self->file);
    output = assay_output_open(cli.output, error);
    return output != NULL && assay_output_write(output, text->str, text->len, error) &&
           assay_output_close(output, error);
}

static gboolean
check_sets(const Train *self)
{
    gboolean is_one_class = assay_model_kind_is_one_class(self->config.kind);

    if (self->sets.n > 1 && is_one_class)
        return cli_usage("--model=one-class learns from reals alone: leave out %s",
                         self->sets.labels[1]),
               FALSE;
    if (self->sets.n < 2 && !is_one_class)
        return cli_usage("there are no fakes: name them behind the reals, or learn from reals "
                         "alone by --model=one-class"),
               FALSE;
    return TRUE;
}

static int
run(Train *self, const char *const *operands, GError **error)
{
    g_autofree AssaySetLabel *labels = NULL;

    if (!cli_sets_read(&self->sets, operands) || !check_sets(self))
        return CLI_USAGE;
    labels = detect_labels(&self->sets);
    self->data.file = self->file = assay_model_file_new();
    self->file->field = g_strdup(detect_options.field);
    if (!detect_data_open(&self->data, error) ||
        !detect_data_read(&self->data, (const char *const *)self->sets.operands, labels, error))
        return CLI_FAILED;
    if (self->data.collection->examples->items->len == 0)
        return detect_status(&self->data);
    if (!conclude(self, error))
        return CLI_FAILED;
    return detect_status(&self->data);
}

int
detect_train(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Train self = { 0 };
    int status = CLI_USAGE;

    cli_begin(&tool, &argc, &argv);
    if (detect_read_options() && detect_model_config(&self.config, &error))
        status = run(&self, cli_operands(argc, argv), &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_model_file_free(self.file);
    cli_sets_clear(&self.sets);
    detect_data_clear(&self.data);
    return status;
}
