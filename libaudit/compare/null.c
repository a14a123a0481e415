/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "null.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/parallel.h"
#include "../base/random.h"
#include "../base/sort.h"
#include "../stats/labellings.h"
#include "../stats/percentile.h"
#include "matrix.h"
#include "resample.h"

#define TIE 1e-12

/**
 * Run:
 * @matrix: (nullable): of the groups, where they are added up for many samples
 * @stride: of weights: ASSAY_LANES with a @matrix, else 1
 */
typedef struct {
    const AssayTrials *trials;
    const AssayKeptGroups *groups;
    const AssayMatrix *matrix;
    size_t stride;
    size_t n_trials;
    const AssayNullConfig *config;
    size_t n_chosen;      /* groups of the smaller set */
    gboolean has_real;    /* whether there is a source to draw from */
    gboolean has_labels;  /* whether there are labels to permute */
    guint64 n_all;        /* labellings, where all are looked at; else 0 */
    size_t *all;          /* which groups are chosen in each: n_all * n_chosen */
    AssayTrialSide total; /* of all groups; its counts are owned */
    size_t next;          /* of the reader: which draw begins the next job */
    size_t n_to_come;     /* draws, labellings, whichever are more */
    double *real;         /* n_draws a trial */
    guint64 *n_above;     /* a trial: labellings at least as far apart as the observed one */
    double *observed;     /* a trial */
} Run;

/**
 * Worker:
 * @sums: of ASSAY_LANES samples, where there is a matrix
 * @sides, @counts: one of them by itself
 */
typedef struct {
    double *weights;
    size_t *indices;
    AssayMatrixSum sums[2];
    AssayTrialSide sides[2];
    guint64 *counts[2];
} Worker;

typedef struct {
    size_t first, n;
    double *real, *labels; /* lane by lane, n_trials each */
} Block;

static void
free_block(gpointer data)
{
    Block *self = data;

    g_free(self->real);
    g_free(self->labels);
    g_free(self);
}

static gpointer
new_worker(gpointer user, GError **error)
{
    const Run *run = user;
    Worker *self = g_new0(Worker, 1);

    (void)error;
    self->weights = g_new0(double, run->groups->n_groups * run->stride + 1);
    self->indices = g_new0(size_t, run->groups->n_groups + 1);
    for (size_t i = 0; i < 2; i++) {
        if (run->matrix != NULL)
            assay_matrix_sum_init(&self->sums[i], run->matrix);
        self->counts[i] = g_new0(guint64, run->groups->axis->n + 1);
        self->sides[i].counts = self->counts[i];
    }
    return self;
}

static void
free_worker(gpointer data)
{
    Worker *self = data;

    for (size_t i = 0; i < 2; i++) {
        assay_matrix_sum_clear(&self->sums[i]);
        g_free(self->counts[i]);
    }
    g_free(self->weights);
    g_free(self->indices);
    g_free(self);
}

static void
clear_weights(const Run *run, Worker *worker)
{
    memset(worker->weights, 0, run->groups->n_groups * run->stride * sizeof *worker->weights);
}

/* The samples that the weights are of, from among the groups up to @end: the @which-th sum. */
static void
add_up(const Run *run, Worker *worker, size_t n_lanes, size_t end, size_t which)
{
    if (run->matrix != NULL)
        assay_matrix_sum(run->matrix, worker->weights, n_lanes, 0, end, &worker->sums[which]);
    else
        assay_kept_groups_sum(run->groups, worker->weights, run->stride, 0, end,
                              worker->counts[which], worker->sides[which].moments);
}

/* One lane of a sum. */
static const AssayTrialSide *
lane_of(const Run *run, Worker *worker, size_t which, size_t lane)
{
    const AssayMatrixSum *sum = &worker->sums[which];
    AssayTrialSide *side = &worker->sides[which];

    if (run->matrix == NULL)
        return side;
    for (size_t c = 0; c < run->matrix->n_cells; c++)
        worker->counts[which][c] = (guint64)sum->counts[c * ASSAY_LANES + lane];
    memcpy(side->moments, &sum->moments[lane * ASSAY_N_MOMENTS], sizeof side->moments);
    return side;
}

/* What is not in the first sum of all groups, as the second. */
static const AssayTrialSide *
rest_of(const Run *run, Worker *worker)
{
    const AssayTrialSide *part = &worker->sides[0];
    AssayTrialSide *side = &worker->sides[1];

    for (size_t c = 0; c < run->groups->axis->n; c++)
        worker->counts[1][c] = run->total.counts[c] - part->counts[c];
    for (size_t m = 0; m < ASSAY_N_MOMENTS; m++) {
        side->moments[m].sum = run->total.moments[m].sum - part->moments[m].sum;
        side->moments[m].n = run->total.moments[m].n - part->moments[m].n;
    }
    return side;
}

