/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "distribution-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/text.h"

const char *
assay_moment_name(AssayMoment moment)
{
    static const char *const names[] = { "mean", "variance", "skewness", "kurtosis" };

    return names[moment];
}

void
assay_moment_add(AssayMomentSum *self, double value)
{
    const double unit = (double)((gint64)1 << ASSAY_MOMENT_BITS), small = 0x1p20;
    double whole, part;

    if (!(fabs(value) < ASSAY_MOMENT_LIMIT))
        return;
    self->n++;
    if (fabs(value) < small) {
        self->sum += (gint64)nearbyint(value * unit);
        return;
    }
    /* The whole part and the rest apart, since together they have more bits than a gint64. */
    part = modf(value, &whole);
    self->sum += (AssayInt128)(gint64)whole * (gint64)unit;
    self->sum += (gint64)nearbyint(part * unit);
}

double
assay_moment_mean(const AssayMomentSum *self)
{
    AssayInt128 quotient, rest;

    if (self->n == 0)
        return (double)NAN;
    quotient = self->sum / (AssayInt128)self->n;
    rest = self->sum % (AssayInt128)self->n;
    return ldexp((double)quotient + (double)rest / (double)self->n, -ASSAY_MOMENT_BITS);
}

gboolean
assay_scale_has_range(const AssayScale *self)
{
    return self->low < self->high;
}

static gboolean
equal_numbers(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static char *
describe_range(const AssayScale *self)
{
    char low[ASSAY_TEXT_NUMBER_SIZE], high[ASSAY_TEXT_NUMBER_SIZE];

    return assay_scale_has_range(self)
               ? g_strdup_printf("range %s to %s", assay_text_double(low, self->low),
                                 assay_text_double(high, self->high))
               : g_strdup("no range");
}

char *
assay_scale_difference(const AssayScale *a, const AssayScale *b)
{
    static const char *const kinds[] = { "fractions", "whole numbers" };
    char mine[ASSAY_TEXT_NUMBER_SIZE], other[ASSAY_TEXT_NUMBER_SIZE];

    if (!a->is_integer != !b->is_integer)
        return g_strdup_printf("%s, not %s", kinds[a->is_integer != FALSE],
                               kinds[b->is_integer != FALSE]);
    if (a->offset != b->offset)
        return g_strdup_printf("whole numbers from %d, not from %d", a->offset, b->offset);
    if (a->divisor != b->divisor)
        return g_strdup_printf("full scale %s, not %s", assay_text_double(mine, a->divisor),
                               assay_text_double(other, b->divisor));
    if (!equal_numbers(a->low, b->low) || !equal_numbers(a->high, b->high)) {
        g_autofree char *left = describe_range(a), *right = describe_range(b);

        return g_strdup_printf("%s, not %s", left, right);
    }
    return NULL;
}

double
assay_scale_value(const AssayScale *self, guint16 cell)
{
    return self->is_integer ? ((double)cell + self->offset) / self->divisor
                            : assay_cell_bound(cell);
}

/* IEEE 754 orders numbers of one sign as their bits; flipping the sign bit of positive ones, and
 * all bits of negative ones, orders all. */
guint16
assay_cell_of(double value, gboolean *is_exact)
{
    float rounded = (float)CLAMP(value, -(double)FLT_MAX, (double)FLT_MAX) + 0.0F; /* -0 to 0 */
    guint32 bits;

    memcpy(&bits, &rounded, sizeof bits);
    if (is_exact != NULL)
        *is_exact = (bits & 0xffff) == 0 && (double)rounded == value;
    return (guint16)((bits ^ ((bits >> 31) != 0 ? 0xffffffff : 0x80000000)) >> 16);
}

double
assay_cell_bound(guint16 cell)
{
    guint32 bits = (guint32)(cell >= 0x8000 ? cell ^ 0x8000 : cell ^ 0xffff) << 16;
    float bound;

    memcpy(&bound, &bits, sizeof bound);
    return (double)bound;
}

static double
bin_edge(double low, double high, guint bin)
{
    return bin == ASSAY_DISTRIBUTION_BINS
               ? high
               : low + bin * ((high - low) / (double)ASSAY_DISTRIBUTION_BINS);
}

/* The quotient may round across an edge, which the comparison with the edges mends. */
guint
assay_bin_of(double low, double high, double value)
{
    guint bin;

    if (value < low)
        return ASSAY_BIN_BELOW;
    if (value > high)
        return ASSAY_BIN_ABOVE;
    bin = (guint)((value - low) * ((double)ASSAY_DISTRIBUTION_BINS / (high - low)));
    bin = MIN(bin, (guint)ASSAY_DISTRIBUTION_BINS - 1);
    if (value < bin_edge(low, high, bin))
        bin--;
    else if (bin < ASSAY_DISTRIBUTION_BINS - 1 && value >= bin_edge(low, high, bin + 1))
        bin++;
    return bin;
}

static void
free_group(gpointer data)
{
    assay_group_cells_free(data);
}

GPtrArray *
assay_distribution_new_groups(size_t n)
{
    return g_ptr_array_new_full((guint)n, free_group);
}

AssayDistribution *
assay_distribution_new(const char *name, const AssayScale *scale)
{
    AssayDistribution *self = g_new0(AssayDistribution, 1);

    self->name = g_strdup(name);
    self->scale = *scale;
    self->counts = g_new0(guint64, ASSAY_N_CELLS);
    if (!scale->is_integer)
        self->exact = g_new0(guint64, ASSAY_N_CELLS);
    self->groups = assay_distribution_new_groups(0);
    self->dropped_from = ASSAY_DROPPED_NONE;
    return self;
}

void
assay_distribution_free(AssayDistribution *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->groups);
    g_free(self->counts);
    g_free(self->exact);
    g_free(self->name);
    g_free(self);
}
