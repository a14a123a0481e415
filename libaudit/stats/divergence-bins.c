/* stats/divergence-bins.c - measures of shares: bins of a range, or each value a bin.
 *
 * Values ascend, so that a bin is over once one above it has come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "divergence-private.h"

/* The upper edge of a bin; the last one's is the end of the range, however the others round. */
static double
edge_of(const AssayDivergenceConfig *config, size_t bin)
{
    double step = (config->high - config->low) / (double)config->n_bins;

    return bin + 1 < config->n_bins ? config->low + (double)(bin + 1) * step : config->high;
}

void
assay_bin_sweep_init(AssayBinSweep *self, const AssayDivergenceConfig *config, guint64 n, guint64 m)
{
    self->config = config;
    self->n = config->is_exact ? n : 0;
    self->m = config->is_exact ? m : 0;
    self->bin = 0;
    self->edge = edge_of(config, 0);
    self->below = self->above = (AssayCounts){ 0, 0 };
    if (!config->is_exact) {
        memset(self->a, 0, config->n_bins * sizeof *self->a);
        memset(self->b, 0, config->n_bins * sizeof *self->b);
    }
    self->n_filled = 0;
    memset(self->sums, 0, sizeof self->sums);
}

/* With p = s (1 + d) and q = s (1 - d) the term of the divergence, in nats, is
 *
 *     s/2 [(1 + d) ln(1 + d) + (1 - d) ln(1 - d)] = s/2 (d^2 + d^4/6 + ... + d^2k/(k (2k - 1)) ...)
 *
 * and never negative. */
static double
jsd_term(double p, double q, double d)
{
    double s = (p + q) / 2, d2 = d * d;

    if (d2 == 1)
        return s * G_LN2;
    if (d2 < .01)
        return s / 2 * d2 *
               (1 + d2 * (1. / 6 + d2 * (1. / 15 + d2 * (1. / 28 + d2 * (1. / 45 + d2 / 66)))));
    return s / 2 * ((1 + d) * log1p(d) + (1 - d) * log1p(-d));
}

/* Of sum p ln(p / q), in nats, p - q taken off: they add up to nothing, and no term is negative. */
static double
kl_term(double p, double q)
{
    if (p == 0)
        return q;
    return q == 0 ? (double)INFINITY : MAX(q - p - p * log1p((q - p) / p), 0);
}

static double
psi_term(double p, double q)
{
    if (p == q)
        return 0;
    return p == 0 || q == 0 ? (double)INFINITY : (p - q) * log(p / q);
}

static double
term_of(AssayMeasure measure, double p, double q, double d, double chi2)
{
    switch (measure) {
    case ASSAY_MEASURE_JSD:
        return jsd_term(p, q, d);
    case ASSAY_MEASURE_KL:
        return kl_term(p, q);
    case ASSAY_MEASURE_KL_REVERSE:
        return kl_term(q, p);
    case ASSAY_MEASURE_HELLINGER:
        return (sqrt(p) - sqrt(q)) * (sqrt(p) - sqrt(q)) / 2;
    case ASSAY_MEASURE_PSI:
        return psi_term(p, q);
    case ASSAY_MEASURE_CHI2:
        return chi2;
    default: /* total variation, overlap */
        return fabs(p - q) / 2;
    }
}

/* @a and @b values, not none in both, are in the bin that is to be known as @at. */
static void
add_bin(AssayBinSweep *self, double at, guint64 a, guint64 b)
{
    double n = (double)self->n, m = (double)self->m;
    double p = (double)a / n, q = (double)b / m;
    double left = (double)a * m, right = (double)b * n;
    double d = (left - right) / (left + right);
    double chi2 = (left - right) / n * ((left - right) / m) / (double)(a + b);

    self->n_filled++;
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        AssayBinSum *sum = &self->sums[i];
        double term;

        if (!assay_measures_has(self->config->measures & ASSAY_MEASURES_BINNED, (AssayMeasure)i))
            continue;
        term = term_of((AssayMeasure)i, p, q, d, chi2);
        assay_sum_add(&sum->sum, term);
        if (term > sum->largest) {
            sum->largest = term;
            sum->at = at;
            sum->a = a;
            sum->b = b;
        }
    }
}

static void
add_value(AssayBinSweep *self, double x, guint64 a, guint64 b)
{
    const AssayDivergenceConfig *config = self->config;

    if (x < config->low) {
        self->below.reference += a;
        self->below.candidate += b;
    } else if (x > config->high) {
        self->above.reference += a;
        self->above.candidate += b;
    } else {
        while (x >= self->edge && self->bin + 1 < config->n_bins)
            self->edge = edge_of(config, ++self->bin);
        self->a[self->bin] += a;
        self->b[self->bin] += b;
        self->n += a;
        self->m += b;
    }
}

void
assay_bin_sweep_add(AssayBinSweep *self, const AssayBlock *block)
{
    if (self->config->is_exact) {
        for (size_t i = 0; i < block->n; i++)
            add_bin(self, block->x[i], block->a[i], block->b[i]);
    } else {
        for (size_t i = 0; i < block->n; i++)
            add_value(self, block->x[i], block->a[i], block->b[i]);
    }
}

static double
value_of(const AssayBinSweep *self, AssayMeasure measure)
{
    double sum = assay_sum_value(&self->sums[measure].sum);

    switch (measure) {
    case ASSAY_MEASURE_JSD:
    case ASSAY_MEASURE_KL:
    case ASSAY_MEASURE_KL_REVERSE:
        return sum / log(self->config->base);
    case ASSAY_MEASURE_HELLINGER:
        return sqrt(sum);
    case ASSAY_MEASURE_OVERLAP:
        return 1 - sum;
    default:
        return sum;
    }
}

static void
add_bins(AssayBinSweep *self)
{
    for (size_t bin = 0; bin < self->config->n_bins; bin++) {
        double lower = bin > 0 ? edge_of(self->config, bin - 1) : self->config->low;
        double upper = edge_of(self->config, bin);

        if (self->a[bin] > 0 || self->b[bin] > 0)
            add_bin(self, lower + (upper - lower) / 2, self->a[bin], self->b[bin]);
    }
}

void
assay_bin_sweep_end(AssayBinSweep *self, AssayDivergence *result)
{
    result->below = self->below;
    result->above = self->above;
    if (self->n == 0 || self->m == 0)
        return;
    if (!self->config->is_exact)
        add_bins(self);
    result->n_filled = self->n_filled;
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        AssayMeasured *measured = &result->measured[i];
        const AssayBinSum *sum = &self->sums[i];

        if (!assay_measures_has(self->config->measures & ASSAY_MEASURES_BINNED, (AssayMeasure)i))
            continue;
        measured->value = value_of(self, (AssayMeasure)i);
        if (sum->largest > 0) {
            measured->at = sum->at;
            measured->reference = (double)sum->a / (double)self->n;
            measured->candidate = (double)sum->b / (double)self->m;
        }
    }
}
