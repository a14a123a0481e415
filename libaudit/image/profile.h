/* image/profile.h - the azimuthal profile of a picture: how strong each spatial frequency is,
 * whatever its direction.
 *
 * X is the discrete Fourier transform of the values over full scale (signal/plane-fft.h), u and v
 * its signed frequencies. With M the longer side, bin (u, v) lies at the radius
 * r = sqrt((u M / width)^2 + (v M / height)^2), which is in cycles along the longer side, and
 * belongs to ring k, the whole number next to r (halves go up). No ring is left out: 0 is the mean
 * alone, and the last one is in the corners. The value of a ring is its mean power in dB,
 * 10 log10(mean of |X|^2 / (width height)), so white noise of variance s^2 has 10 log10(s^2) in all
 * rings, at any size. Nothing is below ASSAY_PROFILE_FLOOR_DB, where there is but rounding.
 *
 * As UpConv and DeepFakeDetection have it (Ricard Durall, Margret Keuper, Janis Keuper, "Watch your
 * Up-Convolution: CNN Based Generative Deep Neural Networks are Failing to Reproduce Spectral
 * Distributions", CVPR 2020): X is of the values as they are, 10^-8 is added to it, a bin's value
 * is 20 ln|X|, a ring's their mean. The centre is ((width - 1) / 2, (height - 1) / 2) of the
 * shifted plane, half a bin beside frequency 0 of even sides; a ring is a radius in bins, without
 * its fraction; the first ring and the last are left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../signal/plane-fft.h"

G_BEGIN_DECLS

#define ASSAY_PROFILE_FLOOR_DB (-200.)
#define ASSAY_PROFILE_MAX_POINTS 65536

/**
 * AssayProfileScale:
 * @ASSAY_PROFILE_AS_IT_IS: nothing is done
 * @ASSAY_PROFILE_TO_FIRST: in relation to the first value: dB less the dB of the first; divided by
 *     the first as UpConv has it
 * @ASSAY_PROFILE_TO_RANGE: from 0, the lowest value, to 1, the highest; all 0 where these are equal
 *
 * What is done to a profile at last, once it has its number of points.
 */
typedef enum {
    ASSAY_PROFILE_AS_IT_IS,
    ASSAY_PROFILE_TO_FIRST,
    ASSAY_PROFILE_TO_RANGE,
} AssayProfileScale;

/**
 * AssayProfileConfig:
 * @points: how many values, by image/spline.h; 0: one a ring
 * @upconv: whether it is done as there
 */
typedef struct {
    AssayProfileScale scale;
    guint points;
    gboolean upconv;
} AssayProfileConfig;

typedef struct AssayProfile AssayProfile;

/**
 * assay_profile_new:
 * @max_bytes: what its tables may take
 *
 * What makes profiles of planes of one size.
 *
 * Returns: (transfer full): for one thread at a time; may be made and freed in any. %NULL with
 *     %ASSAY_ERROR_RANGE for a size that has no profile, or too large a one.
 */
ASSAY_API AssayProfile *assay_profile_new(const AssayProfileConfig *config, size_t width,
                                          size_t height, size_t max_bytes,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_profile_free(AssayProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayProfile, assay_profile_free)

/* Whether it is for such planes. */
ASSAY_API gboolean assay_profile_is_for(const AssayProfile *self, const AssayProfileConfig *config,
                                        size_t width, size_t height);

ASSAY_API size_t assay_profile_n_rings(const AssayProfile *self);

/* How many values a profile has: its points, or its rings. */
ASSAY_API size_t assay_profile_length(const AssayProfile *self);

/**
 * assay_profile_of:
 * @row: asked for the rows of the plane, one after another
 * @full_scale: the value that stands for 1; of no account where it is done as UpConv has it
 * @values: (out): assay_profile_length() values
 *
 * Returns: %FALSE, and NaN in all @values, where a value is not finite, or so large that its power
 *     is not.
 */
ASSAY_API gboolean assay_profile_of(AssayProfile *self, AssayPlaneRow row, gpointer data,
                                    double full_scale, double *values);

G_END_DECLS
