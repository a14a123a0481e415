/* base/parallel.c - a reader, workers, and the caller as consumer, around one list.
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
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700 /* for sigaltstack */
#include "parallel.h"

#include <pthread.h>
#include <signal.h>

enum {
    SLOT_BYTES = 256, /* what a job costs beside its own bytes, malloc's share included */
    QUEUE_SHARE = 4,  /* at most a quarter of the bytes waits; the rest is for results */
    MAX_WORKERS = 1024,
    SIGNAL_STACK = 1 << 16,
    PER_WORKER = 16, /* jobs in flight, however small, so that memory stays where it is */
    FEW = 3,         /* jobs a worker that may be large: the next one to work on, and some ease */
    SMALL = 4 << 20, /* bytes a worker; more jobs than few are small in all */
};

typedef struct Slot Slot;
struct Slot {
    Slot *next;
    gpointer job, result;
    GError *error; /* of produce, worker_new or work */
    guint64 bytes;
    guint64 growth; /* what its work added while it lasted */
    gboolean is_done;
};

typedef struct {
    const AssayParallel *config;
    gpointer user;
    pthread_mutex_t making; /* held around worker_new */
    pthread_mutex_t lock;   /* held around all that follows */
    pthread_cond_t room;    /* the reader waits: a job has been taken, bytes have gone */
    pthread_cond_t ready;   /* workers wait: a job can be taken */
    pthread_cond_t due;     /* the consumer waits: the first is done, or the end is known */
    Slot *first, *todo, *last;
    guint64 n_listed;
    guint64 n_queued, queued_bytes; /* from todo on */
    guint64 in_flight;              /* bytes of the whole list */
    guint64 n_running, growth;      /* growth: of the latest slot worked */
    gboolean is_ended;              /* nothing will be appended */
    gboolean is_over;               /* a failure: nothing more need be read or worked */
    pthread_t *workers;
    guint n_workers, max_workers, n_waiting;
} Run;

typedef struct {
    gpointer state;
    gboolean has_state;
} Worker;

/* Sums of these stay far below 2^64. */
static guint64
bounded(size_t bytes)
{
    return MIN((guint64)bytes, G_GUINT64_CONSTANT(1) << 44);
}

static void
work_on(Run *run, Worker *worker, Slot *slot)
{
    const AssayParallel *config = run->config;
    size_t job_bytes = (size_t)(slot->bytes - SLOT_BYTES);
    size_t bytes = job_bytes;

    if (!worker->has_state && config->worker_new != NULL) {
        pthread_mutex_lock(&run->making);
        worker->state = config->worker_new(run->user, &slot->error);
        pthread_mutex_unlock(&run->making);
        worker->has_state = slot->error == NULL;
    }
    if (slot->error == NULL)
        slot->result = config->work(worker->state, run->user, slot->job, &bytes, &slot->error);
    if (slot->result == slot->job) {
        slot->growth = bytes > job_bytes ? bounded(bytes - job_bytes) : 0;
    } else {
        slot->growth = bounded(bytes);
        if (config->free_job != NULL)
            config->free_job(slot->job);
    }
    slot->job = NULL;
    slot->bytes = bounded(bytes) + SLOT_BYTES;
}

static void
slot_free(Run *run, Slot *slot)
{
    if (slot->job != NULL && run->config->free_job != NULL)
        run->config->free_job(slot->job);
    if (slot->result != NULL && run->config->free_result != NULL)
        run->config->free_result(slot->result);
    g_clear_error(&slot->error);
    g_free(slot);
}

/* The next job, or the failure to make one, in a slot; NULL at the end. */
static Slot *
produce(Run *run)
{
    Slot *slot = g_new0(Slot, 1);
    size_t bytes = 0;

    if (!run->config->produce(run->user, &slot->job, &bytes, &slot->error)) {
        slot->job = NULL;
        slot->is_done = TRUE;
    }
    if (slot->job == NULL && slot->error == NULL) {
        g_free(slot);
        return NULL;
    }
    slot->bytes = bounded(bytes) + SLOT_BYTES;
    return slot;
}

