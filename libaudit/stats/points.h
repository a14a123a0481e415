/* stats/points.h - samples of vectors, a row each: features, embeddings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* Values are squared; those beyond are refused, as are infinities and NaN. */
#define ASSAY_POINTS_MOST 1e150

/**
 * AssayPoints:
 * @values: (array length=n * n_columns): a row after the other
 * @n: rows
 * @n_columns: at least 1
 */
typedef struct {
    const double *values;
    size_t n, n_columns;
} AssayPoints;

/**
 * assay_points_check:
 * @what: what they are, for the message: "the reference"
 * @least: how many rows there must be
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE: too few rows, no columns, or a
 * value that is not finite
 */
ASSAY_API gboolean assay_points_check(const AssayPoints *self, const char *what, size_t least,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_points_check_pair:
 *
 * As assay_points_check() for a reference and a candidate, which must also have as many columns.
 */
ASSAY_API gboolean assay_points_check_pair(const AssayPoints *reference,
                                           const AssayPoints *candidate, size_t least,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
