/* signal/plane-fft.h - the discrete Fourier transform of a plane of real values, in double.
 *
 * X[u, v] = sum over x, y of plane[y, x] exp(-2 pi i (u x / width + v y / height)). Of a real plane
 * X[-u, -v] is the conjugate of X[u, v], so columns u = 0 .. width / 2 say all.
 *
 * Stands on: FFTW (double precision), by signal/fftw-private.h. The same bits come out on every run
 * on the same kind of processor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

#define ASSAY_PLANE_FFT_MAX_SIDE 65536

typedef struct AssayPlaneFft AssayPlaneFft;

/**
 * AssayPlaneRow:
 * @row: (out): the values of row @y
 */
typedef void (*AssayPlaneRow)(gpointer data, size_t y, double *row);

/**
 * AssayPlaneColumn:
 * @u: which column, 0 .. width / 2, each once, in an order that depends on the size alone
 * @powers: |X[u, 0] + epsilon|^2, |X[u, 1] + epsilon|^2 .. |X[u, height - 1] + epsilon|^2; may be
 *     changed
 */
typedef void (*AssayPlaneColumn)(gpointer data, size_t u, double *powers);

/**
 * assay_plane_fft_new:
 * @max_bytes: what its tables may take
 *
 * Returns: (transfer full): for one thread at a time; may be made and freed in any. %NULL with
 *     %ASSAY_ERROR_RANGE for a side of 0 or of more than ASSAY_PLANE_FFT_MAX_SIDE, and where there
 *     is no memory.
 */
ASSAY_API AssayPlaneFft *assay_plane_fft_new(size_t width, size_t height, size_t max_bytes,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_plane_fft_free(AssayPlaneFft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayPlaneFft, assay_plane_fft_free)

/**
 * assay_plane_fft_run:
 * @epsilon: what is added to each coefficient, mostly 0
 *
 * Asks for the plane row by row, and tells the powers of its transform column by column.
 */
ASSAY_API void assay_plane_fft_run(AssayPlaneFft *self, double epsilon, AssayPlaneRow row,
                                   AssayPlaneColumn column, gpointer data);

/**
 * assay_plane_powers:
 * @values: (array length=n): coefficients, each a real and an imaginary part
 * @powers: (out) (array length=n): |X + epsilon|^2, as assay_plane_fft_run() tells them
 */
ASSAY_API void assay_plane_powers(const double *values, size_t n, double epsilon, double *powers);

/**
 * assay_plane_fft_forward:
 * @pitch: (out): coefficients from row to row
 *
 * The transform as a whole, to be changed and taken back: X[u, v] stands at v @pitch + u, a real
 * and an imaginary part, u up to width / 2.
 *
 * Returns: (transfer none): until the next call
 */
ASSAY_API double *assay_plane_fft_forward(AssayPlaneFft *self, AssayPlaneRow row, gpointer data,
                                          size_t *pitch);

/**
 * assay_plane_fft_back:
 * @row: gets the values of row @y, in order, which it may change
 *
 * Of what assay_plane_fft_forward() returned: the sum over all u, v of
 * X[u, v] exp(2 pi i (u x / width + v y / height)), which is width height times the plane; as the
 * coefficients -u, -v those of u, v are taken, conjugate.
 */
ASSAY_API void assay_plane_fft_back(AssayPlaneFft *self, AssayPlaneRow row, gpointer data);

G_END_DECLS
