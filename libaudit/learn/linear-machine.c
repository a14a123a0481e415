/* learn/linear-machine.c - a rule that is a weighted sum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "machine-private.h"
#include "numbers-private.h"

AssayLinearMachine *
assay_linear_machine_new(size_t n)
{
    AssayLinearMachine *self = g_malloc0(sizeof *self + n * sizeof(double));

    self->n = n;
    return self;
}

double
assay_linear_machine_decide(gconstpointer machine, const double *inputs)
{
    const AssayLinearMachine *self = machine;
    double sum = self->bias;

    for (size_t k = 0; k < self->n; k++)
        sum += self->weights[k] * inputs[k];
    return sum;
}

void
assay_linear_machine_write(gconstpointer machine, AssayJson *json)
{
    const AssayLinearMachine *self = machine;

    assay_json_set_real(json, "bias", self->bias);
    assay_json_set_take(json, "weights", assay_numbers_to_json(self->weights, self->n));
}

gpointer
assay_linear_machine_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs,
                          GError **error)
{
    g_autofree double *weights = assay_numbers_member(at, "weights", n_inputs, error);
    AssayLinearMachine *self;
    double bias;

    (void)kind;
    if (weights == NULL || !assay_number_member(at, "bias", &bias, error))
        return NULL;
    self = assay_linear_machine_new(n_inputs);
    self->bias = bias;
    memcpy(self->weights, weights, n_inputs * sizeof *weights);
    return self;
}
