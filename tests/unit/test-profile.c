/* tests/unit/test-profile.c - azimuthal profiles, and the spline that gives them a length.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/image/log-private.h>
#include <assay/image/profile.h>
#include <assay/image/spline.h>
#include <math.h>

enum { MAX_SIDE = 64 };

typedef struct {
    size_t width, height;
    double values[MAX_SIDE * MAX_SIDE];
} Plane;

static void
row_of_plane(gpointer data, size_t y, double *row)
{
    const Plane *plane = data;

    for (size_t x = 0; x < plane->width; x++)
        row[x] = plane->values[y * plane->width + x];
}

static AssayProfile *
new_profile(const Plane *plane, const AssayProfileConfig *config)
{
    g_autoptr(GError) error = NULL;
    AssayProfile *profile =
        assay_profile_new(config, plane->width, plane->height, G_MAXSIZE, &error);

    g_assert_no_error(error);
    return profile;
}

/* The profile of a plane, in @values; how long it is. */
static size_t
profile_of(Plane *plane, const AssayProfileConfig *config, double *values)
{
    g_autoptr(AssayProfile) profile = new_profile(plane, config);

    g_assert_true(assay_profile_of(profile, row_of_plane, plane, 1, values));
    return assay_profile_length(profile);
}

static void
assert_near(double value, double wanted, double tolerance)
{
    if (!(fabs(value - wanted) <= tolerance))
        g_test_message("%.12g, not %.12g", value, wanted);
    g_assert_true(fabs(value - wanted) <= tolerance);
}

/* A[y][x] = (7x + 13y + xy) mod 256. */
static void
fill(Plane *plane, size_t width, size_t height)
{
    plane->width = width;
    plane->height = height;
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++)
            plane->values[y * width + x] = (double)((7 * x + 13 * y + x * y) % 256);
}

/* Worked out by the sums of the definition. */
static void
test_upconv(void)
{
    static const struct {
        size_t side, n;
        double first[3], last[2], sum;
    } cases[] = {
        { 32,
          20,
          { 158.821709083, 156.41872061, 148.040851514 },
          { 140.81138265, 147.265356603 },
          2878.0737918 },
        { 33,
          21,
          { 156.550848213, 161.113072562, 150.985067273 },
          { 144.75089734, 137.903192451 },
          3022.89246273 },
    };
    static const AssayProfileConfig config = { .upconv = TRUE };
    double values[2 * MAX_SIDE];
    Plane plane;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double sum = 0;
        size_t n;

        fill(&plane, cases[i].side, cases[i].side);
        n = profile_of(&plane, &config, values);
        g_assert_cmpuint(n, ==, cases[i].n);
        for (size_t k = 0; k < n; k++)
            sum += values[k];
        for (size_t k = 0; k < 3; k++)
            assert_near(values[k], cases[i].first[k], 1e-6);
        for (size_t k = 0; k < 2; k++)
            assert_near(values[n - 2 + k], cases[i].last[k], 1e-6);
        assert_near(sum, cases[i].sum, 1e-6);
    }
}

/* One point has all frequencies alike: |X|^2 = 1 over the number of values. */
static void
test_impulse(void)
{
    static const AssayProfileConfig config = { 0 };
    static const size_t sizes[][3] = { { 8, 8, 7 }, { 7, 9, 7 }, { 1, 12, 7 }, { 16, 5, 11 },
                                       { 1, 1, 1 }, { 2, 1, 2 }, { 3, 3, 2 } };
    double values[2 * MAX_SIDE];

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        Plane plane = { .width = sizes[i][0], .height = sizes[i][1] };
        size_t size = plane.width * plane.height, n;

        plane.values[size / 2] = 1;
        n = profile_of(&plane, &config, values);
        g_assert_cmpuint(n, ==, sizes[i][2]);
        for (size_t k = 0; k < n; k++)
            assert_near(values[k], -10 * log10((double)size), 1e-9);
    }
}

