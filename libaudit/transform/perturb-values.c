/* transform/perturb-values.c - the values of an item, read and stored again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "perturb-private.h"

enum { CHUNK = 1024 };

size_t
assay_perturb_item_size(const AssayPerturbWork *work)
{
    return work->layout.height * work->layout.width * work->layout.n_channels;
}

void *
assay_perturb_item(const AssayPerturbWork *work, size_t item)
{
    size_t size = assay_perturb_item_size(work) * assay_type_size(work->array->type);

    return (guint8 *)work->array->data + item * size;
}

gpointer
assay_perturb_memory(size_t n, size_t size, GError **error)
{
    gpointer memory = g_try_malloc_n(n, size);

    if (memory == NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " values", n);
    return memory;
}

#define STORE(type, convert)                                                                       \
    for (size_t i = 0; i < n; i++)                                                                 \
        ((type *)array->data)[start + i] = (type)(convert);                                        \
    break

void
assay_perturb_store(AssayArray *array, size_t start, const double *values, size_t n, double top)
{
    switch (array->type) {
    case ASSAY_U8:
        STORE(guint8, CLAMP(values[i], 0, top) + 0.5);
    case ASSAY_U16:
        STORE(guint16, CLAMP(values[i], 0, top) + 0.5);
    default:
        STORE(float, values[i]);
    }
}

void
assay_perturb_colours(AssayPerturbWork *work, size_t item,
                      void (*change)(gpointer user, double *value), gpointer user)
{
    size_t n = work->layout.n_channels, size = assay_perturb_item_size(work), start = item * size;
    double values[CHUNK];

    for (size_t i = 0; i < size; i += CHUNK) {
        size_t m = MIN(CHUNK, size - i);

        assay_array_values(work->array, start + i, m, values);
        for (size_t k = 0; k < m; k++) {
            double value = values[k] / work->full_scale;

            if ((i + k) % n >= work->n_colours)
                continue;
            change(user, &value);
            values[k] = value * work->full_scale;
        }
        assay_perturb_store(work->array, start + i, values, m, work->top);
    }
}
