/* media/sound-levels-private.h - what the samples of a sound file show, block by block.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sound.h"

/**
 * AssaySoundLevels:
 * @full_scale: the absolute value that counts as full scale
 * @sums: of each channel
 * @runs: how many samples at full scale in a row each channel ends with, so far
 * @silent: how many silent frames in a row there are, so far
 */
typedef struct {
    guint n_channels;
    float full_scale, peak;
    double *sums;
    guint64 *runs;
    guint64 n_frames, clipped, silent, silent_lead, silent_longest;
} AssaySoundLevels;

void assay_sound_levels_init(AssaySoundLevels *self, guint n_channels, float full_scale);
void assay_sound_levels_clear(AssaySoundLevels *self);

/* Adds @n_frames frames; %FALSE with *@bad, the index of the first sample of the block that is not
 * finite. */
gboolean assay_sound_levels_add(AssaySoundLevels *self, const float *frames, size_t n_frames,
                                size_t *bad);
void assay_sound_levels_report(const AssaySoundLevels *self, AssaySoundFacts *facts);
