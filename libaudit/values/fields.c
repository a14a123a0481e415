/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include <string.h>

#include "../base/table.h"
#include "../base/text.h"
#include "feed-private.h"
#include "shape.h"

struct AssayFields {
    AssayTable *table;
    guint64 limit, n_samples;
    size_t max_bytes;
    AssayValuesFault fault;
    gpointer user;
};

/* A sample whose pieces are arriving. */
typedef struct {
    AssaySample *sample; /* its first piece */
    gint64 n_items;
} Open;

AssayFields *
assay_fields_new(AssayOutput *output, gboolean is_aligned, guint64 limit, size_t max_bytes,
                 AssayValuesFault fault, gpointer user)
{
    static const AssayColumn columns[] = {
        { "item", ASSAY_COLUMN_TEXT },    { "items", ASSAY_COLUMN_INTEGER },
        { "field", ASSAY_COLUMN_TEXT },   { "axes", ASSAY_COLUMN_TEXT },
        { "shape", ASSAY_COLUMN_TEXT },   { "type", ASSAY_COLUMN_TEXT },
        { "unit", ASSAY_COLUMN_TEXT },    { "step_q", ASSAY_COLUMN_REAL },
        { "rate_hz", ASSAY_COLUMN_REAL }, { "source", ASSAY_COLUMN_TEXT },
        { "sha256", ASSAY_COLUMN_TEXT },
    };
    AssayFields *self = g_new0(AssayFields, 1);

    self->table = assay_table_new(output, columns, G_N_ELEMENTS(columns), is_aligned);
    assay_table_set_unbuffered(self->table);
    self->limit = limit;
    self->max_bytes = max_bytes;
    self->fault = fault;
    self->user = user;
    return self;
}

void
assay_fields_free(AssayFields *self)
{
    if (self == NULL)
        return;
    assay_table_free(self->table);
    g_free(self);
}

static void
add_number(AssayTable *table, const AssayJson *meta, const char *key)
{
    const AssayJson *value = assay_json_get(meta, key);

    if (value != NULL && assay_json_is_number(value))
        assay_table_real(table, assay_json_peek_real(value));
    else
        assay_table_na(table);
}

static gboolean
write_field(AssayFields *self, const Open *open, const AssayFieldShape *field, GError **error)
{
    const AssayJson *meta = assay_sample_field_meta(open->sample, field->name);
    const AssayJson *source = assay_sample_source(open->sample);
    g_autoptr(GString) axes = g_string_new(NULL);
    g_autoptr(GString) shape = g_string_new(NULL);

    for (size_t i = 0; i < field->n_axes; i++) {
        assay_text_join(axes, ",", "%s", field->axes[i]);
        assay_text_join(shape, ",", "%" G_GUINT64_FORMAT, field->sizes[i]);
    }
    assay_table_text(self->table, assay_sample_name(open->sample));
    if (open->n_items < 0)
        assay_table_na(self->table);
    else
        assay_table_int(self->table, open->n_items);
    assay_table_text(self->table, field->name);
    assay_table_text(self->table, axes->str);
    assay_table_text(self->table, shape->str);
    assay_table_text(self->table, field->type);
    assay_table_text(self->table, assay_json_peek_string(assay_json_get(meta, "unit")));
    add_number(self->table, meta, "step_q");
    add_number(self->table, meta, "rate_hz");
    assay_table_text(self->table, assay_json_peek_string(assay_json_get(source, "path")));
    assay_table_text(self->table, assay_json_peek_string(assay_json_get(source, "sha256")));
    return assay_table_row_end(self->table, error);
}

/* Writes the rows of the sample that is open, and lets go of it. */
static gboolean
end_sample(AssayFields *self, Open *open, GError **error)
{
    g_autoptr(AssaySample) sample = g_steal_pointer(&open->sample);
    g_autoptr(AssayShape) shape = NULL;
    g_autoptr(GError) fault = NULL;
    const Open own = { sample, open->n_items };

    if (sample == NULL)
        return TRUE;
    shape = assay_shape_new(sample, &fault);
    if (shape == NULL) {
        self->fault(self->user, fault->message, FALSE);
        return TRUE;
    }
    self->n_samples += shape->fields->len > 0;
    for (guint i = 0; i < shape->fields->len; i++) {
        if (!write_field(self, &own, g_ptr_array_index(shape->fields, i), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
continues(const Open *open, const AssaySample *sample)
{
    return open->sample != NULL && open->n_items >= 0 && assay_sample_has_items(sample) &&
           assay_sample_item_start(sample) > 0 &&
           strcmp(assay_sample_name(open->sample), assay_sample_name(sample)) == 0;
}

static gboolean
read_samples(AssayFields *self, AssayFeed *feed, Open *open, GError **error)
{
    guint64 n = 0;

    for (;;) {
        g_autoptr(AssaySample) sample = NULL;
        g_autoptr(GError) fault = NULL;

        if (!assay_feed_next(feed, &sample, &fault, error))
            return FALSE;
        if (sample == NULL && fault == NULL)
            return TRUE;
        if (fault != NULL) {
            self->fault(self->user, fault->message, FALSE);
            continue;
        }
        if (continues(open, sample)) {
            open->n_items += (gint64)assay_sample_n_items(sample);
            continue;
        }
        if (!end_sample(self, open, error))
            return FALSE;
        if (self->limit > 0 && n++ >= self->limit)
            return TRUE;
        open->n_items = assay_sample_has_items(sample) ? (gint64)assay_sample_n_items(sample) : -1;
        open->sample = g_steal_pointer(&sample);
    }
}

gboolean
assay_fields_input(AssayFields *self, AssayInput *input, const char *name, const char *shown,
                   GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(AssayFeed) feed = assay_feed_new(input, name, shown, NULL, self->max_bytes, &fault);
    Open open = { NULL, -1 };
    gboolean done;

    if (feed == NULL)
        return assay_feed_fault(fault, self->fault, self->user, error);
    done = read_samples(self, feed, &open, error);
    if (!end_sample(self, &open, done ? error : NULL) || !done)
        return FALSE;
    assay_feed_tell_skips(feed, self->fault, self->user);
    return TRUE;
}

guint64
assay_fields_written(const AssayFields *self)
{
    return self->n_samples;
}

gboolean
assay_fields_finish(AssayFields *self, GError **error)
{
    return assay_table_finish(self->table, error);
}
