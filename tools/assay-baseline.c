/* assay-baseline - what a set is to be held against: noise, walks in a spec, things out of order,
 * pictures enlarged as by a generator.
 *
 * in:  a stream, or a spec
 * out: a stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "baseline-verbs.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} kinds[] = {
    { "bernoulli", baseline_bernoulli }, { "exponential", baseline_exponential },
    { "shuffle", baseline_shuffle },     { "upconv", baseline_upconv },
    { "walk", baseline_walk },
};

static const CliTool tool = {
    .name = "assay-baseline",
    .synopsis = "bernoulli|exponential|shuffle|upconv|walk [OPTION]... [FILE]...",
    .summary =
        "Make what a set is to be held against: noise in the shapes of a stream, its samples\n"
        "out of order, its pictures reduced and enlarged again, or random walks in the\n"
        "transitions of a spec. What a check does not find broken in these, it cannot see.\n"
        "Each kind has a --help.",
    .example = "assay-roll bach/ | assay-baseline bernoulli | assay-chroma | assay-show",
    .uses = CLI_VERBS,
};

/* The kind comes first, or behind options that have no argument of their own: -q bernoulli. */
int
main(int argc, char **argv)
{
    int at = 1;

    while (at < argc - 1 && argv[at][0] == '-' && strcmp(argv[at], "--") != 0)
        at++;
    for (size_t i = 0; at < argc && i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(argv[at], kinds[i].name) != 0)
            continue;
        memmove(&argv[1], &argv[0],
                (size_t)at * sizeof *argv); /* the options before it follow it */
        return kinds[i].run(argc - 1, argv + 1);
    }
    if (at < argc && argv[at][0] != '-')
        argc = at + 1;              /* what follows is for a kind that there is not */
    cli_begin(&tool, &argc, &argv); /* --help and --version leave from here */
    return argc > 1
               ? cli_usage(
                     "there is no kind \"%s\": give bernoulli, exponential, shuffle, upconv or "
                     "walk first, as in assay-baseline bernoulli FILE",
                     argv[1])
               : cli_usage("which kind? give bernoulli, exponential, shuffle, upconv or walk, as "
                           "in assay-baseline bernoulli FILE");
}
