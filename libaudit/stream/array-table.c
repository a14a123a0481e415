/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array-table-private.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"

enum {
    MAX_NAMES = 16 << 20, /* bytes of the names of rows; they travel with every piece */
    FIRST_ROOM = 8192,
    EXACT_DIGITS = 15, /* a whole number of so many is a float64 */
};

typedef struct {
    const AssayArrayConfig *config;
    const char *name;
    AssayTableReader *reader;
    size_t n_columns;
    size_t *columns; /* of the table */
    size_t names_column;
    AssayJson *names;
    size_t names_bytes;
    double *values;
    size_t n_values, room, max_values;
    size_t n_rows;
    guint64 non_finite;
} Table;

static void
clear_table(Table *self)
{
    assay_table_reader_free(self->reader);
    g_free(self->columns);
    assay_json_unref(self->names);
    g_free(self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Table, clear_table)

/* Tables of our own name their rows in a column "item". */
static void
find_names(Table *self)
{
    for (size_t i = 0; i < assay_table_reader_n_columns(self->reader); i++) {
        if (strcmp(assay_table_reader_peek_column(self->reader, i), "item") == 0)
            self->names_column = i;
    }
}

/* Which columns are values, and which one names the rows. */
static gboolean
choose_columns(Table *self, GError **error)
{
    size_t n = assay_table_reader_n_columns(self->reader);
    char **wanted = self->config->columns;

    self->names_column = G_MAXSIZE;
    if (self->config->names != NULL) {
        if (!assay_table_reader_find(self->reader, self->config->names, &self->names_column, error))
            return FALSE;
    } else if (self->config->finds_names) {
        find_names(self);
    }
    if (self->names_column != G_MAXSIZE)
        self->names = assay_json_array();
    self->columns = g_new(size_t, wanted != NULL ? g_strv_length(wanted) : n);
    for (size_t i = 0; wanted != NULL && wanted[i] != NULL; i++) {
        if (!assay_table_reader_find(self->reader, wanted[i], &self->columns[i], error))
            return FALSE;
        self->n_columns++;
    }
    for (size_t i = 0; wanted == NULL && i < n; i++) {
        if (i != self->names_column)
            self->columns[self->n_columns++] = i;
    }
    if (self->n_columns > 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "%s: has no column but the one that --names takes", self->name);
    return FALSE;
}

static gboolean
check_axes(const Table *self, const char *const *axes, GError **error)
{
    size_t n = g_strv_length((char **)axes);
    g_autofree char *list = NULL;

    if (n == 2 || (n == 1 && self->n_columns == 1))
        return TRUE;
    list = g_strjoinv(",", (char **)axes);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: a table of %" G_GSIZE_FORMAT
                " columns has 2 axes, --axes names %" G_GSIZE_FORMAT
                " (%s); the usual ones are item,column",
                self->name, self->n_columns, n, list);
    return FALSE;
}

/* Room for one more value, within the limit. */
static gboolean
make_room(Table *self, GError **error)
{
    size_t room = MIN(MAX(2 * self->room, FIRST_ROOM), self->max_values);
    double *more;

    if (self->n_values < self->room)
        return TRUE;
    more = room > self->room ? g_try_realloc_n(self->values, room, sizeof *more) : NULL;
    if (more == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: line %" G_GUINT64_FORMAT
                    ": more values than --max-sample allows; it raises the limit",
                    self->name, assay_table_reader_line(self->reader));
        return FALSE;
    }
    self->values = more;
    self->room = room;
    return TRUE;
}

/* A whole number that a float64 does not hold would come out as another one. */
static gboolean
is_inexact(const char *cell, double value)
{
    const char *digits = cell[0] == '-' || cell[0] == '+' ? cell + 1 : cell;
    gint64 whole;

    if (strlen(digits) <= EXACT_DIGITS || digits[strspn(digits, "0123456789")] != '\0')
        return FALSE;
    cell += cell[0] == '+';
    return !g_ascii_string_to_signed(cell, 10, G_MININT64, G_MAXINT64, &whole, NULL) ||
           value >= 0x1p63 || (gint64)value != whole;
}

