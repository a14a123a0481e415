/* tests/unit/test-thread.c - where threads begin, and what they may.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* CPU affinity, RTLD_NEXT */
#include <assay/base/thread.h>
#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>

/* What the next call that makes a thread ends with, and how many calls there were. */
static int next_fault;
static guint n_calls;

int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
               void *data)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    int fault = next_fault;

    n_calls++;
    next_fault = 0;
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    return fault != 0 ? fault : real(thread, attributes, start, data);
}

typedef struct {
    cpu_set_t allowed;
    gboolean has_stack;
} Seen;

static void
look(gpointer data)
{
    Seen *seen = data;
    stack_t stack;

    g_assert_cmpint(sched_getaffinity(0, sizeof seen->allowed, &seen->allowed), ==, 0);
    g_assert_cmpint(sigaltstack(NULL, &stack), ==, 0);
    seen->has_stack = (stack.ss_flags & SS_DISABLE) == 0;
}

/* The cores that a new thread may use are those of the caller, and handlers have a stack. */
static void
assert_like_caller(void)
{
    cpu_set_t own;
    pthread_t thread;
    Seen seen = { .has_stack = FALSE };

    g_assert_cmpint(sched_getaffinity(0, sizeof own, &own), ==, 0);
    g_assert_true(assay_thread_begin(&thread, look, &seen));
    g_assert_cmpint(pthread_join(thread, NULL), ==, 0);
    g_assert_true(CPU_EQUAL(&own, &seen.allowed));
    g_assert_true(seen.has_stack);
}

static void
test_cores(void)
{
    for (int i = 0; i < 20; i++)
        assert_like_caller();
}

/* Where there is one core there is nowhere else to begin. */
static void
test_one_core(void)
{
    cpu_set_t all, one;

    g_assert_cmpint(sched_getaffinity(0, sizeof all, &all), ==, 0);
    CPU_ZERO(&one);
    CPU_SET((size_t)sched_getcpu(), &one);
    if (sched_setaffinity(0, sizeof one, &one) != 0) {
        g_test_skip("nobody may choose cores here");
        return;
    }
    assert_like_caller();
    g_assert_cmpint(sched_setaffinity(0, sizeof all, &all), ==, 0);
}

static void
note_core(gpointer data)
{
    *(int *)data = sched_getcpu();
}

/* Nearly always: the system may move a thread at any time. */
static void
test_elsewhere(void)
{
    enum { N = 40 };
    int n_elsewhere = 0;
    cpu_set_t all;

    g_assert_cmpint(sched_getaffinity(0, sizeof all, &all), ==, 0);
    if (CPU_COUNT(&all) < 2 || sched_setaffinity(0, sizeof all, &all) != 0) {
        g_test_skip("one core, or nobody may choose");
        return;
    }
    for (int i = 0; i < N; i++) {
        pthread_t thread;
        int here = sched_getcpu(), there = -1;

        g_assert_true(assay_thread_begin(&thread, note_core, &there));
        g_assert_cmpint(pthread_join(thread, NULL), ==, 0);
        n_elsewhere += there != here;
    }
    g_test_message("%d of %d elsewhere", n_elsewhere, N);
    g_assert_cmpint(4 * n_elsewhere, >, 3 * N);
}

/* Where cores cannot be chosen a thread begins on any. */
static void
test_cores_refused(void)
{
    static const int faults[] = { EINVAL, EPERM };
    cpu_set_t all;

    g_assert_cmpint(sched_getaffinity(0, sizeof all, &all), ==, 0);
    if (CPU_COUNT(&all) < 2 || sched_setaffinity(0, sizeof all, &all) != 0) {
        g_test_skip("one core, or nobody may choose");
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        n_calls = 0;
        next_fault = faults[i];
        assert_like_caller();
        g_assert_cmpuint(n_calls, ==, 2);
    }
}

/* Where the system has no room for a thread it is not asked again. */
static void
test_no_thread(void)
{
    pthread_t thread;
    int core = -1;

    n_calls = 0;
    next_fault = EAGAIN;
    g_assert_false(assay_thread_begin(&thread, note_core, &core));
    g_assert_cmpuint(n_calls, ==, 1);
    g_assert_cmpint(core, ==, -1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/thread/cores", test_cores);
    g_test_add_func("/thread/one-core", test_one_core);
    g_test_add_func("/thread/elsewhere", test_elsewhere);
    g_test_add_func("/thread/cores-refused", test_cores_refused);
    g_test_add_func("/thread/no-thread", test_no_thread);
    return g_test_run();
}
