/* assay-baseline bernoulli - noise in the shapes of a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/baseline.h>
#include <assay/transform/bernoulli.h>
#include <math.h>

#include "baseline-verbs.h"

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

typedef struct {
    AssayBernoulli *bernoulli;
    BaselineOutput output;
} Noise;

static gboolean
learn(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Noise *self = user;
    GError *fault = NULL;

    (void)result;
    (void)operand;
    return assay_bernoulli_learn(self->bernoulli, sample, &fault) ||
           baseline_leave_out(&self->output, sample, fault, error);
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

/* Reads all there is, then makes it anew. */
static int
run(Noise *self, const AssaySourceConfig *source)
{
    g_autoptr(GError) error = NULL;
    AssayBaselineRun make = { .make = assay_bernoulli_make,
                              .baseline = self->bernoulli,
                              .put = baseline_put,
                              .user = &self->output };

    if (!cli_run(
            &(CliRun){
                .source = *source, .consume = learn, .writer = self->output.writer, .user = self },
            &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    if (!assay_bernoulli_check(self->bernoulli, &error))
        return cli_fail(error);
    baseline_describe(&self->output, assay_bernoulli_options(self->bernoulli));
    make.n_samples = assay_bernoulli_n_samples(self->bernoulli);
    if (!assay_baseline_run(&make, cli.jobs, &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    return baseline_close(&self->output, &error) ? cli_status() : cli_fail(error);
}

int
baseline_bernoulli(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-roll makes one of MIDI files" };
    Noise self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    self.bernoulli = assay_bernoulli_new(field, (guint64)seed);
    if (!set_share(self.bernoulli, &status)) {
        assay_bernoulli_free(self.bernoulli);
        return status;
    }
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    baseline_open(&self.output, midi, field);
    status = run(&self, &source);
    baseline_clear(&self.output);
    assay_bernoulli_free(self.bernoulli);
    return status;
}
