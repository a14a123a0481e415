/* base/parallel.h - an ordered parallel map, bounded by bytes.
 *
 * One reader makes jobs, N workers with a state of their own turn jobs into results, and the
 * calling thread consumes the results in the order of the jobs; while none is due it is a worker
 * itself, one of the N. What comes out, and which error comes out, is the same for every number of
 * workers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssayParallel:
 * @n_workers: 0 or 1 runs everything in the calling thread and starts no other
 * @max_bytes: bytes that may be in flight, counted from produce to the end of consume; 0 means one
 *     job at a time
 * @is_prompt: whether produce never waits for anybody: there is no reader then, and whoever has
 *     nothing to do makes the next job
 * @produce: makes the next job: returns %TRUE and sets *job, or leaves it %NULL at the end. *bytes
 *     is what the job occupies, 0 unless set. Returns %FALSE with the error set on failure. Called
 *     by one thread at a time, always the same one unless @is_prompt, and never after the end or an
 *     error.
 * @worker_new: (nullable): makes a worker's state, when the worker gets its first job; returns
 * %NULL with the error set on failure, which counts as the failure of that job. Calls are made one
 * at a time (so an FFTW planner is safe in it), but while other workers work.
 * @worker_free: (nullable): frees a worker's state
 * @work: turns a job into a result. @worker is what worker_new made, %NULL without one. It may
 *     return the job itself, changed; else the job is freed after it. Any result is allowed, %NULL
 *     too: failure is an error set (and %NULL returned), and ends the run (what the run survives,
 * such as an input to be skipped, belongs in the result). *bytes comes as the job's size and is to
 * be set to what the result occupies.
 * @consume: uses a result, in job order, on the calling thread; the result is freed after it.
 *     Returns %FALSE with the error set on failure, or without to stop early, which is no failure.
 * @free_job: (nullable): frees a job
 * @free_result: (nullable): frees a result; never called with %NULL
 *
 * Each function but consume may run on another thread than the caller's, at the same time as the
 * others; @user is shared by all of them. None may call assay_parallel_run() on the same @user data
 * without locks of its own.
 */
typedef struct {
    guint n_workers;
    size_t max_bytes;
    gboolean is_prompt;
    gboolean (*produce)(gpointer user, gpointer *job, size_t *bytes, GError **error);
    gpointer (*worker_new)(gpointer user, GError **error);
    void (*worker_free)(gpointer worker);
    gpointer (*work)(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error);
    gboolean (*consume)(gpointer user, gpointer result, GError **error);
    void (*free_job)(gpointer job);
    void (*free_result)(gpointer result);
} AssayParallel;

/**
 * assay_parallel_run:
 * @config: what to run; produce, work and consume must be set
 * @user: handed to every function
 * @error: return location for an error, or %NULL
 *
 * Runs until produce says the end and every result is consumed, or until the first failure in input
 * order: every result before it is consumed first, none after it, exactly as with one worker. Then
 * all jobs, results and worker states are freed and all threads are joined. A failure waits for
 * calls of produce and work that are under way; they are not interrupted.
 *
 * The bound: at most 32 jobs a worker are in flight, or 3 where that makes more than 4 MiB a
 * worker. A job waits in the reader until it fits beside what is in flight, and a worker starts on
 * a job only if a result as large as the latest one would fit, unless it is the job whose result is
 * due next. A job or result larger than @max_bytes goes through alone. So memory stays within
 * @max_bytes, one job that waits in the reader, and what results outgrow the latest one by. Every
 * job counts a few hundred bytes more than it says, so that empty ones are bounded too.
 *
 * Threads are started as jobs wait for workers: a run of one job needs none beside the reader's, or
 * none at all where there is no reader.
 * Where the system grants no thread the run goes on with those it has, or without. A result that is
 * done while the calling thread works waits until that job is done.
 *
 * Returns: %TRUE; %FALSE with @error set to what produce, worker_new, work or consume reported
 */
ASSAY_API gboolean assay_parallel_run(const AssayParallel *config, gpointer user,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_parallel_cores:
 *
 * Returns: how many cores this process may use, at least 1: its CPU affinity, and the CPU quota of
 *     its control group (version 2) rounded up, whichever is less
 */
ASSAY_API guint assay_parallel_cores(void);

G_END_DECLS
