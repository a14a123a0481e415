/* assay-compare - how far sets stand off from a reference, value by value, and whether that is more
 * than two samples of the reference would.
 *
 * in:  media files, folders, streams, or specs; the first set is the reference
 * out: a table (TSV): a row a set, field and measure; or of the items that stand out most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare-options.h"
#include "compare-rank.h"
#include "compare-sets.h"

static const CliTool tool = {
    .name = "assay-compare",
    .synopsis = "[OPTION]... [LABEL=]REFERENCE [LABEL=]FILE...",
    .summary = "Say how far the values of files, folders or streams stand off from those of a\n"
               "reference, whether that is more than two samples of the reference differ, and\n"
               "which values give it away.",
    .example = "assay-compare bach/ generated/",
    .options = compare_option_entries,
    .uses = CLI_READS,
};

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    CompareRun run = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!compare_options_read())
        return CLI_USAGE;
    status = compare_run_open(&run, cli_operands(argc, argv), &error);
    if (status == CLI_DONE)
        status =
            compare_options.n_ranked > 0 ? compare_rank(&run, &error) : compare_sets(&run, &error);
    if (error != NULL)
        status = cli_fail(error);
    compare_run_clear(&run);
    compare_options_clear();
    return status;
}
