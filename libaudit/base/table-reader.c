/* base/table-reader.c - the reader of tables.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "error.h"
#include "table.h"
#include "text.h"

enum {
    MAX_LINE = 1 << 20,
    FIRST_SIZE = 1 << 14,
    MAX_SHOWN = 60, /* bytes of a value in a message */
    MAX_SHOWN_COLUMNS = 20,
};

typedef struct {
    const char *data;
    size_t size;
} Memory;

struct AssayTableReader {
    AssayTableRead read;
    gpointer user;
    Memory memory;
    char *name;
    char *buffer;
    size_t size, start, end; /* of the buffer, and of what it holds that is not yet read */
    gboolean is_at_end;
    gboolean has_cr;
    guint64 line;
    size_t n_columns;
    char **columns;
    GHashTable *index; /* name -> column */
    char **cells;      /* into the buffer */
};

/* A value for a message: without controls, not too long. */
static char *
shown(const char *text)
{
    gboolean is_cut = strlen(text) > MAX_SHOWN;
    g_autofree char *head = g_strndup(text, MAX_SHOWN);
    g_autofree char *escaped = NULL;
    const char *valid_end;

    if (is_cut && !g_utf8_validate(head, -1, &valid_end))
        head[valid_end - head] = '\0';
    escaped = assay_text_escape_controls(head);
    return g_strconcat(escaped, is_cut ? "..." : "", NULL);
}

static gssize
memory_read(gpointer user, void *buffer, size_t size, GError **error G_GNUC_UNUSED)
{
    Memory *memory = user;
    size_t n = MIN(size, memory->size);

    if (n > 0)
        memcpy(buffer, memory->data, n);
    memory->data += n;
    memory->size -= n;
    return (gssize)n;
}

static gboolean fail(const AssayTableReader *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static gboolean
fail(const AssayTableReader *self, GError **error, const char *format, ...)
{
    g_autofree char *what = NULL;
    va_list arguments;

    va_start(arguments, format);
    what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: line %" G_GUINT64_FORMAT ": %s",
                self->name, self->line, what);
    return FALSE;
}

static gboolean
fail_cell(const AssayTableReader *self, size_t column, AssayErrorCode code, const char *what,
          GError **error)
{
    g_autofree char *name = shown(self->columns[column]);

    g_set_error(error, ASSAY_ERROR, (gint)code, "%s: line %" G_GUINT64_FORMAT ", column \"%s\": %s",
                self->name, self->line, name, what);
    return FALSE;
}

/* Reads on, making room first. */
static gboolean
fill(AssayTableReader *self, GError **error)
{
    gssize n;

    if (self->start > 0) {
        memmove(self->buffer, self->buffer + self->start, self->end - self->start);
        self->end -= self->start;
        self->start = 0;
    }
    if (self->end == self->size) {
        self->size *= 2;
        self->buffer = g_realloc(self->buffer, self->size + 1);
    }
    n = self->read(self->user, self->buffer + self->end, self->size - self->end, error);
    if (n < 0)
        return FALSE;
    self->is_at_end = n == 0;
    self->end += (size_t)n;
    return TRUE;
}

/* The next line, ended by a zero in place of its newline; NULL at the end. */
static gboolean
next_line(AssayTableReader *self, char **line, size_t *length, GError **error)
{
    size_t seen = 0;
    char *newline = NULL;

    *line = NULL;
    for (;;) {
        size_t held = self->end - self->start;

        if (held > seen)
            newline = memchr(self->buffer + self->start + seen, '\n', held - seen);
        seen = newline != NULL ? (size_t)(newline - self->buffer) - self->start : held;
        if (newline != NULL || self->is_at_end || seen > MAX_LINE)
            break;
        if (!fill(self, error))
            return FALSE;
    }
    if (newline == NULL && seen == 0)
        return TRUE;
    self->line++;
    if (seen > MAX_LINE)
        return fail(self, error, "longer than 1 MiB: this is no table");
    *line = self->buffer + self->start;
    *length = seen;
    self->start += newline != NULL ? seen + 1 : seen;
    (*line)[seen] = '\0'; /* the buffer has room for one more */
    if (memchr(*line, '\0', seen) != NULL)
        return fail(self, error, "a zero byte at column %" G_GSIZE_FORMAT ": this is no text",
                    strlen(*line) + 1);
    return TRUE;
}

