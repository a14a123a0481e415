/* compare-calibration - does the verdict of assay-compare hang on how many items there are?
 *
 *   compare-calibration POOL.npy FAKE.npy ITEMS REPETITIONS [DRAWS]
 *
 * Two sets of ITEMS pictures each are drawn with replacement from POOL ([item, row, column], uint8)
 * and compared, REPETITIONS times; likewise one of them with one from FAKE. A row a measure: the
 * share of repetitions with p <= .05 and <= .01 where there is no difference, each with the
 * interval in which 95 % of such shares fall if p is right (exact binomial), how often the fake set
 * was found at p <= .01 in the first FAKES repetitions, and the largest ratio of sets without a
 * difference beside the smallest of those with one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/input.h>
#include <assay/base/random.h>
#include <assay/compare/compare.h>
#include <assay/stats/multiple.h>
#include <assay/stream/npy.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const measures[] = { "ks",       "jsd",      "w1",       "atom", "mean",
                                        "variance", "skewness", "kurtosis", NULL };
#define N_MEASURES (G_N_ELEMENTS(measures) - 1)

#define FAKES 100U

typedef struct {
    guint at_05, at_01, found;
    double highest, lowest;
} Count;

static AssayArray *
read_pool(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayInput) input = assay_input_open(path, &error);
    g_autoptr(GBytes) bytes =
        input == NULL ? NULL : assay_input_read_all(input, ASSAY_MAX_SAMPLE, &error);
    size_t size = 0;
    const void *data = bytes == NULL ? NULL : g_bytes_get_data(bytes, &size);
    AssayArray *array =
        data == NULL ? NULL : assay_npy_parse(data, size, path, ASSAY_MAX_SAMPLE, &error);

    if (array == NULL || array->type != ASSAY_U8 || array->n_axes != 3) {
        fprintf(stderr, "compare-calibration: %s: %s\n", path,
                error != NULL ? error->message : "not [item, row, column] of uint8");
        exit(EXIT_FAILURE);
    }
    return array;
}

static AssayCompareSet *
draw_set(const AssayArray *pool, const char *label, size_t n_items, AssayRandom *random)
{
    static const char *const axes[] = { "item", "row", "column", NULL };
    const AssayPartConfig config = ASSAY_PART_CONFIG_DEFAULT;
    const size_t shape[] = { n_items, pool->shape[1], pool->shape[2] };
    size_t block = pool->shape[1] * pool->shape[2];
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySample) sample = assay_sample_new(label);
    AssayArray *pixels = assay_array_new(ASSAY_U8, 3, shape, axes, ASSAY_MAX_SAMPLE, &error);
    AssayCompareSet *set = assay_compare_set_new(label);
    AssayJson *meta = assay_json_object();
    g_autoptr(AssayPart) part = NULL;

    if (pixels == NULL)
        g_error("%s", error->message);
    for (size_t i = 0; i < n_items; i++)
        memcpy((guint8 *)pixels->data + i * block,
               (const guint8 *)pool->data + assay_random_below(random, pool->shape[0]) * block,
               block);
    assay_json_set_integer(meta, "full_scale", 255);
    assay_sample_take_field(sample, "pixels", pixels, meta);
    part = assay_part_new(sample, &config, &error);
    if (part == NULL || !assay_compare_set_add(set, part, NULL, NULL, &error) ||
        !assay_compare_set_finish(set, &error))
        g_error("%s", error->message);
    return set;
}

/* The row of a measure; of atoms that of 0. */
static const AssayCompareRow *
find_row(const GPtrArray *rows, const char *measure)
{
    for (guint i = 0; i < rows->len; i++) {
        const AssayCompareRow *row = g_ptr_array_index(rows, i);

        if (strcmp(row->measure, strcmp(measure, "atom") == 0 ? "atom:0" : measure) == 0)
            return row;
    }
    return NULL;
}

static void
count(const AssayCompareSet *a, const AssayCompareSet *b, const AssayCompareConfig *config,
      gboolean is_same, Count *counts)
{
    g_autoptr(GPtrArray) rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)assay_compare_row_free);
    g_autoptr(GError) error = NULL;

    if (!assay_compare(a, b, config, rows, &error))
        g_error("%s", error->message);
    for (size_t m = 0; m < N_MEASURES; m++) {
        const AssayCompareRow *row = find_row(rows, measures[m]);

        if (row == NULL)
            continue;
        if (is_same) {
            counts[m].at_05 += row->p <= 0.05;
            counts[m].at_01 += row->p <= 0.01;
            counts[m].highest = fmax(counts[m].highest, row->ratio);
        } else {
            counts[m].found += row->p <= 0.01;
            counts[m].lowest = fmin(counts[m].lowest, row->ratio);
        }
    }
}

/* The smallest number that at least this share of binomial numbers does not exceed. */
static guint
binomial_quantile(double share, double p, guint n)
{
    guint k = 0;

    while (k < n && gsl_cdf_binomial_P(k, p, n) < share)
        k++;
    return k;
}

static void
print(const Count *counts, size_t n_items, guint n)
{
    for (size_t m = 0; m < N_MEASURES; m++) {
        const Count *one = &counts[m];

        printf("%" G_GSIZE_FORMAT "\t%s\t%.4f\t%.4f-%.4f\t%.4f\t%.4f-%.4f\t%.4f\t%.3g\t%.3g\n",
               n_items, measures[m], (double)one->at_05 / n,
               (double)binomial_quantile(0.025, 0.05, n) / n,
               (double)binomial_quantile(0.975, 0.05, n) / n, (double)one->at_01 / n,
               (double)binomial_quantile(0.025, 0.01, n) / n,
               (double)binomial_quantile(0.975, 0.01, n) / n, (double)one->found / MIN(n, FAKES),
               one->highest, one->lowest);
    }
}

int
main(int argc, char **argv)
{
    AssayCompareConfig config = ASSAY_COMPARE_CONFIG_DEFAULT;
    Count counts[N_MEASURES] = { { 0 } };
    g_autoptr(AssayArray) pool = NULL, fake = NULL;
    size_t n_items;
    guint n;

    if (argc < 5) {
        fprintf(stderr, "Usage: compare-calibration POOL.npy FAKE.npy ITEMS REPETITIONS [DRAWS]\n");
        return 2;
    }
    pool = read_pool(argv[1]);
    fake = read_pool(argv[2]);
    n_items = strtoul(argv[3], NULL, 10);
    n = (guint)strtoul(argv[4], NULL, 10);
    config.n_draws = argc > 5 ? strtoul(argv[5], NULL, 10) : 199;
    config.measures = measures;
    for (size_t m = 0; m < N_MEASURES; m++)
        counts[m].lowest = (double)INFINITY;
    for (guint i = 0; i < n; i++) {
        g_autofree char *identity = g_strdup_printf("%" G_GSIZE_FORMAT " %u", n_items, i);
        g_autoptr(AssayCompareSet) a = NULL, b = NULL, c = NULL;
        AssayRandom random;

        assay_random_init(&random, 0, "compare-calibration", identity);
        config.seed = i;
        a = draw_set(pool, "a", n_items, &random);
        b = draw_set(pool, "b", n_items, &random);
        count(a, b, &config, TRUE, counts);
        if (i >= FAKES)
            continue;
        c = draw_set(fake, "c", n_items, &random);
        count(a, c, &config, FALSE, counts);
    }
    printf(
        "items\tmeasure\tp<=.05\texpected\tp<=.01\texpected\tfound\thighest_same\tlowest_fake\n");
    print(counts, n_items, n);
    return 0;
}
