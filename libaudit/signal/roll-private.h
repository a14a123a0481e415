/* signal/roll-private.h - what the parts of roll share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../media/midi.h"
#include "roll.h"

/* (transfer full): the options that shape the result, as texts that assay_roll_config_set() reads.
 */
AssayJson *assay_roll_config_options(const AssayRollConfig *self);

/* What becomes of the notes of a piece: those on channel 10, those out of range, and those too
 * short to reach a cell. */
typedef struct {
    guint64 drum_notes, outside, dropped;
} AssayRollTally;

/* (transfer full): the notes of @midi as [time, pitch]; @tally is added to. */
AssayArray *assay_roll_draw(const AssayRollConfig *config, const AssayMidi *midi,
                            AssayRollTally *tally, GError **error);
