/* tests/unit/counts.c - distributions by counts, and what two of them measure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "counts.h"

#include <math.h>

const AssayDivergenceConfig counts_unit_bins = ASSAY_DIVERGENCE_CONFIG_DEFAULT;

AssayDivergenceConfig
counts_exact_bins(void)
{
    AssayDivergenceConfig config = counts_unit_bins;

    config.is_exact = TRUE;
    return config;
}

AssayDivergence
counts_compare(const Counts *a, const Counts *b, const AssayDivergenceConfig *config)
{
    AssayDivergence result;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayEcdf) reference = assay_ecdf_from_arrays(a->values, a->counts, a->n, &error);
    g_autoptr(AssayEcdf) candidate = assay_ecdf_from_arrays(b->values, b->counts, b->n, &error);

    g_assert_no_error(error);
    g_assert_true(assay_divergence_measure(reference, candidate, config, &result, &error));
    g_assert_no_error(error);
    return result;
}

void
counts_random(Counts *counts, AssayRandom *random, size_t n)
{
    counts->n = n;
    for (size_t i = 0; i < n; i++) {
        counts->values[i] = (double)i / (double)n;
        counts->counts[i] = assay_random_below(random, 5) * assay_random_below(random, 3);
    }
    counts->counts[n / 2]++;
}

void
counts_assert_near(double got, double expected)
{
    if (!(fabs(got - expected) <= 1e-13 * MAX(1, fabs(expected)))) {
        g_test_message("got %.17g, expected %.17g", got, expected);
        g_test_fail();
    }
}

void
counts_assert_equal(const Counts *a, const AssayDivergenceConfig *config)
{
    AssayDivergence result = counts_compare(a, a, config);

    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        const AssayMeasureFacts *facts = assay_measure_facts((AssayMeasure)i);

        if (i != ASSAY_MEASURE_CVM_U && i != ASSAY_MEASURE_AD_STANDARD)
            counts_assert_near(result.measured[i].value, facts->is_similarity ? 1 : 0);
        g_assert_true(isnan(result.measured[i].at));
    }
}
