/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exponential.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "skeleton-private.h"

struct AssayExponential {
    char *field; /* NULL until the first sample decides */
    guint64 seed;
    gboolean has_scale;
    guint64 n;
    double sum;
    double mean; /* NaN: as learnt */
    GPtrArray *skeletons;
};

static void
free_skeleton(gpointer data)
{
    assay_skeleton_free(data);
}

AssayExponential *
assay_exponential_new(const char *field, guint64 seed)
{
    AssayExponential *self = g_new0(AssayExponential, 1);

    self->field = g_strdup(field);
    self->seed = seed;
    self->mean = (double)NAN;
    self->skeletons = g_ptr_array_new_with_free_func(free_skeleton);
    return self;
}

void
assay_exponential_free(AssayExponential *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->skeletons);
    g_free(self->field);
    g_free(self);
}

gboolean
assay_exponential_learn(AssayExponential *self, AssaySample *sample, GError **error)
{
    static const char *const no_floats[] = { "chroma", "notes", "roll", NULL };
    const char *otherwise =
        !assay_sample_has(sample, "mel") && assay_sample_has(sample, "pixels") ? "pixels" : "mel";
    const char *field = self->field != NULL ? self->field : otherwise;
    const AssayArray *array = assay_sample_field(sample, field, error);
    AssaySkeleton *skeleton;

    if (array == NULL)
        return FALSE;
    if (g_strv_contains(no_floats, field)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\": exponential makes floats, which a %s is not made of; "
                    "bernoulli makes noise of rolls and chroma",
                    assay_sample_name(sample), field, field);
        return FALSE;
    }
    if ((skeleton = assay_skeleton_new(sample, field, array, error)) == NULL)
        return FALSE;
    if (!assay_sum_intensity(sample, field, &self->sum, &self->n, error)) {
        assay_skeleton_free(skeleton);
        return FALSE;
    }
    if (self->field == NULL)
        self->field = g_strdup(field);
    if (self->skeletons->len == 0)
        self->has_scale = assay_has_scale(sample, field);
    g_ptr_array_add(self->skeletons, skeleton);
    return TRUE;
}

double
assay_exponential_mean(const AssayExponential *self)
{
    return isnan(self->mean) ? self->sum / (double)self->n : self->mean;
}

void
assay_exponential_set_mean(AssayExponential *self, double mean)
{
    self->mean = mean;
}

gboolean
assay_exponential_check(const AssayExponential *self, GError **error)
{
    double mean = assay_exponential_mean(self);

    if (!(mean < 0))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "the mean of field \"%s\" is %g, and no exponential distribution has one below 0: "
                "give one with --mean",
                self->field, mean);
    return FALSE;
}

size_t
assay_exponential_n_samples(const AssayExponential *self)
{
    return self->skeletons->len;
}

AssayJson *
assay_exponential_options(const AssayExponential *self)
{
    AssayJson *options = assay_json_object();
    char number[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, self->seed);

    assay_json_set_string(options, "kind", "exponential");
    assay_json_set_string(options, "field", self->field);
    assay_json_set_string(options, "mean", assay_text_double(number, assay_exponential_mean(self)));
    assay_json_set_string(options, "seed", seed);
    return options;
}

static void
draw(gconstpointer user, AssayRandom *random, void *values, size_t n)
{
    double mean = assay_exponential_mean(user);
    float *value = values;

    for (size_t k = 0; k < n; k++)
        value[k] = (float)(-mean * log1p(-assay_random_double(random)));
}

AssaySample *
assay_exponential_make(gconstpointer data, size_t index, GError **error)
{
    const AssayExponential *self = data;
    g_autoptr(AssayJson) options = assay_exponential_options(self);
    g_autoptr(AssayJson) scale = self->has_scale ? assay_json_object() : NULL;
    const AssayNoise noise = { .kind = "exponential",
                               .field = self->field,
                               .seed = self->seed,
                               .options = options,
                               .meta = scale,
                               .type = ASSAY_F32,
                               .draw = draw,
                               .user = self };

    if (scale != NULL)
        assay_json_set_integer(scale, "full_scale", 1);
    return assay_skeleton_make(g_ptr_array_index(self->skeletons, (guint)index), &noise, error);
}
