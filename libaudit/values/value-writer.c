/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value-writer-private.h"

#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "../base/text.h"
#include "../base/value.h"
#include "../rule/chord.h"
#include "../stream/npy.h"

enum {
    CLASSES = 12,
    SHARPS_ONLY = 2,
    /* A table is not made wider than this. */
    MAX_COLUMNS = 1 << 17,
    BLOCK_VALUES = 4096,
};

struct AssayValueWriter {
    AssayOutput *output;
    const AssayValuesConfig *config;
    /* A table */
    AssayTable *table;
    gboolean has_item_column;
    size_t n_index_columns;
    char **value_columns;
    size_t n_value_columns;
    AssayColumnType type;
    /* A .npy, which is held back until its shape is known */
    AssayArray *header; /* of no data */
    GPtrArray *chunks;  /* GBytes */
    size_t held;
    char *npy_name;
};

AssayValueWriter *
assay_value_writer_new(AssayOutput *output, const AssayValuesConfig *config)
{
    AssayValueWriter *self = g_new0(AssayValueWriter, 1);

    self->output = output;
    self->config = config;
    self->chunks = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    return self;
}

void
assay_value_writer_free(AssayValueWriter *self)
{
    if (self == NULL)
        return;
    assay_table_free(self->table);
    g_strfreev(self->value_columns);
    assay_array_free(self->header);
    g_ptr_array_unref(self->chunks);
    g_free(self->npy_name);
    g_free(self);
}

/* What is written at a time: @array without its item axis, from a place of it. */
typedef struct {
    const AssayArray *array;
    size_t first_axis; /* 1 behind an item axis */
    size_t start;      /* flat index of its first value */
    size_t count;
} Part;

static gboolean
has_item_axis(const AssayArray *array)
{
    return array->n_axes > 0 && strcmp(array->axes[0], "item") == 0;
}

/* How many axes the table of a part has. An item that is nothing but columns is a row. */
static size_t
part_axes(const Part *part)
{
    const AssayArray *array = part->array;

    if (part->first_axis == 1 && array->n_axes == 2 && strcmp(array->axes[1], "column") == 0)
        return 2;
    return array->n_axes - part->first_axis;
}

static size_t
item_count(const AssayArray *array)
{
    size_t n = 1;

    for (size_t i = 1; i < array->n_axes; i++)
        n *= array->shape[i];
    return n;
}

/* The name of value column @index: what the metadata call it, a pitch, a pitch class, a number. */
static char *
column_name(const AssayJson *meta, const char *axis, size_t n, size_t index)
{
    const AssayJson *columns = assay_json_get(meta, "columns");
    const AssayJson *low = assay_json_get(meta, "pitch_low");

    if (columns != NULL && assay_json_kind(columns) == ASSAY_JSON_ARRAY &&
        assay_json_size(columns) == n &&
        assay_json_peek_string(assay_json_nth(columns, index)) != NULL)
        return g_strdup(assay_json_peek_string(assay_json_nth(columns, index)));
    if (strcmp(axis, "class") == 0 && n == CLASSES)
        return assay_chord_name(1u << index, SHARPS_ONLY);
    if (strcmp(axis, "pitch") == 0 && low != NULL && assay_json_kind(low) == ASSAY_JSON_INTEGER &&
        assay_json_peek_integer(low) >= 0 && assay_json_peek_integer(low) <= 127 && n <= 128)
        return assay_pitch_name((int)assay_json_peek_integer(low) + (int)index, SHARPS_ONLY);
    return g_strdup_printf("%" G_GSIZE_FORMAT, index);
}

static char **
name_columns(const AssayValueWriter *self, AssaySample *sample, const Part *part, size_t *n)
{
    const AssayArray *array = part->array;
    size_t n_axes = part_axes(part);
    char **names;

    *n = n_axes < 2 ? 1 : array->shape[array->n_axes - 1];
    if (*n > MAX_COLUMNS)
        return NULL;
    names = g_new0(char *, *n + 1);
    for (size_t i = 0; i < *n; i++)
        names[i] = n_axes < 2 ? g_strdup(self->config->field)
                              : column_name(assay_sample_field_meta(sample, self->config->field),
                                            array->axes[array->n_axes - 1], *n, i);
    return names;
}

/* What does not fit a signed integer goes as a text. */
static AssayColumnType
column_type(const AssayArray *array)
{
    switch (array->type) {
    case ASSAY_U64:
        return ASSAY_COLUMN_TEXT;
    case ASSAY_F32:
    case ASSAY_F64:
        return ASSAY_COLUMN_REAL;
    default:
        return ASSAY_COLUMN_INTEGER;
    }
}

