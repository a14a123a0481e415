/* stream/writer.c - samples into a tar; head, pieces, end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "npy.h"
#include "stream.h"
#include "tar.h"

struct AssayWriter {
    AssayOutput *output;
    AssayTarWriter *tar;
    AssayJson *stage;
    char **only;
    gboolean in_segment;
    AssayJson *stages; /* of the samples of this segment, before our own stage */
    guint64 n_samples;     /* of this segment */
    guint64 n_records;     /* samples and pieces, which is what a reader can count */
    char *last_name;       /* of the sample whose pieces are being written */
    size_t next_item;      /* where its next piece must start */
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
    g_free(self->last_name);
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
    g_ptr_array_add(self->skips, assay_skip_new(skip->name, skip->reason, skip->accepted));
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

static gboolean
begin_segment(AssayWriter *self, const AssayJson *stages, GError **error)
{
    g_autoptr(AssayJson) head = assay_json_object();
    AssayJson *list = stages == NULL ? assay_json_array() : assay_json_copy(stages);

    if (self->tar == NULL) {
        self->tar = assay_tar_writer_new(self->output, error);
        if (self->tar == NULL) {
            assay_json_unref(list);
            return FALSE;
        }
    }
    if (self->stage != NULL)
        assay_json_append_take(list, assay_json_ref(self->stage));
    assay_json_set_string(head, "format", "assay-stream");
    assay_json_set_integer(head, "version", ASSAY_STREAM_VERSION);
    assay_json_set_take(head, "stages", list);
    assay_json_unref(self->stages);
    self->stages = stages == NULL ? NULL : assay_json_ref(stages);
    self->in_segment = TRUE;
    self->n_samples = self->n_records = 0;
    g_clear_pointer(&self->last_name, g_free);
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
        assay_json_append_take(skipped, entry);
    }
    assay_json_set_integer(end, "samples", (gint64)self->n_samples);
    assay_json_set_integer(end, "records", (gint64)self->n_records);
    assay_json_set_take(end, "skipped", skipped);
    g_ptr_array_set_size(self->skips, 0);
    self->in_segment = FALSE;
    return put_json(self, "__stream__/end.json", end, error);
}

static gboolean
wants(const AssayWriter *self, const AssayMember *member)
{
    if (self->only == NULL)
        return TRUE;
    return member->field != NULL && g_strv_contains((const char *const *)self->only, member->field);
}

/* Entries @start to @start + @count of the first axis of @array, or all of it where @count is
 * G_MAXSIZE. */
static gboolean
put_array(AssayWriter *self, const char *path, const AssayArray *array, size_t start, size_t count,
          GError **error)
{
    g_autoptr(GByteArray) header = g_byte_array_new();
    size_t shape[ASSAY_MAX_AXES], row = 0, bytes = assay_array_bytes(array);
    const char *data = array->data;

    memcpy(shape, array->shape, sizeof shape);
    if (count != G_MAXSIZE) {
        row = shape[0] > 0 ? bytes / shape[0] : 0;
        shape[0] = count;
        bytes = row * count;
        data += row * start;
    }
    assay_npy_append_header(header, array->type, array->n_axes, shape);
    return assay_tar_writer_begin(self->tar, path, header->len + bytes, error) &&
           assay_tar_writer_data(self->tar, header->data, header->len, error) &&
           assay_tar_writer_data(self->tar, data, bytes, error);
}

static gboolean
put_bytes(AssayWriter *self, const char *path, GBytes *bytes, GError **error)
{
    size_t size;
    const void *data = g_bytes_get_data(bytes, &size);

    return assay_tar_writer_begin(self->tar, path, size, error) &&
           assay_tar_writer_data(self->tar, data, size, error);
}

/* The metadata without the fields that --only leaves out. */
static AssayJson *
written_meta(const AssayWriter *self, AssaySample *sample)
{
    AssayJson *meta = assay_json_copy(assay_sample_meta(sample));
    AssayJson *fields = assay_json_get(meta, "fields");

    if (self->only != NULL && fields != NULL && assay_json_kind(fields) == ASSAY_JSON_OBJECT) {
        g_autofree const char **names = assay_json_keys(fields);

        for (size_t i = 0; names[i] != NULL; i++) {
            if (!g_strv_contains((const char *const *)self->only, names[i]))
                assay_json_unset(fields, names[i]);
        }
    }
    return meta;
}

