/* compare/vector-null.h - the Frechet distance of vectors, how far real samples are by it, and p.
 *
 * As compare/null.h, with groups of vectors: of those of the smallest numbers, at most 4,096 of
 * either set. A draw takes as long as there are vectors, times the square of their columns, so
 * fewer draws are made where that is much, and none where not even 19 are to be had.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "null.h"
#include "vectors.h"

G_BEGIN_DECLS

/**
 * AssayVectorNull:
 * @value: of all vectors; NaN where a side has less than two
 * @n_draws: how many there were; 0: none, so that all but @value is NaN
 */
typedef struct {
    double value;
    AssayNullRow row;
    size_t n_draws;
} AssayVectorNull;

/**
 * assay_vector_null:
 * @reference, @candidate: of as many columns, sorted
 * @config: its numbers of groups are not looked at
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE, see assay_frechet_distance()
 */
ASSAY_API gboolean assay_vector_null(const AssayVectorField *reference,
                                     const AssayVectorField *candidate,
                                     const AssayNullConfig *config, AssayVectorNull *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
