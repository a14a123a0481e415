/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline.h"

#include "../base/error.h"
#include "../base/parallel.h"
#include "refusals-private.h"
#include "split-private.h"

/* A run: what it is counted in, and what was left out and is not told yet. */
typedef struct {
    const AssayPipeline *pipeline;
    AssayIntake *intake;
    AssayRefusal untold;
    gboolean is_from_start; /* of its sample */
    size_t operand;         /* of that */
} Run;

/* What became of a sample, or of a run of its items: the sample, and what the analysis made of it;
 * or a refusal. */
typedef struct Outcome Outcome;
struct Outcome {
    AssaySample *sample;
    gpointer result;
    AssayRefusal refusal;
    gboolean is_final; /* refused for what no sample is to blame for */
    Outcome *next;
};

/* An arrival on its way, and what became of it, in order. */
typedef struct {
    AssayArrival *arrival;
    GDestroyNotify free_result;
    Outcome first, *last;
} Parcel;

static void
clear_outcome(Parcel *parcel, Outcome *outcome)
{
    assay_sample_free(outcome->sample);
    if (parcel->free_result != NULL && outcome->result != NULL)
        parcel->free_result(outcome->result);
    assay_refusal_clear(&outcome->refusal);
}

static void
free_parcel(gpointer data)
{
    Parcel *parcel = data;
    Outcome *next;

    clear_outcome(parcel, &parcel->first);
    for (Outcome *outcome = parcel->first.next; outcome != NULL; outcome = next) {
        next = outcome->next;
        clear_outcome(parcel, outcome);
        g_free(outcome);
    }
    assay_arrival_free(parcel->arrival);
    g_free(parcel);
}

/* A place for what became of the next items. */
static Outcome *
add_outcome(Parcel *parcel)
{
    if (parcel->last == NULL) {
        parcel->last = &parcel->first;
    } else {
        parcel->last->next = g_new0(Outcome, 1);
        parcel->last = parcel->last->next;
    }
    return parcel->last;
}

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    const AssayPipeline *self = ((const Run *)user)->pipeline;
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
    const AssayPipeline *self = ((const Run *)user)->pipeline;
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

/* Makes of @sample what is asked for. */
static gboolean
process(Worker *worker, AssaySample *sample, size_t operand, Outcome *outcome, GError **error)
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

static gboolean
is_final(const Outcome *outcome)
{
    return outcome->is_final ||
           g_error_matches(outcome->refusal.fault, ASSAY_ERROR, ASSAY_ERROR_SPEC);
}

/* Adds that the items are left out; @outcome has what else is known of that. */
static void
add_refusal(Parcel *parcel, Outcome outcome, size_t start, size_t n_items, GError *fault)
{
    Outcome *added = add_outcome(parcel);

    outcome.refusal.name = g_strdup(parcel->arrival->name);
    outcome.refusal.has_items = parcel->arrival->has_items;
    outcome.refusal.start = start;
    outcome.refusal.n_items = n_items;
    outcome.refusal.fault = fault;
    *added = outcome;
}

/* A parcel that is parted, the worker who does it, and what became of the last attempt. */
typedef struct {
    Worker *worker;
    Parcel *parcel;
    Outcome tried;
} Parting;

static GError *
attempt(gpointer user, size_t start, size_t count)
{
    Parting *self = user;
    AssayArrival *arrival = self->parcel->arrival;
    GError *fault = NULL;
    Outcome tried = { .sample = assay_arrival_slice(arrival, start - arrival->item_start, count,
                                                    &fault) };

    if (tried.sample != NULL &&
        process(self->worker, tried.sample, arrival->operand, &tried, &fault)) {
        *add_outcome(self->parcel) = tried;
        return NULL;
    }
    assay_sample_free(tried.sample);
    self->tried = (Outcome){ .is_final = tried.is_final };
    return fault;
}

static gboolean
refuse(gpointer user, size_t start, size_t count, GError *fault)
{
    Parting *self = user;
    Outcome *last = self->parcel->last;

    if (last != NULL && assay_refusal_extend(&last->refusal, start, count, &fault))
        return TRUE;
    add_refusal(self->parcel, self->tried, start, count, fault);
    return !is_final(self->parcel->last);
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
process_arrival(Worker *worker, Parcel *parcel)
{
    AssayArrival *arrival = parcel->arrival;
    Outcome made = { .sample = NULL };
    GError *fault = g_steal_pointer(&arrival->fault);
    gboolean is_open = fault == NULL && assay_arrival_open(arrival, &fault);
    gboolean is_parted;

    if (is_open) {
        made.sample = arrival->sample;
        if (process(worker, made.sample, arrival->operand, &made, &fault)) {
            arrival->sample = NULL;
            *add_outcome(parcel) = made;
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
        add_refusal(parcel, made, arrival->item_start, arrival->n_items, fault);
    }
}

static gpointer
work(gpointer state, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    Parcel *parcel = job;

    (void)user;
    (void)error; /* a sample that fails is left out; the run goes on */
    if (parcel->arrival->upstream == NULL)
        process_arrival(state, parcel);
    assay_arrival_settle(parcel->arrival);
    *bytes = assay_arrival_bytes(parcel->arrival);
    for (Outcome *outcome = &parcel->first; outcome != NULL; outcome = outcome->next)
        *bytes += outcome->sample != NULL ? assay_sample_bytes(outcome->sample) : 0;
    return parcel;
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
consume_outcome(Run *self, Outcome *outcome, size_t operand, GError **error)
{
    const AssayPipeline *pipeline = self->pipeline;
    AssaySample *sample = outcome->sample;

    if (sample == NULL && is_final(outcome)) {
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
    Parcel *parcel = result;
    const AssayArrival *arrival = parcel->arrival;

    if (pipeline->progress != NULL)
        pipeline->progress(pipeline->user, arrival->file);
    if (arrival->upstream != NULL) {
        tell(self, TRUE);
        assay_intake_add_upstream(self->intake, arrival->upstream->n_items);
        pipeline->skipped(pipeline->user, arrival->upstream, TRUE, arrival->operand);
        return TRUE;
    }
    for (Outcome *outcome = &parcel->first; outcome != NULL; outcome = outcome->next) {
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
        .worker_free = free_worker,
        .work = work,
        .consume = consume,
        .free_job = free_parcel,
        .free_result = free_parcel,
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
