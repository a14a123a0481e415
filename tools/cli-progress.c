/* tools/cli-progress.c - the one line that long work keeps on a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <stdio.h>

#include "cli-private.h"

/* It is shown once a run has taken this long, and then at most ten times a second. */
#define PROGRESS_AFTER_US 1000000
#define PROGRESS_EVERY_US 100000

static gint64 shown_at;
static gboolean on_screen;

void
cli_progress_clear(void)
{
    if (on_screen)
        fputs("\r\033[K", stderr);
    on_screen = FALSE;
}

void
cli_progress_show(gint64 started, size_t done, size_t total)
{
    gint64 now = g_get_monotonic_time();
    double rate, left;
    char done_text[ASSAY_TEXT_NUMBER_SIZE], total_text[ASSAY_TEXT_NUMBER_SIZE];

    if (total < 2 || now - started < PROGRESS_AFTER_US || now - shown_at < PROGRESS_EVERY_US)
        return;
    shown_at = now;
    rate = (double)done / ((double)(now - started) / 1e6);
    left = (double)(total - MIN(done, total)) / MAX(rate, 1e-9);
    fprintf(stderr, "\r%s: %s of %s files, %.0f a second, %.0f s left\033[K", g_get_prgname(),
            assay_text_count(done_text, done), assay_text_count(total_text, total), rate, left);
    fflush(stderr);
    on_screen = TRUE;
}
