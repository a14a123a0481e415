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
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700 /* for sigaltstack */
#include "parallel-private.h"

#include <signal.h>

enum {
    QUEUE_SHARE = 4, /* at most a quarter of the bytes waits; the rest is for results */
    MAX_WORKERS = 1024,
    SIGNAL_STACK = 1 << 16,
    PER_WORKER = 32, /* jobs in flight, however small, so that memory stays where it is */
    LOW = 8,         /* queued jobs a worker: with more of them the reader need not hurry */
    FEW = 3,         /* jobs a worker that may be large: the next one to work on, and some ease */
    SMALL = 4 << 20, /* bytes a worker; more jobs than few are small in all */
};

enum { CALL_CALLER = 1, CALL_READER = 2, CALL_WORKER = 4, CALL_WORKERS = 8 };

typedef struct {
    AssayWork work;
    pthread_mutex_t lock; /* held around all that follows */
    pthread_cond_t room;  /* the reader waits: a job has been taken, bytes have gone */
    pthread_cond_t ready; /* workers wait: a job can be taken */
    pthread_cond_t due;   /* the caller waits: the first is done, or a job can be taken, or the end
                           * is known */
    AssaySlot *first, *todo, *last;
    guint64 n_listed;
    guint64 n_queued, queued_bytes; /* from todo on */
    guint64 in_flight;              /* bytes of the whole list */
    guint64 n_running, growth;      /* growth: of the latest slot worked */
    guint64 wanted;                 /* bytes that the reader waits for */
    gboolean reader_waits, caller_waits;
    guint calls;        /* to be made when the lock is given back */
    gboolean is_ended;  /* nothing will be appended */
    gboolean is_over;   /* a failure: nothing more need be read or worked */
    pthread_t *workers; /* beside the caller */
    guint n_workers, max_workers, n_waiting;
} Run;

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

/* From here to caller_main: with the lock held; worker_main, reader_main and caller_main take it.
 */

static gboolean
can_take(const Run *run)
{
    if (run->todo == NULL || run->todo == run->first)
        return run->todo != NULL;
    return run->in_flight + (run->n_running + 1) * run->growth <= run->work.config->max_bytes;
}

/* Memory that is used again and again stays in caches, and is known to the system. */
static gboolean
is_ahead(const Run *run, guint64 bytes)
{
    guint64 n_workers = run->max_workers;

    return run->n_listed >= n_workers * PER_WORKER ||
           (run->n_listed >= n_workers * FEW && run->in_flight + bytes > n_workers * SMALL);
}

static gboolean
can_append(const Run *run, guint64 bytes)
{
    guint64 max_bytes = run->work.config->max_bytes;

    if (run->first == NULL)
        return TRUE;
    return !is_ahead(run, bytes) && run->in_flight + bytes <= max_bytes &&
           (run->n_queued == 0 || run->queued_bytes + bytes <= max_bytes / QUEUE_SHARE);
}

/* Calls go out when the lock is free for those who wake. */
static void
call(Run *run)
{
    guint calls = run->calls;

    run->calls = 0;
    pthread_mutex_unlock(&run->lock);
    if (calls & CALL_CALLER)
        pthread_cond_signal(&run->due);
    if (calls & CALL_READER)
        pthread_cond_signal(&run->room);
    if (calls & CALL_WORKERS)
        pthread_cond_broadcast(&run->ready);
    else if (calls & CALL_WORKER)
        pthread_cond_signal(&run->ready);
}

/* Calls go out first; then what is waited for is to be looked at again, and waited for in turn. */
static void
wait_for(Run *run, pthread_cond_t *condition)
{
    if (run->calls != 0) {
        call(run);
        pthread_mutex_lock(&run->lock);
    } else {
        pthread_cond_wait(condition, &run->lock);
    }
}

static void
call_caller(Run *run)
{
    if (run->caller_waits)
        run->calls |= CALL_CALLER;
    run->caller_waits = FALSE;
}

/* One worker is enough: each that takes a job calls the next. The caller before others, who would
 * have to call it when they are done. */
static void
call_worker(Run *run)
{
    if (!can_take(run))
        return;
    if (run->caller_waits)
        call_caller(run);
    else if (run->n_waiting > 0)
        run->calls |= CALL_WORKER;
}

static void
call_reader(Run *run)
{
    if (!run->reader_waits)
        return;
    if (!run->is_over && (run->n_queued > run->max_workers * LOW || !can_append(run, run->wanted)))
        return;
    run->reader_waits = FALSE;
    run->calls |= CALL_READER;
}

static void
give_up(Run *run)
{
    run->is_over = TRUE;
    run->todo = NULL;
    call_reader(run);
    run->calls |= CALL_WORKERS;
}

static AssaySlot *
take(Run *run)
{
    AssaySlot *slot = run->todo;

    run->todo = slot->next != NULL && slot->next->is_done ? NULL : slot->next;
    run->n_queued--;
    run->queued_bytes -= slot->bytes;
    run->n_running++;
    if (run->is_ended && run->todo == NULL)
        run->calls |= CALL_WORKERS; /* those who waited for room may leave */
    else
        call_worker(run);
    call_reader(run);
    return slot;
}

static void
put_back(Run *run, AssaySlot *slot, guint64 job_bytes)
{
    run->growth = slot->growth;
    run->in_flight = run->in_flight - job_bytes + slot->bytes;
    run->n_running--;
    slot->is_done = TRUE;
    if (slot->error != NULL)
        give_up(run);
    if (slot == run->first)
        call_caller(run);
    call_reader(run);
}

