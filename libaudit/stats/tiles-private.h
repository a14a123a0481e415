/* stats/tiles-private.h - vectors in tiles, a column of 16 of them side by side, so that a vector
 * is multiplied with 16 at a time.
 *
 * Each product and each distance is summed by columns from the first to the last, whichever tile
 * its vector is in: that of a and b is that of b and a, to the bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "points.h"

enum { ASSAY_TILE = 4 };

/**
 * AssayTiles:
 * @values: (array length=n_tiles * n_columns * 4): of each tile, column by column; 0 beyond the
 *     last vector
 */
typedef struct {
    double *values;
    size_t n, n_tiles, n_columns;
} AssayTiles;

/**
 * assay_tiles_init:
 * @indices: (nullable) (array length=n): which of the vectors; all of them in a row without
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_RANGE: no memory
 */
gboolean assay_tiles_init(AssayTiles *self, const AssayPoints *vectors, const size_t *indices,
                          size_t n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void assay_tiles_clear(AssayTiles *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssayTiles, assay_tiles_clear)

/* How many of tile @tile are vectors. */
static inline size_t
assay_tiles_filled(const AssayTiles *self, size_t tile)
{
    return MIN(self->n - tile * ASSAY_TILE, (size_t)ASSAY_TILE);
}

static inline void
assay_tiles_dot(const AssayTiles *self, size_t tile, const double *vector, double *products)
{
    const double *column = self->values + tile * self->n_columns * ASSAY_TILE;
    double sums[ASSAY_TILE] = { 0 };

    for (size_t k = 0; k < self->n_columns; k++, column += ASSAY_TILE) {
        for (size_t t = 0; t < ASSAY_TILE; t++)
            sums[t] += vector[k] * column[t];
    }
    for (size_t t = 0; t < ASSAY_TILE; t++)
        products[t] = sums[t];
}

static inline void
assay_tiles_square(const AssayTiles *self, size_t tile, const double *vector, double *squares)
{
    const double *column = self->values + tile * self->n_columns * ASSAY_TILE;
    double sums[ASSAY_TILE] = { 0 };

    for (size_t k = 0; k < self->n_columns; k++, column += ASSAY_TILE) {
        for (size_t t = 0; t < ASSAY_TILE; t++)
            sums[t] += (vector[k] - column[t]) * (vector[k] - column[t]);
    }
    for (size_t t = 0; t < ASSAY_TILE; t++)
        squares[t] = sums[t];
}
