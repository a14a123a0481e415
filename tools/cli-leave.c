/* tools/cli-leave.c - how a program ends before its end: by a signal, or for want of memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700 /* for sigaltstack */
#include <assay/base/foreign.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli-private.h"
#include "cli.h"

static void
leave_on_signal(int number)
{
    assay_output_remove_unfinished();
    signal(number, SIG_DFL);
    raise(number);
}

/* A signal that the caller ignores (nohup, a job in the background) stays ignored. One that comes
 * again waits until files are removed: signal(), as C alone has it, would take the handler away as
 * soon as it is called. */
static void
leave_on(int number)
{
    struct sigaction action = { .sa_handler = leave_on_signal };

    sigfillset(&action.sa_mask);
    if (signal(number, SIG_IGN) != SIG_IGN)
        sigaction(number, &action, NULL);
}

/* Ends the program without a core and without a file half written. From any thread, in a signal
 * handler, and without memory. */
static void G_GNUC_NORETURN
leave_at_once(const char *reason)
{
    static atomic_flag is_leaving = ATOMIC_FLAG_INIT;
    const char *const parts[] = { cli_tool->name, ": ", reason, "\n" };

    while (atomic_flag_test_and_set(&is_leaving))
        pause(); /* another thread is at it */
    assay_output_remove_unfinished();
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (write(STDERR_FILENO, parts[i], strlen(parts[i])) < 0)
            break;
    }
    _exit(CLI_FAILED);
}

/* GLib does not return where it has no memory, nor do we where a library of ours has none. */
static void
leave_on_error(const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
    if (!(level & G_LOG_LEVEL_ERROR)) {
        /* What libsmf remarks is no matter of ours; a handler for it alone would be made under a
         * lock that the report of a lack of memory waits for. */
        if (g_strcmp0(domain, "libsmf") != 0)
            g_log_default_handler(domain, level, message, user);
    } else if (message == NULL || strstr(message, "failed to allocate") != NULL) {
        leave_at_once("out of memory");
    } else {
        leave_at_once(message);
    }
}

/* GLib's slices and threads abort where they have no memory; others abort for a fault in us. */
static void
leave_on_abort(int number)
{
    if (errno == ENOMEM)
        leave_at_once("out of memory");
    leave_on_signal(number);
}

/* libarchive calls exit(1), which would be an answer. Where we leave for wrong usage, an output may
 * have been opened. */
static void
leave_on_exit(void)
{
    if (assay_foreign_is_within())
        leave_at_once("out of memory");
    assay_output_remove_unfinished();
}

static struct sigaction before_segv;

/* Where not even a message can be allocated, GLib 2.74 reports that by a message, and so on until
 * there is no stack: hence a stack for this (base/parallel.c gives its threads one each). */
static void
leave_on_segv(int number)
{
    if (errno == ENOMEM)
        leave_at_once("out of memory");
    sigaction(number, &before_segv,
              NULL); /* on return the fault happens again, for whoever waits */
}

void
cli_prepare_to_leave(void)
{
    static char stack[1 << 16];
    const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };
    struct sigaction on_segv = { .sa_handler = leave_on_segv, .sa_flags = SA_ONSTACK };

    leave_on(SIGINT);
    leave_on(SIGTERM);
    leave_on(SIGHUP);
    g_log_set_default_handler(leave_on_error, NULL);
    signal(SIGABRT, leave_on_abort);
    atexit(leave_on_exit);
    sigaltstack(&alternate, NULL);
    sigaction(SIGSEGV, &on_segv, &before_segv);
}
