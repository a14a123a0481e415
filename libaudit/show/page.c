/* show/page.c - lines broken and aligned by what they take on a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/text.h"
#include "page-private.h"

const char *
assay_page_times(const AssayPage *self)
{
    return self->config->utf8 ? "\303\227" : "x";
}

void
assay_page_printf(const AssayPage *self, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    assay_output_puts(self->out, text, NULL);
}

void
assay_page_text(const AssayPage *self, const char *text)
{
    g_autofree char *escaped = assay_text_escape_controls(text);

    assay_output_puts(self->out, escaped, NULL);
}

void
assay_page_part(AssayPage *self)
{
    if (self->has_parts)
        assay_output_write(self->out, "\n", 1, NULL);
    self->has_parts = TRUE;
}

void
assay_page_pad(const AssayPage *self, size_t n)
{
    while (n-- > 0)
        assay_output_write(self->out, " ", 1, NULL);
}

gboolean
assay_page_flush(const AssayPage *self, GError **error)
{
    return assay_output_flush(self->out, error);
}

void
assay_page_entry(const AssayPage *self, size_t indent, const char *label, size_t label_width,
                 const char *text)
{
    g_autofree char *shown = assay_text_escape_controls(text);
    g_autofree char *shown_label = assay_text_escape_controls(label != NULL ? label : "");
    g_auto(GStrv) words = g_strsplit(shown, " ", -1);
    size_t taken = assay_text_display_width(shown_label), at, start;

    assay_page_pad(self, indent);
    at = start = indent;
    if (label != NULL) {
        assay_output_puts(self->out, shown_label, NULL);
        start = indent + label_width + 2;
        at = indent + taken;
        if (shown[0] != '\0') {
            assay_page_pad(self, taken + 2 > label_width + 2 ? 2 : start - at);
            at = MAX(at + 2, start);
        }
    }
    for (size_t i = 0; words[i] != NULL; i++) {
        size_t width = assay_text_display_width(words[i]);
        gboolean first = i == 0;

        if (!first && at + 1 + width > self->config->width) {
            assay_output_puts(self->out, "\n", NULL);
            assay_page_pad(self, start);
            at = start;
            first = TRUE;
        }
        if (!first)
            assay_output_puts(self->out, " ", NULL);
        assay_output_puts(self->out, words[i], NULL);
        at += width + !first;
    }
    assay_output_puts(self->out, "\n", NULL);
}

struct AssayGrid {
    size_t n_columns;
    char **titles;
    gboolean has_titles;
    GPtrArray *cells;
};

AssayGrid *
assay_grid_new(const char *const *titles)
{
    AssayGrid *self = g_new0(AssayGrid, 1);

    self->titles = g_strdupv((char **)titles);
    self->n_columns = g_strv_length(self->titles);
    for (size_t i = 0; i < self->n_columns; i++)
        self->has_titles |= strcmp(titles[i], "") != 0 && strcmp(titles[i], ">") != 0;
    self->cells = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void
assay_grid_free(AssayGrid *self)
{
    if (self == NULL)
        return;
    g_strfreev(self->titles);
    g_ptr_array_unref(self->cells);
    g_free(self);
}

void
assay_grid_take(AssayGrid *self, char *cell)
{
    char *escaped = assay_text_escape_controls(cell);

    g_free(cell);
    g_ptr_array_add(self->cells, escaped);
}

void
assay_grid_add(AssayGrid *self, const char *cell)
{
    assay_grid_take(self, g_strdup(cell));
}

void
assay_grid_count(AssayGrid *self, guint64 count)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    assay_grid_add(self, assay_text_count(text, count));
}

static void
print_row(const AssayGrid *self, const AssayPage *page, size_t indent, char *const *cells,
          const size_t *widths)
{
    size_t owed = indent; /* blanks, which a row does not end in */

    for (size_t i = 0; i < self->n_columns; i++) {
        gboolean right = self->titles[i][0] == '>';
        const char *cell = cells == self->titles ? cells[i] + right : cells[i];
        size_t rest = widths[i] - assay_text_display_width(cell);

        if (cell[0] != '\0') {
            assay_page_pad(page, owed + (right ? rest : 0));
            assay_output_puts(page->out, cell, NULL);
            owed = right ? 2 : rest + 2;
        } else {
            owed += widths[i] + 2;
        }
    }
    assay_output_puts(page->out, "\n", NULL);
}

void
assay_grid_print(const AssayGrid *self, const AssayPage *page, size_t indent)
{
    g_autofree size_t *widths = g_new0(size_t, self->n_columns);

    for (size_t i = 0; i < self->n_columns; i++)
        widths[i] = assay_text_display_width(self->titles[i] + (self->titles[i][0] == '>'));
    for (guint i = 0; i < self->cells->len; i++) {
        size_t width = assay_text_display_width(g_ptr_array_index(self->cells, i));

        widths[i % self->n_columns] = MAX(widths[i % self->n_columns], width);
    }
    if (self->has_titles)
        print_row(self, page, indent, self->titles, widths);
    for (guint i = 0; i + self->n_columns <= self->cells->len; i += (guint)self->n_columns)
        print_row(self, page, indent, (char *const *)self->cells->pdata + i, widths);
}

char *
assay_count_of(guint64 count, const char *one, const char *many)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    return g_strdup_printf("%s %s", assay_text_count(text, count), count == 1 ? one : many);
}
