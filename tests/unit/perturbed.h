/* tests/unit/perturbed.h - samples changed by operations as they are typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/transform/perturb.h>

/* The stage of "blur=1 noise=.05". */
AssayStage *perturbed_stage(const char *operations);

/* Takes @sample, and gives it back changed; fails the test on an error. */
AssaySample *perturbed(AssaySample *sample, const char *operations);
