/* distribution/distribution-json.h - distributions as JSON, as assay-spec(5) describes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "distributions.h"

G_BEGIN_DECLS

/* Appends the canonical form: an object, its members the variables; a cell or a group a line. */
ASSAY_API void assay_distributions_print(GString *out, const AssayDistributions *self);

/**
 * assay_distributions_read:
 * @self: of which @hashes and @n_items, at most ASSAY_DISTRIBUTION_ITEMS, are known, and nothing
 * else
 * @at: an object
 *
 * Reads all variables, with nothing taken on trust: orders, sums, which groups are kept.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC, which names the JSON pointer; @self is then not to be
 *     used
 */
ASSAY_API gboolean assay_distributions_read(AssayDistributions *self, const AssayJsonAt *at,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A group of @n_items items: what assay_distributions_add() notes of its own. */
ASSAY_API void assay_distributions_note_group(AssayDistributions *self, guint64 hash,
                                              guint64 n_items);

G_END_DECLS
