/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-table.h"

#define REAL(name)                                                                                 \
    {                                                                                              \
#name, ASSAY_COLUMN_REAL                                                                   \
    }

static const AssayColumn columns[] = {
    { "set", ASSAY_COLUMN_TEXT },
    { "field", ASSAY_COLUMN_TEXT },
    { "measure", ASSAY_COLUMN_TEXT },
    REAL(value),
    REAL(at),
    REAL(reference),
    REAL(candidate),
    REAL(real50),
    REAL(real99),
    REAL(ratio),
    REAL(p),
    REAL(q),
    { "items", ASSAY_COLUMN_INTEGER },
    { "groups", ASSAY_COLUMN_INTEGER },
    { "note", ASSAY_COLUMN_TEXT },
};

gboolean
compare_table_parse(CliFailOn *self, char **fail_on, GError **error)
{
    return cli_fail_on_read(self, fail_on, assay_compare_row_names, "a column of numbers",
                            "'ratio>2', 'ks:ratio>2' or 'pixels:ks:q<.01'", TRUE, error);
}

/* Says which conditions of --fail-on a row meets; which were of no row is told at the end. */
static void
try_conditions(CliFailOn *self, const AssayCompareRow *row, gboolean *were_meant)
{
    g_autofree char *name = g_strdup_printf("%s: %s %s", row->set, row->field, row->measure);

    for (guint i = 0; i < self->conditions->len; i++) {
        const AssayCondition *condition = cli_fail_on_at(self, i);

        if (!assay_compare_row_is_meant(row, condition->scope))
            continue;
        were_meant[i] = TRUE;
        cli_fail_on_try(self, i, name, assay_compare_row_value(row, condition->column));
    }
}

/* A condition on what no row has would never be met, and that would pass for a good answer. */
static gboolean
check_meant(const CliFailOn *self, const gboolean *were_meant, GError **error)
{
    for (guint i = 0; i < self->conditions->len; i++) {
        if (were_meant[i])
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--fail-on=%s: no row has this field or measure", self->texts[i]);
        return FALSE;
    }
    return TRUE;
}

static gboolean
print_row(AssayTable *table, const AssayCompareRow *row, GError **error)
{
    const double reals[] = { row->value,  row->at,    row->reference, row->candidate, row->real50,
                             row->real99, row->ratio, row->p,         row->q };

    assay_table_text(table, row->set);
    assay_table_text(table, row->field);
    assay_table_text(table, row->measure);
    for (size_t i = 0; i < G_N_ELEMENTS(reals); i++)
        assay_table_real(table, reals[i]);
    assay_table_int(table, (gint64)row->items);
    assay_table_int(table, (gint64)row->groups);
    assay_table_note(table, row->note->str);
    return assay_table_row_end(table, error);
}

gboolean
compare_table_print(CliFailOn *self, const GPtrArray *rows, GError **error)
{
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    g_autoptr(AssayTable) table = NULL;
    g_autofree gboolean *were_meant = g_new0(gboolean, self->conditions->len + 1);

    if (output == NULL)
        return FALSE;
    table =
        assay_table_new(output, columns, G_N_ELEMENTS(columns), assay_output_is_terminal(output));
    for (guint i = 0; i < rows->len; i++) {
        const AssayCompareRow *row = g_ptr_array_index(rows, i);

        try_conditions(self, row, were_meant);
        if (!print_row(table, row, error))
            return FALSE;
    }
    return check_meant(self, were_meant, error) && assay_table_finish(table, error) &&
           assay_output_close(output, error);
}
