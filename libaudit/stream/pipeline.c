/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline.h"

#include "../base/error.h"
#include "../base/parallel.h"

/* An arrival on its way, and what the analysis made of it. */
typedef struct {
    AssayArrival *arrival;
    gpointer result;
    GDestroyNotify free_result;
    gboolean is_refused; /* by the analysis, whatever the sample */
} Parcel;

static void
free_parcel(gpointer data)
{
    Parcel *parcel = data;

    assay_arrival_free(parcel->arrival);
    if (parcel->free_result != NULL && parcel->result != NULL)
        parcel->free_result(parcel->result);
    g_free(parcel);
}

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    const AssayPipeline *self = user;
    AssayArrival *arrival;
    Parcel *parcel;

    if (!assay_source_next(self->source, &arrival, error))
        return FALSE;
    if (arrival == NULL)
        return TRUE;
    parcel = g_new0(Parcel, 1);
    parcel->arrival = arrival;
    parcel->free_result = self->free_result;
    *bytes = assay_arrival_bytes(arrival);
    *job = parcel;
    return TRUE;
}

/* A worker's states, one a stage. */
typedef struct {
    const AssayPipeline *pipeline;
    gpointer *states, before;
} Worker;

static gpointer
new_state(const AssayStage *stage)
{
    return stage != NULL && stage->state_new != NULL ? stage->state_new(stage) : NULL;
}

static void
free_state(const AssayStage *stage, gpointer state)
{
    if (state != NULL && stage->state_free != NULL)
        stage->state_free(state);
}

static gpointer
new_worker(gpointer user, GError **error)
{
    const AssayPipeline *self = user;
    Worker *worker = g_new0(Worker, 1);
    size_t n = 0;

    (void)error;
    worker->pipeline = self;
    while (self->stages != NULL && self->stages[n] != NULL)
        n++;
    worker->states = g_new0(gpointer, n + 1);
    for (size_t i = 0; i < n; i++)
        worker->states[i] = new_state(self->stages[i]);
    worker->before = new_state(self->before);
    return worker;
}

static void
free_worker(gpointer data)
{
    Worker *worker = data;
    const AssayPipeline *self = worker->pipeline;

    for (size_t i = 0; self->stages != NULL && self->stages[i] != NULL; i++)
        free_state(self->stages[i], worker->states[i]);
    free_state(self->before, worker->before);
    g_free(worker->states);
    g_free(worker);
}

/* Whether @stage is in the recipe of @sample. */
static gboolean
is_stage_of(const AssayPipeline *self, const AssayStage *stage, AssaySample *sample)
{
    return !self->missing_only || stage->fits == NULL || stage->fits(sample);
}

/* The first stage to run. Where a field is there already, so is all that led to it: a stream with
 * "chroma" alone needs no "roll". */
static size_t
first_stage(const AssayPipeline *self, AssaySample *sample)
{
    size_t first = 0;

    for (size_t i = 0; self->missing_only && self->stages != NULL && self->stages[i] != NULL; i++) {
        if (is_stage_of(self, self->stages[i], sample) &&
            assay_sample_has(sample, self->stages[i]->field))
            first = i + 1;
    }
    return first;
}

static gboolean
process(Worker *worker, Parcel *parcel, GError **error)
{
    const AssayPipeline *self = worker->pipeline;
    AssaySample *sample;

    if (!assay_arrival_open(parcel->arrival, error))
        return FALSE;
    sample = parcel->arrival->sample;
    if (self->before != NULL && !self->before->apply(self->before, worker->before, sample, error))
        return FALSE;
    for (size_t i = first_stage(self, sample); self->stages != NULL && self->stages[i] != NULL;
         i++) {
        const AssayStage *stage = self->stages[i];

        if (!is_stage_of(self, stage, sample))
            continue;
        if (!stage->apply(stage, worker->states[i], sample, error))
            return FALSE;
        if (self->missing_only)
            assay_stage_note(stage, sample);
    }
    if (self->analyse != NULL) {
        GError *fault = NULL;

        parcel->result = self->analyse(self->user, sample, parcel->arrival->operand, &fault);
        if (fault != NULL) {
            parcel->is_refused = g_error_matches(fault, ASSAY_ERROR, ASSAY_ERROR_USAGE);
            g_propagate_error(error, fault);
            return FALSE;
        }
    }
    return TRUE;
}

static gpointer
work(gpointer state, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    Parcel *parcel = job;
    AssayArrival *arrival = parcel->arrival;

    (void)user;
    (void)error; /* a sample that fails is left out; the run goes on */
    if (arrival->fault == NULL && arrival->upstream == NULL &&
        !process(state, parcel, &arrival->fault))
        g_clear_pointer(&arrival->sample, assay_sample_free);
    *bytes = assay_arrival_bytes(arrival);
    return parcel;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    const AssayPipeline *self = user;
    Parcel *parcel = result;
    const AssayArrival *arrival = parcel->arrival;

    if (self->progress != NULL)
        self->progress(self->user, arrival->file);
    if (arrival->upstream != NULL) {
        self->skipped(self->user, arrival->upstream->name, arrival->upstream->reason,
                      arrival->upstream->accepted, TRUE, arrival->operand);
        return TRUE;
    }
    if (parcel->is_refused || g_error_matches(arrival->fault, ASSAY_ERROR, ASSAY_ERROR_SPEC)) {
        g_propagate_error(error, g_error_copy(arrival->fault));
        return FALSE;
    }
    if (arrival->fault != NULL) {
        self->skipped(self->user, arrival->name, arrival->fault->message, FALSE, FALSE,
                      arrival->operand);
        return TRUE;
    }
    return self->consume(self->user, arrival->sample, parcel->result, arrival->operand, error);
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
        .worker_free = free_worker,
        .work = work,
        .consume = consume,
        .free_job = free_parcel,
        .free_result = free_parcel,
    };

    return assay_parallel_run(&config, (gpointer)self, error);
}
