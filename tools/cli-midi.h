/* tools/cli-midi.h - MIDI files in and out, for every program that reads or writes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/media/notes.h>

#include "cli-files.h"

/* MIDI files as --parser=@parser reads them, NULL: by default. Leaves with CLI_USAGE for a parser
 * that is none. */
const AssayMedium *cli_midi_medium(const char *parser);

/* Where --midi writes to, which -o says. Leaves as cli_files_new() does. */
CliFiles *cli_midi_new(void);

/* The notes of @sample as a file, once its name is found to be one that can be written. In any
 * thread: for the analysis of a run, so that what cannot be written is left out. */
GBytes *cli_midi_make(const CliFiles *files, AssaySample *sample,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
