/* compare/null-draw.c - samples of groups and sets by other labels, drawn, added up and measured.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/random.h"
#include "null-private.h"
#include "resample.h"

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

gpointer
assay_null_worker_new(gpointer user, GError **error)
{
    const AssayNullRun *run = user;
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

void
assay_null_worker_free(gpointer data)
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
clear_weights(const AssayNullRun *run, Worker *worker)
{
    memset(worker->weights, 0, run->groups->n_groups * run->stride * sizeof *worker->weights);
}

/* The samples that the weights are of, from among the groups up to @end: the @which-th sum. */
static void
add_up(const AssayNullRun *run, Worker *worker, size_t n_lanes, size_t end, size_t which)
{
    if (run->matrix != NULL)
        assay_matrix_sum(run->matrix, worker->weights, n_lanes, 0, end, &worker->sums[which]);
    else
        assay_kept_groups_sum(run->groups, worker->weights, run->stride, 0, end,
                              worker->counts[which], worker->sides[which].moments);
}

/* One lane of a sum. */
static const AssayTrialSide *
lane_of(const AssayNullRun *run, Worker *worker, size_t which, size_t lane)
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
rest_of(const AssayNullRun *run, Worker *worker)
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

void
assay_null_draw_real(const AssayNullRun *run, gpointer state, AssayNullBlock *block)
{
    Worker *worker = state;
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
measure_labels(const AssayNullRun *run, Worker *worker, size_t n, double *values)
{
    gboolean is_reference = run->n_chosen == run->groups->n_reference;

    add_up(run, worker, n, run->groups->n_groups, 0);
    for (size_t lane = 0; lane < n; lane++) {
        const AssayTrialSide *part = lane_of(run, worker, 0, lane), *rest = rest_of(run, worker);

        assay_trials_measure(run->trials, is_reference ? part : rest, is_reference ? rest : part,
                             &values[lane * run->n_trials]);
    }
}

void
assay_null_draw_labels(const AssayNullRun *run, gpointer state, AssayNullBlock *block)
{
    Worker *worker = state;
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

void
assay_null_observe(AssayNullRun *run)
{
    Worker *worker = assay_null_worker_new(run, NULL);
    const AssayTrialSide *sides = worker->sides;
    const size_t ends[] = { 0, run->groups->n_reference, run->groups->n_groups };
    guint64 *counts = g_new0(guint64, run->groups->axis->n + 1);

    for (size_t g = 0; g < run->groups->n_groups; g++)
        worker->weights[g * run->stride] = 1;
    for (size_t side = 0; side < 2; side++)
        assay_kept_groups_sum(run->groups, worker->weights, run->stride, ends[side], ends[side + 1],
                              worker->counts[side], worker->sides[side].moments);
    for (size_t c = 0; c < run->groups->axis->n; c++)
        counts[c] = sides[0].counts[c] + sides[1].counts[c];
    for (size_t m = 0; m < ASSAY_N_MOMENTS; m++)
        run->total.moments[m] =
            (AssayMomentSum){ .sum = sides[0].moments[m].sum + sides[1].moments[m].sum,
                              .n = sides[0].moments[m].n + sides[1].moments[m].n };
    run->total.counts = counts;
    assay_trials_measure(run->trials, &sides[0], &sides[1], run->observed);
    assay_null_worker_free(worker);
}
