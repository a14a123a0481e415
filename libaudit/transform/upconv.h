/* transform/upconv.h - pictures reduced and brought back, as a generator makes them large.
 *
 * A generator ends in layers that enlarge, and these leave their mark in the high frequencies
 * (Ricard Durall, Margret Keuper, Janis Keuper, "Watch your Up-Convolution: CNN Based Generative
 * Deep Neural Networks are Failing to Reproduce Spectral Distributions", CVPR 2020, section 2.2):
 * zeros between the values with a convolution over them ("bed of nails", the transposed
 * convolution) leave too much, interpolation too little. Here real pictures go that way, and
 * nothing else is wrong with them: what tells these from real ones knows up-sampling when it sees
 * it.
 *
 * Reduced by F: a value is the mean of the F by F pixels that it stands for, or of as many as there
 * are at the right and lower edge. Brought back, of the reduced values v, one axis after the other;
 * what lies beyond the edge is as at the edge:
 *
 *   nearest        x(i) = v(floor(i / F))
 *   bilinear       x(i) between the two v whose centres are next to it; the centre of v(j) is at
 *                  j F + (F - 1) / 2
 *   bed-of-nails   v(j) stands at j F + floor((F - 1) / 2), all other places are 0, and x(i) is the
 *                  sum over the K places around i, times F / K: a kernel of equal weights that sum
 *                  to F along each axis, so that the mean stays. Where F does not divide K some
 *                  places have more nails in reach than others, which is the checkerboard.
 *
 * All is reckoned in double and rounded once, halves up; integers are clipped to 0 and full scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

typedef enum {
    ASSAY_UPCONV_NAILS,
    ASSAY_UPCONV_NEAREST,
    ASSAY_UPCONV_BILINEAR,
} AssayUpconvMethod;

/**
 * AssayUpconvConfig:
 * @field: (nullable): pictures, [item,] row, column [, channel]; without one "pixels"
 * @factor: 2 .. 64
 * @kernel: of a bed of nails: odd, 1 .. 63
 */
typedef struct {
    char *field;
    AssayUpconvMethod method;
    guint factor, kernel;
} AssayUpconvConfig;

#define ASSAY_UPCONV_CONFIG_DEFAULT                                                                \
    {                                                                                              \
        .factor = 2, .kernel = 3                                                                   \
    }

/**
 * assay_upconv_config_set:
 * @key: field, method, factor or kernel
 * @value: as typed: "pixels", "bed-of-nails", "2", "5"
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_upconv_config_set(AssayUpconvConfig *self, const char *key,
                                           const char *value,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_upconv_config_clear(AssayUpconvConfig *self);

/* The options to be recorded in a stream's head: (transfer full). */
ASSAY_API AssayJson *assay_upconv_options(const AssayUpconvConfig *self);

/**
 * assay_upconv_make:
 *
 * The pictures of @sample, each reduced and brought back: its name and the field with its metadata,
 * and nothing else. Any thread.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_FIELD where there is no such field, or its axes
 *     or its type are none of a picture's (u8, u16, f32, f64).
 */
ASSAY_API AssaySample *assay_upconv_make(const AssayUpconvConfig *config, AssaySample *sample,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
