/* stats/kernel-private.h - the kernels of a vector with those of a tile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "kernel.h"
#include "tiles-private.h"

/* @values: (out) (array length=ASSAY_TILE): beyond the filled ones without meaning */
void assay_kernel_of_tile(const AssayKernel *kernel, const AssayTiles *tiles, size_t tile,
                          const double *vector, double *values);
