/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vectors.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "reduce-private.h"

static void
free_vectors(AssayVectors *self)
{
    for (size_t i = 0; self->faults != NULL && i < self->n_items; i++)
        g_free(self->faults[i]);
    g_free(self->faults);
    g_free(self->values);
    g_free(self->digests);
    g_free(self->flipped);
    g_free(self->field);
    assay_observation_free(self->origin);
    g_free(self);
}

AssayVectors *
assay_vectors_ref(AssayVectors *self)
{
    g_atomic_int_inc(&self->n_refs);
    return self;
}

void
assay_vectors_unref(AssayVectors *self)
{
    if (self != NULL && g_atomic_int_dec_and_test(&self->n_refs))
        free_vectors(self);
}

/* The field that is meant: the one that was named, "pixels", "mel", or the only one. */
static const char *
find_field(AssaySample *sample, const AssayVectorConfig *config, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);
    g_autofree char *list = g_strjoinv(", ", (char **)fields);

    if (config->field != NULL || assay_sample_has(sample, "pixels"))
        return config->field != NULL ? config->field : "pixels";
    if (assay_sample_has(sample, "mel"))
        return "mel";
    if (fields[0] == NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD, "%s: has no field",
                    assay_sample_name(sample));
    else if (fields[1] != NULL)
        g_set_error(
            error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
            "%s: has several fields (%s) and none called pixels or mel: say which is meant, as in "
            "--field=%s",
            assay_sample_name(sample), list, fields[0]);
    return fields[0] != NULL && fields[1] == NULL ? fields[0] : NULL;
}

static gboolean
read_full_scale(AssaySample *sample, const char *field, AssayType type, double *full_scale,
                GError **error)
{
    const AssayJson *value = assay_json_get(assay_sample_field_meta(sample, field), "full_scale");

    *full_scale = type == ASSAY_U8 ? 255 : type == ASSAY_U16 ? 65535 : 1;
    if (value == NULL)
        return TRUE;
    if (assay_json_kind(value) == ASSAY_JSON_INTEGER)
        *full_scale = (double)assay_json_peek_integer(value);
    else if (assay_json_kind(value) == ASSAY_JSON_REAL)
        *full_scale = assay_json_peek_real(value);
    else
        *full_scale = 0;
    if (*full_scale > 0 && isfinite(*full_scale))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_META,
                "%s: field \"%s\": its full_scale is no number above 0", assay_sample_name(sample),
                field);
    return FALSE;
}

static gboolean
make_room(AssayVectors *self, const char *name, GError **error)
{
    size_t n = 0;

    if (self->n_dims == 0 || self->n_dims > ASSAY_NEAREST_MAX_DIMS) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\": items of %" G_GSIZE_FORMAT
                    " values; between 1 and %" G_GSIZE_FORMAT " there is a distance",
                    name, self->field, self->n_dims, ASSAY_NEAREST_MAX_DIMS);
        return FALSE;
    }
    if (g_size_checked_mul(&n, self->n_items, self->n_dims) && n <= G_MAXSIZE / sizeof(float) - 1) {
        self->values = g_try_new(float, n + 1);
        self->digests = g_try_new(AssayNearestDigest, self->n_items + 1);
        self->flipped = g_try_new0(AssayNearestDigest, self->n_items + 1);
        self->faults = g_try_new0(char *, self->n_items + 1);
    }
    if (self->values != NULL && self->digests != NULL && self->flipped != NULL &&
        self->faults != NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                "%s: field \"%s\": no memory for %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT
                " values",
                name, self->field, self->n_items, self->n_dims);
    return FALSE;
}

static gboolean
take_pictures(AssayVectors *self, AssaySample *sample, const AssayArray *pixels,
              const AssayPixelLayout *layout, const AssayVectorConfig *config, GError **error)
{
    const char *name = assay_sample_name(sample);
    double full_scale;

    if (config->cosine) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: field \"%s\": pictures, which --cosine is not for", name, self->field);
        return FALSE;
    }
    self->width = config->size;
    self->n_dims = config->size * config->size;
    if (!read_full_scale(sample, self->field, pixels->type, &full_scale, error) ||
        !make_room(self, name, error) ||
        !assay_reduce(pixels, name, full_scale, config->size, self->values, self->faults, error))
        return FALSE;
    for (size_t i = 0; i < self->n_items; i++) {
        if (assay_digest_picture(pixels, layout, i, full_scale, FALSE, &self->digests[i]) &&
            assay_digest_picture(pixels, layout, i, full_scale, TRUE, &self->flipped[i]))
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%s: no memory to flip a picture", name);
        return FALSE;
    }
    return TRUE;
}

/* To length 1; a vector of zeros points nowhere. */
static void
normalise(float *values, size_t n, char **fault)
{
    double squares = 0;

    for (size_t k = 0; k < n; k++)
        squares += (double)values[k] * (double)values[k];
    if (squares <= 0)
        *fault = g_strdup("all its values are 0, so no angle is known");
    for (size_t k = 0; k < n && squares > 0; k++)
        values[k] = (float)((double)values[k] / sqrt(squares));
}

