/* check/suggest.h - what would have been allowed instead, and how surprising what is there is.
 *
 * Instead of a transition: the allowed one that needs the fewest pitch classes changed, in any of
 * its chords; among equals one that keeps the history, all chords but the last, then one that does
 * not fall silent, then the most frequent, then the lowest key. Instead of a length: the nearest
 * allowed one; among equals the most frequent.
 *
 * Surprise in bits: -log2 p by Witten and Bell's estimate ("The zero-frequency problem", IEEE
 * Transactions on Information Theory 37(4), 1991, method C), each order standing in for what the
 * next has not seen. Of a transition to b, with h the last k of the chords before it:
 * p(b | h) = (c(h, b) + T(h) p(b | h')) / (c(h) + T(h)), h' being h without its oldest chord, and
 * at last p(b) = (c(b) + T / 4096) / (N + T); c counts, T distinct successors; p(b | h') alone
 * where nothing is known to follow h. Of a length: c / (N + T), and T / (N + T) for any new one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../spec/spec.h"

G_BEGIN_DECLS

typedef struct AssaySuggest AssaySuggest;

/* @changes: leave transitions that hold a chord out of suggestions and of counts. */
ASSAY_API AssaySuggest *assay_suggest_new(const AssaySpec *spec, size_t rule, guint min_groups,
                                          gboolean changes);
ASSAY_API void assay_suggest_free(AssaySuggest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySuggest, assay_suggest_free)

/* The entry to have been allowed instead of @key, or NULL in an empty rule. Any thread. */
ASSAY_API const AssayEntry *assay_suggest_instead(const AssaySuggest *self, guint64 key);

/* Whether any allowed transition has these @n states, 1 .. K, one after the other (as a key has
 * them). */
ASSAY_API gboolean assay_suggest_knows(const AssaySuggest *self, guint64 run, guint n);

ASSAY_API double assay_suggest_bits(const AssaySuggest *self, guint64 key);

G_END_DECLS
