/* assay-detect REAL FAKE... - whether fakes can be told from reals, and by what.
 *
 * in:  reals and fakes: what assay-features reads, or its tables
 * out: a table (TSV): a row a set of fakes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/detect/apart.h>
#include <string.h>

#include "detect-data.h"
#include "detect-doubts.h"
#include "detect-verbs.h"

enum { MAX_DRAWS = 1000000, SOME = 99, MANY = 999 };

static int draws = 1000, permutations = -1;

static const GOptionEntry options[] = {
    DETECT_FEATURE_OPTIONS,
    DETECT_MODEL_OPTIONS,
    DETECT_FOLDS_OPTION,
    { "permutations", 0, 0, G_OPTION_ARG_INT, &permutations,
      "of the labels, for p [99; ridge: 999]; 0: none", "N" },
    { "draws", 0, 0, G_OPTION_ARG_INT, &draws, "of groups, for the interval [1000]", "N" },
    DETECT_GROUP_OPTIONS,
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-detect",
    .synopsis = "[OPTION]... [LABEL=]REAL [LABEL=]FAKE...\n"
                "       assay-detect train|apply|eval|try|curve [OPTION]... [FILE]...",
    .summary =
        "Say whether fakes can be told from reals, how well, and by which features: by models\n"
        "that are tried on groups which they have not seen. Verbs keep a model, use it, evaluate\n"
        "scores, and try detectors by protocols; each has a --help of its own.",
    .example = "assay-detect pictures/real pictures/gan",
    .options = options,
    .uses = CLI_READS,
};

static const AssayColumn columns[] = {
    { "set", ASSAY_COLUMN_TEXT },       { "auc", ASSAY_COLUMN_REAL },
    { "auc_low", ASSAY_COLUMN_REAL },   { "auc_high", ASSAY_COLUMN_REAL },
    { "p", ASSAY_COLUMN_REAL },         { "accuracy", ASSAY_COLUMN_REAL },
    { "balanced", ASSAY_COLUMN_REAL },  { "carriers", ASSAY_COLUMN_TEXT },
    { "reals", ASSAY_COLUMN_INTEGER },  { "fakes", ASSAY_COLUMN_INTEGER },
    { "groups", ASSAY_COLUMN_INTEGER }, { "features", ASSAY_COLUMN_INTEGER },
    { "note", ASSAY_COLUMN_TEXT },
};

typedef struct {
    DetectData data;
    AssayApartConfig config;
    CliSets sets;
    AssayTable *table;
    gboolean lacks;
} Cross;

static gboolean
read_options(AssayApartConfig *config, GError **error)
{
    if (!detect_read_options())
        return FALSE;
    if (draws < 1 || draws > MAX_DRAWS)
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    if (permutations < -1 || permutations > MAX_DRAWS)
        return cli_usage("--permutations=%d: give a number from 0 to %d", permutations, MAX_DRAWS),
               FALSE;
    if (!detect_model_config(&config->model, error))
        return FALSE;
    if (permutations == -1)
        permutations = config->model.kind == ASSAY_MODEL_RIDGE ? MANY : SOME;
    config->n_folds = (guint)detect_options.folds;
    config->n_permutations = (guint)permutations;
    config->n_draws = (guint)draws;
    config->confidence = .95;
    config->seed = (guint64)detect_options.seed;
    config->n_workers = cli.jobs;
    return TRUE;
}

static gboolean
print_row(const Cross *self, const char *set, const AssayApart *apart, GError **error)
{
    const double *values = apart->values.values;

    assay_table_text(self->table, set);
    assay_table_real(self->table, values[ASSAY_ROC_AUC]);
    assay_table_real(self->table, apart->spread.intervals[ASSAY_ROC_AUC].low);
    assay_table_real(self->table, apart->spread.intervals[ASSAY_ROC_AUC].high);
    assay_table_real(self->table, apart->p);
    assay_table_real(self->table, values[ASSAY_ROC_ACCURACY]);
    assay_table_real(self->table, values[ASSAY_ROC_BALANCED]);
    assay_table_text(self->table, apart->carriers);
    assay_table_int(self->table, (gint64)apart->counts.n_items[0]);
    assay_table_int(self->table, (gint64)apart->counts.n_items[1]);
    assay_table_int(self->table, (gint64)apart->counts.n_groups_in_all);
    assay_table_int(self->table, (gint64)self->data.collection->examples->n_columns);
    assay_table_note(self->table, apart->note->str);
    return assay_table_row_end(self->table, error);
}

/* A set that nothing can be said of has no row; the others have. */
static gboolean
try_set(Cross *self, size_t set, GError **error)
{
    const char *label = self->sets.labels[set];
    g_autoptr(GError) fault = NULL;
    g_autoptr(AssayApart) apart =
        assay_apart_new(&self->config, self->data.collection, (guint32)set, label, &fault);

    if (apart != NULL) {
        g_autofree char *text = assay_apart_text(apart, label, self->sets.labels[0]);

        cli_note("%s", text);
        return print_row(self, label, apart, error);
    }
    cli_warn("%s: %s", label, fault->message);
    self->lacks = TRUE;
    return TRUE;
}

