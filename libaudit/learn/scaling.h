/* learn/scaling.h - rows of features as what a detector sees: comparable numbers, none missing.
 *
 * A column that has the same value in all items that are learnt from, or none, is left out (not
 * scaled, the constant ones stay: a polynomial kernel makes something of them). A
 * missing value becomes the median of those that are there. A value becomes z = (value - mean) /
 * standard deviation (divided by n), at most ASSAY_SCALING_MOST either way, so that one wild value
 * does not outweigh everything.
 *
 * Two-sided, it has a second input: how far it is from the middle, |z|, itself made z over the
 * items, and ASSAY_SCALING_DISTANCE of it. A rule that is linear in z alone has a direction: learnt
 * from generators that are noisier than real pictures, it calls those that are smoother than real
 * pictures more real than real. |z| says that either is far from the middle.
 *
 * Nothing here looks at labels, so that labels can be permuted without making it anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "examples.h"

G_BEGIN_DECLS

#define ASSAY_SCALING_MOST 10
#define ASSAY_SCALING_DISTANCE 0.5

/**
 * AssayScaling:
 * @n_columns: of the items
 * @n_kept: of these, those that are used
 * @kept: which; ascending
 * @fill, @centre, @scale: of each that is kept: what stands for a missing value; value becomes
 *     (value - centre) / scale. Not scaled, these are 0 and 1, and nothing is cut off.
 * @distance_centre, @distance_scale: the same of |z|, where it is two-sided
 */
typedef struct {
    size_t n_columns, n_kept;
    gboolean is_scaled, is_two_sided;
    size_t *kept;
    double *fill, *centre, *scale, *distance_centre, *distance_scale;
} AssayScaling;

/**
 * assay_scaling_new:
 * @rows: (array length=n_rows): which of the items; at least one
 * @is_scaled: %FALSE: values are used as they are
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_RANGE where every feature is constant.
 */
ASSAY_API AssayScaling *assay_scaling_new(const AssayExamples *items, const size_t *rows,
                                          size_t n_rows, gboolean is_scaled, gboolean is_two_sided,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_scaling_free(AssayScaling *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayScaling, assay_scaling_free)

/* How many inputs a detector has. */
ASSAY_API size_t assay_scaling_n_inputs(const AssayScaling *self);

/**
 * assay_scaling_apply:
 * @row: (array length=n_columns): NaN is a missing value
 * @inputs: (out caller-allocates): z of each column that is kept, then the second inputs
 */
ASSAY_API void assay_scaling_apply(const AssayScaling *self, const double *row, double *inputs);

/* As a member of a model, with the names of the columns: (transfer full). */
ASSAY_API AssayJson *assay_scaling_to_json(const AssayScaling *self, char *const *columns);

/**
 * assay_scaling_from_json:
 * @columns: (out) (transfer full): all of the names, ended by %NULL
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_SPEC that names the place.
 */
ASSAY_API AssayScaling *assay_scaling_from_json(const AssayJsonAt *at, char ***columns,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
