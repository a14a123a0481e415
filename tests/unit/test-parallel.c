/* tests/unit/test-parallel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/parallel.h>
#include <assay/base/random.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define NOWHERE G_MAXUINT

/* A run: jobs are their own numbers, results their squares; it can fail at each of four places. */
typedef struct {
    guint n_jobs;
    guint fail_produce, fail_worker, fail_work, fail_consume; /* at which job, or NOWHERE */
    guint stop_consume;                                       /* without an error */
    gboolean is_in_place, is_slow;
    size_t job_bytes, result_bytes;
    atomic_uint n_produced, n_worked, n_states, n_live; /* n_live: jobs, results and states */
    atomic_uint n_making;
    atomic_size_t bytes, most_bytes;
    guint n_consumed;
    guint64 sum;
    pthread_t consumer;
} Square;

typedef struct {
    Square *run;
    guint64 number;
    size_t bytes;
} Box;

#define SQUARE(n)                                                                                  \
    {                                                                                              \
        .n_jobs = (n), .fail_produce = NOWHERE, .fail_worker = NOWHERE, .fail_work = NOWHERE,      \
        .fail_consume = NOWHERE, .stop_consume = NOWHERE                                           \
    }

/* Whether there is no reader: each test is made with one, and without. */
static gboolean is_prompt;

static Box *
box_new(Square *run, guint64 number, size_t bytes)
{
    Box *box = g_new(Box, 1);
    size_t now = atomic_fetch_add(&run->bytes, bytes) + bytes;
    size_t most = atomic_load(&run->most_bytes);

    while (now > most && !atomic_compare_exchange_weak(&run->most_bytes, &most, now))
        ;
    *box = (Box){ run, number, bytes };
    atomic_fetch_add(&run->n_live, 1);
    return box;
}

static void
box_free(gpointer data)
{
    Box *box = data;

    atomic_fetch_sub(&box->run->bytes, box->bytes);
    atomic_fetch_sub(&box->run->n_live, 1);
    g_free(box);
}

static gboolean
fail(const char *where, guint64 at, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s %u", where, (guint)at);
    return FALSE;
}

static gboolean
square_produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Square *run = user;
    guint i = atomic_load(&run->n_produced);

    if (i == run->fail_produce)
        return fail("produce", i, error);
    if (i < run->n_jobs) {
        *job = box_new(run, i, run->job_bytes);
        *bytes = run->job_bytes;
        atomic_store(&run->n_produced, i + 1);
    }
    return TRUE;
}

static gpointer
square_worker_new(gpointer user, GError **error)
{
    Square *run = user;

    g_assert_cmpuint(atomic_fetch_add(&run->n_making, 1), ==, 0); /* one at a time */
    g_usleep(100);
    atomic_fetch_sub(&run->n_making, 1);
    if (atomic_fetch_add(&run->n_states, 1) == run->fail_worker) {
        fail("worker", 0, error);
        return NULL;
    }
    return box_new(run, 0, 0);
}

static gpointer
square_work(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    Square *run = user;
    Box *box = job;
    Box *state = worker;

    state->number++; /* nobody else's: the thread sanitizer would see */
    atomic_fetch_add(&run->n_worked, 1);
    if (run->is_slow) {
        AssayRandom random;
        g_autofree char *name = g_strdup_printf("%u", (guint)box->number);

        assay_random_init(&random, 1, "slow", name);
        g_usleep(assay_random_below(&random, 8) == 0 ? 3000 : 20);
    }
    if (box->number == run->fail_work) {
        fail("work", box->number, error);
        return NULL;
    }
    g_assert_cmpuint(*bytes, ==, run->job_bytes);
    *bytes = run->result_bytes;
    if (!run->is_in_place)
        return box_new(run, box->number * box->number, run->result_bytes);
    box->number *= box->number;
    return box;
}

static gboolean
square_consume(gpointer user, gpointer result, GError **error)
{
    Square *run = user;
    Box *box = result;
    guint i = run->n_consumed;

    g_assert_true(pthread_equal(pthread_self(), run->consumer));
    g_assert_cmpuint(box->number, ==, (guint64)i * i);
    if (i == run->fail_consume)
        return fail("consume", i, error);
    if (i == run->stop_consume)
        return FALSE;
    run->n_consumed++;
    run->sum += box->number;
    return TRUE;
}