/* Two samples of the reference, for each draw of the block. */
static void
draw_real(const Run *run, Worker *worker, Block *block)
{
    const guint64 sizes[] = { run->config->n_reference, run->config->n_candidate };
    const size_t n_reference = run->groups->n_reference;
    AssayRandom randoms[ASSAY_LANES];

    for (size_t lane = 0; lane < block->n; lane++)
        assay_random_init_nth(&randoms[lane], run->config->seed, "compare-real",
                              block->first + lane);
    for (size_t side = 0; side < 2; side++) {
        clear_weights(run, worker);
        for (size_t lane = 0; lane < block->n; lane++)
            assay_resample(&randoms[lane], sizes[side], n_reference, &worker->weights[lane],
                           run->stride);
        add_up(run, worker, block->n, n_reference, side);
    }
    for (size_t lane = 0; lane < block->n; lane++)
        assay_trials_measure(run->trials, lane_of(run, worker, 0, lane),
                             lane_of(run, worker, 1, lane), &block->real[lane * run->n_trials]);
}

/* Measures where the groups with a weight are the smaller set, and the others the other one. */
static void
measure_labels(const Run *run, Worker *worker, size_t n, double *values)
{
    gboolean is_reference = run->n_chosen == run->groups->n_reference;

    add_up(run, worker, n, run->groups->n_groups, 0);
    for (size_t lane = 0; lane < n; lane++) {
        const AssayTrialSide *part = lane_of(run, worker, 0, lane), *rest = rest_of(run, worker);

        assay_trials_measure(run->trials, is_reference ? part : rest, is_reference ? rest : part,
                             &values[lane * run->n_trials]);
    }
}

static void
draw_labels(const Run *run, Worker *worker, Block *block)
{
    size_t n = run->groups->n_groups;

    clear_weights(run, worker);
    for (size_t lane = 0; lane < block->n; lane++) {
        const size_t *chosen = worker->indices;

        if (run->n_all > 0) {
            chosen = &run->all[(block->first + lane) * run->n_chosen];
        } else {
            AssayRandom random;

            assay_random_init_nth(&random, run->config->seed, "compare-labels",
                                  block->first + lane);
            for (size_t i = 0; i < n; i++)
                worker->indices[i] = i;
            assay_random_choose(&random, worker->indices, n, run->n_chosen);
        }
        for (size_t i = 0; i < run->n_chosen; i++)
            worker->weights[chosen[i] * run->stride + lane] = 1;
    }
    measure_labels(run, worker, block->n, block->labels);
}

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Run *run = user;
    Block *block;

    (void)error;
    if (run->next >= run->n_to_come)
        return TRUE;
    block = g_new0(Block, 1);
    block->first = run->next;
    block->n = MIN(run->stride, run->n_to_come - run->next);
    run->next += block->n;
    *bytes = 2 * ASSAY_LANES * run->n_trials * sizeof(double);
    *job = block;
    return TRUE;
}

/* How many of the block's draws are among the first @n. */
static size_t
n_within(const Block *block, guint64 n)
{
    return block->first >= n ? 0 : (size_t)MIN(block->n, n - block->first);
}

static gpointer
work(gpointer state, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    const Run *run = user;
    Block *block = job;
    size_t n = block->n;

    (void)bytes;
    (void)error;
    block->real = g_new(double, n * run->n_trials + 1);
    block->labels = g_new(double, n * run->n_trials + 1);
    block->n = run->has_real ? n_within(block, run->config->n_draws) : 0;
    if (block->n > 0)
        draw_real(run, state, block);
    block->n = n;
    block->n =
        run->has_labels ? n_within(block, run->n_all > 0 ? run->n_all : run->config->n_draws) : 0;
    if (block->n > 0)
        draw_labels(run, state, block);
    block->n = n;
    return block;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    Run *run = user;
    const Block *block = result;
    size_t n_draws = run->config->n_draws;
    size_t n_real = run->has_real ? n_within(block, n_draws) : 0;
    size_t n_labels = run->has_labels ? n_within(block, run->n_all > 0 ? run->n_all : n_draws) : 0;

    (void)error;
    for (size_t t = 0; t < run->n_trials; t++) {
        double least = run->observed[t] * (1 - TIE);

        for (size_t i = 0; i < n_real; i++)
            run->real[t * n_draws + block->first + i] = block->real[i * run->n_trials + t];
        for (size_t i = 0; i < n_labels; i++) /* what cannot be measured counts as well */
            run->n_above[t] += !(block->labels[i * run->n_trials + t] < least);
    }
    return TRUE;
}

