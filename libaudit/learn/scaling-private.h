/* learn/scaling-private.h - scaling before it is fitted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "scaling.h"

/* Room for @n_columns, of which none is kept yet. */
AssayScaling *assay_scaling_new_empty(size_t n_columns, gboolean is_scaled, gboolean is_two_sided);
