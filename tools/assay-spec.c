/* assay-spec - specs: shown, merged, compared, drawn, validated.
 *
 * in:  specs (JSON)
 * out: text, a spec, a table, or a graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "spec-verbs.h"

#define VERBS "show, merge, intersect, diff, dot or validate"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {
    { "show", spec_show }, { "merge", spec_merge }, { "intersect", spec_intersect },
    { "diff", spec_diff }, { "dot", spec_dot },     { "validate", spec_validate },
};

static const CliTool tool = {
    .name = "assay-spec",
    .synopsis = "show|merge|intersect|diff|dot|validate [OPTION]... [SPEC]...",
    .summary =
        "Show what a spec allows; merge the specs of parts of a corpus; tell what several specs\n"
        "allow alike, or one and another not; draw a graph; or check that files are specs. Each\n"
        "verb has a --help of its own.",
    .example = "assay-mine -q bach/ | assay-spec show",
    .uses = CLI_VERBS,
};

gboolean
spec_check_top(int top)
{
    if (top < 0)
        cli_usage("--top=%d: give a number from 0 on", top);
    return top >= 0;
}

gboolean
spec_check_min_groups(int min_groups)
{
    gboolean is_good = min_groups >= 1 && min_groups <= ASSAY_OWNER_GROUPS;

    if (!is_good)
        cli_usage("--min-groups=%d: give a number from 1 to %d", min_groups, ASSAY_OWNER_GROUPS);
    return is_good;
}

int
main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    }
    cli_begin(&tool, &argc, &argv); /* --help and --version leave from here */
    return argc > 1 ? cli_usage("there is no verb \"%s\": give " VERBS, argv[1])
                    : cli_usage("which verb? give " VERBS);
}