/* All groups together, and what the labels as they are give: the groups of either set. */
static void
observe(Run *run)
{
    Worker *worker = new_worker(run, NULL);
    size_t n = run->groups->n_groups, first = 0;

    for (size_t g = 0; g < n; g++)
        worker->weights[g * run->stride] = 1;
    add_up(run, worker, 1, n, 0);
    run->total = worker->sides[0];
    run->total.counts = g_memdup2(worker->counts[0], (run->groups->axis->n + 1) * sizeof(guint64));
    if (run->n_chosen != run->groups->n_reference)
        first = run->groups->n_reference;
    clear_weights(run, worker);
    for (size_t i = 0; i < run->n_chosen; i++)
        worker->weights[(first + i) * run->stride] = 1;
    measure_labels(run, worker, 1, run->observed);
    free_worker(worker);
}

/* Where there are few labellings, all of them. */
static void
list_labellings(Run *run)
{
    size_t n = run->groups->n_groups, k = run->n_chosen;
    guint64 count = assay_labellings_count(n, k, run->config->n_draws);
    g_autofree size_t *chosen = g_new0(size_t, k + 1);

    if (count > run->config->n_draws)
        return;
    run->n_all = count;
    run->all = g_new0(size_t, count * k + 1);
    for (size_t i = 0; i < k; i++)
        chosen[i] = i;
    for (guint64 at = 0; at < count; at++) {
        memcpy(&run->all[at * k], chosen, k * sizeof *chosen);
        assay_labellings_next(chosen, n, k);
    }
}

static void
conclude(const Run *run, AssayNull *self)
{
    size_t n_draws = run->config->n_draws;

    self->is_exact = run->n_all > 0;
    self->n_labellings = !run->has_labels ? 0 : self->is_exact ? run->n_all : (guint64)n_draws + 1;
    for (size_t t = 0; t < run->n_trials; t++) {
        AssayNullRow *row = &self->rows[t];
        double *real = &run->real[t * n_draws];
        size_t n = 0;

        for (size_t i = 0; run->has_real && i < n_draws; i++) {
            if (!isnan(real[i]))
                real[n++] = real[i];
        }
        assay_sort_doubles(real, n);
        row->real50 = assay_percentile_reached(real, n, 0.5);
        row->real99 = assay_percentile_reached(real, n, 0.99);
        row->observed = run->has_labels ? run->observed[t] : (double)NAN;
        row->p = (double)NAN;
        if (!isnan(row->observed))
            row->p = (double)(run->n_above[t] + !self->is_exact) / (double)self->n_labellings;
    }
}

static gboolean
run_draws(Run *run, GError **error)
{
    const AssayParallel parallel = {
        .n_workers = run->config->n_workers,
        .max_bytes = (size_t)64 << 20,
        .is_prompt = TRUE,
        .produce = produce,
        .worker_new = new_worker,
        .worker_free = free_worker,
        .work = work,
        .consume = consume,
        .free_job = free_block,
        .free_result = free_block,
    };

    g_autoptr(AssayMatrix) matrix = NULL;

    run->n_to_come = run->config->n_draws;
    if (run->has_labels) {
        observe(run);
        list_labellings(run);
    }
    if (run->config->n_draws > 1) {
        run->matrix = matrix = assay_matrix_new(run->groups, run->config->n_workers);
        run->stride = ASSAY_LANES;
    }
    return assay_parallel_run(&parallel, run, error);
}

AssayNull *
assay_null_new(const AssayTrials *trials, const AssayKeptGroups *groups,
               const AssayNullConfig *config, GError **error)
{
    const size_t n_trials = trials->n;
    g_autoptr(AssayNull) self = g_new0(AssayNull, 1);
    g_autofree guint64 *n_above = g_new0(guint64, n_trials + 1);
    g_autofree double *observed = g_new0(double, n_trials + 1);
    g_autofree double *real = g_try_new0(double, config->n_draws *n_trials + 1);
    size_t n_candidate = groups->n_groups - groups->n_reference;
    Run run = { .trials = trials,
                .groups = groups,
                .stride = 1,
                .n_trials = n_trials,
                .config = config,
                .n_chosen = MIN(groups->n_reference, n_candidate),
                .has_real = groups->n_reference >= 2,
                .has_labels = groups->n_reference > 0 && n_candidate > 0,
                .real = real,
                .n_above = n_above,
                .observed = observed };
    gboolean done;

    if (real == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " draws of %" G_GSIZE_FORMAT " measures",
                    config->n_draws, n_trials);
        return NULL;
    }
    self->rows = g_new0(AssayNullRow, n_trials + 1);
    done = run_draws(&run, error);
    if (done)
        conclude(&run, self);
    g_free((gpointer)run.total.counts);
    g_free(run.all);
    return done ? g_steal_pointer(&self) : NULL;
}

void
assay_null_free(AssayNull *self)
{
    if (self == NULL)
        return;
    g_free(self->rows);
    g_free(self);
}
