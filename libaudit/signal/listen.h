/* signal/listen.h - the sound of a sample, whatever holds it, as one signal at one rate.
 *
 * Stands on: media/sound.h, signal/resample.h.
 * A sample is a sound file, or has the field "audio": [frame], [frame, channel] or [item, frame],
 * float32, with metadata "rate_hz". It is decoded, mixed and resampled block by block, so a file's
 * length is nothing to this. NaN and infinite samples are refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/sample.h"

G_BEGIN_DECLS

/**
 * AssayListenConfig:
 * @rate_hz: to which sound is resampled; 0: its own
 * @input_rate_hz: of audio whose metadata do not say; 0: it is refused
 * @channel: which is taken, from 1 on; 0: the mean of all
 * @keeps_truncated: whether a file that breaks off is taken as far as it goes
 */
typedef struct {
    guint32 rate_hz, input_rate_hz, channel;
    gboolean keeps_truncated;
} AssayListenConfig;

/**
 * AssayListener:
 * @begin: a signal at @rate_hz begins
 * @push: its next samples, at least one; valid until it returns
 * @finish: it is over; @n_frames: how many it had before it was resampled, at least one
 *
 * What hears a sample: each of its items is one signal. %FALSE, with @error set, ends it.
 */
typedef struct {
    gboolean (*begin)(gpointer user, guint rate_hz, GError **error);
    gboolean (*push)(gpointer user, const float *samples, size_t n, GError **error);
    gboolean (*finish)(gpointer user, guint64 n_frames, GError **error);
} AssayListener;

/* What was heard: a file, or audio with items or without. */
typedef struct {
    gboolean is_file, has_items;
    size_t n_items;
} AssayHeard;

/* Whether there is sound in @sample. */
ASSAY_API gboolean assay_listen_can(AssaySample *sample);

/**
 * assay_listen:
 * @sample: whose file goes, whatever becomes of it; what a decoder finds out is added to its source
 * @user: of the functions of @listener
 * @heard: (out): valid in the functions of @listener too
 *
 * Returns: %FALSE with an error that names the sample: %ASSAY_ERROR_FIELD (no sound),
 *     %ASSAY_ERROR_META (no rate), %ASSAY_ERROR_RANGE (no such channel, a rate between which and
 *     the other nothing is resampled, no frame, a value that is not finite), those of
 *     assay_sound_read(), and what @listener refuses.
 */
ASSAY_API gboolean assay_listen(AssaySample *sample, const AssayListenConfig *config,
                                const AssayListener *listener, gpointer user, AssayHeard *heard,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, but a file stays with its sample, for others to hear. */
ASSAY_API gboolean assay_overhear(AssaySample *sample, const AssayListenConfig *config,
                                  const AssayListener *listener, gpointer user, AssayHeard *heard,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
