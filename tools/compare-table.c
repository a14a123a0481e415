/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare-table.h"

#include <assay/base/text.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

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

/* The columns of numbers, for conditions. */
static const struct {
    const char *name;
    gboolean is_count;
    size_t offset;
} numbers[] = {
    { "value", FALSE, offsetof(AssayCompareRow, value) },
    { "at", FALSE, offsetof(AssayCompareRow, at) },
    { "reference", FALSE, offsetof(AssayCompareRow, reference) },
    { "candidate", FALSE, offsetof(AssayCompareRow, candidate) },
    { "real50", FALSE, offsetof(AssayCompareRow, real50) },
    { "real99", FALSE, offsetof(AssayCompareRow, real99) },
    { "ratio", FALSE, offsetof(AssayCompareRow, ratio) },
    { "p", FALSE, offsetof(AssayCompareRow, p) },
    { "q", FALSE, offsetof(AssayCompareRow, q) },
    { "items", TRUE, offsetof(AssayCompareRow, items) },
    { "groups", TRUE, offsetof(AssayCompareRow, groups) },
};

static double
number_of(const AssayCompareRow *row, size_t column)
{
    const char *at = (const char *)row + numbers[column].offset;
    double value;

    if (numbers[column].is_count)
        return (double)*(const guint64 *)(const void *)at;
    memcpy(&value, at, sizeof value);
    return value;
}

static void
clear_condition(gpointer data)
{
    assay_condition_clear(data);
}

gboolean
compare_table_parse(CompareTable *self, GError **error)
{
    const char *names[G_N_ELEMENTS(numbers) + 1] = { NULL };

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        names[i] = numbers[i].name;
    self->conditions = g_array_new(FALSE, TRUE, sizeof(AssayCondition));
    g_array_set_clear_func(self->conditions, clear_condition);
    for (char **text = self->fail_on; text != NULL && *text != NULL; text++) {
        AssayCondition condition;

        if (!assay_condition_parse(&condition, *text, names)) {
            g_autofree char *list = g_strjoinv(", ", (char **)names);

            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "--fail-on=%s: give a column of numbers (%s), one of < <= > >= =, and a "
                        "number, as in 'ratio>2', 'ks:ratio>2' or 'pixels:ks:q<.01'",
                        *text, list);
            return FALSE;
        }
        g_array_append_val(self->conditions, condition);
    }
    return TRUE;
}

void
compare_table_clear(CompareTable *self)
{
    g_clear_pointer(&self->conditions, g_array_unref);
}

/* Whether a row is what stands before the colon: its field, its measure, or both. */
static gboolean
is_meant(const AssayCompareRow *row, const char *scope)
{
    size_t length = strlen(row->field);

    if (scope == NULL || strcmp(scope, row->field) == 0 || strcmp(scope, row->measure) == 0)
        return TRUE;
    return strncmp(scope, row->field, length) == 0 && scope[length] == ':' &&
           strcmp(scope + length + 1, row->measure) == 0;
}

/* Says which conditions of --fail-on a row meets; which were of no row is told at the end. */
static void
try_conditions(CompareTable *self, const AssayCompareRow *row, gboolean *were_meant)
{
    for (guint i = 0; i < self->conditions->len; i++) {
        const AssayCondition *condition = &g_array_index(self->conditions, AssayCondition, i);
        double number = number_of(row, condition->column);
        char text[ASSAY_TEXT_NUMBER_SIZE];

        if (!is_meant(row, condition->scope))
            continue;
        were_meant[i] = TRUE;
        if (!assay_condition_holds(condition, number))
            continue;
        cli_note("%s: %s %s: %s is %s: --fail-on=%s", row->set, row->field, row->measure,
                 numbers[condition->column].name, assay_text_double_digits(text, number, 4),
                 self->fail_on[i]);
        self->met = TRUE;
    }
}

/* A condition on what no row has would never be met, and that would pass for a good answer. */
static gboolean
check_meant(const CompareTable *self, const gboolean *were_meant, GError **error)
{
    for (guint i = 0; i < self->conditions->len; i++) {
        if (were_meant[i])
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "--fail-on=%s: no row has this field or measure", self->fail_on[i]);
        return FALSE;
    }
    return TRUE;
}

static gboolean
print_row(AssayTable *table, const AssayCompareRow *row, GError **error)
{
    assay_table_text(table, row->set);
    assay_table_text(table, row->field);
    assay_table_text(table, row->measure);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (numbers[i].is_count)
            assay_table_int(table, (gint64)number_of(row, i));
        else
            assay_table_real(table, number_of(row, i));
    }
    assay_table_text(table, row->note->str);
    return assay_table_row_end(table, error);
}

gboolean
compare_table_print(CompareTable *self, const GPtrArray *rows, GError **error)
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
