/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline.h"

#include "../base/parallel.h"
#include "pipeline-worker-private.h"

/* A run: what it is counted in, and what was left out and is not told yet. */
typedef struct {
    const AssayPipeline *pipeline;
    AssayIntake *intake;
    AssayRefusal untold;
    gboolean is_from_start; /* of its sample */
    size_t operand;         /* of that */
} Run;

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    const AssayPipeline *self = ((const Run *)user)->pipeline;
    AssayArrival *arrival;

    if (!assay_source_next(self->source, &arrival, error))
        return FALSE;
    if (arrival == NULL)
        return TRUE;
    *bytes = assay_arrival_bytes(arrival);
    *job = assay_parcel_new(arrival, self->free_result);
    return TRUE;
}

static gpointer
new_worker(gpointer user, GError **error)
{
    (void)error;
    return assay_pipeline_worker_new(((const Run *)user)->pipeline);
}

static gpointer
work(gpointer state, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    (void)user;
    (void)error; /* a sample that fails is left out; the run goes on */
    assay_pipeline_work(state, job);
    *bytes = assay_parcel_bytes(job);
    return job;
}

/* Tells what is left out and was not told yet. @is_over: of its sample no more comes. */
static void
tell(Run *self, gboolean is_over)
{
    gboolean is_all = is_over && self->is_from_start;
    g_autofree char *reason = NULL;
    AssaySkip skip = { .name = self->untold.name };

    if (self->untold.fault == NULL)
        return;
    reason = skip.reason = assay_refusal_text(&self->untold, is_all);
    if (self->untold.has_items && !is_all) {
        skip.item_start = self->untold.start;
        skip.n_items = self->untold.n_items;
    }
    self->pipeline->skipped(self->pipeline->user, &skip, FALSE, self->operand);
    assay_refusal_clear(&self->untold);
}

/* What is left out of a sample with items is told when it is known how far that goes. */
static void
leave_out(Run *self, AssayRefusal *refusal, size_t operand)
{
    gboolean goes_on = assay_intake_leave_out(self->intake, refusal->name, refusal->has_items,
                                              refusal->start, refusal->n_items);

    if (goes_on &&
        assay_refusal_extend(&self->untold, refusal->start, refusal->n_items, &refusal->fault))
        return;
    tell(self, !goes_on);
    self->untold = *refusal;
    *refusal = (AssayRefusal){ .name = NULL };
    self->is_from_start = !goes_on;
    self->operand = operand;
    if (!self->untold.has_items)
        tell(self, TRUE);
}

static gboolean
consume_outcome(Run *self, AssayOutcome *outcome, size_t operand, GError **error)
{
    const AssayPipeline *pipeline = self->pipeline;
    AssaySample *sample = outcome->sample;

    if (sample == NULL && assay_outcome_is_final(outcome)) {
        tell(self, FALSE);
        g_propagate_error(error, g_steal_pointer(&outcome->refusal.fault));
        return FALSE;
    }
    if (sample == NULL) {
        leave_out(self, &outcome->refusal, operand);
        return TRUE;
    }
    tell(self, !assay_intake_consume(
                   self->intake, assay_sample_name(sample), assay_sample_has_items(sample),
                   assay_sample_item_start(sample), assay_sample_n_items(sample)));
    return pipeline->consume(pipeline->user, sample, outcome->result, operand, error);
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    Run *self = user;
    const AssayPipeline *pipeline = self->pipeline;
    AssayParcel *parcel = result;
    const AssayArrival *arrival = parcel->arrival;

    if (pipeline->progress != NULL)
        pipeline->progress(pipeline->user, arrival->file);
    if (arrival->upstream != NULL) {
        tell(self, TRUE);
        assay_intake_add_upstream(self->intake, arrival->upstream->n_items);
        pipeline->skipped(pipeline->user, arrival->upstream, TRUE, arrival->operand);
        return TRUE;
    }
    for (AssayOutcome *outcome = &parcel->first; outcome != NULL; outcome = outcome->next) {
        if (!consume_outcome(self, outcome, arrival->operand, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
assay_pipeline_run(const AssayPipeline *self, GError **error)
{
    const AssayParallel config = {
        .n_workers = self->n_workers,
        .max_bytes = self->max_bytes,
        .is_prompt = !assay_source_listing(self->source)->waits,
        .produce = produce,
        .worker_new = new_worker,
        .worker_free = assay_pipeline_worker_free,
        .work = work,
        .consume = consume,
        .free_job = assay_parcel_free,
        .free_result = assay_parcel_free,
    };
    AssayIntake own = { .n_inputs = 0 };
    Run run = { .pipeline = self, .intake = self->intake != NULL ? self->intake : &own };
    gboolean done;

    assay_intake_begin(run.intake);
    done = assay_parallel_run(&config, &run, error);
    tell(&run, done);
    assay_intake_clear(&own);
    return done;
}
