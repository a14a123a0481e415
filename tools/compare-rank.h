/* tools/compare-rank.h - assay-compare --rank: the items that stand out most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "compare-run.h"

#define COMPARE_RANK_MAX 1000000

/* All of it, once @run is open; the exit status. */
int compare_rank(CompareRun *run, GError **error);
