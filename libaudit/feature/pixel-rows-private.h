/* feature/pixel-rows-private.h - pictures read piece by piece, a row at a time.
 *
 * What is made of neighbouring pixels needs a few rows at once. These are read in blocks of at most
 * ASSAY_PIXEL_BLOCK columns, so that no room is taken which a file decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"

enum { ASSAY_PIXEL_BLOCK = 256, ASSAY_PIXEL_CHANNELS = 3 };

/**
 * AssayPixelRows:
 * @array: [item,] row, column [, channel], or other axes in their place
 * @start: of the item, in values
 * @n_rows, @n_columns: at least 1
 * @n_channels: 1 without that axis
 */
typedef struct {
    const AssayArray *array;
    size_t start, n_rows, n_columns, n_channels;
} AssayPixelRows;

AssayPixelRows assay_pixel_rows(const AssayArray *array, size_t item);

/* @n pixels of @row from column @first on, all their channels. */
static inline void
assay_pixel_rows_read(const AssayPixelRows *self, size_t row, size_t first, size_t n,
                      double *values)
{
    assay_array_values(self->array,
                       self->start + (row * self->n_columns + first) * self->n_channels,
                       n * self->n_channels, values);
}
