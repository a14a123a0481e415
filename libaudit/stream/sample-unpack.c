/* stream/sample-unpack.c - a sample made of the members of a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "sample-private.h"

/* Members are looked up one after the other; a sample with more of them is no sample. */
enum { MAX_MEMBERS = 4096 };

gboolean
assay_sample_add_member(AssaySample *self, const char *suffix, GBytes *bytes, GError **error)
{
    AssaySampleMember *member;

    if (self->members->len == MAX_MEMBERS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: more than %d members in one sample", self->name, MAX_MEMBERS);
        return FALSE;
    }
    for (guint i = 0; i < self->members->len; i++) {
        member = g_ptr_array_index(self->members, i);
        if (strcmp(member->suffix, suffix) == 0) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: two members \".%s\"",
                        self->name, suffix);
            return FALSE;
        }
    }
    member = g_new0(AssaySampleMember, 1);
    member->suffix = g_strdup(suffix);
    if (strcmp(suffix, "npy") == 0)
        member->field = g_strdup("array");
    else if (g_str_has_suffix(suffix, ".npy"))
        member->field = g_strndup(suffix, strlen(suffix) - 4);
    member->bytes = g_bytes_ref(bytes);
    g_ptr_array_add(self->members, member);
    return TRUE;
}

static gboolean
is_count(const AssayJson *value)
{
    return value != NULL && assay_json_kind(value) == ASSAY_JSON_INTEGER &&
           assay_json_peek_integer(value) >= 0;
}

/* A piece is called NAME/000000; the metadata's "item_start" tells it from a sample that happens to
 * be called so. */
static gboolean
unpack_items(AssaySample *self, GError **error)
{
    const AssayJson *start = assay_json_get(self->meta, "item_start");
    const AssayJson *count = assay_json_get(self->meta, "items");
    char *slash = strrchr(self->name, '/');

    if (start == NULL)
        return TRUE;
    if (!is_count(start) || !is_count(count) || slash == NULL ||
        assay_json_peek_integer(start) > G_MAXINT64 - assay_json_peek_integer(count)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                    "%s: \"item_start\" and \"items\" in its metadata are not those of a piece",
                    self->name);
        return FALSE;
    }
    assay_sample_set_items(self, (size_t)assay_json_peek_integer(start),
                           (size_t)assay_json_peek_integer(count));
    *slash = '\0';
    assay_json_unset(self->meta, "item_start");
    assay_json_unset(self->meta, "items");
    return TRUE;
}

gboolean
assay_sample_unpack(AssaySample *self, size_t max_bytes, GError **error)
{
    self->max_bytes = max_bytes;
    for (guint i = 0; i < self->members->len; i++) {
        AssaySampleMember *member = g_ptr_array_index(self->members, i);
        g_autofree char *name = NULL;
        AssayJson *meta;
        const void *data;
        size_t size;

        if (strcmp(member->suffix, "json") != 0)
            continue;
        name = g_strdup_printf("%s.json", self->name);
        data = g_bytes_get_data(member->bytes, &size);
        if (size > ASSAY_SAMPLE_MAX_JSON) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: %" G_GSIZE_FORMAT " bytes of metadata are more than are read", name,
                        size);
            return FALSE;
        }
        meta = assay_json_parse(data, size, name, error);
        if (meta == NULL)
            return FALSE;
        if (assay_json_kind(meta) != ASSAY_JSON_OBJECT) {
            assay_json_unref(meta);
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META, "%s: is not a JSON object", name);
            return FALSE;
        }
        assay_json_unref(self->meta);
        self->meta = meta;
        g_ptr_array_remove_index(self->members, i);
        break;
    }
    return unpack_items(self, error);
}
