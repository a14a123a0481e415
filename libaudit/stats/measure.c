/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure.h"

#include <string.h>

static const AssayMeasureFacts measures[] = {
    [ASSAY_MEASURE_KS] = {
        .name = "ks",
        .title = "Kolmogorov-Smirnov distance",
        .convention = "the largest |F - G|, over all values, exactly",
        .is_symmetric = TRUE,
    },
    [ASSAY_MEASURE_JSD] = {
        .name = "jsd",
        .title = "Jensen-Shannon divergence",
        .convention = "half of KL(p, s) and half of KL(q, s), s = (p + q) / 2, of shares of bins; "
                      "the divergence, of which the distance is the root",
        .is_binned = TRUE,
        .is_symmetric = TRUE,
        .has_logarithm = TRUE,
    },
    [ASSAY_MEASURE_W1] = {
        .name = "w1",
        .title = "Wasserstein-1 distance",
        .convention = "the area between F and G, exactly: how far values have to be moved, on "
                      "average",
        .is_symmetric = TRUE,
        .has_unit = TRUE,
    },
    [ASSAY_MEASURE_ENERGY] = {
        .name = "energy",
        .title = "energy distance",
        .convention = "the root of twice the area of (F - G)^2, exactly, as SciPy has it",
        .is_symmetric = TRUE,
        .has_unit = TRUE,
    },
    [ASSAY_MEASURE_CVM] = {
        .name = "cvm",
        .title = "Cramer-von Mises criterion",
        .convention = "T of Anderson (1962) for two samples, by midranks, as SciPy has it",
        .is_symmetric = TRUE,
        .grows_with_n = TRUE,
    },
    [ASSAY_MEASURE_CVM_U] = {
        .name = "cvm-u",
        .title = "Cramer-von Mises criterion, U",
        .convention = "U = n m N (T + (4 n m - 1) / (6 N)) of Anderson (1962); not 0 of equal "
                      "distributions",
        .is_symmetric = TRUE,
        .grows_with_n = TRUE,
    },
    [ASSAY_MEASURE_AD] = {
        .name = "ad",
        .title = "Anderson-Darling criterion",
        .convention = "A^2 of two samples by midranks, equation 7 of Scholz and Stephens (1987)",
        .is_symmetric = TRUE,
        .grows_with_n = TRUE,
    },
    [ASSAY_MEASURE_AD_STANDARD] = {
        .name = "ad-standard",
        .title = "Anderson-Darling criterion, standardised",
        .convention = "(A^2 - 1) / its standard deviation if there is no difference, as SciPy has "
                      "it; negative where distributions are nearer than chance has them",
        .is_symmetric = TRUE,
        .grows_with_n = TRUE,
    },
    [ASSAY_MEASURE_LINF] = {
        .name = "linf",
        .title = "largest difference of a share",
        .convention = "the largest |p - q|, over single values, exactly",
        .is_symmetric = TRUE,
    },
    [ASSAY_MEASURE_KL] = {
        .name = "kl",
        .title = "Kullback-Leibler divergence",
        .convention = "the sum of p log(p / q) over bins, candidate from reference; infinite if a "
                      "bin that the reference fills is empty in the candidate",
        .is_binned = TRUE,
        .has_logarithm = TRUE,
    },
    [ASSAY_MEASURE_KL_REVERSE] = {
        .name = "kl-reverse",
        .title = "Kullback-Leibler divergence, reverse",
        .convention = "the sum of q log(q / p) over bins; infinite if a bin that the candidate "
                      "fills is empty in the reference",
        .is_binned = TRUE,
        .has_logarithm = TRUE,
    },
    [ASSAY_MEASURE_HELLINGER] = {
        .name = "hellinger",
        .title = "Hellinger distance",
        .convention = "the norm of sqrt(p) - sqrt(q) over bins, divided by sqrt(2)",
        .is_binned = TRUE,
        .is_symmetric = TRUE,
    },
    [ASSAY_MEASURE_TV] = {
        .name = "tv",
        .title = "total variation",
        .convention = "half the sum of |p - q| over bins",
        .is_binned = TRUE,
        .is_symmetric = TRUE,
    },
    [ASSAY_MEASURE_OVERLAP] = {
        .name = "overlap",
        .title = "overlap",
        .convention = "the sum of the lesser of p and q over bins: 1 is equal, 0 apart",
        .is_binned = TRUE,
        .is_symmetric = TRUE,
        .is_similarity = TRUE,
    },
    [ASSAY_MEASURE_CHI2] = {
        .name = "chi2",
        .title = "chi-square statistic",
        .convention = "of the table of two rows and the bins that either fills, without "
                      "correction; one degree of freedom less than bins",
        .is_binned = TRUE,
        .is_symmetric = TRUE,
        .grows_with_n = TRUE,
    },
    [ASSAY_MEASURE_PSI] = {
        .name = "psi",
        .title = "population stability index",
        .convention = "the sum of (p - q) ln(p / q) over bins, natural logarithm; infinite if a bin "
                      "is empty in one alone",
        .is_binned = TRUE,
        .is_symmetric = TRUE,
    },
};

G_STATIC_ASSERT(G_N_ELEMENTS(measures) == ASSAY_N_MEASURES);

const AssayMeasureFacts *
assay_measure_facts(AssayMeasure measure)
{
    g_return_val_if_fail((int)measure >= 0 && measure < ASSAY_N_MEASURES, NULL);
    return &measures[measure];
}

int
assay_measure_from_name(const char *name)
{
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        if (strcmp(measures[i].name, name) == 0)
            return i;
    }
    return -1;
}
