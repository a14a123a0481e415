/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scaling-private.h"

#include <math.h>

#include "../base/error.h"
#include "../base/sort.h"

/* What sums of equal values leave of differences. */
#define SAME 1e-10

AssayScaling *
assay_scaling_new_empty(size_t n_columns, gboolean is_scaled, gboolean is_two_sided)
{
    AssayScaling *self = g_new0(AssayScaling, 1);

    self->n_columns = n_columns;
    self->is_scaled = is_scaled;
    self->is_two_sided = is_scaled && is_two_sided;
    self->kept = g_new0(size_t, n_columns + 1);
    self->fill = g_new0(double, n_columns + 1);
    self->centre = g_new0(double, n_columns + 1);
    self->scale = g_new0(double, n_columns + 1);
    self->distance_centre = g_new0(double, n_columns + 1);
    self->distance_scale = g_new0(double, n_columns + 1);
    return self;
}

void
assay_scaling_free(AssayScaling *self)
{
    if (self == NULL)
        return;
    g_free(self->kept);
    g_free(self->fill);
    g_free(self->centre);
    g_free(self->scale);
    g_free(self->distance_centre);
    g_free(self->distance_scale);
    g_free(self);
}

/* Mean and deviation of @n values; FALSE where they are all the same. */
static gboolean
measure(const double *values, size_t n, double *centre, double *scale)
{
    double sum = 0, squares = 0, largest = 0;

    for (size_t i = 0; i < n; i++) {
        sum += values[i] / (double)n;
        largest = MAX(largest, fabs(values[i]));
    }
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - sum) * (values[i] - sum) / (double)n;
    *centre = sum;
    *scale = sqrt(squares);
    return isfinite(*scale) && *scale > SAME * largest;
}

static double
cut(double z)
{
    return CLAMP(z, -(double)ASSAY_SCALING_MOST, (double)ASSAY_SCALING_MOST);
}

/* The values of a column, in ascending order as far as they are there, with the median behind them
 * for each that is missing. Returns how many are there. */
static size_t
gather(const AssayExamples *items, const size_t *rows, size_t n_rows, size_t column, double *values,
       double *fill)
{
    size_t n = 0;

    for (size_t i = 0; i < n_rows; i++) {
        double value = assay_examples_row(items, rows[i])[column];

        if (!isnan(value))
            values[n++] = value;
    }
    assay_sort_doubles(values, n);
    *fill = n == 0 ? 0 : values[(n - 1) / 2] / 2 + values[n / 2] / 2;
    for (size_t i = n; i < n_rows; i++)
        values[i] = *fill;
    return n;
}

/* Takes a column in, unless nothing can be learnt from it. */
static void
fit_column(AssayScaling *self, size_t column, double *values, size_t n_rows, size_t n_there,
           double fill)
{
    size_t k = self->n_kept;

    if (n_there == 0 ||
        (!measure(values, n_rows, &self->centre[k], &self->scale[k]) && self->is_scaled))
        return;
    self->kept[k] = column;
    self->fill[k] = fill;
    self->n_kept++;
    if (!self->is_scaled) {
        self->centre[k] = 0;
        self->scale[k] = 1;
    }
    if (!self->is_two_sided)
        return;
    for (size_t i = 0; i < n_rows; i++)
        values[i] = fabs(cut((values[i] - self->centre[k]) / self->scale[k]));
    if (!measure(values, n_rows, &self->distance_centre[k], &self->distance_scale[k]))
        self->distance_scale[k] = 1; /* of two values alike often */
}

AssayScaling *
assay_scaling_new(const AssayExamples *items, const size_t *rows, size_t n_rows, gboolean is_scaled,
                  gboolean is_two_sided, GError **error)
{
    g_autoptr(AssayScaling) self =
        assay_scaling_new_empty(items->n_columns, is_scaled, is_two_sided);
    g_autofree double *values = g_try_new(double, n_rows + 1);

    if (values == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for a column of %" G_GSIZE_FORMAT " items", n_rows);
        return NULL;
    }
    for (size_t column = 0; column < items->n_columns; column++) {
        double fill;
        size_t n_there = gather(items, rows, n_rows, column, values, &fill);

        fit_column(self, column, values, n_rows, n_there, fill);
    }
    if (self->n_kept > 0)
        return g_steal_pointer(&self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "every feature has the same value in all %" G_GSIZE_FORMAT
                " items that are to be learnt from: --features names others",
                n_rows);
    return NULL;
}

size_t
assay_scaling_n_inputs(const AssayScaling *self)
{
    return self->n_kept * (self->is_two_sided ? 2 : 1);
}

void
assay_scaling_apply(const AssayScaling *self, const double *row, double *inputs)
{
    for (size_t k = 0; k < self->n_kept; k++) {
        double value = row[self->kept[k]], z;

        if (isnan(value))
            value = self->fill[k];
        z = (value - self->centre[k]) / self->scale[k];
        inputs[k] = self->is_scaled ? cut(z) : z;
        if (self->is_two_sided)
            inputs[self->n_kept + k] = ASSAY_SCALING_DISTANCE *
                                       (fabs(inputs[k]) - self->distance_centre[k]) /
                                       self->distance_scale[k];
    }
}
