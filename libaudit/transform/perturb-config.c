/* transform/perturb-config.c - operations, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/near.h"
#include "../base/text.h"
#include "perturb-private.h"

enum { MAX_SIDE = 65535 };

const AssayPerturbOperator assay_perturb_operators[] = {
    [ASSAY_PERTURB_RESIZE] = { "resize", ASSAY_PERTURB_PICTURES, 0.01, 8, FALSE,
                               "a factor from 0.01 to 8, or a range, as in 0.5:1", NULL,
                               assay_perturb_resize },
    [ASSAY_PERTURB_BLUR] = { "blur", ASSAY_PERTURB_PICTURES, 0, 100, FALSE,
                             "a standard deviation in pixels from 0 to 100, or a range, as in 0:3",
                             NULL, assay_perturb_blur },
    [ASSAY_PERTURB_GAMMA] = { "gamma", ASSAY_PERTURB_PICTURES, 0.01, 100, FALSE,
                              "an exponent from 0.01 to 100, or a range, as in 0.8:1.25", NULL,
                              assay_perturb_gamma },
    [ASSAY_PERTURB_GAIN] = { "gain", ASSAY_PERTURB_SOUND, -200, 200, FALSE,
                             "decibels from -200 to 200, or a range, as in -6:6", NULL,
                             assay_perturb_gain },
    [ASSAY_PERTURB_NOISE] = { "noise", ASSAY_PERTURB_PICTURES | ASSAY_PERTURB_SOUND, 0, 10, FALSE,
                              "a standard deviation in full scales from 0 to 10, or a range, as in "
                              "0.01:0.05",
                              NULL, assay_perturb_noise },
    [ASSAY_PERTURB_QUANTISE] = { "quantise", ASSAY_PERTURB_PICTURES, 2, 65536, TRUE,
                                 "how many values there are to be, from 2 to 65536, or a range",
                                 NULL, assay_perturb_quantise },
    [ASSAY_PERTURB_STRETCH] = { "stretch", ASSAY_PERTURB_SOUND, 0.25, 4, FALSE,
                                "a factor from 0.25 to 4, or a range, as in 0.97:1.03",
                                assay_perturb_stretch_prepare, assay_perturb_stretch },
    [ASSAY_PERTURB_RESAMPLE] = { "resample", ASSAY_PERTURB_SOUND, 100, 768000, TRUE,
                                 "a rate from 100 to 768000 Hz, or a range, as in 8000", NULL,
                                 assay_perturb_resample },
    [ASSAY_PERTURB_MU_LAW] = { "mu-law", ASSAY_PERTURB_SOUND, 2, 16, TRUE,
                               "bits from 2 to 16, or a range, as in 8", NULL,
                               assay_perturb_mu_law },
    [ASSAY_PERTURB_JPEG] = { "jpeg", ASSAY_PERTURB_PICTURES, 1, 100, TRUE,
                             "a whole number from 1 to 100, or a range, as in 30:100", NULL,
                             assay_perturb_jpeg },
    [ASSAY_PERTURB_CROP] = { "crop", ASSAY_PERTURB_PICTURES, 1, MAX_SIDE, TRUE,
                             "width and height in pixels, as in 64x64", assay_perturb_crop_prepare,
                             assay_perturb_crop },
    [ASSAY_PERTURB_FLIP] = { "flip", ASSAY_PERTURB_PICTURES, 0, 1, TRUE, "horizontal or vertical",
                             NULL, assay_perturb_flip },
    [ASSAY_PERTURB_TRANSPOSE] = { "transpose", ASSAY_PERTURB_MUSIC, -127, 127, TRUE,
                                  "semitones from -127 to 127, or a range, as in -3:3", NULL,
                                  assay_perturb_transpose },
};

static const char *const flips[] = { "horizontal", "vertical" };

static gboolean
refuse(const char *name, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: give %s", name, value, advice);
    return FALSE;
}

/* A finite number, and nothing else. */
static gboolean
read_number(const char *text, double *value)
{
    char *end = NULL;

    double number = g_ascii_strtod(text, &end);

    if (end == text || *end != '\0' || !isfinite(number))
        return FALSE;
    *value = number;
    return TRUE;
}

