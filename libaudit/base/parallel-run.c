/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parallel-run-private.h"

enum {
    QUEUE_SHARE = 4, /* at most a quarter of the bytes waits; the rest is for results */
    PER_WORKER = 32, /* jobs in flight, however small, so that memory stays where it is */
    LOW = 8,         /* queued jobs a worker: with more of them the reader need not hurry */
    FEW = 3,         /* jobs a worker that may be large: the next one to work on, and some ease */
    SMALL = 4 << 20, /* bytes a worker; more jobs than few are small in all */
};

gboolean
assay_run_can_take(const AssayRun *run)
{
    if (run->todo == NULL || run->todo == run->first)
        return run->todo != NULL;
    return run->in_flight + (run->n_running + 1) * run->growth <= run->work.config->max_bytes;
}

/* Memory that is used again and again stays in caches, and is known to the system. */
static gboolean
is_ahead(const AssayRun *run, guint64 bytes)
{
    guint64 n_workers = run->max_workers;

    return run->n_listed >= n_workers * PER_WORKER ||
           (run->n_listed >= n_workers * FEW && run->in_flight + bytes > n_workers * SMALL);
}

gboolean
assay_run_can_append(const AssayRun *run, guint64 bytes)
{
    guint64 max_bytes = run->work.config->max_bytes;

    if (run->first == NULL)
        return TRUE;
    return !is_ahead(run, bytes) && run->in_flight + bytes <= max_bytes &&
           (run->n_queued == 0 || run->queued_bytes + bytes <= max_bytes / QUEUE_SHARE);
}

gboolean
assay_run_can_read(AssayRun *run)
{
    if (!run->work.config->is_prompt || run->is_ended || run->is_over || atomic_load(&run->is_read))
        return FALSE;
    if (!assay_run_can_append(run, ASSAY_SLOT_BYTES)) {
        run->full_at = MAX(run->full_at, run->n_listed);
        return FALSE;
    }
    if (run->n_listed > run->full_at / 2 && run->full_at > 0)
        return FALSE;
    run->full_at = 0;
    return TRUE;
}

void
assay_run_call(AssayRun *run)
{
    guint calls = run->calls;

    run->calls = 0;
    pthread_mutex_unlock(&run->lock);
    if (calls & ASSAY_CALL_CALLER)
        pthread_cond_signal(&run->due);
    if (calls & ASSAY_CALL_READER)
        pthread_cond_signal(&run->room);
    if (calls & ASSAY_CALL_WORKERS)
        pthread_cond_broadcast(&run->ready);
    else if (calls & ASSAY_CALL_WORKER)
        pthread_cond_signal(&run->ready);
}

void
assay_run_wait_for(AssayRun *run, pthread_cond_t *condition)
{
    if (run->calls != 0) {
        assay_run_call(run);
        pthread_mutex_lock(&run->lock);
    } else {
        pthread_cond_wait(condition, &run->lock);
    }
}

static void
call_caller(AssayRun *run)
{
    if (run->caller_waits)
        run->calls |= ASSAY_CALL_CALLER;
    run->caller_waits = FALSE;
}

void
assay_run_call_worker(AssayRun *run)
{
    if (!run->caller_waits && run->n_waiting == 0)
        return;
    if (!assay_run_can_take(run) && !assay_run_can_read(run))
        return;
    if (run->caller_waits)
        call_caller(run);
    else if (run->n_waiting > 0)
        run->calls |= ASSAY_CALL_WORKER;
}

void
assay_run_call_reader(AssayRun *run)
{
    if (!run->reader_waits)
        return;
    if (!run->is_over &&
        (run->n_queued > run->max_workers * LOW || !assay_run_can_append(run, run->wanted)))
        return;
    run->reader_waits = FALSE;
    run->calls |= ASSAY_CALL_READER;
}

void
assay_run_give_up(AssayRun *run)
{
    run->is_over = TRUE;
    run->todo = NULL;
    assay_run_call_reader(run);
    run->calls |= ASSAY_CALL_WORKERS;
}

AssaySlot *
assay_run_take(AssayRun *run)
{
    AssaySlot *slot = run->todo;

    run->todo = slot->next != NULL && slot->next->is_done ? NULL : slot->next;
    run->n_queued--;
    run->queued_bytes -= slot->bytes;
    run->n_running++;
    if (run->is_ended && run->todo == NULL)
        run->calls |= ASSAY_CALL_WORKERS; /* those who waited for room may leave */
    else
        assay_run_call_worker(run);
    assay_run_call_reader(run);
    return slot;
}

void
assay_run_put_back(AssayRun *run, AssaySlot *slot, guint64 job_bytes)
{
    run->growth = slot->growth;
    run->in_flight = run->in_flight - job_bytes + slot->bytes;
    run->n_running--;
    slot->is_done = TRUE;
    if (slot->error != NULL)
        assay_run_give_up(run);
    if (slot == run->first)
        call_caller(run);
    assay_run_call_reader(run);
}

void
assay_run_append(AssayRun *run, AssaySlot *slot)
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
    if (!run->work.config->is_prompt) /* else it is for whoever has read it */
        assay_run_call_worker(run);
}

void
assay_run_end(AssayRun *run)
{
    run->is_ended = TRUE;
    run->calls |= ASSAY_CALL_WORKERS;
    call_caller(run);
}
