/* base/thread.h - how threads begin.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <pthread.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * assay_thread_begin:
 * @thread: set to the thread, which is to be joined
 * @main: what it does
 * @data: handed to @main
 *
 * Starts a thread, on another core than the caller's where it may use one: some systems leave a
 * thread where it was made until they notice that it waits, which takes longer than a small run.
 * From then on it goes wherever the system puts it. It has a stack of its own for signal handlers,
 * so that one can run even where the thread's own has come to its end.
 *
 * Returns: whether there is a thread; %FALSE where the system grants none
 */
ASSAY_API gboolean assay_thread_begin(pthread_t *thread, void (*main)(gpointer data),
                                      gpointer data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
