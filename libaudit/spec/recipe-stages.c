/* spec/recipe-stages.c - the stages of a recipe: the table of converters that can be run
 * in-process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../feature/centroid.h"
#include "../feature/chroma.h"
#include "../feature/spectrum.h"
#include "../image/image.h"
#include "../media/notes.h"
#include "../media/picture.h"
#include "../media/sound.h"
#include "../signal/mel.h"
#include "../signal/roll.h"
#include "recipe.h"

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayRollConfig, assay_roll_config_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayImageConfig, assay_image_config_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayCentroidConfig, assay_centroid_config_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssaySpectrumConfig, assay_spectrum_config_clear)

/* Sets one option of a config of whatever type it is for. */
typedef gboolean (*Setter)(gpointer config, const char *key, const char *value, GError **error);

/* Sets in @config what @options say. */
static gboolean
read_options(const AssayJson *options, Setter set, gpointer config, GError **error)
{
    g_autofree const char **keys = assay_json_keys(options);

    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *value = assay_json_peek_string(assay_json_get(options, keys[i]));

        if (value == NULL) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "option %s is no string", keys[i]);
            return FALSE;
        }
        if (!set(config, keys[i], value, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
set_roll(gpointer config, const char *key, const char *value, GError **error)
{
    return assay_roll_config_set(config, key, value, error);
}

static AssayStage *
build_roll(const AssayJson *options, GError **error)
{
    g_auto(AssayRollConfig) config = ASSAY_ROLL_CONFIG_DEFAULT;

    if (!read_options(options, set_roll, &config, error))
        return NULL;
    return assay_roll_stage(&config);
}

static gboolean
set_chroma(gpointer config, const char *key, const char *value, GError **error)
{
    return assay_chroma_config_set(config, key, value, error);
}

static AssayStage *
build_chroma(const AssayJson *options, GError **error)
{
    AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;

    config.origin = ASSAY_CHROMA_ROLL;
    if (!read_options(options, set_chroma, &config, error) ||
        !assay_chroma_config_check(&config, error))
        return NULL;
    return assay_chroma_stage_of(&config);
}

static gboolean
set_image(gpointer config, const char *key, const char *value, GError **error)
{
    return assay_image_config_set(config, key, value, error);
}

static AssayStage *
build_image(const AssayJson *options, GError **error)
{
    g_auto(AssayImageConfig) config = ASSAY_IMAGE_CONFIG_DEFAULT;

    if (!read_options(options, set_image, &config, error))
        return NULL;
    return assay_image_stage(&config);
}

static gboolean
set_centroid(gpointer config, const char *key, const char *value, GError **error)
{
    return assay_centroid_config_set(config, key, value, error);
}

static AssayStage *
build_centroid(const AssayJson *options, GError **error)
{
    g_auto(AssayCentroidConfig) config = ASSAY_CENTROID_CONFIG_DEFAULT;

    if (!read_options(options, set_centroid, &config, error))
        return NULL;
    return assay_centroid_stage(&config);
}

static gboolean
set_mel(gpointer config, const char *key, const char *value, GError **error)
{
    return assay_mel_config_set(config, key, value, error);
}

static AssayStage *
build_mel(const AssayJson *options, GError **error)
{
    AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;

    if (!read_options(options, set_mel, &config, error))
        return NULL;
    return assay_mel_stage(&config, error);
}

static gboolean
set_spectrum(gpointer config, const char *key, const char *value, GError **error)
{
    return assay_spectrum_config_set(config, key, value, error);
}

static AssayStage *
build_spectrum(const AssayJson *options, GError **error)
{
    g_auto(AssaySpectrumConfig) config = ASSAY_SPECTRUM_CONFIG_DEFAULT;

    if (!read_options(options, set_spectrum, &config, error))
        return NULL;
    return assay_spectrum_stage(&config);
}

/* What makes a stage of options as they were recorded. */
typedef struct {
    const char *tool;
    AssayStage *(*build)(const AssayJson *options, GError **error);
} Converter;

static const Converter converters[] = {
    { "assay-roll", build_roll },   { "assay-chroma", build_chroma },
    { "assay-image", build_image }, { "assay-centroid", build_centroid },
    { "assay-mel", build_mel },     { "assay-spectrum", build_spectrum },
};

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

/* The axes that a stage names for arrays, or NULL. Only a roll records them: for an image they do
 * not shape the result. */
static char **
axes_of(const AssayStage *stage)
{
    const char *axes = assay_json_peek_string(assay_json_get(stage->options, "axes"));

    return axes != NULL ? g_strsplit(axes, ",", -1) : NULL;
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

static const Converter *
find_converter(const char *tool)
{
    for (size_t i = 0; i < G_N_ELEMENTS(converters); i++) {
        if (g_strcmp0(tool, converters[i].tool) == 0)
            return &converters[i];
    }
    return NULL;
}

/* The stage of one entry of the recipe of @name. */
static AssayStage *
build_stage(const AssayJson *entry, const char *name, GError **error)
{
    const char *tool = assay_json_peek_string(assay_json_get(entry, "tool"));
    const Converter *converter = find_converter(tool);
    AssayStage *stage;

    if (converter == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s: its recipe has a stage %s, which cannot be run on files; make a stream "
                    "as the spec's was made, and give that",
                    name, tool != NULL ? tool : "without a name");
        return NULL;
    }
    stage = converter->build(assay_json_get(entry, "options"), error);
    if (stage == NULL)
        g_prefix_error(error, "%s: recipe: %s: ", name, tool);
    return stage;
}

AssayRecipe *
assay_recipe_build(const AssayJson *json, const char *name, GError **error)
{
    g_autoptr(AssayRecipe) self = g_new0(AssayRecipe, 1);
    size_t n_played = count_played(json), n = assay_json_size(json) - n_played;

    self->stages = g_new0(AssayStage *, n + 1);
    for (size_t i = 0; i < n; i++) {
        self->stages[i] = build_stage(assay_json_nth(json, n_played + i), name, error);
        if (self->stages[i] == NULL)
            return NULL;
        if (self->array_axes == NULL)
            self->array_axes = axes_of(self->stages[i]);
    }
    if (n > 0)
        self->media = media_of(self->stages[0]);
    return g_steal_pointer(&self);
}
