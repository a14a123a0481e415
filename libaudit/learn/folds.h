/* learn/folds.h - groups dealt to folds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "../base/api.h"

G_BEGIN_DECLS

/**
 * assay_folds_deal:
 * @groups: (array length=n): the number of each item's group
 * @is_fake: (array length=n): 0 or 1
 * @n_folds: (inout): at least 2; how many there are to be, and are: as many as there are groups of
 *     reals, or of fakes, where those are fewer
 * @seed: of the order
 * @fold_of: (out caller-allocates) (array length=n)
 *
 * Each kind of groups, those of reals, of fakes and of both, is put in an order that its numbers
 * and @seed decide, and dealt in turn: folds have like shares of each, and a group is in one of
 * them. The order of the items does not matter.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where a class that there is has fewer than two groups;
 *     those of both count as groups of either.
 */
ASSAY_API gboolean assay_folds_deal(const guint64 *groups, const guint8 *is_fake, size_t n,
                                    guint *n_folds, guint64 seed, guint *fold_of,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
