/* tools/cli-options.c - the options that programs share, and the help.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/parallel.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli-private.h"
#include "cli.h"

CliOptions cli = { .output = "-", .jobs = 1, .max_sample = ASSAY_MAX_SAMPLE };

gboolean cli_wants_help, cli_wants_version;
static char *jobs, *max_sample, *output;

static const GOptionEntry written[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write there [standard output]", "FILE" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &cli.quiet, "no remarks and no progress", NULL },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry always[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &cli_wants_help, "show this and leave", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &cli_wants_version, "show the version and leave", NULL },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry parallel[] = {
    { "jobs", 'j', 0, G_OPTION_ARG_FILENAME, &jobs, "threads [$ASSAY_JOBS, or the cores]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry limit[] = {
    { "max-sample", 0, 0, G_OPTION_ARG_FILENAME, &max_sample,
      "refuse samples larger than SIZE [2G]", "SIZE" },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry field[] = {
    { "only", 0, 0, G_OPTION_ARG_NONE, &cli.only, "write the new field alone", NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &cli.replace, "replace a field that is there", NULL },
    G_OPTION_ENTRY_NULL,
};

/* The shared options in the order of the help. */
static const struct {
    CliUses use, unless; /* 0: every program has them */
    const GOptionEntry *entries;
} shared[] = {
    { CLI_FIELD, 0, field }, { CLI_JOBS, 0, parallel }, { CLI_OPERANDS, 0, cli_operand_options },
    { CLI_LIMIT, 0, limit }, { 0, CLI_VERBS, written }, { 0, 0, always },
};

G_STATIC_ASSERT(G_N_ELEMENTS(shared) + 2 <= CLI_MAX_LISTS);

static gboolean
uses(const CliTool *tool, size_t group)
{
    return (shared[group].use == 0 || (tool->uses & shared[group].use) != 0) &&
           (tool->uses & shared[group].unless) == 0;
}

size_t
cli_option_lists(const CliTool *tool, const GOptionEntry **lists)
{
    size_t n = 0;

    if (tool->options != NULL)
        lists[n++] = tool->options;
    for (size_t i = 0; i < G_N_ELEMENTS(shared); i++) {
        if (uses(tool, i))
            lists[n++] = shared[i].entries;
    }
    lists[n] = NULL;
    return n;
}

static void
print_options(const GOptionEntry *entries)
{
    for (; entries != NULL && entries->long_name != NULL; entries++) {
        g_autofree char *left = NULL;
        char letter[] = "    ";

        if (entries->flags & G_OPTION_FLAG_HIDDEN)
            continue;
        if (entries->short_name != 0)
            memcpy(letter, (char[]){ '-', entries->short_name, ',', ' ' }, 4);
        left = g_strdup_printf("  %s--%s%s%s", letter, entries->long_name,
                               entries->arg_description != NULL ? "=" : "",
                               entries->arg_description != NULL ? entries->arg_description : "");
        printf("%-28s  %s\n", left, entries->description);
    }
}

void
cli_print_help(void)
{
    printf("Usage: %s %s\n%s\n\nOptions:\n", cli_tool->name, cli_tool->synopsis, cli_tool->summary);
    print_options(cli_tool->options);
    for (size_t i = 0; i < G_N_ELEMENTS(shared); i++) {
        if (uses(cli_tool, i))
            print_options(shared[i].entries);
    }
    printf("\nExample:\n  %s\n", cli_tool->example);
}

static gboolean
read_size(const char *text, size_t *size)
{
    char *end;
    guint64 n, unit = 1;

    errno = 0;
    n = g_ascii_strtoull(text, &end, 10);
    if (errno != 0 || end == text || !g_ascii_isdigit(*text))
        return FALSE;
    if (*end == 'K' || *end == 'M' || *end == 'G')
        unit = (guint64)1 << (*end == 'K' ? 10 : *end == 'M' ? 20 : 30), end++;
    if (*end != '\0' || n == 0 || n > ((guint64)1 << 40) / unit)
        return FALSE;
    *size = (size_t)(n * unit);
    return TRUE;
}

static guint
read_jobs(const char *origin, const char *text)
{
    guint64 n;

    if (!g_ascii_string_to_unsigned(text, 10, 1, 1024, &n, NULL))
        exit(cli_usage("%s%s: give a number of threads from 1 to 1024", origin, text));
    return (guint)n;
}

void
cli_check_options(void)
{
    const char *wanted = g_getenv("ASSAY_JOBS");

    if (output != NULL)
        cli.output = output;
    if (cli_tool->uses & CLI_JOBS)
        cli.jobs = jobs != NULL     ? read_jobs("-j ", jobs)
                   : wanted != NULL ? read_jobs("ASSAY_JOBS=", wanted)
                                    : assay_parallel_cores();
    if (max_sample != NULL && !read_size(max_sample, &cli.max_sample))
        exit(cli_usage("--max-sample=%s: give a number of bytes, or one with K, M or G, as in 500M",
                       max_sample));
}

static gboolean
takes_argument(const GOptionEntry *entries, char letter)
{
    for (; entries != NULL && entries->long_name != NULL; entries++) {
        if (entries->short_name == letter)
            return entries->arg != G_OPTION_ARG_NONE;
    }
    return FALSE;
}

void
cli_part_short_options(const CliTool *tool, int *argc, char ***argv)
{
    static GPtrArray *words; /* which, like what GOption leaves of them, live to the end */
    static char **left;
    gboolean ended = FALSE;

    words = g_ptr_array_new();

    for (int i = 0; i < *argc; i++) {
        char *word = (*argv)[i];

        gboolean parts = FALSE;

        ended = ended || strcmp(word, "--") == 0;
        if (i > 0 && !ended && word[0] == '-' && g_ascii_isalpha(word[1]) && word[2] != '\0') {
            parts = takes_argument(tool->options, word[1]);
            for (size_t k = 0; k < G_N_ELEMENTS(shared); k++)
                parts = parts || (uses(tool, k) && takes_argument(shared[k].entries, word[1]));
        }
        if (parts) {
            g_ptr_array_add(words, g_strndup(word, 2));
            g_ptr_array_add(words, word + (word[2] == '=' ? 3 : 2));
        } else {
            g_ptr_array_add(words, word);
        }
    }
    *argc = (int)words->len;
    g_ptr_array_add(words, NULL);
    *argv = left = g_memdup2(words->pdata, words->len * sizeof *words->pdata);
}
