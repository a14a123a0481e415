/* feature/sounding-private.h - from strengths of pitches to the set that sounds, step by step.
 *
 * A pitch begins to sound where it is at least @on times the strongest of its step. It goes on as
 * long as it is @stay times the strongest; but one that fell below @release times what it was
 * some steps before has been let go. What is below @floor does not sound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef struct {
    double on, stay, release, floor;
} AssaySoundingConfig;

typedef struct AssaySounding AssaySounding;

/**
 * assay_sounding_new:
 * @n_pitches: from pitch @low on
 * @lag: how many steps a release looks back, at least 1
 */
AssaySounding *assay_sounding_new(const AssaySoundingConfig *config, size_t n_pitches, guint low,
                                  size_t lag);
void assay_sounding_free(AssaySounding *self);

/* Before the first step of a signal nothing sounded. */
void assay_sounding_begin(AssaySounding *self);

/* The pitch classes of the next step as a state, bit k for class k. */
guint assay_sounding_step(AssaySounding *self, const double *strengths);
