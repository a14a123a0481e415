/* tools/baseline-noise.c - all is learnt, then all is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "baseline-noise.h"

#include <assay/transform/baseline.h>

typedef struct {
    const BaselineNoise *noise;
    gpointer baseline;
    BaselineOutput output;
} Run;

static gboolean
learn(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    Run *self = user;
    GError *fault = NULL;

    (void)result;
    (void)operand;
    return self->noise->learn(self->baseline, sample, &fault) ||
           baseline_leave_out(&self->output, sample, fault, error);
}

static int
run(Run *self, const AssaySourceConfig *source)
{
    g_autoptr(GError) error = NULL;
    AssayBaselineRun make = { .make = self->noise->make,
                              .baseline = self->baseline,
                              .put = baseline_put,
                              .user = &self->output };
    AssayJson *options;

    if (!cli_run(
            &(CliRun){
                .source = *source, .consume = learn, .writer = self->output.writer, .user = self },
            &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    options = self->noise->conclude(self->baseline, &make.n_samples, &error);
    if (options == NULL)
        return cli_fail(error);
    baseline_describe(&self->output, options);
    if (!assay_baseline_run(&make, cli.jobs, &error))
        return cli_fail(error);
    if (cli_n_consumed() == 0)
        return cli_status();
    return baseline_close(&self->output, &error) ? cli_status() : cli_fail(error);
}

int
baseline_noise(const BaselineNoise *noise, gpointer baseline, const char *const *operands,
               const char *hint, gboolean midi, const char *field)
{
    const AssaySourceConfig source = {
        .operands = operands, .streams = TRUE, .hint = hint, .max_bytes = cli.max_sample
    };
    Run self = { .noise = noise, .baseline = baseline };
    int status;

    baseline_open(&self.output, midi, field);
    status = run(&self, &source);
    baseline_clear(&self.output);
    return status;
}
