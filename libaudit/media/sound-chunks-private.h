/* media/sound-chunks-private.h - how many bytes of samples a sound file declares, and has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/content.h"

/**
 * AssaySoundChunk:
 * @declared: bytes of samples that the header announces
 * @there: how many of them are in the file
 * @is_found: whether the file is of a kind that has such a chunk, and it was found
 * @is_unstated: the header leaves open how many there are, as a program does that writes to a pipe;
 *     then both are what is there
 */
typedef struct {
    guint64 declared, there;
    gboolean is_found, is_unstated;
} AssaySoundChunk;

/* WAV, RF64, W64, AIFF, AU, CAF; @is_found is %FALSE for any other. */
gboolean assay_sound_chunk_find(AssayContent *content, AssaySoundChunk *chunk,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