/* Runs, and checks that nothing is left; returns the message of the error, or NULL. */
static char *
square_run(Square *run, guint n_workers, size_t max_bytes)
{
    const AssayParallel config = { .n_workers = n_workers,
                                   .max_bytes = max_bytes,
                                   .is_prompt = is_prompt,
                                   .produce = square_produce,
                                   .worker_new = square_worker_new,
                                   .worker_free = box_free,
                                   .work = square_work,
                                   .consume = square_consume,
                                   .free_job = box_free,
                                   .free_result = box_free };
    g_autoptr(GError) error = NULL;
    gboolean ok;

    run->consumer = pthread_self();
    ok = assay_parallel_run(&config, run, &error);
    g_assert_true(ok == (error == NULL));
    g_assert_cmpuint(atomic_load(&run->n_live), ==, 0);
    g_assert_cmpuint(atomic_load(&run->bytes), ==, 0);
    return error != NULL ? g_strdup(error->message) : NULL;
}

static const guint worker_counts[] = { 0, 1, 2, 3, 8 };

static void
test_order(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(worker_counts); i++) {
        for (int is_in_place = 0; is_in_place < 2; is_in_place++) {
            Square run = SQUARE(300);

            run.is_slow = TRUE;
            run.is_in_place = is_in_place;
            run.job_bytes = run.result_bytes = 1000;
            g_assert_null(square_run(&run, worker_counts[i], 1 << 20));
            g_assert_cmpuint(run.n_consumed, ==, 300);
            g_assert_cmpuint(run.sum, ==, 299ull * 300 * 599 / 6);
        }
    }
}

static void
test_empty(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(worker_counts); i++) {
        Square run = SQUARE(0);

        g_assert_null(square_run(&run, worker_counts[i], 1 << 20));
        g_assert_cmpuint(run.n_consumed, ==, 0);
        g_assert_cmpuint(atomic_load(&run.n_states), ==, 0);
    }
}

/* A single job needs a single worker. */
static void
test_states(void)
{
    Square one = SQUARE(1), many = SQUARE(200);

    g_assert_null(square_run(&one, 8, 1 << 20));
    g_assert_cmpuint(atomic_load(&one.n_states), ==, 1);
    many.is_slow = TRUE;
    g_assert_null(square_run(&many, 8, 1 << 20));
    g_assert_cmpuint(atomic_load(&many.n_states), <=, 8);
    g_assert_cmpuint(atomic_load(&many.n_states), >=, 2);
}

/* Each of the places fails at the first, a middle and the last job, under any number of workers.
 * What comes before is consumed, and nothing after. */
static void
test_errors(void)
{
    static const guint places[] = { 0, 57, 99 };

    for (size_t i = 0; i < G_N_ELEMENTS(worker_counts); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(places); j++) {
            for (int which = 0; which < 3; which++) {
                static const char *const names[] = { "produce", "work", "consume" };
                Square run = SQUARE(100);
                g_autofree char *expected = g_strdup_printf("%s %u", names[which], places[j]);
                g_autofree char *message = NULL;
                guint *const fails[] = { &run.fail_produce, &run.fail_work, &run.fail_consume };

                *fails[which] = places[j];
                run.is_slow = i % 2 == 0;
                run.is_in_place = j % 2 == 0;
                run.job_bytes = run.result_bytes = 500;
                message = square_run(&run, worker_counts[i], 20000);
                g_assert_cmpstr(message, ==, expected);
                g_assert_cmpuint(run.n_consumed, ==, places[j]);
            }
        }
    }
}

/* Of several failures the first in input order is the one reported, even if it happens last. */
static void
test_first_error(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(worker_counts); i++) {
        Square run = SQUARE(100);
        g_autofree char *message = NULL;

        run.is_slow = TRUE;
        run.fail_produce = 31;
        run.fail_work = 30;
        run.fail_consume = 29;
        message = square_run(&run, worker_counts[i], 1 << 20);
        g_assert_cmpstr(message, ==, "consume 29");
        g_assert_cmpuint(run.n_consumed, ==, 29);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(worker_counts); i++) {
        Square run = SQUARE(10);
        g_autofree char *message = NULL;

        run.fail_worker = 0;
        message = square_run(&run, worker_counts[i], 1 << 20);
        g_assert_cmpstr(message, ==, "worker 0");
        /* The first state made may be that of the second worker, for a later job. */
        g_assert_cmpuint(run.n_consumed, <, MAX(worker_counts[i], 1));
    }
}