/* LOW:HIGH, or one of both. */
static gboolean
read_range(const AssayPerturbOperator *row, const char *text, AssayPerturbation *operation)
{
    g_auto(GStrv) ends = g_strsplit(text, ":", 3);
    size_t n = g_strv_length(ends);

    if (n < 1 || n > 2 || !read_number(ends[0], &operation->low) ||
        !read_number(ends[n - 1], &operation->high))
        return FALSE;
    return operation->low >= row->least && operation->low <= operation->high &&
           operation->high <= row->most &&
           (!row->is_whole ||
            (operation->low == floor(operation->low) && operation->high == floor(operation->high)));
}

static gboolean
read_size(const char *text, AssayPerturbation *operation)
{
    g_auto(GStrv) sides = g_strsplit(text, "x", 3);
    guint64 width, height;

    if (g_strv_length(sides) != 2 ||
        !g_ascii_string_to_unsigned(sides[0], 10, 1, MAX_SIDE, &width, NULL) ||
        !g_ascii_string_to_unsigned(sides[1], 10, 1, MAX_SIDE, &height, NULL))
        return FALSE;
    operation->low = (double)width;
    operation->high = (double)height;
    return TRUE;
}

static gboolean
read_flip(const char *text, AssayPerturbation *operation)
{
    for (size_t i = 0; i < G_N_ELEMENTS(flips); i++) {
        if (strcmp(text, flips[i]) != 0)
            continue;
        operation->low = operation->high = (double)i;
        return TRUE;
    }
    return FALSE;
}

static gboolean
read_value(AssayPerturbKind kind, const char *text, AssayPerturbation *operation)
{
    switch (kind) {
    case ASSAY_PERTURB_CROP:
        return read_size(text, operation);
    case ASSAY_PERTURB_FLIP:
        return read_flip(text, operation);
    default:
        return read_range(&assay_perturb_operators[kind], text, operation);
    }
}

/* @P at the end of @value, as it was without one; *text gets what is before it. */
static gboolean
read_share(const char *key, const char *value, char **text, double *share, GError **error)
{
    const char *at = strrchr(value, '@');

    *text = at == NULL ? g_strdup(value) : g_strndup(value, (gsize)(at - value));
    if (at == NULL || (read_number(at + 1, share) && *share >= 0 && *share <= 1))
        return TRUE;
    return refuse(key, value, "behind the @ a probability from 0 to 1, as in @.5", error);
}

static gboolean
set_operation(AssayPerturbConfig *self, AssayPerturbKind kind, const char *value, GError **error)
{
    const AssayPerturbOperator *row = &assay_perturb_operators[kind];
    AssayPerturbation operation = { .is_given = TRUE, .share = 1 };
    g_autofree char *text = NULL;

    if (!read_share(row->name, value, &text, &operation.share, error))
        return FALSE;
    if (!read_value(kind, text, &operation))
        return refuse(row->name, value,
                      operation.low > operation.high ? "the lower end of the range first"
                                                     : row->advice,
                      error);
    if (kind == ASSAY_PERTURB_CROP && operation.share < 1)
        return refuse(row->name, value, "no probability: all are to be of one size", error);
    self->operations[kind] = operation;
    return TRUE;
}

