/* signal/stft.h - power spectra of overlapping frames, block by block.
 *
 * Stands on: signal/fft.h.
 * Frame t covers the window's length of samples from t * hop on, or is centred on sample t * hop,
 * where the signal is silent beyond its ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * AssayWindowShape:
 * @ASSAY_WINDOW_HANN: (1 - cos(2 pi j / N)) / 2, periodic
 * @ASSAY_WINDOW_HAMMING: 0.54 - 0.46 cos(2 pi j / (N - 1)), as in HTK
 * @ASSAY_WINDOW_POVEY: ((1 - cos(2 pi j / (N - 1))) / 2)^0.85, as in Kaldi
 */
typedef enum {
    ASSAY_WINDOW_HANN,
    ASSAY_WINDOW_HAMMING,
    ASSAY_WINDOW_POVEY,
} AssayWindowShape;

/**
 * AssayStftConfig:
 * @window: samples of a frame, 1 .. @fft
 * @fft: samples of a transform, 2 .. ASSAY_FFT_MAX; a frame is filled up with zeros
 * @hop: samples from frame to frame, at least 1
 * @is_centred: whether frame t is centred on sample t * hop, with 1 + (N + 2 (fft / 2) - fft) / hop
 *     frames of N samples; else only frames are taken that lie within the signal, 1 + (N - window)
 *     / hop of them
 * @removes_mean: whether each frame is taken without its mean
 * @preemphasis: by which each sample of a frame is lessened by the one before it, the first by
 *     itself; 0 .. 1
 * @full_scale: by which samples are multiplied
 * @is_magnitude: |X| instead of |X|^2
 */
typedef struct {
    size_t window, fft, hop;
    AssayWindowShape shape;
    gboolean is_centred, removes_mean, is_magnitude;
    double preemphasis, full_scale;
} AssayStftConfig;

typedef struct AssayStft AssayStft;

/**
 * AssayStftSink:
 * @spectra: [n, fft / 2 + 1], a row every assay_stft_stride() values; the values behind a row are
 * 0; valid until it returns
 */
typedef gboolean (*AssayStftSink)(gpointer user, const float *spectra, size_t n, GError **error);

ASSAY_API AssayStft *assay_stft_new(const AssayStftConfig *config, AssayStftSink sink,
                                    gpointer user) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_stft_free(AssayStft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayStft, assay_stft_free)

ASSAY_API size_t assay_stft_stride(const AssayStft *self);

/* Another signal: nothing is left of one that was given up before its end. */
ASSAY_API void assay_stft_begin(AssayStft *self);

/* The next @n samples of the signal; spectra that are ready go to the sink. */
ASSAY_API gboolean assay_stft_push(AssayStft *self, const float *samples, size_t n,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The end of the signal; the rest goes to the sink, and another signal may begin. */
ASSAY_API gboolean assay_stft_finish(AssayStft *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
