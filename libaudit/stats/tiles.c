/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tiles-private.h"

#include "../base/error.h"

gboolean
assay_tiles_init(AssayTiles *self, const AssayPoints *vectors, const size_t *indices, size_t n,
                 GError **error)
{
    size_t d = vectors->n_columns, n_tiles = (n + ASSAY_TILE - 1) / ASSAY_TILE, n_values;

    *self = (AssayTiles){ .n = n, .n_tiles = n_tiles, .n_columns = d };
    if (g_size_checked_mul(&n_values, n_tiles, ASSAY_TILE) &&
        g_size_checked_mul(&n_values, n_values, d))
        self->values = g_try_new0(double, n_values);
    if (self->values == NULL && n > 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for a copy of %" G_GSIZE_FORMAT " vectors", n);
        return FALSE;
    }
    for (size_t i = 0; i < n; i++) {
        const double *vector = vectors->values + (indices != NULL ? indices[i] : i) * d;
        double *column = self->values + i / ASSAY_TILE * d * ASSAY_TILE + i % ASSAY_TILE;

        for (size_t k = 0; k < d; k++)
            column[k * ASSAY_TILE] = vector[k];
    }
    return TRUE;
}

void
assay_tiles_clear(AssayTiles *self)
{
    g_clear_pointer(&self->values, g_free);
}
