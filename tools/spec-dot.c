/* assay-spec dot - the changes of chord as a graph.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/spec-dot.h>

#include "spec-verbs.h"

static int top = 50, min_groups = 1;

static const GOptionEntry options[] = {
    { "top", 'n', 0, G_OPTION_ARG_INT, &top, "how many of the most frequent changes [50]", "N" },
    { "min-groups", 0, 0, G_OPTION_ARG_INT, &min_groups,
      "only what M groups of the corpus show [1]", "M" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-spec dot",
    .synopsis = "[OPTION]... [SPEC]",
    .summary =
        "Write the most frequent changes of chord as a graph, for dot(1) of Graphviz: chords\n"
        "are as large as they are heard long, changes as wide as they are frequent.",
    .example = "assay-mine -q bach/ | assay-spec dot --top=20",
    .options = options,
};

int
spec_dot(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayOutput) output = NULL;
    g_autoptr(AssaySpec) spec = NULL;
    g_autoptr(GString) text = NULL;
    const char *const *names;

    cli_begin(&tool, &argc, &argv);
    if (!spec_check_top(top) || !spec_check_min_groups(min_groups))
        return CLI_USAGE;
    names = cli_operands(argc, argv);
    if (names[1] != NULL)
        return cli_usage("%s: one spec at a time, since it makes one graph", names[1]);
    spec = cli_read_spec(names[0], &error);
    if (spec == NULL)
        return cli_fail(error);
    text = assay_spec_dot(spec, (guint)top, (guint)min_groups, &error);
    if (text == NULL) {
        g_prefix_error(&error, "%s: ", names[0]);
        return cli_fail(error);
    }
    output = assay_output_open(cli.output, &error);
    if (output == NULL)
        return cli_fail(error);
    return assay_output_write(output, text->str, text->len, &error) &&
                   assay_output_close(output, &error)
               ? CLI_DONE
               : cli_fail(error);
}
