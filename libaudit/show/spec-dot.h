/* show/spec-dot.h - the changes of chord of a spec as a graph, in the language of Graphviz.
 *
 * A node is a chord, or the history of K chords in a spec of order K; silence is one. Its area
 * follows how long it is heard. An edge is a change, and has its occurrences as label; its width
 * follows them. A chord that is held is no edge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"

G_BEGIN_DECLS

/**
 * assay_spec_dot:
 * @spec: sorted
 * @top: how many edges: the most frequent
 * @min_groups: edges are what at least so many groups show, 1 .. ASSAY_OWNER_GROUPS
 *
 * Nodes are those of the edges, the longest heard first; edges the most frequent first; among
 * equals by key. The same bytes for the same spec.
 *
 * Returns: (transfer full): a digraph; %NULL with %ASSAY_ERROR_SPEC where @spec has no transitions.
 */
ASSAY_API GString *assay_spec_dot(const AssaySpec *spec, guint top, guint min_groups,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
