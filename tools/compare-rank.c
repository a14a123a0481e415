/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-rank.h"

static const AssayColumn columns[] = {
    { "set", ASSAY_COLUMN_TEXT },       { "item", ASSAY_COLUMN_TEXT },
    { "p", ASSAY_COLUMN_REAL },         { "q", ASSAY_COLUMN_REAL },
    { "features", ASSAY_COLUMN_TEXT },  { "feature", ASSAY_COLUMN_TEXT },
    { "value", ASSAY_COLUMN_REAL },     { "low", ASSAY_COLUMN_REAL },
    { "median", ASSAY_COLUMN_REAL },    { "high", ASSAY_COLUMN_REAL },
    { "deviation", ASSAY_COLUMN_REAL }, { "note", ASSAY_COLUMN_TEXT },
};

static gpointer
analyse(gpointer user, AssaySample *sample, GError **error)
{
    return assay_rank_part_new(sample, &((const CompareRank *)user)->config, error);
}

static void
free_part(gpointer data)
{
    assay_rank_part_free(data);
}

static gboolean
check_reference(const CompareRank *self, GError **error)
{
    if (!assay_ranking_is_empty(self->ranking, 0))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: nothing in the reference to compare with", self->labels[0]);
    return FALSE;
}

/* What has other features is left out. */
static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    CompareRank *self = user;
    const AssayRankPart *part = result;
    g_autoptr(GError) unfit = NULL;

    cli_label_count(self->group_by, sample, part->items->groups);
    self->n_clipped += part->n_clipped;
    if (self->set_of[operand] != 0 && !check_reference(self, error))
        return FALSE;
    if (!assay_ranking_add(self->ranking, self->set_of[operand], part, self->groups, &unfit))
        cli_leave_out(unfit);
    return TRUE;
}

void
compare_rank_begin(CompareRank *self, CliRun *run)
{
    run->analyse = analyse;
    run->free_result = free_part;
    run->consume = consume;
    run->user = self;
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
    assay_table_text(table, row->note);
    return assay_table_row_end(table, error);
}

static gboolean
print_sets(CompareRank *self, AssayTable *table, gboolean *lacks, GError **error)
{
    for (size_t i = 1; i < self->n_sets; i++) {
        const GPtrArray *rows = assay_ranking_rows(self->ranking, i);

        if (assay_ranking_is_empty(self->ranking, i)) {
            cli_warn("%s: nothing in this set", self->labels[i]);
            *lacks = TRUE;
        }
        for (guint k = 0; k < rows->len; k++) {
            if (!print_row(table, g_ptr_array_index(rows, k), error))
                return FALSE;
        }
    }
    return TRUE;
}

gboolean
compare_rank_print(CompareRank *self, gboolean *lacks, GError **error)
{
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(AssayTable) table = NULL;

    *lacks = FALSE;
    if (!check_reference(self, error) || !cli_label_finish(self->group_by, error) ||
        (output = assay_output_open(cli.output, error)) == NULL)
        return FALSE;
    table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    return print_sets(self, table, lacks, error) && assay_table_finish(table, error) &&
           assay_output_close(output, error);
}
