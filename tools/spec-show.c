/* assay-spec show - what a spec allows, and how often, in words and figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/chord-view.h>
#include <assay/show/spec-text.h>

#include "spec-verbs.h"

static int top = 10, min_groups = 1;
static char *chord;
static AssayChordQuestion question;

static const GOptionEntry options[] = {
    { "top", 'n', 0, G_OPTION_ARG_INT, &top, "how many of the most frequent to list [10]", "N" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "allowed is what M groups of the corpus show [1]", "M" },
    { "chord", 0, 0, G_OPTION_ARG_FILENAME, &chord,
      "what follows and precedes this chord, as in C-E-G", "CHORD" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-spec show",
    .synopsis = "[OPTION]... [SPEC]...",
    .summary =
        "Show what a spec allows: its corpus, its most frequent chords, changes and lengths,\n"
        "and how often real unseen items would break it.",
    .example = "assay-mine -q bach/ | assay-spec show --top=5",
    .options = options,
};

static gboolean
show(AssayOutput *output, const AssaySpec *spec, GError **error)
{
    g_autoptr(GString) text = NULL;

    if (chord != NULL)
        return assay_show_chord(output, spec, &question, error);
    text = assay_spec_text(spec, question.top, question.min_groups);
    return assay_output_write(output, text->str, text->len, error);
}

int
spec_show(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = NULL;
    const char *const *names;

    cli_begin(&tool, &argc, &argv);
    if (!spec_check_top(top) || !spec_check_min_groups(min_groups))
        return CLI_USAGE;
    if (chord != NULL && !assay_chord_question_parse(&question, chord, &error))
        return cli_usage("--chord=%s: %s", chord, error->message);
    question.top = (guint)top;
    question.min_groups = (guint)min_groups;
    names = cli_operands(argc, argv);
    output = assay_output_open(cli.output, &error);
    if (output == NULL)
        return cli_fail(error);
    for (size_t i = 0; names[i] != NULL; i++) {
        g_autoptr(AssaySpec) spec = cli_read_spec(names[i], &error);

        if (spec == NULL)
            return cli_fail(error);
        if (i > 0)
            assay_output_puts(output, "\n\n", NULL);
        if (!show(output, spec, &error)) {
            g_prefix_error(&error, "%s: ", names[i]);
            return cli_fail(error);
        }
    }
    return assay_output_close(output, &error) ? CLI_DONE : cli_fail(error);
}
