/* image/residual.h - what a median filter takes away from a plane: noise, edges, and the traces of
 * up-sampling.
 *
 * The residual of a value is the value less the median of the 5 x 5 values around it, with its
 * sign. Beyond its border a plane goes on as its outermost values, as in OpenCV's medianBlur, which
 * the authors of CNNDetection filter with (Sheng-Yu Wang et al., "CNN-generated images are
 * surprisingly easy to spot... for now", CVPR 2020, and issue 21 of their program); SciPy calls
 * that "nearest".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"

G_BEGIN_DECLS

typedef struct AssayResidual AssayResidual;

/* Whether there are residuals of planes of @type: of u8, u16, f32 and f64. */
ASSAY_API gboolean assay_residual_takes(AssayType type);

/**
 * assay_residual_new:
 * @type: one of those
 * @width: values of a row, at least 1
 *
 * Returns: (transfer full): for one thread at a time; %NULL with %ASSAY_ERROR_RANGE without memory.
 */
ASSAY_API AssayResidual *assay_residual_new(AssayType type, size_t width,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_residual_free(AssayResidual *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayResidual, assay_residual_free)

/**
 * assay_residual_row:
 * @plane: @height rows of width values, none of which is NaN
 * @y: which row
 * @residual: (out): width values: exact of u8 and u16, and of floats a difference of two of them
 */
ASSAY_API void assay_residual_row(AssayResidual *self, const void *plane, size_t height, size_t y,
                                  double *residual);

G_END_DECLS
