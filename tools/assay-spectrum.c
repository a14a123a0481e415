/* assay-spectrum - how strong each spatial frequency of a picture is.
 *
 * in:  pictures, sound, or a stream with "pixels" [item, row, column, channel] or "mel" [time, mel]
 * out: the same samples with "spectrum" [item, ring] float64, dB; or a table of losses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "spectrum-modes.h"

static AssaySpectrumConfig config = ASSAY_SPECTRUM_CONFIG_DEFAULT;
static char *field, *points, *normalise, *compat;
static gboolean channels, loss;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "field", TEXT, &field, "of which field [pixels, mel or roll]", "NAME" },
    { "channels", 0, 0, G_OPTION_ARG_NONE, &channels, "keep colours apart [grey]", NULL },
    { "points", TEXT, &points, "so many values, by a cubic spline [one a ring]", "N" },
    { "normalise", TEXT, &normalise, "first, minmax or none [none]", "HOW" },
    { "compat", TEXT, &compat, "as a published program has it: upconv", "NAME" },
    { "loss", 0, 0, G_OPTION_ARG_NONE, &loss,
      "a table: how far sets are from the first, the reference", NULL },
    G_OPTION_ENTRY_NULL,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    if (channels && !assay_spectrum_config_set(&config, "channels", "yes", error))
        return FALSE;
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = entry->arg == G_OPTION_ARG_NONE ? NULL : *(char **)entry->arg_data;

        if (text != NULL && !assay_spectrum_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

static const CliTool tool = {
    .name = "assay-spectrum",
    .synopsis = "[OPTION]... [FILE]...\n       assay-spectrum --loss [OPTION]... REFERENCE FILE...",
    .summary =
        "Add to pictures, or to the samples of a stream, how strong each spatial frequency is,\n"
        "whatever its direction: the azimuthal profile of the Fourier transform.",
    .example = "assay-spectrum pictures/real | assay-show -f spectrum",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

/* Which option of a stream of profiles was given. */
static const char *
stream_option(void)
{
    return channels            ? "--channels"
           : points != NULL    ? "--points"
           : normalise != NULL ? "--normalise"
           : cli.only          ? "--only"
           : cli.replace       ? "--replace"
                               : NULL;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    int status;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    config.max_bytes = cli.max_sample;
    if (loss && stream_option() != NULL)
        return cli_usage("%s is of a stream of profiles; --loss writes a table of sets",
                         stream_option());
    status = (loss ? spectrum_loss : spectrum_profile)(&config, cli_operands(argc, argv));
    assay_spectrum_config_clear(&config);
    return status;
}
