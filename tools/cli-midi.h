/* tools/cli-midi.h - MIDI files in and out, for every program that reads or writes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/media/notes.h>

#include "cli.h"

/* MIDI files as --parser=@parser reads them, NULL: by default. Leaves with CLI_USAGE for a parser
 * that is none. */
const AssayMedium *cli_midi_medium(const char *parser);

/**
 * CliMidi:
 *
 * Where --midi writes to, which -o says: a folder, where every sample becomes a file; or a file or
 * standard output, for one sample alone. It is a folder if it is one, or ends with a slash, or does
 * not exist and does not end as a MIDI file does; it is made with the first file.
 */
typedef struct CliMidi CliMidi;

/* Leaves with CLI_USAGE or CLI_FAILED where that cannot be written, or is a terminal. */
CliMidi *cli_midi_new(void);
void cli_midi_free(CliMidi *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliMidi, cli_midi_free)

/* The notes of @sample as a file, once its name is found to be one that can be written. In any
 * thread: for the analysis of a run, so that what cannot be written is left out. */
GBytes *cli_midi_make(const CliMidi *self, AssaySample *sample,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the file of sample @name; %FALSE with an error that ends the run. */
gboolean cli_midi_put(CliMidi *self, const char *name, GBytes *bytes,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the output; before that, a single file does not appear. */
gboolean cli_midi_close(CliMidi *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
