/* stream/sample-slice.c - some of the items of a piece.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "sample-private.h"

/* As deep as stages change metadata in place: the object, and the objects in it. What they hold is
 * shared, labels of many items among it. */
static AssayJson *
copy_object(const AssayJson *object, guint depth)
{
    g_autofree const char **keys = assay_json_keys(object);
    AssayJson *copy = assay_json_object();

    for (size_t i = 0; keys[i] != NULL; i++) {
        const AssayJson *value = assay_json_get(object, keys[i]);

        assay_json_set_take(copy, keys[i],
                            depth > 0 && assay_json_kind(value) == ASSAY_JSON_OBJECT
                                ? copy_object(value, depth - 1)
                                : assay_json_ref(value));
    }
    return copy;
}

static AssaySampleMember *
copy_member(const AssaySampleMember *member)
{
    AssaySampleMember *copy = g_new0(AssaySampleMember, 1);

    copy->suffix = g_strdup(member->suffix);
    copy->field = g_strdup(member->field);
    return copy;
}

static gboolean
has_item_axis(AssaySample *self, const AssaySampleMember *member)
{
    const AssayJson *axes;

    if (member->array != NULL)
        return assay_array_axis(member->array, "item") == 0;
    if (member->field == NULL)
        return FALSE;
    axes = assay_json_get(assay_sample_field_meta(self, member->field), "axes");
    return g_strcmp0(assay_json_peek_string(assay_json_nth(axes, 0)), "item") == 0;
}

/* The items of one array; NULL where it does not have them. */
static AssaySampleMember *
cut_member(AssaySample *self, AssaySampleMember *member, size_t start, size_t count, GError **error)
{
    AssaySampleMember *copy;

    if (assay_sample_field(self, member->field, error) == NULL)
        return NULL;
    if (member->array->shape[0] != self->n_items) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has %" G_GSIZE_FORMAT " items, the sample %" G_GSIZE_FORMAT,
                    self->name, member->field, member->array->shape[0], self->n_items);
        return NULL;
    }
    assay_array_share(member->array);
    copy = copy_member(member);
    copy->array = assay_array_view(member->array, start, count);
    return copy;
}

/* What belongs to all items goes with any of them. */
static AssaySampleMember *
share_member(AssaySampleMember *member)
{
    AssaySampleMember *copy = copy_member(member);

    if (member->bytes != NULL) {
        copy->bytes = g_bytes_ref(member->bytes);
    } else {
        assay_array_share(member->array);
        copy->array = assay_array_view(member->array, 0, member->array->shape[0]);
    }
    return copy;
}

AssaySample *
assay_sample_slice(AssaySample *self, size_t start, size_t count, GError **error)
{
    g_autoptr(AssaySample) slice = assay_sample_new(self->name);
    gboolean is_all = start == 0 && count == self->n_items;

    assay_json_unref(slice->meta);
    slice->meta = copy_object(self->meta, 1);
    assay_sample_set_stages(slice, self->stages);
    assay_sample_set_items(slice, self->item_start + start, count);
    slice->max_bytes = self->max_bytes;
    for (guint i = 0; i < self->members->len; i++) {
        AssaySampleMember *member = g_ptr_array_index(self->members, i);
        gboolean is_shared = !has_item_axis(self, member) || (is_all && member->bytes != NULL);
        AssaySampleMember *copy =
            is_shared ? share_member(member) : cut_member(self, member, start, count, error);

        if (copy == NULL)
            return NULL;
        g_ptr_array_add(slice->members, copy);
    }
    return g_steal_pointer(&slice);
}
