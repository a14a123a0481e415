/* base/parallel-run-private.h - what is in flight in a parallel run, and who is to be woken for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdatomic.h>

#include "parallel-private.h"

enum {
    ASSAY_CALL_CALLER = 1,
    ASSAY_CALL_READER = 2,
    ASSAY_CALL_WORKER = 4,
    ASSAY_CALL_WORKERS = 8
};

/**
 * AssayWorker:
 * @trash: what it has made, and was consumed: it is to free it
 * @has_waited: it has just waited for somebody who reads, and need not again
 * @is_away: asleep, or gone: others free what it has made
 */
typedef struct AssayWorker {
    struct AssayRun *run;
    AssayWorkState state;
    AssaySlot *trash;
    gboolean has_waited, is_away;
} AssayWorker;

typedef struct AssayRun {
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
    atomic_bool is_read;  /* where there is no reader: somebody makes a job; also seen unlocked */
    guint64 full_at;      /* as many jobs were there when there was no room for more; or 0 */
    guint calls;          /* to be made when the lock is given back */
    gboolean is_ended;    /* nothing will be appended */
    gboolean is_over;     /* a failure: nothing more need be read or worked */
    pthread_t *threads;   /* of the workers beside the caller */
    AssayWorker *workers; /* the caller's first */
    guint n_workers, max_workers, n_waiting;
} AssayRun;

/* All of these are called with the lock held. */

/* Whether there is a job, and memory for what becomes of it; of the first whatever it takes. */
gboolean assay_run_can_take(const AssayRun *run);

/* Whether there is room for a job of so many bytes. */
gboolean assay_run_can_append(const AssayRun *run, guint64 bytes);

/* Whether a thread that has nothing to do may make a job. Once there was no room for more it waits
 * until half of what was there is gone. */
gboolean assay_run_can_read(AssayRun *run);

/* Gives the lock back; calls go out when it is free for those who wake. */
void assay_run_call(AssayRun *run);

/* Calls go out first; then what is waited for is to be looked at again, and waited for in turn. */
void assay_run_wait_for(AssayRun *run, pthread_cond_t *condition);

/* One worker is enough: each that takes a job calls the next. The caller before others, who would
 * have to call it when they are done. */
void assay_run_call_worker(AssayRun *run);

/* Where it waits for room, and there is. */
void assay_run_call_reader(AssayRun *run);

/* After a failure: nothing more is taken, and nobody waits. */
void assay_run_give_up(AssayRun *run);

/* The next job to be worked, and the same when that is done. @job_bytes: what it came with */
AssaySlot *assay_run_take(AssayRun *run);
void assay_run_put_back(AssayRun *run, AssaySlot *slot, guint64 job_bytes);

/* What was made is the last of the list. */
void assay_run_append(AssayRun *run, AssaySlot *slot);

/* Nothing more will be. */
void assay_run_end(AssayRun *run);
