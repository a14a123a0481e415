/* tests/unit/test-plane-fft.c - powers of the transform of a plane, beside the sum that defines it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/signal/plane-fft.h>
#include <assay/signal/plane-powers-private.h>
#include <math.h>
#include <string.h>

enum { MAX_SIDE = 21 };

/* A plane, and the powers that were told of its columns, each once. */
typedef struct {
    size_t width, height;
    double epsilon;
    double values[MAX_SIDE][MAX_SIDE];
    double powers[MAX_SIDE][MAX_SIDE];
    guint n_told[MAX_SIDE];
} Plane;

static void
row_of(gpointer data, size_t y, double *row)
{
    const Plane *plane = data;

    memcpy(row, plane->values[y], plane->width * sizeof *row);
}

static void
keep_column(gpointer data, size_t u, double *powers)
{
    Plane *plane = data;

    g_assert_cmpuint(u, <=, plane->width / 2);
    plane->n_told[u]++;
    memcpy(plane->powers[u], powers, plane->height * sizeof *powers);
    memset(powers, 0xff, plane->height * sizeof *powers); /* it may be changed */
}

static double
power_by_sum(const Plane *plane, size_t u, size_t v)
{
    double re = plane->epsilon, im = 0;

    for (size_t y = 0; y < plane->height; y++) {
        for (size_t x = 0; x < plane->width; x++) {
            double turns =
                (double)(u * x) / (double)plane->width + (double)(v * y) / (double)plane->height;

            re += plane->values[y][x] * cos(2 * G_PI * turns);
            im -= plane->values[y][x] * sin(2 * G_PI * turns);
        }
    }
    return re * re + im * im;
}

static void
check(GRand *random, size_t width, size_t height, double epsilon)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayPlaneFft) fft = assay_plane_fft_new(width, height, G_MAXSIZE, &error);
    Plane plane = { .width = width, .height = height, .epsilon = epsilon };

    g_assert_no_error(error);
    for (size_t y = 0; y < height; y++) {
        for (size_t x = 0; x < width; x++)
            plane.values[y][x] = g_rand_double_range(random, -1, 1);
    }
    assay_plane_fft_run(fft, epsilon, row_of, keep_column, &plane);
    for (size_t u = 0; u <= width / 2; u++) {
        g_assert_cmpuint(plane.n_told[u], ==, 1);
        for (size_t v = 0; v < height; v++) {
            double wanted = power_by_sum(&plane, u, v);

            g_assert_cmpfloat_with_epsilon(plane.powers[u][v], wanted, 1e-10 * (1 + wanted));
        }
    }
}

static void
test_powers(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (size_t width = 1; width <= MAX_SIDE; width++) {
        for (size_t height = 1; height <= MAX_SIDE; height += 1 + height / 8)
            check(random, width, height, (width + height) % 2 == 0 ? 0 : .25);
    }
}

/* With as many side by side as there is room for, or one after the other: the same bits. */
static void
test_pairs(void)
{
    enum { MOST = 70 };
    g_autoptr(GRand) random = g_rand_new_with_seed(6);
    double a[2 * MOST], b[2 * MOST], one[4][MOST];

    for (size_t n = 1; n <= MOST; n++) {
        const AssayPlanePair pair = { a, b, n, .3, -.4, n % 2 == 0 ? 0 : 1e-8 };

        for (size_t i = 0; i < 2 * n; i++) {
            a[i] = g_rand_double_range(random, -1, 1);
            b[i] = g_rand_double_range(random, -1, 1);
        }
        assay_plane_pair_powers(&pair, one[0], one[1]);
        assay_plane_pair_powers_plainly(&pair, one[2], one[3]);
        g_assert_true(memcmp(one[0], one[2], n * sizeof(double)) == 0);
        g_assert_true(memcmp(one[1], one[3], n * sizeof(double)) == 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plane-fft/powers", test_powers);
    g_test_add_func("/plane-fft/pairs", test_pairs);
    return g_test_run();
}