static gboolean
conclude(Cross *self, GError **error)
{
    g_autoptr(AssayOutput) output = NULL;
    gboolean is_done = TRUE;

    if (!detect_data_finish(&self->data, error) ||
        (output = assay_output_open(cli.output, error)) == NULL)
        return FALSE;
    detect_tell_doubts(self->data.collection, &self->sets);
    self->table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    for (size_t set = 1; is_done && set < self->sets.n; set++)
        is_done = try_set(self, set, error);
    is_done =
        is_done && assay_table_finish(self->table, error) && assay_output_close(output, error);
    assay_table_free(self->table);
    return is_done;
}

/* What cannot be told from anything, whichever set it is. */
static gboolean
check_items(const Cross *self, int *status)
{
    const AssayExamples *examples = self->data.collection->examples;
    size_t n_reals = 0;

    for (guint i = 0; i < examples->items->len; i++)
        n_reals += !assay_examples_at(examples, i)->is_fake;
    if (n_reals == 0) {
        cli_warn("%s: there are no reals in it that could be used", self->sets.labels[0]);
        *status = CLI_FAILED;
        return FALSE;
    }
    if (examples->items->len == self->sets.n && self->sets.n > 2) {
        *status = cli_usage("each of the %" G_GSIZE_FORMAT " operands is a set of its own, of one "
                            "item; name folders, or all files of a set LABEL=FILE",
                            self->sets.n);
        return FALSE;
    }
    return TRUE;
}

/* What is read has a path, or a label, or is there. */
static gboolean
is_mistyped_verb(const char *word)
{
    return strpbrk(word, "/.=-") == NULL && !g_file_test(word, G_FILE_TEST_EXISTS);
}

static int
run(Cross *self, const char *const *operands, GError **error)
{
    g_autofree AssaySetLabel *labels = NULL;
    int status;

    if (operands[0] != NULL && is_mistyped_verb(operands[0])) {
        g_autofree char *word = assay_text_escape_controls(operands[0]);

        return cli_usage(
            "%s: is no file, no folder, and none of the verbs train, apply, eval, try, "
            "curve",
            word);
    }
    if (!cli_sets_read(&self->sets, operands))
        return CLI_USAGE;
    if (self->sets.n < 2)
        return cli_usage("reals and fakes are to be named: assay-detect REAL FAKE; what else it "
                         "does, assay-detect --help");
    labels = detect_labels(&self->sets);
    if (!detect_data_open(&self->data, error) ||
        !detect_data_read(&self->data, (const char *const *)self->sets.operands, labels, error))
        return CLI_FAILED;
    if (self->data.collection->examples->items->len == 0)
        return detect_status(&self->data);
    if (!check_items(self, &status))
        return status;
    if (!conclude(self, error))
        return CLI_FAILED;
    return cli_status_lacking(detect_status(&self->data), self->lacks);
}

int
detect_cross(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Cross self = { 0 };
    int status = CLI_USAGE;

    if (argc > 1 && is_mistyped_verb(argv[1]))
        argc = 2; /* what follows belongs to the verb that was meant */
    cli_begin(&tool, &argc, &argv);
    if (read_options(&self.config, &error))
        status = run(&self, cli_operands(argc, argv), &error);
    if (error != NULL)
        status = cli_fail(error);
    cli_sets_clear(&self.sets);
    detect_data_clear(&self.data);
    return status;
}