static void
test_stop_early(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(worker_counts); i++) {
        Square run = SQUARE(100000);

        run.stop_consume = 10;
        run.job_bytes = run.result_bytes = 500;
        g_assert_null(square_run(&run, worker_counts[i], 100000));
        g_assert_cmpuint(run.n_consumed, ==, 10);
        g_assert_cmpuint(atomic_load(&run.n_produced), <, 1000); /* cancelled */
    }
}

/* Measured from outside: what is alive, plus the one job that the reader may hold. */
static void
test_bound(void)
{
    static const struct {
        size_t job, result;
        gboolean is_in_place;
    } rows[] = { { 10000, 10000, TRUE },
                 { 10000, 10000, FALSE },
                 { 10000, 2000, FALSE },
                 { 2000, 30000, FALSE },
                 { 50000, 100, FALSE } };
    const size_t max_bytes = 400000;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (guint n_workers = 2; n_workers <= 4; n_workers++) {
            Square run = SQUARE(300);
            size_t most, slack = rows[i].job;

            run.is_slow = TRUE;
            run.is_in_place = rows[i].is_in_place;
            run.job_bytes = rows[i].job;
            run.result_bytes = rows[i].result;
            g_assert_null(square_run(&run, n_workers, max_bytes));
            most = atomic_load(&run.most_bytes);
            g_test_message("job %u, result %u, workers %u: at most %u bytes", (guint)rows[i].job,
                           (guint)rows[i].result, n_workers, (guint)most);
            /* Before the first result nobody knows how large results are. */
            slack += n_workers * rows[i].result;
            g_assert_cmpuint(most, <=, max_bytes + slack);
            g_assert_cmpuint(most, >, 2 * rows[i].job); /* but it did run ahead */
        }
    }
}

/* Jobs larger than the bound go one by one. */
static void
test_alone(void)
{
    static const size_t bounds[] = { 0, 1, 1000 };

    for (size_t i = 0; i < G_N_ELEMENTS(bounds); i++) {
        for (guint n_workers = 1; n_workers <= 4; n_workers++) {
            Square run = SQUARE(50);

            run.job_bytes = run.result_bytes = 5000;
            run.is_in_place = TRUE;
            g_assert_null(square_run(&run, n_workers, bounds[i]));
            g_assert_cmpuint(run.n_consumed, ==, 50);
            g_assert_cmpuint(atomic_load(&run.most_bytes), ==, 5000);
        }
    }
}

static void
test_many(void)
{
    for (guint n_workers = 1; n_workers <= 4; n_workers++) {
        Square run = SQUARE(100000);
        gint64 start = g_get_monotonic_time();

        g_assert_null(square_run(&run, n_workers, 1 << 20));
        g_assert_cmpuint(run.n_consumed, ==, 100000);
        g_test_message("%u workers: %.3f s", n_workers,
                       (double)(g_get_monotonic_time() - start) * 1e-6);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
    }
}

typedef struct {
    const char *name;
    void (*run)(void);
} Case;

static void
run_with_reader(gconstpointer data)
{
    is_prompt = FALSE;
    ((const Case *)data)->run();
}

static void
run_prompt(gconstpointer data)
{
    is_prompt = TRUE;
    ((const Case *)data)->run();
}

int
main(int argc, char **argv)
{
    static const Case cases[] = {
        { "order", test_order },
        { "empty", test_empty },
        { "states", test_states },
        { "errors", test_errors },
        { "first-error", test_first_error },
        { "stop-early", test_stop_early },
        { "bound", test_bound },
        { "alone", test_alone },
        { "many", test_many },
    };

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/parallel/reader/", cases[i].name, NULL);
        g_autofree char *prompt = g_strconcat("/parallel/prompt/", cases[i].name, NULL);

        g_test_add_data_func(path, &cases[i], run_with_reader);
        g_test_add_data_func(prompt, &cases[i], run_prompt);
    }
    return g_test_run();
}
