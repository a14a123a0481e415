/* detect/nearest-private.h - how items lie in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "nearest.h"

/* As assay_nearest_new(), with the kernel at this place of assay_tile_kernels(): for tests. */
AssayNearest *assay_nearest_new_with(size_t n_dims, size_t width, size_t kernel);
