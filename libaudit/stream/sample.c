/* stream/sample.c - what a sample has: a name, metadata, fields, items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample-private.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "npy.h"

static void
free_member(gpointer data)
{
    AssaySampleMember *member = data;

    g_free(member->suffix);
    g_free(member->field);
    assay_array_free(member->array);
    if (member->bytes != NULL)
        g_bytes_unref(member->bytes);
    g_free(member);
}

AssaySample *
assay_sample_new(const char *name)
{
    AssaySample *self = g_new0(AssaySample, 1);

    self->name = g_strdup(name);
    self->meta = assay_json_object();
    self->members = g_ptr_array_new_with_free_func(free_member);
    self->n_items = 1;
    self->max_bytes = ASSAY_MAX_SAMPLE;
    return self;
}

void
assay_sample_free(AssaySample *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    assay_json_unref(self->meta);
    assay_json_unref(self->stages);
    assay_content_free(self->content);
    g_ptr_array_unref(self->members);
    if (self->record != NULL)
        g_string_free(self->record, TRUE);
    g_free(self);
}

const char *
assay_sample_name(const AssaySample *self)
{
    return self->name;
}

AssayJson *
assay_sample_meta(AssaySample *self)
{
    return self->meta;
}

const AssayJson *
assay_sample_source(AssaySample *self)
{
    return assay_json_get(self->meta, "source");
}

void
assay_sample_set_source(AssaySample *self, const char *path, const char *format, const char *sha256)
{
    AssayJson *source = assay_json_object();

    assay_json_set_string(source, "path", path);
    assay_json_set_string(source, "format", format);
    assay_json_set_string(source, "sha256", sha256);
    assay_json_set_take(self->meta, "source", source);
}

void
assay_sample_take_content(AssaySample *self, AssayContent *content)
{
    assay_content_free(self->content);
    self->content = content;
}

AssayContent *
assay_sample_content(const AssaySample *self)
{
    return self->content;
}

const AssayJson *
assay_sample_stages(const AssaySample *self)
{
    return self->stages;
}

void
assay_sample_set_stages(AssaySample *self, const AssayJson *stages)
{
    AssayJson *old = self->stages;

    self->stages = stages == NULL ? NULL : assay_json_ref(stages);
    assay_json_unref(old);
}

static AssaySampleMember *
find_field(const AssaySample *self, const char *field)
{
    for (guint i = 0; i < self->members->len; i++) {
        AssaySampleMember *member = g_ptr_array_index(self->members, i);

        if (member->field != NULL && strcmp(member->field, field) == 0)
            return member;
    }
    return NULL;
}

gboolean
assay_sample_has(const AssaySample *self, const char *field)
{
    return find_field(self, field) != NULL;
}

const char **
assay_sample_fields(const AssaySample *self)
{
    const char **names = g_new(const char *, self->members->len + 1);
    size_t n = 0;

    for (guint i = 0; i < self->members->len; i++) {
        const AssaySampleMember *member = g_ptr_array_index(self->members, i);

        if (member->field != NULL)
            names[n++] = member->field;
    }
    names[n] = NULL;
    return names;
}

const AssayJson *
assay_sample_field_meta(AssaySample *self, const char *field)
{
    return assay_json_get(assay_json_get(self->meta, "fields"), field);
}

/* Axis names come from the metadata; a foreign array has none and keeps axis0, axis1 ... */
static gboolean
name_axes(AssaySample *self, const char *field, AssayArray *array, GError **error)
{
    const AssayJson *axes = assay_json_get(assay_sample_field_meta(self, field), "axes");
    const char *names[ASSAY_MAX_AXES + 1] = { NULL };

    if (axes == NULL)
        return TRUE;
    if (assay_json_kind(axes) != ASSAY_JSON_ARRAY || assay_json_size(axes) != array->n_axes) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\": the array has %" G_GSIZE_FORMAT
                    " axes, its metadata name %" G_GSIZE_FORMAT,
                    self->name, field, array->n_axes, assay_json_size(axes));
        return FALSE;
    }
    for (size_t i = 0; i < array->n_axes; i++) {
        names[i] = assay_json_peek_string(assay_json_nth(axes, i));
        if (names[i] == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                        "%s: field \"%s\": an axis name in its metadata is not a string",
                        self->name, field);
            return FALSE;
        }
    }
    assay_array_name_axes(array, names);
    return TRUE;
}

/* What makes @field of what @self has: "" where nothing does. */
static const char *
advise(const AssaySample *self, const char *field)
{
    static const struct {
        const char *field, *of, *advice;
    } ways[] = {
        { "notes", "roll", "; assay-notes makes it of roll" },
        { "roll", "notes", "; assay-roll makes it of notes" },
        { "chroma", "roll", "; assay-chroma makes it of roll" },
        { "chroma", "audio", "; assay-chroma --from=audio makes it of audio" },
        { "audio", "notes", "; assay-render makes it of notes" },
        { "mel", "audio", "; assay-mel makes it of audio" },
        { "pixels", "array", "; assay-image makes it of array" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
        if (strcmp(field, ways[i].field) == 0 && assay_sample_has(self, ways[i].of))
            return ways[i].advice;
    }
    return "";
}

const AssayArray *
assay_sample_field(AssaySample *self, const char *field, GError **error)
{
    AssaySampleMember *member = find_field(self, field);
    g_autoptr(AssayArray) array = NULL;
    g_autofree char *name = NULL;

    if (member == NULL) {
        g_autofree const char **fields = assay_sample_fields(self);
        g_autofree char *list = g_strjoinv(", ", (char **)fields);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: no field \"%s\"; it has %s%s",
                    self->name, field, list[0] != '\0' ? list : "none", advise(self, field));
        return NULL;
    }
    if (member->array != NULL)
        return member->array;
    name = g_strdup_printf("%s: field \"%s\"", self->name, field);
    array = assay_npy_parse_bytes(member->bytes, name, self->max_bytes, error);
    if (array == NULL || !name_axes(self, field, array, error))
        return NULL;
    member->array = g_steal_pointer(&array);
    return member->array;
}

