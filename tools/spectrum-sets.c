/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spectrum-sets.h"

#include <assay/feature/planes-maker.h>
#include <assay/signal/log-spectrum.h>

/* A file of sound, or sound beside which there is nothing else to be averaged. */
static gboolean
listen(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const AssayStage *log_spectrum = stage->config;

    if (assay_sample_has(sample, "log_spectrum") ||
        (assay_sample_content(sample) == NULL &&
         (!assay_sample_has(sample, "audio") || assay_sample_has(sample, "pixels"))))
        return TRUE;
    return log_spectrum->apply(log_spectrum, state, sample, error);
}

static void
free_stage(gpointer data)
{
    assay_stage_free(data);
}

AssayStage *
spectrum_listener(void)
{
    AssayStage *log_spectrum = assay_log_spectrum_stage(), *stage = g_new0(AssayStage, 1);

    stage->field = "";
    stage->apply = listen;
    stage->state_new = log_spectrum->state_new;
    stage->state_free = log_spectrum->state_free;
    stage->config = log_spectrum;
    stage->config_free = free_stage;
    return stage;
}

static gpointer
analyse(gpointer user, AssaySample *sample, size_t operand, GError **error)
{
    const SpectrumSets *self = user;

    (void)operand;
    return assay_averager_sum(self->averager, sample, error);
}

static void
free_sum(gpointer data)
{
    assay_average_sum_free(data);
}

static gboolean
consume(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    SpectrumSets *self = user;
    AssayAverageSum **sum = &self->sums[self->named.set_of[operand]];
    g_autoptr(GError) fault = NULL;

    if (*sum == NULL && (*sum = assay_average_sum_new_like(result, error)) == NULL)
        return FALSE;
    if (!assay_average_sum_merge(*sum, result, assay_sample_name(sample), &fault))
        cli_leave_out(fault);
    return TRUE;
}

/* A set of which nothing could be used has no rows; the first is what cosines are held against. */
static gboolean
check_sets(const SpectrumSets *self, AssayAverageKind kind, int *status, GError **error)
{
    if (kind == ASSAY_AVERAGE_COSINE && self->sums[0] == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: nothing in the first set, with which --dct compares the others",
                    self->named.labels[0]);
        *status = CLI_FAILED;
        return FALSE;
    }
    for (size_t i = 0; i < self->named.n; i++) {
        if (self->sums[i] != NULL)
            continue;
        cli_warn("%s: nothing in this set", self->named.labels[i]);
        *status = cli_status_lacking(*status, TRUE);
    }
    return TRUE;
}

gboolean
spectrum_sets_read(SpectrumSets *self, const AssayAverageConfig *config,
                   const char *const *operands, int *status, GError **error)
{
    g_autoptr(AssayStage) listener = spectrum_listener();
    g_autoptr(AssayStage) maker = assay_planes_maker(cli.max_sample);
    gboolean listens = config->kind == ASSAY_AVERAGE_INCOHERENT && config->field == NULL;
    const AssayStage *const stages[] = { listener, maker, NULL };
    CliRun run = { .stages = listens ? stages : stages + 1,
                   .analyse = analyse,
                   .free_result = free_sum,
                   .consume = consume,
                   .writer = self->writer,
                   .user = self };

    if (!cli_sets_read(&self->named, operands)) {
        *status = CLI_USAGE;
        return FALSE;
    }
    run.source = spectrum_source((const char *const *)self->named.operands);
    run.source.names_repeat = TRUE;
    self->averager = assay_averager_new(config);
    self->sums = g_new0(AssayAverageSum *, self->named.n + 1);
    if (!cli_run(&run, error)) {
        *status = CLI_FAILED;
        return FALSE;
    }
    *status = cli_status();
    return cli_n_consumed() > 0 && check_sets(self, config->kind, status, error);
}

void
spectrum_sets_clear(SpectrumSets *self)
{
    for (size_t i = 0; self->sums != NULL && i < self->named.n; i++)
        assay_average_sum_free(self->sums[i]);
    g_free(self->sums);
    assay_averager_free(self->averager);
    cli_sets_clear(&self->named);
}
