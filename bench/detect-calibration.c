/* detect-calibration - is the p of assay-detect as small as it says, and no smaller?
 *
 *   detect-calibration FEATURES.tsv REPETITIONS [PERMUTATIONS]
 *
 * The items of a table of assay-features, all of them real, are cut into two random halves, one of
 * which is called fake, REPETITIONS times; each time a p is found as assay-detect without a verb
 * does by default (a ridge, ten folds, models fitted anew for each permutation). Printed: the share
 * of repetitions with p <= .05 and <= .01, each with the interval in which 95 % of such shares fall
 * if p is right (exact binomial).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/random.h>
#include <assay/learn/collect.h>
#include <assay/learn/cross.h>
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <stdlib.h>

static AssayCollection *
read_features(const char *path)
{
    const AssaySetLabel label = { 0, FALSE };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayInput) input = assay_input_open(path, &error);
    g_autoptr(AssayCollection) collection = assay_collection_new(ASSAY_MAX_SAMPLE, NULL);

    if (input == NULL || !assay_collection_read(collection, input, &label, &error)) {
        fprintf(stderr, "detect-calibration: %s\n", error->message);
        exit(EXIT_FAILURE);
    }
    return g_steal_pointer(&collection);
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

static double
try_halves(AssayExamples *examples, size_t *order, size_t n, guint repetition, guint n_permutations)
{
    g_autofree char *identity = g_strdup_printf("%u", repetition);
    const AssayModelConfig config = { .kind = ASSAY_MODEL_RIDGE, .seed = repetition };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayCross) cross = NULL;
    AssayRandom random;
    double p = 1;

    assay_random_init(&random, 0, "detect-calibration", identity);
    assay_random_shuffle(&random, order, n);
    for (size_t i = 0; i < n; i++)
        assay_examples_at(examples, order[i])->is_fake = i < n / 2;
    cross = assay_cross_new(&config, examples, order, n, 10, 1, &error);
    if (cross == NULL ||
        !assay_cross_p(cross, &config, examples, n_permutations, repetition, 1, &p, &error)) {
        fprintf(stderr, "detect-calibration: %s\n", error->message);
        exit(EXIT_FAILURE);
    }
    return p;
}

int
main(int argc, char **argv)
{
    static const double levels[] = { .05, .01 };
    g_autoptr(AssayCollection) collection = NULL;
    g_autofree size_t *order = NULL;
    guint n_repetitions, n_permutations, counts[G_N_ELEMENTS(levels)] = { 0 };
    size_t n;

    if (argc < 3) {
        fprintf(stderr, "Usage: detect-calibration FEATURES.tsv REPETITIONS [PERMUTATIONS]\n");
        return 2;
    }
    collection = read_features(argv[1]);
    n_repetitions = (guint)strtoul(argv[2], NULL, 10);
    n_permutations = argc > 3 ? (guint)strtoul(argv[3], NULL, 10) : 199;
    n = collection->examples->items->len;
    order = g_new(size_t, n + 1);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (guint r = 0; r < n_repetitions; r++) {
        double p = try_halves(collection->examples, order, n, r, n_permutations);

        for (size_t k = 0; k < G_N_ELEMENTS(levels); k++)
            counts[k] += p <= levels[k] ? 1 : 0;
    }
    printf("items\trepetitions\tlevel\trejected\texpected\n");
    for (size_t k = 0; k < G_N_ELEMENTS(levels); k++)
        printf("%" G_GSIZE_FORMAT "\t%u\t%g\t%.4f\t%.4f-%.4f\n", n, n_repetitions, levels[k],
               (double)counts[k] / n_repetitions,
               (double)binomial_quantile(.025, levels[k], n_repetitions) / n_repetitions,
               (double)binomial_quantile(.975, levels[k], n_repetitions) / n_repetitions);
    return 0;
}
