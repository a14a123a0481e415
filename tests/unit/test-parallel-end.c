/* test-parallel-end - a worker that waits for room when the input ends is not left waiting.
 *
 * Results are a hundred times the size of their jobs, and the consumer dawdles, so that workers
 * wait for room again and again; short runs end in every order there is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/parallel.h>
#include <assay/base/random.h>
#include <unistd.h>

enum { ROUNDS = 600, JOBS = 12, LIMIT_S = 50 };

typedef struct {
    int left, consumed;
    AssayRandom random;
} Round;

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Round *round = user;

    (void)error;
    if (round->left-- <= 0)
        return TRUE;
    *job = g_new0(int, 1);
    *bytes = 10;
    return TRUE;
}

static gpointer
work(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    (void)worker;
    (void)user;
    (void)error;
    *bytes = 1000;
    return job;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    Round *round = user;

    (void)result;
    (void)error;
    round->consumed++;
    if (assay_random_below(&round->random, 2) == 0)
        g_usleep((gulong)assay_random_below(&round->random, 200));
    return TRUE;
}

static void
test_end(void)
{
    AssayParallel parallel = { .n_workers = 4,
                               .max_bytes = 5000,
                               .produce = produce,
                               .work = work,
                               .consume = consume,
                               .free_job = g_free,
                               .free_result = g_free };

    alarm(LIMIT_S); /* a run that hangs must not hang the suite */
    for (guint64 i = 0; i < ROUNDS; i++) {
        Round round = { .left = JOBS };
        g_autoptr(GError) error = NULL;

        parallel.is_prompt = i % 2 == 1;
        assay_random_init(&round.random, i, "test", "end");
        g_assert_true(assay_parallel_run(&parallel, &round, &error));
        g_assert_cmpint(round.consumed, ==, JOBS);
    }
    alarm(0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/parallel/end", test_end);
    return g_test_run();
}
