/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sound-write.h"

#include <math.h>

#include "../base/error.h"
#include "sound-encode-private.h"

/* Frames that are turned into integers at a time; the most bytes of sound in a WAV file, whose
 * sizes have 32 bits, header included. */
enum { CHUNK = 4096, MAX_CHANNELS = 8 };
#define MAX_WAV ((guint64)G_MAXUINT32 - 4096)

/* The nearest step, in the highest bits of the result. */
static gint32
quantise(float value, guint bits, guint64 *n_clipped)
{
    const double half = (double)(1u << (bits - 1));
    double step = rint((double)value * half);

    if (step < -half || step > half - 1) {
        *n_clipped += value < -1 || value > 1;
        step = step < 0 ? -half : half - 1;
    }
    return (gint32)step * (gint32)(1u << (32 - bits));
}

static gboolean
write_integers(AssaySoundEncoder *file, const AssaySoundFormat *format, const float *frames,
               gsize n_frames, guint64 *n_clipped, GError **error)
{
    gint32 chunk[CHUNK * MAX_CHANNELS];

    for (gsize done = 0; done < n_frames; done += CHUNK) {
        gsize n = MIN(n_frames - done, CHUNK);

        for (gsize i = 0; i < n * format->n_channels; i++)
            chunk[i] = quantise(frames[done * format->n_channels + i], format->bits, n_clipped);
        if (!assay_sound_encoder_write_i32(file, chunk, n, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
check(const AssaySoundFormat *format, const float *frames, gsize n_frames, GError **error)
{
    gsize n = n_frames * format->n_channels;

    if (!format->is_flac && n_frames > MAX_WAV / format->n_channels / (format->bits / 8)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%" G_GSIZE_FORMAT " frames are more than the 4 GiB that a WAV file holds; "
                    "write FLAC",
                    n_frames);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        if (!isfinite(frames[i])) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "frame %" G_GSIZE_FORMAT " is not finite, and no sound",
                        i / format->n_channels);
            return FALSE;
        }
    }
    return TRUE;
}

GBytes *
assay_sound_write(const AssaySoundFormat *format, const float *frames, gsize n_frames,
                  guint64 *n_clipped, GError **error)
{
    g_autoptr(AssaySoundEncoder) file = NULL;
    guint64 n = 0;

    g_return_val_if_fail(format->n_channels >= 1 && format->n_channels <= MAX_CHANNELS, NULL);
    g_return_val_if_fail(
        format->bits == 16 || format->bits == 24 || (format->bits == 32 && !format->is_flac), NULL);
    if (!check(format, frames, n_frames, error))
        return NULL;
    file = assay_sound_encoder_new(format, error);
    if (file == NULL)
        return NULL;
    if (format->bits == 32 ? !assay_sound_encoder_write_f32(file, frames, n_frames, error)
                           : !write_integers(file, format, frames, n_frames, &n, error))
        return NULL;
    if (n_clipped != NULL)
        *n_clipped = n;
    return assay_sound_encoder_finish(file, error);
}