static void
work_on_next(Run *run, AssayWorkState *state)
{
    AssaySlot *slot = take(run);
    guint64 job_bytes = slot->bytes;

    call(run);
    assay_work_on(&run->work, state, slot);
    pthread_mutex_lock(&run->lock);
    put_back(run, slot, job_bytes);
}

static void *
worker_main(void *data)
{
    Run *run = data;
    AssayWorkState state = { 0 };

    pthread_mutex_lock(&run->lock);
    while (!run->is_over && !(run->is_ended && run->todo == NULL)) {
        if (can_take(run)) {
            work_on_next(run, &state);
            continue;
        }
        run->n_waiting++;
        wait_for(run, &run->ready);
        run->n_waiting--;
    }
    call(run);
    assay_work_free_state(&run->work, &state);
    return NULL;
}

/* Threads begin here: signal handlers get a stack of their own, so that one can run even where the
 * thread's has come to its end. */
static void *
with_signal_stack(void *(*main)(void *), void *data)
{
    char stack[SIGNAL_STACK];
    const stack_t own = { .ss_sp = stack, .ss_size = sizeof stack };
    stack_t before;
    gboolean is_set = sigaltstack(&own, &before) == 0;

    main(data);
    if (is_set)
        sigaltstack(&before, NULL);
    return NULL;
}

static void *
begin_worker(void *data)
{
    return with_signal_stack(worker_main, data);
}

/* Whether there are more jobs than workers who wait for them; the caller is one. */
static gboolean
lacks_workers(const Run *run)
{
    return run->n_queued > run->n_waiting + (run->caller_waits ? 1 : 0) &&
           run->n_workers + 1 < run->max_workers;
}

/* Without another the run is but slower. */
static void
start_worker(Run *run)
{
    gboolean has_started;

    call(run);
    has_started = pthread_create(&run->workers[run->n_workers], NULL, begin_worker, run) == 0;
    pthread_mutex_lock(&run->lock);
    run->n_workers += has_started ? 1 : 0;
}

static void
append(Run *run, AssaySlot *slot)
{
    if (run->first != NULL)
        run->last->next = slot;
    else
        run->first = slot;
    run->last = slot;
    run->in_flight += slot->bytes;
    run->n_listed++;
    if (slot->is_done) /* a failure to read, and so the end: the reader wakes all */
        return;
    if (run->todo == NULL)
        run->todo = slot;
    run->n_queued++;
    run->queued_bytes += slot->bytes;
    call_worker(run);
}

static gboolean
wait_for_room(Run *run, guint64 bytes)
{
    while (!run->is_over && !can_append(run, bytes)) {
        run->wanted = bytes;
        run->reader_waits = TRUE;
        while (run->reader_waits)
            wait_for(run, &run->room);
    }
    return !run->is_over;
}

static void *
reader_main(void *data)
{
    Run *run = data;
    gboolean has_failed = FALSE;
    AssaySlot *slot = NULL;

    pthread_mutex_lock(&run->lock);
    while (!has_failed && wait_for_room(run, ASSAY_SLOT_BYTES)) {
        call(run);
        slot = assay_work_produce(&run->work);
        pthread_mutex_lock(&run->lock);
        if (slot == NULL || !wait_for_room(run, slot->bytes))
            break;
        has_failed = slot->is_done;
        append(run, g_steal_pointer(&slot));
        if (lacks_workers(run))
            start_worker(run);
    }
    run->is_ended = TRUE;
    run->calls |= CALL_WORKERS;
    call_caller(run);
    call(run);
    if (slot != NULL)
        assay_work_clear_slot(&run->work, slot);
    g_free(slot);
    return NULL;
}

static void *
begin_reader(void *data)
{
    return with_signal_stack(reader_main, data);
}

/* FALSE if that is to be the last. */
static gboolean
consume_first(Run *run, GError **error)
{
    AssaySlot *slot = run->first;
    gboolean ok;

    call_worker(run); /* it may have been the caller whom the latest job called */
    call(run);
    ok = assay_work_consume(&run->work, slot, error);
    assay_work_clear_slot(&run->work, slot);
    pthread_mutex_lock(&run->lock);
    run->first = slot->next;
    run->in_flight -= slot->bytes;
    run->n_listed--;
    g_free(slot);
    if (!ok)
        give_up(run);
    call_reader(run);
    call_worker(run);
    return ok;
}

/* What is due goes before what is to be worked. */
static void
caller_main(Run *run, GError **error)
{
    AssayWorkState state = { 0 };
    gboolean ok = TRUE;

    pthread_mutex_lock(&run->lock);
    while (ok && !(run->is_ended && run->first == NULL)) {
        if (run->first != NULL && run->first->is_done) {
            ok = consume_first(run, error);
        } else if (can_take(run)) {
            work_on_next(run, &state);
        } else {
            run->caller_waits = TRUE;
            while (run->caller_waits)
                wait_for(run, &run->due);
        }
    }
    call(run);
    assay_work_free_state(&run->work, &state);
}

/* FALSE if the system grants no thread. */
static gboolean
run_threads(Run *run, GError **error)
{
    g_autofree pthread_t *workers = g_new(pthread_t, run->max_workers);
    pthread_t reader;

    run->workers = workers;
    if (pthread_create(&reader, NULL, begin_reader, run) != 0)
        return FALSE;
    caller_main(run, error);
    pthread_join(reader, NULL);
    /* Only the reader starts workers, and it has gone. */
    for (guint i = 0; i < run->n_workers; i++)
        pthread_join(run->workers[i], NULL);
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
    Run run = { .work = { config, user, PTHREAD_MUTEX_INITIALIZER },
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
