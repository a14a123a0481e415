/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* CPU affinity */
#include "thread.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>

enum { SIGNAL_STACK = 1 << 16 };

/* @is_placed: the thread begins on some of the cores it may use; @allowed: all of them */
typedef struct {
    void (*main)(gpointer data);
    gpointer data;
    gboolean is_placed;
    cpu_set_t allowed;
} Start;

static void *
begin(void *data)
{
    g_autofree const Start *start = data;
    char stack[SIGNAL_STACK];
    const stack_t own = { .ss_sp = stack, .ss_size = sizeof stack };
    stack_t before;
    gboolean is_set = sigaltstack(&own, &before) == 0;

    if (start->is_placed)
        (void)sched_setaffinity(0, sizeof start->allowed, &start->allowed);
    start->main(start->data);
    if (is_set)
        sigaltstack(&before, NULL);
    return NULL;
}

/* Leaves the caller's core out; FALSE where there is no other, or more cores than a set has. */
static gboolean
place(Start *start, pthread_attr_t *attributes)
{
    int here = sched_getcpu();
    cpu_set_t others;

    if (here < 0 || sched_getaffinity(0, sizeof start->allowed, &start->allowed) != 0)
        return FALSE;
    others = start->allowed;
    CPU_CLR((size_t)here, &others);
    return CPU_COUNT(&others) > 0 &&
           pthread_attr_setaffinity_np(attributes, sizeof others, &others) == 0;
}

gboolean
assay_thread_begin(pthread_t *thread, void (*main)(gpointer data), gpointer data)
{
    g_autofree Start *start = g_new0(Start, 1);
    pthread_attr_t attributes;
    int fault;

    start->main = main;
    start->data = data;
    pthread_attr_init(&attributes);
    start->is_placed = place(start, &attributes);
    fault = pthread_create(thread, &attributes, begin, start);
    pthread_attr_destroy(&attributes);
    /* The cores may have gone meanwhile, or nobody may choose; EAGAIN is that there is no room. */
    if (fault != 0 && fault != EAGAIN && start->is_placed) {
        start->is_placed = FALSE;
        fault = pthread_create(thread, NULL, begin, start);
    }
    if (fault == 0)
        (void)g_steal_pointer(&start); /* the thread frees it */
    return fault == 0;
}
