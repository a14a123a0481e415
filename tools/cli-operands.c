/* tools/cli-operands.c - what a program is to read, and what it may read only once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/input.h>
#include <assay/base/text.h>
#include <assay/stream/idx.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli-private.h"
#include "cli.h"

enum { TAR_BLOCK = 512 };

static char *files0_from;
static char **listed_operands; /* of --files0-from */

const GOptionEntry cli_operand_options[] = {
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &cli.skip_bad, "inputs left out are no failure", NULL },
    { "files0-from", 0, 0, G_OPTION_ARG_FILENAME, &files0_from,
      "read operands from F, each ended by a NUL", "F" },
    G_OPTION_ENTRY_NULL,
};

static gboolean writes_no_stream;

void
cli_write_no_stream(void)
{
    writes_no_stream = TRUE;
}

/* Whether a table, a model or a spec is written. */
static gboolean
writes_other_kind(void)
{
    return (cli_tool->uses & CLI_OPERANDS) != 0 &&
           (writes_no_stream || (cli_tool->uses & CLI_STREAM) == 0) && strcmp(cli.output, "-") != 0;
}

static gboolean
is_stream(const char *path)
{
    g_autoptr(AssayInput) input = assay_input_open(path, NULL);
    size_t size = TAR_BLOCK;
    gboolean is_gzip;
    const guint8 *data;

    return input != NULL && assay_input_peek(input, &data, &size, NULL) &&
           !assay_idx_sniff(data, size, &is_gzip) && assay_stream_sniff(data, size);
}

/* A stream may take the place of the one that it was made of. Anything else would be lost. */
gboolean
cli_is_output(const char *path)
{
    struct stat input, output;

    return (cli_tool->uses & CLI_OPERANDS) != 0 && strcmp(cli.output, "-") != 0 &&
           stat(path, &input) == 0 && S_ISREG(input.st_mode) && stat(cli.output, &output) == 0 &&
           input.st_dev == output.st_dev && input.st_ino == output.st_ino &&
           (writes_other_kind() || !is_stream(path));
}

static int
refuse_output(const char *path, const char *use)
{
    g_autofree char *shown = assay_text_escape_controls(path);

    return cli_usage("%s: is read, as %s, and -o would write over it: name another file", shown,
                     use);
}

/* What would come out as a failure at the end of a long run. */
static void
check_output(void)
{
    struct stat status;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = NULL;

    /* To open a fifo, or a device, would do something to it. */
    if (!writes_other_kind() ||
        (stat(cli.output, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)))
        return;
    output = assay_output_open(cli.output, &error);
    if (output == NULL)
        exit(cli_fail(error));
}

void
cli_claim_input(const char *path, const char *use)
{
    static const char *claimed;

    if (cli_is_output(path))
        exit(refuse_output(path, use));
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

    check_output();
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
