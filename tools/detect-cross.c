/* assay-detect REAL FAKE... - whether fakes can be told from reals, and by what.
 *
 * in:  reals and fakes: what assay-features reads, or its tables
 * out: a table (TSV): a row a set of fakes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/learn/carriers.h>
#include <assay/learn/cross.h>
#include <assay/stats/roc.h>
#include <math.h>

#include "detect-data.h"
#include "detect-verbs.h"

enum { CARRIERS = 3, MAX_DRAWS = 1000000, SOME = 99, MANY = 999 };

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
    AssayModelConfig model;
    CliSets sets;
    AssayTable *table;
    gboolean lacks;
} Cross;

static gboolean
read_options(AssayModelConfig *model, GError **error)
{
    if (!detect_read_options())
        return FALSE;
    if (draws < 1 || draws > MAX_DRAWS)
        return cli_usage("--draws=%d: give a number from 1 to %d", draws, MAX_DRAWS), FALSE;
    if (permutations < -1 || permutations > MAX_DRAWS)
        return cli_usage("--permutations=%d: give a number from 0 to %d", permutations, MAX_DRAWS),
               FALSE;
    if (!detect_model_config(model, error))
        return FALSE;
    if (permutations == -1)
        permutations = model->kind == ASSAY_MODEL_RIDGE ? MANY : SOME;
    return TRUE;
}

/* The numbers of a set. */
typedef struct {
    AssayRocValues values;
    AssayRocSpread spread;
    double p;
} Result;

static gboolean
measure(const Cross *self, const AssayCross *cross, const char *label, Result *result,
        GError **error)
{
    const AssayExamples *examples = self->data.collection->examples;
    g_autofree AssayScored *scored = detect_scored(examples, cross->rows, cross->scores, cross->n);
    g_autoptr(AssayRoc) roc = assay_roc_new(scored, cross->n, error);
    guint64 seed = (guint64)detect_options.seed;
    AssayRandom random;

    if (roc == NULL)
        return FALSE;
    assay_roc_measure(roc, 0, &result->values);
    assay_random_init(&random, seed, "detect", label);
    assay_roc_spread(roc, 0, (guint)draws, .95, &random, &result->spread);
    result->p = (double)NAN;
    return permutations == 0 || assay_cross_p(cross, &self->model, examples, (guint)permutations,
                                              seed, cli.jobs, &result->p, error);
}

static char *
list_carriers(const AssayExamples *examples, const AssayCross *cross)
{
    AssayCarrier carriers[CARRIERS];
    size_t n = assay_carriers_find(examples, cross->rows, cross->n, carriers, CARRIERS);
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i < n; i++) {
        g_autofree char *carrier = assay_carrier_text(&carriers[i], examples);

        assay_text_join(text, ", ", "%s", carrier);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
make_note(const Cross *self, const AssayCross *cross, const Result *result, guint32 set)
{
    g_autoptr(GString) text = g_string_new(NULL);
    double n_labellings = assay_cross_n_labellings(cross, self->data.collection->examples);
    g_autofree char *traits = assay_traits_tell(self->data.collection->traits, set);
    size_t n_shared = assay_collection_n_shared(self->data.collection, set);
    size_t n_repeated = assay_collection_n_repeated(self->data.collection, set);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (traits != NULL)
        assay_text_join(text, "; ", "told apart by their files alone: %s", traits);
    if (n_shared > 0)
        assay_text_join(text, "; ", "%" G_GSIZE_FORMAT " fakes are reals too", n_shared);
    if (n_repeated > 0)
        assay_text_join(text, "; ", "repeated items: %" G_GSIZE_FORMAT, n_repeated);
    if (cross->n_folds < (guint)detect_options.folds)
        assay_text_join(text, "; ", "%u folds", cross->n_folds);
    if (self->data.collection->is_ungrouped)
        assay_text_join(text, "; ", "ungrouped");
    if (isnan(result->spread.intervals[ASSAY_ROC_AUC].low))
        assay_text_join(text, "; ", "too few groups for an interval");
    if (permutations > 0 && MIN(n_labellings, permutations + 1) < 100)
        assay_text_join(text, "; ", "no p below 1/%s",
                        assay_text_double(number, MIN(n_labellings, permutations + 1)));
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean
print_row(const Cross *self, size_t set, const AssayCross *cross, const Result *result,
          GError **error)
{
    const AssayExamples *examples = self->data.collection->examples;
    const double *values = result->values.values;
    g_autofree char *carriers = list_carriers(examples, cross);
    g_autofree char *note = make_note(self, cross, result, (guint32)set);
    gint64 n_fake = 0;

    for (size_t i = 0; i < cross->n; i++)
        n_fake += assay_examples_at(examples, cross->rows[i])->is_fake ? 1 : 0;
    assay_table_text(self->table, self->sets.labels[set]);
    assay_table_real(self->table, values[ASSAY_ROC_AUC]);
    assay_table_real(self->table, result->spread.intervals[ASSAY_ROC_AUC].low);
    assay_table_real(self->table, result->spread.intervals[ASSAY_ROC_AUC].high);
    assay_table_real(self->table, result->p);
    assay_table_real(self->table, values[ASSAY_ROC_ACCURACY]);
    assay_table_real(self->table, values[ASSAY_ROC_BALANCED]);
    assay_table_text(self->table, carriers);
    assay_table_int(self->table, (gint64)cross->n - n_fake);
    assay_table_int(self->table, n_fake);
    assay_table_int(self->table, (gint64)detect_count_groups(examples, cross->rows, cross->n, -1));
    assay_table_int(self->table, (gint64)examples->n_columns);
    assay_table_text(self->table, note);
    return assay_table_row_end(self->table, error);
}

/* What there is nothing of, though it was named. */
static const char *
find_missing(const AssayExamples *examples, const size_t *rows, size_t n)
{
    size_t n_fake = 0;

    for (size_t i = 0; i < n; i++)
        n_fake += assay_examples_at(examples, rows[i])->is_fake ? 1 : 0;
    if (n_fake == n)
        return "real item";
    return n_fake == 0 ? "fake" : NULL;
}

/* A set that nothing can be said of has no row; the others have. */
static gboolean
try_set(Cross *self, size_t set, GError **error)
{
    const AssayExamples *examples = self->data.collection->examples;
    const char *label = self->sets.labels[set];
    size_t n;
    g_autofree size_t *rows = detect_rows(examples, set, &n);
    g_autoptr(GError) fault = NULL;
    g_autoptr(AssayCross) cross = NULL;
    const char *missing = find_missing(examples, rows, n);
    Result result;

    if (missing != NULL) {
        cli_warn("%s: cannot be tried: there is no %s to be used", label, missing);
        self->lacks = TRUE;
        return TRUE;
    }
    cross = assay_cross_new(&self->model, examples, rows, n, (guint)detect_options.folds, cli.jobs,
                            &fault);
    if (cross != NULL && measure(self, cross, label, &result, &fault))
        return print_row(self, set, cross, &result, error);
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

static int
run(Cross *self, const char *const *operands, GError **error)
{
    g_autofree AssaySetLabel *labels = NULL;

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

    cli_begin(&tool, &argc, &argv);
    if (read_options(&self.model, &error))
        status = run(&self, cli_operands(argc, argv), &error);
    if (error != NULL)
        status = cli_fail(error);
    cli_sets_clear(&self.sets);
    detect_data_clear(&self.data);
    return status;
}
