/* transform/skeleton.c - shapes without values, and noise in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../feature/planes.h"
#include "baseline.h"
#include "skeleton-private.h"

enum { CHUNK = 1024 };

struct AssaySkeleton {
    char *name;
    AssayJson *stages, *meta;
    gboolean has_items;
    size_t item_start, n_items;
    size_t n_axes, shape[ASSAY_MAX_AXES];
    char *axes[ASSAY_MAX_AXES + 1];
};

AssaySkeleton *
assay_skeleton_new(AssaySample *sample, const char *field, const AssayArray *array, GError **error)
{
    const AssayJson *stages = assay_sample_stages(sample);
    const AssayJson *meta = assay_sample_field_meta(sample, field);
    AssaySkeleton *self;

    if (assay_array_axis(array, "item") == 0 && array->shape[0] > 0 &&
        assay_array_count(array) == 0) {
        /* Nothing backs such a number of items; it may be any. */
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has %" G_GSIZE_FORMAT " items, and no value in them",
                    assay_sample_name(sample), field, array->shape[0]);
        return NULL;
    }
    self = g_new0(AssaySkeleton, 1);
    self->name = g_strdup(assay_sample_name(sample));
    self->stages = stages == NULL ? NULL : assay_json_ref(stages);
    self->meta = meta == NULL ? assay_json_object() : assay_json_copy(meta);
    self->has_items = assay_array_axis(array, "item") == 0;
    self->item_start = assay_sample_item_start(sample);
    self->n_items = self->has_items ? array->shape[0] : 1;
    self->n_axes = array->n_axes;
    memcpy(self->shape, array->shape, sizeof self->shape);
    for (size_t i = 0; i < array->n_axes; i++)
        self->axes[i] = g_strdup(array->axes[i]);
    return self;
}

void
assay_skeleton_free(AssaySkeleton *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    assay_json_unref(self->stages);
    assay_json_unref(self->meta);
    for (size_t i = 0; i < self->n_axes; i++)
        g_free(self->axes[i]);
    g_free(self);
}

AssaySample *
assay_skeleton_make(const AssaySkeleton *self, const AssayNoise *noise, GError **error)
{
    g_autoptr(AssaySample) sample = assay_sample_new(self->name);
    size_t n_items = self->has_items ? self->n_items : 1, size, bytes;
    AssayArray *array;

    if (self->has_items)
        assay_sample_set_items(sample, self->item_start, self->n_items);
    assay_sample_set_stages(sample, self->stages);
    assay_baseline_set_source(sample, noise->kind, noise->options, NULL);
    array = assay_array_new(noise->type, self->n_axes, self->shape, (const char *const *)self->axes,
                            G_MAXSIZE, error);
    if (array == NULL)
        return NULL;
    size = n_items == 0 ? 0 : assay_array_count(array) / n_items;
    bytes = size * assay_type_size(noise->type);
    for (size_t i = 0; i < n_items; i++) {
        g_autofree char *identity = assay_sample_identity(sample, self->item_start + i);
        AssayRandom random;

        assay_random_init(&random, noise->seed, noise->kind, identity);
        noise->draw(noise->user, &random, (char *)array->data + i * bytes, size);
    }
    assay_sample_take_field(sample, noise->field, array,
                            assay_json_copy(noise->meta != NULL ? noise->meta : self->meta));
    return g_steal_pointer(&sample);
}

gboolean
assay_has_scale(AssaySample *sample, const char *field)
{
    return strcmp(field, "pixels") == 0 ||
           assay_json_get(assay_sample_field_meta(sample, field), "full_scale") != NULL;
}

/* Of integers of up to 16 bits the sum over a piece is exact. */
gboolean
assay_sum_intensity(AssaySample *sample, const char *field, double *sum, guint64 *n, GError **error)
{
    const AssayArray *array = assay_sample_field(sample, field, error);
    size_t count = array == NULL ? 0 : assay_array_count(array);
    double full_scale, values[CHUNK], total = 0;

    if (array == NULL || !assay_full_scale(sample, field, &full_scale, error))
        return FALSE;
    for (size_t i = 0; i < count; i += CHUNK) {
        size_t m = MIN((size_t)CHUNK, count - i);

        assay_array_values(array, i, m, values);
        for (size_t k = 0; k < m; k++) {
            gboolean is_finite = isfinite(values[k]);

            total += is_finite ? values[k] : 0;
            *n += is_finite ? 1 : 0;
        }
    }
    *sum += total / full_scale;
    return TRUE;
}
