/* feature/chroma.h - the pitch-class set of every step, of a roll or of sound.
 *
 * Field "chroma", [time, class] or [item, time, class], uint8 0 or 1, 12 classes, C first. A step's
 * set as 12 bits (bit k for class k, C = bit 0) is its state: 4,096 states, silence is 0.
 *
 * Of a roll: class k is on where any pitch p with p mod 12 = k is.
 *
 * Of sound: step t is the sound from t * hop to (t + 1) * hop; a frame around its middle is
 * transformed (periodic Hann window, filled up with zeros to a power of two). The strongest partial
 * in each semitone is sought, and explained by tones with overtones (feature/pitches.c), so that
 * overtones are no notes. A pitch whose tone is at least @threshold times the strongest of its step
 * begins to sound; it goes on while it is @hold times the strongest, unless it fell below @release
 * times what it was 150 ms (to whole steps, at least one) before. Metadata: "origin" ("audio"),
 * "rate_hz" (steps a second), "sample_rate_hz", "pitch_low", "pitch_high", "hearing" (an object:
 * "window_s", "tuning_hz", "threshold", "hold", "release", "floor_db").
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/settings.h"
#include "../stream/stage.h"

G_BEGIN_DECLS

#define ASSAY_CHROMA_STATES 4096
#define ASSAY_CHROMA_CLASSES 12
#define ASSAY_CHROMA_UNIT "1 = sounding; class 0 = C"

/**
 * AssayChromaOrigin:
 * @ASSAY_CHROMA_ANY: "roll", and samples that have sound beside it are refused
 */
typedef enum {
    ASSAY_CHROMA_ANY,
    ASSAY_CHROMA_ROLL,
    ASSAY_CHROMA_AUDIO,
} AssayChromaOrigin;

/**
 * AssayChromaConfig:
 * @origin: what it is made of; all that follows is of sound
 * @rate_hz, @input_rate_hz, @channel, @keeps_truncated: as in AssayListenConfig
 * @window, @hop: of a frame and a step
 * @pitches: those that are sought
 * @tuning_hz: of A4, pitch 69
 * @threshold, @hold, @release: 0 .. 1
 * @floor_db: decibels below full scale (a sine of amplitude 1) at which no tone sounds
 * @max_bytes: a limit for the field
 */
typedef struct {
    AssayChromaOrigin origin;
    guint32 rate_hz, input_rate_hz, channel;
    AssayLength window, hop;
    AssaySpan pitches;
    double tuning_hz, threshold, hold, release, floor_db;
    gboolean keeps_truncated;
    size_t max_bytes;
} AssayChromaConfig;

#define ASSAY_CHROMA_CONFIG_DEFAULT                                                                \
    {                                                                                              \
        .rate_hz = 16000, .window = { 3072, 0 }, .hop = { 2000, 0 }, .pitches = { 28, 96 },        \
        .tuning_hz = 440, .threshold = 0.35, .hold = 0.2, .release = 0.45, .floor_db = 70,         \
        .max_bytes = ASSAY_MAX_SAMPLE                                                              \
    }

/**
 * assay_chroma_config_set:
 * @key: a long option of assay-chroma
 * @value: as typed
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_chroma_config_set(AssayChromaConfig *self, const char *key,
                                           const char *value,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_chroma_stage:
 *
 * Returns: (transfer full): the stage "assay-chroma": adds "chroma" to a sample with "roll", whose
 *     metadata (step, range, drums, windows) it carries on. It has no options.
 */
ASSAY_API AssayStage *assay_chroma_stage(void);

/**
 * assay_chroma_config_check:
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE where options do not go together: a tone whose @hold is
 *     above its @threshold would end as it begins.
 */
ASSAY_API gboolean assay_chroma_config_check(const AssayChromaConfig *self,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_chroma_stage_of:
 *
 * Returns: (transfer full): the stage "assay-chroma" of @config: where that says so it adds
 *     "chroma" to a sample that is a sound file or has "audio", see signal/listen.h.
 */
ASSAY_API AssayStage *assay_chroma_stage_of(const AssayChromaConfig *config);

/**
 * assay_chroma_state:
 * @classes: 12 values, 0 or not
 *
 * Returns: the state, 0 .. 4095.
 */
ASSAY_API guint assay_chroma_state(const guint8 *classes);

/* The other way: @classes become 0 or 1. */
ASSAY_API void assay_chroma_set(guint8 *classes, guint state);

G_END_DECLS