/* Cuts a line at its tabs; returns how many cells it has, of which the first @n are kept. */
static size_t
split(char *line, char **cells, size_t n)
{
    size_t n_cells = 0;

    for (;;) {
        char *tab = strchr(line, '\t');

        if (n_cells < n)
            cells[n_cells] = line;
        n_cells++;
        if (tab == NULL)
            return n_cells;
        *tab = '\0';
        line = tab + 1;
    }
}

static gboolean
read_header(AssayTableReader *self, GError **error)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    char *line;
    size_t length;

    if (!next_line(self, &line, &length, error))
        return FALSE;
    if (line != NULL && g_str_has_prefix(line, byte_order_mark)) {
        line += strlen(byte_order_mark);
        length -= strlen(byte_order_mark);
    }
    if (line != NULL && length > 0 && line[length - 1] == '\r') {
        self->has_cr = TRUE;
        line[--length] = '\0';
    }
    if (line == NULL || length == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: no header; the first line of a table names its columns", self->name);
        return FALSE;
    }
    if (!g_utf8_validate(line, -1, NULL))
        return fail(self, error, "bytes that are not UTF-8");
    self->n_columns = 1;
    for (const char *at = line; *at != '\0'; at++)
        self->n_columns += *at == '\t';
    self->cells = g_new0(char *, self->n_columns);
    self->columns = g_new0(char *, self->n_columns + 1);
    split(line, self->cells, self->n_columns);
    for (size_t i = 0; i < self->n_columns; i++) {
        g_autofree char *name = NULL;

        self->columns[i] = g_strdup(self->cells[i]);
        name = shown(self->columns[i]);
        if (!assay_text_unescape_tsv(self->columns[i], error)) {
            g_prefix_error(error, "%s: line 1, column \"%s\": ", self->name, name);
            return FALSE;
        }
        if (!g_hash_table_insert(self->index, self->columns[i], GSIZE_TO_POINTER(i)))
            return fail(self, error, "two columns are called \"%s\"", name);
    }
    return TRUE;
}

AssayTableReader *
assay_table_reader_new(AssayTableRead read, gpointer user, const char *name, GError **error)
{
    g_autoptr(AssayTableReader) self = g_new0(AssayTableReader, 1);

    self->read = read;
    self->user = user;
    self->name = g_strdup(name);
    self->size = FIRST_SIZE;
    self->buffer = g_malloc(self->size + 1);
    self->index = g_hash_table_new(g_str_hash, g_str_equal);
    return read_header(self, error) ? g_steal_pointer(&self) : NULL;
}

AssayTableReader *
assay_table_reader_new_for_bytes(const void *data, size_t size, const char *name, GError **error)
{
    Memory memory = { data, size };
    AssayTableReader *self = assay_table_reader_new(memory_read, &memory, name, error);

    if (self != NULL) {
        self->memory = memory;
        self->user = &self->memory;
    }
    return self;
}

void
assay_table_reader_free(AssayTableReader *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->index);
    g_strfreev(self->columns);
    g_free(self->cells);
    g_free(self->buffer);
    g_free(self->name);
    g_free(self);
}

size_t
assay_table_reader_n_columns(const AssayTableReader *self)
{
    return self->n_columns;
}

const char *
assay_table_reader_peek_column(const AssayTableReader *self, size_t column)
{
    g_return_val_if_fail(column < self->n_columns, NULL);
    return self->columns[column];
}

gboolean
assay_table_reader_find(const AssayTableReader *self, const char *name, size_t *column,
                        GError **error)
{
    g_autoptr(GString) list = NULL;
    gpointer index;

    if (g_hash_table_lookup_extended(self->index, name, NULL, &index)) {
        *column = GPOINTER_TO_SIZE(index);
        return TRUE;
    }
    list = g_string_new(NULL);
    for (size_t i = 0; i < MIN(self->n_columns, MAX_SHOWN_COLUMNS); i++) {
        g_autofree char *known = shown(self->columns[i]);

        g_string_append_printf(list, "%s\"%s\"", i > 0 ? ", " : "", known);
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: no column \"%s\"; it has %s%s",
                self->name, name, list->str, self->n_columns > MAX_SHOWN_COLUMNS ? ", ..." : "");
    return FALSE;
}

