/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-spec-find.h"

#include <assay/base/input.h>
#include <assay/base/near.h>
#include <assay/values/kind.h>
#include <string.h>

#define SUFFIX ".spec.json"

/* Where specs are looked for by name: the folders of $ASSAY_SPECS, those of the build and of the
 * installation. */
static char **
spec_folders(void)
{
    const char *own = g_getenv("ASSAY_SPECS");
    g_autofree char *folders = g_strjoin(":", own != NULL ? own : "", ASSAY_SPECS_DIRS, NULL);

    return g_strsplit(folders, ":", -1);
}

char *
cli_find_spec(const char *name)
{
    g_auto(GStrv) list = spec_folders();

    if (strcmp(name, "-") == 0 || g_file_test(name, G_FILE_TEST_EXISTS))
        return g_strdup(name);
    for (size_t i = 0; strchr(name, '/') == NULL && list[i] != NULL; i++) {
        g_autofree char *file = g_strconcat(name, SUFFIX, NULL);
        char *path = list[i][0] == '\0' ? NULL : g_build_filename(list[i], file, NULL);

        if (path != NULL && g_file_test(path, G_FILE_TEST_EXISTS))
            return path;
        g_free(path);
    }
    return NULL;
}

static gboolean
begins_as_json(const char *path)
{
    g_autoptr(AssayInput) input = assay_input_open(path, NULL);
    const guint8 *data;
    size_t size = ASSAY_KIND_SNIFFED;

    return input != NULL && assay_input_peek(input, &data, &size, NULL) &&
           assay_kind_sniff(data, size, path) == ASSAY_KIND_JSON;
}

gboolean
cli_is_spec(const char *operand)
{
    g_autofree char *found = NULL;

    if (g_file_test(operand, G_FILE_TEST_EXISTS))
        return g_file_test(operand, G_FILE_TEST_IS_REGULAR) && begins_as_json(operand);
    found = strcmp(operand, "-") == 0 ? NULL : cli_find_spec(operand);
    return found != NULL;
}

char *
cli_near_specs(const char *name)
{
    g_auto(GStrv) list = spec_folders();
    g_autoptr(AssayNear) candidates = assay_near_new(name);

    for (size_t i = 0; list[i] != NULL; i++) {
        g_autoptr(GDir) folder = list[i][0] == '\0' ? NULL : g_dir_open(list[i], 0, NULL);
        const char *file;

        while (folder != NULL && (file = g_dir_read_name(folder)) != NULL) {
            g_autofree char *bare =
                g_strndup(file, strlen(file) - MIN(strlen(file), strlen(SUFFIX)));

            if (g_str_has_suffix(file, SUFFIX))
                assay_near_offer(candidates, bare);
        }
    }
    return assay_near_text(candidates);
}
