/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-folders.h"

#include <assay/base/error.h>
#include <string.h>

#define REAL "0_real"
#define FAKE "1_fake"

/* Links can lead in circles. */
enum { MAX_DEPTH = 16 };

typedef struct {
    GPtrArray *operands;
    GArray *sets, *labels;
    size_t set;
} Found;

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list(const char *path, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    g_autofree char *shown = g_filename_display_name(path);
    GPtrArray *names;
    const char *name;

    if (folder == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: is no folder that can be read", shown);
        return NULL;
    }
    names = g_ptr_array_new_with_free_func(g_free);
    while ((name = g_dir_read_name(folder)) != NULL) {
        if (name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void
add(Found *found, char *path, gboolean is_fake)
{
    const AssaySetLabel label = { (guint32)found->set, is_fake };

    g_ptr_array_add(found->operands, path);
    g_array_append_val(found->sets, found->set);
    g_array_append_val(found->labels, label);
}

static gboolean
walk(Found *found, const char *path, int depth, GError **error)
{
    g_autoptr(GPtrArray) names = list(path, error);

    if (names == NULL)
        return FALSE;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *inner = g_build_filename(path, name, NULL);

        if (!g_file_test(inner, G_FILE_TEST_IS_DIR))
            continue;
        if (strcmp(name, REAL) == 0 || strcmp(name, FAKE) == 0)
            add(found, g_steal_pointer(&inner), strcmp(name, FAKE) == 0);
        else if (depth < MAX_DEPTH && !walk(found, inner, depth + 1, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
expand(Found *found, const CliSets *sets, GError **error)
{
    for (size_t i = 0; sets->operands[i] != NULL; i++) {
        guint before = found->operands->len;
        g_autofree char *shown = g_filename_display_name(sets->operands[i]);

        found->set = sets->set_of[i];
        if (!walk(found, sets->operands[i], 0, error))
            return FALSE;
        if (found->operands->len == before) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                        "%s: has no folder " REAL " or " FAKE " in it, which --by-folder is for",
                        shown);
            return FALSE;
        }
    }
    return TRUE;
}

AssaySetLabel *
detect_folders(CliSets *sets, GError **error)
{
    Found found = { .operands = g_ptr_array_new_with_free_func(g_free),
                    .sets = g_array_new(FALSE, FALSE, sizeof(size_t)),
                    .labels = g_array_new(FALSE, FALSE, sizeof(AssaySetLabel)) };
    AssaySetLabel *labels = NULL;

    if (expand(&found, sets, error)) {
        g_ptr_array_add(found.operands, NULL);
        g_strfreev(sets->operands);
        g_free(sets->set_of);
        sets->operands = (char **)g_ptr_array_free(found.operands, FALSE);
        sets->set_of = (size_t *)(void *)g_array_free(found.sets, FALSE);
        labels = (AssaySetLabel *)(void *)g_array_free(found.labels, FALSE);
    } else {
        g_ptr_array_unref(found.operands);
        g_array_unref(found.sets);
        g_array_unref(found.labels);
    }
    return labels;
}