static gboolean
check_utf8(const AssayTableReader *self, const char *line, GError **error)
{
    const char *valid_end;
    size_t column = 0;

    if (g_utf8_validate(line, -1, &valid_end))
        return TRUE;
    for (const char *at = line; at < valid_end; at++)
        column += *at == '\t';
    return fail_cell(self, MIN(column, self->n_columns - 1), ASSAY_ERROR_FORMAT,
                     "bytes that are not UTF-8; save the table as UTF-8", error);
}

gboolean
assay_table_reader_next(AssayTableReader *self, gboolean *is_row, GError **error)
{
    char *line;
    size_t length, n_cells;

    *is_row = FALSE;
    do {
        if (!next_line(self, &line, &length, error))
            return FALSE;
        if (line == NULL)
            return TRUE;
        if (self->has_cr && length > 0 && line[length - 1] == '\r')
            line[--length] = '\0';
    } while (length == 0 && self->n_columns > 1);
    if (!check_utf8(self, line, error))
        return FALSE;
    n_cells = split(line, self->cells, self->n_columns);
    if (n_cells != self->n_columns)
        return fail(self, error,
                    "%" G_GSIZE_FORMAT " cells where the header has %" G_GSIZE_FORMAT
                    "; cells are separated by a tab",
                    n_cells, self->n_columns);
    for (size_t i = 0; i < n_cells; i++) {
        g_autoptr(GError) reason = NULL;

        if (!assay_text_unescape_tsv(self->cells[i], &reason))
            return fail_cell(self, i, ASSAY_ERROR_FORMAT, reason->message, error);
    }
    *is_row = TRUE;
    return TRUE;
}

guint64
assay_table_reader_line(const AssayTableReader *self)
{
    return self->line;
}

const char *
assay_table_reader_peek_text(const AssayTableReader *self, size_t column)
{
    g_return_val_if_fail(column < self->n_columns, NULL);
    return self->cells[column];
}

gboolean
assay_table_reader_is_na(const AssayTableReader *self, size_t column)
{
    return strcmp(assay_table_reader_peek_text(self, column), "NA") == 0;
}

gboolean
assay_table_reader_int(const AssayTableReader *self, size_t column, gint64 *value, GError **error)
{
    const char *cell = assay_table_reader_peek_text(self, column);
    g_autofree char *text = NULL;
    g_autofree char *what = NULL;
    g_autoptr(GError) reason = NULL;
    gboolean is_large;

    if (g_ascii_string_to_signed(cell, 10, G_MININT64, G_MAXINT64, value, &reason))
        return TRUE;
    is_large = g_error_matches(reason, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS);
    text = shown(cell);
    what =
        g_strdup_printf(is_large ? "%s does not fit 64 bits" : "\"%s\" is no whole number", text);
    return fail_cell(self, column, is_large ? ASSAY_ERROR_RANGE : ASSAY_ERROR_FORMAT, what, error);
}

gboolean
assay_table_reader_real(const AssayTableReader *self, size_t column, double *value, GError **error)
{
    const char *cell = assay_table_reader_peek_text(self, column);
    g_autofree char *text = NULL;
    g_autofree char *what = NULL;
    char *rest = NULL;

    if (assay_table_reader_is_na(self, column)) {
        *value = (double)NAN;
        return TRUE;
    }
    *value = g_ascii_strtod(cell, &rest);
    if (cell[0] != '\0' && *rest == '\0' && !g_ascii_isspace(cell[0]) &&
        strpbrk(cell, "xX(") == NULL)
        return TRUE;
    text = shown(cell);
    what = g_strdup_printf("\"%s\" is no number", text);
    return fail_cell(self, column, ASSAY_ERROR_FORMAT, what, error);
}
