/* compare/tequilagan.c - a number as TequilaGAN's program had it.
 *
 * Rafael Valle, Wilson Cai, Anish Doshi, "TequilaGAN: How to easily identify GAN samples", 2018;
 * numpy.histogram() of 100 bins, and the Jensen-Shannon divergence in nats.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "compare-private.h"

#define N_BINS 100

/* Bins of float32 edges, the last one closed. */
static gboolean
count_bins(const AssayPair *self, size_t side, double *bins, double *total, GError **error)
{
    double values[ASSAY_ECDF_BLOCK], edges[N_BINS + 1];
    guint64 counts[ASSAY_ECDF_BLOCK];
    size_t n, bin = 0;

    for (size_t i = 0; i <= N_BINS; i++)
        edges[i] = (double)(float)(self->low + (double)i * ((self->high - self->low) / N_BINS));
    assay_ecdf_rewind(self->ecdfs[side]);
    do {
        if (!assay_ecdf_draw(self->ecdfs[side], values, counts, &n, error))
            return FALSE;
        for (size_t i = 0; i < n; i++) {
            if (values[i] < edges[0] || values[i] > edges[N_BINS])
                continue;
            while (bin + 1 < N_BINS && values[i] >= edges[bin + 1])
                bin++;
            bins[bin] += (double)counts[i];
            *total += (double)counts[i];
        }
    } while (n > 0);
    return TRUE;
}

static double
term(double share, double middle)
{
    return share > 0 ? share * log(share / middle) : 0;
}

gboolean
assay_pair_tequilagan_jsd(const AssayPair *self, double *value, GError **error)
{
    double bins[2][N_BINS] = { { 0 } }, totals[2] = { 0 }, sum = 0;

    *value = (double)NAN;
    for (size_t side = 0; side < 2; side++) {
        if (self->ecdfs[side] == NULL)
            return TRUE;
        if (!count_bins(self, side, bins[side], &totals[side], error))
            return FALSE;
    }
    if (!(totals[0] > 0) || !(totals[1] > 0))
        return TRUE;
    for (size_t i = 0; i < N_BINS; i++) {
        double p = bins[0][i] / totals[0], q = bins[1][i] / totals[1], middle = (p + q) / 2;

        sum += (term(p, middle) + term(q, middle)) / 2;
    }
    *value = sum;
    return TRUE;
}
