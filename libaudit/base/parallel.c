/* base/parallel.c - a reader, workers, and the caller as consumer and worker, around one list.
 *
 * The list holds what is in flight, in input order. Workers take its jobs in that order, so that
 * whatever a worker has not taken comes after whatever one has:
 *
 *     first                      todo                 last
 *     due, worked or being so    queued               the reader appends
 *
 * Nobody waits for room on behalf of the first: the worker that takes it never waits, and with
 * nothing in flight neither does the reader. So there is always somebody who can go on.
 *
 * To wake a thread takes as long as a small job, so it is done seldom. The caller works too when
 * nothing is due: of what is done then nobody need be told, as long as there are jobs. A reader
 * that waits for room is left to sleep until the queue is nearly worked.
 *
 * Where reading never waits for anybody there is no reader: who has nothing to do reads a job and
 * works on it, while it is in its caches, and frees in the end what it has made. Memory that one
 * thread gives back and another takes is what threads wait for most, where jobs are small.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parallel-run-private.h"

#include <sched.h>

#include "thread.h"

enum {
    MAX_WORKERS = 1024,
    PATIENCE = 50, /* how often a thread looks whether another has read, before it sleeps */
};

static void
run_alone(AssayWork *work, GError **error)
{
    AssayWorkState state = { 0 };
    gboolean ok = TRUE;
    AssaySlot *slot;

    while (ok && (slot = assay_work_produce(work)) != NULL) {
        if (!slot->is_done)
            assay_work_on(work, &state, slot);
        ok = assay_work_consume(work, slot, error);
        assay_work_clear_slot(work, slot);
        g_free(slot);
    }
    assay_work_free_state(work, &state);
}

/* From here to caller_main: with the lock held; worker_main, reader_main and caller_main take
 * it. */

static void
work_on_next(AssayRun *run, AssayWorker *worker)
{
    AssaySlot *slot = assay_run_take(run);
    guint64 job_bytes = slot->bytes;

    if (run->work.config->is_prompt)
        slot->owner = worker;
    assay_run_call(run);
    assay_work_on(&run->work, &worker->state, slot);
    pthread_mutex_lock(&run->lock);
    assay_run_put_back(run, slot, job_bytes);
}

/* Frees what others have consumed; it counts as in flight until then. */
static void
empty_trash(AssayRun *run, AssayWorker *worker)
{
    AssaySlot *slot = worker->trash;
    guint64 bytes = 0;

    worker->trash = NULL;
    assay_run_call(run);
    while (slot != NULL) {
        AssaySlot *next = slot->next;

        bytes += slot->bytes;
        assay_work_clear_slot(&run->work, slot);
        g_free(slot);
        slot = next;
    }
    pthread_mutex_lock(&run->lock);
    run->in_flight -= bytes;
    assay_run_call_worker(run);
}

/* What was consumed. */
static void
drop(AssayRun *run, AssaySlot *slot)
{
    if (slot->owner != NULL && slot->owner != run->workers && !slot->owner->is_away) {
        slot->next = slot->owner->trash;
        slot->owner->trash = slot;
        return;
    }
    assay_run_call(run);
    assay_work_clear_slot(&run->work, slot);
    pthread_mutex_lock(&run->lock);
    run->in_flight -= slot->bytes;
    g_free(slot);
}

/* Somebody reads a job, which mostly takes less than to be woken when it is there. The lock is
 * given back meanwhile: all is to be looked at again. */
static void
wait_for_read(AssayRun *run, AssayWorker *worker)
{
    worker->has_waited = TRUE;
    assay_run_call(run);
    for (int i = 0; i < PATIENCE && atomic_load(&run->is_read); i++)
        sched_yield();
    pthread_mutex_lock(&run->lock);
}

static void read_and_work(AssayRun *run, AssayWorker *worker);

/* What a worker does next, but to consume; FALSE where there is nothing, and the lock was not given
 * back since that was so. */
