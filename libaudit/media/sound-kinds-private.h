/* media/sound-kinds-private.h - the kinds of sound files, and of numbers in them, in our words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sndfile-private.h"
#include "sound.h"

/* What kind of file it is; returns %FALSE for one that is not read here. */
gboolean assay_sound_describe(AssaySoundFacts *facts, const SF_INFO *info);

/* The largest value that its encoding has, or 1. */
float assay_sound_full_scale(const AssaySoundFacts *facts);
