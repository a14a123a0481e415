/* test-each.c - the same work for each number: all of them once, and the first error.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/each.h>
#include <assay/base/error.h>
#include <assay/base/sort.h>
#include <math.h>

enum { N = 500 };

typedef struct {
    int times[N];
    size_t fails_from;
} Work;

static gboolean
work(gpointer user, size_t number, GError **error)
{
    Work *self = user;

    self->times[number]++;
    if (number < self->fails_from)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%d", (int)number);
    return FALSE;
}

static void
test_all(void)
{
    for (guint workers = 0; workers < 4; workers++) {
        Work self = { .fails_from = N };
        g_autoptr(GError) error = NULL;

        g_assert_true(assay_each_number(N, workers, work, &self, &error));
        g_assert_no_error(error);
        for (size_t i = 0; i < N; i++)
            g_assert_cmpint(self.times[i], ==, 1);
    }
}

static void
test_none(void)
{
    Work self = { .fails_from = 0 };

    g_assert_true(assay_each_number(0, 3, work, &self, NULL));
}

static void
test_first_error(void)
{
    for (guint workers = 0; workers < 4; workers++) {
        Work self = { .fails_from = 123 };
        g_autoptr(GError) error = NULL;

        g_assert_false(assay_each_number(N, workers, work, &self, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
        g_assert_cmpstr(error->message, ==, "123");
    }
}

static void
test_sort(void)
{
    double values[] = { 3, -1, (double)INFINITY, 0, -(double)INFINITY, 2 };
    const double sorted[] = { -(double)INFINITY, -1, 0, 2, 3, (double)INFINITY };

    assay_sort_doubles(values, G_N_ELEMENTS(values));
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        g_assert_false(values[i] < sorted[i] || values[i] > sorted[i]);
    assay_sort_doubles(NULL, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/each/all", test_all);
    g_test_add_func("/each/none", test_none);
    g_test_add_func("/each/first-error", test_first_error);
    g_test_add_func("/each/sort", test_sort);
    return g_test_run();
}
