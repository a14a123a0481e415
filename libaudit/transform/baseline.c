/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baseline.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/parallel.h"
#include "../base/random.h"
#include "../base/text.h"

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

struct AssayBaseline {
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

AssayBaseline *
assay_baseline_new(const char *field, guint64 seed)
{
    AssayBaseline *self = g_new0(AssayBaseline, 1);

    self->field = g_strdup(field);
    self->seed = seed;
    self->share = (double)NAN;
    self->skeletons = g_ptr_array_new_with_free_func(free_skeleton);
    return self;
}

void
assay_baseline_free(AssayBaseline *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->skeletons);
    g_free(self->field);
    g_free(self);
}

gboolean
assay_baseline_learn(AssayBaseline *self, AssaySample *sample, GError **error)
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
assay_baseline_share(const AssayBaseline *self)
{
    return self->share == self->share ? self->share : (double)self->n_on / (double)self->n_cells;
}

void
assay_baseline_set_share(AssayBaseline *self, double share)
{
    self->share = share;
}

size_t
assay_baseline_n_samples(const AssayBaseline *self)
{
    return self->skeletons->len;
}

AssayJson *
assay_baseline_options(const AssayBaseline *self)
{
    AssayJson *options = assay_json_object();
    char number[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, self->seed);

    assay_json_set_string(options, "kind", "bernoulli");
    assay_json_set_string(options, "field", self->field);
    assay_json_set_string(options, "p", assay_text_double(number, assay_baseline_share(self)));
    assay_json_set_string(options, "seed", seed);
    return options;
}

/* Noise comes from no file: its source is its own recipe, so that it is never taken for the piece
 * whose shape it has. */
static void
set_source(const AssayBaseline *self, AssaySample *sample)
{
    g_autoptr(AssayJson) options = assay_baseline_options(self);
    g_autoptr(GString) text = g_string_new(assay_sample_name(sample));
    g_autofree char *digest = NULL;
    AssayJson *source = assay_json_object();

    g_string_append_c(text, '\n');
    assay_json_print(text, options);
    digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
    assay_json_set_string(source, "format", "bernoulli");
    assay_json_set_string(source, "sha256", digest);
    assay_json_set_take(assay_sample_meta(sample), "source", source);
}

AssaySample *
assay_baseline_make(const AssayBaseline *self, size_t index, GError **error)
{
    const Skeleton *skeleton = g_ptr_array_index(self->skeletons, (guint)index);
    g_autoptr(AssaySample) sample = assay_sample_new(skeleton->name);
    double share = assay_baseline_share(self);
    guint8 on = strcmp(self->field, "roll") == 0 ? ROLL_ON : 1;
    size_t n_items = skeleton->has_items ? skeleton->n_items : 1, size;
    AssayArray *array;
    guint8 *cell;

    if (skeleton->has_items)
        assay_sample_set_items(sample, skeleton->item_start, skeleton->n_items);
    assay_sample_set_stages(sample, skeleton->stages);
    set_source(self, sample);
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

/* What may be in flight while samples are made. */
#define FLIGHT_BYTES ((size_t)256 << 20)

typedef struct {
    const AssayBaseline *baseline;
    AssayWriter *writer;
    size_t next;
} Run;

/* Jobs are numbers from 1 on, as pointers. */
static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Run *run = user;

    (void)bytes;
    (void)error;
    if (run->next < assay_baseline_n_samples(run->baseline))
        *job = GSIZE_TO_POINTER(++run->next);
    return TRUE;
}

static gpointer
make(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    const Run *run = user;
    AssaySample *sample = assay_baseline_make(run->baseline, GPOINTER_TO_SIZE(job) - 1, error);

    (void)worker;
    *bytes = sample == NULL ? 0 : assay_sample_bytes(sample);
    return sample;
}

static gboolean
put(gpointer user, gpointer result, GError **error)
{
    const Run *run = user;

    return assay_writer_put(run->writer, result, error);
}

static void
free_sample(gpointer sample)
{
    assay_sample_free(sample);
}

gboolean
assay_baseline_write(const AssayBaseline *self, AssayWriter *writer, guint n_workers,
                     GError **error)
{
    const AssayParallel parallel = { .n_workers = n_workers,
                                     .max_bytes = FLIGHT_BYTES,
                                     .produce = produce,
                                     .work = make,
                                     .consume = put,
                                     .free_result = free_sample };
    Run run = { self, writer, 0 };

    return assay_parallel_run(&parallel, &run, error);
}
