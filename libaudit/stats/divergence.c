/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "divergence.h"

#include <string.h>

#include "../base/error.h"
#include "divergence-private.h"
#include "ecdf-private.h"

typedef struct {
    const AssayDivergenceConfig *config;
    AssayDivergence *result;
    AssayCounts least; /* what makes an atom */
    AssayBlock block;
    AssayOrderSweep order;
    AssayBinSweep bins;
} Sweep;

/* A distribution as it is drawn. */
typedef struct {
    AssayEcdf *ecdf;
    size_t at, n;
    gboolean is_over;
    double values[ASSAY_ECDF_BLOCK];
    guint64 counts[ASSAY_ECDF_BLOCK];
} Side;

static gboolean
refuse(GError **error, const char *what, double value, const char *instead)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(digits, sizeof digits, "%.15g", value);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s is %s: %s", what, digits, instead);
    return FALSE;
}

gboolean
assay_divergence_check(const AssayDivergenceConfig *config, GError **error)
{
    if (!(config->base > 1) || isinf(config->base))
        return refuse(error, "the base of logarithms", config->base, "2 gives bits, e nats");
    if (!(config->min_atom >= 0 && config->min_atom <= 1))
        return refuse(error, "the least share of an atom", config->min_atom,
                      "a share is within 0 to 1");
    if (config->is_exact)
        return TRUE;
    if (config->n_bins < 1 || config->n_bins > ASSAY_DIVERGENCE_BINS)
        return refuse(error, "the number of bins", (double)config->n_bins,
                      "1 to 4096 can be, or exact ones");
    if (!(config->low < config->high) || isinf(config->high - config->low))
        return refuse(error, "the width of the range of bins", config->high - config->low,
                      "a finite one over 0 is needed");
    return TRUE;
}

/* The least count that is at least this share of @n. */
static guint64
least_count(double share, guint64 n)
{
    double count = ceil(share * (double)n);

    return n == 0 ? G_MAXUINT64 : MAX((guint64)count, 1);
}

static void
begin(Sweep *self, const AssayDivergenceConfig *config, AssayDivergence *result, guint64 n,
      guint64 m)
{
    self->config = config;
    self->result = result;
    self->least.reference = least_count(config->min_atom, n);
    self->least.candidate = least_count(config->min_atom, m);
    self->block.n = 0;
    assay_order_sweep_init(&self->order, config->measures, n, m);
    assay_bin_sweep_init(&self->bins, config, n, m);
    memset(result, 0, sizeof *result);
    result->n.reference = n;
    result->n.candidate = m;
    for (int i = 0; i < ASSAY_N_MEASURES; i++) {
        AssayMeasured *measured = &result->measured[i];

        measured->value = measured->at = (double)NAN;
        measured->reference = measured->candidate = (double)NAN;
    }
}

static double
larger_share(const AssayDivergence *result, const AssayCounts *n)
{
    double p = result->n.reference > 0 ? (double)n->reference / (double)result->n.reference : 0;
    double q = result->n.candidate > 0 ? (double)n->candidate / (double)result->n.candidate : 0;

    return MAX(p, q);
}

/* In place of the smallest, where there is no room: it is the highest of those. */
static void
keep_atom(AssayDivergence *result, double value, guint64 a, guint64 b)
{
    AssayAtom atom = { value, { a, b } };
    size_t smallest = 0;

    if (result->n_atoms == ASSAY_DIVERGENCE_ATOMS) {
        for (size_t i = 1; i < result->n_atoms; i++) {
            if (larger_share(result, &result->atoms[i].n) <=
                larger_share(result, &result->atoms[smallest].n))
                smallest = i;
        }
        if (larger_share(result, &atom.n) <= larger_share(result, &result->atoms[smallest].n))
            return;
        result->n_atoms--;
        memmove(&result->atoms[smallest], &result->atoms[smallest + 1],
                (result->n_atoms - smallest) * sizeof atom);
    }
    result->atoms[result->n_atoms++] = atom;
}

static void
take_atoms(Sweep *self)
{
    const AssayBlock *block = &self->block;
    guint64 most_a = 0, most_b = 0;

    for (size_t i = 0; i < block->n; i++) {
        most_a = MAX(most_a, block->a[i]);
        most_b = MAX(most_b, block->b[i]);
    }
    if (most_a < self->least.reference && most_b < self->least.candidate)
        return;
    for (size_t i = 0; i < block->n; i++) {
        if (block->a[i] >= self->least.reference || block->b[i] >= self->least.candidate)
            keep_atom(self->result, block->x[i], block->a[i], block->b[i]);
    }
}

