/* media/sound-write.h - sound as the bytes of a WAV or FLAC file.
 *
 * Of 16 and 24 bits: the nearest of 2^bits equal steps over [-1, 1), halves to the even one, no
 * dither; what is beyond is clipped, and counted. Read back as integer / 2^(bits - 1), the error is
 * half a step. Of 32 bits: the floats themselves. Equal input, equal bytes: no time is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"

G_BEGIN_DECLS

/**
 * AssaySoundFormat:
 * @rate_hz: frames a second, 1 .. 655350 (what FLAC can say)
 * @n_channels: 1 .. 8
 * @bits: 16, 24, or 32, which is float; FLAC has no 32
 * @is_flac: FLAC; otherwise WAV
 */
typedef struct {
    guint rate_hz;
    guint n_channels;
    guint bits;
    gboolean is_flac;
} AssaySoundFormat;

/**
 * assay_sound_write:
 * @format: what to make
 * @frames: (array): @n_frames times @n_channels values, full scale = 1
 * @n_clipped: (out) (nullable): how many values were beyond full scale
 *
 * Returns: (transfer full): the file, or %NULL with %ASSAY_ERROR_RANGE: a value that is not finite,
 *     more than a WAV file can hold (4 GiB), or no memory.
 */
ASSAY_API GBytes *assay_sound_write(const AssaySoundFormat *format, const float *frames,
                                    gsize n_frames, guint64 *n_clipped,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
