/* learn/lesson.c - a lesson in the form in which libraries take one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/error.h"
#include "machine-private.h"

gpointer
assay_lesson_new_nodes(const AssayLesson *self, size_t width, size_t node_size, GError **error)
{
    gpointer nodes = NULL;

    if (self->n <= G_MAXINT && width <= G_MAXINT && self->n <= G_MAXSIZE / 64 / width)
        nodes = g_try_malloc_n(self->n * width, node_size);
    if (nodes == NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT " inputs",
                    self->n, self->n_inputs);
    return nodes;
}

double *
assay_lesson_new_labels(const AssayLesson *self)
{
    double *labels = g_new(double, self->n + 1);

    for (size_t i = 0; i < self->n; i++)
        labels[i] = self->is_fake[i];
    return labels;
}
