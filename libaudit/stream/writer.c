/* stream/writer.c - samples into a tar; head, pieces, end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "archive-private.h"
#include "npy.h"
#include "pieces.h"
#include "record-private.h"
#include "sample-private.h"
#include "stream.h"

struct AssayWriter {
    AssayOutput *output;
    AssayTarWriter *tar;
    AssayJson *stage;
    char **only;
    gboolean in_segment;
    AssayJson *stages; /* of the samples of this segment, before our own stage */
    guint64 n_samples; /* of this segment */
    guint64 n_records; /* samples and pieces, which is what a reader can count */
    char *last_record;
    AssayPieces pieces;    /* of the sample written last, more of which may come */
    unsigned int n_pieces; /* it has had */
    GPtrArray *skips;      /* AssaySkip, of this segment */
};

AssayWriter *
assay_writer_new(AssayOutput *output, const AssayJson *stage)
{
    AssayWriter *self = g_new0(AssayWriter, 1);

    self->output = output;
    self->stage = stage == NULL ? NULL : assay_json_ref(stage);
    self->skips = g_ptr_array_new_with_free_func((GDestroyNotify)assay_skip_free);
    return self;
}

void
assay_writer_free(AssayWriter *self)
{
    if (self == NULL)
        return;
    assay_tar_writer_free(self->tar);
    assay_output_free(self->output);
    assay_json_unref(self->stage);
    assay_json_unref(self->stages);
    g_ptr_array_unref(self->skips);
    g_strfreev(self->only);
    assay_pieces_clear(&self->pieces);
    g_free(self->last_record);
    g_free(self);
}

void
assay_writer_only(AssayWriter *self, const char *const *fields)
{
    g_strfreev(self->only);
    self->only = g_strdupv((char **)fields);
}

void
assay_writer_skip(AssayWriter *self, const AssaySkip *skip)
{
    g_ptr_array_add(self->skips, assay_skip_copy(skip));
}

static gboolean
put_json(AssayWriter *self, const char *path, const AssayJson *value, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);

    assay_json_print(text, value);
    g_string_append_c(text, '\n');
    return assay_tar_writer_begin(self->tar, path, text->len, error) &&
           assay_tar_writer_data(self->tar, text->str, text->len, error);
}

/* @stages: of the samples to come; may be NULL. */
static gboolean
begin_segment(AssayWriter *self, const AssayJson *stages, GError **error)
{
    g_autoptr(AssayJson) head = assay_json_object();
    AssayJson *list = stages == NULL ? assay_json_array() : assay_json_copy(stages);
    AssayJson *before = self->stages;

    if (self->stage != NULL)
        assay_json_append_take(list, assay_json_ref(self->stage));
    assay_json_set_string(head, "format", "assay-stream");
    assay_json_set_integer(head, "version", ASSAY_STREAM_VERSION);
    assay_json_set_take(head, "stages", list);
    self->stages = stages == NULL ? NULL : assay_json_ref(stages);
    assay_json_unref(before);
    self->in_segment = TRUE;
    self->n_samples = self->n_records = 0;
    assay_pieces_clear(&self->pieces);
    g_clear_pointer(&self->last_record, g_free);
    if (self->tar == NULL)
        self->tar = assay_tar_writer_new(self->output);
    return put_json(self, "__stream__/head.json", head, error);
}

static gboolean
end_segment(AssayWriter *self, GError **error)
{
    g_autoptr(AssayJson) end = assay_json_object();
    AssayJson *skipped = assay_json_array();

    for (guint i = 0; i < self->skips->len; i++) {
        const AssaySkip *skip = g_ptr_array_index(self->skips, i);
        AssayJson *entry = assay_json_object();

        assay_json_set_string(entry, "name", skip->name);
        assay_json_set_string(entry, "reason", skip->reason);
        assay_json_set_bool(entry, "accepted", skip->accepted);
        if (skip->n_items > 0) {
            assay_json_set_integer(entry, "item_start", (gint64)skip->item_start);
            assay_json_set_integer(entry, "items", (gint64)skip->n_items);
        }
        assay_json_append_take(skipped, entry);
    }
    assay_json_set_integer(end, "samples", (gint64)self->n_samples);
    assay_json_set_integer(end, "records", (gint64)self->n_records);
    assay_json_set_take(end, "skipped", skipped);
    g_ptr_array_set_size(self->skips, 0);
    self->in_segment = FALSE;
    return put_json(self, "__stream__/end.json", end, error);
}

