/* tools/cli.c - the frame of every program: how it begins, and where it writes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli-private.h"

const CliTool *cli_tool;

const char *
cli_example(void)
{
    return cli_tool->example;
}

/* Pieces come and go by the thousand: memory that is freed is kept for the next, instead of being
 * given back to the system and asked for again, page by page. Room for memory is asked for in few
 * large parts, since every time all threads have to be told. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
}

/* GOption leaves the first -- where something behind it looks like an option. */
static void
drop_end_of_options(int *argc, char **argv)
{
    int at = 1;

    while (at < *argc && strcmp(argv[at], "--") != 0)
        at++;
    if (at == *argc)
        return;
    memmove(argv + at, argv + at + 1, (size_t)(*argc - at) * sizeof *argv);
    --*argc;
}

void
cli_begin(const CliTool *tool, int *argc, char ***argv)
{
    g_autoptr(GOptionContext) context = NULL;
    g_autoptr(GError) error = NULL;
    const GOptionEntry *lists[CLI_MAX_LISTS];
    size_t n_lists;

    cli_tool = tool;
    keep_memory();
    cli_prepare_to_leave();
    assay_error_quark(); /* before there are threads: their sanitizer sees no lock of GLib's */
    context = g_option_context_new(NULL);
    g_set_prgname(tool->name);
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    cli_part_short_options(tool, argc, argv);
    g_option_context_set_help_enabled(context, FALSE);
    n_lists = cli_option_lists(tool, lists);
    for (size_t i = 0; i < n_lists; i++)
        g_option_context_add_main_entries(context, lists[i], NULL);
    if (!g_option_context_parse(context, argc, argv, &error))
        exit(cli_refuse_option(error, lists));
    drop_end_of_options(argc, *argv);
    if (cli_wants_help) {
        cli_print_help();
        exit(cli_flushed());
    }
    if (cli_wants_version) {
        printf("%s %s\n", tool->name, ASSAY_VERSION);
        exit(cli_flushed());
    }
    cli_check_options();
}

AssayOutput *
cli_output(void)
{
    g_autoptr(GError) error = NULL;
    AssayOutput *out = assay_output_open(cli.output, &error);

    if (out == NULL)
        exit(cli_fail(error));
    if ((cli_tool->uses & CLI_STREAM) && assay_output_is_terminal(out))
        exit(cli_usage("a stream is not written to a terminal: hand it on with |, or name a file "
                       "with -o FILE"));
    return out;
}
