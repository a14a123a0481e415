/* tools/cli-private.h - what the two halves of cli share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* Takes the progress line off the terminal, so that a message can stand there. */
void cli_progress_clear(void);

/* The example of the program's --help. */
const char *cli_example(void);