/* Entries @start to @start + @count of the first axis of @array, or all of it where @count is
 * G_MAXSIZE. */
static gboolean
put_array(AssayWriter *self, const char *path, const AssayArray *array, size_t start, size_t count,
          GError **error)
{
    g_autoptr(GByteArray) header = g_byte_array_new();
    size_t shape[ASSAY_MAX_AXES], bytes = assay_array_bytes(array);
    const char *data = array->data;

    memcpy(shape, array->shape, sizeof shape);
    if (count != G_MAXSIZE) {
        size_t row = shape[0] > 0 ? bytes / shape[0] : 0;

        shape[0] = count;
        bytes = row * count;
        data += row * start;
    }
    assay_npy_append_header(header, array->type, array->n_axes, shape);
    return assay_tar_writer_begin(self->tar, path, header->len + bytes, error) &&
           assay_tar_writer_data(self->tar, header->data, header->len, error) &&
           assay_tar_writer_data(self->tar, data, bytes, error);
}

/* Bytes that came from a stream are handed on as they came, decoded or not, if they are whole. */
static gboolean
put_member(AssayWriter *self, const char *name, const AssayMember *member, size_t start,
           size_t count, GError **error)
{
    g_autofree char *path = g_strconcat(name, ".", member->suffix, NULL);
    const void *data;
    size_t size;

    if (member->bytes == NULL || count != G_MAXSIZE)
        return put_array(self, path, member->array, start, count, error);
    data = g_bytes_get_data(member->bytes, &size);
    return assay_tar_writer_begin(self->tar, path, size, error) &&
           assay_tar_writer_data(self->tar, data, size, error);
}

static void
count_record(AssayWriter *self, const char *name)
{
    self->n_records++;
    g_free(self->last_record);
    self->last_record = g_strdup(name);
}

/* A record is a sample or one of its pieces: its metadata, then its members. */
static gboolean
begin_record(AssayWriter *self, const char *name, const AssayJson *meta, GError **error)
{
    g_autofree char *path = g_strconcat(name, ".json", NULL);

    count_record(self, name);
    return put_json(self, path, meta, error);
}

static gboolean
wants(const AssayWriter *self, const AssayMember *member)
{
    return assay_record_wants((const char *const *)self->only, member);
}

static gboolean
put_whole(AssayWriter *self, AssaySample *sample, GError **error)
{
    g_autoptr(AssayJson) meta = assay_record_meta(sample, (const char *const *)self->only);
    const char *name = assay_sample_name(sample);
    AssayMember member;

    if (!begin_record(self, name, meta, error))
        return FALSE;
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        if (wants(self, &member) && !put_member(self, name, &member, 0, G_MAXSIZE, error))
            return FALSE;
    }
    return TRUE;
}

/* What is cut into pieces; the array itself need not be decoded to know it. */
static gboolean
has_item_axis(AssaySample *sample, const char *field)
{
    const AssayJson *axes = assay_json_get(assay_sample_field_meta(sample, field), "axes");

    return g_strcmp0(assay_json_peek_string(assay_json_nth(axes, 0)), "item") == 0;
}

/* Decodes the arrays that are to be cut, and adds up what an item takes in them. */
static gboolean
decode_items(AssaySample *sample, size_t *item_bytes, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);
    size_t n_items = assay_sample_n_items(sample);

    *item_bytes = 0;
    for (size_t i = 0; fields[i] != NULL; i++) {
        const AssayArray *array;

        if (!has_item_axis(sample, fields[i]))
            continue;
        array = assay_sample_field(sample, fields[i], error);
        if (array == NULL)
            return FALSE;
        if (array->shape[0] != n_items) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                        "%s: field \"%s\" has %" G_GSIZE_FORMAT
                        " items, the sample %" G_GSIZE_FORMAT,
                        assay_sample_name(sample), fields[i], array->shape[0], n_items);
            return FALSE;
        }
        if (n_items > 0)
            *item_bytes += assay_array_bytes(array) / n_items;
    }
    return TRUE;
}

