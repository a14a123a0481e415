/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "npz.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "archive-private.h"

enum { MAX_MEMBERS = 65536, MAX_LISTED = 20 };

struct AssayNpz {
    AssayArchiveReader *zip;
    char *name;
    char *path, *array; /* of the member at hand */
    gboolean is_broken;
    GHashTable *paths; /* of all so far */
};

gboolean
assay_npz_sniff(const guint8 *data, size_t size)
{
    /* "PK\5\6": one without members */
    return size >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "PK\5\6", 4) == 0);
}

AssayNpz *
assay_npz_new(AssayInput *input, const char *name, GError **error)
{
    AssayArchiveReader *zip = assay_archive_reader_new(input, ASSAY_ARCHIVE_ZIP, error);
    AssayNpz *self;

    if (zip == NULL)
        return NULL;
    self = g_new0(AssayNpz, 1);
    self->zip = zip;
    self->name = g_strdup(name);
    self->paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void
assay_npz_free(AssayNpz *self)
{
    if (self == NULL)
        return;
    assay_archive_reader_free(self->zip);
    g_hash_table_unref(self->paths);
    g_free(self->name);
    g_free(self->path);
    g_free(self->array);
    g_free(self);
}

AssayInput *
assay_npz_input(const AssayNpz *self)
{
    return assay_archive_reader_input(self->zip);
}

gboolean
assay_npz_next(AssayNpz *self, AssayNpzMember *member, gboolean *is_member, GError **error)
{
    const char *path;

    *is_member = FALSE;
    if (!assay_archive_reader_next(self->zip, &path, error))
        return FALSE;
    if (path == NULL)
        return TRUE;
    g_free(self->path);
    self->path = assay_text_escape_name(path);
    g_free(self->array);
    self->array = g_str_has_suffix(self->path, ".npy")
                      ? g_strndup(self->path, strlen(self->path) - strlen(".npy"))
                      : NULL;
    if (!g_hash_table_add(self->paths, g_strdup(self->path))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: two members are called %s; nobody can tell which is meant", self->name,
                    self->path);
        return FALSE;
    }
    if (g_hash_table_size(self->paths) > MAX_MEMBERS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: more than %d members", self->name,
                    MAX_MEMBERS);
        return FALSE;
    }
    self->is_broken = FALSE;
    *member =
        (AssayNpzMember){ self->path, self->array, assay_archive_reader_is_encrypted(self->zip) };
    *is_member = TRUE;
    return TRUE;
}

static gboolean
read_member(gpointer user, void *data, size_t size, size_t *got, GError **error)
{
    AssayNpz *self = user;

    if (assay_archive_reader_is_encrypted(self->zip)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: member %s is encrypted; unpack it with its password first", self->name,
                    self->path);
        return FALSE;
    }
    if (assay_archive_reader_read(self->zip, data, size, got, error))
        return TRUE;
    self->is_broken = TRUE;
    return FALSE;
}

static AssayInput *
open_member(AssayNpz *self, GDestroyNotify free_self)
{
    g_autofree char *name = g_strdup_printf("%s: member %s", self->name, self->path);

    return assay_input_from_reader(name, read_member, self, free_self);
}

AssayInput *
assay_npz_open(AssayNpz *self)
{
    return open_member(self, NULL);
}

gboolean
assay_npz_is_broken(const AssayNpz *self)
{
    return self->is_broken;
}

static void
free_npz(gpointer data)
{
    assay_npz_free(data);
}

AssayInput *
assay_npz_find(AssayNpz *self, const char *array, GError **error)
{
    g_autoptr(AssayNpz) own = self;
    g_autoptr(GString) list = g_string_new(NULL);
    AssayNpzMember member;
    gboolean is_member;
    guint n_arrays = 0;

    for (;;) {
        if (!assay_npz_next(own, &member, &is_member, error))
            return NULL;
        if (!is_member)
            break;
        if (member.array == NULL)
            continue;
        if (strcmp(member.array, array) == 0)
            return open_member(g_steal_pointer(&own), free_npz);
        if (++n_arrays <= MAX_LISTED)
            g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", member.array);
        else if (n_arrays == MAX_LISTED + 1)
            g_string_append(list, " ...");
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: has no array \"%s\"; there %s %s",
                own->name, array, n_arrays > 1 ? "are" : "is", list->len > 0 ? list->str : "none");
    return NULL;
}
