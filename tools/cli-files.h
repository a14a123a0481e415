/* tools/cli-files.h - samples as files of their own kind, which -o says where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli.h"

/**
 * CliFileKind:
 * @what: "MIDI file"
 * @example: "FILE.mid"
 * @suffix: what files in a folder end with: ".mid"
 * @suffixes: what a path that is a file and no folder may end with, ended by %NULL
 */
typedef struct {
    const char *what;
    const char *example;
    const char *suffix;
    const char *const *suffixes;
} CliFileKind;

/**
 * CliFiles:
 *
 * A folder, where every sample becomes a file; or a file or standard output, for one sample alone.
 * It is a folder if it is one, or ends with a slash, or does not exist and does not end as such a
 * file does; it is made with the first file.
 */
typedef struct CliFiles CliFiles;

/* Leaves with CLI_USAGE or CLI_FAILED where that cannot be written, or is a terminal. */
CliFiles *cli_files_new(const CliFileKind *kind);
void cli_files_free(CliFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliFiles, cli_files_free)

/* Whether @name can be that of a file. In any thread: for the analysis of a run, so that what
 * cannot be written is left out. */
gboolean cli_files_accept(const CliFiles *self, const char *name,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the file of sample @name; %FALSE with an error that ends the run. */
gboolean cli_files_put(CliFiles *self, const char *name, GBytes *bytes,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the output; before that, a single file does not appear. */
gboolean cli_files_close(CliFiles *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
