/* compare/ranked-set-private.h - the best rows of a set, and the p of all of its items.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ranking.h"

/**
 * AssayRanked:
 * @score: what decides the place of the row where p and deviation are equal
 * @came: of how many items of the set it is the last
 */
typedef struct {
    AssayRankRow row;
    double score;
    guint64 came;
} AssayRanked;

/**
 * AssayRankedSet:
 * @best: (element-type AssayRanked): the best rows, and some more before they are sorted
 * @counts: (element-type double guint64): of how many items each p is
 */
typedef struct {
    char *label;
    guint64 n_items;
    GPtrArray *best;
    GHashTable *counts;
} AssayRankedSet;

void assay_ranked_set_init(AssayRankedSet *self, const char *label);
void assay_ranked_set_clear(AssayRankedSet *self);

/* Takes the row of an item, of which the best @n_rows are kept. */
void assay_ranked_set_take(AssayRankedSet *self, AssayRanked *ranked, size_t n_rows);

/* As assay_ranking_rows(): the best @n_rows, each with its q. */
const GPtrArray *assay_ranked_set_rows(AssayRankedSet *self, size_t n_rows);
