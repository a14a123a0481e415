/* stream/record.c - the record of a sample in a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "record-private.h"

#include <string.h>

#include "npy.h"
#include "sample-private.h"
#include "ustar-private.h"

enum {
    MAX_BYTES = 1 << 16, /* of the members of one that is printed: copying that costs nothing */
    META_ROOM = 1024,    /* of most metadata */
    MAX_PATH = 100,      /* that of a plain header is shorter */
};

gboolean
assay_record_wants(const char *const *only, const AssayMember *member)
{
    if (only == NULL)
        return TRUE;
    return member->field != NULL && g_strv_contains(only, member->field);
}

AssayJson *
assay_record_meta(AssaySample *sample, const char *const *only)
{
    AssayJson *meta, *fields;

    if (only == NULL)
        return assay_json_ref(assay_sample_meta(sample));
    meta = assay_json_copy(assay_sample_meta(sample));
    fields = assay_json_get(meta, "fields");
    if (fields != NULL && assay_json_kind(fields) == ASSAY_JSON_OBJECT) {
        g_autofree const char **names = assay_json_keys(fields);

        for (size_t i = 0; names[i] != NULL; i++) {
            if (!g_strv_contains(only, names[i]))
                assay_json_unset(fields, names[i]);
        }
    }
    return meta;
}

static size_t
member_bytes(const AssayMember *member)
{
    return member->bytes != NULL ? g_bytes_get_size(member->bytes)
                                 : ASSAY_NPY_PRINTED_SIZE + assay_array_bytes(member->array);
}

/* What is to be printed takes at most, but for the metadata; FALSE where that is much. */
static gboolean
measure(const AssaySample *sample, const char *const *only, size_t *room)
{
    AssayMember member;

    *room = 0;
    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        size_t bytes = assay_record_wants(only, &member) ? member_bytes(&member) : 0;

        if (bytes > MAX_BYTES - *room)
            return FALSE;
        *room += bytes;
    }
    return TRUE;
}

/* The header of a member, to be filled in once it is known how long it is. */
static size_t
begin_member(GString *out)
{
    size_t at = out->len;

    g_string_set_size(out, at + ASSAY_TAR_BLOCK);
    return at;
}

static gboolean
end_member(GString *out, size_t at, const char *name, const char *suffix)
{
    static const char zeros[ASSAY_TAR_BLOCK];
    size_t size = out->len - at - ASSAY_TAR_BLOCK, n_name = strlen(name), n = strlen(suffix);
    char path[MAX_PATH + 1];

    if (n_name + 1 + n > MAX_PATH)
        return FALSE;
    memcpy(path, name, n_name);
    path[n_name] = '.';
    memcpy(path + n_name + 1, suffix, n + 1);
    g_string_append_len(out, zeros,
                        (gssize)((ASSAY_TAR_BLOCK - size % ASSAY_TAR_BLOCK) % ASSAY_TAR_BLOCK));
    return assay_ustar_header((guint8 *)out->str + at, path, size);
}

static void
append_member(GString *out, const AssayMember *member)
{
    char header[ASSAY_NPY_PRINTED_SIZE];
    const AssayArray *array = member->array;
    size_t size;

    if (member->bytes != NULL) {
        const char *data = g_bytes_get_data(member->bytes, &size);

        g_string_append_len(out, data, (gssize)size);
        return;
    }
    size = assay_npy_print_header(header, array->type, array->n_axes, array->shape);
    g_string_append_len(out, header, (gssize)size);
    g_string_append_len(out, array->data, (gssize)assay_array_bytes(array));
}

static gboolean
print_members(AssaySample *sample, const char *const *only, GString *out)
{
    const char *name = assay_sample_name(sample);
    AssayMember member;

    for (size_t i = 0; assay_sample_member(sample, i, &member); i++) {
        size_t at;

        if (!assay_record_wants(only, &member))
            continue;
        at = begin_member(out);
        append_member(out, &member);
        if (!end_member(out, at, name, member.suffix))
            return FALSE;
    }
    return TRUE;
}

/* NULL where it is better written in parts. */
static GString *
print_record(AssaySample *sample, const char *const *only)
{
    size_t n_blocks = 2 * (1 + (size_t)sample->members->len), room;
    g_autoptr(AssayJson) meta = NULL;
    g_autoptr(GString) out = NULL;

    if (sample->has_items || !assay_ustar_is_plain(sample->name) || !measure(sample, only, &room))
        return NULL;
    out = g_string_sized_new(META_ROOM + n_blocks * ASSAY_TAR_BLOCK + room);
    meta = assay_record_meta(sample, only);
    begin_member(out);
    assay_json_print(out, meta);
    g_string_append_c(out, '\n');
    if (!end_member(out, 0, sample->name, "json") || !print_members(sample, only, out))
        return NULL;
    return g_steal_pointer(&out);
}

void
assay_record_prepare(AssaySample *sample, const char *const *only)
{
    sample->record = print_record(sample, only);
    if (sample->record == NULL)
        return;
    g_ptr_array_set_size(sample->members, 0);
    g_clear_pointer(&sample->meta, assay_json_unref);
}
