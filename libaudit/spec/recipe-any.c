/* spec/recipe-any.c - what kind a sample is of, and the stages by which samples of any kind are
 * read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../feature/centroid.h"
#include "../feature/chroma.h"
#include "../feature/spectrum.h"
#include "../image/image.h"
#include "../media/notes.h"
#include "../media/picture.h"
#include "../media/sound.h"
#include "../signal/log-spectrum.h"
#include "../signal/mel.h"
#include "../signal/roll.h"
#include "recipe.h"

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
