/* tools/detect-folders.h - sets that are laid out as those of CNNDetection are: reals in folders
 * called 0_real, fakes in folders called 1_fake, at any depth.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/learn/collect.h>

#include "cli-sets.h"

/* Puts these folders in the place of the operands, in the order of their paths: (transfer full):
 * their labels; NULL with an error where an operand has none of them. */
AssaySetLabel *detect_folders(CliSets *sets, GError **error);
