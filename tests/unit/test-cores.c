/* tests/unit/test-cores.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/parallel.h>

static void
test_cores(void)
{
    guint cores = assay_parallel_cores();

    g_test_message("%u cores", cores);
    g_assert_cmpuint(cores, >=, 1);
    g_assert_cmpuint(cores, <=, MAX(g_get_num_processors(), 1));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/cores/number", test_cores);
    return g_test_run();
}
