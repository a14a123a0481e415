/* assay-spectrum - how strong each spatial frequency of a picture is.
 *
 * in:  pictures, sound, or a stream with "pixels" [item, row, column, channel] or "mel" [time, mel]
 * out: the same samples with "spectrum" [item, ring] float64, dB; or tables and averages of sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "spectrum-modes.h"
#include "spectrum-sets.h"

static AssaySpectrumConfig config = ASSAY_SPECTRUM_CONFIG_DEFAULT;
static char *field, *points, *normalise, *compat;
static gboolean channels, loss, average, coherent, dct, combs;
static int most_peaks = -1;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

static const GOptionEntry options[] = {
    { "field", TEXT, &field, "of which field [pixels, mel or roll]", "NAME" },
    { "channels", 0, 0, G_OPTION_ARG_NONE, &channels, "keep colours apart [grey]", NULL },
    { "points", TEXT, &points, "so many values, by a cubic spline [one a ring]", "N" },
    { "normalise", TEXT, &normalise, "first, minmax or none [none]", "HOW" },
    { "compat", TEXT, &compat, "as a published program has it: upconv", "NAME" },
    { "loss", 0, 0, G_OPTION_ARG_NONE, &loss,
      "a table: how far sets are from the first, the reference", NULL },
    { "average", 0, 0, G_OPTION_ARG_NONE, &average, "the average spectrum of each set instead",
      NULL },
    { "coherent", 0, 0, G_OPTION_ARG_NONE, &coherent, "average before taking amplitudes", NULL },
    { "peaks", 0, 0, G_OPTION_ARG_INT, &most_peaks, "a table of at most N points, and N lines",
      "N" },
    { "combs", 0, 0, G_OPTION_ARG_NONE, &combs, "a table of the combs of sounds", NULL },
    { "dct", 0, 0, G_OPTION_ARG_NONE, &dct, "mean and deviation of cosine coefficients", NULL },
    G_OPTION_ENTRY_NULL,
};

/* Hands every text that was typed about profiles to the one place that reads it. */
static gboolean
configure(GError **error)
{
    if (channels && !assay_spectrum_config_set(&config, "channels", "yes", error))
        return FALSE;
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = entry->arg == G_OPTION_ARG_FILENAME ? *(char **)entry->arg_data : NULL;

        if (text != NULL && !assay_spectrum_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

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

/* Which of the modes that look at sets was asked for, or NULL. */
static const char *
find_mode(void)
{
    return loss              ? "loss"
           : dct             ? "dct"
           : combs           ? "combs"
           : most_peaks >= 0 ? "peaks"
           : average         ? "average"
                             : NULL;
}

/* Options that do not go with @mode, or with each other. */
static int
check_mode(const char *mode)
{
    int n_asked = (loss ? 1 : 0) + (dct ? 1 : 0) + (combs ? 1 : 0) + (most_peaks >= 0 ? 1 : 0);

    if (n_asked > 1 || (average && (loss || dct)))
        return cli_usage("--loss, --dct, --combs and --peaks make different things: ask for one, "
                         "and --average with the last two alone");
    if (coherent && mode == NULL)
        return cli_usage("--coherent says how --average is made: type --average --coherent");
    if (coherent && most_peaks < 0 && strcmp(mode, "average") != 0)
        return cli_usage("--coherent goes with --average and --peaks, not with --%s", mode);
    if (combs && field != NULL)
        return cli_usage("--field goes with pictures, not with --combs");
    if (most_peaks == 0 || most_peaks < -1)
        return cli_usage("--peaks=%d: give how many are to be listed at most, as in --peaks=10",
                         most_peaks);
    if (mode != NULL && stream_option() != NULL)
        return cli_usage("%s is of a stream of profiles; --%s is of sets", stream_option(), mode);
    if (mode != NULL && !loss && compat != NULL)
        return cli_usage("--compat goes with profiles and --loss, not with --%s", mode);
    return CLI_DONE;
}

static int
look_at_sets(const char *const *operands)
{
    const AssayAverageConfig spectra = { .kind = dct        ? ASSAY_AVERAGE_COSINE
                                                 : coherent ? ASSAY_AVERAGE_COHERENT
                                                            : ASSAY_AVERAGE_INCOHERENT,
                                         .field = field,
                                         .max_bytes = cli.max_sample };

    if (combs)
        return spectrum_combs(average, operands);
    return most_peaks > 0 ? spectrum_peaks(&spectra, (size_t)most_peaks, operands)
                          : spectrum_average(&spectra, operands);
}

static const CliTool tool = {
    .name = "assay-spectrum",
    .synopsis =
        "[OPTION]... [FILE]...\n       assay-spectrum --loss [OPTION]... REFERENCE FILE...\n"
        "       assay-spectrum --average | --peaks=N | --combs | --dct [OPTION]... "
        "[[LABEL=]FILE]...",
    .summary =
        "Add to pictures, or to the samples of a stream, how strong each spatial frequency is,\n"
        "whatever its direction: the azimuthal profile of the Fourier transform.",
    .example = "assay-spectrum pictures/real | assay-show -f spectrum",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    const char *mode;
    int status;

    cli_begin(&tool, &argc, &argv);
    mode = find_mode();
    if ((status = check_mode(mode)) != CLI_DONE)
        return status;
    if (!configure(&error))
        return cli_usage("%s", error->message);
    config.max_bytes = cli.max_sample;
    if (loss || combs || most_peaks > 0)
        cli_write_no_stream();
    if (mode != NULL && !loss)
        status = look_at_sets(cli_operands(argc, argv));
    else
        status = (loss ? spectrum_loss : spectrum_profile)(&config, cli_operands(argc, argv));
    assay_spectrum_config_clear(&config);
    return status;
}
