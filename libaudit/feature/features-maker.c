/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "features-maker.h"

#include "../image/image.h"
#include "../signal/log-spectrum.h"
#include "../signal/mel.h"
#include "../signal/roll.h"

enum { COMBS = 1u << ASSAY_FEATURES_COMB };

typedef struct {
    const AssayFeaturesConfig *config;
    AssayStage *image, *roll, *mel, *log_spectrum;
} Makers;

typedef struct {
    const Makers *makers;
    gpointer mel, log_spectrum;
} State;

/* A file of sound, or audio that was no music before. */
static gboolean
wants_combs(const AssayFeaturesConfig *config, const AssaySample *sample)
{
    gboolean is_asked = (config->groups & COMBS) != 0;

    if (config->centroid.field != NULL || assay_sample_has(sample, "log_spectrum"))
        return FALSE;
    if (assay_sample_content(sample) != NULL)
        return config->groups == 0 || is_asked;
    return assay_sample_has(sample, "audio") &&
           (is_asked || (config->groups == 0 && !assay_sample_has(sample, "notes") &&
                         !assay_sample_has(sample, "roll")));
}

static gboolean
can_make_features(const AssayFeaturesConfig *config, const AssaySample *sample)
{
    for (size_t k = 0; k < ASSAY_N_FEATURE_GROUPS; k++) {
        if (assay_feature_types[k].can_make(sample, config->centroid.field))
            return TRUE;
    }
    return FALSE;
}

static gboolean
make_field(const Makers *makers, const State *state, AssaySample *sample, GError **error)
{
    g_autofree const char **fields = assay_sample_fields(sample);

    if (assay_sample_content(sample) != NULL)
        return makers->config->groups == COMBS ||
               makers->mel->apply(makers->mel, state->mel, sample, error);
    if (can_make_features(makers->config, sample))
        return TRUE;
    if (assay_sample_has(sample, "notes"))
        return makers->roll->apply(makers->roll, NULL, sample, error);
    if (assay_sample_has(sample, "array") || fields[0] == NULL)
        return makers->image->apply(makers->image, NULL, sample, error);
    return TRUE; /* and it will be said what it lacks */
}

/* Sound is heard for combs before anything else reads it. */
static gboolean
make(const AssayStage *stage, gpointer user, AssaySample *sample, GError **error)
{
    const Makers *makers = stage->config;
    const State *state = user;
    const AssayStage *listener = makers->log_spectrum;

    if (wants_combs(makers->config, sample) &&
        !listener->apply(listener, state->log_spectrum, sample, error))
        return FALSE;
    return make_field(makers, state, sample, error);
}

static gpointer
new_state(const AssayStage *stage)
{
    const Makers *makers = stage->config;
    State *state = g_new0(State, 1);

    state->makers = makers;
    state->mel = makers->mel->state_new(makers->mel);
    state->log_spectrum = makers->log_spectrum->state_new(makers->log_spectrum);
    return state;
}

static void
free_state(gpointer data)
{
    State *state = data;

    state->makers->mel->state_free(state->mel);
    state->makers->log_spectrum->state_free(state->log_spectrum);
    g_free(state);
}

static void
free_makers(gpointer data)
{
    Makers *makers = data;

    assay_stage_free(makers->image);
    assay_stage_free(makers->roll);
    assay_stage_free(makers->mel);
    assay_stage_free(makers->log_spectrum);
    g_free(makers);
}

AssayStage *
assay_features_maker(const AssayFeaturesConfig *config)
{
    const AssayImageConfig image = ASSAY_IMAGE_CONFIG_DEFAULT;
    const AssayRollConfig roll = ASSAY_ROLL_CONFIG_DEFAULT;
    const AssayMelConfig mel = ASSAY_MEL_CONFIG_DEFAULT;
    Makers *makers = g_new0(Makers, 1);
    AssayStage *stage = g_new0(AssayStage, 1);

    makers->config = config;
    makers->image = assay_image_stage(&image);
    makers->roll = assay_roll_stage(&roll);
    makers->mel = assay_mel_stage(&mel, NULL);
    makers->log_spectrum = assay_log_spectrum_stage();
    stage->field = "";
    stage->apply = make;
    stage->state_new = new_state;
    stage->state_free = free_state;
    stage->config = makers;
    stage->config_free = free_makers;
    return stage;
}
