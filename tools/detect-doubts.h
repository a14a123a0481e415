/* tools/detect-doubts.h - what makes the words of a detector doubtful.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/learn/collect.h>

#include "cli-sets.h"

/* Warns of what may tell reals from fakes, or join them, beside what was asked: of all fakes
 * together, else of sets of them. */
void detect_tell_doubts(const AssayCollection *items, const CliSets *sets);
