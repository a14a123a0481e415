/* assay-spec show - what a spec allows, and how often, in words and figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/spec-text.h>

#include "spec-verbs.h"

static int top = 10, min_groups = 1;

static const GOptionEntry options[] = {
    { "top", 'n', 0, G_OPTION_ARG_INT, &top, "how many of the most frequent to list [10]", "N" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "allowed is what M groups of the corpus show [1]", "M" },
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

int
spec_show(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = NULL;
    const char *const *names;

    cli_begin(&tool, &argc, &argv);
    if (top < 0)
        return cli_usage("--top=%d: give a number from 0 on", top);
    if (min_groups < 1 || min_groups > ASSAY_OWNER_GROUPS)
        return cli_usage("--min-groups=%d: give a number from 1 to %d", min_groups,
                         ASSAY_OWNER_GROUPS);
    names = cli_operands(argc, argv);
    output = assay_output_open(cli.output, &error);
    if (output == NULL)
        return cli_fail(error);
    for (size_t i = 0; names[i] != NULL; i++) {
        g_autoptr(AssaySpec) spec = cli_read_spec(names[i], &error);
        g_autoptr(GString) text = NULL;

        if (spec == NULL)
            return cli_fail(error);
        text = assay_spec_text(spec, (guint)top, (guint)min_groups);
        if (i > 0)
            g_string_prepend(text, "\n\n");
        if (!assay_output_write(output, text->str, text->len, &error))
            return cli_fail(error);
    }
    return assay_output_close(output, &error) ? CLI_DONE : cli_fail(error);
}
