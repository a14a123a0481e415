/* tools/show-run.h - what assay-show has shown, and what it could not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/stream/names.h>

#include "cli.h"

/**
 * ShowRun:
 * @n_shown: files, or samples
 * @n_left_out: inputs that were left out, and --skip-bad did not accept that
 * @n_faults: all that were left out
 */
typedef struct {
    AssayOutput *out;
    AssayListing *listing;
    guint64 n_shown, n_left_out, n_faults;
} ShowRun;

/* Warns of what is left out; @user: a ShowRun. */
void show_leave_out(gpointer user, const char *message, gboolean accepted);

/* Closes the output: the exit status. */
int show_finish(ShowRun *self);