static void
take_block(Sweep *self)
{
    AssayBlock *block = &self->block;

    if (block->n == 0)
        return;
    if (!self->config->skips_atoms)
        take_atoms(self);
    if ((self->config->measures & ~ASSAY_MEASURES_BINNED) != 0)
        assay_order_sweep_add(&self->order, block);
    if ((self->config->measures & ASSAY_MEASURES_BINNED) != 0)
        assay_bin_sweep_add(&self->bins, block);
    block->n = 0;
}

static void
end(Sweep *self)
{
    take_block(self);
    assay_order_sweep_end(&self->order, self->result->measured);
    assay_bin_sweep_end(&self->bins, self->result);
}

static gboolean
fill(Side *side, GError **error)
{
    if (side->at < side->n || side->is_over)
        return TRUE;
    side->at = 0;
    if (!assay_ecdf_draw(side->ecdf, side->values, side->counts, &side->n, error))
        return FALSE;
    side->is_over = side->n == 0;
    return TRUE;
}

/* Merges as far as both sides and the block reach. Without branches: which side comes next is
 * anybody's guess. */
static void
merge(AssayBlock *block, Side *a, Side *b)
{
    while (a->at < a->n && b->at < b->n && block->n < ASSAY_ECDF_BLOCK) {
        double x = a->values[a->at], y = b->values[b->at];
        guint64 is_a = x <= y, is_b = y <= x;

        block->x[block->n] = is_a ? x : y;
        block->a[block->n] = a->counts[a->at] & -is_a;
        block->b[block->n] = b->counts[b->at] & -is_b;
        block->n++;
        a->at += is_a;
        b->at += is_b;
    }
}

/* What is left of one side, once the other is over. */
static void
move(AssayBlock *block, Side *side, guint64 *counts, guint64 *zeros)
{
    for (; side->at < side->n && block->n < ASSAY_ECDF_BLOCK; side->at++, block->n++) {
        block->x[block->n] = side->values[side->at];
        counts[block->n] = side->counts[side->at];
        zeros[block->n] = 0;
    }
}

static gboolean
sweep(Sweep *self, Side *a, Side *b, GError **error)
{
    AssayBlock *block = &self->block;

    for (;;) {
        if (!fill(a, error) || !fill(b, error))
            return FALSE;
        if (a->is_over && b->is_over)
            return TRUE;
        if (a->is_over)
            move(block, b, block->b, block->a);
        else if (b->is_over)
            move(block, a, block->a, block->b);
        else
            merge(block, a, b);
        if (block->n == ASSAY_ECDF_BLOCK)
            take_block(self);
    }
}

/* What takes no sorting; FALSE: all else. */
static gboolean
sweep_keys(Sweep *self, const AssayEcdf *reference, const AssayEcdf *candidate)
{
    size_t n = 0, m = 0;
    const guint32 *a = assay_ecdf_peek_keys(reference, &n);
    const guint32 *b = assay_ecdf_peek_keys(candidate, &m);

    return a != NULL && b != NULL && self->config->skips_atoms &&
           self->config->measures == ASSAY_MEASURES(ASSAY_MEASURE_KS) &&
           assay_order_sweep_keys(&self->order, a, n, b, m);
}

gboolean
assay_divergence_measure(AssayEcdf *reference, AssayEcdf *candidate,
                         const AssayDivergenceConfig *config, AssayDivergence *result,
                         GError **error)
{
    Sweep self;
    Side a = { .ecdf = reference }, b = { .ecdf = candidate };

    g_return_val_if_fail(reference != candidate, FALSE);
    if (!assay_divergence_check(config, error))
        return FALSE;
    begin(&self, config, result, assay_ecdf_n(reference), assay_ecdf_n(candidate));
    assay_ecdf_rewind(reference);
    assay_ecdf_rewind(candidate);
    if (!sweep_keys(&self, reference, candidate) && !sweep(&self, &a, &b, error))
        return FALSE;
    end(&self);
    return TRUE;
}

void
assay_divergence_of_counts(const double *values, const guint64 *reference, const guint64 *candidate,
                           size_t n, const AssayDivergenceConfig *config, AssayDivergence *result)
{
    Sweep self;
    AssayBlock *block = &self.block;
    guint64 n_reference = 0, n_candidate = 0;

    for (size_t i = 0; i < n; i++) {
        n_reference += reference[i];
        n_candidate += candidate[i];
    }
    begin(&self, config, result, n_reference, n_candidate);
    for (size_t i = 0; i < n; i++) {
        block->x[block->n] = values[i] + 0.0; /* -0 + 0 is 0 */
        block->a[block->n] = reference[i];
        block->b[block->n] = candidate[i];
        block->n += (reference[i] | candidate[i]) != 0;
        if (block->n == ASSAY_ECDF_BLOCK)
            take_block(&self);
    }
    end(&self);
}
