/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spec-diff-told.h"

#include <assay/base/text.h>
#include <math.h>

#include "cli-groups.h"
#include "cli.h"

static const AssayColumn columns[] = {
    { "in", ASSAY_COLUMN_TEXT },         { "rule", ASSAY_COLUMN_TEXT },
    { "entry", ASSAY_COLUMN_TEXT },      { "n", ASSAY_COLUMN_INTEGER },
    { "items", ASSAY_COLUMN_INTEGER },   { "groups", ASSAY_COLUMN_TEXT },
    { "other_n", ASSAY_COLUMN_INTEGER }, { "other_groups", ASSAY_COLUMN_TEXT },
};

/* Of @whole, 0 of which have none. */
static char *
share(guint64 part, guint64 whole)
{
    return cli_percent(whole == 0 ? (double)NAN : (double)part / (double)whole);
}

/* A similarity, from 0 to 1. */
static char *
similarity(double value)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup(assay_text_double_digits(text, value, 3));
}

void
spec_diff_tell(const SpecDiff *self, size_t rule, const AssayOverlap *overlap)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    char allowed[2][ASSAY_TEXT_NUMBER_SIZE], alone[2][ASSAY_TEXT_NUMBER_SIZE];
    char common[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *first = share(overlap->strange[0], overlap->events[0]);
    g_autofree char *second = share(overlap->strange[1], overlap->events[1]);
    g_autofree char *jaccard = similarity(overlap->jaccard);
    g_autofree char *weighted = similarity(overlap->weighted);

    for (size_t i = 0; i < 2; i++) {
        assay_text_count(allowed[i], overlap->allowed[i]);
        assay_text_count(alone[i], overlap->allowed[i] - overlap->both);
    }
    cli_note("%s: %s allows %s kinds of %s, %s %s: both %s, %s alone %s, %s alone %s", type->name,
             self->labels[0], allowed[0], type->events, self->labels[1], allowed[1],
             assay_text_count(common, overlap->both), self->labels[0], alone[0], self->labels[1],
             alone[1]);
    cli_note("%s: %s of the %s of %s are not allowed in %s, %s the other way round; Jaccard %s, "
             "weighted by occurrences %s",
             type->name, first, type->events, self->labels[0], self->labels[1], second, jaccard,
             weighted);
}

static gboolean
print_row(const SpecDiff *self, AssayTable *table, size_t rule, const AssaySetRow *row,
          GError **error)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    g_autofree char *words =
        type->describe_key(row->entry->key, self->specs[row->side]->rules[rule].order, 0);

    assay_table_text(table, self->labels[row->side]);
    assay_table_text(table, type->name);
    assay_table_text(table, words);
    assay_table_int(table, (gint64)row->entry->n);
    assay_table_int(table, (gint64)row->entry->items);
    cli_table_groups(table, row->entry->groups);
    assay_table_int(table, row->other == NULL ? 0 : (gint64)row->other->n);
    cli_table_groups(table, row->other == NULL ? 0 : row->other->groups);
    return assay_table_row_end(table, error);
}

gboolean
spec_diff_print(const SpecDiff *self, gboolean both, int top, GError **error)
{
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    g_autoptr(AssayTable) table = NULL;

    if (output == NULL)
        return FALSE;
    table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    for (guint side = 0; side < (both ? 2 : 1); side++) {
        for (size_t r = 0; r < ASSAY_N_RULES; r++) {
            int shown = 0;

            for (guint i = 0; self->rows[r] != NULL && i < self->rows[r]->len; i++) {
                const AssaySetRow *row = &g_array_index(self->rows[r], AssaySetRow, i);

                if (row->side != side || shown++ >= top)
                    continue;
                if (!print_row(self, table, r, row, error))
                    return FALSE;
            }
        }
    }
    return assay_table_finish(table, error) && assay_output_close(output, error);
}
