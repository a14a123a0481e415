/* base/table.c - the writer of tables: straight through to a program, aligned for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table.h"

#include <math.h>
#include <string.h>

#include "text.h"

enum {
    MAX_HELD_ROWS = 1000,
    GAP = 2,
    PEOPLE_DIGITS = 4,
    HELD_BYTES = 1 << 13, /* of plain rows that go out together */
    SHORT_NAME = 32,
};

struct AssayTable {
    AssayOutput *output;
    size_t n_columns;
    AssayColumn *columns;
    size_t *n_reals; /* in a row, from each column on */
    size_t n_cells;  /* of the row begun */
    gboolean has_header;
    GString *line; /* the row begun, or one being laid out; plain: behind those that wait */
    char *name;    /* of items, as it stands in their cells; SHORT_NAME bytes or more */
    size_t name_length;
    gboolean is_indexed;
    gboolean is_aligned;
    gboolean is_unbuffered;
    GPtrArray *cells; /* aligned: rows held back and the one begun, cell after cell */
    size_t n_rows;    /* of them, whole */
    size_t *widths;   /* aligned: set when the header is written */
};

AssayTable *
assay_table_new(AssayOutput *output, const AssayColumn *columns, size_t n_columns,
                gboolean is_aligned)
{
    AssayTable *self = g_new0(AssayTable, 1);

    g_assert(n_columns > 0);
    self->output = output;
    self->n_columns = n_columns;
    self->columns = g_new0(AssayColumn, n_columns);
    for (size_t i = 0; i < n_columns; i++) {
        self->columns[i].name = g_strdup(columns[i].name);
        self->columns[i].type = columns[i].type;
    }
    self->n_reals = g_new0(size_t, n_columns + 1);
    for (size_t i = n_columns; i-- > 0;)
        self->n_reals[i] = columns[i].type == ASSAY_COLUMN_REAL ? self->n_reals[i + 1] + 1 : 0;
    self->line = g_string_new(NULL);
    assay_table_set_name(self, "", FALSE);
    self->is_aligned = is_aligned;
    self->cells = g_ptr_array_new_with_free_func(g_free);
    self->widths = g_new0(size_t, n_columns);
    return self;
}

void
assay_table_free(AssayTable *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < self->n_columns; i++)
        g_free((char *)self->columns[i].name);
    g_free(self->columns);
    g_free(self->n_reals);
    g_string_free(self->line, TRUE);
    g_free(self->name);
    g_ptr_array_unref(self->cells);
    g_free(self->widths);
    g_free(self);
}

void
assay_table_set_unbuffered(AssayTable *self)
{
    self->is_unbuffered = TRUE;
}

/* A text as it stands in its cell. */
static char *
lay_text(const AssayTable *self, const char *text)
{
    g_autofree char *escaped = assay_text_escape_tsv(text);

    return self->is_aligned ? assay_text_escape_controls(escaped) : g_steal_pointer(&escaped);
}

/* Where up to @most bytes begin that go straight into the line, which may be one of millions. */
static char *
begin_cells(AssayTable *self, size_t most)
{
    GString *line = self->line;
    gsize length = line->len;
    char *at;

    if (line->allocated_len - length <= most + 1) {
        g_string_set_size(line, length + most + 1);
        g_string_truncate(line, length);
    }
    at = line->str + length;
    if (self->n_cells > 0)
        *at++ = '\t';
    return at;
}

static void
end_cells(AssayTable *self, size_t n, const char *end)
{
    self->line->len = (gsize)(end - self->line->str);
    self->n_cells += n;
}

static void
add_cell(AssayTable *self, const char *cell)
{
    g_assert(self->n_cells < self->n_columns);
    if (self->is_aligned) {
        g_ptr_array_add(self->cells, g_strdup(cell));
        self->n_cells++;
    } else {
        size_t size = strlen(cell) + 1;
        char *at = begin_cells(self, size);

        memcpy(at, cell, size);
        end_cells(self, 1, at + size - 1);
    }
}

/* Where @n numbers begin. */
static char *
begin_reals(AssayTable *self, size_t n)
{
    g_assert(n <= self->n_reals[self->n_cells]);
    return begin_cells(self, n * ASSAY_TEXT_NUMBER_SIZE);
}

static void
check_type(const AssayTable *self, AssayColumnType type)
{
    g_assert(self->n_cells < self->n_columns);
    g_assert(self->columns[self->n_cells].type == type);
}

void
assay_table_text(AssayTable *self, const char *value)
{
    g_autofree char *cell = NULL;

    check_type(self, ASSAY_COLUMN_TEXT);
    if (value != NULL && (self->is_aligned || !assay_text_is_plain_tsv(value)))
        value = cell = lay_text(self, value);
    add_cell(self, value != NULL ? value : "NA");
}

void
assay_table_note(AssayTable *self, const char *value)
{
    assay_table_text(self, value == NULL || *value == '\0' ? NULL : value);
}

void
assay_table_set_name(AssayTable *self, const char *name, gboolean is_indexed)
{
    g_autofree char *cell = lay_text(self, name);

    self->name_length = strlen(cell);
    self->name = g_realloc(self->name, MAX(self->name_length + 1, SHORT_NAME));
    memset(self->name, 0, SHORT_NAME);
    memcpy(self->name, cell, self->name_length + 1);
    self->is_indexed = is_indexed;
}

