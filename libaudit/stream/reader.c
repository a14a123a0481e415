/* stream/reader.c - a tar, member by member, into samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "archive-private.h"
#include "stream.h"

struct AssayReader {
    AssayArchiveReader *tar;
    size_t max_bytes;
    AssayJson *stages; /* of the segment being read; NULL outside of one */
    gboolean in_segment;
    guint64 n_records;  /* samples and pieces of this segment */
    AssaySample *ahead; /* a sample that is still gathering members */
    GPtrArray *skips;
    gboolean ended;
};

AssaySkip *
assay_skip_new(const char *name, const char *reason, gboolean accepted)
{
    AssaySkip *self = g_new0(AssaySkip, 1);

    self->name = g_strdup(name);
    self->reason = g_strdup(reason);
    self->accepted = accepted;
    return self;
}

AssaySkip *
assay_skip_copy(const AssaySkip *self)
{
    AssaySkip *copy = assay_skip_new(self->name, self->reason, self->accepted);

    copy->item_start = self->item_start;
    copy->n_items = self->n_items;
    return copy;
}

void
assay_skip_free(AssaySkip *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    g_free(self->reason);
    g_free(self);
}

AssayReader *
assay_reader_new(AssayInput *input, size_t max_bytes, GError **error)
{
    AssayArchiveReader *tar = assay_archive_reader_new(input, ASSAY_ARCHIVE_TAR, error);
    AssayReader *self;

    if (tar == NULL)
        return NULL;
    self = g_new0(AssayReader, 1);
    self->tar = tar;
    self->max_bytes = max_bytes;
    self->skips = g_ptr_array_new_with_free_func((GDestroyNotify)assay_skip_free);
    return self;
}

void
assay_reader_free(AssayReader *self)
{
    if (self == NULL)
        return;
    assay_archive_reader_free(self->tar);
    assay_json_unref(self->stages);
    assay_sample_free(self->ahead);
    g_ptr_array_unref(self->skips);
    g_free(self);
}

GPtrArray *
assay_reader_take_skips(AssayReader *self)
{
    GPtrArray *skips = self->skips;

    self->skips = g_ptr_array_new_with_free_func((GDestroyNotify)assay_skip_free);
    return skips;
}

static gboolean
truncated(AssayReader *self, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                "%s: the stream stops after %" G_GUINT64_FORMAT
                " samples, without its end record: the program that wrote it did not finish",
                assay_archive_reader_name(self->tar), self->n_records);
    return FALSE;
}

static gboolean
read_head(AssayReader *self, const AssayJson *head, const char *name, GError **error)
{
    AssayJsonAt root = { NULL, name, 0, head }, at;
    const char *format;
    guint64 version;

    if (!assay_json_at_member(&root, "format", &at, error) ||
        !assay_json_at_string(&at, &format, error))
        return FALSE;
    if (strcmp(format, "assay-stream") != 0)
        return assay_json_at_error(&at, error, "is \"%s\", not \"assay-stream\"", format);
    if (!assay_json_at_member(&root, "version", &at, error) ||
        !assay_json_at_count(&at, &version, error))
        return FALSE;
    if (version != ASSAY_STREAM_VERSION)
        return assay_json_at_error(&at, error,
                                   "is %" G_GUINT64_FORMAT "; this program reads version %d",
                                   version, ASSAY_STREAM_VERSION);
    if (!assay_json_at_member(&root, "stages", &at, error) ||
        !assay_json_at_kind(&at, ASSAY_JSON_ARRAY, error))
        return FALSE;
    assay_json_unref(self->stages);
    self->stages = assay_json_ref(at.value);
    self->in_segment = TRUE;
    self->n_records = 0;
    return TRUE;
}

/* Which items of the sample were left out, where it was not all of them. */
static gboolean
read_items(const AssayJsonAt *at, AssaySkip *skip, GError **error)
{
    guint64 start, n_items;
    AssayJsonAt member;

    if (assay_json_get(at->value, "items") == NULL)
        return TRUE;
    if (!assay_json_at_member(at, "item_start", &member, error) ||
        !assay_json_at_count(&member, &start, error) ||
        !assay_json_at_member(at, "items", &member, error) ||
        !assay_json_at_count(&member, &n_items, error))
        return FALSE;
    skip->item_start = start;
    skip->n_items = n_items;
    return TRUE;
}

static gboolean
read_skip(AssayReader *self, const AssayJsonAt *at, GError **error)
{
    const char *name, *reason;
    AssayJsonAt member;
    AssaySkip *skip;

    if (!assay_json_at_member(at, "name", &member, error) ||
        !assay_json_at_string(&member, &name, error) ||
        !assay_json_at_member(at, "reason", &member, error) ||
        !assay_json_at_string(&member, &reason, error) ||
        !assay_json_at_member(at, "accepted", &member, error))
        return FALSE;
    skip = assay_skip_new(name, reason, assay_json_is_true(member.value));
    g_ptr_array_add(self->skips, skip);
    return read_items(at, skip, error);
}

