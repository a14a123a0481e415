/* signal/roll.h - piano rolls: which pitch sounds at which step.
 *
 * Field "roll", [time, pitch] or [item, time, pitch], uint8: velocity, 0 = silent; the louder where
 * notes of one pitch meet. Cell c is on where a note sounds at the cell's start: on <= c * step <
 * off, reckoned exactly (in ticks, or in microseconds times the division); as many steps as the
 * last note needs, ceil(last off / step), or the length of a piece that has one of its own. A note
 * so short that it falls between two starts reaches no cell and is counted ("dropped"). Channel 10
 * (percussion) is left out unless asked for, counted
 * ("drum_notes"); so are notes outside the range of pitches ("outside").
 *
 * From an array (field "array", axes time, pitch and perhaps item, in any order): on where the
 * value is strictly above the threshold; the velocity is then 64, MIDI's value for "none". Cells
 * that are on and outside the range of pitches are counted ("outside").
 *
 * Metadata: "step_q" (quarter notes a step) or "rate_hz" (steps a second), "pitch_low",
 * "pitch_high", "drums"; "window" and "hop" in steps where it was cut.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../stream/stage.h"

G_BEGIN_DECLS

/**
 * AssayRollConfig:
 * @step_num, @step_den: a step as a part of a whole note, in lowest terms: 1/16
 * @rate_num, @rate_den: steps a second instead, where @rate_num is not 0
 * @pitch_low, @pitch_high: the pitches of the roll, 0 .. 127, both included
 * @drums: whether channel 10 is in
 * @window: steps of a window, 0 for the whole piece in one; what is left at the end is counted as
 *     "cut"
 * @hop: steps from one window to the next
 * @threshold: of arrays; finite
 * @array_low: the pitch of the lowest row of arrays
 * @axes: (nullable): the axes of arrays, ended by %NULL; owned
 * @max_bytes: a limit for the roll
 */
typedef struct {
    guint32 step_num, step_den;
    guint32 rate_num, rate_den;
    guint8 pitch_low, pitch_high;
    gboolean drums;
    guint32 window, hop;
    double threshold;
    guint8 array_low;
    char **axes;
    size_t max_bytes;
} AssayRollConfig;

#define ASSAY_ROLL_CONFIG_DEFAULT                                                                  \
    {                                                                                              \
        .step_num = 1, .step_den = 16, .pitch_high = 127, .max_bytes = ASSAY_MAX_SAMPLE            \
    }

/**
 * assay_roll_config_set:
 * @key: step, fps, pitches, drums, window, hop, threshold, pitch-low or axes
 * @value: as typed: "1/16", "100", "36:84", "yes", "64", "item,pitch,time"
 *
 * The one place where option texts are read, for the tool and for recipes alike.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_roll_config_set(AssayRollConfig *self, const char *key, const char *value,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_roll_config_clear(AssayRollConfig *self);

/**
 * assay_roll_stage:
 *
 * Returns: (transfer full): the stage "assay-roll": adds "roll" to a sample with "notes" or "array"
 *     (which it replaces).
 */
ASSAY_API AssayStage *assay_roll_stage(const AssayRollConfig *config);

G_END_DECLS