static gboolean
does_something(AssayRun *run, AssayWorker *worker)
{
    gboolean has_waited = worker->has_waited;

    worker->has_waited = FALSE;
    if (worker->trash != NULL)
        empty_trash(run, worker);
    else if (assay_run_can_take(run))
        work_on_next(run, worker);
    else if (assay_run_can_read(run))
        read_and_work(run, worker);
    else if (atomic_load(&run->is_read) && !has_waited)
        wait_for_read(run, worker);
    else
        return FALSE;
    return TRUE;
}

static void
worker_main(gpointer data)
{
    AssayWorker *worker = data;
    AssayRun *run = worker->run;

    pthread_mutex_lock(&run->lock);
    while (!run->is_over && !(run->is_ended && run->todo == NULL)) {
        if (does_something(run, worker))
            continue;
        worker->is_away = TRUE;
        run->n_waiting++;
        assay_run_wait_for(run, &run->ready);
        run->n_waiting--;
        worker->is_away = FALSE;
    }
    while (worker->trash != NULL)
        empty_trash(run, worker);
    worker->is_away = TRUE;
    assay_run_call(run);
    assay_work_free_state(&run->work, &worker->state);
}

/* Whether there are more jobs than workers who wait for them; the caller is one. Where there is no
 * reader, who has read is to work, and once there is a second worker somebody is to read. */
static gboolean
lacks_workers(const AssayRun *run)
{
    guint n_idle = run->n_waiting + (run->caller_waits ? 1 : 0);
    guint64 n_wanted = run->n_queued;

    if (run->work.config->is_prompt) {
        n_idle++;
        n_wanted += run->n_workers > 0 ? 1 : 0;
    }
    return n_wanted > n_idle && run->n_workers + 1 < run->max_workers && !run->is_over &&
           !run->is_ended;
}

/* Without another the run is but slower. */
static void
start_worker(AssayRun *run)
{
    AssayWorker *worker = &run->workers[run->n_workers + 1];
    gboolean has_started;

    worker->run = run;
    has_started = assay_thread_begin(&run->threads[run->n_workers], worker_main, worker);
    run->n_workers += has_started ? 1 : 0;
}

static void
read_next(AssayRun *run)
{
    AssaySlot *slot;

    atomic_store(&run->is_read, TRUE);
    assay_run_call(run);
    slot = assay_work_produce(&run->work);
    pthread_mutex_lock(&run->lock);
    atomic_store(&run->is_read, FALSE);
    if (slot == NULL || slot->is_done)
        assay_run_end(run);
    if (slot != NULL)
        assay_run_append(run, slot);
    if (lacks_workers(run))
        start_worker(run);
}

/* At once, before anybody else takes it: memory that one reads into and another frees makes them
 * wait for each other. But while one is alone, the next job shows if there is use for another. */
static void
read_and_work(AssayRun *run, AssayWorker *worker)
{
    read_next(run);
    if (run->n_workers > 0 && assay_run_can_take(run))
        work_on_next(run, worker);
}

static gboolean
wait_for_room(AssayRun *run, guint64 bytes)
{
    while (!run->is_over && !assay_run_can_append(run, bytes)) {
        run->wanted = bytes;
        run->reader_waits = TRUE;
        while (run->reader_waits)
            assay_run_wait_for(run, &run->room);
    }
    return !run->is_over;
}

static void
reader_main(gpointer data)
{
    AssayRun *run = data;
    gboolean has_failed = FALSE;
    AssaySlot *slot = NULL;

    pthread_mutex_lock(&run->lock);
    while (!has_failed && wait_for_room(run, ASSAY_SLOT_BYTES)) {
        assay_run_call(run);
        slot = assay_work_produce(&run->work);
        pthread_mutex_lock(&run->lock);
        if (slot == NULL || !wait_for_room(run, slot->bytes))
            break;
        has_failed = slot->is_done;
        assay_run_append(run, g_steal_pointer(&slot));
        if (lacks_workers(run))
            start_worker(run);
    }
    assay_run_end(run);
    assay_run_call(run);
    if (slot != NULL)
        assay_work_clear_slot(&run->work, slot);
    g_free(slot);
}