/* cos of 5 cycles along x, 12 along y: radius 13. Its power is (size / 2)^2 in two bins. */
static void
test_wave(void)
{
    static const AssayProfileConfig config = { 0 };
    double values[2 * MAX_SIDE];
    Plane plane = { .width = 64, .height = 64 };
    size_t n, strongest = 0;

    for (size_t y = 0; y < 64; y++)
        for (size_t x = 0; x < 64; x++)
            plane.values[y * 64 + x] = cos(2 * G_PI * (5. * (double)x + 12. * (double)y) / 64);
    n = profile_of(&plane, &config, values);
    g_assert_cmpuint(n, ==, 46);
    for (size_t k = 0; k < n; k++)
        strongest = values[k] > values[strongest] ? k : strongest;
    g_assert_cmpuint(strongest, ==, 13);
    for (size_t k = 0; k < n; k++)
        if (k != 13)
            assert_near(values[k], ASSAY_PROFILE_FLOOR_DB, 0);
}

/* Bins of a ring, counted one by one: 10^(dB / 10) times them, added up, is the power of all
 * values (Parseval). */
static void
test_parseval(void)
{
    static const AssayProfileConfig config = { 0 };
    static const size_t sizes[][2] = { { 32, 32 }, { 31, 31 }, { 20, 33 }, { 33, 20 }, { 1, 40 } };
    double values[2 * MAX_SIDE];
    Plane plane;

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        double width = (double)sizes[i][0], height = (double)sizes[i][1], longer = 0;
        double power = 0, sum = 0;
        size_t n;

        fill(&plane, sizes[i][0], sizes[i][1]);
        longer = fmax(width, height);
        n = profile_of(&plane, &config, values);
        for (size_t k = 0; k < sizes[i][0] * sizes[i][1]; k++)
            power += plane.values[k] * plane.values[k];
        for (double v = -ceil(height / 2) + 1; v <= height / 2; v++)
            for (double u = -ceil(width / 2) + 1; u <= width / 2; u++) {
                size_t ring = (size_t)(sqrt(u * longer / width * (u * longer / width) +
                                            v * longer / height * (v * longer / height)) +
                                       0.5);

                g_assert_cmpuint(ring, <, n);
                sum += pow(10, values[ring] / 10);
            }
        assert_near(sum / power, 1, 1e-12);
    }
}

/* A quarter of a turn, and a mirror, leave it as it is. */
static void
test_turned(void)
{
    static const AssayProfileConfig config = { 0 };
    double values[2 * MAX_SIDE], turned[2 * MAX_SIDE];
    Plane plane, other = { .width = 21, .height = 30 };
    size_t n;

    fill(&plane, 30, 21);
    for (size_t y = 0; y < 30; y++)
        for (size_t x = 0; x < 21; x++)
            other.values[y * 21 + x] = plane.values[x * 30 + 29 - y];
    n = profile_of(&plane, &config, values);
    g_assert_cmpuint(profile_of(&other, &config, turned), ==, n);
    for (size_t k = 0; k < n; k++)
        assert_near(turned[k], values[k], 1e-9);
}

static void
test_scales(void)
{
    double values[2 * MAX_SIDE], scaled[2 * MAX_SIDE], low = G_MAXDOUBLE, high = -G_MAXDOUBLE;
    AssayProfileConfig config = { .upconv = TRUE };
    Plane plane;
    size_t n;

    fill(&plane, 32, 32);
    n = profile_of(&plane, &config, values);
    for (size_t k = 0; k < n; k++) {
        low = fmin(low, values[k]);
        high = fmax(high, values[k]);
    }
    config.scale = ASSAY_PROFILE_TO_FIRST;
    profile_of(&plane, &config, scaled);
    assert_near(scaled[0], 1, 0);
    assert_near(scaled[7], values[7] / values[0], 1e-15);
    config.scale = ASSAY_PROFILE_TO_RANGE;
    profile_of(&plane, &config, scaled);
    assert_near(scaled[7], (values[7] - low) / (high - low), 1e-15);
    config = (AssayProfileConfig){ .scale = ASSAY_PROFILE_TO_FIRST };
    profile_of(&plane, &config, scaled);
    config.scale = ASSAY_PROFILE_AS_IT_IS;
    profile_of(&plane, &config, values);
    assert_near(scaled[7], values[7] - values[0], 1e-12);
}

