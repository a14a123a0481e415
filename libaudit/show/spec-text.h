/* show/spec-text.h - a spec in words and figures, for a musician to read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"

G_BEGIN_DECLS

/**
 * assay_spec_text:
 * @spec: sorted
 * @top: how many of the most frequent entries to list
 * @min_groups: what counts as allowed, 1 .. ASSAY_OWNER_GROUPS; rates of unseen items follow it
 *
 * Quantiles of per-item rates are sorted[floor(q n)], not interpolated. Unseen mass is Good and
 * Turing's: the share of events that occurred once.
 *
 * Returns: (transfer full): lines of at most 100 columns.
 */
ASSAY_API GString *assay_spec_text(const AssaySpec *spec, guint top, guint min_groups);

G_END_DECLS