/* FALSE with the error set if the slot holds one or consume fails, without if that is enough. */
static gboolean
consume(Run *run, Slot *slot, GError **error)
{
    if (slot->error != NULL) {
        g_propagate_error(error, g_steal_pointer(&slot->error));
        return FALSE;
    }
    return run->config->consume(run->user, slot->result, error);
}

static void
run_alone(Run *run, GError **error)
{
    Worker worker = { 0 };
    gboolean ok = TRUE;
    Slot *slot;

    while (ok && (slot = produce(run)) != NULL) {
        if (!slot->is_done)
            work_on(run, &worker, slot);
        ok = consume(run, slot, error);
        slot_free(run, slot);
    }
    if (worker.has_state && run->config->worker_free != NULL)
        run->config->worker_free(worker.state);
}

/* From here to consume_all: with the lock held; worker_main, reader_main and consume_all take it.
 */

static gboolean
can_take(const Run *run)
{
    if (run->todo == NULL || run->todo == run->first)
        return run->todo != NULL;
    return run->in_flight + (run->n_running + 1) * run->growth <= run->config->max_bytes;
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
    guint64 max_bytes = run->config->max_bytes;

    if (run->first == NULL)
        return TRUE;
    return !is_ahead(run, bytes) && run->in_flight + bytes <= max_bytes &&
           (run->n_queued == 0 || run->queued_bytes + bytes <= max_bytes / QUEUE_SHARE);
}

/* One worker is enough: each that takes a job calls the next. */
static void
call_worker(Run *run)
{
    if (run->n_waiting > 0 && can_take(run))
        pthread_cond_signal(&run->ready);
}

static void
give_up(Run *run)
{
    run->is_over = TRUE;
    run->todo = NULL;
    pthread_cond_signal(&run->room);
    pthread_cond_broadcast(&run->ready);
}

static Slot *
take(Run *run)
{
    Slot *slot = run->todo;

    run->todo = slot->next != NULL && slot->next->is_done ? NULL : slot->next;
    run->n_queued--;
    run->queued_bytes -= slot->bytes;
    run->n_running++;
    if (run->is_ended && run->todo == NULL)
        pthread_cond_broadcast(&run->ready); /* those who waited for room may leave */
    else
        call_worker(run);
    pthread_cond_signal(&run->room);
    return slot;
}

static void
put_back(Run *run, Slot *slot, guint64 job_bytes)
{
    run->growth = slot->growth;
    run->in_flight = run->in_flight - job_bytes + slot->bytes;
    run->n_running--;
    slot->is_done = TRUE;
    if (slot->error != NULL)
        give_up(run);
    if (slot == run->first)
        pthread_cond_signal(&run->due);
    pthread_cond_signal(&run->room);
}

static void *
worker_main(void *data)
{
    Run *run = data;
    Worker worker = { 0 };

    pthread_mutex_lock(&run->lock);
    for (;;) {
        guint64 job_bytes;
        Slot *slot;

        while (!run->is_over && !can_take(run) && !(run->is_ended && run->todo == NULL)) {
            run->n_waiting++;
            pthread_cond_wait(&run->ready, &run->lock);
            run->n_waiting--;
        }
        if (run->is_over || run->todo == NULL)
            break;
        slot = take(run);
        job_bytes = slot->bytes;
        pthread_mutex_unlock(&run->lock);
        work_on(run, &worker, slot);
        pthread_mutex_lock(&run->lock);
        put_back(run, slot, job_bytes);
    }
    pthread_mutex_unlock(&run->lock);
    if (worker.has_state && run->config->worker_free != NULL)
        run->config->worker_free(worker.state);
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

static gboolean
start_worker(Run *run)
{
    if (pthread_create(&run->workers[run->n_workers], NULL, begin_worker, run) != 0)
        return FALSE;
    run->n_workers++;
    return TRUE;
}

static void
append(Run *run, Slot *slot)
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
    if (run->n_queued > run->n_waiting && run->n_workers < run->max_workers)
        start_worker(run); /* one at least is there; without another the run is but slower */
    call_worker(run);
}

