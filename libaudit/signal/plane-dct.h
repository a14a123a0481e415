/* signal/plane-dct.h - the discrete cosine transform of a plane of real values, in double.
 *
 * DCT-II, orthonormal: with C(k, n) = cos(pi k (2 n + 1) / (2 N)) sqrt(2 / N), which for k = 0 is
 * sqrt(1 / N), X[v, u] = sum over y, x of plane[y, x] C(v, y) C(u, x).
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

#define ASSAY_PLANE_DCT_MAX_SIDE 65536

typedef struct AssayPlaneDct AssayPlaneDct;

/**
 * assay_plane_dct_new:
 * @max_bytes: what its tables may take
 *
 * Returns: (transfer full): for one thread at a time; may be made and freed in any. %NULL with
 *     %ASSAY_ERROR_RANGE for a side of 0 or of more than ASSAY_PLANE_DCT_MAX_SIDE, and where there
 *     is no memory.
 */
ASSAY_API AssayPlaneDct *assay_plane_dct_new(size_t height, size_t width, size_t max_bytes,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_plane_dct_free(AssayPlaneDct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayPlaneDct, assay_plane_dct_free)

/* The plane to be transformed, [height, width]; its transform takes its place. */
ASSAY_API double *assay_plane_dct_values(AssayPlaneDct *self);
ASSAY_API void assay_plane_dct_run(AssayPlaneDct *self);

G_END_DECLS
