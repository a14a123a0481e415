/* tests/unit/test-ecdf.c - values put in order, in memory and in a file, and distributions of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/random.h>
#include <assay/stats/ecdf.h>
#include <float.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* All that is drawn, as text: value, times how often. */
static char *
drawn(AssayEcdf *ecdf)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    double values[ASSAY_ECDF_BLOCK];
    guint64 counts[ASSAY_ECDF_BLOCK];
    size_t n;

    do {
        g_assert_true(assay_ecdf_draw(ecdf, values, counts, &n, &error));
        for (size_t i = 0; i < n; i++)
            g_string_append_printf(text, " %.17g*%" G_GUINT64_FORMAT, values[i], counts[i]);
    } while (n > 0);
    return g_strdup(text->str);
}

static AssaySorted *
sorted_of(AssaySortedType type, const double *values, size_t n)
{
    AssaySorted *sorted = assay_sorted_new(type, ASSAY_SORTED_MEMORY, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(assay_sorted_add_f64(sorted, values, n, &error));
    g_assert_true(assay_sorted_finish(sorted, &error));
    g_assert_true(assay_sorted_finish(sorted, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(assay_sorted_n(sorted), ==, n);
    return sorted;
}

static void
check_drawn(AssaySortedType type, const double *values, size_t n, const char *expected)
{
    g_autoptr(AssaySorted) sorted = sorted_of(type, values, n);
    g_autoptr(AssayEcdf) ecdf = assay_ecdf_from_sorted(sorted);
    g_autofree char *once = drawn(ecdf), *at_the_end = drawn(ecdf), *again = NULL;

    assay_ecdf_rewind(ecdf);
    again = drawn(ecdf);
    g_assert_cmpstr(once, ==, expected);
    g_assert_cmpstr(at_the_end, ==, "");
    g_assert_cmpstr(again, ==, expected);
}

static void
test_order(void)
{
    static const double values[] = {
        3, -1, 0.5, 3, -0.0, 0, -(double)INFINITY, 3, -1e30, (double)INFINITY
    };
    static const double tiny[] = {
        4.9406564584124654e-324, 0, -4.9406564584124654e-324, DBL_MIN, DBL_MAX, -DBL_MAX
    };
    g_autofree char *doubled = g_strdup_printf(" -inf*1 %.17g*1 -1*1 0*2 0.5*1 3*3 inf*1", -1e30);
    g_autofree char *single =
        g_strdup_printf(" -inf*1 %.17g*1 -1*1 0*2 0.5*1 3*3 inf*1", (double)-1e30F);

    check_drawn(ASSAY_SORTED_FLOAT64, values, G_N_ELEMENTS(values), doubled);
    check_drawn(ASSAY_SORTED_FLOAT32, values, G_N_ELEMENTS(values), single);
    check_drawn(ASSAY_SORTED_FLOAT64, tiny, G_N_ELEMENTS(tiny),
                " -1.7976931348623157e+308*1 -4.9406564584124654e-324*1 0*1"
                " 4.9406564584124654e-324*1 2.2250738585072014e-308*1 1.7976931348623157e+308*1");
    /* Beyond the range of float32. */
    check_drawn(ASSAY_SORTED_FLOAT32, tiny, G_N_ELEMENTS(tiny), " -inf*1 0*4 inf*1");
    check_drawn(ASSAY_SORTED_FLOAT32, values, 0, "");
    check_drawn(ASSAY_SORTED_FLOAT64, values, 1, " 3*1");
}

static int
compare_doubles(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Drawn whole, a value for each time it occurs, it is what qsort(3) makes of them. */
static void
check_random(AssaySortedType type, size_t max_memory, const char *folder, size_t n, double grid)
{
    g_autofree double *values = g_new(double, n);
    g_autofree float *singles = g_new(float, n);
    g_autoptr(AssaySorted) sorted = assay_sorted_new(type, max_memory, folder);
    g_autoptr(AssayEcdf) ecdf = NULL;
    g_autoptr(GError) error = NULL;
    double block[ASSAY_ECDF_BLOCK], low, high;
    guint64 counts[ASSAY_ECDF_BLOCK];
    size_t n_drawn, at = 0;
    AssayRandom random;

    assay_random_init(&random, 3, "ecdf", "");
    for (size_t i = 0; i < n; i++) {
        singles[i] = (float)(floor((assay_random_double(&random) - .3) * grid) / 1024);
        values[i] = (double)singles[i];
    }
    g_assert_true(assay_sorted_add_f32(sorted, singles, n / 3, &error));
    g_assert_true(assay_sorted_add_f64(sorted, values + n / 3, n - n / 3, &error));
    g_assert_true(assay_sorted_finish(sorted, &error));
    qsort(values, n, sizeof *values, compare_doubles);
    ecdf = assay_ecdf_from_sorted(sorted);
    g_assert_cmpuint(assay_ecdf_n(ecdf), ==, n);
    assay_ecdf_range(ecdf, &low, &high);
    g_assert_cmpfloat(low, ==, values[0]);
    g_assert_cmpfloat(high, ==, values[n - 1]);
    do {
        g_assert_true(assay_ecdf_draw(ecdf, block, counts, &n_drawn, &error));
        for (size_t i = 0; i < n_drawn; i++) {
            g_assert_true(at == 0 || block[i] > values[at - 1]);
            for (guint64 k = 0; k < counts[i]; k++)
                g_assert_cmpfloat(block[i], ==, values[at++]);
        }
    } while (n_drawn > 0);
    g_assert_cmpuint(at, ==, n);
    g_assert_true(assay_sorted_is_spilled(sorted) == (folder != NULL));
}

static void
test_random(void)
{
    g_autofree char *folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);

    for (double grid = 3; grid < 1e8; grid *= 300) {
        check_random(ASSAY_SORTED_FLOAT32, ASSAY_SORTED_MEMORY, NULL, 30000, grid);
        check_random(ASSAY_SORTED_FLOAT64, ASSAY_SORTED_MEMORY, NULL, 30000, grid);
        /* Runs of 4,096 values, the last of them in memory; longer than a buffer of theirs. */
        check_random(ASSAY_SORTED_FLOAT32, 0, folder, 30000, grid);
        check_random(ASSAY_SORTED_FLOAT64, 0, folder, 30000, grid);
        check_random(ASSAY_SORTED_FLOAT64, 400000, folder, 60000, grid);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing in it has a name */
}

/* Two that draw the same store side by side. */
static void
test_side_by_side(void)
{
    g_autofree char *folder = g_dir_make_tmp("assay-test-XXXXXX", NULL);
    g_autoptr(AssaySorted) sorted = assay_sorted_new(ASSAY_SORTED_FLOAT64, 0, folder);
    g_autoptr(AssayEcdf) a = NULL, b = NULL;
    g_autoptr(GError) error = NULL;
    double values[ASSAY_ECDF_BLOCK], value = 7;
    guint64 counts[ASSAY_ECDF_BLOCK];
    g_autofree char *from_a = NULL, *from_b = NULL;
    size_t n;

    for (int i = 0; i < 9000; i++, value = fmod(value * 16807, 2147483647))
        g_assert_true(assay_sorted_add_f64(sorted, &value, 1, &error));
    g_assert_true(assay_sorted_finish(sorted, &error));
    a = assay_ecdf_from_sorted(sorted);
    b = assay_ecdf_from_sorted(sorted);
    g_assert_true(assay_ecdf_draw(a, values, counts, &n, &error));
    from_b = drawn(b);
    assay_ecdf_rewind(a);
    from_a = drawn(a);
    g_assert_cmpstr(from_a, ==, from_b);
    g_rmdir(folder);
}

static void
test_refused(void)
{
    static const double nan_second[] = { 1, (double)NAN };
    static const float single_nan[] = { NAN };
    g_autofree double *many = g_new0(double, 4097);
    g_autoptr(AssaySorted) sorted = assay_sorted_new(ASSAY_SORTED_FLOAT32, 0, NULL);
    g_autoptr(AssaySorted) nowhere = assay_sorted_new(ASSAY_SORTED_FLOAT32, 0, "/nonexistent");
    g_autoptr(GError) error = NULL;

    g_assert_false(assay_sorted_add_f64(sorted, nan_second, 2, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, "value 1 of those to sort is not a number");
    g_clear_error(&error);
    g_assert_false(assay_sorted_add_f32(sorted, single_nan, 1, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_cmpuint(assay_sorted_n(sorted), ==, 0);
    g_assert_true(assay_sorted_add_f64(sorted, many, 4096, &error));
    g_assert_false(assay_sorted_add_f64(sorted, many, 1, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==,
                    "more than 4096 values to sort, and no folder for a temporary file");
    g_clear_error(&error);
    g_assert_false(assay_sorted_add_f64(nowhere, many, 4097, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
    g_assert_cmpstr(
        error->message, ==,
        "cannot make a temporary file of sorted values in /nonexistent: No such file or "
        "directory; TMPDIR names another folder");
}

/* The system takes no more than so many bytes of a file. */
static void
test_full(void)
{
    if (g_test_subprocess()) {
        g_autoptr(AssaySorted) sorted = assay_sorted_new(ASSAY_SORTED_FLOAT32, 0, "/tmp");
        g_autofree double *many = g_new0(double, 9000);
        g_autoptr(GError) error = NULL;
        struct rlimit limit = { 20000, 20000 };

        signal(SIGXFSZ, SIG_IGN);
        g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
        g_assert_false(assay_sorted_add_f64(sorted, many, 9000, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_IO);
        g_assert_nonnull(strstr(error->message, "cannot write a temporary file of sorted values"));
        return;
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
}

static void
test_of_counts(void)
{
    static const guint64 counts[] = { 0, 2, 0, 1, 5, 0 };
    static const double values[] = { -(double)INFINITY, -0.0, 1, 2, 3, (double)INFINITY };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayEcdf) cells = assay_ecdf_from_counts(counts, 6, -3, 2, &error);
    g_autoptr(AssayEcdf) arrays = assay_ecdf_from_arrays(values, counts, 6, &error);
    g_autoptr(AssayEcdf) empty = assay_ecdf_from_counts(counts, 1, 0, 1, &error);
    g_autofree char *of_cells = drawn(cells), *of_arrays = drawn(arrays), *of_none = drawn(empty);
    double low, high;

    g_assert_cmpstr(of_cells, ==, " -1*2 0*1 0.5*5");
    g_assert_cmpstr(of_arrays, ==, " 0*2 2*1 3*5");
    g_assert_cmpstr(of_none, ==, "");
    g_assert_cmpuint(assay_ecdf_n(cells), ==, 8);
    assay_ecdf_range(cells, &low, &high);
    g_assert_cmpfloat(low, ==, -1);
    g_assert_cmpfloat(high, ==, .5);
    assay_ecdf_range(empty, &low, &high);
    g_assert_true(isnan(low) && isnan(high));
}

static void
test_refused_counts(void)
{
    static const double falling[] = { 1, 1 }, nan_alone[] = { (double)NAN }, values[] = { 1, 2 };
    static const guint64 huge[] = { G_GUINT64_CONSTANT(1) << 61, G_GUINT64_CONSTANT(1) << 61 };
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_ecdf_from_arrays(falling, huge, 2, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, "value 1 of a distribution is not above the one before");
    g_clear_error(&error);
    g_assert_null(assay_ecdf_from_arrays(nan_alone, huge, 1, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_null(assay_ecdf_from_arrays(values, huge, 2, &error));
    g_assert_cmpstr(error->message, ==, "a distribution of 2^62 values or more");
    g_clear_error(&error);
    g_assert_null(assay_ecdf_from_counts(huge, 2, 0, 1, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

/* Of 1 1 1 2 2 3 3 3 3 9: as numpy.quantile(method="inverted_cdf"). */
static void
test_quantiles(void)
{
    static const double values[] = { 1, 2, 3, 4, 9 };
    static const guint64 counts[] = { 3, 2, 4, 0, 1 };
    static const double shares[] = { 0, .3, .300001, .5, .500001, .9, .901, 1 };
    static const double expected[] = { 1, 1, 2, 2, 3, 3, 9, 9 };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayEcdf) ecdf = assay_ecdf_from_arrays(values, counts, 5, &error);
    g_autoptr(AssayEcdf) empty = assay_ecdf_from_arrays(values, counts, 0, &error);
    double quantiles[8];

    g_assert_true(assay_ecdf_quantiles(ecdf, shares, 8, quantiles, &error));
    for (int i = 0; i < 8; i++)
        g_assert_cmpfloat(quantiles[i], ==, expected[i]);
    g_assert_true(assay_ecdf_quantiles(empty, shares, 8, quantiles, &error));
    g_assert_true(isnan(quantiles[0]) && isnan(quantiles[7]));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/ecdf/order", test_order);
    g_test_add_func("/ecdf/random", test_random);
    g_test_add_func("/ecdf/side-by-side", test_side_by_side);
    g_test_add_func("/ecdf/refused", test_refused);
    g_test_add_func("/ecdf/full", test_full);
    g_test_add_func("/ecdf/of-counts", test_of_counts);
    g_test_add_func("/ecdf/refused-counts", test_refused_counts);
    g_test_add_func("/ecdf/quantiles", test_quantiles);
    return g_test_run();
}
