/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-rank.h"

#include <assay/compare/ranking.h>

#include "cli-spec-find.h"
#include "compare-options.h"

static CompareOptions *const options = &compare_options;

typedef struct {
    CompareRun *run;
    AssayRankConfig config;
    AssayRanking *ranking;
} Rank;

static const AssayColumn columns[] = {
    { "set", ASSAY_COLUMN_TEXT },       { "item", ASSAY_COLUMN_TEXT },
    { "p", ASSAY_COLUMN_REAL },         { "q", ASSAY_COLUMN_REAL },
    { "features", ASSAY_COLUMN_TEXT },  { "feature", ASSAY_COLUMN_TEXT },
    { "value", ASSAY_COLUMN_REAL },     { "low", ASSAY_COLUMN_REAL },
    { "median", ASSAY_COLUMN_REAL },    { "high", ASSAY_COLUMN_REAL },
    { "deviation", ASSAY_COLUMN_REAL }, { "note", ASSAY_COLUMN_TEXT },
};

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    (void)operand;
    return assay_rank_part_new(sample, &((const Rank *)user)->config, error);
}

static void
free_part(gpointer data)
{
    assay_rank_part_free(data);
}

static gboolean
check_reference(const Rank *self, GError **error)
{
    if (!assay_ranking_is_empty(self->ranking, 0))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: nothing in the reference to compare with", self->run->named.labels[0]);
    return FALSE;
}

/* What has other features is left out. */
static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Rank *self = user;
    const AssayRankPart *part = result;
    size_t set = self->run->set_of[operand];
    g_autoptr(GError) unfit = NULL;

    cli_label_count(&options->group_by, sample, part->items->groups);
    self->run->n_clipped += part->n_clipped;
    if (set != 0 && !check_reference(self, error))
        return FALSE;
    if (!assay_ranking_add(self->ranking, set, part, self->run->groups, &unfit))
        cli_leave_out(unfit);
    return TRUE;
}

/* The reference first, all else in its order; a spec has no items. */
static gboolean
order_operands(CompareRun *run)
{
    for (int others = 0; others <= 1; others++) {
        for (size_t i = 0; run->named.operands[i] != NULL; i++) {
            if ((run->named.set_of[i] != 0) != others)
                continue;
            if (cli_is_spec(run->named.operands[i]))
                return cli_usage("--rank: %s is a spec, which knows no items: give what it was "
                                 "mined of",
                                 run->named.operands[i]),
                       FALSE;
            compare_run_add(run, run->named.operands[i], run->named.set_of[i]);
        }
    }
    return TRUE;
}

/* Features are those of a field, or of the first that they can be made of; what is below 0 counts
 * as 0 for centroids, as assay_compare_conversion() says. */
static void
begin(Rank *self)
{
    const CliSets *named = &self->run->named;
    AssayFeaturesConfig features = ASSAY_FEATURES_CONFIG_DEFAULT;

    features.centroid.clip = TRUE;
    features.centroid.max_bytes = cli.max_sample;
    features.centroid.field = g_strdup(options->fields != NULL ? options->fields[0] : NULL);
    self->config = (AssayRankConfig){ .features = features,
                                      .observe = options->part.observe,
                                      .full_scale = options->part.full_scale };
    self->ranking =
        assay_ranking_new((const char *const *)named->labels, named->n, options->n_ranked);
    self->run->recipe = assay_recipe_for_any();
    assay_recipe_leave_out(self->run->recipe, "assay-centroid");
}

static gboolean
print_row(AssayTable *table, const AssayRankRow *row, GError **error)
{
    assay_table_text(table, row->set);
    assay_table_text(table, row->item);
    assay_table_real(table, row->p);
    assay_table_real(table, row->q);
    assay_table_text(table, row->group);
    assay_table_text(table, row->feature);
    assay_table_real(table, row->value);
    assay_table_real(table, row->low);
    assay_table_real(table, row->median);
    assay_table_real(table, row->high);
    assay_table_real(table, row->deviation);
    assay_table_note(table, row->note);
    return assay_table_row_end(table, error);
}

static gboolean
print_sets(Rank *self, AssayTable *table, gboolean *lacks, GError **error)
{
    for (size_t i = 1; i < self->run->named.n; i++) {
        const GPtrArray *rows = assay_ranking_rows(self->ranking, i);

        if (assay_ranking_is_empty(self->ranking, i)) {
            cli_warn("%s: nothing in this set", self->run->named.labels[i]);
            *lacks = TRUE;
        }
        for (guint k = 0; k < rows->len; k++) {
            if (!print_row(table, g_ptr_array_index(rows, k), error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
print(Rank *self, gboolean *lacks, GError **error)
{
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(AssayTable) table = NULL;

    if (!check_reference(self, error) || !cli_label_finish(&options->group_by, error) ||
        (output = assay_output_open(cli.output, error)) == NULL)
        return FALSE;
    table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    return print_sets(self, table, lacks, error) && assay_table_finish(table, error) &&
           assay_output_close(output, error);
}

static int
rank(Rank *self, GError **error)
{
    CliRun samples = {
        .analyse = analyse, .free_result = free_part, .consume = consume, .user = self
    };
    gboolean lacks = FALSE;
    int status;

    if (!compare_run_read(self->run, &samples, error))
        return CLI_FAILED;
    status = cli_status();
    if (cli_n_consumed() == 0)
        return status;
    compare_run_tell_clipped(self->run);
    return print(self, &lacks, error) ? cli_status_lacking(status, lacks) : CLI_FAILED;
}

int
compare_rank(CompareRun *run, GError **error)
{
    Rank self = { .run = run };
    int status;

    if (!order_operands(run))
        return CLI_USAGE;
    begin(&self);
    status = rank(&self, error);
    assay_ranking_free(self.ranking);
    assay_features_config_clear(&self.config.features);
    return status;
}
