/* tests/unit/test-parallel-bare.c - a parallel run with nothing but what must be there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/parallel.h>

static const guint worker_counts[] = { 0, 1, 2, 3, 8 };

static gboolean
count_produce(gpointer user, gpointer *job, size_t *bytes G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
    guint *left = user;

    *job = *left > 0 ? user : NULL;
    *left -= *left > 0 ? 1 : 0;
    return TRUE;
}

static gpointer
count_work(gpointer worker, gpointer user G_GNUC_UNUSED, gpointer job G_GNUC_UNUSED,
           size_t *bytes G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
    g_assert_null(worker);
    return NULL;
}

static gboolean
count_consume(gpointer user G_GNUC_UNUSED, gpointer result, GError **error G_GNUC_UNUSED)
{
    g_assert_null(result);
    return TRUE;
}

static void
test_bare(void)
{
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(worker_counts); i++) {
        const AssayParallel config = { .n_workers = worker_counts[i / 2],
                                       .is_prompt = i % 2 == 1,
                                       .max_bytes = 1 << 20,
                                       .produce = count_produce,
                                       .work = count_work,
                                       .consume = count_consume };
        guint left = 1000;

        g_assert_true(assay_parallel_run(&config, &left, NULL));
        g_assert_cmpuint(left, ==, 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/parallel/bare", test_bare);
    return g_test_run();
}
