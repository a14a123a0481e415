/* base/parallel-private.h - a job of a parallel run, from produce to consume.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pthread.h>

#include "parallel.h"

enum {
    ASSAY_SLOT_BYTES = 256, /* what a job costs beside its own bytes, malloc's share included */
};

/**
 * AssaySlot:
 * @next: the one after it, of those in flight
 * @job: what produce made, %NULL once it is worked
 * @result: what work made of it
 * @error: of produce, worker_new or work
 * @bytes: what it occupies now, itself included
 * @growth: what its work added while it lasted
 * @is_done: worked, or never to be since produce failed
 * @owner: (nullable): the worker in whose memory all of it lies, which is to free it
 */
typedef struct AssaySlot AssaySlot;
struct AssaySlot {
    AssaySlot *next;
    gpointer job, result;
    GError *error;
    guint64 bytes, growth;
    gboolean is_done;
    struct AssayWorker *owner;
};

/**
 * AssayWork:
 * @config: what is run
 * @user: handed to every function of it
 * @making: held around worker_new
 */
typedef struct {
    const AssayParallel *config;
    gpointer user;
    pthread_mutex_t making;
} AssayWork;

/* A worker's state, made when it gets its first job. */
typedef struct {
    gpointer state;
    gboolean has_state;
} AssayWorkState;

/* The next job, or the failure to make one, in a slot; NULL at the end. */
AssaySlot *assay_work_produce(AssayWork *self);

/* Makes a result of the job in @slot, or an error. */
void assay_work_on(AssayWork *self, AssayWorkState *state, AssaySlot *slot);

/* FALSE with the error set if the slot holds one or consume fails, without if that is enough. */
gboolean assay_work_consume(AssayWork *self, AssaySlot *slot, GError **error);

/* Frees what @slot holds; not the slot. */
void assay_work_clear_slot(AssayWork *self, AssaySlot *slot);

void assay_work_free_state(AssayWork *self, AssayWorkState *state);
