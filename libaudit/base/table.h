/* base/table.h - tables: TSV with a header line.
 *
 * Columns are separated by a tab, rows end in a newline, the first line names the columns. Tab,
 * newline and backslash in a text are \t, \n and \\. NA is a missing value (so a text that reads NA
 * is one too). Numbers are as base/text.h writes them. There is no quoting.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"
#include "numbers.h"
#include "output.h"

G_BEGIN_DECLS

typedef enum {
    ASSAY_COLUMN_TEXT,
    ASSAY_COLUMN_INTEGER,
    ASSAY_COLUMN_REAL,
} AssayColumnType;

typedef struct {
    const char *name; /* valid UTF-8 */
    AssayColumnType type;
} AssayColumn;

/**
 * AssayTable:
 *
 * A table being written. Cells are added from left to right; a cell of another type than its
 * column's, one too many, or a row that ends early is the programmer's error and aborts. Rows may
 * wait for others, to be written together.
 */
typedef struct AssayTable AssayTable;

/**
 * assay_table_new:
 * @output: where to; must outlive the table, which neither flushes nor closes it
 * @columns: (array length=n_columns): copied
 * @n_columns: at least 1
 * @is_aligned: %TRUE for people (say, if assay_output_is_terminal()): columns are padded to equal
 *     width, two spaces apart, numbers to the right, real numbers to four significant digits, and
 *     controls and bytes that are not UTF-8 shown as %XX; the widths are those of the first 1,000
 *     rows, which are held back for that. %FALSE: plain TSV, every digit that is needed to read the
 *     same number again.
 *
 * Returns: a table
 */
ASSAY_API AssayTable *assay_table_new(AssayOutput *output, const AssayColumn *columns,
                                      size_t n_columns,
                                      gboolean is_aligned) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_table_free:
 * @self: (nullable): a table; rows that assay_table_finish() did not write are dropped
 */
ASSAY_API void assay_table_free(AssayTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayTable, assay_table_free)

/**
 * assay_table_text:
 * @value: (nullable): %NULL is NA
 */
ASSAY_API void assay_table_text(AssayTable *self, const char *value);

/**
 * assay_table_note:
 * @value: (nullable): what there is to say of the row; %NULL and "" are NA
 */
ASSAY_API void assay_table_note(AssayTable *self, const char *value);

/**
 * assay_table_set_unbuffered:
 *
 * From here on a row of a plain table waits for no other: for who flushes the output, so that what
 * was found before stands before a message.
 */
ASSAY_API void assay_table_set_unbuffered(AssayTable *self);

/**
 * assay_table_set_name:
 * @name: what the items are called by that the rows to come are about
 * @is_indexed: whether an index stands behind it: NAME[12]
 */
ASSAY_API void assay_table_set_name(AssayTable *self, const char *name, gboolean is_indexed);

/* The item @index of that name, in a column of text. */
ASSAY_API void assay_table_item(AssayTable *self, size_t index);

ASSAY_API void assay_table_int(AssayTable *self, gint64 value);

/**
 * assay_table_real:
 * @value: NaN is NA
 */
ASSAY_API void assay_table_real(AssayTable *self, double value);

/* @n cells of a row, one after the other. */
ASSAY_API void assay_table_reals(AssayTable *self, const double *values, size_t n);

/* The same of @n numbers from @first on, made ready for several rows at once. */
ASSAY_API void assay_table_numbers(AssayTable *self, const AssayNumbers *numbers, size_t first,
                                   size_t n);

/**
 * assay_table_na:
 *
 * A missing value, in a column of any type.
 */
ASSAY_API void assay_table_na(AssayTable *self);

/**
 * assay_table_row_end:
 *
 * Returns: %TRUE; %FALSE with @error set if @output failed
 */
ASSAY_API gboolean assay_table_row_end(AssayTable *self, GError **error);

/**
 * assay_table_finish:
 *
 * Writes what is held back, and the header if there was no row. To be called once, between rows.
 *
 * Returns: %TRUE; %FALSE with @error set if @output failed
 */
