/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline-worker-private.h"

#include "../base/error.h"
#include "split-private.h"

/* A worker's states, one a stage. */
struct AssayPipelineWorker {
    const AssayPipeline *pipeline;
    gpointer *states, before;
};

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

AssayPipelineWorker *
assay_pipeline_worker_new(const AssayPipeline *self)
{
    AssayPipelineWorker *worker = g_new0(AssayPipelineWorker, 1);
    size_t n = 0;

    worker->pipeline = self;
    while (self->stages != NULL && self->stages[n] != NULL)
        n++;
    worker->states = g_new0(gpointer, n + 1);
    for (size_t i = 0; i < n; i++)
        worker->states[i] = new_state(self->stages[i]);
    worker->before = new_state(self->before);
    return worker;
}

void
assay_pipeline_worker_free(gpointer data)
{
    AssayPipelineWorker *worker = data;
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

/* Makes of @sample what is asked for. */
static gboolean
process(AssayPipelineWorker *worker, AssaySample *sample, size_t operand, AssayOutcome *outcome,
        GError **error)
{
    const AssayPipeline *self = worker->pipeline;

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

        outcome->result = self->analyse(self->user, sample, operand, &fault);
        if (fault != NULL) {
            outcome->is_final = g_error_matches(fault, ASSAY_ERROR, ASSAY_ERROR_USAGE);
            g_propagate_error(error, fault);
            return FALSE;
        }
    }
    return TRUE;
}

/* A parcel that is parted, the worker who does it, and what became of the last attempt. */
typedef struct {
    AssayPipelineWorker *worker;
    AssayParcel *parcel;
    AssayOutcome tried;
} Parting;

static GError *
attempt(gpointer user, size_t start, size_t count)
{
    Parting *self = user;
    AssayArrival *arrival = self->parcel->arrival;
    GError *fault = NULL;
    AssayOutcome tried = { .sample = assay_arrival_slice(arrival, start - arrival->item_start,
                                                         count, &fault) };

    if (tried.sample != NULL &&
        process(self->worker, tried.sample, arrival->operand, &tried, &fault)) {
        *assay_parcel_add(self->parcel) = tried;
        return NULL;
    }
    assay_sample_free(tried.sample);
    self->tried = (AssayOutcome){ .is_final = tried.is_final };
    return fault;
}

static gboolean
refuse(gpointer user, size_t start, size_t count, GError *fault)
{
    Parting *self = user;
    AssayOutcome *last = self->parcel->last;

    if (last != NULL && assay_refusal_extend(&last->refusal, start, count, &fault))
        return TRUE;
    assay_parcel_refuse(self->parcel, self->tried, start, count, fault);
    return !assay_outcome_is_final(self->parcel->last);
}

/* Whether an item of what arrived is to blame for @fault. Where a stage made other items of
 * @sample, it is not known which; where there is one, all is said. */
static gboolean
can_part(const AssayArrival *arrival, const AssaySample *sample, const GError *fault)
{
    size_t item;

    return arrival->origin != NULL && assay_error_item(fault, &item) &&
           assay_sample_item_start(sample) == arrival->item_start &&
           assay_sample_n_items(sample) == arrival->n_items && item >= arrival->item_start &&
           item - arrival->item_start < arrival->n_items;
}

static const AssaySplit parting = { attempt, refuse };

static void
process_arrival(AssayPipelineWorker *worker, AssayParcel *parcel)
{
    AssayArrival *arrival = parcel->arrival;
    AssayOutcome made = { .sample = NULL };
    GError *fault = g_steal_pointer(&arrival->fault);
    gboolean is_open = fault == NULL && assay_arrival_open(arrival, &fault);
    gboolean is_parted;

    if (is_open) {
        made.sample = arrival->sample;
        if (process(worker, made.sample, arrival->operand, &made, &fault)) {
            arrival->sample = NULL;
            *assay_parcel_add(parcel) = made;
            return;
        }
        made.sample = NULL;
    }
    is_parted = is_open && !made.is_final && can_part(arrival, arrival->sample, fault);
    g_clear_pointer(&arrival->sample, assay_sample_free);
    if (is_parted) {
        Parting self = { .worker = worker, .parcel = parcel };

        assay_split_items(&parting, &self, arrival->item_start, arrival->n_items, fault);
    } else {
        assay_parcel_refuse(parcel, made, arrival->item_start, arrival->n_items, fault);
    }
}

void
assay_pipeline_work(AssayPipelineWorker *self, AssayParcel *parcel)
{
    if (parcel->arrival->upstream == NULL)
        process_arrival(self, parcel);
    assay_arrival_settle(parcel->arrival);
}