static void
begin_table(AssayValueWriter *self, const Part *part, gboolean is_single)
{
    const AssayArray *array = part->array;
    size_t n_axes = part_axes(part), n = 0;
    g_autofree AssayColumn *columns = NULL;

    self->has_item_column = !is_single;
    self->n_index_columns = n_axes > 2 ? n_axes - 2 : 0;
    self->type = column_type(array);
    columns = g_new0(AssayColumn, 1 + ASSAY_MAX_AXES + self->n_value_columns);
    if (self->has_item_column)
        columns[n++] = (AssayColumn){ "item", ASSAY_COLUMN_TEXT };
    for (size_t i = 0; i < self->n_index_columns; i++)
        columns[n++] = (AssayColumn){ array->axes[part->first_axis + i], ASSAY_COLUMN_INTEGER };
    for (size_t i = 0; i < self->n_value_columns; i++)
        columns[n++] = (AssayColumn){ self->value_columns[i], self->type };
    if (n == 0) /* an array without values still has a header */
        columns[n++] = (AssayColumn){ self->config->field, self->type };
    self->table = assay_table_new(self->output, columns, n, self->config->is_aligned);
    assay_table_set_unbuffered(self->table);
}

/* Opens the table, or sees that @part fits the one that is open. */
static gboolean
fit_table(AssayValueWriter *self, AssaySample *sample, const Part *part, gboolean is_single,
          GError **error)
{
    size_t n, n_axes = part_axes(part);
    g_auto(GStrv) names = name_columns(self, sample, part, &n);

    if (names == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" would make a table of %" G_GSIZE_FORMAT
                    " columns; --raw and --npy have no such limit",
                    assay_sample_name(sample), self->config->field, n);
        return FALSE;
    }
    if (self->table == NULL) {
        self->value_columns = g_steal_pointer(&names);
        self->n_value_columns = n;
        begin_table(self, part, is_single);
        return TRUE;
    }
    if (column_type(part->array) != self->type) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has type %s, unlike the samples before; name those that go "
                    "together",
                    assay_sample_name(sample), self->config->field,
                    assay_type_name(part->array->type));
        return FALSE;
    }
    if (n == self->n_value_columns && (n_axes > 2 ? n_axes - 2 : 0) == self->n_index_columns &&
        g_strv_equal((const char *const *)names, (const char *const *)self->value_columns))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"%s\" has other columns than in the samples before; name those that "
                "go together",
                assay_sample_name(sample), self->config->field);
    return FALSE;
}

static void
write_cell(AssayValueWriter *self, const AssayArray *array, size_t index)
{
    char text[ASSAY_TEXT_NUMBER_SIZE];

    switch (array->type) {
    case ASSAY_F32:
        assay_table_real(self->table, assay_value_shorten(((const float *)array->data)[index]));
        break;
    case ASSAY_F64:
        assay_table_real(self->table, ((const double *)array->data)[index]);
        break;
    case ASSAY_U64:
        assay_table_text(self->table, assay_value_text(text, array, index));
        break;
    case ASSAY_I64:
        assay_table_int(self->table, ((const gint64 *)array->data)[index]);
        break;
    default: /* at most 32 bits, which a double holds */
        assay_table_int(self->table, (gint64)assay_array_value(array, index));
    }
}

