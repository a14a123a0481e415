/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

#define MAX_COLUMNS 4096

void
assay_vector_field_free(AssayVectorField *self)
{
    if (self == NULL)
        return;
    g_array_unref(self->values);
    g_array_unref(self->groups);
    g_free(self->name);
    g_free(self);
}

static void
free_field(gpointer data)
{
    assay_vector_field_free(data);
}

static AssayVectorField *
new_field(const char *name, size_t n_columns)
{
    AssayVectorField *self = g_new0(AssayVectorField, 1);

    self->name = g_strdup(name);
    self->n_columns = n_columns;
    self->values = g_array_new(FALSE, FALSE, sizeof(double));
    self->groups = g_array_new(FALSE, FALSE, sizeof(guint64));
    return self;
}

/* Whether it is one vector an item. */
static gboolean
is_vector(const AssayArray *array, const AssayObservation *items)
{
    static const char *const of_time[] = { "time", "frame", "note", "window", NULL };
    size_t last = array->n_axes - 1;

    if (array->n_axes != (items->has_items ? 2U : 1U) || array->shape[last] < 2 ||
        array->shape[last] > MAX_COLUMNS || g_strv_contains(of_time, array->axes[last]))
        return FALSE;
    return !items->has_items ||
           (assay_array_axis(array, "item") == 0 && array->shape[0] == items->n_items);
}

static void
read_vector(AssayVectorField *self, const AssayArray *array, size_t item)
{
    double values[MAX_COLUMNS];
    guint64 which = item;

    assay_array_values(array, item * self->n_columns, self->n_columns, values);
    for (size_t i = 0; i < self->n_columns; i++) {
        if (!isfinite(values[i])) {
            self->n_left_out++;
            return;
        }
    }
    g_array_append_vals(self->values, values, (guint)self->n_columns);
    g_array_append_val(self->groups, which);
}

GPtrArray *
assay_vector_fields(AssaySample *sample, const AssayObservation *items,
                    const AssayDistributionConfig *config)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(free_field);
    g_autofree const char **names = assay_sample_fields(sample);

    for (size_t i = 0; names[i] != NULL; i++) {
        const AssayArray *array;
        AssayVectorField *field;

        if (config->fields != NULL && !g_strv_contains(config->fields, names[i]))
            continue;
        array = assay_sample_field(sample, names[i], NULL);
        if (array == NULL || array->n_axes == 0 || !is_vector(array, items))
            continue;
        field = new_field(names[i], array->shape[array->n_axes - 1]);
        g_ptr_array_add(fields, field);
        for (size_t k = 0; k < items->n_items; k++) {
            if (config->wanted == NULL || config->wanted[k])
                read_vector(field, array, k);
        }
    }
    return fields;
}

void
assay_vector_field_add(GHashTable *fields, const AssayVectorField *part, const guint64 *hashes)
{
    AssayVectorField *self = g_hash_table_lookup(fields, part->name);

    if (self == NULL) {
        self = new_field(part->name, part->n_columns);
        g_hash_table_insert(fields, self->name, self);
    }
    if (self->n_columns != part->n_columns ||
        self->values->len > ASSAY_VECTORS_VALUES - MIN(part->values->len, ASSAY_VECTORS_VALUES))
        self->is_useless = TRUE;
    self->n_left_out += part->n_left_out;
    if (self->is_useless)
        return;
    g_array_append_vals(self->values, part->values->data, part->values->len);
    for (guint i = 0; i < part->groups->len; i++)
        g_array_append_val(self->groups, hashes[g_array_index(part->groups, guint64, i)]);
}

/* @values, @size: of the vector, in bytes */
typedef struct {
    guint64 group;
    const double *values;
    size_t size;
} Vector;

static int
compare_vectors(const void *a, const void *b)
{
    const Vector *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return memcmp(x->values, y->values, x->size);
}

gboolean
assay_vector_field_sort(AssayVectorField *self, GError **error)
{
    size_t n = self->groups->len, size = self->n_columns * sizeof(double);
    g_autofree Vector *vectors = g_try_new(Vector, n + 1);
    g_autofree double *sorted = g_try_new(double, n * self->n_columns + 1);

    if (vectors == NULL || sorted == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: no memory to sort %" G_GSIZE_FORMAT " vectors", self->name, n);
        return FALSE;
    }
    for (size_t i = 0; i < n; i++)
        vectors[i] = (Vector){ g_array_index(self->groups, guint64, i),
                               &g_array_index(self->values, double, i * self->n_columns), size };
    if (n > 0)
        qsort(vectors, n, sizeof *vectors, compare_vectors);
    for (size_t i = 0; i < n; i++) {
        memcpy(&sorted[i * self->n_columns], vectors[i].values, size);
        g_array_index(self->groups, guint64, i) = vectors[i].group;
    }
    if (n > 0)
        memcpy(self->values->data, sorted, n * size);
    return TRUE;
}
