/* assay-diff - whether two streams are equal, and if not, where they differ.
 *
 * in:  two streams
 * out: a line for each difference; nothing where there is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/difference/difference.h>
#include <math.h>
#include <string.h>

#include "cli.h"

static char *tolerance, *relative;
static gboolean no_meta, verbose;
static int max_lines = 10;

static const GOptionEntry options[] = {
    { "tolerance", 0, 0, G_OPTION_ARG_STRING, &tolerance, "numbers at most X apart are equal [0]",
      "X" },
    { "relative", 0, 0, G_OPTION_ARG_STRING, &relative,
      "or at most X times the larger one apart [0]", "X" },
    { "no-meta", 0, 0, G_OPTION_ARG_NONE, &no_meta, "compare arrays, not what is said of them",
      NULL },
    { "max", 0, 0, G_OPTION_ARG_INT, &max_lines, "show at most N differences; 0: none [10]", "N" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "say how much was compared", NULL },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-diff",
    .synopsis = "[OPTION]... FILE1 FILE2",
    .summary =
        "Compare two streams, sample by sample. The exit status is 0 if they are equal, and\n"
        "1 if they are not.",
    .example = "assay-roll bach/ | assay-diff --verbose - <(assay-roll -j 1 bach/)",
    .options = options,
    .uses = CLI_LIMIT,
};

typedef struct {
    AssayOutput *out;
    guint64 n;
} Lines;

static gboolean
print_line(gpointer user, const char *line)
{
    Lines *self = user;
    g_autofree char *shown = assay_text_escape_controls(line);

    if (self->n++ < (guint64)max_lines)
        assay_output_printf(self->out, NULL, "%s\n", shown);
    /* Without lines the first difference says it all. */
    return max_lines > 0;
}

static gboolean
read_tolerance(const char *option, const char *text, double *value)
{
    char *end;

    if (text == NULL)
        return TRUE;
    *value = g_ascii_strtod(text, &end);
    if (end != text && *end == '\0' && isfinite(*value) && *value >= 0)
        return TRUE;
    cli_usage("--%s=%s: give a number from 0 on, as in 1e-6", option, text);
    return FALSE;
}

static int
report(AssayOutput *out, const Lines *lines, const AssayDifferenceCounts *counts)
{
    g_autoptr(GError) error = NULL;
    char more[ASSAY_TEXT_NUMBER_SIZE], samples[ASSAY_TEXT_NUMBER_SIZE],
        values[ASSAY_TEXT_NUMBER_SIZE];

    if (max_lines > 0 && lines->n > (guint64)max_lines)
        assay_output_printf(out, NULL, "and %s more\n",
                            assay_text_count(more, lines->n - (guint64)max_lines));
    if (verbose)
        assay_output_printf(out, NULL, "%s sample%s and %s values compared: %s\n",
                            assay_text_count(samples, counts->samples),
                            counts->samples == 1 ? "" : "s",
                            assay_text_count(values, counts->values),
                            counts->differences == 0 ? "equal" : "different");
    if (!assay_output_close(out, &error))
        return cli_fail(error);
    return counts->differences == 0 ? CLI_DONE : CLI_NO;
}

int
main(int argc, char **argv)
{
    AssayDifferenceConfig config = { 0 };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayInput) a = NULL, b = NULL;
    g_autoptr(AssayOutput) out = NULL;
    AssayDifferenceCounts counts;
    Lines lines = { NULL, 0 };

    cli_begin(&tool, &argc, &argv);
    if (argc != 3)
        return cli_usage("two streams are compared; %d %s named", argc - 1,
                         argc == 2 ? "is" : "are");
    if (strcmp(argv[1], "-") == 0 && strcmp(argv[2], "-") == 0)
        return cli_usage("only one of the two streams can be standard input");
    if (!read_tolerance("tolerance", tolerance, &config.tolerance) ||
        !read_tolerance("relative", relative, &config.relative))
        return CLI_USAGE;
    if (max_lines < 0)
        return cli_usage("--max=%d: give a number from 0 on", max_lines);
    config.ignore_meta = no_meta;
    config.max_bytes = cli.max_sample;
    a = assay_input_open(argv[1], &error);
    b = a == NULL ? NULL : assay_input_open(argv[2], &error);
    if (b == NULL)
        return cli_fail(error);
    lines.out = out = cli_output();
    if (!assay_difference_run(g_steal_pointer(&a), g_steal_pointer(&b), &config, print_line, &lines,
                              &counts, &error)) {
        assay_output_flush(out, NULL);
        return cli_fail(error);
    }
    return report(out, &lines, &counts);
}