/* An index has nothing that would have to be escaped. */
void
assay_table_item(AssayTable *self, size_t index)
{
    char number[ASSAY_TEXT_INDEX_SIZE] = "";

    check_type(self, ASSAY_COLUMN_TEXT);
    if (self->is_aligned) {
        if (self->is_indexed)
            assay_text_put_index(number, index);
        g_ptr_array_add(self->cells, g_strconcat(self->name, number, NULL));
        self->n_cells++;
    } else {
        size_t length = self->name_length;
        char *at = begin_cells(self, MAX(length, SHORT_NAME) + ASSAY_TEXT_INDEX_SIZE);

        if (length <= SHORT_NAME)
            memcpy(at, self->name, SHORT_NAME); /* of a fixed size: no call */
        else
            memcpy(at, self->name, length);
        at += length;
        end_cells(self, 1, self->is_indexed ? assay_text_put_index(at, index) : at);
    }
}

void
assay_table_int(AssayTable *self, gint64 value)
{
    char cell[ASSAY_TEXT_NUMBER_SIZE];

    check_type(self, ASSAY_COLUMN_INTEGER);
    g_snprintf(cell, sizeof cell, "%" G_GINT64_FORMAT, value);
    add_cell(self, cell);
}

void
assay_table_real(AssayTable *self, double value)
{
    assay_table_reals(self, &value, 1);
}

void
assay_table_reals(AssayTable *self, const double *values, size_t n)
{
    char cell[ASSAY_TEXT_NUMBER_SIZE];

    if (n > 0 && !self->is_aligned) {
        char *at = begin_reals(self, n);

        end_cells(self, n, assay_text_put_doubles(at, values, n, '\t'));
    }
    for (size_t i = 0; i < n && self->is_aligned; i++) {
        check_type(self, ASSAY_COLUMN_REAL);
        add_cell(self, assay_text_double_digits(cell, values[i], PEOPLE_DIGITS));
    }
}

void
assay_table_numbers(AssayTable *self, const AssayNumbers *numbers, size_t first, size_t n)
{
    if (n > 0 && !self->is_aligned) {
        char *at = begin_reals(self, n);

        end_cells(self, n, assay_numbers_put(numbers, first, n, at, '\t'));
    } else {
        assay_table_reals(self, assay_numbers_values(numbers) + first, n);
    }
}

void
assay_table_na(AssayTable *self)
{
    add_cell(self, "NA");
}

static gboolean
write_lines(AssayTable *self, GError **error)
{
    gboolean ok = assay_output_write(self->output, self->line->str, self->line->len, error);

    g_string_truncate(self->line, 0);
    return ok;
}

static void
append_spaces(GString *line, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_string_append_c(line, ' ');
}

static gboolean
write_aligned(AssayTable *self, char **cells, GError **error)
{
    for (size_t i = 0; i < self->n_columns; i++) {
        size_t width = assay_text_display_width(cells[i]);
        size_t padding = self->widths[i] > width ? self->widths[i] - width : 0;
        gboolean is_text = self->columns[i].type == ASSAY_COLUMN_TEXT;

        append_spaces(self->line, i > 0 ? GAP : 0);
        append_spaces(self->line, is_text ? 0 : padding);
        g_string_append(self->line, cells[i]);
        append_spaces(self->line, is_text && i + 1 < self->n_columns ? padding : 0);
    }
    g_string_append_c(self->line, '\n');
    return write_lines(self, error);
}

static gboolean
write_header(AssayTable *self, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *line = NULL;

    if (self->has_header)
        return TRUE;
    self->has_header = TRUE;
    for (size_t i = 0; i < self->n_columns; i++) {
        g_ptr_array_add(names, lay_text(self, self->columns[i].name));
        self->widths[i] = self->is_aligned ? assay_text_display_width(names->pdata[i]) : 0;
    }
    if (!self->is_aligned) {
        g_ptr_array_add(names, NULL);
        line = g_strjoinv("\t", (char **)names->pdata);
        return assay_output_puts(self->output, line, error) &&
               assay_output_write(self->output, "\n", 1, error);
    }
    for (size_t i = 0; i < self->n_rows * self->n_columns; i++) {
        size_t width = assay_text_display_width(self->cells->pdata[i]);

        self->widths[i % self->n_columns] = MAX(self->widths[i % self->n_columns], width);
    }
    return write_aligned(self, (char **)names->pdata, error);
}

/* Writes the rows held back, with the header before the first of all. */
static gboolean
release_rows(AssayTable *self, GError **error)
{
    gboolean ok = write_header(self, error);

    if (!self->is_aligned)
        return ok && write_lines(self, error);
    for (size_t i = 0; ok && i < self->n_rows; i++)
        ok = write_aligned(self, (char **)self->cells->pdata + i * self->n_columns, error);
    g_ptr_array_set_size(self->cells, 0);
    self->n_rows = 0;
    return ok;
}

gboolean
assay_table_row_end(AssayTable *self, GError **error)
{
    g_assert(self->n_cells == self->n_columns);
    self->n_cells = 0;
    if (!self->is_aligned) {
        *begin_cells(self, 1) = '\n';
        self->line->len++;
        return (self->line->len < HELD_BYTES && !self->is_unbuffered) || release_rows(self, error);
    }
    self->n_rows++;
    return self->n_rows < MAX_HELD_ROWS && !self->has_header ? TRUE : release_rows(self, error);
}

gboolean
assay_table_finish(AssayTable *self, GError **error)
{
    g_assert(self->n_cells == 0);
    return release_rows(self, error);
}
