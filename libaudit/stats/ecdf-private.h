/* stats/ecdf-private.h - what a distribution stands on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ecdf.h"

/**
 * assay_ecdf_peek_keys:
 * @n: (out): how many
 *
 * Returns: (nullable): the values, in any order, as keys (stats/radix-private.h), where they are
 *     float32 and all in memory
 */
const guint32 *assay_ecdf_peek_keys(const AssayEcdf *self, size_t *n);
