/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "show-run.h"

void
show_leave_out(gpointer user, const char *message, gboolean accepted)
{
    ShowRun *self = user;

    assay_output_flush(self->out, NULL); /* what was said before stands before the message */
    self->n_faults++;
    self->n_left_out += !(accepted || cli.skip_bad);
    cli_warn("%s", message);
}

int
show_finish(ShowRun *self)
{
    g_autoptr(GError) error = NULL;

    if (!assay_output_close(self->out, &error))
        return cli_fail(error);
    if (self->n_shown == 0 && self->n_left_out == 0)
        cli_warn("there was nothing to show: no file of a kind that is shown here");
    return self->n_shown == 0 ? CLI_FAILED : self->n_left_out > 0 ? CLI_SKIPPED : CLI_DONE;
}
