/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planes-maker.h"

#include "../image/image.h"
#include "../signal/mel.h"

typedef struct {
    AssayStage *image, *mel;
} Makers;

static gboolean
make(const AssayStage *stage, gpointer state, AssaySample *sample, GError **error)
{
    const Makers *makers = stage->config;
    g_autofree const char **fields = assay_sample_fields(sample);
    const AssayStage *maker = NULL;

    if (assay_sample_content(sample) != NULL)
        maker = makers->mel;
    else if (fields[0] == NULL ||
             (assay_sample_has(sample, "array") && !assay_sample_has(sample, "pixels")))
        maker = makers->image;
    if (maker == NULL)
        return TRUE;
    if (!maker->apply(maker, maker == makers->mel ? state : NULL, sample, error))
        return FALSE;
    assay_stage_note(maker, sample);
    return TRUE;
}

static gpointer
new_state(const AssayStage *stage)
{
    const Makers *makers = stage->config;

    return makers->mel->state_new(makers->mel);
}

static void
free_makers(gpointer data)
{
    Makers *makers = data;

    assay_stage_free(makers->image);
    assay_stage_free(makers->mel);
    g_free(makers);
}

AssayStage *
assay_planes_maker(size_t max_bytes)
{
    AssayImageConfig image = ASSAY_IMAGE_CONFIG_DEFAULT;
    const AssayMelConfig mel = ASSAY_MEL_CONFIG_DEFAULT;
    Makers *makers = g_new0(Makers, 1);
    AssayStage *stage = g_new0(AssayStage, 1);

    image.max_bytes = max_bytes;
    makers->image = assay_image_stage(&image);
    makers->mel = assay_mel_stage(&mel, NULL);
    stage->field = "";
    stage->apply = make;
    stage->state_new = new_state;
    stage->state_free = makers->mel->state_free;
    stage->config = makers;
    stage->config_free = free_makers;
    return stage;
}
