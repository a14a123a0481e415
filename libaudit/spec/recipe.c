/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe.h"

#include <string.h>

#include "../base/error.h"
#include "../feature/centroid.h"
#include "../feature/chroma.h"
#include "../feature/spectrum.h"
#include "../media/notes.h"
#include "../media/picture.h"
#include "../media/sound.h"
#include "../signal/image.h"
#include "../signal/log-spectrum.h"
#include "../signal/mel.h"
#include "../signal/roll.h"

/* The text of an option, or NULL with an error. */
static const char *
peek_option(const AssayJson *options, const char *key, GError **error)
{
    const char *value = assay_json_peek_string(assay_json_get(options, key));

    if (value == NULL)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "option %s is no string", key);
    return value;
}

static AssayStage *
build_roll(const AssayJson *options, char ***axes, GError **error)
{
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autofree const char **keys = assay_json_keys(options);
    AssayStage *stage = NULL;

    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *value = peek_option(options, keys[i], error);

        if (value == NULL || !assay_roll_config_set(&config, keys[i], value, error))
            goto out;
    }
    if (config.axes != NULL)
        *axes = g_strdupv(config.axes);
    stage = assay_roll_stage(&config);
out:
    assay_roll_config_clear(&config);
    return stage;
}

static AssayStage *
build_chroma(const AssayJson *options, char ***axes, GError **error)
{
    AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;
    g_autofree const char **keys = assay_json_keys(options);

    (void)axes;
    config.origin = ASSAY_CHROMA_ROLL;
    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *value = peek_option(options, keys[i], error);

        if (value == NULL || !assay_chroma_config_set(&config, keys[i], value, error))
            return NULL;
    }
    return assay_chroma_stage_of(&config);
}

static AssayStage *
build_centroid(const AssayJson *options, char ***axes, GError **error)
{
    AssayCentroidConfig config = ASSAY_CENTROID_CONFIG_DEFAULT;
    g_autofree const char **keys = assay_json_keys(options);
    AssayStage *stage = NULL;
    gboolean is_sound = TRUE;

    (void)axes;
    for (size_t i = 0; is_sound && keys[i] != NULL; i++) {
        const char *value = peek_option(options, keys[i], error);

        is_sound = value != NULL && assay_centroid_config_set(&config, keys[i], value, error);
    }
    if (is_sound)
        stage = assay_centroid_stage(&config);
    assay_centroid_config_clear(&config);
    return stage;
}

static AssayStage *
build_spectrum(const AssayJson *options, char ***axes, GError **error)
{
    AssaySpectrumConfig config = ASSAY_SPECTRUM_CONFIG_DEFAULT;
    g_autofree const char **keys = assay_json_keys(options);
    AssayStage *stage = NULL;
    gboolean is_sound = TRUE;

    (void)axes;
    for (size_t i = 0; is_sound && keys[i] != NULL; i++) {
        const char *value = peek_option(options, keys[i], error);

        is_sound = value != NULL && assay_spectrum_config_set(&config, keys[i], value, error);
    }
    if (is_sound)
        stage = assay_spectrum_stage(&config);
    assay_spectrum_config_clear(&config);
    return stage;
}

static AssayStage *
build_image(const AssayJson *options, char ***axes, GError **error)
{
    AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autofree const char **keys = assay_json_keys(options);
    AssayStage *stage = NULL;
    gboolean is_sound = TRUE;

    (void)axes; /* those of arrays are no part of a recipe */
    for (size_t i = 0; is_sound && keys[i] != NULL; i++) {
        const char *value = peek_option(options, keys[i], error);

        is_sound = value != NULL && assay_image_config_set(&config, keys[i], value, error);
    }
    if (is_sound)
        stage = assay_image_stage(&config);
    assay_image_config_clear(&config);
    return stage;
}

static AssayStage *
build_mel(const AssayJson *options, char ***axes, GError **error)
{
    AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
    g_autofree const char **keys = assay_json_keys(options);

    (void)axes;
    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *value = peek_option(options, keys[i], error);

        if (value == NULL || !assay_mel_config_set(&config, keys[i], value, error))
            return NULL;
    }
    return assay_mel_stage(&config, error);
}