ASSAY_API gboolean assay_table_finish(AssayTable *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many of the first bytes tell a table. */
#define ASSAY_TABLE_SNIFFED 4096

/**
 * assay_text_sniff:
 * @data: (array length=size): the first bytes, ASSAY_TABLE_SNIFFED or all there are
 *
 * Returns: whether they are text
 */
ASSAY_API gboolean assay_text_sniff(const guint8 *data, size_t size);

/**
 * assay_table_sniff:
 * @data: (array length=size): as above
 *
 * Returns: whether they are text that can begin a table: any line of one word does
 */
ASSAY_API gboolean assay_table_sniff(const guint8 *data, size_t size);

/**
 * assay_table_sniff_column:
 * @data: (array length=size): as above
 * @name: of a column; without a tab
 *
 * Returns: whether they begin a table that has the column, as far as its header is among them
 */
ASSAY_API gboolean assay_table_sniff_column(const guint8 *data, size_t size, const char *name);

/**
 * AssayTableReader:
 *
 * A table being read, one row at a time. Lines are at most 1 MiB; a byte order mark before the
 * header is passed over, and so are empty lines in a table of two columns or more; if the header
 * ends in CR LF, lines may. What is not UTF-8, holds a zero byte, has an unknown escape or another
 * number of cells than the header is refused, by line and column.
 */
typedef struct AssayTableReader AssayTableReader;

/**
 * AssayTableRead:
 * @user: what assay_table_reader_new() was given
 * @buffer: (out): where to
 * @size: at most so many bytes; at least 1
 * @error: return location for an error, or %NULL
 *
 * Returns: how many bytes were read; 0 at the end; -1 with @error set on failure
 */
typedef gssize (*AssayTableRead)(gpointer user, void *buffer, size_t size, GError **error);

/**
 * assay_table_reader_new:
 * @read: where the bytes come from
 * @user: handed to @read
 * @name: the table's name in messages, e.g. its path, escaped
 * @error: return location for an error, or %NULL
 *
 * Reads the header.
 *
 * Returns: a reader; %NULL with @error set: %ASSAY_ERROR_FORMAT (no header, or two columns of one
 *     name), or what @read reported
 */
ASSAY_API AssayTableReader *assay_table_reader_new(AssayTableRead read, gpointer user,
                                                   const char *name,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_table_reader_new_for_bytes:
 * @data: (array length=size): a whole table; must outlive the reader
 * @size: its bytes
 * @name: as above
 */
ASSAY_API AssayTableReader *
assay_table_reader_new_for_bytes(const void *data, size_t size, const char *name,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API void assay_table_reader_free(AssayTableReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayTableReader, assay_table_reader_free)

ASSAY_API size_t assay_table_reader_n_columns(const AssayTableReader *self);

/**
 * assay_table_reader_peek_column:
 * @column: 0 .. n_columns - 1
 *
 * Returns: the column's name
 */
ASSAY_API const char *assay_table_reader_peek_column(const AssayTableReader *self, size_t column);

/**
 * assay_table_reader_find:
 * @name: a column's name
 * @column: (out): its index
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_FIELD (the message lists the columns there
 *     are) if there is no such column
 */
ASSAY_API gboolean assay_table_reader_find(const AssayTableReader *self, const char *name,
                                           size_t *column, GError **error);

/**
 * assay_table_reader_next:
 * @is_row: (out): %FALSE at the end
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_FORMAT, or to what the source reported
 */
ASSAY_API gboolean assay_table_reader_next(AssayTableReader *self, gboolean *is_row,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_table_reader_line:
 *
 * Returns: the line number of the row, counted from 1, the header's
 */
ASSAY_API guint64 assay_table_reader_line(const AssayTableReader *self);

/**
 * assay_table_reader_is_na:
 *
 * Returns: whether the cell is NA
 */
ASSAY_API gboolean assay_table_reader_is_na(const AssayTableReader *self, size_t column);

/**
 * assay_table_reader_peek_text:
 *
 * Returns: the cell, unescaped, NA as "NA"; valid until the next row is read
 */
ASSAY_API const char *assay_table_reader_peek_text(const AssayTableReader *self, size_t column);

/**
 * assay_table_reader_int:
 * @value: (out): the cell as a whole number
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_FORMAT if it is not one (NA is not), or
 *     %ASSAY_ERROR_RANGE if it does not fit
 */
ASSAY_API gboolean assay_table_reader_int(const AssayTableReader *self, size_t column,
                                          gint64 *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_table_reader_real:
 * @value: (out): the cell as a number; NaN for NA
 *
 * Accepts what strtod(3) does in the C locale, but no hexadecimal and no spaces.
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_FORMAT if it is no number
 */
ASSAY_API gboolean assay_table_reader_real(const AssayTableReader *self, size_t column,
                                           double *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
