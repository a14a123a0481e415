/* tests/unit/test-eight-moments.c - eight items at once beside one after the other, bit for bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/centroid.h>
#include <assay/feature/column-sums-private.h>
#include <assay/feature/eight-moments-private.h>
#include <math.h>
#include <string.h>

enum { MOST = 40, ROUNDS = 400 };

static double
any_value(GRand *random, double share_odd)
{
    static const double odd[] = { (double)NAN, 0, 3, (double)INFINITY, 1e300, 5e-324 };

    if (g_rand_double(random) >= share_odd)
        return g_rand_double_range(random, 0, 28);
    return odd[g_rand_double(random) < .5 ? 0 : g_rand_int_range(random, 1, G_N_ELEMENTS(odd))];
}

static void
assert_bits(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_assert_true((isnan(a[i]) && isnan(b[i])) || memcmp(&a[i], &b[i], sizeof a[i]) == 0);
}

static void
assert_item(const AssayEight *eight, size_t k)
{
    double centroids[MOST], slopes[MOST], made[MOST];
    AssayMoments moments;

    for (size_t i = 0; i < eight->n_columns; i++)
        centroids[i] = eight->items[k * eight->stride + i];
    for (size_t i = 0; i < eight->n_slopes; i++)
        made[i] = eight->slopes[i * ASSAY_LANES + k];
    assay_slope_of_item(centroids, eight->n_columns, eight->window, slopes);
    assert_bits(made, slopes, eight->n_slopes);
    assay_moments_of(centroids, eight->n_columns, &moments);
    assert_bits(&eight->of_centroids[k].mean, &moments.mean, 4);
    assay_moments_of(slopes, eight->n_slopes, &moments);
    assert_bits(&eight->of_slopes[k].mean, &moments.mean, 4);
}

static void
test_eight(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    for (int round = 0; round < ROUNDS; round++) {
        double items[MOST * ASSAY_LANES] = { 0 }, centroids[MOST * ASSAY_LANES] = { 0 };
        double slopes[MOST * ASSAY_LANES] = { 0 }, places[MOST];
        guint window = (guint)g_rand_int_range(random, 2, 10);
        size_t n = (size_t)g_rand_int_range(random, 1, MOST);
        AssayEight eight = { .n_columns = n,
                             .stride = (n + 7) / 8 * 8,
                             .n_slopes = assay_slope_count(n, window),
                             .window = window,
                             .items = items,
                             .centroids = centroids,
                             .places = places,
                             .slopes = slopes };

        for (size_t k = 0; k < ASSAY_LANES; k++) {
            double share_odd = k < 2 ? 0 : k < 4 ? 1 : .3;

            for (size_t i = 0; i < n; i++)
                items[k * eight.stride + i] = any_value(random, share_odd);
        }
        if (round % 2 == 0)
            assay_eight_moments(&eight);
        else
            assay_eight_moments_any(&eight);
        for (size_t k = 0; k < ASSAY_LANES; k++)
            assert_item(&eight, k);
    }
}

/* One column after the other, as feature/centroid.h has them. */
static AssayColumnQuotients
divide(const AssayColumnSums *sums, size_t n, double full_scale, double ink, double *centroids)
{
    AssayColumnQuotients counts = { 0, 0 };

    for (size_t c = 0; c < n; c++) {
        gboolean is_finite = isfinite(sums->sum[c]) && isfinite(sums->weighted[c]);
        gboolean is_empty = is_finite && sums->sum[c] / full_scale <= ink;

        counts.n_empty += is_empty ? 1 : 0;
        counts.n_non_finite += is_finite ? 0 : 1;
        centroids[c] = is_empty || !is_finite ? (double)NAN : sums->weighted[c] / sums->sum[c];
    }
    return counts;
}

static void
test_quotients(void)
{
    static const double inks[] = { 0, -0.0, .05, 28, 1e308 };
    static const double scales[] = { 255, 1, .1 };
    g_autoptr(GRand) random = g_rand_new_with_seed(2);

    for (guint round = 0; round < ROUNDS; round++) {
        size_t n = (size_t)g_rand_int_range(random, 1, MOST);
        const AssayCentroidConfig config = { .ink = inks[round % G_N_ELEMENTS(inks)] };
        const AssayPlanes planes = { .full_scale = scales[round % G_N_ELEMENTS(scales)] };
        double centroids[MOST], made[MOST + 1], empty;
        AssayColumnSums sums = { .n_negative = 0 };
        AssayColumnQuotients counts, wanted;

        for (size_t c = 0; c < n + 7; c++) {
            sums.sum[c] = any_value(random, .3);
            sums.weighted[c] = any_value(random, .1);
        }
        empty = assay_centroid_empty(&config, &planes);
        sums.sum[round % n] = round % 2 == 0 ? empty : nextafter(empty, (double)INFINITY);
        wanted = divide(&sums, n, planes.full_scale, config.ink, centroids);
        made[n] = -1; /* behind them nothing is written */
        counts = round % 8 < 4 ? assay_column_quotients(&sums, n, empty, made)
                               : assay_column_quotients_any(&sums, n, empty, made);
        g_assert_cmpuint(counts.n_empty, ==, wanted.n_empty);
        g_assert_cmpuint(counts.n_non_finite, ==, wanted.n_non_finite);
        assert_bits(made, centroids, n);
        g_assert_cmpfloat(made[n], ==, -1);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/eight-moments/eight", test_eight);
    g_test_add_func("/eight-moments/quotients", test_quotients);
    return g_test_run();
}
