/* tools/cli-private.h - what the parts of cli share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli.h"

/* The program that runs; set first of all. */
extern const CliTool *cli_tool;

/* What to do on signals, and where memory lacks. After cli_tool is set. */
void cli_prepare_to_leave(void);

/* Takes the progress line off the terminal, so that a message can stand there. */
void cli_progress_clear(void);

/* Shows how many of @total files are begun, where a run that @started (monotonic time) is long. */
void cli_progress_show(gint64 started, size_t done, size_t total);

/* Says what is wrong with an option: an error of GLib's; @lists are those that there are. Returns
 * CLI_USAGE. */
int cli_refuse_option(const GError *error, const GOptionEntry *const *lists);

/* Whether @path is the file that -o names, and would be lost. */
gboolean cli_is_output(const char *path);

/* What --help and --version leave behind. */
extern gboolean cli_wants_help, cli_wants_version;

/* --skip-bad and --files0-from. */
extern const GOptionEntry cli_operand_options[];

/* The options of @tool, its own and those it shares: so many lists, of at most CLI_MAX_LISTS with
 * the NULL behind them. */
#define CLI_MAX_LISTS 16
size_t cli_option_lists(const CliTool *tool, const GOptionEntry **lists);

/* GOption knows "-j 2" but not "-j2", which every other program takes: such words are parted. */
void cli_part_short_options(const CliTool *tool, int *argc, char ***argv);

/* Makes numbers of the shared options that were typed; leaves with CLI_USAGE where they are none.
 */
void cli_check_options(void);

void cli_print_help(void);
