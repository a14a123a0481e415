/* assay-baseline bernoulli - noise in the shapes of a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/bernoulli.h>
#include <math.h>

#include "baseline-noise.h"

static char *field, *share;
static gint64 seed;
static gboolean midi;

static const GOptionEntry options[] = {
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, "which field to make [roll, or pixels]",
      "NAME" },
    { "p", 0, 0, G_OPTION_ARG_FILENAME, &share, "a cell's probability to be on [the corpus' share]",
      "P" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the random numbers [0]", "N" },
    BASELINE_MIDI_OPTION(&midi),
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-baseline bernoulli",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Make noise in the shapes of a stream's samples: each cell is on with the same\n"
               "probability. What a check does not find broken in this, it cannot see.",
    .example = "assay-roll bach/ | assay-baseline bernoulli | assay-chroma | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

static gboolean
learn(gpointer baseline, AssaySample *sample, GError **error)
{
    return assay_bernoulli_learn(baseline, sample, error);
}

static AssayJson *
conclude(gconstpointer baseline, size_t *n_samples, GError **error)
{
    *n_samples = assay_bernoulli_n_samples(baseline);
    return assay_bernoulli_check(baseline, error) ? assay_bernoulli_options(baseline) : NULL;
}

/* --p as typed; %FALSE with the status set where it is no probability. */
static gboolean
set_share(AssayBernoulli *bernoulli, int *status)
{
    char *end = NULL;
    double value = share == NULL ? (double)NAN : g_ascii_strtod(share, &end);

    if (share != NULL) {
        if (end == share || *end != '\0' || !(value >= 0 && value <= 1)) {
            *status = cli_usage("--p=%s: give a probability from 0 to 1", share);
            return FALSE;
        }
        assay_bernoulli_set_share(bernoulli, value);
    }
    return TRUE;
}

int
baseline_bernoulli(int argc, char **argv)
{
    const BaselineNoise noise = { learn, conclude, assay_bernoulli_make };
    g_autoptr(AssayBernoulli) bernoulli = NULL;
    int status;

    cli_begin(&tool, &argc, &argv);
    bernoulli = assay_bernoulli_new(field, (guint64)seed);
    if (!set_share(bernoulli, &status))
        return status;
    return baseline_noise(&noise, bernoulli, cli_operands(argc, argv),
                          "assay-roll makes one of MIDI files", midi, field);
}