/* FALSE if that is to be the last. */
static gboolean
consume_first(AssayRun *run, GError **error)
{
    AssaySlot *slot = run->first;
    gboolean ok;

    assay_run_call_worker(run); /* it may have been the caller whom the latest job called */
    assay_run_call(run);
    ok = assay_work_consume(&run->work, slot, error);
    pthread_mutex_lock(&run->lock);
    run->first = slot->next;
    run->n_listed--;
    drop(run, slot);
    if (!ok)
        assay_run_give_up(run);
    assay_run_call_reader(run);
    assay_run_call_worker(run);
    return ok;
}

/* Whether a second job shows if another worker is of use, before the first is worked. */
static gboolean
may_be_alone(AssayRun *run)
{
    return run->n_workers == 0 && run->n_queued == 1 && run->n_listed == 1 &&
           assay_run_can_read(run);
}

/* What is due goes before what is to be worked. */
static void
caller_main(AssayRun *run, GError **error)
{
    gboolean ok = TRUE;

    pthread_mutex_lock(&run->lock);
    while (ok && !(run->is_ended && run->first == NULL)) {
        if (run->first != NULL && run->first->is_done) {
            ok = consume_first(run, error);
        } else if (may_be_alone(run)) {
            read_next(run);
        } else if (!does_something(run, run->workers)) {
            run->caller_waits = TRUE;
            while (run->caller_waits)
                assay_run_wait_for(run, &run->due);
        }
    }
    assay_run_call(run);
    assay_work_free_state(&run->work, &run->workers->state);
}

/* FALSE if the system grants no reader where one is needed. */
static gboolean
run_threads(AssayRun *run, GError **error)
{
    g_autofree pthread_t *threads = g_new(pthread_t, run->max_workers);
    g_autofree AssayWorker *workers = g_new0(AssayWorker, run->max_workers);
    gboolean has_reader = !run->work.config->is_prompt;
    pthread_t reader;

    run->threads = threads;
    run->workers = workers;
    if (has_reader && !assay_thread_begin(&reader, reader_main, run))
        return FALSE;
    caller_main(run, error);
    if (has_reader)
        pthread_join(reader, NULL);
    /* Nobody starts workers once all has been read, or there was a failure. */
    for (guint i = 0; i < run->n_workers; i++)
        pthread_join(run->threads[i], NULL);
    while (run->first != NULL) {
        AssaySlot *slot = run->first;

        run->first = slot->next;
        assay_work_clear_slot(&run->work, slot);
        g_free(slot);
    }
    return TRUE;
}

gboolean
assay_parallel_run(const AssayParallel *config, gpointer user, GError **error)
{
    AssayRun run = { .work = { config, user, PTHREAD_MUTEX_INITIALIZER },
                     .max_workers = MIN(config->n_workers, MAX_WORKERS),
                     .lock = PTHREAD_MUTEX_INITIALIZER,
                     .room = PTHREAD_COND_INITIALIZER,
                     .ready = PTHREAD_COND_INITIALIZER,
                     .due = PTHREAD_COND_INITIALIZER };
    GError *failure = NULL;

    g_return_val_if_fail(config->produce != NULL && config->work != NULL && config->consume != NULL,
                         FALSE);
    if (config->n_workers <= 1 || !run_threads(&run, &failure))
        run_alone(&run.work, &failure);
    pthread_cond_destroy(&run.due);
    pthread_cond_destroy(&run.ready);
    pthread_cond_destroy(&run.room);
    pthread_mutex_destroy(&run.lock);
    pthread_mutex_destroy(&run.work.making);
    if (failure == NULL)
        return TRUE;
    g_propagate_error(error, failure);
    return FALSE;
}
