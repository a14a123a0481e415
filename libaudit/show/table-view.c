/* show/table-view.c - a table: its columns, their types, and what is in them, in one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "../base/text.h"
#include "views-private.h"

enum {
    /* So many different texts of a column are counted, */
    MAX_DISTINCT = 1000,
    /* so many of them named, and their bytes bounded. */
    MAX_NAMED = 6,
    MAX_TEXT = 24,
};

typedef struct {
    guint64 n, na;
    gboolean is_integer, is_number; /* so far */
    double min, max;
    GHashTable *texts; /* the different ones; NULL once there are too many */
    GPtrArray *first;  /* of them, in their order */
} Column;

static void
free_columns(Column *columns)
{
    for (Column *c = columns; c != NULL && c->first != NULL; c++) {
        g_clear_pointer(&c->texts, g_hash_table_unref);
        g_ptr_array_unref(c->first);
    }
    g_free(columns);
}

static gssize
read_input(gpointer user, void *buffer, size_t size, GError **error)
{
    size_t got;

    if (!assay_input_read_into(user, buffer, MIN(size, (size_t)G_MAXSSIZE), &got, error))
        return -1;
    return (gssize)got;
}

static void
add_text(Column *column, const char *text)
{
    if (column->texts == NULL || g_hash_table_contains(column->texts, text))
        return;
    if (g_hash_table_size(column->texts) == MAX_DISTINCT) {
        g_clear_pointer(&column->texts, g_hash_table_unref);
        return;
    }
    if (column->first->len < MAX_NAMED)
        g_ptr_array_add(column->first, g_strdup(text));
    g_hash_table_add(column->texts, g_strdup(text));
}

static void
add_cell(Column *column, const AssayTableReader *table, size_t index)
{
    const char *text = assay_table_reader_peek_text(table, index);
    double value = 0;
    gint64 whole;

    if (assay_table_reader_is_na(table, index)) {
        column->na++;
        return;
    }
    if (column->is_integer && !assay_table_reader_int(table, index, &whole, NULL))
        column->is_integer = FALSE;
    if (column->is_number && !assay_table_reader_real(table, index, &value, NULL))
        column->is_number = FALSE;
    if (column->is_number) {
        if (column->n == 0 || value < column->min)
            column->min = value;
        if (column->n == 0 || value > column->max)
            column->max = value;
    }
    column->n++;
    add_text(column, text);
}

/* A text short enough to stand among others. */
static void
append_text(GString *out, const char *text)
{
    const char *end = text;

    for (int i = 0; i < MAX_TEXT && *end != '\0'; i++)
        end = g_utf8_next_char(end);
    g_string_append_len(out, text, end - text);
    if (*end != '\0')
        g_string_append(out, "...");
}

static char *
values_text(const Column *column)
{
    GString *text = g_string_new(NULL);
    char min[ASSAY_TEXT_NUMBER_SIZE], max[ASSAY_TEXT_NUMBER_SIZE];
    guint n = column->texts == NULL ? 0 : g_hash_table_size(column->texts);

    if (column->n == 0) {
        g_string_append(text, "none");
    } else if (column->is_number) {
        assay_text_double_digits(min, column->min, 6);
        assay_text_double_digits(max, column->max, 6);
        if (column->min == column->max)
            g_string_append_printf(text, "%s throughout", min);
        else
            g_string_append_printf(text, "%s to %s", min, max);
    } else {
        if (n == 0)
            g_string_append_printf(text, "over %s: ", assay_text_count(min, MAX_DISTINCT));
        else if (n > MAX_NAMED)
            g_string_append_printf(text, "%s: ", assay_text_count(min, n));
        for (guint i = 0; i < MIN(column->first->len, n > 0 && n <= MAX_NAMED ? n : 2); i++) {
            g_string_append(text, i > 0 ? " | " : "");
            append_text(text, g_ptr_array_index(column->first, i));
        }
        if (n == 0 || n > MAX_NAMED)
            g_string_append(text, " ...");
    }
    return g_string_free(text, FALSE);
}

static void
print_columns(const AssayPage *page, const AssayTableReader *table, const Column *columns)
{
    static const char *const titles[] = { "column", "type", ">NA", "values", NULL };
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);

    for (size_t i = 0; i < assay_table_reader_n_columns(table); i++) {
        const Column *column = &columns[i];

        assay_grid_add(grid, assay_table_reader_peek_column(table, i));
        assay_grid_add(grid, column->n == 0       ? "-"
                             : column->is_integer ? "integer"
                             : column->is_number  ? "real"
                                                  : "text");
        if (column->na > 0)
            assay_grid_count(grid, column->na);
        else
            assay_grid_add(grid, "-");
        assay_grid_take(grid, values_text(column));
    }
    assay_grid_print(grid, page, 2);
}

gboolean
assay_show_table(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(AssayTableReader) table = assay_table_reader_new(read_input, own, name, error);
    g_autofree char *rows = NULL, *wide = NULL, *line = NULL;
    g_autoptr(GError) fault = NULL;
    guint64 n_rows = 0;
    gboolean is_row;
    Column *columns;
    size_t n;

    if (table == NULL)
        return FALSE;
    n = assay_table_reader_n_columns(table);
    columns = g_new0(Column, n + 1);
    for (size_t i = 0; i < n; i++)
        columns[i] = (Column){
            .is_integer = TRUE,
            .is_number = TRUE,
            .texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
            .first = g_ptr_array_new_with_free_func(g_free),
        };
    while (assay_table_reader_next(table, &is_row, &fault) && is_row) {
        n_rows++;
        for (size_t i = 0; i < n; i++)
            add_cell(&columns[i], table, i);
    }
    rows = assay_count_of(n_rows, "row", "rows");
    wide = assay_count_of(n, "column", "columns");
    line = g_strdup_printf("%s: a table, %s%s, %s", name, rows,
                           fault != NULL ? " up to a fault" : "", wide);
    assay_page_entry(&self->page, 0, NULL, 0, line);
    print_columns(&self->page, table, columns);
    free_columns(columns);
    if (fault != NULL) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    return TRUE;
}
