/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "null-private.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/parallel.h"
#include "../base/sort.h"
#include "../stats/labellings.h"
#include "../stats/percentile.h"

#define TIE 1e-12

static void
free_block(gpointer data)
{
    AssayNullBlock *self = data;

    g_free(self->real);
    g_free(self->labels);
    g_free(self);
}

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    AssayNullRun *run = user;
    AssayNullBlock *block;

    (void)error;
    if (run->next >= run->n_to_come)
        return TRUE;
    block = g_new0(AssayNullBlock, 1);
    block->first = run->next;
    block->n = MIN(run->stride, run->n_to_come - run->next);
    run->next += block->n;
    *bytes = 2 * ASSAY_LANES * run->n_trials * sizeof(double);
    *job = block;
    return TRUE;
}

/* How many of the block's draws are among the first @n. */
static size_t
n_within(const AssayNullBlock *block, guint64 n)
{
    return block->first >= n ? 0 : (size_t)MIN(block->n, n - block->first);
}

static gpointer
work(gpointer state, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    const AssayNullRun *run = user;
    AssayNullBlock *block = job;
    size_t n = block->n;

    (void)bytes;
    (void)error;
    block->real = g_new(double, n * run->n_trials + 1);
    block->labels = g_new(double, n * run->n_trials + 1);
    block->n = run->has_real ? n_within(block, run->config->n_draws) : 0;
    if (block->n > 0)
        assay_null_draw_real(run, state, block);
    block->n = n;
    block->n =
        run->has_labels ? n_within(block, run->n_all > 0 ? run->n_all : run->config->n_draws) : 0;
    if (block->n > 0)
        assay_null_draw_labels(run, state, block);
    block->n = n;
    return block;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    AssayNullRun *run = user;
    const AssayNullBlock *block = result;
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

/* Where there are few labellings, all of them. */
static void
list_labellings(AssayNullRun *run)
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
conclude(const AssayNullRun *run, AssayNull *self)
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
run_draws(AssayNullRun *run, GError **error)
{
    const AssayParallel parallel = {
        .n_workers = run->config->n_workers,
        .max_bytes = (size_t)64 << 20,
        .is_prompt = TRUE,
        .produce = produce,
        .worker_new = assay_null_worker_new,
        .worker_free = assay_null_worker_free,
        .work = work,
        .consume = consume,
        .free_job = free_block,
        .free_result = free_block,
    };

    g_autoptr(AssayMatrix) matrix = NULL;

    run->n_to_come = run->config->n_draws;
    if (run->has_labels) {
        assay_null_observe(run);
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
    AssayNullRun run = { .trials = trials,
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
