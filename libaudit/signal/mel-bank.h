/* signal/mel-bank.h - mel bands of a power spectrum.
 *
 * Band m of N is a triangle from edge m over edge m + 1 to edge m + 2 of N + 2 edges, evenly spaced
 * on the mel scale. Scales:
 *   Slaney: linear, 200/3 Hz a mel, below 1 kHz; above it 15 + 27 ln(f / 1000) / ln 6.4 (M. Slaney,
 *     Auditory Toolbox, 1998); librosa's default.
 *   HTK: 2595 log10(1 + f / 700) (Young et al., The HTK Book); Kaldi's is the same up to a factor.
 * Triangles are straight over frequency (librosa) or over mel (HTK, Kaldi), 1 at the top; of equal
 * area where they are scaled by 2 / (f[m + 2] - f[m]).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

typedef enum {
    ASSAY_MEL_SLANEY,
    ASSAY_MEL_HTK,
} AssayMelScale;

/**
 * AssayMelBankConfig:
 * @n_mels: bands, at least 1
 * @fmin_hz, @fmax_hz: the lowest and the highest edge, 0 <= fmin < fmax <= rate / 2
 * @is_area: whether the triangles are of equal area
 * @is_straight_in_mel: whether they are straight over mel
 */
typedef struct {
    size_t n_mels;
    double fmin_hz, fmax_hz;
    AssayMelScale scale;
    gboolean is_area, is_straight_in_mel;
} AssayMelBankConfig;

ASSAY_API double assay_mel_from_hz(AssayMelScale scale, double hz);
ASSAY_API double assay_mel_to_hz(AssayMelScale scale, double mel);

typedef struct AssayMelBank AssayMelBank;

/**
 * assay_mel_bank_new:
 * @rate_hz: of the signal
 * @n_fft: samples of a transform: bin k is at k * rate / n_fft
 */
ASSAY_API AssayMelBank *assay_mel_bank_new(const AssayMelBankConfig *config, double rate_hz,
                                           size_t n_fft) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_mel_bank_free(AssayMelBank *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayMelBank, assay_mel_bank_free)

/* Bands so narrow that no bin is in them: they are always 0. */
ASSAY_API size_t assay_mel_bank_n_empty(const AssayMelBank *self);

/* The weight of bin @k in band @m. */
ASSAY_API double assay_mel_bank_weight(const AssayMelBank *self, size_t m, size_t k);

/**
 * assay_mel_bank_apply:
 * @spectrum: n_fft / 2 + 1 values, and ASSAY_FFT_PADDING zeros behind them
 * @mels: (out): n_mels values; sums are in lanes of a fixed number, so equal on any processor
 */
ASSAY_API void assay_mel_bank_apply(const AssayMelBank *self, const float *spectrum, float *mels);

G_END_DECLS
