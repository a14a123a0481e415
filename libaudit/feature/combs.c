/* feature/combs.c - the combs of a sound as features (signal/comb.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../signal/comb.h"
#include "features-private.h"

gboolean
assay_has_combs(const AssaySample *sample, const char *field)
{
    return field == NULL && assay_sample_has(sample, "log_spectrum");
}

gboolean
assay_make_combs(AssayFeatureSource *source, size_t item, double *values, GError **error)
{
    AssayCombs combs = assay_combs_find(source->combs + item * ASSAY_COMB_BINS);

    (void)error;
    values[0] = combs.strongest.strength;
    values[1] = combs.strongest.period;
    values[2] = combs.strongest.excess;
    values[3] = combs.binary.strength;
    return TRUE;
}
