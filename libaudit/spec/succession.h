/* spec/succession.h - what follows a chord in a corpus, and what precedes it.
 *
 * Stands on: spec/spec.h, the rule chroma-transition. In a spec of order K one may ask for up to K
 * chords in a row, step by step, the oldest first; fewer stand for every history that ends in them.
 * Its entries begin K steps into an item: what leads up to there is known by the starts alone, and
 * counts as heard, not as a transition.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "spec.h"

G_BEGIN_DECLS

/**
 * AssayNeighbour:
 * @state: the chord before or after
 * @n: how often
 * @items: in how many items; at least, where @is_least
 * @groups: as AssayEntry has them; at least, where @is_least and not ASSAY_MANY_GROUPS
 * @is_least: whether several entries were added up of which not all owners are known
 */
typedef struct {
    guint state;
    guint64 n, items;
    guint groups;
    gboolean is_least;
} AssayNeighbour;

/**
 * AssaySuccession:
 * @steps: at how many steps the last of the chords sounds, after the others
 * @all_steps: how many steps there are, of items with at least K
 * @runs: how often a single chord begins to sound; 0 for several
 * @held: how often the last of the chords is held for another step
 * @begins, @ends: how many items begin, or end, with the chords
 * @after, @before: (element-type AssayNeighbour): other chords that come next, or came before, the
 *     most frequent first, then by state; only what at least M groups show
 * @n_after, @n_before: how often any other chord comes, those of fewer groups too
 * @rare_after, @rare_before: how many of them fewer than M groups show
 */
typedef struct {
    guint64 steps, all_steps, runs, held, begins, ends;
    GArray *after, *before;
    guint64 n_after, n_before;
    guint rare_after, rare_before;
} AssaySuccession;

/**
 * assay_succession_new:
 * @spec: sorted, with the rule chroma-transition
 * @chords: (array length=n_chords): states, the oldest first
 * @n_chords: 1 .. the rule's order
 * @min_groups: M, 1 .. ASSAY_OWNER_GROUPS
 */
ASSAY_API AssaySuccession *assay_succession_new(const AssaySpec *spec, const guint *chords,
                                                guint n_chords, guint min_groups);
ASSAY_API void assay_succession_free(AssaySuccession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySuccession, assay_succession_free)

/**
 * assay_chord_steps:
 *
 * Returns: (transfer full) (array length=4096): at how many steps each chord sounds.
 */
ASSAY_API guint64 *assay_chord_steps(const AssayRule *rule);

/**
 * assay_chords_near:
 * @steps: as assay_chord_steps() has them
 *
 * Chords that are heard and are near @state: one note more or less, or one note another; then all
 * others that hold all its notes, or are held by it.
 *
 * Returns: (transfer full) (element-type guint): states, by the number of pitch classes that
 *     differ, then the most heard first
 */
ASSAY_API GArray *assay_chords_near(const guint64 *steps, guint state);

G_END_DECLS
