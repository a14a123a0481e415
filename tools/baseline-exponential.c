/* assay-baseline exponential - exponential noise in the shapes of a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/exponential.h>
#include <math.h>

#include "baseline-noise.h"

static char *field, *mean;
static gint64 seed;

static const GOptionEntry options[] = {
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, "which field to make [mel, or pixels]",
      "NAME" },
    { "mean", 0, 0, G_OPTION_ARG_FILENAME, &mean,
      "of the values, in full scales [the corpus' mean]", "X" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the random numbers [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-baseline exponential",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Make noise in the shapes of a stream's samples: every value is drawn from the\n"
               "exponential distribution that has the mean of the corpus.",
    .example = "assay-roll bach/ | assay-centroid | assay-baseline exponential --field=centroid | "
               "assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

static gboolean
learn(gpointer baseline, AssaySample *sample, GError **error)
{
    return assay_exponential_learn(baseline, sample, error);
}

static AssayJson *
conclude(gconstpointer baseline, size_t *n_samples, GError **error)
{
    *n_samples = assay_exponential_n_samples(baseline);
    return assay_exponential_check(baseline, error) ? assay_exponential_options(baseline) : NULL;
}

/* --mean as typed; %FALSE with the status set where there is no such mean. */
static gboolean
set_mean(AssayExponential *exponential, int *status)
{
    char *end = NULL;
    double value = mean == NULL ? (double)NAN : g_ascii_strtod(mean, &end);

    if (mean == NULL)
        return TRUE;
    if (end == mean || *end != '\0' || !isfinite(value) || value < 0) {
        *status = cli_usage("--mean=%s: give a number from 0 on", mean);
        return FALSE;
    }
    assay_exponential_set_mean(exponential, value);
    return TRUE;
}

int
baseline_exponential(int argc, char **argv)
{
    const BaselineNoise noise = { learn, conclude, assay_exponential_make };
    g_autoptr(AssayExponential) exponential = NULL;
    int status;

    cli_begin(&tool, &argc, &argv);
    exponential = assay_exponential_new(field, (guint64)seed);
    if (!set_mean(exponential, &status))
        return status;
    return baseline_noise(&noise, exponential, cli_operands(argc, argv),
                          "assay-image makes one of pictures", FALSE, field);
}
