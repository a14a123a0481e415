/* assay-chroma - add the pitch-class set of every step.
 *
 * in:  a stream with "roll" [time, pitch] uint8
 * out: the same samples with "chroma" [time, class] uint8 0/1, C first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/chroma.h>

#include "cli.h"

static const CliTool tool = {
    .name = "assay-chroma",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Add the pitch-class set of every time step to the samples of a stream with rolls.",
    .example = "assay-roll bach/ | assay-chroma | assay-show",
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

int
main(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-roll makes one of MIDI files" };
    g_autoptr(AssayStage) stage = NULL;

    cli_begin(&tool, &argc, &argv);
    stage = assay_chroma_stage();
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    return cli_convert(&source, stage);
}
