/* tools/cli-files.c - samples as files of their own kind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli-files.h"

#include <assay/base/text.h>
#include <assay/stream/names.h>
#include <assay/stream/sample-folder.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct CliFiles {
    const CliFileKind *kind;
    AssaySampleFolder *folder;
    AssayOutput *output; /* where there is no folder */
    char *name;          /* of the one sample that @output is to have */
    GBytes *bytes;       /* its file, held until no second one came */
};

/* Leaves the program where nobody can tell. */
static gboolean
is_folder(const CliFileKind *kind, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *shown = NULL;
    struct stat status;

    if (strcmp(path, "-") == 0)
        return FALSE;
    if (stat(path, &status) == 0)
        return S_ISDIR(status.st_mode);
    if (errno != ENOENT && errno != ENOTDIR) {
        int code = errno;

        shown = assay_text_escape_name(path);
        g_set_error(&error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot write: %s", shown,
                    g_strerror(code));
        exit(cli_fail(error));
    }
    return g_str_has_suffix(path, "/") || !assay_has_suffix(path, kind->suffixes);
}

CliFiles *
cli_files_new(const CliFileKind *kind)
{
    g_autoptr(GError) error = NULL;
    CliFiles *self = g_new0(CliFiles, 1);

    self->kind = kind;
    if (is_folder(kind, cli.output)) {
        self->folder = assay_sample_folder_new(cli.output, kind->suffix);
        return self;
    }
    self->output = assay_output_open(cli.output, &error);
    if (self->output == NULL) {
        cli_files_free(self);
        exit(cli_fail(error));
    }
    if (assay_output_is_terminal(self->output)) {
        cli_files_free(self);
        exit(cli_usage("a %s is not written to a terminal: name one with -o %s, or a folder with "
                       "-o DIR",
                       kind->what, kind->example));
    }
    return self;
}

void
cli_files_free(CliFiles *self)
{
    if (self == NULL)
        return;
    assay_sample_folder_free(self->folder);
    assay_output_free(self->output);
    g_free(self->name);
    if (self->bytes != NULL)
        g_bytes_unref(self->bytes);
    g_free(self);
}

gboolean
cli_files_accept(const CliFiles *self, const char *name, GError **error)
{
    return self->folder == NULL || assay_sample_folder_accepts(self->folder, name, error);
}

gboolean
cli_files_put(CliFiles *self, const char *name, GBytes *bytes, GError **error)
{
    if (self->folder != NULL)
        return assay_sample_folder_put(self->folder, name, bytes, error);
    if (self->name != NULL) {
        g_set_error(
            error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
            "%s and %s: one %s holds one sample; -o DIR writes a file of each into a folder",
            self->name, name, self->kind->what);
        return FALSE;
    }
    self->name = g_strdup(name);
    self->bytes = g_bytes_ref(bytes);
    return TRUE;
}

gboolean
cli_files_close(CliFiles *self, GError **error)
{
    gconstpointer data = NULL;
    gsize size = 0;

    if (self->output == NULL)
        return TRUE;
    if (self->bytes != NULL)
        data = g_bytes_get_data(self->bytes, &size);
    return assay_output_write(self->output, data, size, error) &&
           assay_output_close(self->output, error);
}
