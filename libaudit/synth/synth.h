/* synth/synth.h - notes as sound, by FluidSynth and a SoundFont.
 *
 * Stands on: signal/performance.h (what is played when), synth/soundfont.h, FluidSynth. In a
 * library of its own, libassay-synth.
 *
 * Field "audio", [frame, channel] (left, right) or [frame] where it is mono (their mean), float32,
 * full scale = 1; values may be beyond. Metadata: "rate_hz", "full_scale"; "soundfont", an object
 * with "name" and "sha256"; where they are not 0, "beyond", how many values are beyond full scale,
 * and "substituted", how many notes have an instrument that the SoundFont lacks, and sound as
 * another.
 *
 * What is played is what the field "notes" says: onsets, lengths, pitches, velocities, programs;
 * channel 10 is percussion. Events take effect between blocks of 64 frames, the nearest one. After
 * the last note, or the piece where that is longer, sound goes on until every voice is silent, at
 * most for the tail; what is cut off there is faded out over 10 ms.
 *
 * Each sample gets a synthesizer of its own, so equal notes have equal bytes, whatever was rendered
 * before and however many threads work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"
#include "soundfont.h"

G_BEGIN_DECLS

/**
 * AssayRenderConfig:
 * @rate_hz: frames a second, 8000 .. 96000
 * @gain: above 0, up to 10
 * @tail_s: seconds that sound may go on after the end, 0 .. 60
 * @effects: whether there are reverb and chorus, as FluidSynth has them by default
 * @mono: one channel
 * @max_bytes: a limit for "audio"
 */
typedef struct {
    guint rate_hz;
    double gain;
    double tail_s;
    gboolean effects;
    gboolean mono;
    size_t max_bytes;
} AssayRenderConfig;

#define ASSAY_RENDER_CONFIG_DEFAULT                                                                \
    {                                                                                              \
        .rate_hz = 44100, .gain = 0.2, .tail_s = 5, .max_bytes = ASSAY_MAX_SAMPLE                  \
    }

/**
 * assay_render_config_set:
 * @key: rate, gain, tail, effects or mono
 * @value: as typed: "16000", "0.5", "2", "yes", "no"
 *
 * The one place where option texts are read.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_render_config_set(AssayRenderConfig *self, const char *key,
                                           const char *value,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_render_stage:
 * @soundfont: (transfer full): what sounds
 *
 * The stage "assay-render": adds "audio" to a sample with "notes". Its options name the SoundFont
 * by its digest. FluidSynth has read the SoundFont before this returns.
 *
 * Returns: %NULL with %ASSAY_ERROR_USAGE for a SoundFont that FluidSynth cannot use. A sample is
 *     left out with %ASSAY_ERROR_FIELD where it has no notes, and %ASSAY_ERROR_RANGE where it lasts
 *     longer than @config allows or is silent.
 */
ASSAY_API AssayStage *assay_render_stage(const AssayRenderConfig *config, AssaySoundfont *soundfont,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