static gboolean
set_augmentation(AssayPerturbConfig *self, const char *value, GError **error)
{
    g_autofree char *text = NULL;
    double share = 0.5;

    if (!read_share("augment", value, &text, &share, error))
        return FALSE;
    if (strcmp(text, "cnn-detection") != 0)
        return refuse("augment", value, "cnn-detection, or with a probability cnn-detection@.1",
                      error);
    self->operations[ASSAY_PERTURB_BLUR] = (AssayPerturbation){ TRUE, 0, 3, share };
    self->operations[ASSAY_PERTURB_JPEG] = (AssayPerturbation){ TRUE, 30, 100, share };
    self->is_compatible = TRUE;
    return TRUE;
}

static gboolean
set_compatible(AssayPerturbConfig *self, const char *value, GError **error)
{
    self->is_compatible = strcmp(value, "cnn-detection") == 0;
    return self->is_compatible || refuse("compat", value, "cnn-detection", error);
}

static gboolean
refuse_key(const char *key, GError **error)
{
    g_autoptr(AssayNear) candidates = assay_near_new(key);
    g_autofree char *near = NULL;

    for (size_t i = 0; i < ASSAY_N_PERTURBATIONS; i++)
        assay_near_offer(candidates, assay_perturb_operators[i].name);
    near = assay_near_text(candidates);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "there is no operation \"%s\"; %s%s", key,
                near != NULL ? "near it is " : "give one with its value, as in blur=1",
                near != NULL ? near : "");
    return FALSE;
}

gboolean
assay_perturb_config_set(AssayPerturbConfig *self, const char *key, const char *value,
                         GError **error)
{
    for (size_t i = 0; i < ASSAY_N_PERTURBATIONS; i++) {
        if (strcmp(key, assay_perturb_operators[i].name) == 0)
            return set_operation(self, (AssayPerturbKind)i, value, error);
    }
    if (strcmp(key, "augment") == 0)
        return set_augmentation(self, value, error);
    if (strcmp(key, "compat") == 0)
        return set_compatible(self, value, error);
    if (strcmp(key, "seed") == 0)
        return g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT64, &self->seed, NULL) ||
               refuse(key, value, "a whole number from 0", error);
    return refuse_key(key, error);
}

gboolean
assay_perturb_config_parse(AssayPerturbConfig *self, const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        char *equals = strchr(words[i], '=');

        if (words[i][0] == '\0')
            continue;
        if (equals != NULL)
            *equals = '\0';
        if (!assay_perturb_config_set(self, words[i], equals != NULL ? equals + 1 : "", error))
            return FALSE;
    }
    return TRUE;
}

static char *
print_operation(const AssayPerturbation *operation, AssayPerturbKind kind)
{
    char low[ASSAY_TEXT_NUMBER_SIZE], high[ASSAY_TEXT_NUMBER_SIZE], share[ASSAY_TEXT_NUMBER_SIZE];
    GString *text = g_string_new(NULL);

    assay_text_double(low, operation->low);
    assay_text_double(high, operation->high);
    if (kind == ASSAY_PERTURB_CROP)
        g_string_append_printf(text, "%sx%s", low, high);
    else if (kind == ASSAY_PERTURB_FLIP)
        g_string_append(text, flips[(size_t)operation->low]);
    else if (operation->low < operation->high)
        g_string_append_printf(text, "%s:%s", low, high);
    else
        g_string_append(text, low);
    if (operation->share < 1)
        g_string_append_printf(text, "@%s", assay_text_double(share, operation->share));
    return g_string_free(text, FALSE);
}

AssayJson *
assay_perturb_options(const AssayPerturbConfig *self)
{
    AssayJson *options = assay_json_object();
    g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, self->seed);

    for (size_t i = 0; i < ASSAY_N_PERTURBATIONS; i++) {
        g_autofree char *text = NULL;

        if (!self->operations[i].is_given)
            continue;
        text = print_operation(&self->operations[i], (AssayPerturbKind)i);
        assay_json_set_string(options, assay_perturb_operators[i].name, text);
    }
    if (self->is_compatible)
        assay_json_set_string(options, "compat", "cnn-detection");
    assay_json_set_string(options, "seed", seed);
    return options;
}
