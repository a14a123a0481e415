/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-folder.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "../base/error.h"
#include "../base/output.h"
#include "../base/text.h"

/* Of a file's name, of which the suffix is a part; and of a path, with room for a temporary name.
 */
enum { MAX_COMPONENT = 255, MAX_PATH = PATH_MAX - 32 };

struct AssaySampleFolder {
    char *path;
    char *suffix;
    GHashTable *names; /* put so far */
};

AssaySampleFolder *
assay_sample_folder_new(const char *path, const char *suffix)
{
    AssaySampleFolder *self = g_new0(AssaySampleFolder, 1);
    size_t length;

    self->path = g_strdup(path);
    self->suffix = g_strdup(suffix);
    for (length = strlen(path); length > 1 && self->path[length - 1] == '/'; length--)
        self->path[length - 1] = '\0';
    self->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void
assay_sample_folder_free(AssaySampleFolder *self)
{
    if (self == NULL)
        return;
    g_hash_table_unref(self->names);
    g_free(self->path);
    g_free(self->suffix);
    g_free(self);
}

static gboolean
refuse(const char *name, const char *why, GError **error)
{
    g_autofree char *shown = assay_text_escape_controls(name);

    if (strlen(shown) > 80)
        strcpy(g_utf8_find_prev_char(shown, shown + 77), "...");
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: cannot be the name of a file: %s",
                shown[0] != '\0' ? shown : "\"\"", why);
    return FALSE;
}

gboolean
assay_sample_folder_accepts(const AssaySampleFolder *self, const char *name, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    size_t longest = MAX_COMPONENT - strlen(self->suffix);

    if (name[0] == '\0')
        return refuse(name, "it is empty", error);
    for (size_t i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] == '\0')
            return refuse(name, "a part between slashes is empty", error);
        if (strcmp(parts[i], ".") == 0 || strcmp(parts[i], "..") == 0)
            return refuse(name, "it would lead out of its folder", error);
        if (strlen(parts[i]) > longest) {
            g_autofree char *why =
                g_strdup_printf("a part of it is longer than %zu bytes", longest);

            return refuse(name, why, error);
        }
    }
    if (strlen(self->path) + 1 + strlen(name) + strlen(self->suffix) > MAX_PATH)
        return refuse(name, "the path is too long", error);
    return TRUE;
}

/* The folder that @path is in, and those that it is in. */
static gboolean
make_folders(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *shown = assay_text_escape_name(folder);

    if (g_mkdir_with_parents(folder, 0777) == 0)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot make the folder: %s", shown,
                g_strerror(errno));
    return FALSE;
}

gboolean
assay_sample_folder_put(AssaySampleFolder *self, const char *name, GBytes *bytes, GError **error)
{
    g_autofree char *path = g_strconcat(self->path, "/", name, self->suffix, NULL);
    g_autoptr(AssayOutput) output = NULL;
    gconstpointer data;
    gsize size;

    if (!assay_sample_folder_accepts(self, name, error))
        return FALSE;
    if (!g_hash_table_add(self->names, g_strdup(name))) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: a second sample of this name would replace the file of the first; write "
                    "them to two folders",
                    name);
        return FALSE;
    }
    if (!make_folders(path, error) || (output = assay_output_open(path, error)) == NULL)
        return FALSE;
    data = g_bytes_get_data(bytes, &size);
    return assay_output_write(output, data, size, error) && assay_output_close(output, error);
}
