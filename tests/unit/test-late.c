/* tests/unit/test-late.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/late.h>
#include <math.h>

typedef struct {
    double (*cosine)(double x);
    double (*root)(double x);
} Functions;

static const char *const names[] = { "cos", "sqrt" };

/* Every thread finds them, whichever loads them. */
static gpointer
call(gpointer data G_GNUC_UNUSED)
{
    static AssayLate late = { "libm.so.6", names, G_N_ELEMENTS(names), 0 };
    static Functions functions;

    assay_late_load(&late, &functions);
    g_assert_cmpfloat(functions.cosine(0), ==, 1);
    g_assert_cmpfloat(functions.root(9), ==, 3);
    return NULL;
}

static void
test_threads(void)
{
    GThread *threads[4];

    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("late", call, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        g_thread_join(threads[i]);
}

/* As where the dynamic linker misses it: a line, and no program any more. */
static void
expect_end(AssayLate *late, const char *line)
{
    Functions functions;

    if (g_test_subprocess()) {
        assay_late_load(late, &functions);
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr(line);
}

static void
test_no_library(void)
{
    AssayLate late = { "libassay-is-not-there.so.1", names, G_N_ELEMENTS(names), 0 };

    expect_end(&late, "*error while loading shared libraries: libassay-is-not-there.so.1*");
}

/* As in a program that has no name for GLib. */
static void
test_no_program(void)
{
    AssayLate late = { "libassay-is-not-there.so.1", names, G_N_ELEMENTS(names), 0 };

    if (g_test_subprocess())
        g_set_prgname(NULL);
    expect_end(&late, "*libassay: error while loading shared libraries: *");
}

static void
test_no_function(void)
{
    static const char *const unknown[] = { "cos", "assay_is_not_there" };
    AssayLate late = { "libm.so.6", unknown, G_N_ELEMENTS(unknown), 0 };

    expect_end(&late, "*error while loading shared libraries: *assay_is_not_there*");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/late/threads", test_threads);
    g_test_add_func("/late/no-library", test_no_library);
    g_test_add_func("/late/no-program", test_no_program);
    g_test_add_func("/late/no-function", test_no_function);
    return g_test_run();
}
