/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bernoulli.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "skeleton-private.h"

/* What "on" is in a roll: a velocity, MIDI's for "none". Elsewhere it is 1. */
enum { ROLL_ON = 64 };

struct AssayBernoulli {
    char *field; /* NULL until the first sample decides */
    gboolean has_scale;
    guint64 seed;
    guint64 n_cells, n_on;
    double sum;   /* of intensities */
    double share; /* NaN: as learnt */
    GPtrArray *skeletons;
};

static void
free_skeleton(gpointer data)
{
    assay_skeleton_free(data);
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

static gboolean
count_on(AssayBernoulli *self, AssaySample *sample, const AssayArray *array, GError **error)
{
    size_t n = assay_array_count(array);
    const guint8 *cell = array->data;

    if (array->type != ASSAY_U8) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\" is of type %s; bernoulli makes u8 (roll, chroma), and cells "
                    "of 0 and 1 for pixels, or for any field with full_scale in its metadata",
                    assay_sample_name(sample), self->field, assay_type_name(array->type));
        return FALSE;
    }
    for (size_t i = 0; i < n; i++)
        self->n_on += cell[i] != 0;
    self->n_cells += n;
    return TRUE;
}

gboolean
assay_bernoulli_learn(AssayBernoulli *self, AssaySample *sample, GError **error)
{
    const char *otherwise =
        !assay_sample_has(sample, "roll") && assay_sample_has(sample, "pixels") ? "pixels" : "roll";
    const char *field = self->field != NULL ? self->field : otherwise;
    const AssayArray *array = assay_sample_field(sample, field, error);
    AssaySkeleton *skeleton;

    if (array == NULL || (skeleton = assay_skeleton_new(sample, field, array, error)) == NULL)
        return FALSE;
    if (self->field == NULL)
        self->field = g_strdup(field);
    if (self->skeletons->len == 0)
        self->has_scale = assay_has_scale(sample, field);
    if (self->has_scale ? !assay_sum_intensity(sample, field, &self->sum, &self->n_cells, error)
                        : !count_on(self, sample, array, error)) {
        assay_skeleton_free(skeleton);
        return FALSE;
    }
    g_ptr_array_add(self->skeletons, skeleton);
    return TRUE;
}

gboolean
assay_bernoulli_check(const AssayBernoulli *self, GError **error)
{
    double share = assay_bernoulli_share(self);

    if (!(share < 0 || share > 1))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "the mean of field \"%s\" is %g, which is no probability: bring it to a full scale "
                "of 1, or give one with --p",
                self->field, share);
    return FALSE;
}

double
assay_bernoulli_share(const AssayBernoulli *self)
{
    if (!isnan(self->share))
        return self->share;
    return (self->has_scale ? self->sum : (double)self->n_on) / (double)self->n_cells;
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

static void
draw(gconstpointer user, AssayRandom *random, void *values, size_t n)
{
    const AssayBernoulli *self = user;
    double share = assay_bernoulli_share(self);
    guint8 on = strcmp(self->field, "roll") == 0 && !self->has_scale ? ROLL_ON : 1;
    guint8 *cell = values;

    for (size_t k = 0; k < n; k++)
        cell[k] = assay_random_double(random) < share ? on : 0;
}

AssaySample *
assay_bernoulli_make(gconstpointer data, size_t index, GError **error)
{
    const AssayBernoulli *self = data;
    g_autoptr(AssayJson) options = assay_bernoulli_options(self);
    g_autoptr(AssayJson) scale = self->has_scale ? assay_json_object() : NULL;
    const AssayNoise noise = { .kind = "bernoulli",
                               .field = self->field,
                               .seed = self->seed,
                               .options = options,
                               .meta = scale,
                               .type = ASSAY_U8,
                               .draw = draw,
                               .user = self };

    if (scale != NULL)
        assay_json_set_integer(scale, "full_scale", 1);
    return assay_skeleton_make(g_ptr_array_index(self->skeletons, (guint)index), &noise, error);
}