/* The converters that can be run in-process. */
static const struct {
    const char *tool;
    AssayStage *(*build)(const AssayJson *options, char ***axes, GError **error);
} converters[] = {
    { "assay-roll", build_roll },   { "assay-chroma", build_chroma },
    { "assay-image", build_image }, { "assay-centroid", build_centroid },
    { "assay-mel", build_mel },     { "assay-spectrum", build_spectrum },
};

static void
append_stage(AssayJson *recipe, const char *tool, AssayJson *options)
{
    AssayJson *stage = assay_json_object();

    assay_json_set_string(stage, "tool", tool);
    assay_json_set_take(stage, "options", options);
    assay_json_append_take(recipe, stage);
}

AssayJson *
assay_recipe_from_stages(const AssayJson *stages)
{
    AssayJson *recipe = assay_json_array();

    for (size_t i = 0; stages != NULL && i < assay_json_size(stages); i++) {
        const AssayJson *stage = assay_json_nth(stages, i);
        const char *tool = assay_json_peek_string(assay_json_get(stage, "tool"));
        const AssayJson *options = assay_json_get(stage, "options");

        /* Without options it makes of a file the notes that any stage would find there. */
        if (g_strcmp0(tool, "assay-notes") == 0 && assay_json_size(options) == 0)
            continue;
        append_stage(recipe, tool != NULL ? tool : "unknown",
                     options != NULL ? assay_json_ref(options) : assay_json_object());
    }
    return recipe;
}

AssayJson *
assay_recipe_default(void)
{
    const AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    g_autoptr(AssayStage) roll = assay_roll_stage(&config);
    g_autoptr(AssayStage) chroma = assay_chroma_stage();
    AssayJson *recipe = assay_json_array();

    append_stage(recipe, roll->tool, assay_json_ref(roll->options));
    append_stage(recipe, chroma->tool, assay_json_ref(chroma->options));
    return recipe;
}

static char *
print_value(const AssayJson *value)
{
    GString *text = g_string_new(NULL);

    if (value == NULL)
        g_string_append(text, "not given");
    else if (assay_json_kind(value) == ASSAY_JSON_STRING)
        g_string_append(text, assay_json_peek_string(value));
    else
        assay_json_print(text, value);
    return g_string_free(text, FALSE);
}

static char *
stage_difference(const AssayJson *a, const AssayJson *b)
{
    const char *tool_a = assay_json_peek_string(assay_json_get(a, "tool"));
    const char *tool_b = assay_json_peek_string(assay_json_get(b, "tool"));
    const AssayJson *sides[] = { assay_json_get(a, "options"), assay_json_get(b, "options") };

    if (g_strcmp0(tool_a, tool_b) != 0)
        return g_strdup_printf("stage %s, not %s", tool_a != NULL ? tool_a : "none",
                               tool_b != NULL ? tool_b : "none");
    for (size_t side = 0; side < 2; side++) {
        g_autofree const char **keys = assay_json_keys(sides[side]);

        for (size_t i = 0; keys[i] != NULL; i++) {
            const AssayJson *x = assay_json_get(sides[0], keys[i]);
            const AssayJson *y = assay_json_get(sides[1], keys[i]);
            g_autofree char *left = print_value(x), *right = print_value(y);

            if (!assay_json_equal(x, y))
                return g_strdup_printf("%s --%s is %s, %s %s", tool_a, keys[i], left,
                                       y == NULL ? "elsewhere" : "not", right);
        }
    }
    return NULL;
}

char *
assay_recipe_difference(const AssayJson *a, const AssayJson *b)
{
    size_t n = MAX(assay_json_size(a), assay_json_size(b));

    for (size_t i = 0; i < n; i++) {
        char *difference = stage_difference(assay_json_nth(a, i), assay_json_nth(b, i));

        if (difference != NULL)
            return difference;
    }
    return NULL;
}

