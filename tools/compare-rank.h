/* tools/compare-rank.h - assay-compare --rank: the items that stand out most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/compare/ranking.h>

#include "cli-label.h"
#include "cli.h"

#define COMPARE_RANK_MAX 1000000

/**
 * CompareRank:
 * @set_of: which set each operand is of
 * @labels: of the sets, the first of which is the reference; its operands come first
 * @n_clipped: (out): values that quantising has clipped
 */
typedef struct {
    AssayRankConfig config;
    AssayRanking *ranking;
    const size_t *set_of;
    char *const *labels;
    size_t n_sets;
    AssayGroups *groups;
    CliLabel *group_by;
    guint64 n_clipped;
} CompareRank;

/* Has @run make the features of each sample, and add them. */
void compare_rank_begin(CompareRank *self, CliRun *run);

/* Prints the first rows of all sets; @lacks: (out): whether a set is empty, which is told. */
gboolean compare_rank_print(CompareRank *self, gboolean *lacks, GError **error);