static gboolean
put_whole(AssayWriter *self, AssaySample *sample, GError **error)
{
    g_autoptr(AssayJson) meta = written_meta(self, sample);
    g_autofree char *json = g_strdup_printf("%s.json", assay_sample_name(sample));
    AssayMember member;

    self->n_records++;
    if (!put_json(self, json, meta, error))
        return FALSE;
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        g_autofree char *path =
            g_strdup_printf("%s.%s", assay_sample_name(sample), member.suffix);

        if (!wants(self, &member))
            continue;
        /* Bytes that came from a stream are handed on as they came, decoded or not. */
        if (member.bytes != NULL ? !put_bytes(self, path, member.bytes, error)
                                 : !put_array(self, path, member.array, 0, G_MAXSIZE, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
has_item_axis(const AssayArray *array)
{
    return array->n_axes > 0 && strcmp(array->axes[0], "item") == 0;
}

/* Every array of a sample with items must be decoded before it can be cut. */
static gboolean
decode_all(AssaySample *sample, size_t *item_bytes, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);
    size_t n_items = assay_sample_n_items(sample);

    *item_bytes = 0;
    for (size_t i = 0; fields[i] != NULL; i++) {
        const AssayArray *array = assay_sample_field(sample, fields[i], error);

        if (array == NULL)
            return FALSE;
        if (!has_item_axis(array))
            continue;
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

static gboolean
put_piece(AssayWriter *self, AssaySample *sample, size_t start, size_t count, GError **error)
{
    g_autoptr(AssayJson) meta = written_meta(self, sample);
    g_autofree char *name =
        g_strdup_printf("%s/%06u", assay_sample_name(sample), self->n_pieces++);
    g_autofree char *json = g_strdup_printf("%s.json", name);
    AssayMember member;

    assay_json_set_integer(meta, "item_start",
                           (gint64)(assay_sample_item_start(sample) + start));
    assay_json_set_integer(meta, "items", (gint64)count);
    self->n_records++;
    self->n_records++;
    if (!put_json(self, json, meta, error))
        return FALSE;
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        g_autofree char *path = g_strdup_printf("%s.%s", name, member.suffix);
        gboolean cut = member.array != NULL && has_item_axis(member.array);

        if (!wants(self, &member))
            continue;
        if (cut ? !put_array(self, path, member.array, start, count, error)
            : member.bytes != NULL
                ? !put_bytes(self, path, member.bytes, error)
                : !put_array(self, path, member.array, 0, G_MAXSIZE, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
put_pieces(AssayWriter *self, AssaySample *sample, GError **error)
{
    size_t n_items = assay_sample_n_items(sample), item_bytes, step, at = 0;

    if (!decode_all(sample, &item_bytes, error))
        return FALSE;
    step = MAX(ASSAY_STREAM_PIECE / MAX(item_bytes, 1), 1);
    do {
        size_t count = MIN(step, n_items - at);

        if (!put_piece(self, sample, at, count, error))
            return FALSE;
        at += count;
    } while (at < n_items);
    return TRUE;
}

/* Whether @sample is the next piece of the sample written last. */
static gboolean
is_continuation(const AssayWriter *self, AssaySample *sample)
{
    return self->last_name != NULL && assay_sample_has_items(sample) &&
           assay_sample_item_start(sample) > 0 &&
           assay_sample_item_start(sample) == self->next_item &&
           strcmp(self->last_name, assay_sample_name(sample)) == 0;
}

gboolean
assay_writer_put(AssayWriter *self, AssaySample *sample, GError **error)
{
    const AssayJson *stages = assay_sample_stages(sample);

    if (self->in_segment && stages != self->stages && !assay_json_equal(stages, self->stages) &&
        !end_segment(self, error))
        return FALSE;
    if (!self->in_segment && !begin_segment(self, stages, error))
        return FALSE;
    if (!is_continuation(self, sample)) {
        self->n_samples++;
        self->n_pieces = 0;
        g_free(self->last_name);
        self->last_name = g_strdup(assay_sample_name(sample));
    }
    self->next_item = assay_sample_item_start(sample) + assay_sample_n_items(sample);
    if (assay_sample_has_items(sample))
        return put_pieces(self, sample, error);
    return put_whole(self, sample, error);
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
