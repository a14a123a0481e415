/* assay-centroid - add the centroid of every column, and its slope.
 *
 * in:  a stream with "pixels" [item, row, column, channel], "mel" [time, mel] or "roll"
 *      [time, pitch]
 * out: the same samples with "centroid" [item, column] and "slope" [item, window] float64
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/centroid.h>

#include "cli.h"

static AssayCentroidConfig config = ASSAY_CENTROID_CONFIG_DEFAULT;
static char *field, *ink, *window, *compat;
static gboolean clip;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "field", TEXT, &field, "of which field [pixels, mel or roll]", "NAME" },
    { "ink", TEXT, &ink, "a column is empty up to this sum, in full scales [0]", "X" },
    { "window", TEXT, &window, "columns of a slope [7]", "N" },
    { "clip", 0, 0, G_OPTION_ARG_NONE, &clip, "count values below 0 as 0", NULL },
    { "compat", TEXT, &compat, "as a published program has it: tequilagan", "NAME" },
    G_OPTION_ENTRY_NULL,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text =
            entry->arg == G_OPTION_ARG_NONE ? (clip ? "yes" : NULL) : *(char **)entry->arg_data;

        if (text != NULL && !assay_centroid_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

static const CliTool tool = {
    .name = "assay-centroid",
    .synopsis = "[OPTION]... [FILE]...",
    .summary =
        "Add to the samples of a stream the centroid of every column of their pictures, mel\n"
        "spectrograms or rolls, and how it moves from column to column.",
    .example = "assay-roll bach/ | assay-centroid | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

int
main(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-image makes one of pictures" };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    config.max_bytes = cli.max_sample;
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    stage = assay_centroid_stage(&config);
    return cli_convert(&source, stage);
}
