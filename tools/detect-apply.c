/* assay-detect apply - what a model says of items.
 *
 * in:  a model, and items: what assay-features reads, or its tables
 * out: a table (TSV): a row an item
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/learn/model-call.h>
#include <math.h>

#include "detect-model.h"
#include "detect-verbs.h"

static char *model_path;
static double alpha = -1;

static const GOptionEntry options[] = {
    { "use", 'm', 0, G_OPTION_ARG_FILENAME, &model_path, "the model", "MODEL" },
    { "alpha", 0, 0, G_OPTION_ARG_DOUBLE, &alpha,
      "a fake is what has a p of at most this [its threshold; one-class: 0.05]", "A" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect apply",
    .synopsis = "-m MODEL [OPTION]... [FILE]...",
    .summary = "Say of every item how much it looks like a fake to a model of assay-detect train,\n"
               "how many reals look as much like one, and what to call it.",
    .example = "assay-detect apply -m gan.model.json pictures/mixed",
    .options = options,
    .uses = CLI_READS,
};

static const AssayColumn columns[] = {
    { "item", ASSAY_COLUMN_TEXT },   { "score", ASSAY_COLUMN_REAL },
    { "p", ASSAY_COLUMN_REAL },      { "probability", ASSAY_COLUMN_REAL },
    { "called", ASSAY_COLUMN_TEXT }, { "note", ASSAY_COLUMN_TEXT },
};

typedef struct {
    DetectData data;
    AssayModelFile *file;
    AssayCaller caller;
    AssayTable *table;
} Apply;

static gboolean
print_item(const Apply *self, const AssayExamples *examples, size_t i, const char *note,
           GError **error)
{
    const AssayCall call = assay_caller_ask(&self->caller, assay_examples_row(examples, i));

    assay_table_text(self->table, assay_examples_at(examples, i)->name);
    assay_table_real(self->table, call.score);
    assay_table_real(self->table, call.p);
    assay_table_real(self->table, call.probability);
    assay_table_text(self->table, call.called);
    assay_table_note(self->table, note);
    return assay_table_row_end(self->table, error);
}

/* Prints what has come, and forgets it. */
static gboolean
consume(gpointer user, AssayExamples *examples, const char *sha256, GError **error)
{
    const Apply *self = user;
    const char *note =
        assay_model_file_has_input(self->file, sha256) ? "the model was learnt from it" : "";

    for (size_t i = 0; i < examples->items->len; i++) {
        if (!print_item(self, examples, i, note, error))
            return FALSE;
    }
    g_array_set_size(examples->items, 0);
    return TRUE;
}

static int
run(Apply *self, const char *const *operands, GError **error)
{
    g_autofree AssaySetLabel *labels = g_new0(AssaySetLabel, g_strv_length((char **)operands) + 1);
    g_autoptr(AssayOutput) output = NULL;

    self->file = detect_model_read(model_path, error);
    if (self->file == NULL)
        return CLI_FAILED;
    self->caller = assay_caller_of(self->file, alpha >= 0 ? alpha : (double)NAN);
    if (!self->caller.can_call)
        cli_warn("of %" G_GSIZE_FORMAT " groups of reals no p is below 1/%" G_GSIZE_FORMAT
                 ", so none reaches %g: nothing is called a fake, or real",
                 self->caller.n_groups, self->caller.n_groups + 1, self->caller.alpha);
    if (!detect_data_open(&self->data, error))
        return CLI_FAILED;
    detect_model_ask(self->file, &self->data);
    self->data.consume = consume;
    self->data.user = self;
    output = assay_output_open(cli.output, error);
    if (output == NULL)
        return CLI_FAILED;
    self->table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    if (!detect_data_read(&self->data, operands, labels, error))
        return CLI_FAILED;
    if (cli_n_consumed() == 0 && self->data.n_tables == 0)
        return detect_status(&self->data);
    detect_model_tell_unfamiliar(self->file, model_path, self->data.collection);
    if (!assay_table_finish(self->table, error) || !assay_output_close(output, error))
        return CLI_FAILED;
    return detect_status(&self->data);
}

int
detect_apply(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Apply self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (model_path == NULL)
        return cli_usage("which model? give -m MODEL, as assay-detect train writes one");
    if (alpha != -1 && !(alpha > 0 && alpha < 1))
        return cli_usage("--alpha=%g: give a number between 0 and 1", alpha);
    status = run(&self, cli_operands(argc, argv), &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_table_free(self.table);
    assay_model_file_free(self.file);
    detect_data_clear(&self.data);
    return status;
}
