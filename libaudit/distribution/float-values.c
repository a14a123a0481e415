/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "float-values.h"

#include <math.h>

#include "../base/error.h"
#include "../media/notes.h"
#include "distribution-private.h"

enum { CHUNK = 1024 };

void
assay_float_values_free(AssayFloatValues *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    g_free(self->values);
    g_free(self);
}

static void
free_values(gpointer data)
{
    assay_float_values_free(data);
}

static void
append(AssayFloatValues *self, double value, double divisor)
{
    if (divisor < 1 || divisor > 1)
        value /= divisor;
    if (!isfinite(value))
        return;
    if (self->is_double)
        ((double *)self->values)[self->n++] = value;
    else
        ((float *)self->values)[self->n++] = (float)value;
}

/* float32 as they are: all values of an item. */
static void
append_floats(AssayFloatValues *self, const float *values, size_t n)
{
    float *to = (float *)self->values + self->n;
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        to[kept] = values[i];
        kept += isfinite(values[i]) != 0;
    }
    self->n += kept;
}

/* Rows of one item: all values of it, or those of a column. */
static void
append_item(AssayFloatValues *self, const AssayVariable *variable, size_t item)
{
    size_t start = item * variable->block;
    double values[CHUNK];

    if (variable->step == 1 && !self->is_double && variable->scale.divisor == 1) {
        append_floats(self, (const float *)variable->array->data + start, variable->block);
        return;
    }
    if (variable->step == 1) {
        for (size_t at = 0; at < variable->block; at += CHUNK) {
            size_t n = MIN(CHUNK, variable->block - at);

            assay_array_values(variable->array, start + at, n, values);
            for (size_t i = 0; i < n; i++)
                append(self, values[i], variable->scale.divisor);
        }
        return;
    }
    for (size_t row = start; row + variable->step <= start + variable->block;
         row += variable->step) {
        if (variable->has_channels &&
            (int)assay_array_value(variable->array, row + variable->channels) == ASSAY_DRUM_CHANNEL)
            continue;
        append(self, assay_array_value(variable->array, row + variable->first),
               variable->scale.divisor);
    }
}

GPtrArray *
assay_float_values(AssaySample *sample, const AssayObservation *items,
                   const AssayDistributionConfig *config, GError **error)
{
    g_autoptr(GPtrArray) variables = assay_variables_of(sample, items, config);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_values);

    for (guint v = 0; v < variables->len; v++) {
        const AssayVariable *variable = g_ptr_array_index(variables, v);
        AssayFloatValues *self;
        size_t n = items->n_items * (variable->block / MAX(variable->step, 1));

        if (variable->scale.is_integer)
            continue;
        self = g_new0(AssayFloatValues, 1);
        g_ptr_array_add(all, self);
        self->name = g_strdup(variable->name);
        self->is_double = variable->array->type != ASSAY_F32;
        self->values = g_try_malloc_n(n + 1, self->is_double ? sizeof(double) : sizeof(float));
        if (self->values == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: %s: no memory for %" G_GSIZE_FORMAT " values",
                        assay_sample_name(sample), variable->name, n);
            return NULL;
        }
        for (size_t i = 0; i < items->n_items; i++) {
            if (config->wanted == NULL || config->wanted[i])
                append_item(self, variable, i);
        }
    }
    return g_steal_pointer(&all);
}
