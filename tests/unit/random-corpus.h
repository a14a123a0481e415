/* tests/unit/random-corpus.h - corpora made at random: files, windows and arrays, some in named
 * groups, with keys of which few are frequent and many rare. Transitions are those of walks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/spec/spec.h>

typedef struct {
    guint source;
    gint64 index; /* -1: a file of its own */
    char *group;  /* of the table, or NULL */
    GArray *keys[ASSAY_N_RULES];
    AssayEnds ends; /* of transitions */
} RandomItem;

typedef struct {
    guint order;     /* of transitions */
    GArray *items;   /* RandomItem, by source and index */
    GArray *origins; /* AssayOrigin, a source */
} RandomCorpus;

/* @n_keys: about how many keys there are to choose from. */
RandomCorpus *random_corpus_new(GRand *random, guint n_sources, guint n_keys, guint order);
void random_corpus_free(RandomCorpus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RandomCorpus, random_corpus_free)

#define RANDOM_ITEM(self, i) (&g_array_index((self)->items, RandomItem, i))

/* What stands or falls together, by a name: (transfer full). */
char *random_corpus_group(const RandomCorpus *self, guint item);

/* Items @first .. @first + @n - 1, which are of one source. */
AssayObservation *random_corpus_observe(const RandomCorpus *self, guint first, guint n);

/* The spec of those items whose @part is @which, sorted; all if @part is NULL. */
AssaySpec *random_corpus_mine(const RandomCorpus *self, const guint8 *part, guint8 which);
