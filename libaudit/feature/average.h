/* feature/average.h - what the spectra of many pictures have in common.
 *
 * Stands on: feature/planes.h, image/residual.h, signal/plane-fft.h, signal/plane-dct.h.
 * Pictures are grey (feature/planes.h), spectrograms and rolls as they are; values are in levels of
 * 255, value 255 / full scale.
 *
 * The average of residuals (image/residual.h), F the transform of one:
 *   incoherent  mean of ln(|F| + 10^-6): lines and points that every picture has, wherever it has
 *               them;
 *   coherent    ln(|mean of F| + 10^-6): what lies at the same place in every picture, as the
 *               authors of CNNDetection drew it (issue 21 of their program). What does not goes as
 *               1 / sqrt(n), so it takes ten times as many pictures to see as much.
 * Frequency 0 is in the middle, at index height / 2, width / 2, as NumPy's fftshift has it.
 *
 * Of a sound, where it has a "log_spectrum" (signal/log-spectrum.h), the incoherent average is the
 * mean of that: lines that every sound has, in which combs are looked for.
 *
 * Cosine statistics (Joel Frank et al., "Leveraging Frequency Analysis for Deep Fake Image
 * Recognition", ICML 2020, and their program GANDCTAnalysis): mean and standard deviation over
 * pictures of ln(|X| + 10^-12), X the orthonormal DCT-II of the values themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../image/plane-moments.h"
#include "planes.h"

G_BEGIN_DECLS

typedef enum {
    ASSAY_AVERAGE_INCOHERENT,
    ASSAY_AVERAGE_COHERENT,
    ASSAY_AVERAGE_COSINE,
} AssayAverageKind;

/**
 * AssayAverageConfig:
 * @field: (nullable): of which field; to outlive all that is made by it
 * @max_bytes: what a sum, and the tables of a thread, may take
 */
typedef struct {
    AssayAverageKind kind;
    const char *field;
    size_t max_bytes;
} AssayAverageConfig;

/**
 * AssayAverageSum:
 * @height, @width: of the pictures
 * @axes: their names; of sounds "bin" alone, and the height is 1
 * @rate_hz: of sounds that say it; else 0
 * @moments: of what is averaged: half a spectrum [width / 2 + 1, height], residuals or cosine
 *     coefficients [height, width]
 */
typedef struct {
    AssayAverageKind kind;
    size_t height, width;
    char *axes[2];
    guint rate_hz;
    AssayPlaneMoments *moments;
} AssayAverageSum;

/* What makes sums: tables for as many threads as ask at a time. */
typedef struct AssayAverager AssayAverager;

ASSAY_API AssayAverager *
assay_averager_new(const AssayAverageConfig *config) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_averager_free(AssayAverager *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayAverager, assay_averager_free)

/**
 * assay_averager_sum:
 * @self: of any thread
 *
 * Returns: (transfer full): over the items of @sample; %NULL as assay_planes_open(), with
 *     %ASSAY_ERROR_FIELD where there is no item, with %ASSAY_ERROR_RANGE for a value that is not
 *     finite or beyond 10^100, for a size that has no spectrum, and without memory.
 */
ASSAY_API AssayAverageSum *assay_averager_sum(AssayAverager *self, AssaySample *sample,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API void assay_average_sum_free(AssayAverageSum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayAverageSum, assay_average_sum_free)

/**
 * assay_average_sum_merge:
 * @name: whose sum @other is
 *
 * Adds @other, which comes behind: equal sums in equal order give the same bits.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE for pictures of another size, sounds of another rate, or
 *     one beside the other.
 */
ASSAY_API gboolean assay_average_sum_merge(AssayAverageSum *self, const AssayAverageSum *other,
                                           const char *name,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): a sum of nothing yet, of the same kind and size as @like; %NULL with
 * %ASSAY_ERROR_RANGE. */
ASSAY_API AssayAverageSum *assay_average_sum_new_like(const AssayAverageSum *like,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_average_sum_finish:
 *
 * Returns: (transfer full): the average, [height, width], or [bin] of sounds, float64, axes named:
 * a spectrum with frequency 0 in the middle, or the mean of cosine coefficients; %NULL with
 * %ASSAY_ERROR_RANGE.
 */
ASSAY_API AssayArray *assay_average_sum_finish(const AssayAverageSum *self, size_t max_bytes,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The standard deviations of cosine coefficients, (divided by n), likewise. */
ASSAY_API AssayArray *assay_average_sum_deviation(const AssayAverageSum *self, size_t max_bytes,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_average_sum_difference:
 * @name: whose sum @self is
 *
 * Returns: (transfer full): the mean of @self less that of @other, likewise; %NULL with
 *     %ASSAY_ERROR_RANGE, also where the two are not of one size.
 */
ASSAY_API AssayArray *assay_average_sum_difference(const AssayAverageSum *self,
                                                   const AssayAverageSum *other, const char *name,
                                                   size_t max_bytes,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
