/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ridge.h"

#include <gsl/gsl_linalg.h>
#include <string.h>

#include "../base/error.h"
#include "machine-private.h"

struct AssayRidge {
    size_t n_inputs;
    double *factor; /* its lower half */
};

/* The lower half of the covariance; rows are gone through in blocks that stay in the cache. */
static void
add_products(double *matrix, const double *inputs, size_t n, size_t d, const double *mean)
{
    g_autofree double *row = g_new(double, d + 1);

    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < d; k++)
            row[k] = inputs[i * d + k] - mean[k];
        for (size_t a = 0; a < d; a++) {
            double *to = matrix + a * d, factor = row[a];

            for (size_t b = 0; b <= a; b++)
                to[b] += factor * row[b];
        }
    }
}

AssayRidge *
assay_ridge_new(const double *inputs, size_t n, size_t n_inputs, double c, GError **error)
{
    g_autoptr(AssayRidge) self = g_new0(AssayRidge, 1);
    g_autofree double *mean = g_new0(double, n_inputs + 1);
    gsl_matrix_view view;

    self->n_inputs = n_inputs;
    if (n_inputs <= ASSAY_RIDGE_INPUTS)
        self->factor = g_try_new0(double, n_inputs *n_inputs);
    if (self->factor == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%" G_GSIZE_FORMAT " inputs are more than ridge takes: --model=linear takes "
                    "more, --features makes fewer",
                    n_inputs);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n_inputs; k++)
            mean[k] += inputs[i * n_inputs + k] / (double)n;
    }
    add_products(self->factor, inputs, n, n_inputs, mean);
    for (size_t k = 0; k < n_inputs * n_inputs; k++)
        self->factor[k] /= (double)n;
    for (size_t k = 0; k < n_inputs; k++)
        self->factor[k * n_inputs + k] += 1 / c;
    view = gsl_matrix_view_array(self->factor, n_inputs, n_inputs);
    if (gsl_linalg_cholesky_decomp1(&view.matrix) == 0)
        return g_steal_pointer(&self);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "the covariance of the features is not positive: with a smaller --c it is");
    return NULL;
}

void
assay_ridge_free(AssayRidge *self)
{
    if (self == NULL)
        return;
    g_free(self->factor);
    g_free(self);
}

double
assay_ridge_solve(const AssayRidge *self, const double *reals, const double *fakes, double *weights)
{
    size_t d = self->n_inputs;
    gsl_matrix_const_view factor = gsl_matrix_const_view_array(self->factor, d, d);
    gsl_vector_view vector = gsl_vector_view_array(weights, d);
    double bias = 0;

    for (size_t k = 0; k < d; k++)
        weights[k] = fakes[k] - reals[k];
    gsl_linalg_cholesky_svx(&factor.matrix, &vector.vector);
    for (size_t k = 0; k < d; k++)
        bias -= weights[k] * (reals[k] / 2 + fakes[k] / 2);
    return bias;
}

gpointer
assay_ridge_fit(const AssayLesson *lesson, GError **error)
{
    size_t d = lesson->n_inputs, n[2] = { 0, 0 };
    g_autoptr(AssayRidge) ridge = NULL;
    g_autofree double *means = g_new0(double, 2 * d);
    AssayLinearMachine *machine;

    ridge = assay_ridge_new(lesson->inputs, lesson->n, d, lesson->config->c, error);
    if (ridge == NULL)
        return NULL;
    for (size_t i = 0; i < lesson->n; i++)
        n[lesson->is_fake[i]]++;
    for (size_t i = 0; i < lesson->n; i++) {
        double *mean = means + lesson->is_fake[i] * d;

        for (size_t k = 0; k < d; k++)
            mean[k] += lesson->inputs[i * d + k] / (double)n[lesson->is_fake[i]];
    }
    machine = assay_linear_machine_new(d);
    machine->bias = assay_ridge_solve(ridge, means, means + d, machine->weights);
    return machine;
}