static gboolean
read_cell(Table *self, size_t column, GError **error)
{
    const char *cell = assay_table_reader_peek_text(self->reader, column);
    const char *title = assay_table_reader_peek_column(self->reader, column);
    double value;

    if (!assay_table_reader_real(self->reader, column, &value, error)) {
        if (error != NULL && self->config->columns == NULL && self->config->names == NULL) {
            char *message =
                g_strconcat((*error)->message,
                            self->config->finds_names
                                ? "; assay-array --columns=NAMES makes a stream of others"
                                : "; --columns chooses others, --names=COLUMN takes one as names "
                                  "of the rows",
                            NULL);

            g_free((*error)->message);
            (*error)->message = message;
        }
        return FALSE;
    }
    if (is_inexact(cell, value)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: line %" G_GUINT64_FORMAT
                    ", column \"%s\": %s has more digits than a float64 holds; --columns leaves "
                    "the column out",
                    self->name, assay_table_reader_line(self->reader), title, cell);
        return FALSE;
    }
    if (!make_room(self, error))
        return FALSE;
    self->non_finite += isfinite(value) ? 0 : 1;
    self->values[self->n_values++] = value;
    return TRUE;
}

static gboolean
read_rows(Table *self, GError **error)
{
    for (;;) {
        gboolean is_row;

        if (!assay_table_reader_next(self->reader, &is_row, error))
            return FALSE;
        if (!is_row)
            return TRUE;
        for (size_t i = 0; i < self->n_columns; i++) {
            if (!read_cell(self, self->columns[i], error))
                return FALSE;
        }
        self->n_rows++;
        if (self->names != NULL) {
            const char *text = assay_table_reader_peek_text(self->reader, self->names_column);

            self->names_bytes += strlen(text) + 1;
            if (self->names_bytes > MAX_NAMES) {
                g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                            "%s: line %" G_GUINT64_FORMAT
                            ": more than 16 MiB of names; leave --names out",
                            self->name, assay_table_reader_line(self->reader));
                return FALSE;
            }
            assay_json_append_take(self->names, assay_json_string(text));
        }
    }
}

static AssayJson *
field_meta(Table *self)
{
    AssayJson *meta = assay_json_copy(self->config->meta), *columns = assay_json_array();

    for (size_t i = 0; i < self->n_columns; i++)
        assay_json_append_take(columns, assay_json_string(assay_table_reader_peek_column(
                                            self->reader, self->columns[i])));
    assay_json_set_take(meta, "columns", columns);
    if (self->names != NULL)
        assay_json_set_take(meta, "names", g_steal_pointer(&self->names));
    return meta;
}

gboolean
assay_array_from_table(AssaySample *sample, GBytes *bytes, const char *name,
                       const AssayArrayConfig *config, size_t max_bytes, GError **error)
{
    static const char *const usual[] = { "item", "column", NULL };
    const char *const *axes = assay_array_config_axes(config, 0);
    g_auto(Table) table = { .config = config, .name = name };
    AssayArray *array;
    const void *data;
    size_t size;

    if (axes == NULL)
        axes = usual;
    table.max_values = max_bytes / sizeof *table.values;
    data = g_bytes_get_data(bytes, &size);
    table.reader = assay_table_reader_new_for_bytes(data, size, name, error);
    if (table.reader == NULL || !choose_columns(&table, error) ||
        !check_axes(&table, axes, error) || !read_rows(&table, error))
        return FALSE;
    array =
        assay_array_new(ASSAY_F64, g_strv_length((char **)axes),
                        (const size_t[]){ table.n_rows, table.n_columns }, axes, max_bytes, error);
    if (array == NULL)
        return FALSE;
    if (table.n_values > 0)
        memcpy(array->data, table.values, table.n_values * sizeof *table.values);
    if (table.non_finite > 0)
        assay_json_set_integer(assay_json_get(assay_sample_meta(sample), "source"), "non_finite",
                               (gint64)table.non_finite);
    assay_sample_take_field(sample, config->field, array, field_meta(&table));
    if (strcmp(axes[0], "item") == 0)
        assay_sample_set_items(sample, 0, table.n_rows);
    return TRUE;
}
