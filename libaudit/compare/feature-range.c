/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feature-range.h"

#include <math.h>

#include "../base/sort.h"

/* Some of the values: all, or all but the one at @without. */
typedef struct {
    const double *values;
    size_t n, without;
} Others;

static double
value_at(const Others *self, size_t i)
{
    return self->values[i < self->without ? i : i + 1];
}

/* Between two values, and no other than they where they are equal; halves and products of shares do
 * not overflow where a difference would. */
static double
quantile(const Others *self, double share)
{
    double position = share * (double)(self->n - 1), below = floor(position), a, b;
    size_t i = (size_t)below;

    a = value_at(self, i);
    b = i + 1 < self->n ? value_at(self, i + 1) : a;
    return a == b ? a : a * (1 - (position - below)) + b * (position - below);
}

void
assay_feature_range_init(AssayFeatureRange *self, const double *values, size_t n, size_t stride)
{
    Others all = { .without = G_MAXSIZE };

    *self = (AssayFeatureRange){ .values = g_new(double, n + 1) };
    for (size_t i = 0; i < n; i++) {
        if (isfinite(values[i * stride]))
            self->values[self->n++] = values[i * stride];
    }
    self->n_missing = n - self->n;
    assay_sort_doubles(self->values, self->n);
    all.values = self->values;
    all.n = self->n;
    self->low = all.n == 0 ? (double)NAN : quantile(&all, ASSAY_FEATURE_TAIL);
    self->median = all.n == 0 ? (double)NAN : quantile(&all, 0.5);
    self->high = all.n == 0 ? (double)NAN : quantile(&all, 1 - ASSAY_FEATURE_TAIL);
}

void
assay_feature_range_clear(AssayFeatureRange *self)
{
    g_clear_pointer(&self->values, g_free);
}

/* The first place where @value is. */
static size_t
find(const AssayFeatureRange *self, double value)
{
    size_t low = 0, high = self->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (self->values[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Sums leave their rounding in features that would else be equal. */
static gboolean
is_same(double a, double b)
{
    return fabs(a / 2 - b / 2) <= ASSAY_FEATURE_SAME * MAX(fabs(a / 2), fabs(b / 2));
}

/* How far @value is from @median, in steps from there to @end, or else to @outermost; by halves,
 * whose differences are finite. */
static double
in_steps(double value, double median, double end, double outermost)
{
    double to = is_same(end, median) ? outermost : end;

    return is_same(to, median) ? (double)INFINITY
                               : fabs(value / 2 - median / 2) / fabs(to / 2 - median / 2);
}

static double
deviation_among(const Others *others, double value)
{
    double median = quantile(others, 0.5);

    if (is_same(value, median))
        return 0;
    if (value > median)
        return in_steps(value, median, quantile(others, 1 - ASSAY_FEATURE_TAIL),
                        value_at(others, others->n - 1));
    return in_steps(value, median, quantile(others, ASSAY_FEATURE_TAIL), value_at(others, 0));
}

double
assay_feature_range_deviation(const AssayFeatureRange *self, double value, gboolean is_own)
{
    gboolean is_missing = !isfinite(value);
    size_t n_missing = self->n_missing - (is_own && is_missing ? 1 : 0);
    Others others = { self->values, self->n - (is_own && !is_missing ? 1 : 0), G_MAXSIZE };

    if (is_missing)
        return n_missing == 0
                   ? (double)INFINITY
                   : ASSAY_FEATURE_TAIL * (double)(n_missing + others.n) / (double)n_missing;
    if (others.n == 0)
        return (double)INFINITY;
    if (is_own)
        others.without = find(self, value);
    return deviation_among(&others, value);
}
