/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-tables.h"

#include <math.h>

#include "cli-columns.h"
#include "cli-groups.h"

static const AssayColumn finding_columns[] = {
    CLI_TEXT("item"),         CLI_TEXT("rule"),       CLI_TEXT("kind"),
    CLI_COUNT("bar"),         CLI_REAL("beat"),       CLI_REAL("time_q"),
    CLI_REAL("time_s"),       CLI_TEXT("voices"),     CLI_TEXT("found"),
    CLI_TEXT("context"),      CLI_TEXT("instead"),    CLI_COUNT("found_n"),
    CLI_TEXT("found_groups"), CLI_COUNT("instead_n"), CLI_TEXT("instead_groups"),
    CLI_REAL("bits"),
};

static const AssayColumn item_columns[] = {
    CLI_TEXT("item"), CLI_TEXT("rule"),     CLI_COUNT("events"), CLI_COUNT("violations"),
    CLI_REAL("rate"), CLI_REAL("expected"), CLI_REAL("p"),
};

static const AssayColumn summary_columns[] = {
    CLI_TEXT("set"),     CLI_TEXT("rule"),        CLI_COUNT("items"),  CLI_COUNT("groups"),
    CLI_COUNT("events"), CLI_COUNT("violations"), CLI_REAL("rate"),    CLI_REAL("expected"),
    CLI_REAL("ratio"),   CLI_REAL("p"),           CLI_REAL("flagged"),
};

void
check_clear(Check *self)
{
    for (size_t i = 0; self->sets != NULL && i < self->named.n; i++)
        assay_classes_free(self->sets[i]);
    g_free(self->sets);
    cli_sets_clear(&self->named);
    assay_table_free(self->table);
    assay_output_free(self->output);
    assay_checker_free(self->checker);
    assay_groups_free(self->groups);
    assay_spec_free(self->spec);
}

gboolean
check_label_sets(Check *self, const char *const *operands)
{
    if (!cli_sets_read(&self->named, operands))
        return FALSE;
    self->sets = g_new0(AssayClasses *, self->named.n + 1);
    for (size_t i = 0; i < self->named.n; i++)
        self->sets[i] = assay_classes_new();
    return TRUE;
}

AssayTable *
check_table_new(AssayOutput *output, gboolean summary, gboolean per_item)
{
    const AssayColumn *columns = summary    ? summary_columns
                                 : per_item ? item_columns
                                            : finding_columns;
    size_t n = summary    ? G_N_ELEMENTS(summary_columns)
               : per_item ? G_N_ELEMENTS(item_columns)
                          : G_N_ELEMENTS(finding_columns);

    return assay_table_new(output, columns, n, assay_output_is_terminal(output));
}

gboolean
check_print_findings(Check *self, const AssayVerdict *verdict, GError **error)
{
    AssayTable *table = self->table;

    for (guint i = 0; i < verdict->findings->len; i++) {
        const AssayFinding *finding = &g_array_index(verdict->findings, AssayFinding, i);
        g_autofree char *item = assay_observation_identity(verdict->observation, finding->item);

        assay_table_text(table, item);
        assay_table_text(table, assay_rule_types[finding->rule].name);
        assay_table_text(table, finding->kind);
        if (finding->bar < 0)
            assay_table_na(table);
        else
            assay_table_int(table, finding->bar);
        assay_table_real(table, finding->beat);
        assay_table_real(table, finding->time_q);
        assay_table_real(table, finding->time_s);
        assay_table_text(table, finding->voices);
        assay_table_text(table, finding->found);
        assay_table_text(table, finding->context);
        assay_table_text(table, finding->instead);
        assay_table_int(table, (gint64)finding->found_n);
        cli_table_groups(table, finding->found_groups);
        if (finding->instead == NULL) {
            assay_table_na(table);
            assay_table_na(table);
        } else {
            assay_table_int(table, (gint64)finding->instead_n);
            cli_table_groups(table, finding->instead_groups);
        }
        assay_table_real(table, finding->bits);
        if (!assay_table_row_end(table, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
check_print_items(Check *self, const AssayVerdict *verdict, GError **error)
{
    const AssayObservation *observation = verdict->observation;

    for (size_t i = 0; i < observation->n_items * ASSAY_N_RULES; i++) {
        size_t rule = i % ASSAY_N_RULES;
        const AssayScore *score = &verdict->scores[i];
        g_autofree char *item =
            assay_observation_identity(observation, observation->item_start + i / ASSAY_N_RULES);

        if (!self->spec->rules[rule].present)
            continue;
        assay_table_text(self->table, item);
        assay_table_text(self->table, assay_rule_types[rule].name);
        assay_table_int(self->table, (gint64)score->events);
        assay_table_int(self->table, (gint64)score->violations);
        assay_table_real(self->table, score->events == 0
                                          ? (double)NAN
                                          : (double)score->violations / (double)score->events);
        assay_table_real(self->table,
                         assay_calibration_rate(assay_checker_calibration(self->checker, rule)));
        assay_table_real(self->table, score->p);
        if (!assay_table_row_end(self->table, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
check_print_summary(Check *self, const char *set, const AssaySummaryRow *row, GError **error)
{
    assay_table_text(self->table, set);
    assay_table_text(self->table, row->rule);
    assay_table_int(self->table, (gint64)row->items);
    assay_table_int(self->table, (gint64)row->groups);
    assay_table_int(self->table, (gint64)row->events);
    assay_table_int(self->table, (gint64)row->violations);
    assay_table_real(self->table, row->rate);
    assay_table_real(self->table, row->expected);
    assay_table_real(self->table, row->ratio);
    assay_table_real(self->table, row->p);
    assay_table_real(self->table, row->flagged);
    return assay_table_row_end(self->table, error);
}