static AssayJson *
fields_meta(AssaySample *self)
{
    AssayJson *fields = assay_json_get(self->meta, "fields");

    if (fields == NULL || assay_json_kind(fields) != ASSAY_JSON_OBJECT) {
        assay_json_set_take(self->meta, "fields", assay_json_object());
        fields = assay_json_get(self->meta, "fields");
    }
    return fields;
}

/* Whether @meta has the names of the axes already, from the field that it was of before. */
static gboolean
names_axes(const AssayJson *meta, const AssayArray *array)
{
    const AssayJson *axes = assay_json_get(meta, "axes");
    gboolean are_same = axes != NULL && assay_json_kind(axes) == ASSAY_JSON_ARRAY &&
                        assay_json_size(axes) == array->n_axes;

    for (size_t i = 0; are_same && i < array->n_axes; i++)
        are_same = g_strcmp0(assay_json_peek_string(assay_json_nth(axes, i)), array->axes[i]) == 0;
    return are_same;
}

static void
set_axes(AssayJson *meta, const AssayArray *array)
{
    AssayJson *axes = assay_json_array();

    for (size_t i = 0; i < array->n_axes; i++)
        assay_json_append_take(axes, assay_json_string(array->axes[i]));
    assay_json_set_take(meta, "axes", axes);
}

void
assay_sample_take_field(AssaySample *self, const char *field, AssayArray *array, AssayJson *meta)
{
    AssaySampleMember *member = find_field(self, field);

    if (meta == NULL)
        meta = assay_json_object();
    if (!names_axes(meta, array)) {
        meta = assay_json_own(meta);
        set_axes(meta, array);
    }
    assay_json_set_take(fields_meta(self), field, meta);
    if (member == NULL) {
        member = g_new0(AssaySampleMember, 1);
        member->field = g_strdup(field);
        member->suffix = g_strconcat(field, ".npy", NULL);
        g_ptr_array_add(self->members, member);
    }
    assay_array_free(member->array);
    g_clear_pointer(&member->bytes, g_bytes_unref);
    member->array = array;
}

void
assay_sample_remove_field(AssaySample *self, const char *field)
{
    AssaySampleMember *member = find_field(self, field);

    if (member == NULL)
        return;
    assay_json_unset(fields_meta(self), field);
    g_ptr_array_remove(self->members, member);
}

void
assay_sample_drop_members(AssaySample *self)
{
    g_ptr_array_set_size(self->members, 0);
}

AssayArray *
assay_sample_steal_field(AssaySample *self, const char *field, GError **error)
{
    const AssayArray *found = assay_sample_field(self, field, error);
    AssayArray *array;

    if (found == NULL)
        return NULL;
    array = found->lender == NULL ? g_steal_pointer(&find_field(self, field)->array)
                                  : assay_array_copy(found, error);
    if (array != NULL)
        assay_sample_remove_field(self, field);
    return array;
}

gboolean
assay_sample_has_items(const AssaySample *self)
{
    return self->has_items;
}

size_t
assay_sample_n_items(const AssaySample *self)
{
    return self->n_items;
}

size_t
assay_sample_item_start(const AssaySample *self)
{
    return self->item_start;
}

void
assay_sample_set_items(AssaySample *self, size_t start, size_t n_items)
{
    self->has_items = TRUE;
    self->item_start = start;
    self->n_items = n_items;
    self->n_whole = 0;
}

void
assay_sample_unset_items(AssaySample *self)
{
    self->has_items = FALSE;
    self->item_start = 0;
    self->n_items = 1;
    self->n_whole = 0;
}

void
assay_sample_set_whole(AssaySample *self, size_t n_items)
{
    self->n_whole = n_items;
}

size_t
assay_sample_whole(const AssaySample *self)
{
    return self->n_whole;
}

char *
assay_sample_identity(const AssaySample *self, size_t item)
{
    char index[ASSAY_TEXT_INDEX_SIZE] = "";

    if (self->has_items)
        assay_text_put_index(index, item);
    return g_strconcat(self->name, index, NULL);
}

void
assay_sample_blame(const AssaySample *self, size_t item, GError **error)
{
    if (self->has_items)
        assay_error_blame_item(error, self->item_start + item);
}

size_t
assay_sample_bytes(const AssaySample *self)
{
    size_t total = 1024 + (self->content != NULL ? assay_content_held(self->content) : 0);

    if (self->record != NULL)
        total += self->record->allocated_len;
    for (guint i = 0; i < self->members->len; i++) {
        const AssaySampleMember *member = g_ptr_array_index(self->members, i);

        total += 128;
        if (member->array != NULL && (member->array->lender == NULL || member->bytes == NULL))
            total += assay_array_bytes(member->array);
        if (member->bytes != NULL)
            total += g_bytes_get_size(member->bytes);
    }
    return total;
}

gboolean
assay_sample_member(const AssaySample *self, size_t index, AssayMember *member)
{
    const AssaySampleMember *found;

    if (index >= self->members->len)
        return FALSE;
    found = g_ptr_array_index(self->members, (guint)index);
    *member = (AssayMember){ found->suffix, found->field, found->array, found->bytes };
    return TRUE;
}
