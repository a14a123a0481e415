/* assay-baseline exponential - exponential noise in the shapes of a stream.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/transform/baseline.h>
#include <assay/transform/exponential.h>
#include <math.h>

#include "baseline-verbs.h"

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

typedef struct {
    AssayExponential *exponential;
    BaselineOutput output;
} Noise;

static gboolean
learn(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Noise *self = user;
    GError *fault = NULL;

    (void)result;
    (void)operand;
    return assay_exponential_learn(self->exponential, sample, &fault) ||
           baseline_leave_out(&self->output, sample, fault, error);
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

/* Reads all there is, then makes it anew. */
static int
run(Noise *self, const AssaySourceConfig *source)
{
    g_autoptr(GError) error = NULL;
    AssayBaselineRun make = { .make = assay_exponential_make,
                              .baseline = self->exponential,
                              .put = baseline_put,
                              .user = &self->output };

    if (!cli_run(
            &(CliRun){
                .source = *source, .consume = learn, .writer = self->output.writer, .user = self },
            &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    if (!assay_exponential_check(self->exponential, &error))
        return cli_fail(error);
    baseline_describe(&self->output, assay_exponential_options(self->exponential));
    make.n_samples = assay_exponential_n_samples(self->exponential);
    if (!assay_baseline_run(&make, cli.jobs, &error))
        return cli_fail(error);
    return baseline_close(&self->output, &error) ? cli_status() : cli_fail(error);
}

int
baseline_exponential(int argc, char **argv)
{
    AssaySourceConfig source = { .streams = TRUE, .hint = "assay-image makes one of pictures" };
    Noise self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    self.exponential = assay_exponential_new(field, (guint64)seed);
    if (!set_mean(self.exponential, &status)) {
        assay_exponential_free(self.exponential);
        return status;
    }
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    baseline_open(&self.output, FALSE, field);
    status = run(&self, &source);
    baseline_clear(&self.output);
    assay_exponential_free(self.exponential);
    return status;
}
