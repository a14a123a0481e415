/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nearest-sets.h"

#include <assay/base/text.h>
#include <math.h>

#include "cli.h"

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
    assay_table_note(self->table, note->str);
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
