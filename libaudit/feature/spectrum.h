/* feature/spectrum.h - the azimuthal profile of every item, as a field.
 *
 * Field "spectrum", [ring] or [item, ring], with channels apart [channel, ring] or [item, channel,
 * ring], float64: how strong each spatial frequency is, as image/profile.h has it. Colour is made
 * grey first, unless channels are wanted apart. What planes are, and what their full scale is, says
 * feature/planes.h; a spectrogram is a picture too. An item with a value that is not finite has
 * NaN in all rings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../image/profile.h"
#include "../stream/stage.h"
#include "planes.h"

G_BEGIN_DECLS

/**
 * AssaySpectrumConfig:
 * @field: (nullable): which, see assay_planes_field(); owned
 * @by_channel: whether colours are kept apart
 * @max_bytes: a limit for each field, and for the tables
 */
typedef struct {
    char *field;
    gboolean by_channel;
    AssayProfileConfig profile;
    size_t max_bytes;
} AssaySpectrumConfig;

#define ASSAY_SPECTRUM_CONFIG_DEFAULT                                                              \
    {                                                                                              \
        .max_bytes = ASSAY_MAX_SAMPLE                                                              \
    }

/**
 * assay_spectrum_config_set:
 * @key: field, channels, points, normalise or compat
 * @value: as typed: "pixels", "yes", "80", "minmax", "upconv"
 *
 * The one place where option texts are read, for programs and for recipes alike.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_spectrum_config_set(AssaySpectrumConfig *self, const char *key,
                                             const char *value,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_spectrum_config_clear(AssaySpectrumConfig *self);

/* The options as they are recorded, by their long names: (transfer full). */
ASSAY_API AssayJson *assay_spectrum_config_options(const AssaySpectrumConfig *self);

/**
 * assay_spectrum_stage:
 *
 * Returns: (transfer full): the stage "assay-spectrum": adds "spectrum". Its metadata name the
 *     field it is "of", the "unit", how many "rings" there are, what is "normalised", the
 *     "columns" (rings by number) where they are few; the spatial frequency of the first value and
 *     the step from one to the next, in cycles a pixel ("frequency_first", "frequency_step"); and
 *     they count "non_finite_items".
 */
ASSAY_API AssayStage *assay_spectrum_stage(const AssaySpectrumConfig *config);

/**
 * assay_spectrum_prepare:
 * @planes: open, or looked at where channels are apart
 * @profile: (inout): of planes of this size; made anew where it is of another, or %NULL
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE for planes that have no profile; @profile is then %NULL.
 */
ASSAY_API gboolean assay_spectrum_prepare(const AssaySpectrumConfig *config,
                                          const AssayPlanes *planes, AssayProfile **profile,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_spectrum_of_item:
 * @profile: as prepared
 * @item: from the first of @planes
 * @channel: 0 where there is one
 * @values: (out): assay_profile_length() values
 *
 * Returns: %FALSE where a value is not finite, with NaN for all @values.
 */
ASSAY_API gboolean assay_spectrum_of_item(AssayProfile *profile, const AssayPlanes *planes,
                                          size_t item, size_t channel, double *values);

G_END_DECLS
