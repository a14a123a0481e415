/* signal/fft.h - the power spectrum of a real frame, in single precision.
 *
 * Stands on: FFTW (single precision), by signal/fftw-private.h. The same bits come out on every
 * run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

#define ASSAY_FFT_MAX ((size_t)1 << 20)

/* Room behind the values of a spectrum, so that it can be gone through in steps of so many. */
#define ASSAY_FFT_PADDING 8

typedef struct AssayFft AssayFft;

/**
 * assay_fft_new:
 * @n: samples of a frame, 2 .. ASSAY_FFT_MAX
 *
 * Returns: (transfer full): for one thread at a time; may be made and freed in any.
 */
ASSAY_API AssayFft *assay_fft_new(size_t n) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_fft_free(AssayFft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayFft, assay_fft_free)

/**
 * assay_fft_power:
 * @frame: (array length=length): of at most n samples; the rest is zeros
 * @window: (array length=length): by which they are multiplied
 * @power: (out): n / 2 + 1 values |X[k]|^2, X[k] = sum of x[j] exp(-2 pi i j k / n)
 */
ASSAY_API void assay_fft_power(AssayFft *self, const float *frame, const float *window,
                               size_t length, float *power);

G_END_DECLS
