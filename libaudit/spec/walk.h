/* spec/walk.h - random walks in the transitions of a spec: music that breaks none of its rules.
 *
 * A walk starts as an item of the corpus does, drawn from the starts. At a history s (the last K
 * states) it ends with probability ends(s) / (ends(s) + out(s)), out(s) being how often the corpus
 * goes on from s, and otherwise goes on to a next state with probability proportional to its
 * occurrences. That is the absorbing Markov chain of maximum likelihood; since each history of a
 * corpus is come to as often as it is gone from, the expected number of visits of a walk to s is
 * (ends(s) + out(s)) / starts, so walks have as many transitions on average as the items of the
 * corpus that have a start.
 *
 * In a spec whose counts are not those of a corpus, a walk ends where no way leads on. A walk that
 * does not end is cut.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

G_BEGIN_DECLS

/**
 * AssayWalkConfig:
 * @n_items: how many walks; 0: as many as items of the corpus have a start
 * @max_steps: where a walk is cut; 0: 65,536, or 16 times the longest item of the corpus if that is
 *     more, at most 1,048,576
 */
typedef struct {
    guint64 seed;
    guint64 n_items, max_steps;
} AssayWalkConfig;

#define ASSAY_WALK_MAX_ITEMS G_GUINT64_CONSTANT(1000000000)
#define ASSAY_WALK_MAX_STEPS G_GUINT64_CONSTANT(1073741824)

typedef struct AssayWalk AssayWalk;

/**
 * assay_walk_new:
 * @spec: sorted; must outlive the walk
 *
 * Returns: %NULL with %ASSAY_ERROR_SPEC for a spec without chroma-transition or without a start,
 *     %ASSAY_ERROR_USAGE for fewer steps than a start has.
 */
ASSAY_API AssayWalk *assay_walk_new(const AssaySpec *spec, const AssayWalkConfig *config,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_walk_free(AssayWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayWalk, assay_walk_free)

ASSAY_API size_t assay_walk_n_items(const AssayWalk *self);

/* The options to be recorded in a stream's head, the spec's digest among them: (transfer full). */
ASSAY_API AssayJson *assay_walk_options(const AssayWalk *self);

/**
 * assay_walk_make:
 * @self: an AssayWalk
 *
 * Walk @index: a sample "walk-000000" with the field "chroma" in the steps of the spec's
 * convention. Its numbers come from (seed, "walk", name), so it is the same for any number of
 * walks. Any thread; as the make of an AssayBaselineRun takes it.
 */
ASSAY_API AssaySample *assay_walk_make(gconstpointer self, size_t index,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the walk was cut: its source says so ("cut": true). */
ASSAY_API gboolean assay_walk_is_cut(AssaySample *sample);

G_END_DECLS
