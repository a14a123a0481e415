/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows-private.h"

#include "../base/text.h"

enum {
    HELD_ROWS = 32,
    INDENT = 2,
    GAP = 2,
    /* A longer name has its note on the next line. */
    MAX_NAME = 44,
};

typedef struct {
    char **cells;
    char *name, *note;
} Row;

struct AssayRows {
    const AssayPage *page;
    char **titles;
    size_t n_columns;
    char *name_title;
    size_t *widths;
    size_t name_width;
    gboolean is_settled;
    GPtrArray *held;
};

static void
free_row(gpointer data)
{
    Row *row = data;

    g_strfreev(row->cells);
    g_free(row->name);
    g_free(row->note);
    g_free(row);
}

AssayRows *
assay_rows_new(const AssayPage *page, const char *const *titles, const char *name_title)
{
    AssayRows *self = g_new0(AssayRows, 1);

    self->page = page;
    self->titles = g_strdupv((char **)titles);
    self->n_columns = g_strv_length(self->titles);
    self->name_title = g_strdup(name_title);
    self->widths = g_new0(size_t, self->n_columns + 1);
    self->held = g_ptr_array_new_with_free_func(free_row);
    for (size_t i = 0; i < self->n_columns; i++)
        self->widths[i] = assay_text_display_width(titles[i]);
    return self;
}

void
assay_rows_free(AssayRows *self)
{
    if (self == NULL)
        return;
    g_strfreev(self->titles);
    g_free(self->name_title);
    g_free(self->widths);
    g_ptr_array_unref(self->held);
    g_free(self);
}

static void
print_cells(const AssayRows *self, char *const *cells)
{
    assay_page_pad(self->page, INDENT);
    for (size_t i = 0; i < self->n_columns; i++) {
        size_t width = assay_text_display_width(cells[i]);

        assay_page_pad(self->page, width < self->widths[i] ? self->widths[i] - width : 0);
        assay_page_printf(self->page, "%s  ", cells[i]);
    }
}

static void
print_row(const AssayRows *self, const Row *row)
{
    const AssayPage *page = self->page;
    size_t at = INDENT, name = assay_text_display_width(row->name), width, note;

    print_cells(self, row->cells);
    assay_page_printf(page, "%s", row->name);
    if (row->note == NULL) {
        assay_page_printf(page, "\n");
        return;
    }
    for (size_t i = 0; i < self->n_columns; i++) {
        size_t cell = assay_text_display_width(row->cells[i]);

        at += MAX(self->widths[i], cell) + GAP;
    }
    width = MAX(self->name_width, name);
    note = assay_text_display_width(row->note);
    if (name <= MAX_NAME && at + width + GAP + note <= page->config->width) {
        assay_page_pad(page, width - name + GAP);
        assay_page_printf(page, "%s\n", row->note);
    } else {
        assay_page_printf(page, "\n");
        assay_page_entry(page, at + GAP, NULL, 0, row->note);
    }
}

void
assay_rows_settle(AssayRows *self)
{
    if (self->is_settled)
        return;
    self->is_settled = TRUE;
    for (guint i = 0; i < self->held->len; i++) {
        const Row *row = g_ptr_array_index(self->held, i);
        size_t name = assay_text_display_width(row->name);

        for (size_t k = 0; k < self->n_columns; k++) {
            size_t width = assay_text_display_width(row->cells[k]);

            self->widths[k] = MAX(self->widths[k], width);
        }
        if (name <= MAX_NAME)
            self->name_width = MAX(self->name_width, name);
    }
    print_cells(self, self->titles);
    assay_page_printf(self->page, "%s\n", self->name_title);
    for (guint i = 0; i < self->held->len; i++)
        print_row(self, g_ptr_array_index(self->held, i));
    g_ptr_array_set_size(self->held, 0);
}

void
assay_rows_add(AssayRows *self, const char *const *cells, const char *name, const char *note)
{
    Row *row = g_new0(Row, 1);

    row->cells = g_strdupv((char **)cells);
    row->name = assay_text_escape_controls(name);
    row->note = note == NULL || note[0] == '\0' ? NULL : assay_text_escape_controls(note);
    if (self->is_settled) {
        print_row(self, row);
        free_row(row);
        return;
    }
    g_ptr_array_add(self->held, row);
    if (self->held->len == HELD_ROWS)
        assay_rows_settle(self);
}