/* What files a recipe that begins with @first is for. */
static const AssayMedium *const *
media_of(const AssayStage *first)
{
    static const AssayMedium *const music[] = { &assay_midi_medium, NULL };
    static const AssayMedium *const sound[] = { &assay_sound_medium, NULL };
    const char *from = assay_json_peek_string(assay_json_get(first->options, "from"));

    if (strcmp(first->tool, "assay-mel") == 0 ||
        (strcmp(first->tool, "assay-chroma") == 0 && g_strcmp0(from, "audio") == 0))
        return sound;
    return strcmp(first->tool, "assay-image") == 0 ? assay_image_media : music;
}

void
assay_recipe_free(AssayRecipe *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; self->stages[i] != NULL; i++)
        assay_stage_free(self->stages[i]);
    g_free(self->stages);
    g_strfreev(self->array_axes);
    g_free(self);
}

/* How many stages go before what files are read by: what was played for a spec, recordings are
 * already. */
static size_t
count_played(const AssayJson *json)
{
    size_t n = assay_json_size(json);

    for (size_t i = 0; i + 1 < n; i++) {
        const AssayJson *tool = assay_json_get(assay_json_nth(json, i), "tool");

        if (g_strcmp0(assay_json_peek_string(tool), "assay-render") == 0)
            return i + 1;
    }
    return 0;
}

AssayRecipe *
assay_recipe_build(const AssayJson *json, const char *name, GError **error)
{
    g_autoptr(AssayRecipe) self = g_new0(AssayRecipe, 1);
    size_t n_played = count_played(json), n = assay_json_size(json) - n_played;

    self->stages = g_new0(AssayStage *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const AssayJson *stage = assay_json_nth(json, n_played + i);
        const char *tool = assay_json_peek_string(assay_json_get(stage, "tool"));

        for (size_t k = 0; k < G_N_ELEMENTS(converters) && self->stages[i] == NULL; k++) {
            if (g_strcmp0(tool, converters[k].tool) != 0)
                continue;
            self->stages[i] =
                converters[k].build(assay_json_get(stage, "options"), &self->array_axes, error);
            if (self->stages[i] == NULL) {
                g_prefix_error(error, "%s: recipe: %s: ", name, tool);
                return NULL;
            }
        }
        if (self->stages[i] == NULL) {
            g_set_error(
                error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                "%s: its recipe has a stage %s, which cannot be run on files; make a stream "
                "as the spec's was made, and give that",
                name, tool != NULL ? tool : "without a name");
            return NULL;
        }
    }
    if (n > 0)
        self->media = media_of(self->stages[0]);
    return g_steal_pointer(&self);
}

static gboolean
is_music(AssaySample *sample)
{
    const AssayArray *array =
        assay_sample_has(sample, "array") ? assay_sample_field(sample, "array", NULL) : NULL;

    return assay_sample_has(sample, "notes") || assay_sample_has(sample, "roll") ||
           assay_sample_has(sample, "chroma") ||
           (array != NULL && assay_array_axis(array, "time") >= 0 &&
            assay_array_axis(array, "pitch") >= 0);
}

static gboolean
is_picture(AssaySample *sample)
{
    const AssayArray *pixels =
        assay_sample_has(sample, "pixels") ? assay_sample_field(sample, "pixels", NULL) : NULL;

    return pixels != NULL && assay_array_axis(pixels, "row") >= 0 &&
           assay_array_axis(pixels, "column") >= 0;
}

/* What the decoder of a picture, or of many, leaves behind. */
static gboolean
is_raw_picture(AssaySample *sample)
{
    const AssayArray *array =
        assay_sample_has(sample, "array") ? assay_sample_field(sample, "array", NULL) : NULL;

    return array != NULL && assay_array_axis(array, "row") >= 0 &&
           assay_array_axis(array, "column") >= 0;
}

