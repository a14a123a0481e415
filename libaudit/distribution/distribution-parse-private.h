/* distribution/distribution-parse-private.h - how a distribution is read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "distributions.h"

/* Goes to the rows of the table @key, which has these columns, as JSON. */
gboolean assay_distribution_find_rows(const AssayJsonAt *at, const char *key, const char *columns,
                                      AssayJsonAt *table, AssayJsonAt *rows, GError **error);

/* Moments that @n_items items can have. */
gboolean assay_distribution_read_moments(const AssayJsonAt *at, guint64 n_items,
                                         AssayMomentSum *moments, GError **error);

/* The kept groups of a variable of @set, whose cells and moments are known. */
gboolean assay_distribution_read_groups(const AssayDistributions *set, AssayDistribution *self,
                                        const AssayJsonAt *variable, GError **error);