static gboolean
write_rows(AssayValueWriter *self, const char *identity, const Part *part, GError **error)
{
    const AssayArray *array = part->array;
    size_t width = MAX(self->n_value_columns, 1);

    for (size_t at = 0; at < part->count; at += width) {
        size_t row = at / width;
        size_t index[ASSAY_MAX_AXES];

        if (self->has_item_column)
            assay_table_text(self->table, identity);
        if (self->n_index_columns > 0)
            row /= array->shape[array->n_axes - 2];
        for (size_t i = self->n_index_columns; i-- > 0; row /= array->shape[part->first_axis + i])
            index[i] = row % array->shape[part->first_axis + i];
        for (size_t i = 0; i < self->n_index_columns; i++)
            assay_table_int(self->table, (gint64)index[i]);
        for (size_t i = 0; i < width; i++)
            write_cell(self, array, part->start + at + i);
        if (!assay_table_row_end(self->table, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_raw(AssayValueWriter *self, const Part *part, GError **error)
{
    size_t size = assay_type_size(part->array->type);
    const AssayType to = self->config->type;

    if (!self->config->convert || part->array->type == to)
        return assay_output_write(self->output,
                                  (const char *)part->array->data + part->start * size,
                                  part->count * size, error);
    for (size_t at = 0; at < part->count;) {
        size_t n = MIN(part->count - at, BLOCK_VALUES);
        union {
            float f32[BLOCK_VALUES];
            double f64[BLOCK_VALUES];
        } block;

        for (size_t i = 0; i < n; i++) {
            double value = assay_array_value(part->array, part->start + at + i);

            if (to == ASSAY_F32)
                block.f32[i] = (float)value;
            else
                block.f64[i] = value;
        }
        if (!assay_output_write(self->output, &block, n * assay_type_size(to), error))
            return FALSE;
        at += n;
    }
    return TRUE;
}

/* Keeps a copy until the end, when the shape is known. */
static gboolean
hold_npy(AssayValueWriter *self, AssaySample *sample, const Part *part, gboolean is_whole,
         GError **error)
{
    const AssayArray *array = part->array;
    size_t size = assay_type_size(array->type), first = is_whole ? 0 : part->first_axis;
    AssayArray *header = self->header;

    if (header != NULL) {
        gboolean goes_on = is_whole && first < array->n_axes && has_item_axis(array) &&
                           strcmp(self->npy_name, assay_sample_name(sample)) == 0 &&
                           header->n_axes == array->n_axes && header->type == array->type &&
                           memcmp(header->shape + 1, array->shape + 1,
                                  (array->n_axes - 1) * sizeof array->shape[0]) == 0;

        if (!goes_on) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "--npy holds one array, and %s is a further one; name one sample",
                        assay_sample_name(sample));
            return FALSE;
        }
        header->shape[0] += array->shape[0];
    } else {
        header = self->header = g_new0(AssayArray, 1);
        header->type = array->type;
        header->n_axes = array->n_axes - first;
        memcpy(header->shape, array->shape + first, header->n_axes * sizeof header->shape[0]);
        self->npy_name = g_strdup(assay_sample_name(sample));
    }
    if (part->count * size > self->config->max_bytes - self->held) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: field \"%s\" is larger than %" G_GSIZE_FORMAT
                    " bytes; --max-sample raises the limit",
                    assay_sample_name(sample), self->config->field, self->config->max_bytes);
        return FALSE;
    }
    self->held += part->count * size;
    g_ptr_array_add(self->chunks, g_bytes_new((const char *)array->data + part->start * size,
                                              part->count * size));
    return TRUE;
}

static gboolean
put_part(AssayValueWriter *self, AssaySample *sample, const Part *part, const char *identity,
         gboolean is_single, gboolean is_whole, GError **error)
{
    switch (self->config->form) {
    case ASSAY_VALUES_RAW:
        return write_raw(self, part, error);
    case ASSAY_VALUES_NPY:
        return hold_npy(self, sample, part, is_whole, error);
    default:
        return fit_table(self, sample, part, is_single, error) &&
               write_rows(self, identity, part, error);
    }
}

gboolean
assay_value_writer_put(AssayValueWriter *self, AssaySample *sample, const AssayArray *array,
                       const GArray *items, gboolean is_single, GError **error)
{
    gboolean has_items = has_item_axis(array);
    size_t n_all = has_items ? array->shape[0] : 1, count = assay_array_count(array);
    size_t n = items != NULL ? items->len : n_all, one = has_items ? item_count(array) : count;

    /* All items at once, where they need not be told apart. */
    if (items == NULL && (self->config->form != ASSAY_VALUES_TABLE || n_all == 0)) {
        Part part = { array, has_items ? 1 : 0, 0, count };

        return put_part(self, sample, &part, "", FALSE, TRUE, error);
    }
    for (size_t i = 0; i < n; i++) {
        size_t item = items != NULL ? g_array_index(items, gsize, i) : i;
        g_autofree char *identity =
            assay_sample_identity(sample, assay_sample_item_start(sample) + item);
        Part part = { array, has_items ? 1 : 0, has_items ? item * one : 0, one };

        if (!put_part(self, sample, &part, identity, is_single, FALSE, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
assay_value_writer_finish(AssayValueWriter *self, GError **error)
{
    if (self->table != NULL)
        return assay_table_finish(self->table, error);
    if (self->header != NULL) {
        g_autoptr(GByteArray) header = g_byte_array_new();

        assay_npy_append_header(header, self->header->type, self->header->n_axes,
                                self->header->shape);
        if (!assay_output_write(self->output, header->data, header->len, error))
            return FALSE;
        for (guint i = 0; i < self->chunks->len; i++) {
            size_t size;
            const void *data = g_bytes_get_data(g_ptr_array_index(self->chunks, i), &size);

            if (!assay_output_write(self->output, data, size, error))
                return FALSE;
        }
    }
    return TRUE;
}