static gboolean
take_values(AssayVectors *self, const AssayArray *array, const char *name,
            const AssayVectorConfig *config, GError **error)
{
    size_t n_item_axes = self->origin->has_items ? 1 : 0, unit = assay_type_size(array->type);
    size_t shape[ASSAY_MAX_AXES + 1] = { 0 };

    self->n_dims = 1;
    for (size_t a = n_item_axes; a < array->n_axes; a++)
        shape[a] = array->shape[a];
    for (size_t a = n_item_axes; a < array->n_axes; a++) /* the product is known to fit */
        self->n_dims *= array->shape[a];
    shape[array->n_axes] = (size_t)array->type;
    if (!make_room(self, name, error))
        return FALSE;
    for (size_t i = 0; i < self->n_items; i++) {
        float *values = self->values + i * self->n_dims;

        for (size_t k = 0; k < self->n_dims && self->faults[i] == NULL; k++) {
            values[k] = (float)assay_array_value(array, i * self->n_dims + k);
            if (!isfinite(values[k]))
                self->faults[i] = g_strdup_printf("value %" G_GSIZE_FORMAT " is not finite", k);
        }
        if (config->cosine && self->faults[i] == NULL)
            normalise(values, self->n_dims, &self->faults[i]);
        self->digests[i] = assay_digest_values(
            shape, array->n_axes + 1, (const guint8 *)array->data + i * self->n_dims * unit,
            self->n_dims * unit);
    }
    return TRUE;
}

/* The values that are looked at for copies are those before they were reduced. */
static gboolean
take_spectrograms(AssayVectors *self, const AssayArray *mel, const char *name,
                  const AssayVectorConfig *config, GError **error)
{
    size_t time = mel->n_axes - 2, each = mel->shape[time] * mel->shape[time + 1];
    const size_t shape[] = { mel->shape[time], mel->shape[time + 1], ASSAY_F32 };

    self->n_dims = config->size * config->size;
    if (!make_room(self, name, error) ||
        !assay_reduce_spectrogram(mel, name, config->size, self->values, self->faults, error))
        return FALSE;
    for (size_t i = 0; i < self->n_items; i++) {
        if (config->cosine && self->faults[i] == NULL)
            normalise(self->values + i * self->n_dims, self->n_dims, &self->faults[i]);
        self->digests[i] = assay_digest_values(
            shape, G_N_ELEMENTS(shape), (const float *)mel->data + i * each, each * sizeof(float));
    }
    return TRUE;
}

static gboolean
check_items(const AssayObservation *origin, const AssayArray *array, const char *field,
            GError **error)
{
    gboolean has_axis = assay_array_axis(array, "item") == 0;

    if (has_axis == origin->has_items && (!has_axis || array->shape[0] == origin->n_items))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                "%s: field \"%s\": has not the %" G_GSIZE_FORMAT " items that the sample has",
                origin->name, field, origin->n_items);
    return FALSE;
}

/* Files of pictures, and foreign streams of them, have no pixels yet. */
static gboolean
make_pixels(AssaySample *sample, const AssayVectorConfig *config, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    if (config->pictures == NULL || assay_sample_stages(sample) != NULL ||
        (config->field != NULL && strcmp(config->field, "pixels") != 0) ||
        assay_sample_has(sample, "pixels") ||
        (fields[0] != NULL && !assay_sample_has(sample, "array")))
        return TRUE;
    return config->pictures->apply(config->pictures, NULL, sample, error);
}

AssayVectors *
assay_vectors_new(AssaySample *sample, const AssayVectorConfig *config, GError **error)
{
    const AssayObserveConfig observe = { ASSAY_RULES_NONE, 1, config->group_by, NULL };
    g_autoptr(AssayVectors) self = g_new0(AssayVectors, 1);
    const AssayArray *array;
    const char *field;
    AssayPixelLayout layout;

    self->n_refs = 1;
    self->is_cosine = config->cosine;
    if (!make_pixels(sample, config, error))
        return NULL;
    field = find_field(sample, config, error);
    array = field == NULL ? NULL : assay_sample_field(sample, field, error);
    if (array == NULL)
        return NULL;
    self->field = g_strdup(field);
    self->origin = assay_observe(sample, &observe, error);
    if (self->origin == NULL || !check_items(self->origin, array, field, error))
        return NULL;
    self->origin->windows |=
        assay_json_get(assay_sample_field_meta(sample, field), "window") != NULL;
    self->n_items = self->origin->n_items;
    if (assay_pixel_layout(array, field, &layout, NULL)) {
        if (!take_pictures(self, sample, array, &layout, config, error))
            return NULL;
    } else if (assay_is_spectrogram(array)) {
        if (!take_spectrograms(self, array, assay_sample_name(sample), config, error))
            return NULL;
    } else if (!take_values(self, array, assay_sample_name(sample), config, error)) {
        return NULL;
    }
    return g_steal_pointer(&self);
}

gboolean
assay_vectors_is_constant(const AssayVectors *self, size_t item)
{
    const float *values = self->values + item * self->n_dims;
    size_t k = 1;

    while (k < self->n_dims && !(values[k] < values[0] || values[k] > values[0]))
        k++;
    return k > 1 && k == self->n_dims;
}
