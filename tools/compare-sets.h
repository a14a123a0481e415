/* tools/compare-sets.h - assay-compare: how far sets stand off from a reference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "compare-run.h"

/* All of it, once @run is open; the exit status. */
int compare_sets(CompareRun *run, GError **error);