/* A cubic is its own spline; fewer points make a lower degree. */
static void
test_spline(void)
{
    double values[9], points[17], scratch[18];

    for (size_t n = 1; n <= 9; n++) {
        double degree = (double)MIN(n - 1, 3);

        for (size_t i = 0; i < n; i++)
            values[i] = pow((double)i - 1.5, degree) + 2 * (double)i;
        assay_spline_resample(values, n, scratch, points, 17);
        for (size_t k = 0; k < 17; k++) {
            double x = (double)k * (double)(n - 1) / 16;

            assert_near(points[k], pow(x - 1.5, degree) + 2 * x, 1e-12);
        }
        assay_spline_resample(values, n, scratch, points, 1);
        assert_near(points[0], values[0], 0);
    }
}

/* Logarithms of all sizes, and next to 1, where they are small; right to the last bit but one. */
static void
test_log(void)
{
    enum { N = 4001 };
    static double values[N], wanted[N];

    for (size_t i = 0; i < N; i++) {
        double step = (double)i - N / 2;

        values[i] = i % 2 == 0 ? exp(step * 0.35) : 1 + step * 1e-6;
        wanted[i] = 10 * log(values[i]);
    }
    assay_log_all(values, N, 10);
    for (size_t i = 0; i < N; i++)
        assert_near(values[i], wanted[i], 1e-15 * fabs(wanted[i]));
}

static void
test_not_finite(void)
{
    static const double bad[] = { (double)NAN, (double)INFINITY, 1e200 };
    double values[5];

    for (size_t i = 0; i < 2 * G_N_ELEMENTS(bad); i++) {
        const AssayProfileConfig config = { .points = 5, .upconv = i % 2 };
        g_autoptr(AssayProfile) profile = NULL;
        Plane plane;

        fill(&plane, 8, 8);
        plane.values[17] = bad[i / 2];
        profile = new_profile(&plane, &config);
        g_assert_false(assay_profile_of(profile, row_of_plane, &plane, 1, values));
        for (size_t k = 0; k < 5; k++)
            g_assert_true(isnan(values[k]));
        plane.values[17] = 0; /* nothing of it stays */
        g_assert_true(assay_profile_of(profile, row_of_plane, &plane, 1, values));
        g_assert_true(isfinite(values[4]));
    }
}

static void
assert_refused(const AssayProfileConfig *config, size_t width, size_t height, size_t max_bytes,
               const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_profile_new(config, width, height, max_bytes, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
    g_assert_cmpstr(error->message, ==, message);
}

static void
test_refusals(void)
{
    static const AssayProfileConfig exact = { 0 }, upconv = { .upconv = TRUE };

    assert_refused(&exact, 0, 4, G_MAXSIZE, "a plane of 0 x 4 values has no spectrum: it is empty");
    assert_refused(&exact, 65537, 4, G_MAXSIZE,
                   "a plane of 65537 x 4 values has no spectrum: a side has at most 65536; "
                   "assay-image --size=N makes smaller ones");
    assert_refused(&exact, 64, 64, 4096,
                   "a plane of 64 x 64 values has no spectrum: it takes more memory than "
                   "--max-sample allows");
    assert_refused(&upconv, 2, 2, G_MAXSIZE,
                   "a plane of 2 x 2 values has no ring but the first and the last, which "
                   "--compat=upconv leaves out; without it they are there");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/profile/upconv", test_upconv);
    g_test_add_func("/profile/impulse", test_impulse);
    g_test_add_func("/profile/wave", test_wave);
    g_test_add_func("/profile/parseval", test_parseval);
    g_test_add_func("/profile/turned", test_turned);
    g_test_add_func("/profile/scales", test_scales);
    g_test_add_func("/profile/spline", test_spline);
    g_test_add_func("/profile/log", test_log);
    g_test_add_func("/profile/not-finite", test_not_finite);
    g_test_add_func("/profile/refusals", test_refusals);
    return g_test_run();
}