static gboolean
wait_for_room(Run *run, guint64 bytes)
{
    while (!run->is_over && !can_append(run, bytes))
        pthread_cond_wait(&run->room, &run->lock);
    return !run->is_over;
}

static void *
reader_main(void *data)
{
    Run *run = data;
    gboolean has_failed = FALSE;
    Slot *slot = NULL;

    pthread_mutex_lock(&run->lock);
    while (!has_failed && wait_for_room(run, SLOT_BYTES)) {
        pthread_mutex_unlock(&run->lock);
        slot = produce(run);
        pthread_mutex_lock(&run->lock);
        if (slot == NULL || !wait_for_room(run, slot->bytes))
            break;
        has_failed = slot->is_done;
        append(run, g_steal_pointer(&slot));
    }
    run->is_ended = TRUE;
    pthread_cond_broadcast(&run->ready);
    pthread_cond_signal(&run->due);
    pthread_mutex_unlock(&run->lock);
    if (slot != NULL)
        slot_free(run, slot);
    return NULL;
}

static void *
begin_reader(void *data)
{
    return with_signal_stack(reader_main, data);
}

static void
consume_all(Run *run, GError **error)
{
    gboolean ok = TRUE;

    pthread_mutex_lock(&run->lock);
    while (ok) {
        Slot *slot;

        while (run->first != NULL ? !run->first->is_done : !run->is_ended)
            pthread_cond_wait(&run->due, &run->lock);
        slot = run->first;
        if (slot == NULL)
            break;
        pthread_mutex_unlock(&run->lock);
        ok = consume(run, slot, error);
        if (slot->result != NULL && run->config->free_result != NULL)
            run->config->free_result(slot->result);
        slot->result = NULL;
        pthread_mutex_lock(&run->lock);
        run->first = slot->next;
        run->in_flight -= slot->bytes;
        run->n_listed--;
        g_free(slot);
        if (!ok)
            give_up(run);
        pthread_cond_signal(&run->room);
        call_worker(run);
    }
    pthread_mutex_unlock(&run->lock);
}

static void
run_threads(Run *run, GError **error)
{
    pthread_t reader;
    gboolean has_reader;

    run->workers = g_new(pthread_t, run->max_workers);
    has_reader = start_worker(run) && pthread_create(&reader, NULL, begin_reader, run) == 0;
    if (has_reader) {
        consume_all(run, error);
        pthread_join(reader, NULL);
    } else {
        pthread_mutex_lock(&run->lock);
        give_up(run);
        pthread_mutex_unlock(&run->lock);
    }
    /* Only the reader starts more of them, and it has gone. */
    for (guint i = 0; i < run->n_workers; i++)
        pthread_join(run->workers[i], NULL);
    while (run->first != NULL) {
        Slot *slot = run->first;

        run->first = slot->next;
        slot_free(run, slot);
    }
    g_free(run->workers);
    if (!has_reader)
        run_alone(run, error);
}

gboolean
assay_parallel_run(const AssayParallel *config, gpointer user, GError **error)
{
    Run run = { .config = config,
                .user = user,
                .max_workers = MIN(config->n_workers, MAX_WORKERS),
                .making = PTHREAD_MUTEX_INITIALIZER,
                .lock = PTHREAD_MUTEX_INITIALIZER,
                .room = PTHREAD_COND_INITIALIZER,
                .ready = PTHREAD_COND_INITIALIZER,
                .due = PTHREAD_COND_INITIALIZER };
    GError *failure = NULL;

    g_return_val_if_fail(config->produce != NULL && config->work != NULL && config->consume != NULL,
                         FALSE);
    if (config->n_workers > 1)
        run_threads(&run, &failure);
    else
        run_alone(&run, &failure);
    pthread_cond_destroy(&run.due);
    pthread_cond_destroy(&run.ready);
    pthread_cond_destroy(&run.room);
    pthread_mutex_destroy(&run.lock);
    pthread_mutex_destroy(&run.making);
    if (failure == NULL)
        return TRUE;
    g_propagate_error(error, failure);
    return FALSE;
}
