/* tests/unit/test-frechet.c - means, covariances and the distance of Gaussians, by hand.
 *
 * tests/reference/vectors.t holds them against SciPy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stats/frechet.h>
#include <math.h>
#include <string.h>

static AssayGaussian *
gaussian_of(const double *values, size_t n, size_t n_columns)
{
    g_autoptr(GError) error = NULL;
    AssayGaussian *self = assay_gaussian_new(n_columns, &error);

    g_assert_no_error(error);
    g_assert_true(assay_gaussian_add(self, values, n, &error));
    g_assert_cmpuint(assay_gaussian_n(self), ==, n);
    return self;
}

static double
distance_of(const double *a, size_t n, const double *b, size_t m, size_t n_columns)
{
    g_autoptr(AssayGaussian) first = gaussian_of(a, n, n_columns);
    g_autoptr(AssayGaussian) second = gaussian_of(b, m, n_columns);
    g_autoptr(GError) error = NULL;
    double distance = -1;

    g_assert_true(assay_frechet_distance(first, second, &distance, &error));
    g_assert_no_error(error);
    return distance;
}

static void
test_moments(void)
{
    static const double values[] = { 1, 4, 3, 8, 5, 0 };
    static const double covariances[] = { 4, -4, -4, 16 };
    g_autoptr(AssayGaussian) self = gaussian_of(values, 3, 2), one = gaussian_of(values, 1, 2);
    double mean[2], covariance[4];

    assay_gaussian_finish(self, mean, covariance);
    g_assert_cmpfloat(mean[0], ==, 3);
    g_assert_cmpfloat(mean[1], ==, 4);
    for (int i = 0; i < 4; i++)
        g_assert_cmpfloat_with_epsilon(covariance[i], covariances[i], 1e-14);
    assay_gaussian_finish(one, mean, covariance);
    g_assert_cmpfloat(mean[1], ==, 4);
    g_assert_true(isnan(covariance[0]) && isnan(covariance[3]));
}

/* 0 to 129, more than a block, has variance 130 * 131 / 12. */
static void
test_drift(void)
{
    double values[2 * 130], mean[2], covariance[4];
    g_autoptr(AssayGaussian) self = NULL;

    for (int i = 0; i < 130; i++) {
        values[2 * i] = 1000 + i;
        values[2 * i + 1] = -2 * i;
    }
    self = gaussian_of(values, 130, 2);
    assay_gaussian_finish(self, mean, covariance);
    g_assert_cmpfloat_with_epsilon(mean[0], 1064.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(mean[1], -129, 1e-12);
    g_assert_cmpfloat_with_epsilon(covariance[0], 130 * 131 / 12., 1e-11);
    g_assert_cmpfloat_with_epsilon(covariance[1], -130 * 131 / 6., 1e-11);
    g_assert_cmpfloat_with_epsilon(covariance[3], 130 * 131 / 3., 1e-11);
}

/* One by one, all at once, looked at in between: the same bits. */
static void
test_parts(void)
{
    enum { N = 200, D = 3 };
    double values[N * D], means[2][D], covariances[2][D * D];
    g_autoptr(AssayGaussian) whole = NULL, parts = NULL;
    g_autoptr(GError) error = NULL;
    AssayRandom random;

    assay_random_init(&random, 1, "gaussian", "");
    for (int i = 0; i < N * D; i++)
        values[i] = assay_random_double(&random);
    whole = gaussian_of(values, N, D);
    parts = assay_gaussian_new(D, &error);
    for (size_t i = 0; i < N; i++) {
        g_assert_true(assay_gaussian_add(parts, values + i * D, 1, &error));
        assay_gaussian_finish(parts, means[0], covariances[0]);
    }
    assay_gaussian_finish(whole, means[1], covariances[1]);
    g_assert_true(memcmp(means[0], means[1], sizeof means[0]) == 0);
    g_assert_true(memcmp(covariances[0], covariances[1], sizeof covariances[0]) == 0);
}

/* In one column it is (mu - nu)^2 + (s - t)^2, of deviations s and t. */
static void
test_one_column(void)
{
    static const double a[] = { 0, 2 }, b[] = { 1, 5 }, same[] = { 3, 3, 3 };

    g_assert_cmpfloat_with_epsilon(distance_of(a, 2, b, 2, 1), 4 + 2, 1e-14);
    g_assert_cmpfloat_with_epsilon(distance_of(a, 2, same, 3, 1), 4 + 2, 1e-14);
    g_assert_cmpfloat(distance_of(same, 3, same, 3, 1), ==, 0);
    g_assert_cmpfloat_with_epsilon(distance_of(a, 2, a, 2, 1), 0, 1e-15);
}

/* A line along x and a line along y have nothing in common: the sum of their variances. The same
 * line twice as long: (2 - 1)^2 times the variance of the shorter. */
static void
test_lines(void)
{
    static const double along_x[] = { -1, 0, 1, 0 }, along_y[] = { 0, -1, 0, 1 };
    static const double twice_x[] = { -2, 0, 2, 0 };

    g_assert_cmpfloat_with_epsilon(distance_of(along_x, 2, along_y, 2, 2), 4, 1e-14);
    g_assert_cmpfloat_with_epsilon(distance_of(along_x, 2, twice_x, 2, 2), 2, 1e-14);
}

/* Of a sample from itself it is nothing, whatever its rank. */
static void
test_itself(void)
{
    enum { N = 60, D = 40 };
    double values[N * D];
    AssayRandom random;

    assay_random_init(&random, 2, "gaussian", "");
    for (size_t rank = 1; rank <= D; rank += 13) {
        double trace = 0, mean[D], covariance[D * D], distance;

        for (size_t i = 0; i < N * D; i++)
            values[i] = i % D < rank ? assay_random_double(&random) : 2 * values[i - rank];
        distance = distance_of(values, N, values, N, D);
        {
            g_autoptr(AssayGaussian) self = gaussian_of(values, N, D);

            assay_gaussian_finish(self, mean, covariance);
        }
        for (size_t i = 0; i < D; i++)
            trace += covariance[i * D + i];
        g_assert_true(distance >= 0 && distance <= 1e-13 * trace);
    }
}

static void
test_limit(void)
{
    enum { N = 400, D = 4 };
    double values[N * D];
    g_autoptr(AssayGaussian) reference = NULL;
    g_autoptr(GError) error = NULL;
    AssayFrechetLimit limit;
    AssayPoints candidate = { values, N / 2, D };
    AssayRandom random;
    double distance;

    assay_random_init(&random, 3, "gaussian", "");
    for (int i = 0; i < N * D; i++)
        values[i] = assay_random_double(&random);
    reference = gaussian_of(values + N / 2 * D, N / 2, D);
    distance = distance_of(values + N / 2 * D, N / 2, values, N / 2, D);
    g_assert_true(
        assay_frechet_extrapolate(reference, &candidate, 20, 10, &random, &limit, &error));
    g_assert_cmpfloat_with_epsilon(limit.distance, distance, 1e-15);
    g_assert_true(limit.low < limit.limit && limit.limit < limit.high);
    g_assert_true(limit.limit < limit.distance && limit.slope > 0);
    g_assert_false(
        assay_frechet_extrapolate(reference, &candidate, 200, 10, &random, &limit, &error));
    g_assert_cmpstr(
        error->message, ==,
        "extrapolation from 200 of 200 vectors: from 2 to less than all of them can be");
    g_clear_error(&error);
    g_assert_false(
        assay_frechet_extrapolate(reference, &candidate, 20, 2, &random, &limit, &error));
    g_assert_cmpstr(error->message, ==, "extrapolation from 2 sizes: at least 3 are needed");
    g_clear_error(&error);
    candidate.n_columns = 3;
    g_assert_false(
        assay_frechet_extrapolate(reference, &candidate, 20, 9, &random, &limit, &error));
    g_assert_cmpstr(error->message, ==, "the candidate has 3 columns and the reference 4");
}

static void
test_refused(void)
{
    static const double values[] = { 0, 1, 2, (double)NAN }, huge[] = { 1e150, -1e150 };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayGaussian) self = gaussian_of(values, 1, 1), pair = gaussian_of(values, 1, 2);
    double distance;

    g_assert_null(assay_gaussian_new(0, &error));
    g_assert_cmpstr(error->message, ==, "vectors of 0 columns: 1 to 4096 can be");
    g_clear_error(&error);
    g_assert_null(assay_gaussian_new(4097, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    g_assert_false(assay_gaussian_add(self, values, 4, &error));
    g_assert_cmpstr(error->message, ==,
                    "a sample: column 0 of vector 3 is not within -1e150 to 1e150");
    g_assert_cmpuint(assay_gaussian_n(self), ==, 1);
    g_clear_error(&error);
    g_assert_false(assay_frechet_distance(self, self, &distance, &error));
    g_assert_cmpstr(error->message, ==, "a covariance of 1 vectors: at least 2 are needed");
    g_clear_error(&error);
    g_assert_false(assay_frechet_distance(self, pair, &distance, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_clear_error(&error);
    /* As far as it goes. */
    g_assert_cmpfloat(distance_of(huge, 2, values, 2, 1), <, (double)INFINITY);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/frechet/moments", test_moments);
    g_test_add_func("/frechet/drift", test_drift);
    g_test_add_func("/frechet/parts", test_parts);
    g_test_add_func("/frechet/one-column", test_one_column);
    g_test_add_func("/frechet/lines", test_lines);
    g_test_add_func("/frechet/itself", test_itself);
    g_test_add_func("/frechet/limit", test_limit);
    g_test_add_func("/frechet/refused", test_refused);
    return g_test_run();
}
