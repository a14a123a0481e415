/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nearest-tables.h"

#include <assay/base/text.h>
#include <math.h>

#include "cli.h"

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name, ASSAY_COLUMN_TEXT                                                                    \
    }
#define COUNT(name)                                                                                \
    {                                                                                              \
        name, ASSAY_COLUMN_INTEGER                                                                 \
    }
#define REAL(name)                                                                                 \
    {                                                                                              \
        name, ASSAY_COLUMN_REAL                                                                    \
    }

static const AssayColumn item_columns[] = {
    TEXT("set"),   TEXT("item"), TEXT("nearest"), TEXT("group"), REAL("distance"),
    REAL("ratio"), REAL("p"),    TEXT("flipped"), TEXT("note"),
};

static const AssayColumn summary_columns[] = {
    TEXT("set"),      COUNT("items"),   COUNT("groups"), COUNT("copies"), COUNT("near_copies"),
    COUNT("repeats"), REAL("smallest"), REAL("median"),  REAL("typical"), REAL("ratio"),
    REAL("flagged"),  REAL("p"),        TEXT("note"),
};

/* A row that is held back. */
typedef struct {
    size_t set;
    guint64 number; /* in the order of arrival */
    char *item, *nearest, *group, *note;
    AssayCopy copy;
} Row;

AssayTable *
nearest_table_new(AssayOutput *output, gboolean has_summary)
{
    return assay_table_new(output, has_summary ? summary_columns : item_columns,
                           has_summary ? G_N_ELEMENTS(summary_columns) : G_N_ELEMENTS(item_columns),
                           assay_output_is_terminal(output));
}

static void
free_row(gpointer data)
{
    Row *row = data;

    g_free(row->item);
    g_free(row->nearest);
    g_free(row->group);
    g_free(row->note);
    g_free(row);
}

void
nearest_hold_top(Nearest *self, size_t n)
{
    self->n_top = n;
    self->top = g_ptr_array_new_with_free_func(free_row);
}

