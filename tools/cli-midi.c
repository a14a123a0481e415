/* tools/cli-midi.c - MIDI files in and out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli-midi.h"

#include <assay/base/text.h>
#include <assay/media/midi-folder.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct CliMidi {
    AssayMidiFolder *folder;
    AssayOutput *output; /* where there is no folder */
    char *name;          /* of the one sample that @output is to have */
    GBytes *bytes;       /* its file, held until no second one came */
};

const AssayMedium *
cli_midi_medium(const char *parser)
{
    if (parser == NULL || strcmp(parser, "assay") == 0)
        return &assay_midi_medium;
    if (strcmp(parser, "libsmf") != 0)
        exit(cli_usage("--parser=%s: give assay or libsmf", parser));
    return &assay_midi_medium_libsmf;
}

/* Leaves the program where nobody can tell. */
static gboolean
is_folder(const char *path)
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
    return g_str_has_suffix(path, "/") || !assay_has_suffix(path, assay_midi_medium.suffixes);
}

CliMidi *
cli_midi_new(void)
{
    g_autoptr(GError) error = NULL;
    CliMidi *self = g_new0(CliMidi, 1);

    if (is_folder(cli.output)) {
        self->folder = assay_midi_folder_new(cli.output);
        return self;
    }
    self->output = assay_output_open(cli.output, &error);
    if (self->output == NULL) {
        cli_midi_free(self);
        exit(cli_fail(error));
    }
    if (assay_output_is_terminal(self->output)) {
        cli_midi_free(self);
        exit(cli_usage("a MIDI file is not written to a terminal: name one with -o FILE.mid, or a "
                       "folder with -o DIR"));
    }
    return self;
}

void
cli_midi_free(CliMidi *self)
{
    if (self == NULL)
        return;
    assay_midi_folder_free(self->folder);
    assay_output_free(self->output);
    g_free(self->name);
    if (self->bytes != NULL)
        g_bytes_unref(self->bytes);
    g_free(self);
}

GBytes *
cli_midi_make(const CliMidi *self, AssaySample *sample, GError **error)
{
    if (self->folder != NULL &&
        !assay_midi_folder_accepts(self->folder, assay_sample_name(sample), error))
        return NULL;
    return assay_notes_write(sample, error);
}

gboolean
cli_midi_put(CliMidi *self, const char *name, GBytes *bytes, GError **error)
{
    if (self->folder != NULL)
        return assay_midi_folder_put(self->folder, name, bytes, error);
    if (self->name != NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s and %s: one MIDI file holds one sample; -o DIR writes a file of each into "
                    "a folder",
                    self->name, name);
        return FALSE;
    }
    self->name = g_strdup(name);
    self->bytes = g_bytes_ref(bytes);
    return TRUE;
}

gboolean
cli_midi_close(CliMidi *self, GError **error)
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