static gboolean
read_end(AssayReader *self, const AssayJson *end, const char *name, GError **error)
{
    AssayJsonAt root = { NULL, name, 0, end }, at, element;
    guint64 n_records;

    if (!self->in_segment)
        return assay_json_at_error(&root, error, "no head came before it");
    if (!assay_json_at_member(&root, "records", &at, error) ||
        !assay_json_at_count(&at, &n_records, error))
        return FALSE;
    if (n_records != self->n_records)
        return assay_json_at_error(&at, error,
                                   "is %" G_GUINT64_FORMAT ", but %" G_GUINT64_FORMAT
                                   " samples and pieces came before it",
                                   n_records, self->n_records);
    if (!assay_json_at_member(&root, "skipped", &at, error) ||
        !assay_json_at_kind(&at, ASSAY_JSON_ARRAY, error))
        return FALSE;
    for (size_t i = 0; i < assay_json_size(at.value); i++) {
        if (!assay_json_at_element(&at, i, &element, error) || !read_skip(self, &element, error))
            return FALSE;
    }
    g_clear_pointer(&self->stages, assay_json_unref);
    self->in_segment = FALSE;
    return TRUE;
}

/* Members of __stream__/: the head and the end; anything else there is for later versions. */
static gboolean
read_record(AssayReader *self, const char *path, GError **error)
{
    gboolean is_head = strcmp(path, "__stream__/head.json") == 0;
    gboolean is_end = strcmp(path, "__stream__/end.json") == 0;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssayJson) record = NULL;
    g_autoptr(GError) fault = NULL;
    g_autofree char *name = NULL;
    const void *data;
    size_t size;

    if (!is_head && !is_end)
        return TRUE;
    bytes = assay_archive_reader_bytes(self->tar, ASSAY_SAMPLE_MAX_JSON, error);
    if (bytes == NULL)
        return FALSE;
    if (is_head && self->in_segment)
        return truncated(self, error);
    data = g_bytes_get_data(bytes, &size);
    name = g_strdup_printf("%s: %s", assay_archive_reader_name(self->tar), path);
    record = assay_json_parse(data, size, name, &fault);
    if (record != NULL &&
        (is_head ? read_head(self, record, name, &fault) : read_end(self, record, name, &fault)))
        return TRUE;
    /* Whatever pointer it names, it is no spec that is wrong here. */
    g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, fault->message);
    return FALSE;
}

/* "a/b.roll.npy" is member "roll.npy" of sample "a/b": the first dot of the last component parts
 * them, as WebDataset has it. NULL for what belongs to no sample. */
static const char *
split_path(char *path)
{
    char *base = strrchr(path, '/');
    char *dot = strchr(base == NULL ? path : base + 1, '.');

    if (dot == NULL || dot == path || dot[-1] == '/' || dot[1] == '\0')
        return NULL;
    *dot = '\0';
    return dot + 1;
}

/* Without empty, "." and ".." components, so that it cannot climb out of a folder it is unpacked
 * in. Names in a stream of ours are escaped already, but whoever wrote it may not have kept to
 * that. */
static char *
clean_path(const AssayReader *self, const char *path)
{
    g_autoptr(GString) clean = g_string_new(NULL);

    for (const char *at = path; *at != '\0';) {
        size_t length = strcspn(at, "/");
        gboolean is_step = length == 0 || (at[0] == '.' && length == 1) ||
                           (at[0] == '.' && at[1] == '.' && length == 2);

        if (!is_step) {
            if (clean->len > 0)
                g_string_append_c(clean, '/');
            g_string_append_len(clean, at, (gssize)length);
        }
        at += length + (at[length] == '/');
    }
    return self->in_segment ? assay_text_escape_controls(clean->str)
                            : assay_text_escape_name(clean->str);
}

/* Members of a folder "__x__" are no samples, as WebDataset has it. */
static gboolean
is_reserved(const char *path)
{
    size_t length = strcspn(path, "/");

    return path[length] == '/' && length >= 4 && g_str_has_prefix(path, "__") &&
           path[length - 1] == '_' && path[length - 2] == '_';
}

/* One more member; *@done gets the sample that is complete with it, if one is. */
static gboolean
read_member(AssayReader *self, const char *raw_path, AssaySample **done, GError **error)
{
    g_autofree char *path = clean_path(self, raw_path);
    const char *suffix;
    g_autoptr(GBytes) bytes = NULL;
    size_t held;

    if (is_reserved(path)) {
        *done = g_steal_pointer(&self->ahead);
        return g_str_has_prefix(path, "__stream__/") ? read_record(self, path, error) : TRUE;
    }
    suffix = split_path(path);
    if (suffix == NULL)
        return TRUE;
    if (self->ahead != NULL && strcmp(assay_sample_name(self->ahead), path) != 0)
        *done = g_steal_pointer(&self->ahead);
    if (self->ahead == NULL) {
        self->ahead = assay_sample_new(path);
        assay_sample_set_stages(self->ahead, self->stages);
        self->n_records++;
    }
    held = assay_sample_bytes(self->ahead);
    bytes = assay_archive_reader_bytes(self->tar,
                                       self->max_bytes > held ? self->max_bytes - held : 0, error);
    return bytes != NULL && assay_sample_add_member(self->ahead, suffix, bytes, error);
}

gboolean
assay_reader_next(AssayReader *self, AssaySample **sample, GError **error)
{
    g_autoptr(AssaySample) done = NULL;

    *sample = NULL;
    while (done == NULL && !self->ended) {
        const char *path = NULL;

        if (!assay_archive_reader_next(self->tar, &path, error))
            return FALSE;
        if (path == NULL) {
            if (self->in_segment)
                return truncated(self, error);
            self->ended = TRUE;
            done = g_steal_pointer(&self->ahead);
        } else if (!read_member(self, path, &done, error)) {
            return FALSE;
        }
    }
    *sample = g_steal_pointer(&done);
    return TRUE;
}
