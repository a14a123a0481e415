/* tools/cli.c - the frame of every program: options, help, operands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli.h"

#include <assay/base/parallel.h>
#include <assay/base/text.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli-private.h"

CliOptions cli = { .output = "-", .jobs = 1, .max_sample = ASSAY_MAX_SAMPLE };

const CliTool *cli_tool;

static gboolean want_help, want_version;
static char *jobs, *files0_from, *max_sample, *output;
static char **listed_operands; /* of --files0-from */

static const GOptionEntry written[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write there [standard output]", "FILE" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &cli.quiet, "no remarks and no progress", NULL },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry always[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &want_help, "show this and leave", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &want_version, "show the version and leave", NULL },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry parallel[] = {
    { "jobs", 'j', 0, G_OPTION_ARG_FILENAME, &jobs, "threads [$ASSAY_JOBS, or the cores]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry operands[] = {
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &cli.skip_bad, "inputs left out are no failure", NULL },
    { "files0-from", 0, 0, G_OPTION_ARG_FILENAME, &files0_from,
      "read operands from F, each ended by a NUL", "F" },
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
    { CLI_FIELD, 0, field }, { CLI_JOBS, 0, parallel }, { CLI_OPERANDS, 0, operands },
    { CLI_LIMIT, 0, limit }, { 0, CLI_VERBS, written }, { 0, 0, always },
};

static gboolean
uses(const CliTool *tool, size_t group)
{
    return (shared[group].use == 0 || (tool->uses & shared[group].use) != 0) &&
           (tool->uses & shared[group].unless) == 0;
}

const char *
cli_example(void)
{
    return cli_tool->example;
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

static void
print_help(void)
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

static void
check_shared(void)
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

/* GOption knows "-j 2" but not "-j2", which every other program takes: such words are parted. */
static void
part_short_options(const CliTool *tool, int *argc, char ***argv)
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

void
cli_begin(const CliTool *tool, int *argc, char ***argv)
{
    g_autoptr(GOptionContext) context = NULL;
    g_autoptr(GError) error = NULL;
    const GOptionEntry *lists[G_N_ELEMENTS(shared) + 2] = { NULL };
    size_t n_lists = 0;

    cli_tool = tool;
    keep_memory();
    cli_prepare_to_leave();
    context = g_option_context_new(NULL);
    g_set_prgname(tool->name);
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    part_short_options(tool, argc, argv);
    g_option_context_set_help_enabled(context, FALSE);
    if (tool->options != NULL)
        lists[n_lists++] = tool->options;
    for (size_t i = 0; i < G_N_ELEMENTS(shared); i++) {
        if (uses(tool, i))
            lists[n_lists++] = shared[i].entries;
    }
    for (size_t i = 0; i < n_lists; i++)
        g_option_context_add_main_entries(context, lists[i], NULL);
    if (!g_option_context_parse(context, argc, argv, &error))
        exit(cli_refuse_option(error, lists));
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
        memmove(*argv + 1, *argv + 2, (size_t)(*argc - 1) * sizeof **argv);
        --*argc;
    }
    if (want_help) {
        print_help();
        exit(cli_flushed());
    }
    if (want_version) {
        printf("%s %s\n", tool->name, ASSAY_VERSION);
        exit(cli_flushed());
    }
    check_shared();
}

void
cli_claim_input(const char *path, const char *use)
{
    static const char *claimed;

    if (strcmp(path, "-") != 0)
        return;
    if (claimed != NULL && strcmp(claimed, use) == 0)
        exit(cli_usage("standard input is named twice, and can be read once"));
    if (claimed != NULL)
        exit(cli_usage("standard input can be read once, but stands for %s and for %s: name a file",
                       claimed, use));
    claimed = use;
}

/* The operands in @path, each ended by a NUL. */
static char **
read_list(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(GBytes) bytes = NULL;
    GPtrArray *list = g_ptr_array_new();
    const char *data;
    size_t size;

    cli_claim_input(path, "--files0-from");
    input = assay_input_open(path, &error);
    if (input != NULL)
        bytes = assay_input_read_all(input, ASSAY_MAX_SAMPLE, &error);
    if (bytes == NULL)
        exit(cli_fail(error));
    data = g_bytes_get_data(bytes, &size);
    for (size_t at = 0; at < size;) {
        const char *end = memchr(data + at, '\0', size - at);
        size_t length = end == NULL ? size - at : (size_t)(end - (data + at));

        if (length > 0)
            g_ptr_array_add(list, g_strndup(data + at, length));
        at += length + 1;
    }
    if (list->len == 0)
        exit(cli_usage("--files0-from=%s: names no files", path));
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

static const char *const *
find_operands(int argc, char **argv)
{
    static const char *const standard_input[] = { "-", NULL };

    if (files0_from != NULL) {
        if (argc > 1)
            exit(cli_usage("%s: with --files0-from, operands come from that file alone", argv[1]));
        listed_operands = read_list(files0_from);
        return (const char *const *)listed_operands;
    }
    if (argc > 1)
        return (const char *const *)(argv + 1);
    if (isatty(STDIN_FILENO))
        exit(cli_usage("no FILE is named, and standard input is a terminal; for example: %s",
                       cli_tool->example));
    return standard_input;
}

const char *const *
cli_operands(int argc, char **argv)
{
    const char *const *list = find_operands(argc, argv);

    for (size_t i = 0; list[i] != NULL; i++)
        cli_claim_input(list[i], "a FILE");
    return list;
}

const char *
cli_split_label(const char *operand, char **label)
{
    const char *equals = strchr(operand, '=');
    gboolean is_labelled = equals != NULL && !g_file_test(operand, G_FILE_TEST_EXISTS);
    const char *file = is_labelled ? equals + 1 : operand;
    g_autofree char *text =
        g_strndup(operand, is_labelled ? (size_t)(equals - operand) : strlen(operand));

    *label = assay_text_escape_name(text);
    if (text[0] != '\0' && file[0] != '\0')
        return file;
    cli_usage("%s: LABEL=FILE, and its %s is empty", operand, text[0] == '\0' ? "LABEL" : "FILE");
    return NULL;
}

char *
cli_percent(double share)
{
    return share != share ? g_strdup("NA") : g_strdup_printf("%.3g %%", 100 * share);
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
