/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "floats.h"

#include <string.h>

#include "error.h"
#include "spare-private.h"

/* The values with room for @room of them, or more; %NULL without memory. */
static float *
enlarge(const AssayFloats *self, size_t *room)
{
    size_t bytes = *room * sizeof(float);
    float *values = NULL;

    if (self->room * sizeof(float) < ASSAY_SPARE_LEAST)
        values = assay_spare_take_whole(&bytes);
    if (values == NULL)
        return g_try_realloc_n(self->values, *room, sizeof(float));
    if (self->n > 0)
        memcpy(values, self->values, self->n * sizeof(float));
    g_free(self->values);
    *room = bytes / sizeof(float);
    return values;
}

float *
assay_floats_add(AssayFloats *self, size_t n, GError **error)
{
    size_t limit = self->max_bytes / sizeof(float);
    float *more, *added;

    if (n > limit - self->n) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "comes to more than %" G_GSIZE_FORMAT " bytes; --max-sample raises the limit",
                    self->max_bytes);
        return NULL;
    }
    if (n > self->room - self->n) {
        size_t room = MIN(MAX(self->n + n, self->room * 2), limit);

        more = enlarge(self, &room);
        if (more == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "no memory for %" G_GSIZE_FORMAT " values", room);
            return NULL;
        }
        self->values = more;
        self->room = room;
    }
    added = self->values + self->n;
    self->n += n;
    return added;
}

void
assay_floats_clear(AssayFloats *self)
{
    g_clear_pointer(&self->values, g_free);
    self->n = self->room = 0;
}

AssayArray *
assay_floats_take(AssayFloats *self, size_t n_axes, const size_t *shape, const char *const *axes,
                  GError **error)
{
    static const size_t none[ASSAY_MAX_AXES] = { 0 };
    AssayArray *array = assay_array_new(ASSAY_F32, n_axes, none, axes, G_MAXSIZE, error);

    if (array == NULL)
        return NULL;
    for (size_t i = 0; i < n_axes; i++)
        array->shape[i] = shape[i];
    if (self->n == 0)
        return array;
    g_free(array->data);
    /* What is too much goes back; that leaves the values where they are, or moves them. */
    array->data = g_realloc_n(self->values, self->n, sizeof(float));
    *self = (AssayFloats){ .max_bytes = self->max_bytes };
    return array;
}
