/* assay-detect - generated, or real? and how far the answer can be trusted.
 *
 * in:  scores of any detector (TSV)
 * out: a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "detect-verbs.h"

#define VERBS "eval"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {
    { "eval", detect_eval },
};

static const CliTool tool = {
    .name = "assay-detect",
    .synopsis = "eval [OPTION]... [FILE]...",
    .summary = "Say how well a detector tells generated from real, and how far that can be\n"
               "trusted. Each verb has a --help of its own.",
    .example = "assay-detect eval --scores scores.tsv",
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
    return argc > 1 ? cli_usage("there is no verb \"%s\": give " VERBS, argv[1])
                    : cli_usage("which verb? give " VERBS);
}