/* A file of sound, or sound that says at what rate it is. */
static gboolean
is_sound(AssaySample *sample)
{
    return assay_sample_content(sample) != NULL ||
           (assay_sample_has(sample, "audio") &&
            assay_json_get(assay_sample_field_meta(sample, "audio"), "rate_hz") != NULL &&
            !is_music(sample));
}

static gboolean
has_columns(AssaySample *sample)
{
    return is_picture(sample) || assay_sample_has(sample, "mel");
}

const AssayMedium *const assay_recipe_media[] = { &assay_midi_medium,  &assay_png_medium,
                                                  &assay_jpeg_medium,  &assay_pnm_medium,
                                                  &assay_sound_medium, NULL };

AssayRecipe *
assay_recipe_for_any(void)
{
    const AssayRollConfig roll = ASSAY_ROLL_CONFIG_DEFAULT;
    const AssayImageConfig image = ASSAY_IMAGE_CONFIG_DEFAULT;
    const AssayMelConfig mel = ASSAY_MEL_CONFIG_DEFAULT;
    const AssayCentroidConfig centroid = ASSAY_CENTROID_CONFIG_DEFAULT;
    AssayStage *const stages[] = { assay_roll_stage(&roll), assay_chroma_stage(),
                                   assay_image_stage(&image), assay_mel_stage(&mel, NULL),
                                   assay_centroid_stage(&centroid) };
    gboolean (*const fits[])(AssaySample * sample) = { is_music, is_music, is_raw_picture, is_sound,
                                                       has_columns };
    AssayRecipe *self = g_new0(AssayRecipe, 1);

    self->media = assay_recipe_media;
    self->stages = g_new0(AssayStage *, G_N_ELEMENTS(stages) + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
        self->stages[i] = stages[i];
        self->stages[i]->fits = fits[i];
    }
    return self;
}

void
assay_recipe_add_spectra(AssayRecipe *self)
{
    const AssaySpectrumConfig config = ASSAY_SPECTRUM_CONFIG_DEFAULT;
    size_t n = 0;

    while (self->stages[n] != NULL)
        n++;
    self->stages = g_renew(AssayStage *, self->stages, n + 2);
    self->stages[n] = assay_spectrum_stage(&config);
    self->stages[n]->fits = has_columns;
    self->stages[n + 1] = NULL;
}

void
assay_recipe_add_combs(AssayRecipe *self)
{
    size_t n = 0;

    while (self->stages[n] != NULL)
        n++;
    self->stages = g_renew(AssayStage *, self->stages, n + 2);
    memmove(self->stages + 1, self->stages, (n + 1) * sizeof self->stages[0]);
    self->stages[0] = assay_log_spectrum_stage();
    self->stages[0]->fits = is_sound;
}

void
assay_recipe_leave_out(AssayRecipe *self, const char *tool)
{
    size_t n = 0;

    for (size_t i = 0; self->stages[i] != NULL; i++) {
        if (strcmp(self->stages[i]->tool, tool) == 0)
            assay_stage_free(self->stages[i]);
        else
            self->stages[n++] = self->stages[i];
    }
    self->stages[n] = NULL;
}

char *
assay_recipe_command(const AssayJson *recipe)
{
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < assay_json_size(recipe); i++) {
        const AssayJson *stage = assay_json_nth(recipe, i);
        const AssayJson *options = assay_json_get(stage, "options");
        const char *tool = assay_json_peek_string(assay_json_get(stage, "tool"));
        g_autofree const char **keys = assay_json_keys(options);

        g_string_append_printf(out, "%s%s", i > 0 ? " | " : "", tool != NULL ? tool : "?");
        for (size_t k = 0; keys[k] != NULL; k++) {
            const char *value = assay_json_peek_string(assay_json_get(options, keys[k]));

            if (g_strcmp0(value, "no") == 0)
                continue;
            g_string_append_printf(out, " --%s", keys[k]);
            if (g_strcmp0(value, "yes") != 0)
                g_string_append_printf(out, "=%s", value != NULL ? value : "?");
        }
    }
    return g_string_free(out->len == 0 ? g_string_assign(out, "unknown") : out, FALSE);
}
