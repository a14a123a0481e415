/* assay-detect curve - how well detectors do that have learnt from a few labels.
 *
 * in:  reals and fakes: what assay-features reads, or its tables
 * out: a table (TSV): a row for each number of labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/learn/curve.h>
#include <string.h>

#include "detect-doubts.h"
#include "detect-trial.h"
#include "detect-verbs.h"

enum { MAX_DRAWS = 100000, MAX_LABELS = 1000000 };

static char *labels_text;
static int draws = 100;

static const GOptionEntry options[] = {
    { "labels", 0, 0, G_OPTION_ARG_FILENAME, &labels_text,
      "how many, half of them reals [10,20,40,80]", "N,N..." },
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "how often labels are drawn [100]", "N" },
    DETECT_FEATURE_OPTIONS,
    DETECT_MODEL_OPTIONS,
    DETECT_GROUP_OPTIONS,
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect curve",
    .synopsis = "[OPTION]... [LABEL=]REAL [LABEL=]FAKE...",
    .summary = "Say how well a detector does that has learnt from a few labelled items: a row for\n"
               "each number of labels, means over many draws and where 95 % of these are.",
    .example = "assay-detect curve --labels=4,8 pictures/real pictures/gan",
    .options = options,
    .uses = CLI_READS,
};

static const AssayColumn columns[] = {
    { "labels", ASSAY_COLUMN_INTEGER },
    { "draws", ASSAY_COLUMN_INTEGER },
    { "ap", ASSAY_COLUMN_REAL },
    { "ap_low", ASSAY_COLUMN_REAL },
    { "ap_high", ASSAY_COLUMN_REAL },
    { "auc", ASSAY_COLUMN_REAL },
    { "auc_low", ASSAY_COLUMN_REAL },
    { "auc_high", ASSAY_COLUMN_REAL },
    { "balanced", ASSAY_COLUMN_REAL },
    { "balanced_low", ASSAY_COLUMN_REAL },
    { "balanced_high", ASSAY_COLUMN_REAL },
};

/* @sizes: of guint */
typedef struct {
    DetectTrial trial;
    AssayCurveConfig config;
    GArray *sizes;
    AssayTable *table;
} Curve;

static gboolean
read_labels(GArray *sizes)
{
    g_auto(GStrv) texts = g_strsplit(labels_text == NULL ? "10,20,40,80" : labels_text, ",", -1);

    for (char **text = texts; *text != NULL; text++) {
        guint64 number;
        guint size;

        if (!g_ascii_string_to_unsigned(*text, 10, 2, MAX_LABELS, &number, NULL) || number % 2 != 0)
            return cli_usage("--labels=%s: give even numbers from 2 to %d, as in 10,20",
                             labels_text, MAX_LABELS),
                   FALSE;
        size = (guint)number;
        g_array_append_val(sizes, size);
    }
    if (sizes->len == 0)
        return cli_usage("--labels=: give even numbers from 2 to %d, as in 10,20", MAX_LABELS),
               FALSE;
    return TRUE;
}

static gboolean
read_options(Curve *self, GError **error)
{
    self->sizes = g_array_new(FALSE, FALSE, sizeof(guint));
    if (!detect_read_options() || !read_labels(self->sizes))
        return FALSE;
    if (draws < 1 || draws > MAX_DRAWS)
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    self->config = (AssayCurveConfig){ .n_draws = (guint)draws,
                                       .confidence = .95,
                                       .seed = (guint64)detect_options.seed,
                                       .n_workers = cli.jobs };
    return detect_model_config(&self->config.model, error);
}

static gboolean
print_point(const Curve *self, const AssayExamples *examples, guint n_labels, GError **error)
{
    static const AssayRocMeasure shown[] = { ASSAY_ROC_AP, ASSAY_ROC_AUC, ASSAY_ROC_BALANCED };
    AssayCurvePoint point;

    if (!assay_curve_point(&self->config, examples, n_labels, &point, error))
        return FALSE;
    assay_table_int(self->table, n_labels);
    assay_table_int(self->table, draws);
    for (size_t i = 0; i < G_N_ELEMENTS(shown); i++) {
        assay_table_real(self->table, point.means[shown[i]]);
        assay_table_real(self->table, point.intervals[shown[i]].low);
        assay_table_real(self->table, point.intervals[shown[i]].high);
    }
    return assay_table_row_end(self->table, error);
}

static gboolean
conclude(Curve *self, const AssayCollection *items, GError **error)
{
    g_autoptr(AssayOutput) output = NULL;

    if (!detect_data_finish(&self->trial.data, error) ||
        (output = assay_output_open(cli.output, error)) == NULL)
        return FALSE;
    detect_tell_doubts(items, &self->trial.sets);
    self->table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    for (guint i = 0; i < self->sizes->len; i++) {
        if (!print_point(self, items->examples, g_array_index(self->sizes, guint, i), error))
            return FALSE;
    }
    return assay_table_finish(self->table, error) && assay_output_close(output, error);
}

static int
run(Curve *self, const char *const *operands, GError **error)
{
    g_autoptr(AssayCollection) items = NULL;

    if (!detect_trial_open(&self->trial, operands, error))
        return CLI_USAGE;
    items = detect_trial_read(&self->trial, NULL, error);
    if (items != NULL && !conclude(self, items, error))
        return CLI_FAILED;
    return *error != NULL ? CLI_FAILED : detect_status(&self->trial.data);
}

int
detect_curve(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Curve self = { 0 };
    int status = CLI_USAGE;

    cli_begin(&tool, &argc, &argv);
    if (read_options(&self, &error))
        status = run(&self, cli_operands(argc, argv), &error);
    if (error != NULL)
        status = cli_fail(error);
    assay_table_free(self.table);
    g_array_unref(self.sizes);
    detect_trial_clear(&self.trial);
    return status;
}
