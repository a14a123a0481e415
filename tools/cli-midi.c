/* tools/cli-midi.c - MIDI files in and out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli-midi.h"

#include <stdlib.h>
#include <string.h>

const AssayMedium *
cli_midi_medium(const char *parser)
{
    if (parser == NULL || strcmp(parser, "assay") == 0)
        return &assay_midi_medium;
    if (strcmp(parser, "libsmf") != 0)
        exit(cli_usage("--parser=%s: give assay or libsmf", parser));
    return &assay_midi_medium_libsmf;
}

CliFiles *
cli_midi_new(void)
{
    static CliFileKind kind = { "MIDI file", "FILE.mid", ".mid", NULL };

    kind.suffixes = assay_midi_medium.suffixes;
    return cli_files_new(&kind);
}

GBytes *
cli_midi_make(const CliFiles *files, AssaySample *sample, GError **error)
{
    if (!cli_files_accept(files, assay_sample_name(sample), error))
        return NULL;
    return assay_notes_write(sample, error);
}
