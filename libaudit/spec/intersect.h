/* spec/intersect.h - what all of several specs allow.
 *
 * An entry of the intersection is in every operand; its occurrences, items and groups are the least
 * over the operands: at least so many on every side. A rule is there if every operand has it. What
 * is lost is who owns an entry, and with it the items: nobody can tell what a piece would break if
 * it were left out of all corpora at once. So the result is a derived spec, see spec.h.
 *
 * Intersection is commutative, associative and idempotent, down to the bytes of what is printed: a
 * derived operand counts as the specs that it was made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

G_BEGIN_DECLS

/**
 * assay_spec_derive:
 * @self: sorted; unchanged if it is derived already
 * @sha256: of the bytes it was read from
 *
 * Forgets sources, items and owners: what is left is the intersection of @self alone.
 */
ASSAY_API void assay_spec_derive(AssaySpec *self, const char *sha256);

/**
 * assay_spec_intersect:
 * @self, @other: derived
 *
 * Leaves in @self what @other allows too. Name, edition, noun, source and licence stay where both
 * agree and become "" where not; the recipe stays if both agree and is empty if not, since media
 * that are read by either would then be judged by what was not mined so.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC where a rule's conventions differ (both values are named),
 *     or no rule is in both; @self is then not to be used.
 */
ASSAY_API gboolean assay_spec_intersect(AssaySpec *self, const AssaySpec *other,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
