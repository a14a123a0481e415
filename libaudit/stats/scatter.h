/* stats/scatter.h - where the middle of a cloud of points is and how wide, whatever a few of them
 * do.
 *
 * R. A. Maronna and R. H. Zamar, "Robust estimates of location and dispersion for high-dimensional
 * datasets", Technometrics 44(4), 2002: the orthogonalised estimate of Gnanadesikan and Kettenring,
 * of medians and median absolute deviations (MAD), which needs no random subsets. Two rounds, then
 * mean and covariance of the points within the 97.5 % quantile of chi^2. What is cut off so is not
 * made up for: of normal points the covariance is a little small.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* Columns: at most so many. */
#define ASSAY_SCATTER_COLUMNS ((size_t)16)

/**
 * assay_scatter:
 * @points: (array length=n * n_columns): a row each, finite
 * @n: at least 2
 * @centre: (out caller-allocates) (array length=n_columns)
 * @covariance: (out caller-allocates) (array length=n_columns * n_columns): divided by the number
 *     of points within, less 1
 *
 * Where the MAD of a column is less than a tenth of its standard deviation, as where most values
 * are the same, that deviation takes its place.
 *
 * Any thread. The result does not depend on the order of the points but for rounding.
 */
ASSAY_API void assay_scatter(const double *points, size_t n, size_t n_columns, double *centre,
                             double *covariance);

G_END_DECLS
