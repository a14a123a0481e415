/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bernoulli.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/random.h"
#include "../base/text.h"
#include "baseline.h"

/* What "on" is in a roll: a velocity, MIDI's for "none". Elsewhere it is 1. */
enum { ROLL_ON = 64 };

/* All that is kept of a sample. */
typedef struct {
    char *name;
    AssayJson *stages, *meta;
    gboolean has_items;
    size_t item_start, n_items;
    size_t n_axes, shape[ASSAY_MAX_AXES];
    char *axes[ASSAY_MAX_AXES + 1];
} Skeleton;

struct AssayBernoulli {
    char *field;
    guint64 seed;
    guint64 n_cells, n_on;
    double share; /* NaN: as learnt */
    GPtrArray *skeletons;
};

static void
free_skeleton(gpointer data)
{
    Skeleton *skeleton = data;

    g_free(skeleton->name);
    assay_json_unref(skeleton->stages);
    assay_json_unref(skeleton->meta);
    for (size_t i = 0; i < skeleton->n_axes; i++)
        g_free(skeleton->axes[i]);
    g_free(skeleton);
}

AssayBernoulli *
assay_bernoulli_new(const char *field, guint64 seed)
{
    AssayBernoulli *self = g_new0(AssayBernoulli, 1);

    self->field = g_strdup(field);
    self->seed = seed;
    self->share = (double)NAN;
    self->skeletons = g_ptr_array_new_with_free_func(free_skeleton);
    return self;
}

void
assay_bernoulli_free(AssayBernoulli *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->skeletons);
    g_free(self->field);
    g_free(self);
}

gboolean
assay_bernoulli_learn(AssayBernoulli *self, AssaySample *sample, GError **error)
{
    const AssayArray *array = assay_sample_field(sample, self->field, error);
    const AssayJson *stages = assay_sample_stages(sample);
    const AssayJson *meta = assay_sample_field_meta(sample, self->field);
    Skeleton *skeleton;
    const guint8 *cell;
    size_t n;

    if (array == NULL)
        return FALSE;
    if (array->type != ASSAY_U8) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" is of type %s; bernoulli makes u8 (roll, chroma)",
                    assay_sample_name(sample), self->field, assay_type_name(array->type));
        return FALSE;
    }
    n = assay_array_count(array);
    if (assay_array_axis(array, "item") == 0 && array->shape[0] > 0 && n == 0) {
        /* Nothing backs such a number of items; it may be any. */
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" has %" G_GSIZE_FORMAT " items, and no value in them",
                    assay_sample_name(sample), self->field, array->shape[0]);
        return FALSE;
    }
    skeleton = g_new0(Skeleton, 1);
    skeleton->name = g_strdup(assay_sample_name(sample));
    skeleton->stages = stages == NULL ? NULL : assay_json_ref(stages);
    skeleton->meta = meta == NULL ? assay_json_object() : assay_json_copy(meta);
    skeleton->has_items = assay_array_axis(array, "item") == 0;
    skeleton->item_start = assay_sample_item_start(sample);
    skeleton->n_items = skeleton->has_items ? array->shape[0] : 1;
    skeleton->n_axes = array->n_axes;
    memcpy(skeleton->shape, array->shape, sizeof skeleton->shape);
    for (size_t i = 0; i < array->n_axes; i++)
        skeleton->axes[i] = g_strdup(array->axes[i]);
    g_ptr_array_add(self->skeletons, skeleton);
    self->n_cells += n;
    cell = array->data;
    for (size_t i = 0; i < n; i++)
        self->n_on += cell[i] != 0;
    return TRUE;
}

double
assay_bernoulli_share(const AssayBernoulli *self)
{
    return self->share == self->share ? self->share : (double)self->n_on / (double)self->n_cells;
}

void
assay_bernoulli_set_share(AssayBernoulli *self, double share)
{
    self->share = share;
}

size_t
assay_bernoulli_n_samples(const AssayBernoulli *self)
{
    return self->skeletons->len;
}

AssayJson *
assay_bernoulli_options(const AssayBernoulli *self)
{
    AssayJson *options = assay_json_object();
    char number[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, self->seed);

    assay_json_set_string(options, "kind", "bernoulli");
    assay_json_set_string(options, "field", self->field);
    assay_json_set_string(options, "p", assay_text_double(number, assay_bernoulli_share(self)));
    assay_json_set_string(options, "seed", seed);
    return options;
}

AssaySample *
assay_bernoulli_make(gconstpointer data, size_t index, GError **error)
{
    const AssayBernoulli *self = data;
    const Skeleton *skeleton = g_ptr_array_index(self->skeletons, (guint)index);
    g_autoptr(AssaySample) sample = assay_sample_new(skeleton->name);
    g_autoptr(AssayJson) options = assay_bernoulli_options(self);
    double share = assay_bernoulli_share(self);
    guint8 on = strcmp(self->field, "roll") == 0 ? ROLL_ON : 1;
    size_t n_items = skeleton->has_items ? skeleton->n_items : 1, size;
    AssayArray *array;
    guint8 *cell;

    if (skeleton->has_items)
        assay_sample_set_items(sample, skeleton->item_start, skeleton->n_items);
    assay_sample_set_stages(sample, skeleton->stages);
    assay_baseline_set_source(sample, "bernoulli", options, NULL);
    array = assay_array_new(ASSAY_U8, skeleton->n_axes, skeleton->shape,
                            (const char *const *)skeleton->axes, G_MAXSIZE, error);
    if (array == NULL)
        return NULL;
    cell = array->data;
    size = n_items == 0 ? 0 : assay_array_count(array) / n_items;
    for (size_t i = 0; i < n_items; i++) {
        g_autofree char *identity = assay_sample_identity(sample, skeleton->item_start + i);
        AssayRandom random;

        assay_random_init(&random, self->seed, "bernoulli", identity);
        for (size_t k = 0; k < size; k++)
            *cell++ = assay_random_double(&random) < share ? on : 0;
    }
    assay_sample_take_field(sample, self->field, array, assay_json_copy(skeleton->meta));
    return g_steal_pointer(&sample);
}
