/* detect/tile-private.h - squared distances of a few rows to a panel of items.
 *
 * A panel holds ASSAY_TILE_LANES items, dimension by dimension; a tile of rows holds
 * ASSAY_TILE_ROWS of them, dimension by dimension too. Each sum is made in float, one dimension
 * after the other, so every kind of processor comes to the same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

enum { ASSAY_TILE_LANES = 16, ASSAY_TILE_ROWS = 4 };

/**
 * AssayTileKernel:
 * @panel: (array length=n_dims * 16): aligned to 64 bytes
 * @rows: (array length=n_dims * 4)
 * @limits: (array fixed-size=4)
 * @sums: (out) (array fixed-size=64): row by row
 *
 * Returns: whether any sum is not above its row's limit; else it may have stopped before the last
 *     dimension, and @sums are not to be read.
 */
typedef gboolean (*AssayTileKernel)(const float *panel, const float *rows, size_t n_dims,
                                    const float *limits, float *sums);

/* Those that this processor can run, the fastest first, ended by NULL. */
const AssayTileKernel *assay_tile_kernels(void);