static char *
piece_name(const AssaySample *sample, unsigned int index)
{
    return g_strdup_printf("%s/%06u", assay_sample_name(sample), index);
}

static gboolean
put_piece(AssayWriter *self, AssaySample *sample, size_t start, size_t count, GError **error)
{
    g_autoptr(AssayJson) shared = assay_record_meta(sample, (const char *const *)self->only);
    g_autoptr(AssayJson) meta = assay_json_copy(shared);
    g_autofree char *name = piece_name(sample, self->n_pieces++);
    AssayMember member;

    assay_json_set_integer(meta, "item_start", (gint64)(assay_sample_item_start(sample) + start));
    assay_json_set_integer(meta, "items", (gint64)count);
    if (!begin_record(self, name, meta, error))
        return FALSE;
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        gboolean cut = member.field != NULL && has_item_axis(sample, member.field);

        if (wants(self, &member) &&
            !put_member(self, name, &member, cut ? start : 0, cut ? count : G_MAXSIZE, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
put_pieces(AssayWriter *self, AssaySample *sample, GError **error)
{
    size_t n_items = assay_sample_n_items(sample), item_bytes, step, at = 0;

    if (!decode_items(sample, &item_bytes, error))
        return FALSE;
    /* Items that take no room, whatever their number, need one piece. */
    step = item_bytes == 0 ? n_items : MAX(ASSAY_STREAM_PIECE / item_bytes, 1);
    do {
        size_t count = MIN(step, n_items - at);

        if (!put_piece(self, sample, at, count, error))
            return FALSE;
        at += count;
    } while (at < n_items);
    return TRUE;
}

/* Whether @sample cannot follow in this segment: it has another origin, or its record the name of
 * the one before it, so that a reader would take them for one. */
static gboolean
needs_segment(const AssayWriter *self, AssaySample *sample, gboolean continues)
{
    const AssayJson *stages = assay_sample_stages(sample);
    g_autofree char *piece = NULL;

    if (!self->in_segment)
        return TRUE;
    if (stages != self->stages && !assay_json_equal(stages, self->stages))
        return TRUE;
    if (assay_sample_has_items(sample))
        piece = piece_name(sample, continues ? self->n_pieces : 0);
    return g_strcmp0(self->last_record, piece != NULL ? piece : assay_sample_name(sample)) == 0;
}

static gboolean
goes_on(const AssayWriter *self, const AssaySample *sample)
{
    return assay_pieces_go_on(&self->pieces, assay_sample_name(sample),
                              assay_sample_has_items(sample), assay_sample_item_start(sample));
}

void
assay_writer_prepare(const AssayWriter *self, AssaySample *sample)
{
    assay_record_prepare(sample, (const char *const *)self->only);
}

gboolean
assay_writer_put(AssayWriter *self, AssaySample *sample, GError **error)
{
    if (needs_segment(self, sample, goes_on(self, sample)) &&
        ((self->in_segment && !end_segment(self, error)) ||
         !begin_segment(self, assay_sample_stages(sample), error)))
        return FALSE;
    if (!assay_pieces_add_sample(&self->pieces, sample)) {
        self->n_samples++;
        self->n_pieces = 0;
    }
    if (assay_sample_has_items(sample))
        return put_pieces(self, sample, error);
    if (sample->record == NULL)
        return put_whole(self, sample, error);
    count_record(self, sample->name);
    return assay_tar_writer_members(self->tar, sample->record->str, sample->record->len, error);
}

gboolean
assay_writer_close(AssayWriter *self, GError **error)
{
    /* A stream without samples still has a head, and an end that says what was skipped. */
    if (!self->in_segment && (self->tar == NULL || self->skips->len > 0) &&
        !begin_segment(self, self->stages, error))
        return FALSE;
    if (self->in_segment && !end_segment(self, error))
        return FALSE;
    return assay_tar_writer_end(self->tar, error) && assay_output_close(self->output, error);
}
