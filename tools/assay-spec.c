/* assay-spec - specs: shown, merged, validated.
 *
 * in:  specs (JSON)
 * out: text, or a spec
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "spec-verbs.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {
    { "show", spec_show },
    { "merge", spec_merge },
    { "validate", spec_validate },
};

static const CliTool tool = {
    .name = "assay-spec",
    .synopsis = "show|merge|validate [OPTION]... [SPEC]...",
    .summary = "Show what a spec allows, merge the specs of parts of a corpus, or validate specs.\n"
               "Each verb has a --help of its own.",
    .example = "assay-mine -q bach/ | assay-spec show",
    .uses = CLI_VERBS,
};

int
main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    }
    cli_begin(&tool, &argc, &argv); /* --help and --version leave from here */
    return argc > 1 ? cli_usage("there is no verb \"%s\": give show, merge or validate", argv[1])
                    : cli_usage("which verb? give show, merge or validate");
}
