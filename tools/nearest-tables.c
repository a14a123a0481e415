/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nearest-tables.h"

#include "cli-columns.h"
#include "cli.h"

static const AssayColumn item_columns[] = {
    CLI_TEXT("set"),   CLI_TEXT("item"),     CLI_TEXT("nearest"),
    CLI_TEXT("group"), CLI_REAL("distance"), CLI_REAL("ratio"),
    CLI_REAL("p"),     CLI_TEXT("flipped"),  CLI_TEXT("note"),
};

static const AssayColumn summary_columns[] = {
    CLI_TEXT("set"),          CLI_COUNT("items"),   CLI_COUNT("groups"),  CLI_COUNT("copies"),
    CLI_COUNT("near_copies"), CLI_COUNT("repeats"), CLI_REAL("smallest"), CLI_REAL("median"),
    CLI_REAL("typical"),      CLI_REAL("ratio"),    CLI_REAL("flagged"),  CLI_REAL("p"),
    CLI_TEXT("note"),
};

AssayTable *
nearest_table_new(AssayOutput *output, gboolean has_summary)
{
    return assay_table_new(output, has_summary ? summary_columns : item_columns,
                           has_summary ? G_N_ELEMENTS(summary_columns) : G_N_ELEMENTS(item_columns),
                           assay_output_is_terminal(output));
}

static gboolean
print_entry(Nearest *self, const AssayCopyEntry *entry, GError **error)
{
    AssayTable *table = self->table;

    assay_table_text(table, self->sets.labels[entry->set]);
    assay_table_text(table, entry->item);
    assay_table_text(table, entry->nearest);
    assay_table_text(table, entry->group);
    assay_table_real(table, entry->distance);
    assay_table_real(table, entry->ratio);
    assay_table_real(table, entry->p);
    assay_table_text(table, entry->nearest == NULL ? NULL : entry->is_flipped ? "yes" : "no");
    assay_table_note(table, entry->note);
    return assay_table_row_end(table, error);
}

gboolean
nearest_print(Nearest *self, size_t set, const char *item, const AssayCopy *copy,
              const AssayCrowd *crowd, GError **error)
{
    g_autoptr(AssayCopyEntry) entry = assay_copy_entry_new(set, item, copy, crowd);

    if (self->top == NULL)
        return print_entry(self, entry, error);
    assay_copy_list_take(self->top, g_steal_pointer(&entry));
    return TRUE;
}

gboolean
nearest_print_top(Nearest *self, GError **error)
{
    const GPtrArray *entries = assay_copy_list_entries(self->top);

    for (guint i = 0; i < entries->len; i++) {
        if (!print_entry(self, g_ptr_array_index(entries, i), error))
            return FALSE;
    }
    return TRUE;
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
    assay_copy_list_free(self->top);
    assay_table_free(self->table);
    assay_output_free(self->output);
    assay_closeness_free(self->closeness);
    assay_crowd_free(self->reference);
    assay_groups_free(self->groups);
}