static gboolean
print_row(Nearest *self, const Row *row, GError **error)
{
    AssayTable *table = self->table;

    assay_table_text(table, self->sets.labels[row->set]);
    assay_table_text(table, row->item);
    assay_table_text(table, row->nearest);
    assay_table_text(table, row->group);
    assay_table_real(table, row->copy.distance);
    assay_table_real(table, row->copy.ratio);
    assay_table_real(table, row->copy.p);
    assay_table_text(table, row->nearest == NULL ? NULL : row->copy.is_flipped ? "yes" : "no");
    assay_table_text(table, row->note);
    return assay_table_row_end(table, error);
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
    const Row *x = *(Row *const *)a, *y = *(Row *const *)b;

    if (x->copy.distance < y->copy.distance || x->copy.distance > y->copy.distance)
        return x->copy.distance < y->copy.distance ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Rows are sorted and cut when twice as many are there as are wanted. */
static void
cut_top(Nearest *self)
{
    g_ptr_array_sort(self->top, compare_rows);
    if (self->top->len > self->n_top)
        g_ptr_array_set_size(self->top, (gint)self->n_top);
}

gboolean
nearest_print(Nearest *self, size_t set, const char *item, const AssayCopy *copy,
              const AssayCrowd *crowd, GError **error)
{
    static guint64 number;
    g_autofree char *nearest = NULL, *note = assay_copy_note(copy);
    Row row = { .set = set, .item = (char *)item, .copy = *copy, .number = number++ };

    if (copy->item != G_MAXSIZE) {
        row.nearest = nearest = assay_crowd_identity(crowd, copy->item);
        row.group = (char *)assay_crowd_group(crowd, copy->item);
    }
    row.note = note;
    if (self->top == NULL)
        return print_row(self, &row, error);
    if (nearest == NULL)
        return TRUE;
    row.item = g_strdup(item);
    row.group = g_strdup(row.group);
    nearest = note = NULL; /* the row has them */
    g_ptr_array_add(self->top, g_memdup2(&row, sizeof row));
    if (self->top->len >= 2 * self->n_top + 1000)
        cut_top(self);
    return TRUE;
}

gboolean
nearest_print_top(Nearest *self, GError **error)
{
    cut_top(self);
    for (guint i = 0; i < self->top->len; i++) {
        if (!print_row(self, g_ptr_array_index(self->top, i), error))
            return FALSE;
    }
    return TRUE;
}

gboolean
nearest_read_conditions(Nearest *self, char **fail_on)
{
    g_autoptr(GError) error = NULL;

    if (!cli_fail_on_read(&self->fail_on, fail_on, assay_copy_row_names, "a column of the summary",
                          "'copies>0'", FALSE, &error))
        return cli_usage("%s", error->message), FALSE;
    return TRUE;
}

static void
try_conditions(Nearest *self, const char *set, const AssayCopyRow *row)
{
    for (guint i = 0; i < self->fail_on.conditions->len; i++) {
        size_t column = cli_fail_on_at(&self->fail_on, i)->column;
        double value;

        if (assay_copy_row_value(row, assay_copy_row_names[column], &value))
            cli_fail_on_try(&self->fail_on, i, set, value);
    }
}

static gboolean
print_summary(Nearest *self, const char *set, const AssayCopyRow *row, GError **error)
{
    const guint64 counts[] = { row->items, row->groups, row->copies, row->near_copies,
                               row->repeats };
    const double reals[] = { row->smallest, row->median,  row->typical,
                             row->ratio,    row->flagged, row->p };
    g_autoptr(GString) note = g_string_new(NULL);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    if (row->is_ungrouped)
        assay_text_join(note, "; ", "ungrouped");
    if (self->reference != NULL && assay_crowd_is_ungrouped(self->reference))
        assay_text_join(note, "; ", "reference ungrouped");
    if (row->faults > 0)
        assay_text_join(note, "; ", "%s left out", assay_text_count(number, row->faults));
    assay_table_text(self->table, set);
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        assay_table_int(self->table, (gint64)counts[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(reals); i++)
        assay_table_real(self->table, reals[i]);
    assay_table_text(self->table, note->len > 0 ? note->str : NULL);
    return assay_table_row_end(self->table, error);
}

static void
tell(const Nearest *self, const char *set, const AssayCopyRow *row)
{
    char items[ASSAY_TEXT_NUMBER_SIZE], copies[ASSAY_TEXT_NUMBER_SIZE],
        near[ASSAY_TEXT_NUMBER_SIZE], known[ASSAY_TEXT_NUMBER_SIZE],
        repeats[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *flagged = cli_percent(row->flagged);

    assay_text_count(items, row->items);
    if (!self->has_summary && row->items > 0) {
        cli_note("%s: %s item%s: %s cop%s of %s, %s near cop%s; %s repeat%s an earlier one of the "
                 "set",
                 set, items, row->items == 1 ? "" : "s", assay_text_count(copies, row->copies),
                 row->copies == 1 ? "y" : "ies", self->within ? "others" : "the reference",
                 assay_text_count(near, row->near_copies), row->near_copies == 1 ? "y" : "ies",
                 assay_text_count(repeats, row->repeats), row->repeats == 1 ? "s" : "");
        if (!isnan(row->flagged))
            cli_note("%s: %s of the items have p <= %g", set, flagged, ASSAY_CLOSENESS_ALPHA);
    }
    if (row->known > 0)
        cli_note("%s: of %s item%s, %s %s of files that the reference has too: they may find "
                 "themselves",
                 set, items, row->items == 1 ? "" : "s", assay_text_count(known, row->known),
                 row->known == 1 ? "is" : "are");
    if (row->items == 0)
        cli_warn("%s: nothing in this set", set);
}

gboolean
nearest_conclude(Nearest *self, size_t at, GError **error)
{
    const char *set = self->sets.labels[at];
    AssayCopyRow row;

    if (!assay_copy_summary_row(self->summaries[at], self->closeness, set, self->seed, &row, error))
        return FALSE;
    try_conditions(self, set, &row);
    self->n_faults += row.faults;
    self->lacks = self->lacks || row.items == 0;
    tell(self, set, &row);
    return !self->has_summary || print_summary(self, set, &row, error);
}

void
nearest_clear(Nearest *self)
{
    for (size_t i = 0; self->summaries != NULL && i < self->sets.n; i++) {
        assay_copy_summary_free(self->summaries[i]);
        assay_crowd_free(self->crowds[i]);
    }
    g_free(self->summaries);
    g_free(self->crowds);
    g_free(self->faults);
    cli_sets_clear(&self->sets);
    g_clear_pointer(&self->pending, g_ptr_array_unref);
    g_clear_pointer(&self->pending_sets, g_array_unref);
    cli_fail_on_clear(&self->fail_on);
    g_clear_pointer(&self->top, g_ptr_array_unref);
    assay_table_free(self->table);
    assay_output_free(self->output);
    assay_closeness_free(self->closeness);
    assay_crowd_free(self->reference);
    assay_groups_free(self->groups);
}
