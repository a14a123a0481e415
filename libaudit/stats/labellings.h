/* stats/labellings.h - the ways in which labels can be dealt to groups, one after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * assay_labellings_count:
 *
 * Returns: how many ways there are to choose @k of @n; @limit + 1 where they are more than @limit
 */
ASSAY_API guint64 assay_labellings_count(size_t n, size_t k, guint64 limit);

/**
 * assay_labellings_next:
 * @chosen: (inout) (array length=k): ascending; the first is 0 .. @k - 1
 *
 * Returns: %FALSE after the last
 */
ASSAY_API gboolean assay_labellings_next(size_t *chosen, size_t n, size_t k);

G_END_DECLS
