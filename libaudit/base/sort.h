/* base/sort.h - numbers in order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * assay_sort_doubles:
 * @values: (array length=n) (nullable): no NaN; put in order, the least first. -0 and 0 are alike.
 */
ASSAY_API void assay_sort_doubles(double *values, size_t n);

G_END_DECLS
