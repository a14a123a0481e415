/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ecdf-private.h"

#include <math.h>

#include "../base/error.h"
#include "sorted-private.h"

struct AssayEcdf {
    guint64 n;
    double low, high;
    /* Counts of cells, or of values. */
    const guint64 *counts;
    const double *values; /* %NULL of cells */
    size_t n_counts, at;
    double offset, divisor;
    /* Or a store, and from the first draw on what reads it. */
    AssaySorted *sorted;
    AssaySortedReader *reader;
};

static double
value_at(const AssayEcdf *self, size_t i)
{
    return self->values != NULL ? self->values[i] + 0.0 /* -0 + 0 is 0 */
                                : ((double)i + self->offset) / self->divisor;
}

/* Adds the counts up; @self is freed if they are too many. */
static AssayEcdf *
add_up(AssayEcdf *self, GError **error)
{
    self->low = self->high = (double)NAN;
    for (size_t i = 0; i < self->n_counts; i++) {
        if (self->counts[i] == 0)
            continue;
        if (self->counts[i] >= G_GUINT64_CONSTANT(1) << 62 ||
            (self->n += self->counts[i]) >= G_GUINT64_CONSTANT(1) << 62) {
            g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                                "a distribution of 2^62 values or more");
            g_free(self);
            return NULL;
        }
        self->high = value_at(self, i);
        if (isnan(self->low))
            self->low = self->high;
    }
    return self;
}

AssayEcdf *
assay_ecdf_from_counts(const guint64 *counts, size_t n, int offset, double divisor, GError **error)
{
    AssayEcdf *self;

    g_return_val_if_fail(divisor > 0, NULL);
    self = g_new0(AssayEcdf, 1);
    self->counts = counts;
    self->n_counts = n;
    self->offset = offset;
    self->divisor = divisor;
    return add_up(self, error);
}

AssayEcdf *
assay_ecdf_from_arrays(const double *values, const guint64 *counts, size_t n, GError **error)
{
    AssayEcdf *self;

    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]) || (i > 0 && !(values[i - 1] < values[i]))) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "value %" G_GSIZE_FORMAT " of a distribution is not above the one before",
                        i);
            return NULL;
        }
    }
    self = g_new0(AssayEcdf, 1);
    self->values = values;
    self->counts = counts;
    self->n_counts = n;
    return add_up(self, error);
}

AssayEcdf *
assay_ecdf_from_sorted(AssaySorted *sorted)
{
    AssayEcdf *self = g_new0(AssayEcdf, 1);

    self->sorted = sorted;
    self->n = sorted->n;
    self->low = self->n > 0 ? assay_sorted_value(sorted, sorted->low) : (double)NAN;
    self->high = self->n > 0 ? assay_sorted_value(sorted, sorted->high) : (double)NAN;
    return self;
}

const guint32 *
assay_ecdf_peek_keys(const AssayEcdf *self, size_t *n)
{
    const AssaySorted *sorted = self->sorted;

    if (sorted == NULL || sorted->width != sizeof(guint32) || sorted->runs->len > 0)
        return NULL;
    *n = sorted->n_keys;
    return sorted->keys;
}

void
assay_ecdf_free(AssayEcdf *self)
{
    if (self == NULL)
        return;
    assay_sorted_reader_free(self->reader);
    g_free(self);
}

guint64
assay_ecdf_n(const AssayEcdf *self)
{
    return self->n;
}

void
assay_ecdf_range(const AssayEcdf *self, double *low, double *high)
{
    *low = self->low;
    *high = self->high;
}

void
assay_ecdf_rewind(AssayEcdf *self)
{
    self->at = 0;
    if (self->reader != NULL)
        assay_sorted_reader_rewind(self->reader);
}

static gboolean
draw_sorted(AssayEcdf *self, double *values, guint64 *counts, size_t *n, GError **error)
{
    if (self->reader == NULL) {
        if (!assay_sorted_finish(self->sorted, error))
            return FALSE;
        self->reader = assay_sorted_reader_new(self->sorted);
    }
    return assay_sorted_reader_draw(self->reader, values, counts, ASSAY_ECDF_BLOCK, n, error);
}

gboolean
assay_ecdf_draw(AssayEcdf *self, double *values, guint64 *counts, size_t *n, GError **error)
{
    if (self->sorted != NULL)
        return draw_sorted(self, values, counts, n, error);
    for (*n = 0; *n < ASSAY_ECDF_BLOCK && self->at < self->n_counts; self->at++) {
        if (self->counts[self->at] > 0) {
            values[*n] = value_at(self, self->at);
            counts[(*n)++] = self->counts[self->at];
        }
    }
    return TRUE;
}

/* How many values make a share, at least 1: the least k with k / n >= share. */
static guint64
rank_of(double share, guint64 n)
{
    double k = ceil(share * (double)n);

    if (k >= (double)n)
        return n;
    if (k > 1 && (k - 1) / (double)n >= share)
        k--;
    return MAX((guint64)k, 1);
}

gboolean
assay_ecdf_quantiles(AssayEcdf *self, const double *shares, size_t n, double *quantiles,
                     GError **error)
{
    double values[ASSAY_ECDF_BLOCK];
    guint64 counts[ASSAY_ECDF_BLOCK], sum = 0;
    size_t n_drawn, i = 0;

    assay_ecdf_rewind(self);
    do {
        if (!assay_ecdf_draw(self, values, counts, &n_drawn, error))
            return FALSE;
        for (size_t j = 0; j < n_drawn; j++) {
            sum += counts[j];
            for (; i < n && rank_of(shares[i], self->n) <= sum; i++)
                quantiles[i] = values[j];
        }
    } while (n_drawn > 0 && i < n);
    for (; i < n; i++)
        quantiles[i] = (double)NAN;
    assay_ecdf_rewind(self);
    return TRUE;
}
