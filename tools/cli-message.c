/* tools/cli-message.c - what programs say on standard error.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <stdio.h>

#include "cli-private.h"
#include "cli.h"

static void print_message(const char *format, va_list args) G_GNUC_PRINTF(1, 0);

static void
print_message(const char *format, va_list args)
{
    g_autofree char *text = g_strdup_vprintf(format, args);

    cli_progress_clear();
    fprintf(stderr, "%s: %s\n", cli_tool->name, text);
}

int
cli_usage(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_message(format, args);
    va_end(args);
    fprintf(stderr, "Try '%s --help'.\n", cli_tool->name);
    return CLI_USAGE;
}

int
cli_fail(const GError *error)
{
    cli_warn("%s", error->message);
    return error->domain == ASSAY_ERROR &&
                   (error->code == ASSAY_ERROR_USAGE || error->code == ASSAY_ERROR_SPEC)
               ? CLI_USAGE
               : CLI_FAILED;
}

void
cli_note(const char *format, ...)
{
    va_list args;

    if (cli.quiet)
        return;
    va_start(args, format);
    print_message(format, args);
    va_end(args);
}

void
cli_warn(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_message(format, args);
    va_end(args);
}

int
cli_flushed(void)
{
    /* Without memory for a buffer each write happens at once, and leaves nothing to flush. */
    if (fflush(stdout) == 0 && !ferror(stdout))
        return CLI_DONE;
    cli_warn("standard output: cannot write: %s", g_strerror(errno));
    return CLI_FAILED;
}

char *
cli_percent(double share)
{
    return share != share ? g_strdup("NA") : g_strdup_printf("%.3g %%", 100 * share);
}
