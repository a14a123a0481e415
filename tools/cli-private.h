/* tools/cli-private.h - what the parts of cli share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/* Takes the progress line off the terminal, so that a message can stand there. */
void cli_progress_clear(void);

/* Shows how many of @total files are begun, where a run that @started (monotonic time) is long. */
void cli_progress_show(gint64 started, size_t done, size_t total);

/* The example of the program's --help. */
const char *cli_example(void);
